//! What rules of several areas need to know, worked out once.

use std::collections::BTreeSet;

use sigillo_findings::Severity;
use sigillo_formats::mta_sts_record::{self, MtaStsRecord};
use sigillo_formats::policy::{self, Mode, Policy};
use sigillo_formats::record::selection::{RecordKind, Selection};
use sigillo_generate::LIVE_MX_HOSTS;

use crate::certificate;
use crate::observation::{
    ConnectFailure, DnsLook, DnsOutcome, FetchLook, HttpLook, MailHostLook, Observation, TlsLook,
    TxtRecord,
};

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
    /// The policy that the host serves, whatever senders think of its certificate and type.
    pub(crate) served: Option<Policy>,
    /// The fetch whose answer is judged as the policy's: the first that senders use, or else the
    /// first with status 200, or else the first with any answer.
    pub(crate) fetch: Option<&'a FetchLook>,
}

impl<'a> Facts<'a> {
    pub(crate) fn of(seen: &'a Observation) -> Self {
        let (selection, texts) = select(RecordKind::MtaSts, &seen.record);
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
        let usable = fetches.iter().find_map(|fetch| Some((fetch, used_policy(fetch)?)));
        let fetch = match &usable {
            Some((fetch, _)) => Some(*fetch),
            None => fetches
                .iter()
                .find(|fetch| fetch.http.as_ref().is_some_and(|http| http.status == 200))
                .or_else(|| fetches.iter().find(|fetch| fetch.http.is_some())),
        };
        let policy = match usable {
            Some((_, policy)) => PolicyState::Usable(policy),
            None if could_not_look(seen) => PolicyState::Unknown,
            None => PolicyState::Unusable,
        };
        let served = served(fetches);
        Self { seen, now: seen.started, selection, record, policy, served, fetch }
    }

    /// The answer that is judged as the policy's.
    pub(crate) fn answer(&self) -> Option<&'a HttpLook> {
        self.fetch.and_then(|fetch| fetch.http.as_ref())
    }

    /// The mode that senders apply; none without a usable policy.
    pub(crate) fn mode(&self) -> Option<Mode> {
        self.applied().map(Policy::mode)
    }

    /// The policy that senders apply.
    pub(crate) const fn applied(&self) -> Option<&Policy> {
        match (&self.record, &self.policy) {
            (RecordState::Present(_), PolicyState::Usable(policy)) => Some(policy),
            _ => None,
        }
    }

    /// How bad it is that an MX host fails what the policy asks: mail is lost only in `enforce`.
    pub(crate) fn mx_severity(&self, without_policy: Severity) -> Severity {
        match (self.mode(), self.intended().map(Policy::mode)) {
            (Some(Mode::Enforce), _) => Severity::Error,
            (_, None | Some(Mode::None)) => without_policy,
            (_, Some(Mode::Enforce | Mode::Testing)) => Severity::Warning,
        }
    }

    /// Whether somebody meant the domain to have MTA-STS, though perhaps without success.
    ///
    /// Otherwise what stands at the policy host's name is none of our business.
    pub(crate) fn is_meant(&self) -> bool {
        let seen = self.seen;
        self.record != RecordState::Absent
            || seen.record.dangles()
            || [&seen.misplaced.apex, &seen.misplaced.draft_name]
                .into_iter()
                .flatten()
                .any(has_record)
            || self.served.is_some()
    }

    /// The policy to compare the MX hosts with: the one that senders apply, or the one that they
    /// would apply if its way to them were mended.
    pub(crate) const fn intended(&self) -> Option<&Policy> {
        match self.applied() {
            Some(policy) => Some(policy),
            None => self.served.as_ref(),
        }
    }

    /// Whether the domain says that it receives no mail (RFC 7505).
    pub(crate) fn is_null_mx(&self) -> bool {
        let records = &self.seen.mx.records;
        !records.is_empty() && records.iter().all(|record| record.host.is_empty())
    }

    /// Whether the domain certainly does not exist: neither it nor, then, anything below it (RFC 8020).
    /// Name servers that say so of a name with records below it are wrong.
    pub(crate) fn is_nowhere(&self) -> bool {
        let is_missing = |outcome| outcome == DnsOutcome::NxDomain;
        let Observation { mx, misplaced, record, .. } = self.seen;
        is_missing(mx.outcome)
            && mx.aliases.is_empty()
            && misplaced.apex.as_ref().is_none_or(|apex| is_missing(apex.outcome))
            && is_missing(record.outcome)
            && !self.is_meant()
    }

    /// The names of the hosts that receive mail, each once: those of the MX records, or the domain
    /// itself (RFC 5321 §5.1). None where that is not known, or by a null MX. At most
    /// [`LIVE_MX_HOSTS`].
    pub(crate) fn mail_names(&self) -> Vec<&'a str> {
        let mx = &self.seen.mx;
        if mx.is_absent() {
            return vec![self.seen.domain.as_str()];
        }
        let mut known = BTreeSet::new();
        let names = mx.records.iter().map(|record| record.host.as_str());
        names.filter(|name| !name.is_empty() && known.insert(*name)).take(LIVE_MX_HOSTS).collect()
    }

    /// The look at a mail host.
    pub(crate) fn mail_host(&self, name: &str) -> Option<&'a MailHostLook> {
        self.seen.mail_hosts.iter().find(|host| host.name == name)
    }

    /// Whether a failed connection says more about this machine than about the domain.
    pub(crate) fn is_own_failure(&self, fetch: &FetchLook) -> bool {
        let failure = fetch.connect_failure.as_ref();
        failure.is_some_and(|failure| is_ours(self.seen, fetch.address.is_ipv6(), failure))
    }
}

fn served(fetches: &[FetchLook]) -> Option<Policy> {
    fetches
        .iter()
        .filter_map(|fetch| fetch.http.as_ref())
        .filter(|http| http.status == 200 && !http.truncated)
        .find_map(|http| policy::parse(&http.bytes()).into_policy())
}

/// Whether a failure to connect is the looking host's own: it has no route, or none for IPv6.
///
/// A refusal or the address guard's word is about the domain even then.
pub(crate) const fn is_ours(seen: &Observation, is_ipv6: bool, failure: &ConnectFailure) -> bool {
    match failure {
        ConnectFailure::NoRoute => true,
        ConnectFailure::Refused | ConnectFailure::Guarded { .. } => false,
        ConnectFailure::Timeout | ConnectFailure::Reset | ConnectFailure::Other { .. } => {
            is_ipv6 && !seen.means.ipv6
        }
    }
}

/// Which of the TXT records of an answer counts, and their bytes.
pub(crate) fn select(kind: RecordKind, look: &DnsLook<TxtRecord>) -> (Selection, Vec<Vec<u8>>) {
    let texts: Vec<Vec<u8>> = look.records.iter().map(TxtRecord::bytes).collect();
    (kind.select(&texts), texts)
}

/// Whether an answer holds an MTA-STS record, or several.
pub(crate) fn has_record(look: &DnsLook<TxtRecord>) -> bool {
    select(RecordKind::MtaSts, look).0 != Selection::None
}

/// Whether a sender uses what an address of the policy host serves (RFC 8461 §3.3).
pub(crate) fn is_usable(fetch: &FetchLook) -> bool {
    used_policy(fetch).is_some()
}

/// The policy that a sender gets from an address of the policy host.
fn used_policy(fetch: &FetchLook) -> Option<Policy> {
    fetch.tls.as_ref().filter(|tls| certificate::is_good(tls))?;
    let http = fetch.http.as_ref()?;
    let refused = http.content_type.as_deref().is_some_and(policy::is_refused_media_type);
    if http.status != 200 || http.truncated || encoding(http).is_some() || refused {
        return None;
    }
    policy::parse(&http.bytes()).into_policy()
}

/// The media type of an answer without its parameters, in lower case.
pub(crate) fn media_type(http: &HttpLook) -> Option<String> {
    let kind = http.content_type.as_deref()?.split(';').next()?.trim();
    Some(kind.to_ascii_lowercase()).filter(|kind| !kind.is_empty())
}

/// How the body is encoded, if it is.
pub(crate) fn encoding(http: &HttpLook) -> Option<&str> {
    let encoding = http.content_encoding.as_deref()?.trim();
    Some(encoding).filter(|encoding| !encoding.is_empty() && !is_identity(encoding))
}

const fn is_identity(encoding: &str) -> bool {
    encoding.eq_ignore_ascii_case("identity")
}

/// Whether the policy host could not be looked at, so that nothing may be concluded.
fn could_not_look(seen: &Observation) -> bool {
    let host = &seen.policy_host;
    let looks = [&host.ipv4, &host.ipv6];
    if host.fetches.is_empty() {
        // Senders behind validating resolvers get no address out of a bogus answer; anything else
        // may be better in a minute. Addresses that nobody tried say nothing either.
        let failed = looks.iter().any(|look| is_temporary(look));
        let untried = looks.iter().any(|look| look.outcome == DnsOutcome::Found);
        return failed || untried;
    }
    if host.fetches.iter().any(tells) {
        return false;
    }
    // Nobody answered: the addresses of the other family, if they are not known, might.
    let ours = |fetch: &FetchLook| match &fetch.connect_failure {
        Some(failure) => is_ours(seen, fetch.address.is_ipv6(), failure),
        None => true,
    };
    looks.iter().any(|look| is_temporary(look)) || host.fetches.iter().all(ours)
}

/// Whether a fetch came so far that it tells what is wrong.
fn tells(fetch: &FetchLook) -> bool {
    let connected = fetch.connect_failure.is_none();
    let guarded = matches!(fetch.connect_failure, Some(ConnectFailure::Guarded { .. }));
    let got_on = fetch.tls_failure.is_some() || fetch.http_failure.is_some();
    let judged = |tls: &TlsLook| !certificate::is_good(tls) || fetch.http.is_some();
    guarded || (connected && (got_on || fetch.tls.as_ref().is_some_and(judged)))
}

/// Whether a look-up failed in a way that may pass.
const fn is_temporary<T>(look: &DnsLook<T>) -> bool {
    !look.is_known() && !matches!(look.outcome, DnsOutcome::Bogus)
}
