//! A policy as a line of JSON: how policies go from one cache into another.

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sigillo_formats::DomainName;
use sigillo_formats::limits::POLICY_BYTES;
use sigillo_formats::mta_sts_record::PolicyId;
use sigillo_formats::policy;
use sigillo_language::Language;
use sigillo_store::policies::StoredPolicy;

use super::problem::words;
use crate::cache::policy::CachedPolicy;
use crate::query::quote;
use crate::time::Time;

/// The longest line, in bytes: the largest policy with each byte as an escape of six characters,
/// and the rest beside it.
pub const LINE_BYTES: usize = 6 * POLICY_BYTES + 4_096;

/// How far the clocks of two machines may be apart.
const AHEAD: SignedDuration = SignedDuration::from_mins(1);

/// A policy as a line of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyLine<'a> {
    /// The policy domain.
    #[serde(borrow)]
    pub domain: Cow<'a, str>,
    /// The id of the record that named it.
    #[serde(borrow, default)]
    pub id: Option<Cow<'a, str>>,
    /// When it was fetched.
    pub fetched_at: Time,
    /// When it expires: no later than its `max_age` says, and then unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Time>,
    /// When somebody last asked for it; now unless told, since nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_at: Option<Time>,
    /// The policy file.
    #[serde(borrow)]
    pub policy: Cow<'a, str>,
}

impl<'a> PolicyLine<'a> {
    /// A policy of the store.
    #[must_use]
    pub fn of(stored: &'a StoredPolicy) -> Self {
        Self {
            domain: stored.domain.as_str().into(),
            id: stored.id.as_ref().map(|id| id.as_str().into()),
            fetched_at: Time::new(stored.fetched_at),
            expires_at: Some(Time::new(stored.expires_at)),
            used_at: Some(Time::new(stored.used_at)),
            policy: String::from_utf8_lossy(&stored.text),
        }
    }

    /// Adds the line to a text.
    pub fn write(&self, text: &mut Vec<u8>) {
        // Text in memory takes anything, and there is nothing in a line that JSON has no form for.
        let written = serde_json::to_writer(&mut *text, self);
        debug_assert!(written.is_ok(), "a line is JSON");
        text.push(b'\n');
    }
}

/// Why a line can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineFault {
    TooLong,
    NotALine,
    NoField(&'static str),
    WrongField(&'static str),
    NotADomain(String),
    NotAnId(String),
    InTheFuture(Timestamp),
    NotAPolicy(String),
}

/// Makes a policy out of a line, at a time.
pub(super) fn read(line: &[u8], now: Timestamp) -> Result<(StoredPolicy, CachedPolicy), LineFault> {
    let line: PolicyLine<'_> = serde_json::from_slice(line).map_err(|_| LineFault::of(line))?;
    let domain = DomainName::parse(&line.domain)
        .map_err(|_| LineFault::NotADomain(line.domain.to_string()))?;
    let id = line.id.filter(|id| !id.is_empty());
    let id = id.map(|id| PolicyId::parse(&id).map_err(|_| LineFault::NotAnId(id.into_owned())));
    let id = id.transpose()?;
    let fetched_at = line.fetched_at.timestamp();
    // It would be newer than whatever is fetched until then.
    if fetched_at.duration_since(now) > AHEAD {
        return Err(LineFault::InTheFuture(fetched_at));
    }
    let text = line.policy.as_bytes();
    let parsed = policy::parse(text.get(..POLICY_BYTES + 1).unwrap_or(text));
    let finding = parsed.findings().first().map(|finding| finding.code().to_string());
    let Some(policy) = parsed.into_policy().filter(|_| text.len() <= POLICY_BYTES) else {
        return Err(LineFault::NotAPolicy(finding.unwrap_or_default()));
    };
    let mut stored = StoredPolicy {
        domain,
        id,
        text: text.to_vec(),
        fetched_at,
        expires_at: fetched_at,
        used_at: line.used_at.map_or(now, |used| used.timestamp().min(now)),
    };
    let cached = CachedPolicy::new(&policy, stored.id.as_ref(), fetched_at);
    let by_age = Time::from_milliseconds(cached.expires_at());
    stored.expires_at = line.expires_at.map_or(by_age, |told| told.min(by_age)).timestamp();
    let cached = cached.expiring_at(stored.expires_at);
    Ok((stored, cached))
}

impl LineFault {
    /// What is wrong with a line that can't be read: the first field that it is about, if it is an
    /// object.
    fn of(line: &[u8]) -> Self {
        let Ok(Value::Object(fields)) = serde_json::from_slice(line) else { return Self::NotALine };
        let is_time = |value: &Value| Time::deserialize(value).is_ok();
        let fault = [
            ("domain", true),
            ("id", false),
            ("fetched_at", true),
            ("expires_at", false),
            ("used_at", false),
            ("policy", true),
        ]
        .into_iter()
        .find_map(|(name, is_needed)| match fields.get(name) {
            None => is_needed.then_some(Self::NoField(name)),
            Some(Value::Null) if !is_needed => None,
            Some(value) => {
                let is_good =
                    if name.ends_with("_at") { is_time(value) } else { value.is_string() };
                (!is_good).then_some(Self::WrongField(name))
            }
        });
        // Otherwise one is given twice.
        fault.unwrap_or(Self::NotALine)
    }

    /// Its code, and in words what is wrong.
    pub(super) fn told(&self, language: Language) -> (&'static str, String) {
        const MALFORMED: &str = "line-malformed";
        let (code, value) = match self {
            Self::TooLong => ("line-too-long", LINE_BYTES.to_string()),
            Self::NotALine => (MALFORMED, String::new()),
            Self::NoField(name) | Self::WrongField(name) => {
                let message = match self {
                    Self::NoField(_) => "line-no-field",
                    _ => "line-wrong-field",
                };
                return (MALFORMED, words(message, &[("name", (*name).into())], language));
            }
            Self::NotADomain(name) => ("line-domain", quote(name)),
            Self::NotAnId(id) => ("line-id", quote(id)),
            Self::InTheFuture(time) => ("line-future", time.to_string()),
            Self::NotAPolicy(finding) => ("line-policy", finding.clone()),
        };
        (code, words(code, &[("value", value.into())], language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str =
        "version: STSv1\\r\\nmode: enforce\\r\\nmx: a.example\\r\\nmax_age: 86400\\r\\n";

    fn now() -> Timestamp {
        "2026-01-02T00:00:00Z".parse().unwrap()
    }

    fn read(line: &str) -> Result<StoredPolicy, LineFault> {
        super::read(line.as_bytes(), now()).map(|(stored, _)| stored)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let line = format!(
            r#"{{"domain":"Città.example.","id":"1","fetched_at":"2026-01-01T12:00:00.5Z","policy":"{POLICY}"}}"#
        );
        let stored = read(&line).unwrap();
        assert_eq!(stored.domain.as_str(), "xn--citt-3na.example");
        assert_eq!(stored.expires_at, "2026-01-02T12:00:00.5Z".parse().unwrap());
        assert_eq!(stored.used_at, now());
        let mut again = Vec::new();
        PolicyLine::of(&stored).write(&mut again);
        assert_eq!(super::read(&again, now()).unwrap().0, stored);
    }

    #[test]
    fn no_policy_lives_longer_than_it_says() {
        let line = format!(
            r#"{{"domain":"a.example","fetched_at":"2026-01-01T12:00:00Z","expires_at":"2036-01-01T00:00:00Z","used_at":"2036-01-01T00:00:00Z","policy":"{POLICY}"}}"#
        );
        let (stored, cached) = super::read(line.as_bytes(), now()).unwrap();
        assert_eq!(stored.expires_at, "2026-01-02T12:00:00Z".parse().unwrap());
        assert_eq!(cached.expires_at(), stored.expires_at.as_millisecond());
        assert_eq!(stored.used_at, now());
        let earlier = line.replace("2036-01-01T00:00:00Z", "2026-01-01T13:00:00Z");
        assert_eq!(read(&earlier).unwrap().expires_at, "2026-01-01T13:00:00Z".parse().unwrap());
    }

    #[test]
    fn what_can_not_be_used_is_told() {
        let good = format!(
            r#"{{"domain":"a.example","id":null,"fetched_at":"2026-01-01T12:00:00Z","policy":"{POLICY}"}}"#
        );
        assert!(read(&good).is_ok());
        for (from, to, code) in [
            ("{", "[", "line-malformed"),
            ("fetched_at", "fetched", "line-malformed"),
            ("2026-01-01T12:00:00Z", "yesterday", "line-malformed"),
            ("{", "{\"domain\":\"b.example\",", "line-malformed"),
            ("a.example\"", "a..example\"", "line-domain"),
            ("null", "\"a-b\"", "line-id"),
            ("2026-01-01", "2027-01-01", "line-future"),
            ("mode: ", "mood: ", "line-policy"),
        ] {
            let line = good.replacen(from, to, 1);
            let fault = read(&line).unwrap_err();
            for language in Language::ALL {
                let (told, message) = fault.told(language);
                assert_eq!(told, code, "{line}");
                assert_ne!(message, code);
            }
        }
        for (from, to, english, italian) in [
            ("{", "nonsense", "`sigillo cache export`", "`sigillo cache export`"),
            ("fetched_at", "fetched", "without `fetched_at`", "manca `fetched_at`"),
            ("2026-01-01T12:00:00Z", "yesterday", "of `fetched_at`", "di `fetched_at`"),
            ("null", "7", "of `id`", "di `id`"),
        ] {
            let fault = read(&good.replacen(from, to, 1)).unwrap_err();
            for (language, expected) in [(Language::English, english), (Language::Italian, italian)]
            {
                let (_, message) = fault.told(language);
                assert!(message.contains(expected), "{message}");
            }
        }
        let long =
            good.replace("max_age", &format!("{}: x\\r\\nmax_age", "x".repeat(POLICY_BYTES)));
        assert!(matches!(read(&long), Err(LineFault::NotAPolicy(_))));
    }
}
