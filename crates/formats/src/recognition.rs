//! What kind of text somebody has in front of them, when they don't say.

use crate::Kind;
use crate::report;

/// How much of a text is looked at for its words, in bytes: no policy or record has a longer head.
const HEAD_BYTES: usize = 4_096;

/// The fields that only a policy file has.
const POLICY_FIELDS: [&str; 4] = ["version", "mode", "mx", "max_age"];

impl Kind {
    /// The kind that a text looks like, however faulty it is; none where nothing speaks for any.
    ///
    /// What a text is packed in or begins with decides, then the fields of a policy, then the version of a
    /// record, and where that is missing its tags.
    ///
    /// ```
    /// # use sigillo_formats::Kind;
    /// assert_eq!(Kind::recognise(b"version: STSv1\nmode: enforce\n"), Some(Kind::Policy));
    /// assert_eq!(Kind::recognise(b"\"v=STSv1; id=1\""), Some(Kind::Record));
    /// assert_eq!(Kind::recognise(b"Dear postmaster,"), None);
    /// ```
    #[must_use]
    pub fn recognise(text: &[u8]) -> Option<Self> {
        if report::is_packed(text) {
            return Some(Self::Report);
        }
        let head = head(text);
        if head.starts_with(['{', '[']) {
            return Some(Self::Report);
        }
        let has_policy_field = |text: &str| text.lines().any(is_policy_line);
        let is_mail = report::is_mail(text);
        let header = head.split("\n\n").next().unwrap_or_default();
        match (is_mail, has_policy_field(if is_mail { header } else { &head })) {
            (_, true) => Some(Self::Policy),
            (true, false) => Some(Self::Report),
            (false, false) => record_of_version(&head).or_else(|| record_of_tags(&head)),
        }
    }
}

/// The beginning of a text, in lower case and without what encodings put there: marks, and the NULs of UTF-16.
fn head(text: &[u8]) -> String {
    let head = text.get(..HEAD_BYTES).unwrap_or(text);
    let bytes: Vec<u8> = head.iter().copied().filter(|byte| !matches!(byte, 0 | b'\r')).collect();
    let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    let is_mark = |character| matches!(character, '\u{feff}' | char::REPLACEMENT_CHARACTER);
    text.trim_start_matches(|character: char| is_mark(character) || character.is_whitespace())
        .to_owned()
}

/// Whether a line is a field of a policy; `=` in place of the colon is a slip.
fn is_policy_line(line: &str) -> bool {
    let line = line.trim_start();
    let end = line
        .find(|character: char| !(character.is_ascii_alphanumeric() || "_-".contains(character)));
    let (name, rest) = line.split_at(end.unwrap_or(line.len()));
    let is_field = rest.trim_start().starts_with([':', '=']);
    is_field && POLICY_FIELDS.contains(&name.replace('-', "_").as_str())
}

/// The kind whose version a text names with a `v=`.
fn record_of_version(head: &str) -> Option<Kind> {
    tags(head).filter(|(name, _)| *name == "v").find_map(|(_, value)| {
        let versions = [
            ("sts", Kind::Record),
            ("tlsrpt", Kind::TlsRpt),
            ("tls-rpt", Kind::TlsRpt),
            ("dmarc", Kind::Dmarc),
        ];
        versions.into_iter().find(|(version, _)| value.starts_with(version)).map(|(_, kind)| kind)
    })
}

/// The kind whose tags a text without a version has.
fn record_of_tags(head: &str) -> Option<Kind> {
    let has = |wanted: &str| tags(head).any(|(name, _)| name == wanted);
    match () {
        () if has("p") => Some(Kind::Dmarc),
        () if has("rua") => Some(Kind::TlsRpt),
        () if has("id") => Some(Kind::Record),
        () => None,
    }
}

/// The names that stand before each `=`, with what follows it. Quotes, the rest of a zone line and blanks around
/// names and values don't matter.
fn tags(head: &str) -> impl Iterator<Item = (&str, &str)> {
    head.match_indices('=').map(|(at, _)| {
        let (before, value) =
            (head.get(..at).unwrap_or_default(), head.get(at + 1..).unwrap_or_default());
        let before = before.trim_end();
        let name = before.rsplit(|character: char| !character.is_ascii_alphanumeric()).next();
        (name.unwrap_or_default(), value.trim_start_matches(['"', ' ', '\t']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_recognised_by_what_they_hold() {
        for (text, expected) in [
            ("version: STSv1\r\nmode: testing\r\n", Some(Kind::Policy)),
            ("\u{feff}\n  Version : STSv1", Some(Kind::Policy)),
            ("mode=enforce\nmx=a.example", Some(Kind::Policy)),
            ("# our policy\nmax-age: 86400", Some(Kind::Policy)),
            ("v=STSv1; id=20260101", Some(Kind::Record)),
            ("V = \"stsv1\" ; id=1", Some(Kind::Record)),
            ("_mta-sts.example.com. 3600 IN TXT \"v=STSv1; id=1\"", Some(Kind::Record)),
            ("id=20260101", Some(Kind::Record)),
            ("v=TLSRPTv1; rua=mailto:a@example.com", Some(Kind::TlsRpt)),
            ("rua=mailto:a@example.com", Some(Kind::TlsRpt)),
            ("v=DMARC1; p=none", Some(Kind::Dmarc)),
            ("p=reject; rua=mailto:a@example.com", Some(Kind::Dmarc)),
            ("  {\"organization-name\": 1}", Some(Kind::Report)),
            ("[", Some(Kind::Report)),
            (
                "From: a@example.com\r\nSubject: Report\r\n\r\nversion: STSv1\r\n",
                Some(Kind::Report),
            ),
            ("From: a@example.com\nmode: x\n", Some(Kind::Policy)),
            ("", None),
            (" \n", None),
            ("Dear postmaster,\nall is well.", None),
            ("v=spf1 include:example.com -all", None),
            ("<html>", None),
        ] {
            assert_eq!(Kind::recognise(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_packed_or_in_another_encoding_is_recognised_too() {
        let utf16 =
            |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        assert_eq!(Kind::recognise(&[0x1f, 0x8b, 8]), Some(Kind::Report));
        assert_eq!(Kind::recognise(b"PK\x03\x04"), Some(Kind::Report));
        assert_eq!(Kind::recognise(&utf16("\u{feff}{\"policies\": []}")), Some(Kind::Report));
        assert_eq!(Kind::recognise(&utf16("\u{feff}version: STSv1\n")), Some(Kind::Policy));
        assert_eq!(Kind::recognise(&[0xff; 5000]), None);
    }

    #[test]
    fn a_hostile_head_takes_linear_time_and_is_none() {
        assert_eq!(Kind::recognise(&b"=".repeat(1 << 20)), None);
        assert_eq!(Kind::recognise(&b"a: b\n".repeat(1 << 18)), None);
    }
}
