//! The words of summaries and checks, in each language.

use sigillo_language::{Argument, Language, MessageFiles, Messages};

use crate::{Status, Stem, Verdict};

/// A message and its arguments, not yet in a language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Phrase {
    name: &'static str,
    arguments: Vec<(&'static str, Argument<'static>)>,
}

/// The longest text from the network that a sentence quotes, in characters.
const LONGEST_QUOTE: usize = 100;

impl Phrase {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, arguments: Vec::new() }
    }

    /// The same with a number.
    pub(crate) fn count(mut self, key: &'static str, number: usize) -> Self {
        self.arguments.push((key, Argument::from(number)));
        self
    }

    /// The same with a text of our own making.
    pub(crate) fn whole(mut self, key: &'static str, text: String) -> Self {
        self.arguments.push((key, Argument::from(text)));
        self
    }

    /// The same with a text, cut when long.
    pub(crate) fn quote(mut self, key: &'static str, text: &str) -> Self {
        let quoted = match text.char_indices().nth(LONGEST_QUOTE) {
            None => text.to_owned(),
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        };
        self.arguments.push((key, Argument::from(quoted)));
        self
    }

    pub(crate) fn text(&self, language: Language) -> String {
        messages(language).format(self.name, &self.arguments)
    }
}

/// What a check is called.
pub(crate) fn label(stem: Stem, language: Language) -> String {
    messages(language).text(&format!("label-{stem}"))
}

/// The first names of a list, and how many there are beside them.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const NAMED: usize = 3;
    let mut names = names.into_iter();
    let text = names.by_ref().take(NAMED).collect::<Vec<_>>().join(", ");
    match names.count() {
        0 => text,
        more => format!("{text}, … (+{more})"),
    }
}

static MESSAGES: MessageFiles = MessageFiles::new(
    include_str!("../messages/en/check.ftl"),
    include_str!("../messages/it/check.ftl"),
);

fn messages(language: Language) -> &'static Messages {
    MESSAGES.messages(language)
}

/// A verdict, by its message `verdict-NAME`.
pub(crate) fn verdict(verdict: Verdict, language: Language) -> String {
    messages(language).text(&format!("verdict-{verdict}"))
}

/// An outcome, by its message `status-NAME`.
pub(crate) fn status(status: Status, language: Language) -> String {
    messages(language).text(&format!("status-{status}"))
}

/// A message that takes no arguments.
pub(crate) fn text(name: &str, language: Language) -> String {
    messages(language).text(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(MESSAGES.differences(), Vec::<String>::new());
    }

    #[test]
    fn every_message_is_used() {
        let sources = [
            include_str!("summary.rs"),
            include_str!("report/mod.rs"),
            include_str!("report/markdown.rs"),
            include_str!("report/evidence.rs"),
            include_str!("report/policy_host.rs"),
            include_str!("report/mail.rs"),
        ];
        let labels: Vec<String> = Stem::ALL
            .map(|stem| format!("label-{stem}"))
            .into_iter()
            .chain(Verdict::ALL.map(|verdict| format!("verdict-{verdict}")))
            .chain(Status::ALL.map(|status| format!("status-{status}")))
            .collect();
        let messages = messages(Language::English);
        assert!(labels.iter().all(|label| messages.has(label)));
        for name in messages.names().iter().filter(|name| !labels.contains(name)) {
            let quoted = format!("\"{name}\"");
            assert!(sources.iter().any(|source| source.contains(&quoted)), "{name} is unused");
        }
    }

    #[test]
    fn long_lists_and_texts_are_cut() {
        assert_eq!(list(["a", "b"]), "a, b");
        assert_eq!(list(["a", "b", "c", "d", "e"]), "a, b, c, … (+2)");
        let phrase = Phrase::new("summary-absent").quote("domain", &"x".repeat(1000));
        assert!(phrase.text(Language::English).len() < 500);
    }
}
