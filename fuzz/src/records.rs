use sigillo_formats::record::selection::{RecordKind, Selection};
use sigillo_formats::{Kind, dmarc, mta_sts_record, tls_rpt_record};

use crate::judgement::judge;

/// An MTA-STS record: judged, and if it is valid, written and read again.
pub fn mta_sts_record(data: &[u8]) {
    let judged = judge(Kind::Record, data);
    let record = mta_sts_record::parse(data).into_record();
    assert_eq!(record.is_some(), judged.valid, "valid is what gives a record");
    let Some(record) = record else {
        return;
    };
    check_selected(RecordKind::MtaSts, data);
    let written = record.to_string();
    check_selected(RecordKind::MtaSts, written.as_bytes());
    let again = mta_sts_record::parse(written.as_bytes()).into_record();
    assert_eq!(again.as_ref().map(ToString::to_string), Some(written), "writing is canonical");
    assert_eq!(again, Some(record), "what is written reads the same");
}

/// A TLS-RPT record: judged, and if it is valid, written and read again.
pub fn tls_rpt_record(data: &[u8]) {
    let judged = judge(Kind::TlsRpt, data);
    let record = tls_rpt_record::parse(data).into_record();
    assert_eq!(record.is_some(), judged.valid, "valid is what gives a record");
    let Some(record) = record else {
        return;
    };
    check_selected(RecordKind::TlsRpt, data);
    assert!(!record.rua().is_empty());
    let written = record.to_string();
    check_selected(RecordKind::TlsRpt, written.as_bytes());
    let again = tls_rpt_record::parse(written.as_bytes()).into_record();
    assert_eq!(again.as_ref().map(ToString::to_string), Some(written), "writing is canonical");
    assert_eq!(again, Some(record), "what is written reads the same");
}

/// A DMARC record: judged, and if it is valid, written and read again.
pub fn dmarc_record(data: &[u8]) {
    let judged = judge(Kind::Dmarc, data);
    let parsed = dmarc::parse(data);
    let effective = parsed.effective().clone();
    let record = parsed.into_record();
    assert_eq!(record.is_some(), judged.valid, "valid is what gives a record");
    let Some(record) = record else {
        return;
    };
    check_selected(RecordKind::Dmarc, data);
    let written = record.to_string();
    check_selected(RecordKind::Dmarc, written.as_bytes());
    let parsed = dmarc::parse(written.as_bytes());
    assert_eq!(*parsed.effective(), effective, "what is written asks for the same");
    let again = parsed.into_record();
    assert_eq!(again.as_ref().map(ToString::to_string), Some(written), "writing is canonical");
    assert_eq!(again, Some(record), "what is written reads the same");
}

/// The TXT records at a name, one a line: at most one is selected.
pub fn selection(data: &[u8]) {
    let records: Vec<&[u8]> = data.split(|byte| *byte == b'\n').take(100).collect();
    let reversed: Vec<&[u8]> = records.iter().rev().copied().collect();
    let place = |index: usize| records.len() - 1 - index;
    for kind in [RecordKind::MtaSts, RecordKind::TlsRpt, RecordKind::Dmarc] {
        let selection = kind.select(&records);
        let expected = match &selection {
            Selection::None => Selection::None,
            Selection::One(index) => {
                assert!(*index < records.len());
                Selection::One(place(*index))
            }
            Selection::Several(indexes) => {
                assert!(indexes.len() >= 2 && indexes.is_sorted_by(|a, b| a < b));
                Selection::Several(indexes.iter().rev().map(|index| place(*index)).collect())
            }
        };
        assert_eq!(kind.select(&reversed), expected, "the order does not count");
        for record in &records {
            if is_valid(kind, record) {
                check_selected(kind, record);
            }
        }
    }
}

/// A valid record that is alone at its name is the one that counts.
fn check_selected(kind: RecordKind, record: &[u8]) {
    assert_eq!(kind.select(&[record]), Selection::One(0), "{kind:?}");
}

fn is_valid(kind: RecordKind, record: &[u8]) -> bool {
    match kind {
        RecordKind::MtaSts => mta_sts_record::parse(record).is_valid(),
        RecordKind::TlsRpt => tls_rpt_record::parse(record).is_valid(),
        RecordKind::Dmarc => dmarc::parse(record).is_valid(),
    }
}
