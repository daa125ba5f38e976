//! What is counted, in the text that Prometheus reads.

use std::fmt::Write as _;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::{BUCKETS, Other};
use crate::decision::Level;
use crate::facts::FailureKind;
use crate::sender::{Inner, Sender};

impl Sender {
    /// Everything that is counted, as Prometheus reads it.
    #[must_use]
    pub fn metrics(&self) -> String {
        self.0.write_metrics()
    }
}

impl Inner {
    fn write_metrics(&self) -> String {
        let metrics = &self.metrics;
        let mut text = Text::default();
        let levels = metrics.sums(|shard| &shard.levels);
        let levels = Level::ALL.iter().map(|level| level.name()).zip(levels);
        let others = metrics.sums(|shard| &shard.others);
        let others = Other::ALL.iter().map(|(_, name)| *name).zip(others);
        let lookups = levels.chain(others);
        text.family(
            "sigillo_sender_lookups_total",
            "counter",
            "Answers by what they say",
            "answer",
            lookups,
        );
        text.one(
            "sigillo_sender_misses_total",
            "counter",
            "Lookups that memory could not answer",
            metrics.misses.value(),
        );
        let records = ["found", "absent", "unusable", "failed"].into_iter().zip(&metrics.records);
        text.family(
            "sigillo_sender_record_lookups_total",
            "counter",
            "Questions for MTA-STS records by outcome",
            "outcome",
            records.map(|(name, it)| (name, it.value())),
        );
        let fetched = ["enforce", "testing", "none"].into_iter().zip(&metrics.fetched);
        let unfetched =
            FailureKind::ALL.iter().map(|kind| kind.result_type()).zip(&metrics.unfetched);
        text.family(
            "sigillo_sender_fetches_total",
            "counter",
            "Fetches of policies by outcome, refreshes included",
            "outcome",
            fetched.chain(unfetched).map(|(name, it)| (name, it.value())),
        );
        let refreshes = [("renewed", &metrics.renewed), ("failed", &metrics.unrenewed)];
        text.family(
            "sigillo_sender_refreshes_total",
            "counter",
            "Fetches that renew a policy which still counts, by outcome",
            "outcome",
            refreshes.map(|(name, counter)| (name, counter.value())),
        );
        text.one(
            "sigillo_sender_dane_failures_total",
            "counter",
            "Looks at MX hosts and TLSA records that the DNS could not answer",
            metrics.dane_failures.value(),
        );
        self.write_histogram(&mut text);
        self.write_census(&mut text);
        self.write_state(&mut text);
        text.0
    }

    fn write_census(&self, text: &mut Text) {
        let metrics = &self.metrics;
        let census = metrics.census.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let entries = [
            ("enforce", census.enforce),
            ("testing", census.testing),
            ("none", census.none),
            ("expired", census.expired),
            ("no-policy", census.without),
        ];
        text.family(
            "sigillo_sender_cached_domains",
            "gauge",
            "Next hops in memory by the mode of their policy, half a minute old at most",
            "policy",
            entries,
        );
        let oldest = "sigillo_sender_oldest_policy_seconds";
        text.head(
            oldest,
            "gauge",
            "Age of the policy that was fetched longest ago and still counts",
        );
        if let Some(fetched) = census.oldest {
            let age = self.clock.now().time.as_millisecond().saturating_sub(fetched) / 1_000;
            let _ = writeln!(text.0, "{oldest} {}", age.max(0));
        }
    }

    fn write_state(&self, text: &mut Text) {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        text.one(
            "sigillo_sender_connections",
            "gauge",
            "Open connections of mail servers",
            count(self.metrics.connections.load(Ordering::Relaxed)),
        );
        text.one(
            "sigillo_sender_looks_under_way",
            "gauge",
            "Policy domains that are being looked at",
            count(self.domains.count()),
        );
        text.one(
            "sigillo_sender_unsaved_policies",
            "gauge",
            "Policies that the store has not taken yet",
            count(self.keeper.unsaved()),
        );
        text.one(
            "sigillo_sender_store_failing",
            "gauge",
            "Whether the store failed last",
            u64::from(self.keeper.is_failing()),
        );
    }

    fn write_histogram(&self, text: &mut Text) {
        let metrics = &self.metrics;
        let name = "sigillo_sender_lookup_duration_seconds";
        text.head(name, "histogram", "How long answers took");
        let mut sum = 0;
        for ((_, border), bucket) in BUCKETS.iter().zip(metrics.sums(|shard| &shard.buckets)) {
            sum += bucket;
            let _ = writeln!(text.0, "{name}_bucket{{le=\"{border}\"}} {sum}");
        }
        let [longer, microseconds] = metrics.sums(|shard| &shard.rest);
        sum += longer;
        let _ = writeln!(text.0, "{name}_bucket{{le=\"+Inf\"}} {sum}");
        let (seconds, rest) = (microseconds / 1_000_000, microseconds % 1_000_000);
        let _ = writeln!(text.0, "{name}_sum {seconds}.{rest:06}\n{name}_count {sum}");
    }
}

/// The text that Prometheus reads.
#[derive(Debug, Default)]
struct Text(String);

impl Text {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: u64) {
        self.head(name, kind, help);
        let _ = writeln!(self.0, "{name} {value}");
    }

    fn family(
        &mut self,
        name: &str,
        kind: &str,
        help: &str,
        label: &str,
        values: impl IntoIterator<Item = (&'static str, u64)>,
    ) {
        self.head(name, kind, help);
        for (value, number) in values {
            let _ = writeln!(self.0, "{name}{{{label}=\"{value}\"}} {number}");
        }
    }
}
