//! Embeds the chapters of the guide, in every language, and refuses a chapter that is not complete: so each has
//! an address in each language by construction.

#![allow(clippy::panic, clippy::expect_used, reason = "a faulty chapter has to stop the build")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde::Deserialize;

const GUIDE: &str = "guide";

/// What a chapter's file says in its head.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    title: String,
    slug: String,
    summary: String,
}

fn main() {
    println!("cargo::rerun-if-changed={GUIDE}");
    let [english, italian] = ["en", "it"].map(chapters);
    let names = |chapters: &BTreeMap<String, String>| -> BTreeSet<String> {
        chapters.keys().cloned().collect()
    };
    assert_eq!(names(&english), names(&italian), "chapters in English and in Italian");
    let mut table = format!("static CHAPTERS: [Source; {}] = [\n", english.len());
    for ((name, english), italian) in english.iter().zip(italian.values()) {
        writeln!(table, "Source {{ name: {name:?}, english: {english}, italian: {italian} }},")
            .expect("a String takes all that is written to it");
    }
    table.push_str("];\n");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    fs::write(Path::new(&out).join("guide.rs"), table).expect("OUT_DIR is writable");
}

/// The chapters of a language by their names, each as an expression of Rust.
fn chapters(language: &str) -> BTreeMap<String, String> {
    let mut slugs = BTreeSet::new();
    let mut chapters = BTreeMap::new();
    for entry in fs::read_dir(Path::new(GUIDE).join(language)).expect("the guide is readable") {
        let path = entry.expect("the guide is readable").path();
        let text = fs::read_to_string(&path).expect("a chapter is readable");
        let path = path.display();
        let (head, markdown) = text
            .strip_prefix("+++\n")
            .and_then(|text| text.split_once("\n+++\n"))
            .unwrap_or_else(|| panic!("{path}: no head between +++ lines"));
        let Head { title, slug, summary } =
            toml::from_str(head).unwrap_or_else(|error| panic!("{path}: {error}"));
        let is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(!slug.is_empty() && slug.bytes().all(is_plain), "{path}: `slug` {slug:?}");
        assert!(slugs.insert(slug.clone()), "{path}: another chapter has the slug {slug:?}");
        assert!(!title.is_empty() && !summary.is_empty(), "{path}: `title` or `summary` is empty");
        let name = path.to_string();
        let name = Path::new(&name).file_stem().and_then(|stem| stem.to_str());
        chapters.insert(
            name.unwrap_or_else(|| panic!("{path}: not the name of a chapter")).to_owned(),
            format!(
                "Text {{ title: {title:?}, slug: {slug:?}, summary: {summary:?}, \
                 markdown: {markdown:?} }}"
            ),
        );
    }
    chapters
}
