//! What the three TXT records have in common: `v=…` first, then fields between semicolons.

mod extension;
pub(crate) mod fields;
mod parsed;
pub(crate) mod report_uri;
pub mod selection;
mod version;

pub use extension::{RecordExtension, RecordExtensionError};
pub use parsed::ParsedRecord;
pub use report_uri::{ReportUri, ReportUriError};
use sigillo_findings::{Finding, Findings, Span};

use crate::limits::TXT_BYTES;
use crate::zone_text::{self, Unquoted};
use fields::RecordCodes;

/// Reads a record with `read`, which is given the text without zone-file quotes.
///
/// Quotes are an error, whose fix is the text without them; everything else in the text is found
/// all the same and placed where it stands between the quotes.
pub(crate) fn parse<V>(
    bytes: &[u8],
    codes: &RecordCodes,
    read: impl FnOnce(&[u8], &mut Findings) -> V,
) -> (V, Findings) {
    let mut findings = Findings::new();
    let text = bytes.get(..TXT_BYTES).unwrap_or(bytes);
    if bytes.len() > TXT_BYTES {
        findings.push(Finding::new(codes.too_long, Span::at(TXT_BYTES)).with("limit", TXT_BYTES));
    }
    let Some(unquoted) = zone_text::unquote(text).map(Unquoted::twice) else {
        let value = read(text, &mut findings);
        return (value, findings);
    };
    let whole = Span::new(0, text.len());
    findings.push(
        Finding::new(codes.quoted, whole)
            .fixed_by(whole, String::from_utf8_lossy(unquoted.text()).into_owned()),
    );
    let mut inner = Findings::new();
    let value = read(unquoted.text(), &mut inner);
    findings.append(inner.map_spans(|span| unquoted.place(span)));
    (value, findings)
}
