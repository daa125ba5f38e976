//! The role that sending mail servers ask.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt as _;
use std::sync::Arc;
use std::time::Duration;

use sigillo_listen::{ListenAddress, Listener, SocketOwner};
use sigillo_net::dns::{DnssecStatus, ResolverSettings};
use sigillo_sender::network::{Internet, Network, NetworkSettings, Unready};
use sigillo_sender::socketmap::{self, SocketmapAddress};
use sigillo_sender::{Clock, Sender, SenderSettings, Setup};
use sigillo_store::Store;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::listeners::{bind, say, unusable};
use super::service_manager::ServiceManager;
use crate::commands::Context;
use crate::configuration::{Configuration, DanePreference, SenderConfiguration};
use crate::failure::Failure;

/// How often to try to reach name servers that did not answer. Until then it is as with name
/// servers that fail: what is remembered protects mail, other mail waits.
pub(super) const TRY_AGAIN: Duration = Duration::from_secs(2);

/// What policy hosts are told.
const PURPOSE: &str = "MTA-STS policy fetch";

/// How many answers of the DNS are remembered: those about hosts that many domains share. What is
/// known about a domain is in the sender's own cache.
const ANSWERS: u64 = 500;

/// Who may use the admin socket: the program's own user, and root.
const ADMIN_MODE: u32 = 0o600;

/// Where the groups of the system are.
const GROUPS: &str = "/etc/group";

/// The role as it runs.
pub(super) struct RunningSender {
    sender: Sender,
    configuration: Configuration,
    waits_for_dns: bool,
}

/// What the role runs by, and whether that is for want of name servers that answer.
pub(super) struct SenderSetup {
    setup: Setup,
    waits_for_dns: bool,
}

impl RunningSender {
    /// Begins the role, if the configuration has it.
    pub(super) async fn begin(
        context: &Context<'_>,
        configuration: &Configuration,
        store: &Store,
    ) -> Result<Option<Self>, Failure> {
        let Some(SenderSetup { setup, waits_for_dns }) = setup(context, configuration).await?
        else {
            return Ok(None);
        };
        if waits_for_dns {
            tracing::warn!(
                "the name servers don't answer: only what is remembered protects mail now, other mail waits"
            );
        }
        let sender = Sender::new(setup, store.clone(), Clock::system());
        Ok(Some(Self { sender, configuration: configuration.clone(), waits_for_dns }))
    }

    /// What answers.
    pub(super) fn sender(&self) -> Sender {
        self.sender.clone()
    }

    /// Whether the name servers have not answered yet.
    pub(super) const fn waits_for_dns(&self) -> bool {
        self.waits_for_dns
    }

    /// Goes on by another configuration.
    pub(super) fn go_on_by(&mut self, configuration: Configuration, setup: SenderSetup) {
        self.waits_for_dns = setup.waits_for_dns;
        self.configuration = configuration;
        self.sender.reload(setup.setup);
    }

    /// Tries the name servers again.
    pub(super) async fn retry(&mut self, context: &Context<'_>) {
        if let Ok(Some(setup)) = setup(context, &self.configuration).await
            && !setup.waits_for_dns
        {
            tracing::info!("the name servers answer now");
            self.go_on_by(self.configuration.clone(), setup);
        }
    }

    /// Answers whoever asks, and does what is to be done meanwhile.
    pub(super) fn serve(
        &self,
        context: &Context<'_>,
        listeners: SenderListeners,
        serving: &mut JoinSet<std::io::Result<()>>,
        stop: &CancellationToken,
    ) {
        let Some(settings) = &self.configuration.sender else { return };
        let SenderListeners { mail, admin, http } = listeners;
        for listener in &mail {
            if let Ok(address) = listener.address() {
                let address = SocketmapAddress(address).to_string();
                say(context, "say-answering", &[("address", &address)]);
            }
        }
        let (sender, maps) = (self.sender(), settings.maps.clone());
        let (most, until) = (settings.connections_at_most, stop.clone());
        serving.spawn(async move {
            socketmap::serve(sender, mail, maps, most, until).await;
            Ok(())
        });
        let (sender, until) = (self.sender(), stop.clone());
        serving.spawn(async move {
            sender.run(until).await;
            Ok(())
        });
        let routers = [(admin, self.sender.admin_router()), (http, self.sender.http_router())];
        for (listeners, router) in routers {
            let (stays, router) = watch::channel(router);
            let until = stop.clone();
            serving.spawn(async move {
                let _stays = stays;
                sigillo_web::serve::serve(listeners, router, until).await
            });
        }
        if settings.dry_run {
            tracing::warn!("this is a dry run: mail servers are told that there is no policy");
        }
    }
}

/// Where the role is asked.
pub(super) struct SenderListeners {
    /// By mail servers.
    mail: Vec<Listener>,
    /// By commands.
    admin: Vec<Listener>,
    /// By other programs, over HTTP.
    http: Vec<Listener>,
}

impl SenderListeners {
    /// Listens wherever the role is asked.
    pub(super) async fn bind(
        context: &Context<'_>,
        settings: &SenderConfiguration,
        manager: &mut ServiceManager,
    ) -> Result<Self, Failure> {
        let mail = listen(context, settings, manager).await?;
        if let ListenAddress::Unix(path) = &settings.admin
            && let Some(folder) = path.parent()
        {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)
                .map_err(|error| unusable(context, &settings.admin, &error))?;
        }
        // Whoever may write there may make the sender forget what protects mail.
        let alone = SocketOwner { mode: ADMIN_MODE, group: None };
        let admin = bind(context, std::slice::from_ref(&settings.admin), Some(alone)).await?;
        let http = bind(context, &settings.http, Some(owner(context, settings)?)).await?;
        Ok(Self { mail, admin, http })
    }
}

/// Makes what the role runs by of a configuration; none if it doesn't have the role.
pub(super) async fn setup(
    context: &Context<'_>,
    configuration: &Configuration,
) -> Result<Option<SenderSetup>, Failure> {
    let Some(sender) = &configuration.sender else { return Ok(None) };
    let overrides = context.overrides(sender)?;
    let looking = &configuration.looking;
    let resolver = ResolverSettings { cache: ANSWERS, ..looking.dns.resolver_settings() };
    let (network, waits_for_dns): (Arc<dyn Network>, bool) =
        match context.resolver_by(resolver).await {
            Ok(resolver) => {
                let settings = network_settings(configuration, sender);
                if settings.dane {
                    warn_without_dnssec(resolver.dnssec_status());
                }
                (Arc::new(Internet::new(resolver, settings)), false)
            }
            Err(failure) if matches!(failure.code(), "resolver-silent" | "resolver-failing") => {
                let (_, message) = failure.into_parts();
                tracing::debug!(message, "policies can't be looked up now");
                (Arc::new(Unready::new(message)), true)
            }
            Err(failure) => return Err(failure),
        };
    let settings = SenderSettings {
        dane_partial: sender.dane_partial,
        default_level: sender.default_level,
        lookups_at_once: sender.lookups_at_once,
        entries: sender.cache_entries,
        unused_for: sender.unused_for,
        dry_run: sender.dry_run,
    };
    Ok(Some(SenderSetup { setup: Setup { network, settings, overrides }, waits_for_dns }))
}

/// Whether something has changed that only a restart can change.
pub(super) fn needs_restart(
    new: Option<&SenderConfiguration>,
    running: Option<&SenderConfiguration>,
) -> bool {
    match (new, running) {
        (Some(new), Some(running)) => {
            let fixed = |of: &SenderConfiguration| {
                (
                    (of.listen.clone(), of.maps.clone(), of.admin.clone(), of.http.clone()),
                    (of.socket_mode, of.socket_group.clone()),
                    (of.connections_at_most, of.cache_entries),
                )
            };
            fixed(new) != fixed(running)
        }
        (new, running) => new.is_some() != running.is_some(),
    }
}

fn network_settings(
    configuration: &Configuration,
    sender: &SenderConfiguration,
) -> NetworkSettings {
    let probe = configuration.looking.probe_settings(sender.address_guard, false, PURPOSE);
    NetworkSettings {
        timeout: probe.timeout,
        https_port: probe.https_port,
        user_agent: probe.user_agent,
        guard: probe.guard,
        trust: probe.trust,
        source: probe.source,
        dane: sender.dane == DanePreference::Prefer,
    }
}

fn warn_without_dnssec(status: &DnssecStatus) {
    if !matches!(status, DnssecStatus::Validating | DnssecStatus::TrustingAd) {
        let status = status.to_string();
        tracing::warn!(status, "without DNSSEC nobody can look for DANE: MTA-STS alone counts");
    }
}

/// The listeners for mail servers: those of the service manager, or else those that are configured.
async fn listen(
    context: &Context<'_>,
    settings: &SenderConfiguration,
    manager: &mut ServiceManager,
) -> Result<Vec<Listener>, Failure> {
    let inherited = manager
        .sender_sockets()
        .map_err(|error| unusable(context, &"the service manager's socket", &error))?;
    if !inherited.is_empty() {
        return Ok(inherited);
    }
    let owner = owner(context, settings)?;
    let mut listeners = Vec::with_capacity(settings.listen.len());
    for address in &settings.listen {
        let listener = Listener::bind(&address.0, Some(owner))
            .await
            .map_err(|error| unusable(context, address, &error))?;
        listeners.push(listener);
    }
    Ok(listeners)
}

/// Who may use the sockets that mail servers and other programs ask at.
fn owner(context: &Context<'_>, settings: &SenderConfiguration) -> Result<SocketOwner, Failure> {
    let name = settings.socket_group.as_deref();
    let group = name.map(|name| group_number(context, name)).transpose()?;
    Ok(SocketOwner { mode: settings.socket_mode, group })
}

/// The number of a group of the system.
fn group_number(context: &Context<'_>, name: &str) -> Result<u32, Failure> {
    if let Ok(number) = name.parse() {
        return Ok(number);
    }
    let groups = fs::read_to_string(GROUPS).unwrap_or_default();
    let number = groups.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next() == Some(name)).then(|| fields.nth(1)?.parse().ok()).flatten()
    });
    number.ok_or_else(|| context.failure("no-such-group", &[("name", name.into())]))
}
