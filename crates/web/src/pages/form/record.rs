use sigillo_formats::Kind;
use sigillo_language::Language;

use crate::Site;
use crate::page::marked::{Mark, Markup, marked};
use crate::page::remark::Remark;

/// A record that somebody has, and what is to be said about it.
pub(crate) struct JudgedRecord {
    /// The record as it was given.
    pub(crate) text: String,
    /// The same with the places marked that findings are about.
    pub(crate) marked: Markup,
    /// Whether a conforming reader accepts it.
    pub(crate) is_valid: bool,
    /// What there is to say.
    pub(crate) remarks: Vec<Remark>,
}

impl JudgedRecord {
    /// Judges a record. It comes in an address, so it is no longer than that can be.
    pub(crate) fn new(site: &Site, language: Language, kind: Kind, text: &str) -> Self {
        let judged = kind.judge(text.as_bytes());
        let validation = judged.render(text.as_bytes(), language);
        let marks: Vec<Mark> = judged
            .findings
            .iter()
            .filter_map(|it| Some(Mark { span: it.span()?, severity: it.severity() }))
            .collect();
        let remarks = judged
            .findings
            .iter()
            .zip(validation.findings)
            .map(|(it, rendered)| Remark::about(site, language, text.as_bytes(), it, rendered))
            .collect();
        Self {
            text: text.to_owned(),
            marked: marked(text.as_bytes(), &marks),
            is_valid: judged.valid,
            remarks,
        }
    }
}
