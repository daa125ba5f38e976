//! What rules of several areas need to know, worked out once.

use sigillo_findings::Severity;
use sigillo_formats::mta_sts_record::{self, MtaStsRecord};
use sigillo_formats::policy::{self, Mode, Policy};
use sigillo_formats::record::selection::{RecordKind, Selection};

use crate::observation::{ConnectFailure, FetchLook, HttpLook, Observation};

/// What senders find at `_mta-sts.DOMAIN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RecordState {
    /// The look-up failed for the moment.
    Unknown,
    /// There is certainly none.
    Absent,
    /// There is one, or several, but none that counts.
    Broken,
    /// A valid record.
    Present(MtaStsRecord),
}

/// What senders get from the policy host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PolicyState {
    /// It could not be looked at.
    Unknown,
    /// Nothing that they use.
    Unusable,
    /// This policy.
    Usable(Policy),
}

/// The facts about an observation.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) seen: &'a Observation,
    /// The moment of the look, in Unix seconds.
    pub(crate) now: i64,
    /// Which of the TXT records counts.
    pub(crate) selection: Selection,
    pub(crate) record: RecordState,
    pub(crate) policy: PolicyState,
    /// The answer that is judged as the policy's: the first that senders use, or the first at all.
    pub(crate) answer: Option<&'a HttpLook>,
}

impl<'a> Facts<'a> {
    pub(crate) fn of(seen: &'a Observation) -> Self {
        let texts: Vec<Vec<u8>> =
            seen.record.records.iter().map(super::observation::TxtRecord::bytes).collect();
        let selection = RecordKind::MtaSts.select(&texts);
        let record = match &selection {
            _ if !seen.record.is_known() => RecordState::Unknown,
            Selection::None => RecordState::Absent,
            Selection::Several(_) => RecordState::Broken,
            Selection::One(index) => texts
                .get(*index)
                .and_then(|text| mta_sts_record::parse(text).into_record())
                .map_or(RecordState::Broken, RecordState::Present),
        };
        let fetches = &seen.policy_host.fetches;
        let usable = fetches.iter().find(|fetch| is_usable(fetch));
        let answer = usable
            .or_else(|| fetches.iter().find(|fetch| fetch.http.is_some()))
            .and_then(|fetch| fetch.http.as_ref());
        let policy = match usable.and_then(|fetch| policy_of(fetch.http.as_ref()?)) {
            Some(policy) => PolicyState::Usable(policy),
            None if could_not_look(seen) => PolicyState::Unknown,
            None => PolicyState::Unusable,
        };
        Self { seen, now: seen.started, selection, record, policy, answer }
    }

    /// The mode that senders apply; none without a usable policy.
    pub(crate) const fn mode(&self) -> Option<Mode> {
        match (&self.record, &self.policy) {
            (RecordState::Present(_), PolicyState::Usable(policy)) => Some(policy.mode()),
            _ => None,
        }
    }

    /// The policy that senders apply.
    pub(crate) const fn applied(&self) -> Option<&Policy> {
        match (&self.record, &self.policy) {
            (RecordState::Present(_), PolicyState::Usable(policy)) => Some(policy),
            _ => None,
        }
    }

    /// How bad it is that an MX host fails what the policy asks: mail is lost only in `enforce`.
    pub(crate) const fn mx_severity(&self, without_policy: Severity) -> Severity {
        match self.mode() {
            Some(Mode::Enforce) => Severity::Error,
            Some(Mode::Testing) => Severity::Warning,
            Some(Mode::None) | None => without_policy,
        }
    }
}

/// Whether a sender uses what an address of the policy host serves (RFC 8461 §3.3).
pub(crate) fn is_usable(fetch: &FetchLook) -> bool {
    let certified = fetch.tls.as_ref().is_some_and(crate::certificate::is_good);
    certified && fetch.http.as_ref().is_some_and(|http| policy_of(http).is_some())
}

/// The policy of an answer, if a sender accepts it.
fn policy_of(http: &HttpLook) -> Option<Policy> {
    let kind = media_type(http);
    let refused = kind.is_some_and(|kind| kind == "text/html" || kind.starts_with("image/"));
    if http.status != 200 || http.truncated || http.content_encoding.is_some() || refused {
        return None;
    }
    policy::parse(http.body.as_bytes()).into_policy()
}

/// The media type of an answer without its parameters, in lower case.
pub(crate) fn media_type(http: &HttpLook) -> Option<String> {
    let kind = http.content_type.as_deref()?.split(';').next()?.trim();
    Some(kind.to_ascii_lowercase()).filter(|kind| !kind.is_empty())
}

/// Whether the policy host could not be looked at, so that nothing may be concluded: its
/// addresses are not known, or there is no route to any.
fn could_not_look(seen: &Observation) -> bool {
    let host = &seen.policy_host;
    if host.fetches.is_empty() {
        return !(host.ipv4.is_known() && host.ipv6.is_known());
    }
    host.fetches.iter().all(|fetch| matches!(fetch.connect_failure, Some(ConnectFailure::NoRoute)))
}
