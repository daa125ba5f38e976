use std::sync::OnceLock;

use crate::{Language, Messages};

/// A Fluent file in each language, read when it is first needed.
///
/// ```
/// # use sigillo_language::{Language, MessageFiles};
/// static WORDS: MessageFiles = MessageFiles::new("yes = yes\n", "yes = sì\n");
/// assert_eq!(WORDS.messages(Language::Italian).text("yes"), "sì");
/// assert_eq!(WORDS.differences(), Vec::<String>::new());
/// ```
pub struct MessageFiles {
    english: (&'static str, OnceLock<Messages>),
    italian: (&'static str, OnceLock<Messages>),
}

impl MessageFiles {
    /// The texts of the files.
    #[must_use]
    pub const fn new(english: &'static str, italian: &'static str) -> Self {
        Self { english: (english, OnceLock::new()), italian: (italian, OnceLock::new()) }
    }

    /// The messages of a language.
    pub fn messages(&self, language: Language) -> &Messages {
        let (text, messages) = language.choose(&self.english, &self.italian);
        messages.get_or_init(|| Messages::new(language, text))
    }

    /// Where the files don't say the same things, or can't be read, one line a fault; empty for
    /// good ones. It is for the tests of whoever embeds them.
    #[must_use]
    pub fn differences(&self) -> Vec<String> {
        let mut faults =
            [Messages::faults(self.english.0), Messages::faults(self.italian.0)].concat();
        let [english, italian] = Language::ALL.map(|language| self.messages(language).names());
        if english != italian {
            let lacks = |names: &[String], other: &[String]| -> Vec<String> {
                names.iter().filter(|name| !other.contains(name)).cloned().collect()
            };
            faults.push(format!(
                "Italian lacks {:?}, English lacks {:?}, or the order differs",
                lacks(english, italian),
                lacks(italian, english)
            ));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_language_lacks_is_told() {
        let files = MessageFiles::new("a = A\nb = B\n", "a = A\nc = C\n");
        let differences = files.differences();
        assert_eq!(differences.len(), 1);
        assert!(differences.concat().contains("Italian lacks [\"b\"], English lacks [\"c\"]"));
        assert_eq!(MessageFiles::new("a = A\n", "a = {\n").differences().len(), 2);
    }
}
