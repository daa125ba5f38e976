//! What the site counts, for Prometheus. Nothing says who asked, or about which domain.

use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use sigillo_check::Verdict;

const REQUESTS: &str = "sigillo_web_requests_total";
const DURATION: &str = "sigillo_web_request_duration_seconds";
const LOOKS: &str = "sigillo_web_looks_total";
const UNDER_WAY: &str = "sigillo_web_looks_under_way";
const REFUSED: &str = "sigillo_web_looks_refused_total";

/// Where request durations are counted, in seconds.
pub const DURATION_BUCKETS: [f64; 8] = [0.0005, 0.001, 0.005, 0.02, 0.1, 1.0, 10.0, 60.0];

/// Says what each metric means.
pub fn describe() {
    describe_counter!(REQUESTS, "Requests by method, route and status");
    describe_histogram!(DURATION, "How long answers took, in seconds");
    describe_counter!(LOOKS, "Looks at domains by verdict");
    describe_gauge!(UNDER_WAY, "Looks at domains under way");
    describe_counter!(REFUSED, "Looks that were refused, by whose limit was reached");
}

/// What shows the metrics: `render` gives them as Prometheus reads them.
pub fn router(render: impl Fn() -> String + Clone + Send + Sync + 'static) -> Router {
    let show = move || {
        let text = render();
        async move { ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text) }
    };
    Router::new().route("/metrics", get(show))
}

pub(crate) fn request(method: &'static str, route: &str, status: u16, duration: Duration) {
    let labels = [
        ("method", method.to_owned()),
        ("route", route.to_owned()),
        ("status", status.to_string()),
    ];
    counter!(REQUESTS, &labels).increment(1);
    histogram!(DURATION).record(duration);
}

pub(crate) fn look_begins() {
    gauge!(UNDER_WAY).increment(1);
}

pub(crate) fn look_ends(verdict: Option<Verdict>) {
    gauge!(UNDER_WAY).decrement(1);
    counter!(LOOKS, "verdict" => verdict.map_or("lost", Verdict::name)).increment(1);
}

pub(crate) fn look_refused(is_clients: bool) {
    counter!(REFUSED, "limit" => if is_clients { "client" } else { "overall" }).increment(1);
}
