use std::collections::BTreeMap;

use sigillo_findings::Code;
use sigillo_language::Language;

use super::{Article, Chapter, Example};
use crate::BasePath;

/// All articles of the guide, made once for a site, and where they speak of each code.
pub(crate) struct Library {
    english: Vec<Article>,
    italian: Vec<Article>,
    mentions: BTreeMap<Code, Vec<Chapter>>,
}

impl Library {
    /// Makes the articles, with the addresses of a site.
    pub(crate) fn new(base_path: &BasePath) -> Self {
        let [english, italian] = [Language::English, Language::Italian].map(|language| {
            let article =
                |chapter: Chapter| Article::new(base_path, language, chapter.markdown(language));
            Chapter::all().map(article).collect::<Vec<_>>()
        });
        let mut mentions: BTreeMap<Code, Vec<Chapter>> = BTreeMap::new();
        // The languages have the same links, as a test proves.
        for (chapter, article) in Chapter::all().zip(&english) {
            let raised = article.examples.iter().flat_map(Example::codes);
            for code in article.codes.iter().copied().chain(raised) {
                let chapters = mentions.entry(code).or_default();
                if !chapters.contains(&chapter) {
                    chapters.push(chapter);
                }
            }
        }
        Self { english, italian, mentions }
    }

    /// The article of a chapter.
    #[expect(clippy::indexing_slicing, reason = "there is an article for every chapter")]
    pub(crate) fn article(&self, chapter: Chapter, language: Language) -> &Article {
        &language.choose(&self.english, &self.italian)[chapter.index]
    }

    /// The chapters that link to a code, or show it in an example.
    pub(crate) fn mentions(&self, code: Code) -> &[Chapter] {
        self.mentions.get(&code).map_or(&[], Vec::as_slice)
    }

    /// A text in the guide that has the fault, with the fewest others.
    pub(crate) fn example(&self, code: Code) -> Option<&Example> {
        let examples = self.english.iter().flat_map(|article| &article.examples);
        examples.filter(|example| example.raises(code)).min_by_key(|example| example.count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library() -> Library {
        Library::new(&BasePath::default())
    }

    #[test]
    fn every_link_and_every_example_of_the_guide_is_right() {
        let library = library();
        for chapter in Chapter::all() {
            for language in Language::ALL {
                let article = library.article(chapter, language);
                let slug = chapter.slug(language);
                assert_eq!(article.faults, Vec::<String>::new(), "{slug}");
                assert!(!article.contents.is_empty(), "{slug}");
                assert!(article.html.len() > 1000, "{slug}");
            }
        }
    }

    #[test]
    fn codes_know_where_the_guide_speaks_of_them_and_shows_them() {
        let library = library();
        let chapters = library.mentions(Code::RecordSeveral);
        assert_eq!(chapters, [Chapter::named("03-record-and-policy-file").unwrap()]);
        assert_eq!(library.mentions(Code::PolicyModeInvalid), chapters);
        assert_eq!(library.mentions(Code::ReportZip), []);
        assert!(library.example(Code::PolicyModeInvalid).unwrap().raises(Code::PolicyModeInvalid));
        assert!(library.example(Code::RecordSeveral).is_none());
    }
}
