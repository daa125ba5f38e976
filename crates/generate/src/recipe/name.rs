use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

/// How alike a mistyped name must be to be taken for a known one (Jaro-Winkler, 0 to 1).
const ALIKE: f64 = 0.75;

/// No name is near a text that is longer than this many bytes, so it isn't compared.
const LONGEST_COMPARED: usize = 64;

/// A server or host that there is a recipe for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RecipeName {
    /// nginx with certificates from certbot.
    Nginx,
    /// The Apache HTTP server with certificates from certbot.
    Apache,
    /// Caddy, which gets its certificates itself.
    Caddy,
    /// HAProxy with certificates from certbot; it answers by itself.
    Haproxy,
    /// Traefik, which gets its certificates itself, before a static file server.
    Traefik,
    /// A Cloudflare Worker with the policy inside.
    CloudflareWorker,
    /// A repository for GitHub Pages.
    GithubPages,
    /// A repository for GitLab Pages.
    GitlabPages,
    /// A site on Netlify.
    Netlify,
    /// A private Amazon S3 bucket behind CloudFront.
    S3Cloudfront,
    /// An Azure Static Web App.
    AzureStaticWebApps,
    /// The hosting role of this program, which is not part of this version yet.
    Sigillo,
}

impl RecipeName {
    /// All recipes, in the order in which tables list them.
    pub const ALL: [Self; 12] = [
        Self::Nginx,
        Self::Apache,
        Self::Caddy,
        Self::Haproxy,
        Self::Traefik,
        Self::CloudflareWorker,
        Self::GithubPages,
        Self::GitlabPages,
        Self::Netlify,
        Self::S3Cloudfront,
        Self::AzureStaticWebApps,
        Self::Sigillo,
    ];

    /// The name on the command line and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Apache => "apache",
            Self::Caddy => "caddy",
            Self::Haproxy => "haproxy",
            Self::Traefik => "traefik",
            Self::CloudflareWorker => "cloudflare-worker",
            Self::GithubPages => "github-pages",
            Self::GitlabPages => "gitlab-pages",
            Self::Netlify => "netlify",
            Self::S3Cloudfront => "s3-cloudfront",
            Self::AzureStaticWebApps => "azure-static-web-apps",
            Self::Sigillo => "sigillo",
        }
    }

    /// The name of the product, the same in every language.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Apache => "Apache",
            Self::Caddy => "Caddy",
            Self::Haproxy => "HAProxy",
            Self::Traefik => "Traefik",
            Self::CloudflareWorker => "Cloudflare Worker",
            Self::GithubPages => "GitHub Pages",
            Self::GitlabPages => "GitLab Pages",
            Self::Netlify => "Netlify",
            Self::S3Cloudfront => "Amazon S3 + CloudFront",
            Self::AzureStaticWebApps => "Azure Static Web Apps",
            Self::Sigillo => "Sigillo",
        }
    }

    /// Whether the host creates the record of the policy host itself and refuses a name that has
    /// one already.
    #[must_use]
    pub const fn creates_address(self) -> bool {
        matches!(self, Self::CloudflareWorker)
    }
}

impl fmt::Display for RecipeName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for RecipeName {
    type Err = UnknownRecipe;

    /// Reads a name in any case.
    fn from_str(text: &str) -> Result<Self, UnknownRecipe> {
        Self::ALL
            .into_iter()
            .find(|recipe| recipe.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownRecipe { suggestion: nearest(text) })
    }
}

/// The text names no recipe of ours: use one of [`RecipeName::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownRecipe {
    /// The recipe whose name is most alike, if one is.
    pub suggestion: Option<RecipeName>,
}

impl fmt::Display for UnknownRecipe {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("unknown recipe")?;
        match self.suggestion {
            Some(recipe) => write!(formatter, ": did you mean {recipe}?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownRecipe {}

fn nearest(text: &str) -> Option<RecipeName> {
    if text.len() > LONGEST_COMPARED {
        return None;
    }
    let text = text.to_ascii_lowercase();
    RecipeName::ALL
        .into_iter()
        .map(|recipe| (strsim::jaro_winkler(recipe.name(), &text), recipe))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, recipe)| recipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_and_is_the_same_in_json() {
        for recipe in RecipeName::ALL {
            assert_eq!(recipe.name().parse(), Ok(recipe));
            assert_eq!(recipe.name().to_uppercase().parse(), Ok(recipe));
            assert_eq!(serde_json::to_value(recipe).unwrap(), recipe.name().to_owned());
        }
    }

    #[test]
    fn a_mistyped_name_is_recognised() {
        for (text, expected) in [
            ("ngnix", Some(RecipeName::Nginx)),
            ("apache2", Some(RecipeName::Apache)),
            ("ha-proxy", Some(RecipeName::Haproxy)),
            ("github", Some(RecipeName::GithubPages)),
            ("Cloudflare", Some(RecipeName::CloudflareWorker)),
            ("s3", Some(RecipeName::S3Cloudfront)),
            ("azure", Some(RecipeName::AzureStaticWebApps)),
            ("iis", None),
            ("", None),
        ] {
            let unknown = text.parse::<RecipeName>().unwrap_err();
            assert_eq!(unknown.suggestion, expected, "{text}");
        }
        let long = "nginx".repeat(100_000).parse::<RecipeName>();
        assert_eq!(long, Err(UnknownRecipe { suggestion: None }));
    }
}
