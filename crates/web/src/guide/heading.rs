use std::collections::BTreeSet;

use crate::page::{Prose, prose};

/// A heading of an article, for the table of its contents.
pub(crate) struct Heading {
    /// The name that links lead to.
    pub(crate) id: String,
    /// Its words.
    pub(crate) text: Prose,
}

/// Gives headings their names.
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// The page around the article has names of its own.
    pub(super) fn new() -> Self {
        Self(["main", "contents"].map(str::to_owned).into())
    }

    /// The heading with these words, in which `code` may be marked.
    pub(super) fn heading(&mut self, text: &str) -> Heading {
        let stem = slug(text);
        let mut id = stem.clone();
        let mut count = 1;
        while !self.0.insert(id.clone()) {
            count += 1;
            id = format!("{stem}-{count}");
        }
        Heading { id, text: prose(text) }
    }
}

/// The words in lower-case ASCII letters and digits, with hyphens between them.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'a'..='z' | '0'..='9' => slug.push(character),
            'à' => slug.push('a'),
            'è' | 'é' => slug.push('e'),
            'ì' => slug.push('i'),
            'ò' => slug.push('o'),
            'ù' => slug.push('u'),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "section".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_heading_has_a_name_of_its_own() {
        let mut names = Names::new();
        let ids: Vec<String> = ["Perché `max_age`?", "Perché max age", "Main", "…", "L'id"]
            .map(|text| names.heading(text).id)
            .into();
        assert_eq!(ids, ["perche-max-age", "perche-max-age-2", "main-2", "section", "l-id"]);
    }
}
