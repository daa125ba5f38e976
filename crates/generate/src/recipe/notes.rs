use sigillo_language::{Language, MessageFiles};

use super::steps::{VERIFY, steps};
use super::values::Values;
use super::{Note, RecipeContext, RecipeName};

/// The longest name that nginx takes with its buckets of 64 bytes: two pointers and the length
/// go into each.
const NGINX_NAME_BYTES: usize = 46;

static WORDS: MessageFiles = MessageFiles::new(
    include_str!("../../messages/en/recipes.ftl"),
    include_str!("../../messages/it/recipes.ftl"),
);

/// What to do with the files of a recipe, in order.
pub(super) fn notes(
    name: RecipeName,
    values: &Values,
    context: RecipeContext,
    language: Language,
) -> Vec<Note> {
    let messages = WORDS.messages(language);
    let host = values.policy_host.as_str();
    let arguments = [
        ("domain", values.domain.as_str().into()),
        ("host", host.into()),
        ("title", name.title().into()),
        ("target", target(name).into()),
        ("authority", authority(name).into()),
        ("bucket", nginx_bucket(host).to_string().into()),
    ];
    steps(name)
        .iter()
        .chain(&[VERIFY])
        .filter_map(|(message, commands)| {
            Some(Note {
                text: messages.format(message_in(message, host, context)?, &arguments),
                commands: commands.iter().map(|command| values.fill(command)).collect(),
            })
        })
        .collect()
}

/// The message that says a step in this context; none if there is nothing to do.
fn message_in(message: &'static str, host: &str, context: RecipeContext) -> Option<&'static str> {
    match message {
        "address-of-server" | "address-of-host" if context.policy_host_given => {
            Some("address-given")
        }
        "cloudfront-address" if context.policy_host_given => Some("cloudfront-address-given"),
        "worker-address-given" if !context.policy_host_given => None,
        "nginx-long-name" if host.len() <= NGINX_NAME_BYTES => None,
        _ => Some(message),
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

    const CONTEXTS: [RecipeContext; 2] =
        [RecipeContext { policy_host_given: false }, RecipeContext { policy_host_given: true }];

    fn values(domain: &str) -> Values {
        Values::new(&DomainName::parse(domain).unwrap(), "version: STSv1\n")
    }

    #[test]
    fn both_languages_have_the_messages_that_are_used_and_no_others() {
        assert_eq!(WORDS.differences(), [""; 0]);
        let long_host = "a".repeat(NGINX_NAME_BYTES + 1);
        let used: BTreeSet<_> = RecipeName::ALL
            .into_iter()
            .flat_map(steps)
            .chain(&[VERIFY])
            .flat_map(|(message, _)| {
                CONTEXTS.map(|context| message_in(message, &long_host, context))
            })
            .flatten()
            .collect();
        let names = WORDS.messages(Language::English).names();
        let written: BTreeSet<_> = names.iter().map(String::as_str).collect();
        assert_eq!(written.len(), names.len(), "a name is there twice");
        assert_eq!(written, used);
    }

    #[test]
    fn every_note_is_one_whole_paragraph_with_whole_commands() {
        let values = values("example.com");
        for (name, context) in
            RecipeName::ALL.into_iter().flat_map(|name| CONTEXTS.map(|context| (name, context)))
        {
            let [english, italian] =
                Language::ALL.map(|language| notes(name, &values, context, language));
            assert_eq!(english.len(), italian.len());
            for (one, other) in english.iter().zip(&italian) {
                assert_ne!(one.text, other.text, "not translated");
                assert_eq!(one.commands, other.commands);
                // The same paths and names in both.
                assert_eq!(quoted(&one.text), quoted(&other.text));
                for note in [one, other] {
                    check(note);
                }
            }
        }
    }

    fn check(note: &Note) {
        let text = &note.text;
        assert!(!text.contains(['\n', '{', '}']), "{text}");
        assert!(!text.contains("``") && !text.contains("  "), "{text}");
        let leads_to_commands = text.ends_with(':') && !note.commands.is_empty();
        assert!(text.ends_with(['.', ')']) || leads_to_commands, "{text}");
        // What is to be pasted is a command of its own, which no page wraps.
        assert!(
            quoted(text).iter().all(|part| part.len() <= 48 || !part.contains(' ')),
            "a command in the text: {text}"
        );
        for command in &note.commands {
            assert!(!command.contains(['\n', '`', '@']) || command.contains("npx @"), "{command}");
            assert!(!command.is_empty() && command.trim() == command, "{command}");
        }
    }

    fn quoted(note: &str) -> BTreeSet<&str> {
        note.split('`').skip(1).step_by(2).collect()
    }

    #[test]
    fn a_host_that_others_could_claim_is_claimed_before_the_name_leads_there() {
        for (name, claim) in [
            (RecipeName::GithubPages, "github-repository"),
            (RecipeName::GitlabPages, "gitlab-domain"),
            (RecipeName::Netlify, "netlify-domain"),
        ] {
            let place = |wanted| steps(name).iter().position(|(message, _)| *message == wanted);
            assert!(place(claim).unwrap() < place("address-of-host").unwrap(), "{name}");
        }
    }

    #[test]
    fn an_address_that_is_given_is_not_asked_for_again() {
        let values = values("example.com");
        let [asked, given] = CONTEXTS;
        for name in RecipeName::ALL {
            let texts = |context| {
                notes(name, &values, context, Language::English).into_iter().map(|note| note.text)
            };
            let asks = |text: &String| {
                text.starts_with("Publish a") || text.contains("publish the CNAME record")
            };
            assert_eq!(
                texts(asked).filter(asks).count(),
                usize::from(name != RecipeName::CloudflareWorker),
                "{name}"
            );
            assert_eq!(texts(given).filter(asks).count(), 0, "{name}");
            assert_eq!(texts(given).filter(|text| text.contains("listed above")).count(), 1);
        }
    }

    #[test]
    fn a_long_name_needs_larger_buckets_in_nginx() {
        for (length, expected) in [(46, None), (47, Some(128)), (110, Some(128)), (111, Some(256))]
        {
            let label = "a".repeat(40);
            let domain = format!("{label}.{label}.{label}.example");
            let values = values(domain.get(domain.len() + 8 - length..).unwrap());
            assert_eq!(values.policy_host.len(), length);
            let notes =
                notes(RecipeName::Nginx, &values, RecipeContext::default(), Language::English);
            let directive = notes.iter().find_map(|note| {
                let (_, rest) = note.text.split_once("server_names_hash_bucket_size ")?;
                rest.split(';').next()?.parse().ok()
            });
            assert_eq!(directive, expected, "{length}");
        }
    }
}
