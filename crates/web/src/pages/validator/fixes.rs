//! Fixes of findings, applied.

use std::fmt;
use std::str::FromStr;

use sigillo_findings::{Code, Finding, Fix, UnknownCode};

/// What a form calls a fix: the finding's code, and how many of the same code come before it. That stays true where
/// the text is given in another way, such as out of its container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FixName {
    code: Code,
    before: usize,
}

impl FixName {
    /// The name of the fix of a finding among others.
    pub(super) fn of(findings: &[Finding], index: usize) -> Option<Self> {
        let code = findings.get(index)?.code();
        let before = findings.iter().take(index).filter(|finding| finding.code() == code).count();
        Some(Self { code, before })
    }

    /// The fix of this name.
    pub(super) fn find(self, findings: &[Finding]) -> Option<&Fix> {
        findings.iter().filter(|finding| finding.code() == self.code).nth(self.before)?.fix()
    }
}

impl fmt::Display for FixName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.code, self.before)
    }
}

impl FromStr for FixName {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let (code, before) = text.split_once('.').ok_or(UnknownCode)?;
        Ok(Self { code: code.parse()?, before: before.parse().map_err(|_| UnknownCode)? })
    }
}

/// The fixes that can be applied together, in the order of the text: of those that touch the same place the first.
pub(super) fn together(findings: &[Finding]) -> Vec<&Fix> {
    let mut fixes: Vec<&Fix> = findings.iter().filter_map(Finding::fix).collect();
    fixes.sort_by_key(|fix| (fix.span.start(), fix.span.end()));
    let mut taken: Vec<&Fix> = Vec::new();
    for fix in fixes {
        let touches = |last: &&Fix| {
            fix.span.start() < last.span.end() || fix.span.start() == last.span.start()
        };
        if !taken.last().is_some_and(touches) {
            taken.push(fix);
        }
    }
    taken
}

/// The text with fixes applied, which are in its order and don't overlap.
pub(super) fn apply(text: &[u8], fixes: &[&Fix]) -> Vec<u8> {
    let mut mended = Vec::with_capacity(text.len());
    let mut done = 0;
    for fix in fixes {
        mended.extend_from_slice(text.get(done..fix.span.start()).unwrap_or_default());
        mended.extend_from_slice(fix.replacement.as_bytes());
        done = fix.span.end();
    }
    mended.extend_from_slice(text.get(done..).unwrap_or_default());
    mended
}

#[cfg(test)]
mod tests {
    use sigillo_findings::Span;

    use super::*;

    fn finding(code: Code, start: usize, end: usize, replacement: &str) -> Finding {
        let span = Span::new(start, end);
        Finding::new(code, span).fixed_by(span, replacement)
    }

    #[test]
    fn fixes_that_touch_the_same_place_are_not_applied_together() {
        let code = Code::PolicyModeInvalid;
        let findings = [
            finding(code, 4, 6, "EF"),
            finding(code, 0, 2, ""),
            finding(code, 1, 3, "x"),
            finding(code, 2, 2, "+"),
            finding(code, 2, 2, "-"),
        ];
        assert_eq!(apply(b"abcdefg", &together(&findings)), b"+cdEFg");
    }

    #[test]
    fn a_name_finds_its_fix_again() {
        let (one, other) = (Code::PolicyModeInvalid, Code::PolicyMaxAgeShort);
        let findings =
            [finding(one, 0, 1, "a"), finding(other, 1, 2, "b"), finding(one, 2, 3, "c")];
        let name = FixName::of(&findings, 2).unwrap();
        assert_eq!(name.to_string(), "policy-mode-invalid.1");
        let read: FixName = name.to_string().parse().unwrap();
        assert_eq!(read.find(&findings), findings.get(2).and_then(Finding::fix));
        assert!("policy-mode-invalid".parse::<FixName>().is_err());
        assert!("no-such-code.0".parse::<FixName>().is_err());
    }
}
