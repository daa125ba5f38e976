//! The commands: each turns its options into a question and the answer into words.

mod cache;
mod check;
mod completions;
mod config;
mod dmarc;
mod explain;
mod generate;
mod looking;
mod man;
mod network;
mod options;
mod query;
mod records;
mod scan;
mod schema;
mod serve;
mod service;
mod tls_rpt;
mod understood;
mod validate;

use std::process::ExitCode;

use serde::Serialize;
use sigillo_findings::{LineIndex, RenderedFinding, Severity};
use sigillo_language::{Argument, Language, Messages};

use crate::arguments::{Command, DmarcCommand, Intent, TlsRptCommand};
use crate::diagnostic::{self, Source};
use crate::environment::Environment;
use crate::failure::Failure;
use crate::output::{self, Status};
use crate::page::Page;
use crate::words;

/// What a command needs to know beside its options.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    environment: &'a Environment,
    json: bool,
    language: Language,
    fail_on: Severity,
}

/// An answer: an object for programs or a page for people, and the status.
type Answer = Result<ExitCode, Failure>;

/// Runs a command.
pub(crate) fn run(context: &Context<'_>, command: Command) -> ExitCode {
    let answer = match command {
        Command::Check(arguments) => check::run(context, &arguments),
        Command::Scan(arguments) => scan::run(context, &arguments),
        Command::Generate(arguments) => generate::run(context, &arguments),
        Command::Validate(command) => validate::run(context, &command),
        Command::Dmarc(DmarcCommand::Generate(arguments)) => dmarc::run(context, &arguments),
        Command::TlsRpt(TlsRptCommand::Generate(arguments)) => tls_rpt::run(context, &arguments),
        Command::Explain(arguments) => explain::run(context, &arguments),
        Command::Query(arguments) => query::run(context, &arguments),
        Command::Cache(command) => cache::run(context, &command),
        Command::Serve(arguments) => serve::run(context, &arguments),
        Command::Config(command) => config::run(context, &command),
        Command::Completions(arguments) => Ok(completions::run(context, &arguments)),
        Command::Man(arguments) => man::run(context, &arguments),
        Command::Schema(arguments) => schema::run(context, &arguments),
    };
    answer
        .unwrap_or_else(|failure| failure.show(context.json, context.language, context.environment))
}

impl<'a> Context<'a> {
    /// The context of a command.
    pub(crate) const fn new(
        environment: &'a Environment,
        intent: Intent,
        fail_on: Severity,
    ) -> Self {
        Self { environment, json: intent.json, language: intent.language, fail_on }
    }

    /// An empty page.
    fn page(&self) -> Page {
        Page::new(self.environment.width, self.environment.utf8)
    }

    /// What commands say, in the language.
    fn words(&self) -> &'static Messages {
        words::says(self.language)
    }

    /// A failure with the texts of its code.
    fn failure(&self, code: &'static str, arguments: &[(&str, Argument<'_>)]) -> Failure {
        Failure::new(code, self.language, arguments)
    }

    /// The status that findings give.
    fn status(&self, findings: &[RenderedFinding]) -> Status {
        if findings.iter().any(|finding| finding.severity.reaches(self.fail_on)) {
            Status::Faulty
        } else {
            Status::Fine
        }
    }

    /// Gives the answer: the object to a program, the page to a person.
    fn answer<T: Serialize>(
        &self,
        object: &T,
        status: Status,
        page: impl FnOnce() -> Page,
    ) -> ExitCode {
        if self.json {
            output::print_json(object, status)
        } else {
            output::show(page(), self.environment, status)
        }
    }

    /// Adds findings to a page.
    fn show_findings(&self, page: &mut Page, findings: &[RenderedFinding], source: &Source<'_>) {
        let lines = LineIndex::new(source.text);
        for finding in findings {
            diagnostic::show(page, finding, source, &lines, self.language);
        }
    }

    /// The findings behind everything else, under their own heading.
    fn show_remarks(&self, page: &mut Page, findings: &[RenderedFinding], source: &Source<'_>) {
        if !findings.is_empty() {
            page.heading(&self.words().text("say-remarks"));
            page.blank();
            self.show_findings(page, findings, source);
        }
    }

    /// Adds numbered steps to a page.
    fn show_steps(&self, page: &mut Page, steps: &[String]) {
        page.heading(&self.words().text("say-steps"));
        for (index, step) in steps.iter().enumerate() {
            page.paragraph(&format!("{:>2}. ", index + 1), step);
        }
    }
}
