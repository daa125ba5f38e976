//! Turns `catalogue.toml` into the `Code` enum and its table of texts, and refuses a catalogue in
//! which something is missing: so a code that rules can raise is in the catalogue by construction.

#![allow(clippy::panic, clippy::expect_used, reason = "a faulty catalogue has to stop the build")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde::Deserialize;

const CATALOGUE: &str = "catalogue.toml";

/// One entry of the file: a single code, or (below `family`) one text for several codes.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    severity: String,
    /// Whether only a look at a live domain raises it.
    #[serde(default)]
    live: bool,
    reference: Option<String>,
    /// Code to reference; only in a family.
    codes: Option<toml::Table>,
    en: Texts,
    it: Texts,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    title: String,
    message: Option<String>,
    why: String,
    help: String,
}

fn main() {
    println!("cargo::rerun-if-changed={CATALOGUE}");
    let text = fs::read_to_string(CATALOGUE).expect("the catalogue is readable");
    let table: toml::Table = toml::from_str(&text).expect("the catalogue is TOML");

    let mut entries = Vec::new();
    for (name, value) in table {
        if name == "family" {
            let families: toml::Table = value.try_into().expect("`family` is a table");
            for (family, value) in families {
                entries.extend(members(&family, &entry(&family, value)));
            }
        } else {
            entries.push((name.clone(), entry(&name, value)));
        }
    }
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    fs::write(Path::new(&out).join("code.rs"), generate(&entries)).expect("OUT_DIR is writable");
}

fn entry(name: &str, value: toml::Value) -> Entry {
    let entry: Entry = value.try_into().unwrap_or_else(|error| panic!("{name}: {error}"));
    for (key, english, italian) in [
        ("title", Some(&entry.en.title), Some(&entry.it.title)),
        ("message", entry.en.message.as_ref(), entry.it.message.as_ref()),
        ("why", Some(&entry.en.why), Some(&entry.it.why)),
        ("help", Some(&entry.en.help), Some(&entry.it.help)),
    ] {
        let [english, italian] =
            [english, italian].map(|text| text.map_or("", String::as_str).trim());
        assert!(
            key == "message" || !(english.is_empty() || italian.is_empty()),
            "{name}: `{key}` is empty"
        );
        assert!(
            english.is_empty() == italian.is_empty(),
            "{name}: `{key}` is given in one language only"
        );
        assert!(
            placeholders(english) == placeholders(italian),
            "{name}: `{key}` has other placeholders in Italian than in English"
        );
    }
    entry
}

/// The members of a family, each with its own name, reference and name of the format.
fn members(family: &str, entry: &Entry) -> Vec<(String, Entry)> {
    let codes = entry.codes.clone().unwrap_or_else(|| panic!("family {family}: no `codes`"));
    codes
        .into_iter()
        .map(|(code, reference)| {
            let format = code.strip_suffix(family).and_then(|stem| stem.strip_suffix('-'));
            let format = match format {
                Some("record") => "MTA-STS",
                Some("tls-rpt") => "TLS-RPT",
                Some("dmarc") => "DMARC",
                _ => panic!("{code}: not the name of a format followed by -{family}"),
            };
            let mut entry = entry.clone();
            entry.codes = None;
            entry.reference = reference.as_str().map(str::to_owned);
            fill(&mut entry.en, &format!("{format} record"));
            fill(&mut entry.it, &format!("record {format}"));
            (code, entry)
        })
        .collect()
}

fn fill(texts: &mut Texts, format: &str) {
    for text in [&mut texts.title, &mut texts.why, &mut texts.help] {
        *text = text.replace("{format}", format);
    }
    texts.message = texts.message.as_ref().map(|text| text.replace("{format}", format));
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

fn generate(entries: &[(String, Entry)]) -> String {
    let mut variants = String::new();
    let mut all = String::new();
    let mut table = String::new();
    for (name, entry) in entries {
        let variant = variant(name);
        let severity = match entry.severity.as_str() {
            "error" => "Error",
            "warning" => "Warning",
            "hint" => "Hint",
            other => panic!("{name}: unknown severity {other}"),
        };
        writeln!(variants, "    /// `{name}`: {}.\n    {variant},", entry.en.title)
            .expect("a String takes all that is written to it");
        writeln!(all, "        Self::{variant},").expect("as above");
        writeln!(
            table,
            "    Entry {{ name: {name:?}, severity: Severity::{severity}, live: {}, reference: {:?}, \
             english: {}, italian: {} }},",
            entry.live,
            entry.reference,
            texts(&entry.en),
            texts(&entry.it)
        )
        .expect("as above");
    }
    format!(
        "/// What a finding says is wrong. Codes never change their meaning once released.\n\
         ///\n\
         /// Made from `catalogue.toml`; the string form is kebab-case.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]\n\
         #[non_exhaustive]\n\
         pub enum Code {{\n{variants}}}\n\n\
         impl Code {{\n    \
         /// Every code, in the order of the catalogue.\n    \
         pub const ALL: &'static [Self] = &[\n{all}    ];\n}}\n\n\
         static CATALOGUE: [Entry; {}] = [\n{table}];\n",
        entries.len()
    )
}

fn texts(texts: &Texts) -> String {
    let message = texts.message.as_ref().unwrap_or(&texts.title);
    format!(
        "Texts {{ title: {:?}, message: {message:?}, why: {:?}, help: {:?} }}",
        texts.title, texts.why, texts.help
    )
}

/// `policy-max-age-short` becomes `PolicyMaxAgeShort`.
fn variant(name: &str) -> String {
    name.split('-')
        .map(|word| {
            let (first, rest) = word.split_at_checked(1).unwrap_or_else(|| panic!("{name}"));
            first.to_ascii_uppercase() + rest
        })
        .collect()
}
