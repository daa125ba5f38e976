use sigillo_findings::{LISTED_PER_CODE, LineIndex, Severity, Span};
use sigillo_formats::report;
use sigillo_language::Language;

/// A TLS report in any wrapping: judged in the text that comes out of it, written and read again.
pub fn report(data: &[u8]) {
    let parsed = report::parse(data);
    let text = parsed.text();
    let findings = parsed.findings();
    let has_error = findings.iter().any(|finding| finding.severity() == Severity::Error);
    assert_eq!(parsed.is_valid(), !has_error, "valid is what has no error");
    let lines = LineIndex::new(text);
    for finding in &findings {
        let fix = finding.fix().map(|fix| fix.span);
        for span in finding.span().into_iter().chain(fix) {
            assert!(Span::end(span) <= text.len(), "{finding:?}");
        }
        let same = findings.iter().filter(|other| other.code() == finding.code());
        assert!(same.count() <= LISTED_PER_CODE, "{} is listed too often", finding.code());
        for language in Language::ALL {
            let rendered = finding.render(language, &lines);
            assert!(!rendered.message.is_empty() && !rendered.help.is_empty());
        }
    }
    let written = parsed.value().to_json();
    let again = report::parse(written.as_bytes());
    assert_eq!(again.value(), parsed.value(), "what is written reads the same");
    assert_eq!(again.value().to_json(), written, "writing is canonical");
}
