//! The languages of the guide agree: a chapter has the same parts in each, in the same order.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use sigillo_language::Language;
use toml::{Table, Value};

use super::Chapter;

/// The parts of a chapter that translation leaves as they are.
fn shape(markdown: &str) -> Vec<String> {
    let mut shape = Vec::new();
    let mut block: Option<String> = None;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => shape.push(format!("heading {level}")),
            Event::Start(Tag::Link { dest_url, .. }) => shape.push(format!("link {dest_url}")),
            Event::Start(Tag::Table(columns)) => shape.push(format!("table of {}", columns.len())),
            Event::Start(Tag::TableRow) => shape.push("row".to_owned()),
            Event::Start(Tag::List(_)) => shape.push("list".to_owned()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(label))) => {
                shape.push(format!("block {label}"));
                block = label.starts_with("sigillo").then(String::new);
            }
            Event::Text(text) => {
                if let Some(block) = &mut block {
                    block.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => shape.extend(block.take().map(|text| options(&text))),
            _ => {}
        }
    }
    shape
}

/// The options of a directive, whatever their order.
fn options(text: &str) -> String {
    let table: Table = text.parse().unwrap();
    let mut options: Vec<(String, Value)> = table.into_iter().collect();
    options.sort_by(|(one, _), (other, _)| one.cmp(other));
    format!("{options:?}")
}

#[test]
fn chapters_have_the_same_headings_links_tables_and_examples_in_each_language() {
    for chapter in Chapter::all() {
        let [english, italian] = Language::ALL.map(|language| shape(chapter.markdown(language)));
        assert!(english.len() > 3);
        assert_eq!(english, italian, "{}", chapter.source().name);
    }
}

#[test]
fn chapters_are_translated() {
    for chapter in Chapter::all() {
        let [english, italian] = Language::ALL.map(|language| chapter.text(language));
        assert_ne!(english.summary, italian.summary);
        assert_ne!(english.markdown, italian.markdown);
    }
}
