//! The sections and keys of the file.

use sigillo_findings::Span;
use sigillo_formats::misspelling;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{ConfigurationError, Fault, Place};
use super::keys::{KEYS, Key, LATER_SECTIONS, keys_of, sections};
use super::sources::FILE_BYTES;
use super::written::Written;

/// What the file says.
#[derive(Debug, Default)]
pub(super) struct FileContent {
    /// The values.
    pub(super) written: Vec<(&'static Key, Written)>,
    /// The sections that are there, empty or not.
    pub(super) sections: Vec<&'static str>,
    /// What is wrong with it.
    pub(super) errors: Vec<ConfigurationError>,
}

impl FileContent {
    /// Reads the text of the file.
    pub(super) fn read(text: &[u8]) -> Self {
        let mut content = Self::default();
        if text.len() > FILE_BYTES {
            let place = Place::File(Span::at(FILE_BYTES));
            content.errors.push(Fault::TooLong { limit: FILE_BYTES }.at(place, None));
            return content;
        }
        let text = match str::from_utf8(text) {
            Ok(text) => text,
            Err(error) => {
                let start = error.valid_up_to();
                let end = error.error_len().map_or(text.len(), |length| start + length);
                content.errors.push(Fault::NotUtf8.at(Place::File(Span::new(start, end)), None));
                return content;
            }
        };
        // A file with a mark of byte order is what some editors make.
        let mark = text.len() - text.trim_start_matches('\u{feff}').len();
        let (table, errors) = DeTable::parse_recoverable(text);
        // What follows from a mistake in the syntax is not worth telling.
        if !errors.is_empty() {
            for error in errors {
                let span = error.span().map_or_else(|| Span::at(mark), Span::from);
                let reason = error.message().to_owned();
                content.errors.push(Fault::Syntax { reason }.at(Place::File(span), None));
            }
            return content;
        }
        for (name, value) in table.get_ref() {
            content.read_section(name, value);
        }
        content
    }

    fn read_section(&mut self, name: &Spanned<impl AsRef<str>>, value: &Spanned<DeValue<'_>>) {
        let place = Place::File(name.span().into());
        let text: &str = name.get_ref().as_ref();
        let known: Vec<&'static str> = sections().collect();
        if let Some(section) = known.iter().copied().find(|section| *section == text) {
            self.sections.push(section);
            if let DeValue::Table(table) = value.get_ref() {
                for (name, value) in table {
                    self.read_key(section, name, value);
                }
            } else {
                let fault = Fault::NotASection { name: text.to_owned() };
                self.errors.push(fault.at(place, Some(section)));
            }
            return;
        }
        let name = text.to_owned();
        self.errors.push(section_fault(name, value.get_ref(), &known).at(place, None));
    }

    fn read_key(
        &mut self,
        section: &'static str,
        name: &Spanned<impl AsRef<str>>,
        value: &Spanned<DeValue<'_>>,
    ) {
        let text: &str = name.get_ref().as_ref();
        if let Some(key) = keys_of(section).find(|key| key.name == text) {
            match Written::from_file(key, value) {
                Ok(written) => self.written.push((key, written)),
                Err(error) => self.errors.push(error),
            }
            return;
        }
        let fault =
            Fault::UnknownKey { section, name: text.to_owned(), nearest: nearest(section, text) };
        self.errors.push(fault.at(Place::File(name.span().into()), Some(section)));
    }
}

/// What is wrong with a name that is none of a section.
fn section_fault(name: String, value: &DeValue<'_>, known: &[&'static str]) -> Fault {
    if LATER_SECTIONS.contains(&name.as_str()) {
        return Fault::LaterSection { name };
    }
    let is_table = match value {
        DeValue::Table(_) => true,
        DeValue::Array(items) => items.iter().any(|item| item.get_ref().is_table()),
        _ => false,
    };
    if is_table {
        let nearest = misspelling::nearest(&name, known);
        return Fault::UnknownSection { name, nearest };
    }
    let belongs = KEYS.iter().find(|key| key.name == name).map(|key| key.section);
    Fault::OutsideSection { name, belongs }
}

/// The key that was meant: of the section, or the same name in another one.
fn nearest(section: &str, name: &str) -> Option<&'static Key> {
    let names: Vec<&'static str> = keys_of(section).map(|key| key.name).collect();
    match misspelling::nearest(name, &names) {
        Some(near) => keys_of(section).find(|key| key.name == near),
        None => KEYS.iter().copied().find(|key| key.name == name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        FileContent::read(text.as_bytes()).errors.iter().map(|it| it.fault.code()).collect()
    }

    #[test]
    fn sections_come_in_every_form_of_toml() {
        for text in [
            "[web]\nlisten = []",
            "web.listen = []",
            "web = { listen = [] }",
            "[\"web\"]\n'listen' = []",
            "\u{feff}[web]\r\nlisten = []\r\n",
        ] {
            let content = FileContent::read(text.as_bytes());
            assert!(content.errors.is_empty(), "{text:?}: {:?}", content.errors);
            assert_eq!((content.written.len(), content.sections), (1, vec!["web"]), "{text:?}");
        }
        assert_eq!(FileContent::read(b"[web]\n").sections, ["web"]);
    }

    #[test]
    fn what_is_unknown_is_told_apart() {
        for (text, code) in [
            ("[wbe]", "config-unknown-section"),
            ("[[wbe]]", "config-unknown-section"),
            ("[host]\nhttps = []", "config-later-section"),
            ("listen = []", "config-outside-section"),
            ("[[web]]", "config-not-a-section"),
            ("web = 1", "config-not-a-section"),
            ("[web]\nport = 1", "config-unknown-key"),
            ("[web.listen]", "config-wrong-form"),
            ("[web]\nlisten = [1]", "config-wrong-form"),
            ("[web\n", "config-syntax"),
            ("[web]\nlisten = []\nlisten = []", "config-syntax"),
        ] {
            assert_eq!(codes(text), [code], "{text:?}");
        }
        let twice = "a = [1, 2\n[web]\nlisten = nowhere\n";
        assert!(codes(twice).len() > 1, "{:?}", codes(twice));
        assert_eq!(FileContent::read(b"# \xff").errors.len(), 1);
        assert_eq!(codes(&"#".repeat(FILE_BYTES + 1)), ["config-too-long"]);
    }

    #[test]
    fn the_nearest_key_is_found_in_other_sections_too() {
        let of = |section, name| nearest(section, name).map(ToString::to_string);
        assert_eq!(of("web", "listne").as_deref(), Some("[web] listen"));
        assert_eq!(of("web", "dnssec").as_deref(), Some("[dns] dnssec"));
        assert_eq!(of("web", "colour"), None);
    }
}
