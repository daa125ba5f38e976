//! What is counted, for Prometheus.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use sigillo_listen::Listener;
use sigillo_sender::Sender;
use sigillo_web::metrics;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::commands::Context;
use crate::failure::Failure;

/// Begins to count.
pub(super) fn record(context: &Context<'_>) -> Result<PrometheusHandle, Failure> {
    let recorder = PrometheusBuilder::new()
        .set_buckets(&metrics::DURATION_BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|error| context.failure("no-metrics", &[("reason", error.to_string().into())]))?;
    metrics::describe();
    Ok(recorder)
}

/// Shows what was counted, by all roles.
pub(super) async fn serve(
    handle: PrometheusHandle,
    sender: Option<Sender>,
    listeners: Vec<Listener>,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let router = metrics::router(move || {
        handle.run_upkeep();
        let mut text = handle.render();
        if let Some(sender) = &sender {
            text.push_str(&sender.metrics());
        }
        text
    });
    let (_stays, router) = watch::channel(router);
    sigillo_web::serve::serve(listeners, router, stop).await
}
