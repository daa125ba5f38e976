//! `sigillo serve`, started as whoever runs it starts it, and asked as browsers and mail servers ask it.

mod answering;
mod http;
mod keeping;
mod listening;
mod running;
mod server;
mod service_manager;
mod socketmap;
mod telling;

use sigillo_lab::{free_port, loopback};

use self::server::Service;

/// What a service that answers mail servers has counted, as Prometheus reads it.
pub(crate) fn numbers_of_the_sender() -> String {
    let metrics = loopback(free_port());
    let _service = Service::start(&[
        ("SIGILLO_SENDER_LISTEN", "inet:127.0.0.1:0"),
        ("SIGILLO_METRICS_LISTEN", &metrics.to_string()),
    ]);
    http::get(http::tcp(metrics), "/metrics").body
}
