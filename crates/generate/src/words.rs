//! The words of steps and options, in each language.

use sigillo_language::{Language, MessageFiles, Messages};

static STEPS: MessageFiles = MessageFiles::new(
    include_str!("../messages/en/steps.ftl"),
    include_str!("../messages/it/steps.ftl"),
);

/// What to do, in order.
pub(crate) fn steps(language: Language) -> &'static Messages {
    STEPS.messages(language)
}

static OPTIONS: MessageFiles = MessageFiles::new(
    include_str!("../messages/en/options.ftl"),
    include_str!("../messages/it/options.ftl"),
);

/// What is wrong with options.
pub(crate) fn options(language: Language) -> &'static Messages {
    OPTIONS.messages(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(STEPS.differences(), Vec::<String>::new());
        assert_eq!(OPTIONS.differences(), Vec::<String>::new());
    }
}
