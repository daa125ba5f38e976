//! A line on the terminal that says how far the look is.

use std::io::{self, IsTerminal as _, Write as _};

use sigillo_formats::DomainName;
use sigillo_probe::Progress;

use crate::ascii::ascii;
use crate::commands::Context;

/// The line. On anything but a terminal it shows nothing.
pub(super) struct ProgressLine<'a> {
    context: &'a Context<'a>,
    domains: &'a [DomainName],
    /// How many domains are done.
    done: usize,
    answers: usize,
    connections: usize,
    is_shown: bool,
}

impl<'a> ProgressLine<'a> {
    pub(super) fn new(context: &'a Context<'a>, domains: &'a [DomainName]) -> Self {
        let is_shown = io::stderr().is_terminal();
        Self { context, domains, done: 0, answers: 0, connections: 0, is_shown }
    }

    /// A domain is done.
    pub(super) fn done(&mut self) {
        self.done += 1;
        self.draw();
    }

    /// A step is done.
    pub(super) fn add(&mut self, step: &Progress) {
        match step {
            Progress::Dns { .. } => self.answers += 1,
            Progress::PolicyHost { .. } | Progress::MailHost { .. } => self.connections += 1,
        }
        self.draw();
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        self.print("");
    }

    /// Draws the line, unless all domains are done.
    pub(super) fn draw(&self) {
        let words = self.context.words();
        let Some(domain) = self.domains.get(self.done) else { return };
        let text = words.format(
            "say-looking",
            &[
                ("domain", domain.as_str().into()),
                ("done", self.done.into()),
                ("all", self.domains.len().into()),
                ("answers", self.answers.into()),
                ("connections", self.connections.into()),
            ],
        );
        // A line that wraps could not be taken away.
        let text: String = text.chars().take(self.context.environment.width - 1).collect();
        self.print(&if self.context.environment.utf8 { text } else { ascii(&text).into_owned() });
    }

    fn print(&self, text: &str) {
        if self.is_shown {
            // Showing progress is no reason to stop.
            let _ = write!(io::stderr().lock(), "\r\x1b[2K{text}");
        }
    }
}
