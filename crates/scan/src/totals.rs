//! What a file of results comes to.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Read as _};
use std::str::FromStr as _;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sigillo_check::Verdict;
use sigillo_findings::Code;
use sigillo_generate::provider::Provider;

use crate::results::LINE_BYTES;
use crate::verdicts::Verdicts;

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
    /// How many of these have a record and a policy that senders can use, whether all MX hosts
    /// keep to it (`enforced`, `testing`, `disabled`) or not (`failing`).
    pub valid: u64,
    /// How many domains have each verdict.
    pub verdicts: Verdicts,
    /// Why domains are `broken`: how many of them have each code as their most urgent error.
    pub broken: BTreeMap<String, u64>,
    /// Why domains are `failing`, likewise.
    pub failing: BTreeMap<String, u64>,
    /// Those that have a record by who receives their mail, the provider with the most first. A
    /// domain that several receive for counts for each.
    pub providers: Vec<ProviderTotals>,
    /// Of how many domains each code was found.
    pub findings: BTreeMap<String, u64>,
    /// How many lines of the list were no domain names.
    pub invalid: u64,
    /// How many lines of the file are no results, a torn last one included.
    pub unreadable: u64,
}

/// What the domains with a record of one provider come to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProviderTotals {
    /// The preset of `generate` that recognises the provider; null for the domains of which no
    /// provider was recognised.
    pub provider: Option<String>,
    /// How many domains with a record it receives mail for.
    pub adopted: u64,
    /// How many of these have a record and a policy that senders can use.
    pub valid: u64,
    /// How many of them have each verdict.
    pub verdicts: Verdicts,
    /// Why they are `broken`: how many of them have each code as their most urgent error.
    pub broken: BTreeMap<String, u64>,
    /// Why they are `failing`, likewise.
    pub failing: BTreeMap<String, u64>,
}

/// What is read of a line.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Report {
        schema: u32,
        verdict: String,
        findings: Vec<LineFinding>,
        // Lines of earlier versions have none.
        #[serde(default)]
        providers: Vec<String>,
    },
    Invalid(InvalidLine),
}

#[derive(Deserialize)]
struct LineFinding {
    code: String,
    #[serde(default)]
    severity: String,
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
        let mut by_provider = ByProvider::new();
        let mut line = Vec::new();
        loop {
            line.clear();
            if source.by_ref().take(LINE_BYTES).read_until(b'\n', &mut line)? == 0 {
                totals.providers = by_provider.into_values().collect();
                totals.providers.sort_by_key(|provider| Reverse(provider.adopted));
                return Ok(totals);
            }
            if !line.trim_ascii().is_empty() {
                totals.add(&line, &mut by_provider);
            }
        }
    }

    fn add(&mut self, line: &[u8], by_provider: &mut ByProvider) {
        match serde_json::from_slice(line) {
            Ok(Line::Report { schema: 1, verdict, findings, providers }) => {
                let Some(verdict) = Verdict::ALL.into_iter().find(|it| it.name() == verdict) else {
                    self.unreadable += 1;
                    return;
                };
                self.domains += 1;
                self.verdicts.add(verdict);
                let codes: BTreeSet<&str> = findings.iter().filter_map(LineFinding::code).collect();
                for code in codes {
                    count(&mut self.findings, code);
                }
                if matches!(verdict, Verdict::Absent | Verdict::Unknown) {
                    return;
                }
                self.adopted += 1;
                self.valid += u64::from(verdict != Verdict::Broken);
                // Findings come most urgent first.
                let cause = findings.iter().find(|finding| finding.severity == "error");
                let cause = cause.and_then(LineFinding::code);
                count_cause(&mut self.broken, &mut self.failing, verdict, cause);
                for provider in known(&providers) {
                    by_provider.entry(provider).or_default().add(provider, verdict, cause);
                }
            }
            Ok(Line::Invalid(InvalidLine { schema: 1, .. })) => self.invalid += 1,
            _ => self.unreadable += 1,
        }
    }
}

/// By the presets of the providers, none first.
type ByProvider = BTreeMap<Option<&'static str>, ProviderTotals>;

impl ProviderTotals {
    fn add(&mut self, provider: Option<&str>, verdict: Verdict, cause: Option<&str>) {
        self.provider = provider.map(str::to_owned);
        self.adopted += 1;
        self.valid += u64::from(verdict != Verdict::Broken);
        self.verdicts.add(verdict);
        count_cause(&mut self.broken, &mut self.failing, verdict, cause);
    }
}

impl LineFinding {
    /// The code if we know it, so that a hostile file doesn't fill the memory.
    fn code(&self) -> Option<&'static str> {
        Code::from_str(&self.code).ok().map(Code::name)
    }
}

/// The providers that we know, each once; none where there is no such.
fn known(providers: &[String]) -> BTreeSet<Option<&'static str>> {
    let all = Provider::all().iter().map(Provider::id);
    let known: BTreeSet<_> =
        all.filter(|id| providers.iter().any(|name| name == id)).map(Some).collect();
    if known.is_empty() { BTreeSet::from([None]) } else { known }
}

fn count(counts: &mut BTreeMap<String, u64>, code: &str) {
    *counts.entry(code.to_owned()).or_default() += 1;
}

fn count_cause(
    broken: &mut BTreeMap<String, u64>,
    failing: &mut BTreeMap<String, u64>,
    verdict: Verdict,
    cause: Option<&str>,
) {
    match (verdict, cause) {
        (Verdict::Broken, Some(code)) => count(broken, code),
        (Verdict::Failing, Some(code)) => count(failing, code),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

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
    fn those_with_a_record_are_told_apart_by_cause_and_provider() {
        let mut text = String::new();
        for (verdict, providers, codes) in [
            ("enforced", r#""microsoft365""#, &[][..]),
            ("testing", "", &[("policy-mode-testing", "hint")]),
            (
                "broken",
                r#""microsoft365""#,
                &[("http-status", "error"), ("policy-mx-missing", "error")],
            ),
            ("broken", r#""microsoft365","made-up""#, &[("http-status", "error")]),
            ("broken", "", &[("record-id-invalid", "error")]),
            ("failing", r#""microsoft365","google-workspace""#, &[("mx-not-covered", "error")]),
            ("absent", r#""microsoft365""#, &[("http-status", "error")]),
            ("unknown", "", &[("dns-timeout", "error")]),
        ] {
            let finding = |(code, severity): &(&str, &str)| {
                format!(r#"{{"code":"{code}","severity":"{severity}"}}"#)
            };
            let findings: Vec<String> = codes.iter().map(finding).collect();
            let findings = findings.join(",");
            writeln!(
                text,
                r#"{{"schema":1,"verdict":"{verdict}","providers":[{providers}],"findings":[{findings}]}}"#
            )
            .unwrap();
        }
        let totals = Totals::read(text.as_bytes()).unwrap();
        assert_eq!((totals.domains, totals.adopted, totals.valid), (8, 6, 3));
        let counts = |counts: &BTreeMap<String, u64>| format!("{counts:?}");
        assert_eq!(counts(&totals.broken), r#"{"http-status": 2, "record-id-invalid": 1}"#);
        assert_eq!(counts(&totals.failing), r#"{"mx-not-covered": 1}"#);
        let providers: Vec<_> = totals
            .providers
            .iter()
            .map(|it| (it.provider.as_deref(), it.adopted, it.valid, counts(&it.broken)))
            .collect();
        assert_eq!(
            providers,
            [
                (Some("microsoft365"), 4, 2, r#"{"http-status": 2}"#.to_owned()),
                (None, 2, 1, r#"{"record-id-invalid": 1}"#.to_owned()),
                (Some("google-workspace"), 1, 1, "{}".to_owned()),
            ]
        );
        assert_eq!(counts(&totals.providers[2].failing), r#"{"mx-not-covered": 1}"#);
        assert_eq!(totals.providers[0].verdicts.broken, 2);
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
