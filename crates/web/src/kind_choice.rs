//! What somebody says a text is.

use std::borrow::Cow;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use sigillo_formats::Kind;

/// The name of the choice to have the kind recognised.
pub(crate) const AUTO: &str = "auto";

/// A kind of text, or the wish to have it recognised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Cow<'_, str>")]
pub(crate) enum KindChoice {
    /// By what the text holds.
    #[default]
    Auto,
    /// It has been said.
    Is(Kind),
}

impl KindChoice {
    /// The kind of a text; none where it has not been said and can't be told.
    pub(crate) fn of(self, text: &[u8]) -> Option<Kind> {
        match self {
            Self::Auto => Kind::recognise(text),
            Self::Is(kind) => Some(kind),
        }
    }

    /// The name that forms and programs use.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Auto => AUTO,
            Self::Is(kind) => kind.name(),
        }
    }

    /// All choices.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Auto).chain(Kind::ALL.map(Self::Is))
    }
}

/// There is no such kind.
#[derive(Debug, thiserror::Error)]
#[error("no such kind: use auto, policy, record, tls-rpt, dmarc or report")]
pub(crate) struct UnknownKind;

impl FromStr for KindChoice {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        Self::all().find(|choice| choice.name() == name).ok_or(UnknownKind)
    }
}

impl TryFrom<Cow<'_, str>> for KindChoice {
    type Error = UnknownKind;

    fn try_from(name: Cow<'_, str>) -> Result<Self, UnknownKind> {
        name.parse()
    }
}

impl JsonSchema for KindChoice {
    fn schema_name() -> Cow<'static, str> {
        "KindChoice".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = Self::all().map(Self::name).collect();
        json_schema!({ "type": "string", "enum": names, "default": AUTO })
    }
}
