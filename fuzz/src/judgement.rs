//! What holds for the judgement of a text of any kind.

use sigillo_findings::{Finding, Fix, LISTED_PER_CODE, Severity, Span};
use sigillo_formats::{Judged, Kind};
use sigillo_language::Language;

/// Judges a text and checks all that holds for every kind.
pub(crate) fn judge(kind: Kind, text: &[u8]) -> Judged {
    let judged = kind.judge(text);
    let has_error = judged.findings.iter().any(|finding| finding.severity() == Severity::Error);
    assert_eq!(judged.valid, !has_error, "valid is what has no error");
    check_order_and_number(&judged.findings);
    for finding in &judged.findings {
        check_places(text, finding);
        if let Some(fix) = finding.fix() {
            let _ = kind.judge(&apply(text, fix));
        }
    }
    for language in Language::ALL {
        check_rendering(&judged, text, language);
    }
    judged
}

/// Checks that the texts of findings have no gaps; `input` is what they may quote.
pub(crate) fn check_words<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    language: Language,
    input: &[u8],
) {
    // A brace of the input, escaped or not, can't be told from a gap.
    if input.iter().any(|byte| b"{}\\".contains(byte)) {
        return;
    }
    for finding in findings {
        for words in [finding.message(language), finding.help(language)] {
            assert!(!words.contains(['{', '}']), "{} {language}: {words}", finding.code());
        }
    }
}

fn check_order_and_number(findings: &[Finding]) {
    assert!(findings.is_sorted_by_key(Finding::span), "findings are in the order of the text");
    for finding in findings {
        let same = findings.iter().filter(|other| other.code() == finding.code());
        assert!(same.count() <= LISTED_PER_CODE, "{} is listed too often", finding.code());
    }
}

/// Every place is inside the text, and no fix parts a character.
fn check_places(text: &[u8], finding: &Finding) {
    if let Some(span) = finding.span() {
        assert!(span.end() <= text.len(), "{finding:?}");
    }
    let Some(Fix { span, replacement }) = finding.fix() else {
        return;
    };
    assert!(span.end() <= text.len(), "{finding:?}");
    if let Ok(text) = str::from_utf8(text) {
        assert!(text.is_char_boundary(span.start()), "{finding:?}");
        assert!(text.is_char_boundary(span.end()), "{finding:?}");
    }
    assert_ne!(span.of(text), replacement.as_bytes(), "a fix that changes nothing: {finding:?}");
}

fn apply(text: &[u8], fix: &Fix) -> Vec<u8> {
    let before = Span::new(0, fix.span.start()).of(text);
    let after = Span::new(fix.span.end(), text.len()).of(text);
    [before, fix.replacement.as_bytes(), after].concat()
}

fn check_rendering(judged: &Judged, text: &[u8], language: Language) {
    check_words(&judged.findings, language, text);
    let rendered = judged.render(text, language);
    assert_eq!(rendered.findings.len(), judged.findings.len());
    for finding in &rendered.findings {
        let fix = finding.fix.as_ref().map(|fix| fix.span);
        for span in finding.span.into_iter().chain(fix) {
            assert!(span.line >= 1 && span.column >= 1, "{finding:?}");
            assert!(span.line <= span.start + 1 && span.column <= span.start + 1, "{finding:?}");
        }
    }
    assert!(serde_json::to_string(&rendered).is_ok(), "a judgement is JSON");
}
