//! The words of the steps, in each language.

use sigillo_language::{Language, MessageFiles, Messages};

static STEPS: MessageFiles = MessageFiles::new(
    include_str!("../messages/en/steps.ftl"),
    include_str!("../messages/it/steps.ftl"),
);

/// The messages of a language.
pub(crate) fn steps(language: Language) -> &'static Messages {
    STEPS.messages(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(STEPS.differences(), Vec::<String>::new());
    }
}
