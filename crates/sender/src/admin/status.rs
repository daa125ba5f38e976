//! How the sender is.

use std::sync::atomic::Ordering;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use super::object::{SenderHealth, SenderStatus};
use crate::sender::Sender;

pub(super) async fn show(State(sender): State<Sender>) -> Json<SenderStatus> {
    let inner = &sender.0;
    let policies = inner.keeper.ask(inner.keeper.store().count_policies()).await;
    let setup = inner.setup();
    Json(SenderStatus {
        schema: 1,
        next_hops: inner.cache.len(),
        next_hops_at_most: inner.cache.limit(),
        policies: policies.as_ref().ok().copied(),
        unsaved: inner.keeper.unsaved(),
        store: inner.keeper.store().url().to_string(),
        store_works: policies.is_ok() && !inner.keeper.is_failing(),
        complete: inner.keeper.is_complete(),
        looks: inner.next_hops.count() + inner.domains.count(),
        overrides: setup.setup.overrides.len(),
        validates_dnssec: setup.setup.network.validates_dnssec(),
        dry_run: setup.setup.settings.dry_run,
    })
}

pub(super) async fn health(State(sender): State<Sender>) -> (StatusCode, Json<SenderHealth>) {
    let stopping = sender.0.stopping.load(Ordering::Relaxed);
    let (status, name) = if stopping {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping")
    } else {
        (StatusCode::OK, "ok")
    };
    let store_works = !sender.0.keeper.is_failing();
    (status, Json(SenderHealth { schema: 1, status: name.to_owned(), store_works }))
}
