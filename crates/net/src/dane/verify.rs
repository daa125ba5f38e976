use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, TrustAnchor};
use sigillo_formats::DomainName;
use webpki::{EndEntityCert, KeyUsage};

use super::anchor::{bare_key_anchor, certificate_anchor};
use super::record::{Matching, Selector, TlsaRecord, UnusableRecord, Usable, Usage};
use crate::limits::{DANE_PATHS, TLSA_RECORDS};
use crate::text::bounded;
use crate::tls::{NameOutcome, PresentedChain, judge_name, parse_certificate, provider, unix_time};

/// What the records say about the chain, together and each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaneVerdict {
    /// Together.
    pub outcome: DaneOutcome,
    /// Each, in the order of the records.
    pub records: Vec<RecordOutcome>,
}

/// What the records say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DaneOutcome {
    /// There are none: DANE says nothing.
    NoRecords,
    /// None of them counts: TLS is required, but not authenticated (RFC 7672 §2.2).
    Unusable,
    /// At least one of them is fulfilled.
    Matched,
    /// Some count, and none is fulfilled: mail must not be delivered here.
    Failed,
}

/// What one record says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordOutcome {
    /// It is fulfilled by the certificate at this depth, 0 being the server's own; none for an
    /// anchor that stands whole in the record and is not sent.
    Matched {
        /// Where in the chain.
        depth: Option<usize>,
    },
    /// It does not count.
    Unusable(UnusableRecord),
    /// It names no certificate of the chain.
    NoMatch,
    /// It names a certificate, but no chain of signatures leads there (DANE-TA).
    ChainInvalid {
        /// The reason in English.
        reason: String,
    },
    /// It names a certificate, and one below it has expired or is not yet valid (DANE-TA).
    NotValidNow,
    /// It names a certificate that may not sign others (DANE-TA).
    NotAuthority,
    /// There are more records, or more paths to build for them, than are judged.
    NotJudged,
    /// It is fulfilled but for the name of the server's certificate (DANE-TA).
    NameMismatch,
}

/// Judges the chain of an MX host by its TLSA records (RFC 7672 §3, RFC 6698 §2.1).
///
/// `names` are those that a certificate below a trust anchor may carry: the TLSA base domain and
/// the next-hop domain (RFC 7672 §3.2.2); each counts as a DNS-ID, and where a certificate has none
/// at all, as its common name (§3.2.3). One fulfilled record is enough. A record with usage
/// DANE-EE(3) asks for neither name nor date.
#[must_use]
pub fn verify(
    records: &[TlsaRecord],
    chain: &PresentedChain,
    names: &[DomainName],
    now: Timestamp,
) -> DaneVerdict {
    let Some((leaf, others)) = chain.split() else {
        // Chains are never empty.
        return DaneVerdict { outcome: DaneOutcome::Failed, records: Vec::new() };
    };
    let mut judge = Judge { leaf, others, names, now, paths_left: DANE_PATHS };
    let records: Vec<_> = records
        .iter()
        .enumerate()
        .map(|(index, record)| match record.usable() {
            _ if index >= TLSA_RECORDS => RecordOutcome::NotJudged,
            Err(reason) => RecordOutcome::Unusable(reason),
            Ok(record) => judge.judge(&record),
        })
        .collect();
    let outcome = if records.is_empty() {
        DaneOutcome::NoRecords
    } else if records.iter().any(|record| matches!(record, RecordOutcome::Matched { .. })) {
        DaneOutcome::Matched
    } else if records.iter().all(|record| matches!(record, RecordOutcome::Unusable(_))) {
        DaneOutcome::Unusable
    } else {
        DaneOutcome::Failed
    };
    DaneVerdict { outcome, records }
}

/// A chain and what is demanded of it.
struct Judge<'a> {
    leaf: &'a CertificateDer<'a>,
    others: &'a [CertificateDer<'a>],
    names: &'a [DomainName],
    now: Timestamp,
    /// How many more paths may be built: each costs time, and a hostile host can ask for many.
    paths_left: usize,
}

impl Judge<'_> {
    fn judge(&mut self, record: &Usable<'_>) -> RecordOutcome {
        match record.usage {
            Usage::DaneEe if record.names(self.leaf) => RecordOutcome::Matched { depth: Some(0) },
            Usage::DaneEe => RecordOutcome::NoMatch,
            Usage::DaneTa => {
                self.judge_sent_authority(record).unwrap_or_else(|| self.judge_own_anchor(record))
            }
        }
    }

    /// Tries every certificate that the record names, the server's own left out; none if it names
    /// none of them.
    fn judge_sent_authority(&mut self, record: &Usable<'_>) -> Option<RecordOutcome> {
        let mut failure = None;
        for (index, certificate) in self.others.iter().enumerate() {
            if !record.names(certificate) {
                continue;
            }
            let outcome = match certificate_anchor(certificate) {
                None => Err(RecordOutcome::NotAuthority),
                Some(anchor) => self.check_path(&anchor),
            };
            match outcome {
                Ok(()) => return Some(RecordOutcome::Matched { depth: Some(index + 1) }),
                Err(reason) => failure = failure.or(Some(reason)),
            }
        }
        failure
    }

    /// Tries the anchor that stands whole in the record itself.
    fn judge_own_anchor(&mut self, record: &Usable<'_>) -> RecordOutcome {
        let outcomes = match (record.matching, record.selector) {
            (Matching::Full, Selector::Certificate) => {
                let certificate = CertificateDer::from(record.data);
                let anchor = certificate_anchor(&certificate);
                anchor.map(|anchor| self.check_path(&anchor)).into_iter().collect()
            }
            (Matching::Full, Selector::PublicKey) => self.check_bare_key(record.data),
            _ => Vec::new(),
        };
        let mut best = RecordOutcome::NoMatch;
        for outcome in outcomes {
            match outcome {
                Ok(()) => return RecordOutcome::Matched { depth: None },
                // A chain that does not lead to the anchor: the record speaks of another one.
                Err(RecordOutcome::ChainInvalid { .. }) => {}
                Err(reason) => best = reason,
            }
        }
        best
    }

    /// A bare key may stand behind the issuer of any certificate of the chain (RFC 7671 §5.2.2).
    fn check_bare_key(&mut self, key: &[u8]) -> Vec<Result<(), RecordOutcome>> {
        let issuers = std::iter::once(self.leaf).chain(self.others);
        let anchors: Vec<_> = issuers
            .filter_map(|certificate| {
                let parsed = parse_certificate(certificate).ok()?;
                bare_key_anchor(parsed.issuer().as_raw(), key)
            })
            .collect();
        anchors.iter().map(|anchor| self.check_path(anchor)).collect()
    }

    /// Whether the chain leads to the anchor now, and the server's certificate has one of the
    /// names.
    fn check_path(&mut self, anchor: &TrustAnchor<'_>) -> Result<(), RecordOutcome> {
        self.paths_left = self.paths_left.checked_sub(1).ok_or(RecordOutcome::NotJudged)?;
        let invalid = |error: &webpki::Error| RecordOutcome::ChainInvalid {
            reason: bounded(&error.to_string(), 200),
        };
        let certificate = EndEntityCert::try_from(self.leaf).map_err(|error| invalid(&error))?;
        let provider = provider();
        let verified = certificate.verify_for_usage(
            provider.signature_verification_algorithms.all,
            std::slice::from_ref(anchor),
            self.others,
            unix_time(self.now),
            KeyUsage::server_auth(),
            None,
            None,
        );
        match verified {
            Err(webpki::Error::CertExpired { .. } | webpki::Error::CertNotValidYet { .. }) => {
                return Err(RecordOutcome::NotValidNow);
            }
            Err(error) => return Err(invalid(&error)),
            Ok(_) => {}
        }
        if self.names.iter().any(|name| is_for(self.leaf, name)) {
            Ok(())
        } else {
            Err(RecordOutcome::NameMismatch)
        }
    }
}

/// Whether the certificate is for the name; by its common name only if it has no DNS name.
fn is_for(leaf: &CertificateDer<'_>, name: &DomainName) -> bool {
    match judge_name(leaf, name) {
        NameOutcome::Match => true,
        NameOutcome::NoDnsNames => common_name_is(leaf, name),
        NameOutcome::Mismatch | NameOutcome::Unreadable => false,
    }
}

fn common_name_is(leaf: &CertificateDer<'_>, name: &DomainName) -> bool {
    let Ok(certificate) = parse_certificate(leaf) else {
        return false;
    };
    let mut names = certificate.subject().iter_common_name();
    // One name, or it is anyone's guess which counts.
    match (names.next(), names.next()) {
        (Some(common), None) => {
            common.as_str().is_ok_and(|common| common.eq_ignore_ascii_case(name.as_str()))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_that_do_not_count() {
        let record = |usage, selector, matching, length| {
            TlsaRecord { usage, selector, matching, data: vec![7; length] }
                .usable()
                .map(|usable| usable.usage)
        };
        assert_eq!(record(3, 1, 1, 32), Ok(Usage::DaneEe));
        assert_eq!(record(2, 0, 2, 64), Ok(Usage::DaneTa));
        assert_eq!(record(0, 0, 1, 32), Err(UnusableRecord::PkixUsage(0)));
        assert_eq!(record(1, 0, 1, 32), Err(UnusableRecord::PkixUsage(1)));
        assert_eq!(record(4, 0, 1, 32), Err(UnusableRecord::UnknownUsage(4)));
        assert_eq!(record(3, 2, 1, 32), Err(UnusableRecord::UnknownSelector(2)));
        assert_eq!(record(3, 1, 3, 32), Err(UnusableRecord::UnknownMatching(3)));
        assert_eq!(record(3, 1, 1, 31), Err(UnusableRecord::DigestLength(31)));
        assert_eq!(record(3, 1, 2, 32), Err(UnusableRecord::DigestLength(32)));
        assert_eq!(record(3, 1, 0, 32), Err(UnusableRecord::UnreadableData));
        assert_eq!(record(3, 0, 0, 0), Err(UnusableRecord::UnreadableData));
    }
}
