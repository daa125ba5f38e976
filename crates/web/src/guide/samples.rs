use askama::Template;
use sigillo_language::{Argument, Language, Messages};

use crate::page::{Prose, prose};
use crate::words::words;

/// Texts to copy, and what to do with them.
#[derive(Template)]
#[template(path = "guide/samples.html")]
pub(super) struct Samples<'a> {
    words: &'static Messages,
    texts: Vec<Sample>,
    notes: Vec<Note>,
    /// Where the reader can go on with them: words and address.
    tool: Option<(String, String)>,
    /// How many texts there were in the article.
    count: &'a mut usize,
}

/// A text to copy.
struct Sample {
    id: String,
    label: Prose,
    text: String,
}

/// Something to do.
struct Note {
    text: Prose,
    commands: Option<Sample>,
}

impl<'a> Samples<'a> {
    /// None yet; `count` goes on from those that the article has already.
    pub(super) fn new(language: Language, count: &'a mut usize) -> Self {
        let words = words(language);
        Self { words, texts: Vec::new(), notes: Vec::new(), tool: None, count }
    }

    /// Adds a text under a message that says what it is.
    pub(super) fn add(&mut self, label: &str, values: &[(&str, &str)], text: &str) {
        let sample = self.sample(label, values, text);
        self.texts.push(sample);
    }

    /// Adds something to do, in words and with commands.
    pub(super) fn note(&mut self, text: &str, commands: &[String]) {
        let commands = (!commands.is_empty())
            .then(|| self.sample("guide-sample-commands", &[], &commands.join("\n")));
        self.notes.push(Note { text: prose(text), commands });
    }

    /// Sets the tool that goes on from here, with the message that says so.
    pub(super) fn open(&mut self, message: &str, url: &str, query: &str) {
        self.tool = Some((self.words.text(message), format!("{url}?{query}")));
    }

    fn sample(&mut self, label: &str, values: &[(&str, &str)], text: &str) -> Sample {
        *self.count += 1;
        let values: Vec<(&str, Argument<'_>)> =
            values.iter().map(|(key, value)| (*key, Argument::from(*value))).collect();
        Sample {
            id: format!("sample-{}", self.count),
            label: prose(&self.words.format(label, &values)),
            text: text.to_owned(),
        }
    }
}
