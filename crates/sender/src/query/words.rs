//! The reasons, in each language.

use sigillo_language::{Language, MessageFiles};

static REASONS: MessageFiles = MessageFiles::new(
    include_str!("../../messages/en/reasons.ftl"),
    include_str!("../../messages/it/reasons.ftl"),
);

/// The reason of a code, about a domain or what stands in its place.
pub(super) fn reason(code: &str, domain: &str, language: Language) -> String {
    let messages = REASONS.messages(language);
    messages.format(&format!("reason-{code}"), &[("domain", domain.into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::Reason;

    #[test]
    fn every_reason_is_told_in_both_languages() {
        assert_eq!(REASONS.differences(), Vec::<String>::new());
        let codes = Reason::ALL.map(Reason::code).into_iter().chain(["dry-run"]);
        let mut told: Vec<String> = codes.map(|code| format!("reason-{code}")).collect();
        let mut names = REASONS.messages(Language::English).names().to_vec();
        told.sort();
        names.sort();
        assert_eq!(told, names);
    }

    #[test]
    fn all_reasons_are_listed_once() {
        let mut sorted = Reason::ALL.to_vec();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted, Reason::ALL);
    }
}
