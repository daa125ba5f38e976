use std::fmt;

use super::{Alignment, Disposition, FailureOptions, PublicSuffixDomain, UnknownTag, VERSION};
use crate::record::ReportUri;

/// A valid record. Tags with their default value may be there or not: both mean the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DmarcRecord {
    /// What is asked for mail of the domain itself.
    pub p: Disposition,
    /// What is asked for mail of existing sub-domains; as `p` where not said.
    pub sp: Option<Disposition>,
    /// What is asked for mail of sub-domains that don't exist; as `sp` where not said.
    pub np: Option<Disposition>,
    /// How DKIM must be aligned.
    pub adkim: Alignment,
    /// How SPF must be aligned.
    pub aspf: Alignment,
    /// When failure reports are wanted.
    pub fo: FailureOptions,
    /// Where aggregate reports go.
    pub rua: Vec<ReportUri>,
    /// Where failure reports go.
    pub ruf: Vec<ReportUri>,
    /// Whether others register names under the domain.
    pub psd: PublicSuffixDomain,
    /// Test mode: the policy is applied one level weaker.
    pub t: bool,
    /// Tags that the standard does not define, among them the removed `pct`, `rf` and `ri`.
    pub unknown: Vec<UnknownTag>,
}

impl DmarcRecord {
    /// A record that asks for `p` and nothing else.
    #[must_use]
    pub const fn new(p: Disposition) -> Self {
        Self {
            p,
            sp: None,
            np: None,
            adkim: Alignment::Relaxed,
            aspf: Alignment::Relaxed,
            fo: FailureOptions { any: false, dkim: false, spf: false },
            rua: Vec::new(),
            ruf: Vec::new(),
            psd: PublicSuffixDomain::Unknown,
            t: false,
            unknown: Vec::new(),
        }
    }
}

/// The record as it goes into the DNS: `p` second, which older readers want; defaults left out.
impl fmt::Display for DmarcRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "v={VERSION}; p={}", self.p)?;
        if let Some(sp) = self.sp {
            write!(formatter, "; sp={sp}")?;
        }
        if let Some(np) = self.np {
            write!(formatter, "; np={np}")?;
        }
        if self.adkim != Alignment::default() {
            write!(formatter, "; adkim={}", self.adkim.letter())?;
        }
        if self.aspf != Alignment::default() {
            write!(formatter, "; aspf={}", self.aspf.letter())?;
        }
        if self.fo != FailureOptions::default() {
            write!(formatter, "; fo={}", self.fo)?;
        }
        for (tag, uris) in [("rua", &self.rua), ("ruf", &self.ruf)] {
            for (index, uri) in uris.iter().enumerate() {
                if index == 0 {
                    write!(formatter, "; {tag}={uri}")?;
                } else {
                    write!(formatter, ",{uri}")?;
                }
            }
        }
        if self.psd != PublicSuffixDomain::default() {
            write!(formatter, "; psd={}", self.psd.letter())?;
        }
        if self.t {
            formatter.write_str("; t=y")?;
        }
        for tag in &self.unknown {
            write!(formatter, "; {}={}", tag.name(), tag.value())?;
        }
        Ok(())
    }
}
