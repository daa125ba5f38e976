//! What is wrong with a configuration, in words and at its place.

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_findings::{LineIndex, RenderedFinding, RenderedFix, RenderedSpan, Severity, Span};
use sigillo_language::Argument;

use super::passwords;
use crate::commands::Context;
use crate::configuration::{ConfigurationError, Expected, Fault, Key, Place, Sources};
use crate::diagnostic::{self, Source};
use crate::input::io_reason;
use crate::page::Page;
use crate::words;

/// Something that is wrong with the configuration.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ConfigurationFinding {
    /// What is wrong; the span is one of the file.
    #[serde(flatten)]
    finding: RenderedFinding,
    /// The environment variable that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    variable: Option<String>,
    /// The file of overrides that it is about; the span is one of that file.
    #[serde(skip_serializing_if = "Option::is_none")]
    overrides_file: Option<String>,
}

impl ConfigurationFinding {
    /// Something that is wrong with a file of overrides.
    pub(super) fn of_overrides(finding: RenderedFinding, path: &str) -> Self {
        Self { finding, variable: None, overrides_file: Some(path.to_owned()) }
    }
}

impl Context<'_> {
    /// An error for programs; `lines` is the index of the file.
    pub(super) fn finding_of(
        &self,
        lines: &LineIndex<'_>,
        error: &ConfigurationError,
    ) -> ConfigurationFinding {
        let (span, variable) = match &error.place {
            Place::File(span) => (Some(*span), None),
            Place::Variable { name, .. } => (None, Some(name.clone())),
            _ => (None, None),
        };
        let finding = self.rendered(error, lines, span);
        ConfigurationFinding { finding, variable, overrides_file: None }
    }

    /// Shows errors where they are.
    pub(super) fn show_configuration_errors(
        &self,
        page: &mut Page,
        sources: &Sources,
        errors: &[ConfigurationError],
    ) {
        let name = sources.file.as_ref().map_or("", |file| &file.name);
        let text = passwords::hidden(sources.text());
        let lines = LineIndex::new(&text);
        for error in errors {
            match &error.place {
                Place::Variable { text, span, .. } => {
                    let text = passwords::hidden(text.as_bytes());
                    let lines = LineIndex::new(&text);
                    let finding = self.rendered(error, &lines, Some(*span));
                    let source = Source { name: "", text: &text };
                    diagnostic::show(page, &finding, &source, &lines, self.language);
                }
                place => {
                    let span = if let Place::File(span) = place { Some(*span) } else { None };
                    let finding = self.rendered(error, &lines, span);
                    let source = Source { name, text: &text };
                    diagnostic::show(page, &finding, &source, &lines, self.language);
                }
            }
        }
    }

    /// Where an error is, and what it is, on one line.
    pub(in crate::commands) fn said_at_its_place(
        &self,
        sources: &Sources,
        error: &ConfigurationError,
    ) -> String {
        let message = self.message(error);
        match (&error.place, &sources.file) {
            (Place::File(span), Some(file)) => {
                let position = LineIndex::new(&file.text).position(span.start());
                format!("{}:{}:{}: {message}", file.name, position.line, position.column)
            }
            (Place::Variable { name, .. }, _) => format!("{name}: {message}"),
            _ => message,
        }
    }

    fn rendered(
        &self,
        error: &ConfigurationError,
        lines: &LineIndex<'_>,
        span: Option<Span>,
    ) -> RenderedFinding {
        let span = span.map(|span| rendered_span(lines, span));
        RenderedFinding {
            code: error.fault.code().to_owned(),
            severity: Severity::Error,
            message: self.message(error),
            help: self.help(&error.fault),
            reference: None,
            span,
            fix: span
                .zip(replacement(error))
                .map(|(span, replacement)| RenderedFix { span, replacement }),
            more: None,
        }
    }

    /// What is wrong, in one clause.
    fn message(&self, error: &ConfigurationError) -> String {
        let words = words::configuration(self.language);
        let code = error.fault.code();
        let say = |arguments: &[(&str, Argument<'_>)]| words.format(code, arguments);
        match &*error.fault {
            Fault::TooLong { limit } => say(&[("limit", (limit >> 20).into())]),
            Fault::Syntax { reason } => say(&[("reason", reason.as_str().into())]),
            Fault::NotUtf8 => say(&[]),
            Fault::UnknownSection { name, .. }
            | Fault::LaterSection { name }
            | Fault::OutsideSection { name, .. }
            | Fault::NotASection { name }
            | Fault::UnknownVariable { name, .. } => say(&[("name", name.as_str().into())]),
            Fault::UnknownKey { section, name, .. } => {
                say(&[("section", (*section).into()), ("name", name.as_str().into())])
            }
            Fault::WrongForm { key, found, .. } => {
                let (form, found) = (words.text(key.form.message()), words.text(found));
                say(&[("key", shown(key)), ("form", form.into()), ("found", found.into())])
            }
            Fault::InvalidValue { key, .. } if key.is_secret() => {
                words.format("config-invalid-secret", &[("key", shown(key))])
            }
            Fault::InvalidValue { key, value, .. } => {
                say(&[("key", shown(key)), ("value", value.as_str().into())])
            }
            Fault::UnreadableFile { path, error } => {
                let reason = io_reason(error, self.language);
                say(&[("path", path.as_str().into()), ("reason", reason.into())])
            }
            Fault::UnusableFile { path, reason } => {
                say(&[("path", path.as_str().into()), ("reason", reason.as_str().into())])
            }
            Fault::InvalidSecret { key, .. } | Fault::NoDataFolder { key } => {
                say(&[("key", shown(key))])
            }
            Fault::Conflict { key, other } => say(&[("key", shown(key)), ("other", shown(other))]),
            Fault::SocketPathTooLong { key, path, length, limit } => say(&[
                ("key", shown(key)),
                ("path", path.as_str().into()),
                ("length", (*length).into()),
                ("limit", (*limit).into()),
            ]),
            Fault::SameAddress { value, others } => {
                let others: Vec<_> = others.iter().map(ToString::to_string).collect();
                let others = others.join(", ").into();
                say(&[("value", value.as_str().into()), ("others", others)])
            }
        }
    }

    /// What to do.
    fn help(&self, fault: &Fault) -> String {
        let words = words::configuration(self.language);
        let meant = |meant: String| words.format("config-meant", &[("meant", meant.into())]);
        let own = || words.text(&format!("{}-help", fault.code()));
        let keys_of = |section| {
            let keys = crate::configuration::keys_of(section).map(|key| key.name);
            keys.collect::<Vec<_>>().join(", ")
        };
        match fault {
            Fault::UnknownSection { nearest: Some(nearest), .. } => meant(format!("[{nearest}]")),
            Fault::UnknownSection { .. } => {
                let sections = crate::configuration::sections().map(|name| format!("[{name}]"));
                let sections = sections.collect::<Vec<_>>().join(", ");
                words.format("config-unknown-section-help", &[("sections", sections.into())])
            }
            Fault::OutsideSection { belongs: Some(section), .. } => {
                let section = format!("[{section}]");
                words.format("config-belongs", &[("section", section.into())])
            }
            Fault::UnknownKey { section, nearest: Some(key), .. } if key.section == *section => {
                meant(key.name.to_owned())
            }
            Fault::UnknownKey { nearest: Some(key), .. } => {
                let section = format!("[{}]", key.section);
                words.format("config-belongs", &[("section", section.into())])
            }
            Fault::UnknownKey { section, .. } => {
                let keys = keys_of(section);
                words.format("config-unknown-key-help", &[("keys", keys.into())])
            }
            Fault::UnknownVariable { nearest: Some(key), .. } => meant(key.variable()),
            Fault::InvalidValue { nearest: Some(nearest), .. } => meant((*nearest).to_owned()),
            Fault::InvalidValue { expected, .. } | Fault::InvalidSecret { expected, .. } => {
                self.expected(expected)
            }
            Fault::WrongForm { key, .. } => {
                let example = words.text(&format!("{}-example", key.form.message()));
                words.format("config-wrong-form-help", &[("example", example.into())])
            }
            Fault::NoDataFolder { key } => {
                let arguments = [("key", shown(key)), ("name", key.name.into())];
                words.format("config-no-data-folder-help", &arguments)
            }
            _ => own(),
        }
    }

    fn expected(&self, expected: &Expected) -> String {
        let bounds = expected.bounds.clone().unwrap_or_default();
        let arguments = [("least", bounds.0.into()), ("most", bounds.1.into())];
        words::configuration(self.language).format(expected.message, &arguments)
    }
}

/// A span with its place in the text.
pub(super) fn rendered_span(lines: &LineIndex<'_>, span: Span) -> RenderedSpan {
    let position = lines.position(span.start());
    RenderedSpan {
        start: span.start(),
        end: span.end(),
        line: position.line,
        column: position.column,
    }
}

/// What mends it in its place.
fn replacement(error: &ConfigurationError) -> Option<String> {
    let is_file = matches!(error.place, Place::File(_));
    match &*error.fault {
        Fault::UnknownKey { section, nearest: Some(key), .. } if key.section == *section => {
            Some(key.name.to_owned())
        }
        Fault::UnknownVariable { nearest: Some(key), .. } => Some(key.variable()),
        Fault::WrongForm { mended, .. } => mended.clone(),
        Fault::InvalidValue { nearest: Some(nearest), .. } if is_file => {
            Some(format!("\"{nearest}\""))
        }
        Fault::UnknownSection { nearest, .. } | Fault::InvalidValue { nearest, .. } => {
            nearest.map(str::to_owned)
        }
        _ => None,
    }
}

fn shown(key: &Key) -> Argument<'static> {
    key.to_string().into()
}
