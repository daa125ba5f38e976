//! Which of the TXT records at a name is the one that counts.

use memchr::memchr;
use sigillo_findings::Span;

use crate::text::{trim, trim_end};

/// The kind of record that is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// At `_mta-sts.DOMAIN` (RFC 8461 §3.1).
    MtaSts,
    /// At `_smtp._tls.DOMAIN` (RFC 8460 §3).
    TlsRpt,
    /// At `_dmarc.DOMAIN` (RFC 9989 §4.10).
    Dmarc,
}

/// The outcome: indexes count within the records that were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// No record of the kind is there.
    None,
    /// This record counts. Whether it is valid is for its parser to say.
    One(usize),
    /// Several are there, so none counts.
    Several(Vec<usize>),
}

impl RecordKind {
    /// Selects among the TXT records of a name, each with its strings joined.
    ///
    /// Of several records those that do not begin with the literal version and semicolon are
    /// discarded; a record on its own may have white space before that semicolon (our reading of
    /// RFC 8461 §3.1: the grammar allows it). A record on its own that tries to be one of the kind,
    /// however badly, is selected too, so that its faults can be told.
    ///
    /// ```
    /// # use sigillo_formats::record::selection::{RecordKind, Selection};
    /// let records = ["v=spf1 -all", "v=STSv1; id=1"];
    /// assert_eq!(RecordKind::MtaSts.select(&records), Selection::One(1));
    /// ```
    #[must_use]
    pub fn select<T: AsRef<[u8]>>(self, records: &[T]) -> Selection {
        if let [only] = records
            && self.is_attempt(only.as_ref())
        {
            return Selection::One(0);
        }
        let chosen: Vec<usize> = records
            .iter()
            .enumerate()
            .filter(|(_, record)| self.begins(record.as_ref()))
            .map(|(index, _)| index)
            .collect();
        match *chosen {
            [] => Selection::None,
            [one] => Selection::One(one),
            _ => Selection::Several(chosen),
        }
    }

    const fn version(self) -> &'static str {
        match self {
            Self::MtaSts => "STSv1",
            Self::TlsRpt => "TLSRPTv1",
            Self::Dmarc => "DMARC1",
        }
    }

    /// Whether a record begins as the standard's rule of selection asks.
    fn begins(self, record: &[u8]) -> bool {
        match self {
            Self::MtaSts | Self::TlsRpt => record
                .strip_prefix(b"v=")
                .and_then(|rest| rest.strip_prefix(self.version().as_bytes()))
                .is_some_and(|rest| rest.starts_with(b";")),
            // RFC 9989 §4.10: records without a valid `v` tag in front are discarded.
            Self::Dmarc => {
                let end = memchr(b';', record).unwrap_or(record.len());
                let Some(equals) = memchr(b'=', record).filter(|equals| *equals < end) else {
                    return false;
                };
                let name = trim_end(record, Span::new(0, equals));
                let value = trim(record, Span::new(equals + 1, end));
                name.of(record).eq_ignore_ascii_case(b"v")
                    && value.of(record) == self.version().as_bytes()
            }
        }
    }

    /// Whether a record was meant to be one of the kind.
    fn is_attempt(self, record: &[u8]) -> bool {
        let plain: Vec<u8> = record
            .iter()
            .filter(|byte| !byte.is_ascii_whitespace() && **byte != b'"')
            .take(3 + self.version().len())
            .map(u8::to_ascii_lowercase)
            .collect();
        // `v=STS…`, `v=TLSRPT…` or `v=DMARC…`, and behind that at most the number of a version.
        let stem = self.version().trim_end_matches("v1").trim_end_matches('1').to_ascii_lowercase();
        let rest = plain.strip_prefix(b"v=").and_then(|rest| rest.strip_prefix(stem.as_bytes()));
        let number = rest.map(|rest| rest.strip_prefix(b"v").unwrap_or(rest));
        number.is_some_and(|number| !number.first().is_some_and(u8::is_ascii_alphabetic))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mta_sts(records: &[&str]) -> Selection {
        RecordKind::MtaSts.select(records)
    }

    #[test]
    fn exactly_one_literal_prefix_counts() {
        assert_eq!(mta_sts(&[]), Selection::None);
        assert_eq!(mta_sts(&["v=STSv1; id=1"]), Selection::One(0));
        assert_eq!(mta_sts(&["v=spf1 -all"]), Selection::None);
        assert_eq!(mta_sts(&["v=STSomething"]), Selection::None);
        assert_eq!(mta_sts(&["x", "v=STSv1;id=1", "v=STSv10; id=1"]), Selection::One(1));
        assert_eq!(
            mta_sts(&["v=STSv1; id=1", "x", "v=STSv1; id=2"]),
            Selection::Several(vec![0, 2])
        );
    }

    #[test]
    fn white_space_before_the_semicolon_is_read_only_alone() {
        assert_eq!(mta_sts(&["v=STSv1 ; id=1"]), Selection::One(0));
        assert_eq!(mta_sts(&["v=STSv1 ; id=1", "v=STSv1; id=2"]), Selection::One(1));
        assert_eq!(mta_sts(&["v=STSv1 ; id=1", "v=spf1 -all"]), Selection::None);
    }

    #[test]
    fn a_bad_record_alone_is_selected_for_its_faults() {
        for record in
            ["v=STSv2; id=1", " v=STSv1; id=1", "\"v=STSv1; id=1\"", "V=stsv1", "v = STSv1"]
        {
            assert_eq!(mta_sts(&[record]), Selection::One(0), "{record}");
        }
    }

    #[test]
    fn dmarc_allows_white_space_around_equals() {
        let select = |records: &[&str]| RecordKind::Dmarc.select(records);
        assert_eq!(select(&["v = DMARC1 ; p=none", "x"]), Selection::One(0));
        assert_eq!(select(&["v=DMARC1", "v=dmarc1; p=none"]), Selection::One(0));
        assert_eq!(
            select(&["v=DMARC1;p=none", "v=DMARC1;p=reject"]),
            Selection::Several(vec![0, 1])
        );
        let tls_rpt = RecordKind::TlsRpt.select(&["v=TLSRPTv1;rua=mailto:a@b.example", ""]);
        assert_eq!(tls_rpt, Selection::One(0));
    }
}
