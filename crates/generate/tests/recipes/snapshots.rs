use std::fmt::Write;

use sigillo_formats::DomainName;
use sigillo_generate::recipe::{Recipe, RecipeContext, RecipeName};
use sigillo_language::Language;

use crate::site::PLAIN_POLICY;

/// Every file and note, as one text each.
#[test]
fn recipes_look_as_before() {
    let domain = DomainName::parse("example.com").unwrap();
    for name in RecipeName::ALL {
        let mut text = String::new();
        let [english, italian] = Language::ALL.map(|language| {
            Recipe::build(name, &domain, PLAIN_POLICY, RecipeContext::default(), language)
        });
        assert_eq!(english.files, italian.files, "{name}");
        for file in &english.files {
            writeln!(text, "==> {}\n{}", file.path, file.text).unwrap();
        }
        for (language, recipe) in Language::ALL.iter().zip([&english, &italian]) {
            writeln!(text, "==> {language}").unwrap();
            for (number, note) in recipe.notes.iter().enumerate() {
                writeln!(text, "{}. {}", number + 1, note.text).unwrap();
                for command in &note.commands {
                    writeln!(text, "   $ {command}").unwrap();
                }
            }
            text.push('\n');
        }
        insta::assert_snapshot!(name.name(), text);
    }
}
