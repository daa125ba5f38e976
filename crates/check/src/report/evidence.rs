//! What each check saw.

use serde_json::{Map, Value, json};
use sigillo_formats::policy::Mode;

use super::{Seen, mail, policy_host};
use crate::Judgement;
use crate::facts::{Facts, RecordState};
use crate::observation::{DnsLook, Observation, TxtRecord};
use crate::rules::dns_reason;
use crate::stem::Stem;
use crate::words::{Phrase, list};

/// How many things of a kind are listed.
const LISTED: usize = 20;

pub(super) fn of(stem: Stem, judgement: &Judgement, facts: &Facts<'_>) -> Seen {
    match stem {
        Stem::Dns => dns(facts.seen),
        Stem::Record => record(judgement, facts),
        Stem::PolicyHost => policy_host::host(facts),
        Stem::Tls => policy_host::tls(facts),
        Stem::Certificate => policy_host::certificate(facts),
        Stem::Http => policy_host::http(facts),
        Stem::Policy => policy(judgement, facts),
        Stem::Mode => mode(facts),
        Stem::Mx => mail::mx(judgement, facts),
        Stem::SubdomainNotCovered => subdomains(facts),
        Stem::Smtp => mail::smtp(facts),
        Stem::Starttls => mail::starttls(facts),
        Stem::MxCertificate => mail::certificates(facts),
        Stem::Dane => mail::dane(facts),
        Stem::TlsRpt => tls_rpt(judgement, facts),
        Stem::EnforceWithoutReports => reports(judgement, facts),
        Stem::Dmarc => dmarc(judgement, facts),
    }
}

impl Seen {
    /// Something that was judged.
    pub(super) fn judged(phrase: Phrase, values: Value) -> Self {
        Self { judged: true, phrase, values: map(values) }
    }

    /// Something that is not there, or could not be looked at.
    pub(super) fn skipped(phrase: Phrase, values: Value) -> Self {
        Self { judged: false, phrase, values: map(values) }
    }

    /// One or the other.
    pub(super) fn when(judged: bool, phrases: [Phrase; 2], values: Value) -> Self {
        let [if_judged, if_not] = phrases;
        Self { judged, phrase: if judged { if_judged } else { if_not }, values: map(values) }
    }
}

fn map(values: Value) -> Map<String, Value> {
    match values {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// The first of a list, as JSON.
pub(super) fn listed<T, I: IntoIterator<Item = T>>(items: I, value: impl Fn(T) -> Value) -> Value {
    items.into_iter().take(LISTED).map(value).collect()
}

fn dns(seen: &Observation) -> Seen {
    let mut answered = 0;
    let mut failed = Vec::new();
    each_look(seen, &mut |look| match look {
        Ok(()) => answered += 1,
        Err(failure) => failed.push(failure),
    });
    let values = json!({
        "resolvers": seen.means.resolvers,
        "dnssec": seen.means.dnssec,
        "security": seen.record.security,
        "answered": answered,
        "failed": listed(failed, |failure| failure),
    });
    Seen::judged(Phrase::new("check-dns").count("count", answered), values)
}

fn each_look(seen: &Observation, tell: &mut impl FnMut(Result<(), Value>)) {
    let host = &seen.policy_host;
    let optional = [&seen.misplaced.apex, &seen.misplaced.draft_name, &seen.wildcard_txt];
    let texts = [&seen.record, &seen.tls_rpt];
    for look in texts.into_iter().chain(&seen.dmarc).chain(optional.into_iter().flatten()) {
        tell(outcome(look));
    }
    for look in [&host.ipv4, &host.ipv6].into_iter().chain(&host.caa).chain(&seen.wildcard_address)
    {
        tell(outcome(look));
    }
    for look in [&seen.mx].into_iter().chain(&seen.subdomains) {
        tell(outcome(look));
    }
    for host in &seen.mail_hosts {
        tell(outcome(&host.ipv4));
        tell(outcome(&host.ipv6));
        host.tlsa.iter().for_each(|look| tell(outcome(look)));
    }
    for domain in &seen.report_domains {
        tell(outcome(&domain.mx));
        domain.addresses.iter().for_each(|look| tell(outcome(look)));
        domain.dmarc_authorisation.iter().for_each(|look| tell(outcome(look)));
    }
}

fn outcome<T>(look: &DnsLook<T>) -> Result<(), Value> {
    if look.is_known() {
        return Ok(());
    }
    let (name, kind, reason) = (&look.name, &look.kind, dns_reason(look));
    Err(json!({ "name": name, "type": kind, "outcome": look.outcome, "reason": reason }))
}

/// The raw values of a look at TXT records; `content` is the record that counts.
fn txt(look: &DnsLook<TxtRecord>, content: Option<&[u8]>) -> Value {
    json!({
        "name": look.name,
        "outcome": look.outcome,
        "records": listed(&look.records, |record| Value::from(record.text.as_str())),
        "content": content.map(String::from_utf8_lossy),
        "aliases": look.aliases,
        "ttl": look.ttl,
        "security": look.security,
    })
}

fn record(judgement: &Judgement, facts: &Facts<'_>) -> Seen {
    let look = &facts.seen.record;
    let named = |name| Phrase::new(name).quote("name", &look.name);
    let values = txt(look, judgement.record_text());
    match &facts.record {
        RecordState::Present(record) => {
            Seen::judged(named("check-record").quote("id", record.id().as_str()), values)
        }
        RecordState::Broken => Seen::judged(named("check-record-broken"), values),
        RecordState::Absent => Seen::skipped(named("check-record-absent"), values),
        RecordState::Unknown => {
            let phrase = named("check-dns-unknown").quote("reason", dns_reason(look));
            Seen::skipped(phrase, values)
        }
    }
}

fn policy(judgement: &Judgement, facts: &Facts<'_>) -> Seen {
    let Some(text) = judgement.policy_text() else {
        return Seen::skipped(Phrase::new("check-policy-unseen"), json!({}));
    };
    let value = sigillo_formats::policy::parse(text).value();
    let patterns: Vec<String> = value.mx.iter().map(ToString::to_string).collect();
    let phrase = Phrase::new("check-policy")
        .count("lines", patterns.len())
        .quote("mode", value.mode.map_or("-", Mode::name))
        .quote("mx", &list(patterns.iter().map(String::as_str)));
    let hash = facts.answer().map(|answer| answer.body_sha256.as_str());
    let values = json!({
        "content": String::from_utf8_lossy(text),
        "sha256": hash,
        "value": value,
    });
    Seen::judged(phrase, values)
}

fn mode(facts: &Facts<'_>) -> Seen {
    let Some(policy) = facts.applied() else {
        return Seen::skipped(Phrase::new("check-mode-unseen"), json!({}));
    };
    let seconds = policy.max_age().seconds();
    let phrase = Phrase::new("check-mode")
        .quote("mode", policy.mode().name())
        .count("days", usize::try_from(seconds / 86_400).unwrap_or(usize::MAX));
    Seen::judged(phrase, json!({ "mode": policy.mode(), "max_age": seconds }))
}

fn subdomains(facts: &Facts<'_>) -> Seen {
    let looks = &facts.seen.subdomains;
    let with_mx = looks.iter().filter(|look| !look.records.is_empty());
    let values = json!({
        "looked_at": listed(looks, |look| Value::from(look.name.as_str())),
        "with_mx": listed(with_mx.clone(), |look| Value::from(look.name.as_str())),
    });
    if looks.iter().all(|look| !look.is_known()) {
        return Seen::skipped(Phrase::new("check-subdomains-unseen"), values);
    }
    Seen::judged(Phrase::new("check-subdomains").count("count", with_mx.count()), values)
}

fn tls_rpt(judgement: &Judgement, facts: &Facts<'_>) -> Seen {
    let look = &facts.seen.tls_rpt;
    let content = judgement.tls_rpt_text();
    let values = txt(look, content);
    let named = |name| Phrase::new(name).quote("name", &look.name);
    if !look.is_known() {
        let phrase = named("check-dns-unknown").quote("reason", dns_reason(look));
        return Seen::skipped(phrase, values);
    }
    Seen::when(content.is_some(), [named("check-tls-rpt"), named("check-tls-rpt-absent")], values)
}

fn reports(judgement: &Judgement, facts: &Facts<'_>) -> Seen {
    let is_enforced = facts.mode() == Some(Mode::Enforce);
    Seen::when(
        is_enforced && judgement.tls_rpt_text().is_some(),
        [Phrase::new("check-reports"), Phrase::new("check-reports-unasked")],
        json!({ "enforced": is_enforced }),
    )
}

fn dmarc(judgement: &Judgement, facts: &Facts<'_>) -> Seen {
    let content = judgement.dmarc_text();
    let Some(look) = facts.seen.dmarc.last() else {
        return Seen::skipped(Phrase::new("check-dmarc-absent"), json!({}));
    };
    let named = |name| Phrase::new(name).quote("name", &look.name);
    let values = txt(look, content);
    if !look.is_known() {
        let phrase = named("check-dns-unknown").quote("reason", dns_reason(look));
        return Seen::skipped(phrase, values);
    }
    Seen::when(content.is_some(), [named("check-dmarc"), named("check-dmarc-absent")], values)
}
