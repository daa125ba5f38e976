//! `sigillo serve`: runs what the configuration says, until it is told to stop.

mod listeners;
mod metrics;
mod sender;
mod service_manager;
mod signals;
mod site;

use std::process::ExitCode;
use std::time::Duration;

use axum::Router;
use sigillo_listen::Listener;
use sigillo_store::{Store, StoreError};
use sigillo_web::serve::serve;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use self::sender::{RunningSender, SenderListeners};
use self::service_manager::ServiceManager;
use self::signals::{Signal, Signals};
use self::site::Running;
use super::{Answer, Context};
use crate::arguments::ServeArguments;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::logging;

/// How often to try to begin with DNSSEC where the name servers did not answer.
const TRY_AGAIN: Duration = Duration::from_secs(30);

pub(super) fn run(context: &Context<'_>, arguments: &ServeArguments) -> Answer {
    let configuration = read(context, arguments)?;
    logging::start(configuration.log)
        .map_err(|error| context.failure("no-log", &[("reason", error.to_string().into())]))?;
    context.run_to_end(run_roles(context, arguments, configuration))?
}

/// The configuration as it is now.
fn read(context: &Context<'_>, arguments: &ServeArguments) -> Result<Configuration, Failure> {
    let sources = context.sources(arguments.config.as_deref())?;
    let configuration = Configuration::read(&sources)
        .map_err(|errors| context.configuration_invalid(&sources, &errors))?;
    if configuration.roles().is_empty() {
        return Err(context.failure("no-role", &[]));
    }
    Ok(configuration)
}

/// The roles as a configuration has them.
struct Roles {
    site: Running,
    sender: Option<RunningSender>,
}

async fn run_roles(
    context: &Context<'_>,
    arguments: &ServeArguments,
    configuration: Configuration,
) -> Answer {
    let mut signals = Signals::listen()
        .map_err(|error| context.failure("no-signals", &[("reason", error.to_string().into())]))?;
    let mut manager = ServiceManager::find();
    let handle = configuration.metrics.as_ref().map(|_| metrics::record(context)).transpose()?;
    // It may take a minute, if others migrate or nobody answers.
    let store = tokio::select! {
        store = open_store(context, &configuration) => store?,
        () = signals.stop() => return Ok(ExitCode::SUCCESS),
    };
    let stop = CancellationToken::new();
    let mut serving = JoinSet::new();
    let sender = RunningSender::begin(context, &configuration, &store).await?;
    let site = site::begin(context, &configuration, &store, None).await?;
    let (routers, router) = watch::channel(site.router());
    let mut roles = Roles { site, sender };
    let bound = BoundListeners::bind(context, &configuration, &mut manager).await?;
    if let (Some(sender), Some(listeners)) = (&roles.sender, bound.sender) {
        sender.serve(context, listeners, &mut serving, &stop);
    }
    if let (Some(web), Some(listeners)) = (&configuration.web, bound.web) {
        listeners::say_where(context, &listeners, web.site.base_path.as_str());
        serving.spawn(serve(listeners, router, stop.clone()));
    }
    if let (Some(handle), Some(listeners)) = (handle, bound.metrics) {
        let sender = roles.sender.as_ref().map(RunningSender::sender);
        serving.spawn(metrics::serve(handle, sender, listeners, stop.clone()));
    }
    service_manager::say_ready();
    until_stopped(
        context,
        arguments,
        &configuration,
        &store,
        &mut roles,
        &routers,
        &mut signals,
        &mut manager,
    )
    .await;
    tracing::info!("stopping");
    service_manager::say_stopping();
    stop.cancel();
    roles.site.stop();
    while serving.join_next().await.is_some() {}
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

/// The listeners of all roles: all of them are there before anybody is told of one.
struct BoundListeners {
    sender: Option<SenderListeners>,
    web: Option<Vec<Listener>>,
    metrics: Option<Vec<Listener>>,
}

impl BoundListeners {
    async fn bind(
        context: &Context<'_>,
        configuration: &Configuration,
        manager: &mut ServiceManager,
    ) -> Result<Self, Failure> {
        let sender = match &configuration.sender {
            Some(sender) => Some(SenderListeners::bind(context, sender, manager).await?),
            None => None,
        };
        let web = match &configuration.web {
            Some(web) => Some(listeners::bind(context, &web.listen, None).await?),
            None => None,
        };
        let metrics = match &configuration.metrics {
            Some(metrics) => Some(listeners::bind(context, &metrics.listen, None).await?),
            None => None,
        };
        Ok(Self { sender, web, metrics })
    }
}

/// Reloads, and tries again what could not be begun, until a signal says to stop.
#[expect(clippy::too_many_arguments, reason = "it is the rest of the function that calls it")]
async fn until_stopped(
    context: &Context<'_>,
    arguments: &ServeArguments,
    configuration: &Configuration,
    store: &Store,
    roles: &mut Roles,
    routers: &watch::Sender<Router>,
    signals: &mut Signals,
    manager: &mut ServiceManager,
) {
    loop {
        let sender_waits = roles.sender.as_ref().is_some_and(RunningSender::waits_for_dns);
        tokio::select! {
            signal = signals.next() => match signal {
                Signal::Stop => return,
                Signal::Reload => {
                    service_manager::say_reloading();
                    roles.reload(context, arguments, configuration, store, routers).await;
                    service_manager::say_ready();
                }
            },
            () = tokio::time::sleep(TRY_AGAIN), if roles.site.is_without_dnssec() => {
                roles.retry_site(context, store, routers).await;
            }
            () = tokio::time::sleep(sender::TRY_AGAIN), if sender_waits => {
                if let Some(sender) = &mut roles.sender {
                    sender.retry(context).await;
                }
            }
            () = manager.watch() => {}
        }
    }
}

impl Roles {
    /// Goes on by the changed configuration; if it is refused, all stays as it is.
    async fn reload(
        &mut self,
        context: &Context<'_>,
        arguments: &ServeArguments,
        running: &Configuration,
        store: &Store,
        routers: &watch::Sender<Router>,
    ) {
        let new = match read(context, arguments) {
            Ok(new) => new,
            Err(failure) => return refused(failure),
        };
        if is_elsewhere(&new, running) {
            tracing::warn!(
                "other addresses, sockets, maps, sizes of the cache and another database need a restart"
            );
        }
        let setup = match &self.sender {
            Some(_) => match sender::setup(context, &new).await {
                Ok(setup) => setup,
                Err(failure) => return refused(failure),
            },
            None => None,
        };
        match site::begin(context, &new, store, self.site.live()).await {
            Ok(site) => self.site = site,
            Err(failure) => return refused(failure),
        }
        drop(routers.send_replace(self.site.router()));
        if let (Some(sender), Some(setup)) = (&mut self.sender, setup) {
            sender.go_on_by(new, setup);
        }
        tracing::info!("the changed configuration is in use");
    }

    /// Begins the site anew if the name servers answer by now.
    async fn retry_site(
        &mut self,
        context: &Context<'_>,
        store: &Store,
        routers: &watch::Sender<Router>,
    ) {
        let begun = site::begin(context, self.site.configuration(), store, self.site.live()).await;
        if let Ok(site) = begun
            && !site.is_without_dnssec()
        {
            tracing::info!("the name servers answer now, DNSSEC is on");
            self.site = site;
            drop(routers.send_replace(self.site.router()));
        }
    }
}

fn refused(failure: Failure) {
    let (code, message) = failure.into_parts();
    tracing::error!(
        code,
        message,
        "the changed configuration is refused, the one before stays in use"
    );
}

/// Whether something has changed that only a restart can change.
fn is_elsewhere(new: &Configuration, running: &Configuration) -> bool {
    let listens =
        |configuration: &Configuration| configuration.web.as_ref().map(|web| web.listen.clone());
    listens(new) != listens(running)
        || new.store.url.to_string() != running.store.url.to_string()
        || new.metrics != running.metrics
        || sender::needs_restart(new.sender.as_ref(), running.sender.as_ref())
}

/// Opens the database. Mail servers are answered also by one that can only be read: what is in it
/// protects mail.
async fn open_store(
    context: &Context<'_>,
    configuration: &Configuration,
) -> Result<Store, Failure> {
    let url = &configuration.store.url;
    let opened = match configuration.sender {
        Some(_) => Store::open_or_read(url).await,
        None => Store::open(url).await,
    };
    let store = opened.map_err(|error| {
        let (kind, reason) = store_trouble(&error);
        let about =
            [("kind", kind.into()), ("url", url.to_string().into()), ("reason", reason.into())];
        context.failure("store-unusable", &about)
    })?;
    if let Some(error) = store.unwritable() {
        tracing::error!(%error, "the database can only be read: new policies are lost at the end of the program");
    }
    Ok(store)
}

/// What kind of trouble it is, by the name that the message has for it, and the reason alone: the
/// message names the database.
fn store_trouble(error: &StoreError) -> (&'static str, String) {
    let (kind, reason) = match error {
        StoreError::FileUnusable { reason, .. } => ("file", reason),
        StoreError::Damaged { reason, .. } => ("damaged", reason),
        StoreError::Unreachable { reason, .. } => ("unreachable", reason),
        StoreError::Tls { reason, .. } => ("tls", reason),
        StoreError::Refused { reason, .. } => ("refused", reason),
        StoreError::Migration { reason, .. } => ("migration", reason),
        StoreError::Full { reason, .. } => ("full", reason),
        StoreError::Failed { reason, .. } => ("failing", reason),
        StoreError::NewerSchema { found, .. } => return ("newer", found.to_string()),
        other => return ("other", other.to_string()),
    };
    (kind, reason.clone())
}
