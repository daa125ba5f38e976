//! Why a command gives no answer.

use std::borrow::Cow;
use std::process::ExitCode;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_check::live_mx::LiveMxError;
use sigillo_findings::Severity;
use sigillo_generate::options::{Fault, OptionError};
use sigillo_language::{Argument, Language};
use sigillo_sender::admin::AdminProblemBody;

use crate::environment::Environment;
use crate::output::{self, Status};
use crate::page::{Page, severity_style};
use crate::words;
use sigillo_findings::visible;

/// Wrong usage, unreadable input, or no answer: exit status 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    code: Cow<'static, str>,
    message: String,
    help: String,
}

/// A failure for programs.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Failure")]
pub(crate) struct FailureObject {
    /// The version of this layout: 1.
    schema: u32,
    /// What went wrong.
    error: FailureBody,
}

/// What went wrong.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FailureBody {
    /// A name for it that does not change.
    code: Cow<'static, str>,
    /// What happened, to what.
    message: String,
    /// What to do.
    help: String,
}

impl Failure {
    /// The failure whose texts are the messages `say-fail-CODE` and `say-fail-CODE-help`.
    pub(crate) fn new(
        code: &'static str,
        language: Language,
        arguments: &[(&str, Argument<'_>)],
    ) -> Self {
        let words = words::says(language);
        Self {
            code: code.into(),
            message: words.format(&format!("say-fail-{code}"), arguments),
            help: words.format(&format!("say-fail-{code}-help"), arguments),
        }
    }

    /// What is wrong with an option.
    pub(crate) fn of_option(error: &OptionError, language: Language) -> Self {
        let option = format!("--{}", error.option().name().replace('_', "-"));
        Self::of_value(error.fault(), &option, language)
    }

    /// What is wrong with a value of an option, which the message calls by this name.
    pub(crate) fn of_value(fault: &Fault, option: &str, language: Language) -> Self {
        let help = fault
            .suggestion(language)
            .or_else(|| own_help(fault.code(), language, &fault.arguments(language)))
            .unwrap_or_else(|| fault.help(language));
        Self { code: fault.code().into(), message: fault.message(language, option), help }
    }

    /// Why the live MX gives no hosts.
    pub(crate) fn of_live_mx(error: &LiveMxError, language: Language) -> Self {
        if let LiveMxError::NotADomain(fault) = error {
            return Self::of_value(fault, "", language);
        }
        let help = own_help(error.code(), language, &[]).unwrap_or_else(|| error.help(language));
        Self { code: error.code().into(), message: error.message(language), help }
    }

    /// Wrong usage, already in words.
    pub(crate) const fn usage(message: String, help: String) -> Self {
        Self { code: Cow::Borrowed("usage"), message, help }
    }

    /// What the running service says, in words already.
    pub(crate) fn of_service(error: AdminProblemBody) -> Self {
        Self { code: error.code.into(), message: error.message, help: error.help }
    }

    /// The same in other words.
    pub(crate) fn with_message(self, message: String) -> Self {
        Self { message, ..self }
    }

    /// The same with another advice.
    pub(crate) fn with_help(self, help: String) -> Self {
        Self { help, ..self }
    }

    /// The name of what went wrong.
    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    /// Says on standard error that it keeps something from being answered.
    pub(crate) fn tell(&self, language: Language, environment: &Environment) {
        self.say("say-error", Severity::Error, language, environment);
    }

    /// Says it on standard error beside an answer, which there is all the same.
    pub(crate) fn warn(&self, language: Language, environment: &Environment) {
        self.say("say-warning", Severity::Warning, language, environment);
    }

    fn say(&self, word: &str, severity: Severity, language: Language, environment: &Environment) {
        let style = severity_style(severity);
        let word = words::says(language).text(word);
        let mut page = Page::new(environment.width, environment.utf8);
        page.line(format_args!("{style}{word}:{style:#} {}", visible(&self.message)));
        page.paragraph("  ", &self.help);
        output::say(page, environment);
    }

    /// Its code and what happened, for a line among others.
    pub(crate) fn into_parts(self) -> (String, String) {
        (self.code.into_owned(), self.message)
    }

    /// Shows it: one clear line and one of advice, or an object for programs.
    pub(crate) fn show(
        self,
        json: bool,
        language: Language,
        environment: &Environment,
    ) -> ExitCode {
        if json {
            let error = FailureBody { code: self.code, message: self.message, help: self.help };
            return output::print_json(&FailureObject { schema: 1, error }, Status::Failed);
        }
        self.tell(language, environment);
        // Two, as for every failure; nothing goes to standard output.
        ExitCode::from(2)
    }
}

/// The advice of the command line on a failure whose message stands elsewhere: it names options.
fn own_help(code: &str, language: Language, arguments: &[(&str, Argument<'_>)]) -> Option<String> {
    let words = words::says(language);
    let name = format!("say-fail-{code}-help");
    words.has(&name).then(|| words.format(&name, arguments))
}
