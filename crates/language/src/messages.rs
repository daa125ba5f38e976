use std::borrow::Cow;
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use unic_langid::LanguageIdentifier;

use crate::Language;

/// A value that is put into a message.
pub type Argument<'a> = FluentValue<'a>;

/// The messages of one file in one language.
pub struct Messages {
    language: Language,
    names: Vec<String>,
    bundle: FluentBundle<FluentResource>,
}

impl Messages {
    /// Reads a Fluent file.
    ///
    /// The files are part of the program, so a mistake in one is a mistake of the program: what
    /// can't be read is left out, and [`names`](Self::names) and [`faults`](Self::faults) let the
    /// tests of each crate see it.
    #[must_use]
    pub fn new(language: Language, text: &str) -> Self {
        // A two-letter tag is a language identifier; the empty one would only lose plural forms.
        let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let resource =
            FluentResource::try_new(text.to_owned()).unwrap_or_else(|(readable, _faults)| readable);
        let names = resource
            .entries()
            .filter_map(|entry| match entry {
                Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            })
            .collect();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // The isolation marks (U+2068, U+2069) guard mixed left-to-right and right-to-left text,
        // which none of our languages has, and would end up in zone lines and terminals.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { language, names, bundle }
    }

    /// What is wrong with a Fluent file, one line a fault; empty for a good one.
    #[must_use]
    pub fn faults(text: &str) -> Vec<String> {
        match FluentResource::try_new(text.to_owned()) {
            Ok(_) => Vec::new(),
            Err((_, faults)) => faults.iter().map(ToString::to_string).collect(),
        }
    }

    /// The language of the messages.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The names of all messages, in the order of the file.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is a message of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.bundle.has_message(name)
    }

    /// The message of this name, which takes no arguments.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.format(name, &[])
    }

    /// The message of this name with its arguments put in.
    ///
    /// A name that is not in the file gives the name itself, so that a person sees what is missing
    /// instead of nothing; tests see to it that none is.
    #[must_use]
    pub fn format(&self, name: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(name).and_then(|message| message.value())
        else {
            return name.to_owned();
        };
        let arguments: FluentArgs<'_> =
            arguments.iter().map(|(key, value)| (Cow::Borrowed(*key), value.clone())).collect();
        let mut faults = Vec::new();
        self.bundle.format_pattern(pattern, Some(&arguments), &mut faults).into_owned()
    }
}

impl fmt::Debug for Messages {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Messages")
            .field("language", &self.language)
            .field("names", &self.names.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_and_plurals_follow_the_language() {
        let text = "days = { $count ->\n    [one] un giorno\n   *[other] { $count } giorni\n }\n";
        let messages = Messages::new(Language::Italian, text);
        assert_eq!(messages.format("days", &[("count", 1.into())]), "un giorno");
        assert_eq!(messages.format("days", &[("count", 3.into())]), "3 giorni");
        assert_eq!(messages.names(), ["days"]);
    }

    #[test]
    fn a_missing_message_shows_its_name_and_a_broken_file_its_faults() {
        let messages = Messages::new(Language::English, "broken");
        assert_eq!(messages.text("nothing"), "nothing");
        assert_eq!(Messages::faults("broken").len(), 1);
        assert!(Messages::faults("fine = yes\n").is_empty());
    }
}
