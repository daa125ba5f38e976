use std::sync::LazyLock;

use sigillo_language::{Language, Messages};

use super::RecipeName;
use super::values::Values;

/// The longest name that nginx takes with its buckets of 64 bytes: two pointers and the length
/// go into each.
const NGINX_NAME_BYTES: usize = 46;

static ENGLISH: LazyLock<Messages> = LazyLock::new(|| {
    Messages::new(Language::English, include_str!("../../messages/en/recipes.ftl"))
});

static ITALIAN: LazyLock<Messages> = LazyLock::new(|| {
    Messages::new(Language::Italian, include_str!("../../messages/it/recipes.ftl"))
});

/// What to do with the files of a recipe, in order.
pub(super) fn notes(name: RecipeName, values: &Values, language: Language) -> Vec<String> {
    let messages: &Messages = language.choose(&*ENGLISH, &*ITALIAN);
    let host = values.policy_host.as_str();
    let arguments = [
        ("domain", values.domain.as_str().into()),
        ("host", host.into()),
        ("title", name.title().into()),
        ("service", service(name).into()),
        ("target", target(name).into()),
        ("authority", authority(name).into()),
        ("bucket", nginx_bucket(host).to_string().into()),
    ];
    steps(name)
        .iter()
        .chain(&["verify"])
        .filter(|step| **step != "nginx-long-name" || host.len() > NGINX_NAME_BYTES)
        .map(|step| messages.format(step, &arguments))
        .collect()
}

/// The names of the messages, in order, before the last, which is how to verify it all.
const fn steps(name: RecipeName) -> &'static [&'static str] {
    match name {
        RecipeName::Nginx => &[
            "address-of-server",
            "authority",
            "policy-of-server",
            "nginx-long-name",
            "nginx-http",
            "certificate-by-webroot",
            "nginx-https",
        ],
        RecipeName::Apache => &[
            "address-of-server",
            "authority",
            "policy-of-server",
            "apache-modules",
            "apache-http",
            "certificate-by-webroot",
            "apache-https",
        ],
        RecipeName::Caddy => &["address-of-server", "authority", "policy-of-server", "caddy-site"],
        RecipeName::Haproxy => &[
            "address-of-server",
            "authority",
            "haproxy-policy",
            "haproxy-http",
            "haproxy-certificate",
            "haproxy-https",
            "haproxy-shared",
        ],
        RecipeName::Traefik => &["address-of-server", "authority", "traefik-up", "traefik-shared"],
        RecipeName::CloudflareWorker => &["worker-deploy", "worker-settings", "worker-change"],
        RecipeName::GithubPages => &[
            "address-of-host",
            "authority",
            "github-repository",
            "github-domain",
            "cached",
            "leaving",
        ],
        RecipeName::GitlabPages => &[
            "address-of-host",
            "authority",
            "gitlab-repository",
            "gitlab-domain",
            "cached",
            "leaving",
        ],
        RecipeName::Netlify => {
            &["address-of-host", "authority", "netlify-site", "netlify-domain", "leaving"]
        }
        RecipeName::S3Cloudfront => &[
            "authority",
            "cloudfront-deploy",
            "cloudfront-address",
            "cloudfront-change",
            "leaving",
        ],
        RecipeName::AzureStaticWebApps => {
            &["azure-deploy", "authority", "address-of-host", "azure-domain", "leaving"]
        }
        RecipeName::Sigillo => {
            &["address-of-server", "authority", "sigillo-configuration", "sigillo-policy"]
        }
    }
}

/// The system's service to reload, where certbot does that.
const fn service(name: RecipeName) -> &'static str {
    match name {
        RecipeName::Apache => "apache2",
        _ => name.name(),
    }
}

/// Where the CNAME of the policy host leads, what is to be filled in being in capitals; empty for
/// servers of one's own.
const fn target(name: RecipeName) -> &'static str {
    match name {
        RecipeName::GithubPages => "ACCOUNT.github.io",
        RecipeName::GitlabPages => "NAMESPACE.gitlab.io",
        RecipeName::Netlify => "SITE.netlify.app",
        RecipeName::AzureStaticWebApps => "APP.azurestaticapps.net",
        _ => "",
    }
}

/// The certificate authority as CAA records name it (RFC 8659).
const fn authority(name: RecipeName) -> &'static str {
    match name {
        RecipeName::S3Cloudfront => "amazon.com",
        RecipeName::AzureStaticWebApps => "digicert.com",
        _ => "letsencrypt.org",
    }
}

/// The bucket size that nginx needs for a name: a power of two, in bytes.
const fn nginx_bucket(host: &str) -> usize {
    ((host.len() + 2).next_multiple_of(8) + 16).next_power_of_two()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use sigillo_formats::DomainName;

    use super::*;

    #[test]
    fn both_languages_have_the_messages_that_are_used_and_no_others() {
        for text in [
            include_str!("../../messages/en/recipes.ftl"),
            include_str!("../../messages/it/recipes.ftl"),
        ] {
            assert_eq!(Messages::faults(text), [""; 0]);
        }
        assert_eq!(ENGLISH.names(), ITALIAN.names());
        let used: BTreeSet<_> =
            RecipeName::ALL.into_iter().flat_map(steps).chain(&["verify"]).collect();
        let written: BTreeSet<_> = ENGLISH.names().iter().collect();
        assert_eq!(written.len(), ENGLISH.names().len(), "a name is there twice");
        assert!(
            written.iter().eq(used.iter()),
            "{:?}",
            written
                .iter()
                .map(|name| name.as_str())
                .collect::<BTreeSet<_>>()
                .symmetric_difference(&used.iter().map(|name| **name).collect())
        );
    }

    #[test]
    fn every_note_is_one_whole_paragraph() {
        let domain = DomainName::parse("example.com").unwrap();
        let values = Values::new(&domain, "version: STSv1\n");
        for name in RecipeName::ALL {
            let [english, italian] = Language::ALL.map(|language| notes(name, &values, language));
            assert_eq!(english.len(), italian.len());
            for (one, other) in english.iter().zip(&italian) {
                assert_ne!(one, other, "not translated");
                // The same commands, paths and names in both.
                assert_eq!(quoted(one), quoted(other));
                for note in [one, other] {
                    assert!(!note.contains(['\n', '{', '}']), "{note}");
                    assert!(!note.contains("``") && !note.contains("  "), "{note}");
                    assert!(note.ends_with(['.', ')']), "{note}");
                }
            }
        }
    }

    fn quoted(note: &str) -> BTreeSet<&str> {
        note.split('`').skip(1).step_by(2).collect()
    }

    #[test]
    fn a_long_name_needs_larger_buckets_in_nginx() {
        for (length, expected) in [(46, None), (47, Some(128)), (110, Some(128)), (111, Some(256))]
        {
            let label = "a".repeat(40);
            let domain = format!("{label}.{label}.{label}.example");
            let domain = domain.get(domain.len() + 8 - length..).unwrap();
            let values = Values::new(&DomainName::parse(domain).unwrap(), "");
            assert_eq!(values.policy_host.len(), length);
            let directive =
                notes(RecipeName::Nginx, &values, Language::English).iter().find_map(|note| {
                    let (_, rest) = note.split_once("server_names_hash_bucket_size ")?;
                    rest.split(';').next()?.parse().ok()
                });
            assert_eq!(directive, expected, "{length}");
        }
    }
}
