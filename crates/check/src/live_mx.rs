//! The MX hosts that a domain has now, to make a policy from.

use std::fmt;

use sigillo_formats::DomainName;
use sigillo_generate::each_once;
use sigillo_generate::options::{self, Fault};
use sigillo_language::{Argument, Language, MessageFiles};

use crate::observation::{DnsLook, DnsOutcome, MxRecord};

static MESSAGES: MessageFiles = MessageFiles::new(
    include_str!("../messages/en/live-mx.ftl"),
    include_str!("../messages/it/live-mx.ftl"),
);

/// The hosts of an answer, the preferred first, each once.
///
/// # Errors
/// There is none, it is not known whether there is one, or one has no name that a host can have.
pub fn hosts(look: &DnsLook<MxRecord>) -> Result<Vec<DomainName>, LiveMxError> {
    let domain = look.name.clone();
    match look.outcome {
        DnsOutcome::Found if !look.records.is_empty() => (),
        DnsOutcome::Found | DnsOutcome::NoData => return Err(LiveMxError::Absent { domain }),
        DnsOutcome::NxDomain => return Err(LiveMxError::DomainAbsent { domain }),
        DnsOutcome::Bogus => {
            let reason = look.reason.clone().unwrap_or_default();
            return Err(LiveMxError::Unsafe { domain, reason });
        }
        DnsOutcome::ServerFailure
        | DnsOutcome::Timeout
        | DnsOutcome::Unreachable
        | DnsOutcome::Malformed => {
            return Err(LiveMxError::Unknown { domain, reason: look.reason.clone() });
        }
    }
    // RFC 7505: it stands alone, and says that there is no mail.
    if look.records.iter().all(|record| record.host.is_empty()) {
        return Err(LiveMxError::Null { domain });
    }
    let mut records: Vec<&MxRecord> = look.records.iter().collect();
    records.sort_by_key(|record| record.preference);
    let hosts = records.into_iter().map(|record| match record.host.as_str() {
        "" => options::domain("."),
        host => options::domain(host),
    });
    hosts.collect::<Result<Vec<_>, _>>().map(each_once).map_err(LiveMxError::NotADomain)
}

/// Why the live MX gives no hosts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiveMxError {
    /// The domain has no MX records.
    Absent {
        /// The domain.
        domain: String,
    },
    /// There is no such domain.
    DomainAbsent {
        /// The domain.
        domain: String,
    },
    /// The name of a host is none that a host can have.
    NotADomain(Fault),
    /// The domain says that it receives no mail (RFC 7505).
    Null {
        /// The domain.
        domain: String,
    },
    /// There is no answer.
    Unknown {
        /// The domain.
        domain: String,
        /// Why, where it is known; without it, no answer came in time.
        reason: Option<String>,
    },
    /// The answer's signatures do not validate.
    Unsafe {
        /// The domain.
        domain: String,
        /// Why they don't.
        reason: String,
    },
}

impl LiveMxError {
    /// Every code that there is, but for those of [`Fault`].
    pub const CODES: [&'static str; 5] =
        ["domain-absent", "mx-absent", "mx-null", "mx-unknown", "mx-unsafe"];

    /// A name for it that never changes its meaning.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absent { .. } => "mx-absent",
            Self::DomainAbsent { .. } => "domain-absent",
            Self::NotADomain(fault) => fault.code(),
            Self::Null { .. } => "mx-null",
            Self::Unknown { .. } => "mx-unknown",
            Self::Unsafe { .. } => "mx-unsafe",
        }
    }

    /// What is wrong, in one clause.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let words = MESSAGES.messages(language);
        let (domain, reason) = match self {
            Self::NotADomain(fault) => return fault.message(language, "mx"),
            Self::Absent { domain } | Self::DomainAbsent { domain } | Self::Null { domain } => {
                (domain, None)
            }
            Self::Unknown { domain, reason } => {
                let reason = reason.clone();
                (domain, Some(reason.unwrap_or_else(|| words.text("no-answer"))))
            }
            Self::Unsafe { domain, reason } => (domain, Some(reason.clone())),
        };
        let mut arguments = vec![("domain", Argument::from(domain.as_str()))];
        arguments.extend(reason.map(|reason| ("reason", reason.into())));
        words.format(self.code(), &arguments)
    }

    /// What to do.
    #[must_use]
    pub fn help(&self, language: Language) -> String {
        match self {
            Self::NotADomain(fault) => fault.help(language),
            _ => MESSAGES.messages(language).text(&format!("{}-help", self.code())),
        }
    }
}

impl fmt::Display for LiveMxError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for LiveMxError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::Security;

    fn look(outcome: DnsOutcome, reason: Option<&str>, hosts: &[(u16, &str)]) -> DnsLook<MxRecord> {
        let record = |(preference, host): &(u16, &str)| MxRecord {
            preference: *preference,
            host: (*host).to_owned(),
        };
        DnsLook {
            name: "example.com".to_owned(),
            kind: "MX".to_owned(),
            outcome,
            reason: reason.map(str::to_owned),
            records: hosts.iter().map(record).collect(),
            security: Security::Unchecked,
            aliases: Vec::new(),
            ttl: None,
            elapsed_ms: 1,
        }
    }

    #[test]
    fn the_preferred_host_is_the_first_and_each_is_there_once() {
        let records = [(20, "b.example.net"), (10, "A.example.net"), (30, "a.example.net")];
        let names: Vec<String> = hosts(&look(DnsOutcome::Found, None, &records))
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(names, ["a.example.net", "b.example.net"]);
    }

    #[test]
    fn what_gives_no_hosts_is_told_apart_in_both_languages() {
        assert_eq!(MESSAGES.differences(), Vec::<String>::new());
        let found = |records: &[(u16, &str)]| look(DnsOutcome::Found, None, records);
        let reason = Some("SERVFAIL");
        let looks = [
            ("mx-absent", look(DnsOutcome::NoData, None, &[])),
            ("mx-absent", found(&[])),
            ("domain-absent", look(DnsOutcome::NxDomain, None, &[])),
            ("mx-null", found(&[(0, "")])),
            ("not-a-domain", found(&[(0, ""), (10, "mail.example.com")])),
            ("not-a-domain", found(&[(10, "mail_1.example.com")])),
            ("mx-unsafe", look(DnsOutcome::Bogus, reason, &[])),
            ("mx-unknown", look(DnsOutcome::ServerFailure, reason, &[])),
            ("mx-unknown", look(DnsOutcome::Timeout, None, &[])),
            ("mx-unknown", look(DnsOutcome::Unreachable, reason, &[])),
            ("mx-unknown", look(DnsOutcome::Malformed, reason, &[])),
        ];
        for (code, look) in &looks {
            let error = hosts(look).unwrap_err();
            assert_eq!(error.code(), *code);
            for language in Language::ALL {
                for text in [error.message(language), error.help(language)] {
                    assert!(text.contains(' ') && !text.contains(['{', '}']), "{text}");
                }
            }
            let is_told = error.message(Language::English).contains("SERVFAIL");
            assert_eq!(is_told, look.reason.is_some());
        }
        let codes: Vec<&str> = looks.iter().map(|(code, _)| *code).collect();
        let names = MESSAGES.messages(Language::English).names();
        for code in LiveMxError::CODES {
            assert!(codes.contains(&code), "{code}");
        }
        assert_eq!(names.len(), 2 * LiveMxError::CODES.len() + 1, "each message is used");
    }
}
