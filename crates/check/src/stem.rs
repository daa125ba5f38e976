use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_findings::Code;
use sigillo_language::Language;

use crate::words;

/// A check: what is looked at as a whole, in the order of a message's way.
///
/// Its name is the code of its only finding, or else the stem that the codes of its findings begin
/// with. Where two stems fit a code, the longer one has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stem {
    /// Whether the DNS answers, and DNSSEC validates.
    Dns,
    /// The TXT record at `_mta-sts.DOMAIN`.
    Record,
    /// The name, the addresses and the reachability of `mta-sts.DOMAIN`.
    PolicyHost,
    /// The TLS handshake with the policy host.
    Tls,
    /// The certificate of the policy host.
    Certificate,
    /// The HTTP answer.
    Http,
    /// The text of the policy.
    Policy,
    /// What the policy asks of senders.
    Mode,
    /// The MX records and hosts beside the policy.
    Mx,
    /// Sub-domains with MX records of their own.
    SubdomainNotCovered,
    /// Whether the MX hosts answer at port 25.
    Smtp,
    /// STARTTLS at the MX hosts.
    Starttls,
    /// The certificates of the MX hosts.
    MxCertificate,
    /// TLSA records of the MX hosts.
    Dane,
    /// The TXT record at `_smtp._tls.DOMAIN`.
    TlsRpt,
    /// Whether somebody is told when an enforced policy fails.
    EnforceWithoutReports,
    /// The TXT record at `_dmarc.DOMAIN` or above.
    Dmarc,
}

impl Stem {
    /// All checks, in the order in which they are listed.
    pub const ALL: [Self; 17] = [
        Self::Dns,
        Self::Record,
        Self::PolicyHost,
        Self::Tls,
        Self::Certificate,
        Self::Http,
        Self::Policy,
        Self::Mode,
        Self::Mx,
        Self::SubdomainNotCovered,
        Self::Smtp,
        Self::Starttls,
        Self::MxCertificate,
        Self::Dane,
        Self::TlsRpt,
        Self::EnforceWithoutReports,
        Self::Dmarc,
    ];

    /// The name that programs use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Record => "record",
            Self::PolicyHost => "policy-host",
            Self::Tls => "tls",
            Self::Certificate => "certificate",
            Self::Http => "http",
            Self::Policy => "policy",
            Self::Mode => "mode",
            Self::Mx => "mx",
            Self::SubdomainNotCovered => "subdomain-not-covered",
            Self::Smtp => "smtp",
            Self::Starttls => "starttls",
            Self::MxCertificate => "mx-certificate",
            Self::Dane => "dane",
            Self::TlsRpt => "tls-rpt",
            Self::EnforceWithoutReports => "enforce-without-reports",
            Self::Dmarc => "dmarc",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn label(self, language: Language) -> String {
        words::label(self, language)
    }

    /// The check that a code belongs to; none for codes that no live check raises.
    ///
    /// ```
    /// # use sigillo_check::Stem;
    /// # use sigillo_findings::Code;
    /// assert_eq!(Stem::of(Code::TlsRptAbsent), Some(Stem::TlsRpt));
    /// assert_eq!(Stem::of(Code::TlsVersionOld), Some(Stem::Tls));
    /// assert_eq!(Stem::of(Code::ReportEmpty), None);
    /// ```
    #[must_use]
    pub fn of(code: Code) -> Option<Self> {
        let name = code.name();
        let fits = |stem: &Self| {
            name.strip_prefix(stem.name())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        Self::ALL.into_iter().filter(fits).max_by_key(|stem| stem.name().len())
    }
}

impl fmt::Display for Stem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
