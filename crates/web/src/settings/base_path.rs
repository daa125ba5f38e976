use std::fmt;
use std::str::FromStr;

/// The path below which the site lives, such as `/mta-sts`; empty at the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BasePath(String);

impl BasePath {
    /// The path, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BasePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for BasePath {
    type Err = BasePathError;

    /// Reads a path; a slash at the end makes no difference.
    ///
    /// ```
    /// # use sigillo_web::BasePath;
    /// assert_eq!("/tools/mta-sts/".parse::<BasePath>()?.as_str(), "/tools/mta-sts");
    /// assert_eq!("/".parse::<BasePath>()?.as_str(), "");
    /// assert!("tools".parse::<BasePath>().is_err());
    /// # Ok::<(), sigillo_web::BasePathError>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, BasePathError> {
        let path = text.strip_suffix('/').unwrap_or(text);
        let is_segment = |segment: &str| {
            !segment.is_empty()
                && segment != "."
                && segment != ".."
                && segment
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
        };
        match path.strip_prefix('/') {
            None if path.is_empty() => Ok(Self::default()),
            Some(segments) if segments.split('/').all(is_segment) => Ok(Self(path.to_owned())),
            _ => Err(BasePathError { path: text.to_owned() }),
        }
    }
}

/// The text is no path below which a site can live.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{path:?} is no path for the site: begin with a slash and use letters, digits, `-`, `.`, `_` and `~`"
)]
pub struct BasePathError {
    path: String,
}
