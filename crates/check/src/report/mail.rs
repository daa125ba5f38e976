//! What the checks of the MX hosts saw.

use serde_json::{Value, json};

use super::Seen;
use super::evidence::listed;
use super::policy_host::certificate_of;
use crate::Judgement;
use crate::facts::Facts;
use crate::observation::{MailHostLook, SmtpFailure, SmtpLook, TlsaRecord};
use crate::rules::{Passes, connect_reason, dane_usable, dns_reason, tls_reason};
use crate::words::{Phrase, list};

pub(super) fn mx(judgement: &Judgement, facts: &Facts<'_>) -> Seen {
    let look = &facts.seen.mx;
    let hosts = judgement.hosts();
    let values = json!({
        "outcome": look.outcome,
        "records": listed(&look.records, |record| json!({
            "preference": record.preference, "host": record.host,
        })),
        "hosts": listed(hosts, |host| json!({
            "name": host.name,
            "tried": host.is_tried,
            "covered": host.covered,
            "passes": match host.passes {
                Passes::Yes => Some(true),
                Passes::No => Some(false),
                Passes::Unknown => None,
            },
        })),
        "left_out": facts.seen.mail_hosts_left_out,
        "security": look.security,
    });
    if !look.is_known() {
        let phrase = Phrase::new("check-dns-unknown")
            .quote("name", &look.name)
            .quote("reason", dns_reason(look));
        return Seen::skipped(phrase, values);
    }
    if facts.is_null_mx() {
        return Seen::judged(Phrase::new("check-mx-null"), values);
    }
    let is_compared = hosts.iter().any(|host| host.covered.is_some());
    let name = if is_compared { "check-mx-covered" } else { "check-mx" };
    let names = list(hosts.iter().map(|host| host.name.as_str()));
    Seen::judged(Phrase::new(name).count("count", hosts.len()).quote("names", &names), values)
}

/// All sessions with their hosts.
fn sessions<'a>(facts: &Facts<'a>) -> impl Iterator<Item = (&'a MailHostLook, &'a SmtpLook)> {
    let hosts = facts.seen.mail_hosts.iter();
    hosts.flat_map(|host| host.sessions.iter().map(move |session| (host, session)))
}

/// How many hosts have a session of which this is true.
fn count_hosts(facts: &Facts<'_>, is: impl Fn(&SmtpLook) -> bool) -> usize {
    facts.seen.mail_hosts.iter().filter(|host| host.sessions.iter().any(&is)).count()
}

/// A session's early end as raw values: what the host said, or the kind of failure.
fn failure(session: &SmtpLook) -> Value {
    match (&session.connect_failure, &session.failure) {
        (Some(failure), _) => Value::from(connect_reason(failure)),
        (None, Some(SmtpFailure::Refused { line, .. })) => Value::from(line.as_str()),
        (None, Some(SmtpFailure::Malformed { reason, .. })) => Value::from(reason.as_str()),
        (None, Some(SmtpFailure::StarttlsMissing)) => Value::from("STARTTLS not offered"),
        (None, Some(SmtpFailure::Injection)) => Value::from("text in the clear after STARTTLS"),
        (None, Some(SmtpFailure::Timeout { .. })) => Value::from("timeout"),
        (None, Some(SmtpFailure::Closed { .. })) => Value::from("connection closed"),
        (None, None) => Value::Null,
    }
}

pub(super) fn smtp(facts: &Facts<'_>) -> Seen {
    let values = json!({
        "looked": facts.seen.means.smtp,
        "sessions": listed(sessions(facts), |(host, session)| json!({
            "host": host.name,
            "address": session.address,
            "greeting": session.greeting.first(),
            "failure": failure(session),
            "elapsed_ms": session.elapsed_ms,
        })),
    });
    let answered = count_hosts(facts, |session| !session.greeting.is_empty());
    skippable(facts, answered, "check-smtp", values)
}

pub(super) fn starttls(facts: &Facts<'_>) -> Seen {
    let values = json!({ "sessions": listed(sessions(facts), |(host, session)| json!({
        "host": host.name,
        "address": session.address,
        "capabilities": listed(&session.capabilities, |line| Value::from(line.as_str())),
        "version": session.tls.as_ref().map(|tls| tls.version.as_str()),
        "cipher": session.tls.as_ref().map(|tls| tls.cipher.as_str()),
        "failure": match &session.tls_failure {
            Some(failure) => Value::from(tls_reason(failure)),
            None => failure(session),
        },
    })) });
    skippable(facts, count_hosts(facts, |session| session.tls.is_some()), "check-starttls", values)
}

pub(super) fn certificates(facts: &Facts<'_>) -> Seen {
    let shown =
        sessions(facts).filter_map(|(host, session)| Some((host, session, session.tls.as_ref()?)));
    let values = json!({ "certificates": listed(shown, |(host, session, tls)| json!({
        "host": host.name,
        "address": session.address,
        "certificate": certificate_of(tls),
    })) });
    let count = count_hosts(facts, |session| session.tls.is_some());
    skippable(facts, count, "check-mx-certificate", values)
}

/// A check of the MX hosts, which is skipped where none could be looked at from here.
fn skippable(facts: &Facts<'_>, count: usize, name: &'static str, values: Value) -> Seen {
    let total = facts.seen.mail_hosts.len();
    let phrase = Phrase::new(name).count("count", count).count("total", total);
    let why = if facts.is_null_mx() {
        "check-mx-null"
    } else if !facts.seen.means.smtp {
        "check-smtp-not-looked"
    } else {
        "check-smtp-unseen"
    };
    Seen::when(count > 0, [phrase, Phrase::new(why)], values)
}

pub(super) fn dane(facts: &Facts<'_>) -> Seen {
    let hosts = &facts.seen.mail_hosts;
    let with_records =
        |host: &&MailHostLook| host.tlsa.as_ref().is_some_and(|tlsa| !tlsa.records.is_empty());
    let values = json!({ "hosts": listed(hosts, |host| json!({
        "host": host.name,
        "records": host.tlsa.as_ref().map(|tlsa| listed(&tlsa.records, |record| {
            Value::from(zone_text(record))
        })),
        "security": host.tlsa.as_ref().map(|tlsa| tlsa.security),
        "outcome": host.dane,
        "usable": dane_usable(facts, host),
    })) });
    let usable = hosts.iter().filter(|host| dane_usable(facts, host)).count();
    let phrase = Phrase::new("check-dane").count("count", usable).count("total", hosts.len());
    let judged = hosts.iter().any(|host| with_records(&host));
    Seen::when(judged, [phrase, Phrase::new("check-dane-absent")], values)
}

/// A TLSA record as zone files write it.
fn zone_text(record: &TlsaRecord) -> String {
    let TlsaRecord { usage, selector, matching, data } = record;
    format!("{usage} {selector} {matching} {data}")
}
