//! The words of the steps, in each language.

use std::sync::LazyLock;

use sigillo_language::{Language, Messages};

/// The messages of a language.
pub(crate) fn steps(language: Language) -> &'static Messages {
    static ENGLISH: LazyLock<Messages> = LazyLock::new(|| {
        Messages::new(Language::English, include_str!("../messages/en/steps.ftl"))
    });
    static ITALIAN: LazyLock<Messages> = LazyLock::new(|| {
        Messages::new(Language::Italian, include_str!("../messages/it/steps.ftl"))
    });
    match language {
        Language::English => &ENGLISH,
        Language::Italian => &ITALIAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(steps(Language::English).names(), steps(Language::Italian).names());
        for text in
            [include_str!("../messages/en/steps.ftl"), include_str!("../messages/it/steps.ftl")]
        {
            assert_eq!(Messages::faults(text), Vec::<String>::new());
        }
    }
}
