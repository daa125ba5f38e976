//! What a file of results comes to.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Read as _};
use std::str::FromStr as _;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sigillo_check::Verdict;
use sigillo_findings::Code;

use crate::results::LINE_BYTES;

/// What a file of results comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Totals {
    /// The version of this layout: 1.
    pub schema: u32,
    /// How many domains were looked at.
    pub domains: u64,
    /// How many of them have an MTA-STS record, in whatever state: those whose verdict is neither
    /// `absent` nor `unknown`.
    pub adopted: u64,
    /// How many domains have each verdict.
    pub verdicts: Verdicts,
    /// Of how many domains each code was found.
    pub findings: BTreeMap<String, u64>,
    /// How many lines of the list were no domain names.
    pub invalid: u64,
    /// How many lines of the file are no results, a torn last one included.
    pub unreadable: u64,
}

/// How many domains have each verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Verdicts {
    /// Senders refuse hosts that fail the policy, and none does.
    pub enforced: u64,
    /// Senders deliver all the same and report what fails.
    pub testing: u64,
    /// Mode none.
    pub disabled: u64,
    /// A record is there, but senders can't use the policy.
    pub broken: u64,
    /// Some MX host fails the policy.
    pub failing: u64,
    /// There is no MTA-STS.
    pub absent: u64,
    /// It could not be looked at.
    pub unknown: u64,
}

/// What is read of a line.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Report { schema: u32, verdict: String, findings: Vec<LineFinding> },
    Invalid(InvalidLine),
}

#[derive(Deserialize)]
struct LineFinding {
    code: String,
}

#[derive(Deserialize)]
struct InvalidLine {
    schema: u32,
    // That it is there is what matters.
    #[serde(rename = "error")]
    _error: LineError,
}

#[derive(Deserialize)]
struct LineError {
    #[serde(rename = "code")]
    _code: String,
}

impl Totals {
    /// Sums up the lines of a file.
    ///
    /// # Errors
    /// If the source can't be read.
    pub fn read(mut source: impl BufRead) -> io::Result<Self> {
        let mut totals = Self { schema: 1, ..Self::default() };
        let mut line = Vec::new();
        loop {
            line.clear();
            if source.by_ref().take(LINE_BYTES).read_until(b'\n', &mut line)? == 0 {
                return Ok(totals);
            }
            if !line.trim_ascii().is_empty() {
                totals.add(&line);
            }
        }
    }

    fn add(&mut self, line: &[u8]) {
        match serde_json::from_slice(line) {
            Ok(Line::Report { schema: 1, verdict, findings }) => {
                let Some(verdict) = Verdict::ALL.into_iter().find(|it| it.name() == verdict) else {
                    self.unreadable += 1;
                    return;
                };
                self.domains += 1;
                self.verdicts.add(verdict);
                let is_adopted = !matches!(verdict, Verdict::Absent | Verdict::Unknown);
                self.adopted += u64::from(is_adopted);
                // Codes that we know, so that a hostile file doesn't fill the memory.
                let codes: BTreeSet<&str> = findings
                    .iter()
                    .filter_map(|finding| Code::from_str(&finding.code).ok().map(Code::name))
                    .collect();
                for code in codes {
                    *self.findings.entry(code.to_owned()).or_default() += 1;
                }
            }
            Ok(Line::Invalid(InvalidLine { schema: 1, .. })) => self.invalid += 1,
            _ => self.unreadable += 1,
        }
    }
}

impl Verdicts {
    /// The verdicts by their names, the best first.
    #[must_use]
    pub fn each(&self) -> [(Verdict, u64); 7] {
        Verdict::ALL.map(|verdict| {
            let mut counts = *self;
            (verdict, *counts.of(verdict))
        })
    }

    /// Counts a domain.
    pub const fn add(&mut self, verdict: Verdict) {
        *self.of(verdict) += 1;
    }

    const fn of(&mut self, verdict: Verdict) -> &mut u64 {
        match verdict {
            Verdict::Enforced => &mut self.enforced,
            Verdict::Testing => &mut self.testing,
            Verdict::Disabled => &mut self.disabled,
            Verdict::Broken => &mut self.broken,
            Verdict::Failing => &mut self.failing,
            Verdict::Absent => &mut self.absent,
            Verdict::Unknown => &mut self.unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_summed_up() {
        let text = r#"
{"schema":1,"domain":"a.example","verdict":"absent","summary":"","findings":[],"elapsed_ms":1}
{"schema":1,"domain":"b.example","verdict":"broken","findings":[{"code":"mx-not-covered"},{"code":"mx-not-covered"},{"code":"made-up"}]}
{"schema":1,"domain":"b c","error":{"code":"not-a-domain","message":"no"}}
{"schema":2,"domain":"d.example","verdict":"absent","findings":[]}
{"schema":1,"dom"#;
        let totals = Totals::read(text.as_bytes()).unwrap();
        assert_eq!((totals.domains, totals.adopted), (2, 1));
        assert_eq!((totals.invalid, totals.unreadable), (1, 2));
        assert_eq!((totals.verdicts.absent, totals.verdicts.broken), (1, 1));
        assert_eq!(totals.findings, BTreeMap::from([("mx-not-covered".to_owned(), 1)]));
    }

    #[test]
    fn every_verdict_is_counted() {
        for verdict in Verdict::ALL {
            let line = format!(r#"{{"schema":1,"verdict":"{verdict}","findings":[]}}"#);
            let totals = Totals::read(line.as_bytes()).unwrap();
            let counted = totals.verdicts.each().into_iter().find(|(_, count)| *count == 1);
            assert_eq!(counted, Some((verdict, 1)));
        }
    }
}
