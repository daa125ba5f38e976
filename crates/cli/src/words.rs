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

static CONFIGURATION: MessageFiles = MessageFiles::new(
    include_str!("../messages/en/configuration.ftl"),
    include_str!("../messages/it/configuration.ftl"),
);

/// What is said about the configuration.
pub(crate) fn configuration(language: Language) -> &'static Messages {
    CONFIGURATION.messages(language)
}

/// The help of commands and options; the names are those of the commands and options themselves.
pub(crate) fn help(language: Language) -> &'static Messages {
    HELP.messages(language)
}

#[cfg(test)]
mod tests {
    use sigillo_check::live_mx::LiveMxError;
    use sigillo_generate::options::Fault;
    use sigillo_sender::admin::CacheRecord;
    use sigillo_sender::overrides::OverridesFault;
    use sigillo_sender::query::{QueryDaneHostOutcome, QueryDaneOutcome};

    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(SAYS.differences(), Vec::<String>::new());
        assert_eq!(HELP.differences(), Vec::<String>::new());
        assert_eq!(CONFIGURATION.differences(), Vec::<String>::new());
    }

    /// The texts in a source that begin so.
    fn quoted(source: &'static str, start: &'static str) -> impl Iterator<Item = String> {
        let texts = source.split('"').skip(1).step_by(2);
        texts.filter(move |text| text.starts_with(start) && !text.contains('{')).map(str::to_owned)
    }

    #[test]
    fn every_message_about_the_configuration_is_there() {
        let sources = [
            include_str!("commands/config/check.rs"),
            include_str!("commands/config/faults.rs"),
            include_str!("commands/config/overrides.rs"),
            include_str!("commands/config/show.rs"),
            include_str!("configuration/error.rs"),
            include_str!("configuration/reader.rs"),
            include_str!("configuration/values.rs"),
            include_str!("configuration/written.rs"),
        ];
        let messages = configuration(Language::English);
        let mut asked: Vec<String> =
            sources.iter().flat_map(|source| quoted(source, "config-")).collect();
        // Those of names and patterns have their words where others are judged too.
        let codes = OverridesFault::CODES
            .iter()
            .flat_map(|code| [(*code).to_owned(), format!("{code}-help")]);
        asked.extend(codes.filter(|name| messages.has(name)));
        assert!(asked.len() > 60, "the sources are read");
        for name in &asked {
            assert!(messages.has(name), "{name}");
        }
        for name in messages.names() {
            let of = name.strip_suffix("-help").or_else(|| name.strip_suffix("-example"));
            let is_asked =
                asked.contains(name) || of.is_some_and(|of| asked.iter().any(|it| it == of));
            assert!(is_asked, "nobody says {name}");
        }
    }

    #[test]
    fn every_message_that_the_code_asks_for_is_there() {
        let sources = [
            include_str!("commands/cache/export.rs"),
            include_str!("commands/cache/foreign.rs"),
            include_str!("commands/cache/import.rs"),
            include_str!("commands/cache/list.rs"),
            include_str!("commands/cache/purge.rs"),
            include_str!("commands/check/look.rs"),
            include_str!("commands/check/page.rs"),
            include_str!("commands/check/progress.rs"),
            include_str!("commands/check/saved.rs"),
            include_str!("commands/config/overrides.rs"),
            include_str!("commands/dmarc.rs"),
            include_str!("commands/explain.rs"),
            include_str!("commands/generate/files.rs"),
            include_str!("commands/generate/lists.rs"),
            include_str!("commands/generate/live_mx.rs"),
            include_str!("commands/generate/mod.rs"),
            include_str!("commands/generate/page.rs"),
            include_str!("commands/generate/request.rs"),
            include_str!("commands/looking.rs"),
            include_str!("commands/man.rs"),
            include_str!("commands/mod.rs"),
            include_str!("commands/network.rs"),
            include_str!("commands/options.rs"),
            include_str!("commands/query/mod.rs"),
            include_str!("commands/query/page.rs"),
            include_str!("commands/records.rs"),
            include_str!("commands/scan/mod.rs"),
            include_str!("commands/scan/output.rs"),
            include_str!("commands/scan/progress.rs"),
            include_str!("commands/scan/selection.rs"),
            include_str!("commands/scan/summary.rs"),
            include_str!("commands/schema.rs"),
            include_str!("commands/serve/listeners.rs"),
            include_str!("commands/serve/metrics.rs"),
            include_str!("commands/serve/mod.rs"),
            include_str!("commands/serve/sender.rs"),
            include_str!("commands/serve/site.rs"),
            include_str!("commands/service.rs"),
            include_str!("commands/tls_rpt.rs"),
            include_str!("commands/understood.rs"),
            include_str!("commands/validate.rs"),
            include_str!("diagnostic.rs"),
            include_str!("failure.rs"),
            include_str!("input.rs"),
            include_str!("usage.rs"),
        ];
        let messages = says(Language::English);
        let mut asked: Vec<String> =
            sources.iter().flat_map(|source| quoted(source, "say-")).collect();
        let failures: Vec<&str> = sources
            .iter()
            .flat_map(|source| source.split("ailure(").chain(source.split("Failure::new(")))
            .filter_map(|call| call.trim_start().strip_prefix('"')?.split('"').next())
            .collect();
        let records = CacheRecord::ALL.map(|it| format!("say-cache-record-{}", it.name()));
        let dane = QueryDaneOutcome::ALL.map(|it| format!("say-dane-{}", it.name()));
        let hosts = QueryDaneHostOutcome::ALL.map(|it| format!("say-dane-host-{}", it.name()));
        asked.extend(records.into_iter().chain(dane).chain(hosts));
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
