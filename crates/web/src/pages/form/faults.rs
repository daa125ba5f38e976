use sigillo_findings::visible;
use sigillo_generate::options::{OptionError, OptionName};
use sigillo_language::Language;

use crate::words::words;

/// How much of a message is shown, in characters: it repeats what was filled in, which may be long.
const LONGEST: usize = 300;

/// What is wrong with a field.
#[derive(Debug, Clone)]
pub(crate) struct FieldFault {
    /// The name of the field.
    pub(crate) field: &'static str,
    /// Which of its values it is, from 0; none if it is about the field as a whole.
    pub(crate) index: Option<usize>,
    /// What is wrong; it repeats what was filled in, of which nothing is hidden.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

impl FieldFault {
    /// What is wrong with an option, in words that call its field as the form does.
    pub(super) fn of(error: &OptionError, language: Language) -> Self {
        let label = words(language).text(label(error.option()));
        let message = error.fault().message(language, &label);
        Self {
            field: error.option().name(),
            index: error.index(),
            message: visible(&as_sentence(&shortened(&message))).into_owned(),
            help: shortened(&error.help(language)),
        }
    }

    /// The id of the control that it is about.
    pub(crate) fn target(&self) -> String {
        match self.index {
            Some(index) => format!("{}-{index}", self.field),
            None => self.field.to_owned(),
        }
    }
}

/// The message that says what a field is called.
const fn label(option: OptionName) -> &'static str {
    match option {
        OptionName::Compatible => "form-compatible",
        OptionName::DnsFormat => "form-dns-format",
        OptionName::Domain => "form-domain",
        OptionName::Fo => "form-fo",
        OptionName::FromPolicy => "form-from-policy",
        OptionName::Id => "form-id",
        OptionName::LiveMx => "form-live-mx",
        OptionName::MaxAge => "form-max-age",
        OptionName::Mode => "form-mode",
        OptionName::Mx => "form-mx",
        OptionName::NonexistentPolicy => "form-nonexistent-policy",
        OptionName::Policy => "form-policy",
        OptionName::PolicyHost => "form-policy-host",
        OptionName::Provider => "form-provider",
        OptionName::Psd => "form-psd",
        OptionName::Recipe => "form-recipe",
        OptionName::Rua => "form-rua",
        OptionName::Ruf => "form-ruf",
        OptionName::SubdomainPolicy => "form-subdomain-policy",
        OptionName::Test => "form-test",
        OptionName::TlsRpt => "form-tls-rpt",
        OptionName::Ttl => "form-ttl",
        OptionName::Zone => "form-zone",
    }
}

/// As much of a text as is shown.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A clause with a capital at its beginning; what begins with something quoted stays as it is.
pub(crate) fn as_sentence(clause: &str) -> String {
    let mut characters = clause.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use sigillo_generate::options::DeploymentOptions;

    use super::*;

    #[test]
    fn long_values_are_cut() {
        let options = DeploymentOptions { domain: Some("ü".repeat(9000)), ..Default::default() };
        let error = options.policy_domain().unwrap_err();
        for language in Language::ALL {
            let fault = FieldFault::of(&error, language);
            assert!(fault.message.chars().count() <= LONGEST + 1, "{}", fault.message);
            assert_eq!((fault.target().as_str(), fault.index), ("domain", None));
        }
    }

    #[test]
    fn nothing_hidden_is_shown() {
        let options =
            DeploymentOptions { domain: Some("a\u{202e}b".to_owned()), ..Default::default() };
        let fault = FieldFault::of(&options.policy_domain().unwrap_err(), Language::English);
        assert!(fault.message.starts_with("\"a\\u{202e}b\" "), "{}", fault.message);
    }

    #[test]
    fn messages_begin_like_sentences() {
        let error = DeploymentOptions::default().policy_domain().unwrap_err();
        assert_eq!(FieldFault::of(&error, Language::Italian).message, "Manca il dominio");
        assert_eq!(as_sentence("\"x\" è sbagliato"), "\"x\" è sbagliato");
    }
}
