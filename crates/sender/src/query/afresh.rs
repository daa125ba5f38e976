//! Looks that somebody asks for, whatever is remembered.

use std::sync::Arc;
use std::time::Duration;

use sigillo_formats::DomainName;
use sigillo_language::Language;
use sigillo_store::policies::StoredPolicy;

use super::{Described, Query};
use crate::cache::entry::{DanePart, Entry, RecordPart, Shared, StsPart, milliseconds};
use crate::cache::policy::CachedPolicy;
use crate::clock::Clock;
use crate::facts::{DaneHostLook, RecordOutcome};
use crate::limits::{AFTER_FAILURE, BACK_OFF, LEAST_REMEMBERED, MOST_ABSENT, MOST_PRESENT};
use crate::next_hop::NextHop;
use crate::sender::{Inner, Sender, dane_part};
use crate::setup::{Numbered, Setup};

impl Sender {
    /// Looks at a next hop, whatever is remembered, and remembers what comes of it. None if the
    /// program is about to end.
    pub(super) async fn look_afresh(
        &self,
        next_hop: &NextHop,
    ) -> Option<(Shared, Option<Vec<DaneHostLook>>)> {
        let inner = &self.0;
        // Also what others know by the end of their look is to be from now.
        inner.wait_for(next_hop).await;
        let setup = inner.setup();
        let _turn = inner.turn().await?;
        let domain = next_hop.policy_domain();
        let rules = setup.rules(domain);
        let sts = async {
            if rules.rule.replaces_mta_sts() {
                let known = inner.cache.with(domain.as_str(), |entry| entry.sts.clone());
                return Some(known.unwrap_or(StsPart::NOTHING));
            }
            inner.look_at_domain_anew(&setup, domain).await
        };
        let dane = async {
            if rules.rule.skips_dane() {
                return (DanePart::NOTHING, None);
            }
            let known = inner.cache.with(&next_hop.to_string(), |entry| entry.dane.clone());
            let look = setup.setup.network.dane(next_hop).await;
            inner.metrics.dane(&look.outcome);
            let hosts = look.hosts.clone();
            let known = known.unwrap_or(DanePart::NOTHING);
            (dane_part(look, &known, inner.clock.now()), Some(hosts))
        };
        let (sts, (dane, hosts)) = tokio::join!(Box::pin(sts), Box::pin(dane));
        Some((inner.settle(&setup, next_hop, &sts?, &dane), hosts))
    }
}

impl Inner {
    /// Waits for the look at a next hop that is under way, if there is one.
    async fn wait_for(self: &Arc<Self>, next_hop: &NextHop) {
        self.next_hops.wait(&next_hop.to_string()).await;
    }
}

/// Looks at a next hop with nothing remembered, and keeps nothing: where no service runs that does.
pub async fn look_alone(
    setup: &Setup,
    next_hop: &NextHop,
    clock: &Clock,
    language: Language,
) -> Query {
    let setup = Numbered { setup: setup.clone(), generation: 0 };
    let domain = next_hop.policy_domain();
    let rules = setup.rules(domain);
    let sts = async {
        if rules.rule.replaces_mta_sts() {
            return (StsPart::NOTHING, None);
        }
        discover(&setup, domain, clock).await
    };
    let dane = async {
        if rules.rule.skips_dane() {
            return (DanePart::NOTHING, None);
        }
        let look = setup.setup.network.dane(next_hop).await;
        let hosts = look.hosts.clone();
        (dane_part(look, &DanePart::NOTHING, clock.now()), Some(hosts))
    };
    let ((sts, stored), (dane, hosts)) = tokio::join!(Box::pin(sts), Box::pin(dane));
    let now = clock.now();
    let entry = Entry::new(sts, dane, rules, now);
    let (stored, hosts) = (stored.as_ref(), hosts.as_deref());
    Described { next_hop, entry: &entry, rules, stored, hosts, cached: false, now }.query(language)
}

/// Discovery with nothing remembered (RFC 8461 §3.3).
async fn discover(
    setup: &Numbered,
    domain: &DomainName,
    clock: &Clock,
) -> (StsPart, Option<StoredPolicy>) {
    let network = &setup.setup.network;
    let look = network.record(domain).await;
    let now = clock.now();
    let until = |lifetime: Duration| milliseconds(now.running + lifetime);
    let at_most = |most| look.ttl.unwrap_or(LEAST_REMEMBERED).clamp(LEAST_REMEMBERED, most);
    let part = |record, until, trouble: Option<String>| StsPart {
        policy: None,
        record,
        until,
        lived: false,
        trouble: trouble.map(Box::new),
    };
    let id = match look.outcome {
        RecordOutcome::Id(id) => id,
        RecordOutcome::Absent | RecordOutcome::Unusable => {
            return (part(RecordPart::Absent, until(at_most(MOST_ABSENT)), None), None);
        }
        RecordOutcome::Failed(reason) => {
            return (part(RecordPart::Unknown, until(AFTER_FAILURE), Some(reason)), None);
        }
    };
    match network.policy(domain, now.time).await {
        Ok(fetched) => {
            let fetched_at = clock.now().time;
            let policy = CachedPolicy::new(&fetched.policy, Some(&id), fetched_at);
            let stored = StoredPolicy {
                domain: domain.clone(),
                id: Some(id),
                text: fetched.text.into_vec(),
                fetched_at,
                expires_at: crate::time::Time::from_milliseconds(policy.expires_at()).timestamp(),
                used_at: fetched_at,
            };
            let part = part(RecordPart::Current, until(at_most(MOST_PRESENT)), None);
            (StsPart { policy: Some(policy), ..part }, Some(stored))
        }
        Err(failure) => {
            let record = RecordPart::Unfetched(failure.kind);
            (part(record, until(BACK_OFF), Some(failure.reason)), None)
        }
    }
}
