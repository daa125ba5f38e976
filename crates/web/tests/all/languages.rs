use std::fs;
use std::path::Path;

use sigillo_findings::Code;
use sigillo_language::Language;

use crate::reader::{attributes, visible};
use crate::support::TestSite;

/// Texts of a language that are too long to stand in another by chance: the messages that take no values, and what
/// the catalogue says.
fn texts(language: Language) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("messages").join(language.tag());
    let mut texts = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let file = fs::read_to_string(file.unwrap().path()).unwrap();
        let messages = file.lines().filter_map(|line| line.split_once(" = "));
        texts.extend(messages.map(|(_, text)| text.replace('`', "")));
    }
    for code in Code::ALL {
        let said = [code.title(language), code.why(language), &code.help(language)];
        texts.extend(said.map(|text| text.replace('`', "")));
    }
    texts.retain(|text| text.len() > 12 && text.contains(' ') && !text.contains('{'));
    texts
}

#[tokio::test]
async fn no_page_mixes_languages() {
    let site = TestSite::alone().await;
    for language in Language::ALL {
        let (other, indexes) = match language {
            Language::English => (Language::Italian, ["/en", "/en/guide", "/en/codes"]),
            Language::Italian => (Language::English, ["/it", "/it/guida", "/it/codici"]),
        };
        let own = texts(language);
        let mut foreign = texts(other);
        foreign.retain(|text| !own.contains(text));
        assert!(foreign.len() > 500);
        let mut paths: Vec<String> = indexes.map(str::to_owned).into();
        for index in &indexes[1..] {
            let links = attributes(&site.page(index).await, "href");
            paths.extend(links.into_iter().filter(|link| link.starts_with(&format!("{index}/"))));
        }
        for path in paths {
            let page = site.page(&path).await;
            assert!(page.contains(&format!("<html lang=\"{language}\">")), "{path}");
            let text = visible(&page);
            assert!(own.iter().any(|own| text.contains(own)), "{path}");
            for foreign in &foreign {
                assert!(!text.contains(foreign), "{path}: {foreign}");
            }
        }
    }
}
