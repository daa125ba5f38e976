use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

/// What a report gives as one of a kind (an address, a name, a type): read where it is one, else
/// kept as it came.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Reported{T}")]
pub enum Reported<T> {
    /// It is what it should be.
    Known(T),
    /// The text, which is something else. It may hold anything, so escape it on output.
    Other(String),
}

impl<T: FromStr> Reported<T> {
    /// Reads a text; so that equal things compare as equal, use this instead of the variants for
    /// a text of unknown content.
    ///
    /// ```
    /// # use std::net::IpAddr;
    /// # use sigillo_formats::report::Reported;
    /// let address = Reported::<IpAddr>::read("2001:DB8::1");
    /// assert_eq!(address, Reported::read("2001:db8:0::1"));
    /// assert_eq!(Reported::<IpAddr>::read("x.x.x.x").known(), None);
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Other(text.to_owned()), Self::Known)
    }
}

impl<T> Reported<T> {
    /// The value, where it is what it should be.
    #[must_use]
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Other(_) => None,
        }
    }
}

impl<T: fmt::Display> fmt::Display for Reported<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(value) => value.fmt(formatter),
            Self::Other(text) => formatter.write_str(text),
        }
    }
}
