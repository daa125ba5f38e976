//! The version, with which a record begins.

use sigillo_findings::{Finding, Span};

use super::fields::{Grammar, Splitter};
use crate::text::{trim, trim_end};

impl Splitter<'_, '_> {
    /// Reads the first piece, which has to be the version; gives the later piece that is.
    pub(super) fn version(&mut self, piece: Span, others: &[Span]) -> Option<Span> {
        let codes = self.format.codes;
        let prefix = self.format.prefix;
        let content = trim_end(self.text, piece);
        if self.is_version(content) {
            self.split.version_is_right = true;
            let space = Span::new(content.end(), piece.end());
            if let Some(code) = codes.space_before_semicolon
                && !space.is_empty()
            {
                let finding = Finding::new(code, space).with("expected", prefix);
                self.findings.push(finding.fixed_by(space, ""));
            }
            return None;
        }
        if let Some(joint) = self.wrong_separator(content) {
            self.split.version_is_right = true;
            let finding = Finding::new(codes.separator_missing, joint).with("expected", prefix);
            self.findings.push(finding.fixed_by(joint, "; "));
            self.field(Span::new(joint.end(), piece.end()));
            return None;
        }
        if self.names_version(content) {
            let finding = Finding::new(codes.version_invalid, content)
                .with("expected", prefix)
                .with_bytes("value", content.of(self.text));
            self.findings.push(if self.is_near_version(content) {
                finding.fixed_by(content, prefix)
            } else {
                finding
            });
            return None;
        }
        let late = others.iter().find(|other| self.names_version(**other));
        let finding = match late {
            Some(late) => Finding::new(codes.version_not_first, trim(self.text, *late)),
            None => Finding::new(codes.version_missing, content),
        };
        let mut finding = finding.with("expected", prefix);
        // In front of a field the version is what lacks; other texts are no records.
        let is_field = self.equals_sign(content).is_some_and(|(name, _)| self.is_name(name));
        if late.is_none() && is_field {
            finding = finding.fixed_by(Span::at(piece.start()), format!("{prefix}; "));
        }
        self.findings.push(finding);
        self.field(piece);
        late.copied()
    }

    /// What stands between the version and a field where a semicolon belongs; none without a field.
    fn wrong_separator(&self, piece: Span) -> Option<Span> {
        const MISTAKEN: &[u8] = b" \t,:|&/";
        let rest = piece.of(self.text).strip_prefix(self.format.prefix.as_bytes())?;
        let length = rest.iter().take_while(|byte| MISTAKEN.contains(byte)).count();
        let start = piece.end() - rest.len();
        (0 < length && length < rest.len()).then(|| Span::new(start, start + length))
    }

    /// Whether a piece is the version as this format may write it.
    fn is_version(&self, piece: Span) -> bool {
        match self.format.grammar {
            Grammar::Fields => piece.of(self.text) == self.format.prefix.as_bytes(),
            // RFC 9989 §4.8: the case of the value counts, that of the name does not.
            Grammar::Tags => self.equals_sign(piece).is_some_and(|(name, value)| {
                name.of(self.text).eq_ignore_ascii_case(b"v")
                    && value.of(self.text) == self.format.version.as_bytes()
            }),
        }
    }

    /// Whether a `v` field has a version that looks like the right one, rather than one of another
    /// kind of record.
    fn is_near_version(&self, piece: Span) -> bool {
        let stem = self.format.version.trim_end_matches("v1").trim_end_matches('1');
        self.equals_sign(piece).is_some_and(|(_, value)| {
            let head = value.of(self.text).get(..stem.len()).unwrap_or_default();
            head.eq_ignore_ascii_case(stem.as_bytes())
        })
    }

    /// Whether a piece is a `v` field, right or wrong.
    fn names_version(&self, piece: Span) -> bool {
        self.equals_sign(piece)
            .is_some_and(|(name, _)| name.of(self.text).eq_ignore_ascii_case(b"v"))
    }
}
