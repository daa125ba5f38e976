use schemars::JsonSchema;
use serde::Serialize;

use super::RecipeName;

/// All recipes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RecipeList {
    /// The version of this layout: 1.
    pub schema: u32,
    /// The recipes.
    pub recipes: Vec<RecipeSummary>,
}

/// A recipe in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RecipeSummary {
    /// The name on the command line.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
}

impl RecipeList {
    /// All of them, in the order in which tables list them.
    #[must_use]
    pub fn new() -> Self {
        let summary =
            |recipe: &RecipeName| RecipeSummary { id: recipe.name(), name: recipe.title() };
        Self { schema: 1, recipes: RecipeName::ALL.iter().map(summary).collect() }
    }
}

impl Default for RecipeList {
    fn default() -> Self {
        Self::new()
    }
}
