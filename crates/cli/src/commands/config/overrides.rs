//! What is wrong with the file of overrides, in words and at its place.

use sigillo_findings::{LineIndex, RenderedFinding, RenderedFix, Severity};
use sigillo_generate::options;
use sigillo_sender::overrides::{
    Form, OVERRIDES_BYTES, Overrides, OverridesError, OverridesFault, Table,
};

use super::faults::rendered_span;
use crate::commands::Context;
use crate::configuration::{ConfigurationError, OverridesFile, SenderConfiguration, Sources};
use crate::diagnostic::{self, Source};
use crate::failure::Failure;
use crate::input;
use crate::page::Page;
use crate::words;

/// A file of overrides that has errors.
#[derive(Debug)]
pub(super) struct FaultyOverrides {
    /// Its path.
    pub(super) path: String,
    text: Vec<u8>,
    errors: Vec<OverridesError>,
}

impl FaultyOverrides {
    /// Reads the file that the configuration names; none if there is none, or it is good.
    ///
    /// # Errors
    /// It can't be read.
    pub(super) fn read(sources: &Sources) -> Result<Option<Self>, ConfigurationError> {
        let Some(file) = OverridesFile::read(sources) else { return Ok(None) };
        let text = file.text(sources, OVERRIDES_BYTES)?;
        let faulty = Overrides::parse(&text).err();
        Ok(faulty.map(|errors| Self { path: file.path, text, errors }))
    }
}

impl Context<'_> {
    /// The overrides that the sender goes by.
    pub(in crate::commands) fn overrides(
        &self,
        sender: &SenderConfiguration,
    ) -> Result<Overrides, Failure> {
        self.overrides_of(sender.overrides_file.as_deref())
    }

    /// The overrides of a file, if there is one.
    pub(in crate::commands) fn overrides_of(
        &self,
        path: Option<&str>,
    ) -> Result<Overrides, Failure> {
        let Some(path) = path else { return Ok(Overrides::default()) };
        let file = input::read_file(path, OVERRIDES_BYTES, self.language)
            .map_err(|failure| input::of_setup(failure, self.language))?;
        Overrides::parse(&file.text).map_err(|errors| {
            let first = errors.first().map(|error| {
                let position = LineIndex::new(&file.text).position(error.span.start());
                let message = self.overrides_message(&error.fault);
                format!("{path}:{}:{}: {message}", position.line, position.column)
            });
            let about =
                [("count", errors.len().into()), ("first", first.unwrap_or_default().into())];
            self.failure("overrides-invalid", &about)
        })
    }

    /// The errors for programs.
    pub(super) fn overrides_findings(&self, faulty: &FaultyOverrides) -> Vec<RenderedFinding> {
        let lines = LineIndex::new(&faulty.text);
        faulty.errors.iter().map(|error| self.overrides_finding(error, &lines)).collect()
    }

    /// Shows the errors where they are.
    pub(super) fn show_overrides_errors(&self, page: &mut Page, faulty: &FaultyOverrides) {
        let lines = LineIndex::new(&faulty.text);
        let source = Source { name: &faulty.path, text: &faulty.text };
        for error in &faulty.errors {
            let finding = self.overrides_finding(error, &lines);
            diagnostic::show(page, &finding, &source, &lines, self.language);
        }
    }

    fn overrides_finding(&self, error: &OverridesError, lines: &LineIndex<'_>) -> RenderedFinding {
        let span = rendered_span(lines, error.span);
        let replacement = match &error.fault {
            OverridesFault::UnknownKey { nearest, .. } => nearest.map(str::to_owned),
            OverridesFault::InvalidWord { nearest, .. } => {
                nearest.map(|nearest| format!("\"{nearest}\""))
            }
            _ => None,
        };
        RenderedFinding {
            code: error.fault.code().to_owned(),
            severity: Severity::Error,
            message: self.overrides_message(&error.fault),
            help: self.overrides_help(&error.fault),
            reference: None,
            span: Some(span),
            fix: replacement.map(|replacement| RenderedFix { span, replacement }),
            more: None,
        }
    }

    /// What is wrong, in one clause.
    fn overrides_message(&self, fault: &OverridesFault) -> String {
        let words = words::configuration(self.language);
        let say = |arguments: &[_]| words.format(fault.code(), arguments);
        match fault {
            OverridesFault::TooLong { limit } => say(&[("limit", (limit >> 20).into())]),
            OverridesFault::TooMany { limit } => say(&[("limit", limit.to_string().into())]),
            OverridesFault::Syntax { reason } => say(&[("reason", reason.as_str().into())]),
            OverridesFault::UnknownKey { table, name, .. } => {
                let table = words.text(table_message(*table));
                say(&[("name", name.as_str().into()), ("table", table.into())])
            }
            OverridesFault::WrongForm { key, form } => {
                let form = words.text(form_message(*form));
                say(&[("key", (*key).into()), ("form", form.into())])
            }
            OverridesFault::SameDomain { key, name, line } => {
                let line = line.to_string();
                say(&[
                    ("key", (*key).into()),
                    ("name", name.as_str().into()),
                    ("line", line.into()),
                ])
            }
            OverridesFault::InvalidWord { key, value, .. } => {
                say(&[("key", (*key).into()), ("value", value.as_str().into())])
            }
            OverridesFault::NoMx { mode } => say(&[("mode", mode.name().into())]),
            OverridesFault::Conflict { key, other } => {
                say(&[("key", (*key).into()), ("other", (*other).into())])
            }
            OverridesFault::InvalidDomain { value, error } => {
                let fault = options::Fault::NotADomain { value: value.clone(), error: *error };
                fault.message(self.language, "domain")
            }
            OverridesFault::InvalidPattern { value, error } => {
                let fault = options::Fault::NotAPattern { value: value.clone(), error: *error };
                fault.message(self.language, "mx")
            }
            _ => say(&[]),
        }
    }

    /// What to do.
    fn overrides_help(&self, fault: &OverridesFault) -> String {
        let words = words::configuration(self.language);
        let say = |arguments: &[_]| words.format(&format!("{}-help", fault.code()), arguments);
        match fault {
            OverridesFault::UnknownKey { nearest: Some(nearest), .. }
            | OverridesFault::InvalidWord { nearest: Some(nearest), .. } => {
                words.format("config-meant", &[("meant", (*nearest).into())])
            }
            OverridesFault::UnknownKey { table: Table::File, .. } => {
                words.text("config-overrides-begin")
            }
            OverridesFault::UnknownKey { table, .. } => {
                say(&[("keys", table.keys().join(", ").into())])
            }
            OverridesFault::InvalidWord { words, .. } => say(&[("words", words.join(", ").into())]),
            OverridesFault::WrongForm { form, .. } => {
                let example = words.text(&format!("{}-example", form_message(*form)));
                say(&[("example", example.into())])
            }
            OverridesFault::InvalidPattern { value, error } => {
                let fault = options::Fault::NotAPattern { value: value.clone(), error: *error };
                fault.help(self.language)
            }
            _ => say(&[]),
        }
    }
}

/// The message that says where a key stands.
const fn table_message(table: Table) -> &'static str {
    match table {
        Table::File => "config-overrides-file",
        Table::Override => "config-overrides-override",
        Table::Policy => "config-overrides-policy",
    }
}

/// The message that names a form.
const fn form_message(form: Form) -> &'static str {
    match form {
        Form::Overrides => "config-form-overrides",
        Form::Text => "config-form-text",
        Form::List => "config-form-patterns",
        Form::Switch => "config-form-switch",
        Form::Policy => "config-form-policy",
    }
}
