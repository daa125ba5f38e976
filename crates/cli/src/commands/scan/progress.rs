//! A line on the terminal that says how far the scan is.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use sigillo_check::Verdict;
use sigillo_scan::Verdicts;

use crate::ascii::ascii;
use crate::commands::Context;

/// How often the line is drawn.
const EVERY: Duration = Duration::from_millis(100);

/// The line. On anything but a terminal it shows nothing.
pub(super) struct ProgressLine<'a> {
    context: &'a Context<'a>,
    started: Instant,
    drawn: Option<Instant>,
    total: Option<usize>,
    done: usize,
    verdicts: Verdicts,
    is_shown: bool,
    /// Results go to the same terminal.
    is_shared: bool,
}

impl<'a> ProgressLine<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Self {
            context,
            started: Instant::now(),
            drawn: None,
            total: None,
            done: 0,
            verdicts: Verdicts::default(),
            is_shown: io::stderr().is_terminal(),
            is_shared: io::stdout().is_terminal(),
        }
    }

    pub(super) const fn is_shown(&self) -> bool {
        self.is_shown
    }

    /// So many domains are to be looked at.
    pub(super) fn expect(&mut self, total: Option<usize>) {
        self.total = total;
        self.started = Instant::now();
    }

    /// A domain is done, or a text that is none.
    pub(super) fn add(&mut self, verdict: Option<Verdict>) {
        self.done += 1;
        if let Some(verdict) = verdict {
            self.verdicts.add(verdict);
        }
        if self.is_shared || self.drawn.is_none_or(|drawn| drawn.elapsed() >= EVERY) {
            self.draw();
        }
    }

    /// Makes room for a result on the same terminal.
    pub(super) fn clear(&self) {
        if self.is_shared && self.drawn.is_some() {
            self.print("");
        }
    }

    /// The last line stays.
    pub(super) fn end(&mut self) {
        self.draw();
        if self.is_shown {
            let _ = writeln!(io::stderr());
        }
    }

    fn draw(&mut self) {
        if !self.is_shown {
            return;
        }
        self.drawn = Some(Instant::now());
        let text = self.text(self.started.elapsed());
        // A line that wraps could not be taken away.
        let text: String = text.chars().take(self.context.environment.width - 1).collect();
        self.print(&if self.context.environment.utf8 { text } else { ascii(&text).into_owned() });
    }

    fn text(&self, elapsed: Duration) -> String {
        let done = self.done as u64;
        let millis = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
        let rate = (done.saturating_mul(1000) / millis).to_string();
        let words = self.context.words();
        let text = match self.total {
            None => words.format(
                "say-scanning",
                &[("done", self.done.to_string().into()), ("rate", rate.into())],
            ),
            Some(total) => {
                let left = (total as u64).saturating_sub(done);
                let left = left.saturating_mul(millis).checked_div(done);
                let left = left.map_or_else(|| "-".to_owned(), |left| clock(left / 1000));
                words.format(
                    "say-scanning-of",
                    &[
                        ("done", self.done.to_string().into()),
                        ("total", total.to_string().into()),
                        ("rate", rate.into()),
                        ("left", left.into()),
                    ],
                )
            }
        };
        let counts = self.verdicts.each().into_iter().filter(|(_, count)| *count > 0);
        let counts: Vec<String> =
            counts.map(|(verdict, count)| format!("{verdict} {count}")).collect();
        format!("{text}  {}", counts.join(", "))
    }

    fn print(&self, text: &str) {
        if self.is_shown {
            // Showing progress is no reason to stop.
            let _ = write!(io::stderr().lock(), "\r\x1b[2K{text}");
        }
    }
}

/// A time as on a clock.
fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use sigillo_findings::Severity;
    use sigillo_language::Language;

    use super::*;
    use crate::arguments::Intent;
    use crate::environment::Environment;

    #[test]
    fn the_line_says_how_far_and_how_long() {
        let environment = Environment { language: Language::English, utf8: true, width: 80 };
        let intent = Intent { json: false, language: Language::English };
        let context = Context::new(&environment, intent, Severity::Error);
        let mut line = ProgressLine::new(&context);
        line.is_shown = false;
        for verdict in [Some(Verdict::Absent), Some(Verdict::Absent), None, Some(Verdict::Broken)] {
            line.add(verdict);
        }
        let second = Duration::from_secs(1);
        assert_eq!(line.text(second), "4 done, 4 a second  broken 1, absent 2");
        line.expect(Some(14_408));
        assert_eq!(
            line.text(second),
            "4 of 14408 done, 4 a second, 1:00:01 left  broken 1, absent 2"
        );
        line.expect(Some(44));
        assert!(line.text(second).contains(" 0:10 left"));
    }
}
