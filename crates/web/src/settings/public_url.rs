use std::fmt;
use std::str::FromStr;

/// The address of the site for the world, such as `https://mta-sts.example.net`, without a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The address, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for PublicUrl {
    type Err = PublicUrlError;

    /// Reads an address.
    ///
    /// ```
    /// # use sigillo_web::PublicUrl;
    /// assert_eq!("https://example.net/".parse::<PublicUrl>()?.as_str(), "https://example.net");
    /// assert!("example.net".parse::<PublicUrl>().is_err());
    /// # Ok::<(), sigillo_web::PublicUrlError>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        let invalid = || PublicUrlError { url: text.to_owned() };
        let url: hyper::Uri = text.parse().map_err(|_| invalid())?;
        let authority = url.authority().ok_or_else(invalid)?.as_str();
        let is_plain = url.path() == "/" && url.query().is_none() && !authority.contains('@');
        match url.scheme_str() {
            Some(scheme @ ("http" | "https")) if is_plain => {
                Ok(Self(format!("{scheme}://{authority}")))
            }
            _ => Err(invalid()),
        }
    }
}

/// The text is no address of a site.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{url:?} is no address of a site: give it like https://example.net, and a path below it as the base path"
)]
pub struct PublicUrlError {
    url: String,
}
