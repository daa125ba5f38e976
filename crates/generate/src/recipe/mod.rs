//! Ready-to-use recipes: how to serve a policy at its address with a common web server or host.
//!
//! A recipe is a set of files with the names already put in, and notes on what to do with them.
//! Every recipe answers `https://mta-sts.DOMAIN/.well-known/mta-sts.txt` as RFC 8461 §3.3 asks:
//! status 200, the exact bytes of the policy as `text/plain`, no redirect and nothing kept by
//! caches on the way as far as the host lets that be chosen. Nothing else is served on that name.

mod list;
mod name;
mod notes;
mod steps;
mod templates;
mod values;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_formats::DomainName;
use sigillo_language::Language;

pub use list::{RecipeList, RecipeSummary};
pub use name::{RecipeName, UnknownRecipe};
use templates::Content;
use values::Values;

/// The files that serve one domain's policy, and what to do with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Recipe {
    /// Which server or host it is for.
    pub name: RecipeName,
    /// The files, to be written below one folder.
    pub files: Vec<RecipeFile>,
    /// What to do with them, in order.
    pub notes: Vec<Note>,
}

/// One thing to do with the files of a recipe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Note {
    /// What to do and what to know: one paragraph of plain text, names and paths in backticks.
    pub text: String,
    /// The commands that do it, in order: one complete line of a shell each, without backticks.
    pub commands: Vec<String>,
}

/// What a recipe has to know beside the domain and its policy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RecipeContext {
    /// Whether the records that the policy host needs stand above the recipe, so that it only has
    /// to say when to publish them. Where the host creates its own
    /// ([`RecipeName::creates_address`]) the recipe says instead that they are left out.
    pub policy_host_given: bool,
}

/// A file of a recipe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RecipeFile {
    /// Where it belongs: relative, with forward slashes, never above its folder.
    pub path: String,
    /// What is in it; may be empty.
    pub text: String,
}

impl Recipe {
    /// The recipe for a domain and its policy.
    ///
    /// The policy is taken as it is: whether senders accept it is a question for its parser. The
    /// policy host's name is the domain's with `mta-sts.` before it, even if that makes it longer
    /// than the DNS allows (domains above 245 bytes can't have a policy).
    ///
    /// ```
    /// # use sigillo_formats::DomainName;
    /// # use sigillo_generate::recipe::{Recipe, RecipeContext, RecipeName};
    /// # use sigillo_language::Language;
    /// let domain = DomainName::parse("example.com")?;
    /// let policy = "version: STSv1\nmode: testing\nmx: mx.example.com\nmax_age: 86400\n";
    /// let context = RecipeContext::default();
    /// let recipe =
    ///     Recipe::build(RecipeName::GithubPages, &domain, policy, context, Language::English);
    /// assert_eq!(recipe.files[0].path, ".well-known/mta-sts.txt");
    /// assert_eq!(recipe.files[0].text, policy);
    /// # Ok::<(), sigillo_formats::DomainNameError>(())
    /// ```
    #[must_use]
    pub fn build(
        name: RecipeName,
        domain: &DomainName,
        policy_text: &str,
        context: RecipeContext,
        language: Language,
    ) -> Self {
        let values = Values::new(domain, policy_text);
        let files = templates::files(name)
            .iter()
            .map(|(path, content)| RecipeFile {
                path: (*path).to_owned(),
                text: match content {
                    Content::Policy => policy_text.to_owned(),
                    Content::Template(template) => values.fill(template),
                },
            })
            .collect();
        Self { name, files, notes: notes::notes(name, &values, context, language) }
    }
}
