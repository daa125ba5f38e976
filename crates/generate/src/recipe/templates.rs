use super::RecipeName;

/// Where every server and host that takes its folder as it is finds the policy.
const POLICY: (&str, Content) = (".well-known/mta-sts.txt", Content::Policy);

/// The same where only a folder of the project is published.
const PUBLIC_POLICY: (&str, Content) = ("public/.well-known/mta-sts.txt", Content::Policy);

/// What is in a file of a recipe.
#[derive(Clone, Copy)]
pub(super) enum Content {
    /// The policy, byte for byte.
    Policy,
    /// A text with placeholders.
    Template(&'static str),
}

/// A template below `recipes/` in this crate, and the path of the file that is made of it.
macro_rules! template {
    ($path:literal, $source:literal) => {
        ($path, Content::Template(include_str!(concat!("../../recipes/", $source))))
    };
    ($path:literal) => {
        template!($path, $path)
    };
}

/// The files of a recipe: their paths, relative and below the folder, and what is in them.
pub(super) const fn files(name: RecipeName) -> &'static [(&'static str, Content)] {
    match name {
        RecipeName::Nginx => {
            &[POLICY, template!("nginx/mta-sts-http.conf"), template!("nginx/mta-sts.conf")]
        }
        RecipeName::Apache => {
            &[POLICY, template!("apache/mta-sts-http.conf"), template!("apache/mta-sts.conf")]
        }
        RecipeName::Caddy => &[POLICY, template!("caddy/mta-sts.caddyfile")],
        RecipeName::Haproxy => &[
            POLICY,
            template!("haproxy/mta-sts-http.cfg"),
            template!("haproxy/mta-sts.cfg"),
            template!("haproxy/deploy-hook.sh"),
        ],
        RecipeName::Traefik => &[POLICY, template!("compose.yaml", "traefik/compose.yaml")],
        RecipeName::CloudflareWorker => &[
            template!("worker.js", "cloudflare-worker/worker.js"),
            template!("wrangler.toml", "cloudflare-worker/wrangler.toml"),
        ],
        RecipeName::GithubPages => &[
            POLICY,
            template!("CNAME", "github-pages/CNAME"),
            template!(".nojekyll", "github-pages/.nojekyll"),
        ],
        RecipeName::GitlabPages => {
            &[PUBLIC_POLICY, template!(".gitlab-ci.yml", "gitlab-pages/.gitlab-ci.yml")]
        }
        RecipeName::Netlify => &[PUBLIC_POLICY, template!("netlify.toml", "netlify/netlify.toml")],
        RecipeName::S3Cloudfront => &[
            POLICY,
            template!("s3-cloudfront/template.yaml"),
            template!("s3-cloudfront/deploy.sh"),
        ],
        RecipeName::AzureStaticWebApps => &[
            PUBLIC_POLICY,
            template!(
                "public/staticwebapp.config.json",
                "azure-static-web-apps/staticwebapp.config.json"
            ),
            template!("public/index.html", "azure-static-web-apps/index.html"),
        ],
        RecipeName::Sigillo => &[POLICY, template!("sigillo.toml", "sigillo/sigillo.toml")],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Component, Path};

    use sigillo_formats::DomainName;

    use super::super::values::Values;
    use super::*;

    #[test]
    fn paths_are_distinct_and_stay_below_the_folder() {
        for name in RecipeName::ALL {
            let mut seen = BTreeSet::new();
            for (path, _) in files(name) {
                assert!(seen.insert(path), "{name}: {path} twice");
                assert!(!path.is_empty() && !path.contains('\\'), "{name}: {path}");
                assert!(
                    Path::new(path).components().all(|part| matches!(part, Component::Normal(_))),
                    "{name}: {path}"
                );
            }
        }
    }

    #[test]
    fn every_placeholder_is_known() {
        let domain = DomainName::parse("example.com").unwrap();
        let values = Values::new(&domain, "version: STSv1\n");
        for name in RecipeName::ALL {
            for (path, content) in files(name) {
                let Content::Template(template) = content else {
                    continue;
                };
                let text = values.fill(template);
                let left = text.split('@').skip(1).find(|rest| {
                    // A matcher of Caddy begins in small letters, a placeholder in capitals.
                    rest.starts_with(|first: char| first.is_ascii_uppercase() || first == '_')
                });
                assert_eq!(left, None, "{name}: {path}");
                assert!(
                    text.is_empty() || text.ends_with('\n') && !text.ends_with("\n\n"),
                    "{name}: {path}"
                );
            }
        }
    }

    #[test]
    fn every_template_is_used() {
        let used: BTreeSet<_> = RecipeName::ALL
            .into_iter()
            .flat_map(files)
            .filter_map(|(_, content)| match content {
                Content::Policy => None,
                Content::Template(template) => Some((*template).to_owned()),
            })
            .collect();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("recipes");
        for recipe in folder.read_dir().unwrap() {
            let recipe = recipe.unwrap();
            assert!(recipe.file_name().to_str().unwrap().parse::<RecipeName>().is_ok());
            for template in recipe.path().read_dir().unwrap() {
                let path = template.unwrap().path();
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(used.contains(&text), "{}", path.display());
            }
        }
    }
}
