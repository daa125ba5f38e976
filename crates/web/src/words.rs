//! The words of the pages, in each language.

use sigillo_language::{Language, MessageFiles, Messages};

/// All message files of a language as one.
macro_rules! files {
    ($language:literal: $($name:literal)+) => {
        concat!($(include_str!(concat!("../messages/", $language, "/", $name, ".ftl")), "\n"),+)
    };
}

static WORDS: MessageFiles = MessageFiles::new(
    files!("en": "layout" "home" "checker" "generator" "dmarc" "tls-rpt" "validator" "guide" "codes" "api" "errors"),
    files!("it": "layout" "home" "checker" "generator" "dmarc" "tls-rpt" "validator" "guide" "codes" "api" "errors"),
);

/// The words of the pages in a language.
pub(crate) fn words(language: Language) -> &'static Messages {
    WORDS.messages(language)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(WORDS.differences(), Vec::<String>::new());
    }

    #[test]
    fn every_message_that_pages_ask_for_is_there_and_none_is_left_over() {
        let messages = words(Language::English);
        let Asked { names, patterns, errors } = asked();
        let stem = |name: &str| name.split('-').next().map(str::to_owned);
        // Whatever begins like the messages of a file is one.
        let stems: BTreeSet<Option<String>> = messages.names().iter().map(|it| stem(it)).collect();
        let is_message = |name: &&String| name.contains('-') && stems.contains(&stem(name));
        let asked = names.iter().filter(is_message).chain(&errors);
        let missing: Vec<&String> = asked.filter(|name| !messages.has(name)).collect();
        assert!(missing.is_empty(), "there are no such messages: {missing:?}");
        let is_made = |name: &str| {
            patterns.iter().any(|(before, behind)| {
                let middle = name.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind));
                middle.is_some_and(|it| names.contains(it) || it.parse::<u16>().is_ok())
            })
        };
        let is_unused = |name: &&String| !names.contains(*name) && !is_made(name);
        let unused: Vec<&String> = messages.names().iter().filter(is_unused).collect();
        assert!(unused.is_empty(), "nobody asks for these messages: {unused:?}");
    }

    /// What sources and templates ask for.
    #[derive(Default)]
    struct Asked {
        /// All texts in them that look like the name of a message or a part of it.
        names: BTreeSet<String>,
        /// What stands before and behind the part of a name that is put in.
        patterns: BTreeSet<(String, String)>,
        /// The messages of pages about errors.
        errors: BTreeSet<String>,
    }

    fn asked() -> Asked {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (mut sources, mut templates) = (Vec::new(), Vec::new());
        read(&root.join("src"), &mut sources);
        read(&root.join("templates"), &mut templates);
        assert!(sources.len() > 20 && templates.len() > 5, "the files are read");
        let mut asked = Asked::default();
        for source in sources {
            // A quote that is itself quoted would turn the rest inside out.
            let source = source.replace("\\\"", "").replace("'\"'", "");
            for text in texts(&source) {
                asked.note(text);
            }
            // Pages about errors are asked for without the stem.
            let calls = source.split("page(").skip(1).filter_map(|rest| rest.split(')').next());
            for name in calls.filter_map(|call| texts(call).next()).filter(|name| is_name(name)) {
                asked.errors.extend([format!("error-{name}"), format!("error-{name}-help")]);
            }
        }
        for template in templates {
            let code = template.split('{').skip(1).filter_map(|rest| rest.split('}').next());
            for text in code.flat_map(texts) {
                asked.note(text);
            }
        }
        asked
    }

    impl Asked {
        fn note(&mut self, text: &str) {
            if is_name(text) {
                self.names.insert(text.to_owned());
            } else if let Some((before, rest)) = text.split_once("-{")
                && let Some((_, behind)) = rest.split_once('}')
                && is_name(before)
            {
                self.patterns.insert((format!("{before}-"), behind.to_owned()));
            }
        }
    }

    fn texts(code: &str) -> impl Iterator<Item = &str> {
        code.split('"').skip(1).step_by(2)
    }

    fn is_name(text: &str) -> bool {
        text.split('-').all(|word| {
            !word.is_empty()
                && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
    }

    /// Reads all files but this one, which asks for nothing.
    fn read(folder: &Path, texts: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, texts);
            } else if !path.ends_with("words.rs") {
                texts.push(fs::read_to_string(path).unwrap());
            }
        }
    }
}
