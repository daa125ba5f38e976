//! The guide: its chapters as they are written, and the articles that pages show.

#[cfg(test)]
mod agreement;
mod article;
mod directive;
mod example;
mod heading;
mod library;
mod link;
mod samples;

pub(crate) use article::Article;
pub(crate) use example::Example;
pub(crate) use library::Library;
use sigillo_language::Language;

/// A chapter in all languages, as the build reads it from the folder `guide`.
struct Source {
    name: &'static str,
    english: Text,
    italian: Text,
}

/// A chapter in one language.
struct Text {
    title: &'static str,
    slug: &'static str,
    summary: &'static str,
    markdown: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/guide.rs"));

/// A chapter of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chapter {
    index: usize,
}

impl Chapter {
    /// All chapters, in the order in which they are read.
    pub(crate) fn all() -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator {
        (0..CHAPTERS.len()).map(|index| Self { index })
    }

    /// The chapter of this name, which is that of its files.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::all().find(|chapter| chapter.source().name == name)
    }

    /// The chapter that has this slug in a language.
    pub(crate) fn with_slug(slug: &str, language: Language) -> Option<Self> {
        Self::all().find(|chapter| chapter.slug(language) == slug)
    }

    /// Its title.
    pub(crate) fn title(self, language: Language) -> &'static str {
        self.text(language).title
    }

    /// The last part of its address.
    pub(crate) fn slug(self, language: Language) -> &'static str {
        self.text(language).slug
    }

    /// What it says, in one sentence.
    pub(crate) fn summary(self, language: Language) -> &'static str {
        self.text(language).summary
    }

    /// The chapter before it.
    pub(crate) fn previous(self) -> Option<Self> {
        self.index.checked_sub(1).map(|index| Self { index })
    }

    /// The chapter behind it.
    pub(crate) fn next(self) -> Option<Self> {
        Self::all().nth(self.index + 1)
    }

    fn markdown(self, language: Language) -> &'static str {
        self.text(language).markdown
    }

    fn text(self, language: Language) -> &'static Text {
        let source = self.source();
        language.choose(&source.english, &source.italian)
    }

    #[expect(clippy::indexing_slicing, reason = "`all`, `previous` and `next` give no other index")]
    fn source(self) -> &'static Source {
        &CHAPTERS[self.index]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_found_by_what_names_them_and_know_their_neighbours() {
        assert!(Chapter::all().len() > 15);
        for chapter in Chapter::all() {
            assert_eq!(Chapter::named(chapter.source().name), Some(chapter));
            for language in Language::ALL {
                assert_eq!(Chapter::with_slug(chapter.slug(language), language), Some(chapter));
            }
            assert_eq!(chapter.next().map_or(Some(chapter), Chapter::previous), Some(chapter));
        }
        assert_eq!(Chapter::all().filter(|chapter| chapter.previous().is_none()).count(), 1);
        assert_eq!(Chapter::all().filter(|chapter| chapter.next().is_none()).count(), 1);
        assert_eq!(Chapter::with_slug("", Language::English), None);
    }
}
