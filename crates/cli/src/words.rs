//! The words of the command line, in each language.

use sigillo_language::{Language, MessageFiles, Messages};

static SAYS: MessageFiles = MessageFiles::new(
    include_str!("../messages/en/cli.ftl"),
    include_str!("../messages/it/cli.ftl"),
);

/// What commands say.
pub(crate) fn says(language: Language) -> &'static Messages {
    SAYS.messages(language)
}

static HELP: MessageFiles = MessageFiles::new(
    include_str!("../messages/en/help.ftl"),
    include_str!("../messages/it/help.ftl"),
);

/// The help of commands and options; the names are those of the commands and options themselves.
pub(crate) fn help(language: Language) -> &'static Messages {
    HELP.messages(language)
}

#[cfg(test)]
mod tests {
    use sigillo_check::live_mx::LiveMxError;
    use sigillo_generate::options::Fault;

    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(SAYS.differences(), Vec::<String>::new());
        assert_eq!(HELP.differences(), Vec::<String>::new());
    }

    #[test]
    fn every_message_that_the_code_asks_for_is_there() {
        let sources = [
            include_str!("commands/check/look.rs"),
            include_str!("commands/check/markdown.rs"),
            include_str!("commands/check/page.rs"),
            include_str!("commands/check/progress.rs"),
            include_str!("commands/check/saved.rs"),
            include_str!("commands/dmarc.rs"),
            include_str!("commands/explain.rs"),
            include_str!("commands/generate/files.rs"),
            include_str!("commands/generate/lists.rs"),
            include_str!("commands/generate/live_mx.rs"),
            include_str!("commands/generate/mod.rs"),
            include_str!("commands/generate/page.rs"),
            include_str!("commands/generate/request.rs"),
            include_str!("commands/man.rs"),
            include_str!("commands/mod.rs"),
            include_str!("commands/network.rs"),
            include_str!("commands/options.rs"),
            include_str!("commands/records.rs"),
            include_str!("commands/scan/mod.rs"),
            include_str!("commands/scan/output.rs"),
            include_str!("commands/scan/progress.rs"),
            include_str!("commands/scan/selection.rs"),
            include_str!("commands/scan/summary.rs"),
            include_str!("commands/schema.rs"),
            include_str!("commands/tls_rpt.rs"),
            include_str!("commands/understood.rs"),
            include_str!("commands/validate.rs"),
            include_str!("diagnostic.rs"),
            include_str!("failure.rs"),
            include_str!("input.rs"),
            include_str!("usage.rs"),
        ];
        let messages = says(Language::English);
        let mut asked: Vec<String> = sources
            .iter()
            .flat_map(|source| source.split('"').skip(1).step_by(2))
            .filter(|text| text.starts_with("say-") && !text.contains('{'))
            .map(str::to_owned)
            .collect();
        let failures: Vec<&str> = sources
            .iter()
            .flat_map(|source| source.split("ailure(").chain(source.split("Failure::new(")))
            .filter_map(|call| call.trim_start().strip_prefix('"')?.split('"').next())
            .collect();
        asked.extend(failures.iter().map(|code| format!("say-fail-{code}")));
        asked.extend(failures.iter().map(|code| format!("say-fail-{code}-help")));
        // Advice that names options, on failures whose messages stand where they are found.
        let elsewhere = Fault::CODES.iter().chain(&LiveMxError::CODES);
        let advice = elsewhere.map(|code| format!("say-fail-{code}-help"));
        asked.extend(advice.filter(|name| messages.has(name)));
        assert!(asked.len() > 100, "the sources are read");
        for name in &asked {
            assert!(messages.has(name), "{name}");
        }
        for name in messages.names() {
            assert!(asked.contains(name), "nobody says {name}");
        }
    }
}
