//! `sigillo serve`: runs what the configuration says, until it is told to stop.

mod sender;
mod signals;
mod site;

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use sigillo_store::Store;
use sigillo_web::live::LiveChecks;
use sigillo_web::metrics;
use sigillo_web::serve::{BoundListener, ListenAddress, serve};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use self::signals::{Signal, Signals};
use self::site::Running;
use super::{Answer, Context};
use crate::arguments::ServeArguments;
use crate::configuration::{Configuration, MetricsConfiguration};
use crate::failure::Failure;
use crate::input::io_reason;
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
    sender::refuse(context, &configuration)?;
    Ok(configuration)
}

async fn run_roles(
    context: &Context<'_>,
    arguments: &ServeArguments,
    configuration: Configuration,
) -> Answer {
    let mut signals = Signals::listen()
        .map_err(|error| context.failure("no-signals", &[("reason", error.to_string().into())]))?;
    let metrics = match &configuration.metrics {
        Some(settings) => Some((record(context)?, settings.clone())),
        None => None,
    };
    let store = open_store(context, &configuration).await?;
    let web = configuration.web.clone();
    let mut site = site::begin(context, &configuration, &store, None).await?;
    let (routers, router) = watch::channel(site.router());
    let stop = CancellationToken::new();
    let mut serving = tokio::task::JoinSet::new();
    if let Some(web) = &web {
        let listeners = bind(context, &web.listen).await?;
        say_where(context, &listeners, web.site.base_path.as_str());
        serving.spawn(serve(listeners, router, stop.clone()));
    }
    if let Some((handle, settings)) = metrics {
        serving.spawn(serve_metrics(context, handle, &settings, stop.clone()).await?);
    }
    loop {
        let retry = site.is_without_dnssec();
        tokio::select! {
            signal = signals.next() => match signal {
                Signal::Stop => break,
                Signal::Reload => {
                    if let Some(new) = reload(context, arguments, &configuration, &store, site.live()).await {
                        site = new;
                        drop(routers.send_replace(site.router()));
                    }
                }
            },
            () = tokio::time::sleep(TRY_AGAIN), if retry => {
                if let Ok(new) = site::begin(context, site.configuration(), &store, site.live()).await
                    && !new.is_without_dnssec()
                {
                    tracing::info!("the name servers answer now, DNSSEC is on");
                    site = new;
                    drop(routers.send_replace(site.router()));
                }
            }
        }
    }
    tracing::info!("stopping");
    stop.cancel();
    site.stop();
    while serving.join_next().await.is_some() {}
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

/// What the changed configuration makes of the site; none if it is refused, and all stays as it is.
async fn reload(
    context: &Context<'_>,
    arguments: &ServeArguments,
    running: &Configuration,
    store: &Store,
    live: Option<&LiveChecks>,
) -> Option<Running> {
    let new = match read(context, arguments) {
        Ok(new) => new,
        Err(failure) => {
            let (code, message) = failure.into_parts();
            tracing::error!(code, message, "the changed configuration is refused");
            return None;
        }
    };
    let listens =
        |configuration: &Configuration| configuration.web.as_ref().map(|web| web.listen.clone());
    let is_elsewhere = listens(&new) != listens(running)
        || new.store.url.to_string() != running.store.url.to_string()
        || new.metrics != running.metrics;
    if is_elsewhere {
        tracing::warn!("other addresses and another database need a restart");
    }
    match site::begin(context, &new, store, live).await {
        Ok(site) => {
            tracing::info!("the changed configuration is in use");
            Some(site)
        }
        Err(failure) => {
            let (code, message) = failure.into_parts();
            tracing::error!(code, message, "the changed configuration can't be used");
            None
        }
    }
}

async fn open_store(
    context: &Context<'_>,
    configuration: &Configuration,
) -> Result<Store, Failure> {
    let url = &configuration.store.url;
    Store::open(url).await.map_err(|error| {
        let about = [("url", url.to_string().into()), ("reason", error.to_string().into())];
        context.failure("store-unusable", &about)
    })
}

async fn bind(
    context: &Context<'_>,
    addresses: &[ListenAddress],
) -> Result<Vec<BoundListener>, Failure> {
    let mut listeners = Vec::with_capacity(addresses.len());
    for address in addresses {
        let listener = BoundListener::bind(address).await.map_err(|error| {
            let reason = io_reason(&error, context.language);
            let about = [("address", address.to_string().into()), ("reason", reason.into())];
            context.failure("listen-unusable", &about)
        })?;
        listeners.push(listener);
    }
    Ok(listeners)
}

/// Says on standard error where the pages are; whoever started this at a terminal wants to know.
fn say_where(context: &Context<'_>, listeners: &[BoundListener], base_path: &str) {
    for listener in listeners {
        let Ok(address) = listener.address() else { continue };
        let url = match &address {
            ListenAddress::Tcp(address) => format!("http://{address}{base_path}/"),
            ListenAddress::Unix(_) => address.to_string(),
        };
        let text = context.words().format("say-serving", &[("url", url.into())]);
        // Nobody may be there to read it.
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }
}

/// Begins to count.
fn record(context: &Context<'_>) -> Result<PrometheusHandle, Failure> {
    let recorder = PrometheusBuilder::new()
        .set_buckets(&metrics::DURATION_BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|error| context.failure("no-metrics", &[("reason", error.to_string().into())]))?;
    metrics::describe();
    Ok(recorder)
}

async fn serve_metrics(
    context: &Context<'_>,
    handle: PrometheusHandle,
    settings: &MetricsConfiguration,
    stop: CancellationToken,
) -> Result<impl Future<Output = std::io::Result<()>> + use<>, Failure> {
    let listeners = bind(context, &settings.listen).await?;
    let router = metrics::router(move || {
        handle.run_upkeep();
        handle.render()
    });
    let (sender, router) = watch::channel(router);
    Ok(async move {
        let _stays = sender;
        serve(listeners, router, stop).await
    })
}
