//! The inputs of the benchmarks: the files of `benches/inputs/`, one JSON value a line.

use sigillo_formats::{DomainName, MxPattern};

/// Texts of one kind.
pub(crate) struct Texts {
    /// The name of the file, without its ending.
    pub(crate) name: &'static str,
    lines: &'static str,
}

/// Valid policies, half with one or two MX patterns and half with five.
pub(crate) const POLICIES: Texts =
    Texts { name: "policies", lines: include_str!("../../../../benches/inputs/policies.jsonl") };

/// Policies as they are found: a quarter with a slip, which most often makes them invalid.
pub(crate) const POLICIES_AS_FOUND: Texts = Texts {
    name: "policies-as-found",
    lines: include_str!("../../../../benches/inputs/policies-as-found.jsonl"),
};

/// MTA-STS records, a tenth with a slip.
pub(crate) const MTA_STS_RECORDS: Texts = Texts {
    name: "mta-sts-records",
    lines: include_str!("../../../../benches/inputs/mta-sts-records.jsonl"),
};

/// TLS-RPT records, a tenth with a slip.
pub(crate) const TLS_RPT_RECORDS: Texts = Texts {
    name: "tls-rpt-records",
    lines: include_str!("../../../../benches/inputs/tls-rpt-records.jsonl"),
};

/// DMARC records, a tenth with a slip.
pub(crate) const DMARC_RECORDS: Texts = Texts {
    name: "dmarc-records",
    lines: include_str!("../../../../benches/inputs/dmarc-records.jsonl"),
};

impl Texts {
    /// Reads the texts.
    pub(crate) fn read(&self) -> Vec<String> {
        let text = |line| serde_json::from_str(line).unwrap_or_else(|_| bad_line(self.name, line));
        self.lines.lines().map(text).collect()
    }
}

/// An MX host and the patterns of a policy that may allow it.
pub(crate) struct MxMatch {
    pub(crate) host: DomainName,
    pub(crate) patterns: Vec<MxPattern>,
}

/// Reads the hosts and patterns; about two of three hosts are allowed.
pub(crate) fn mx_matches() -> Vec<MxMatch> {
    let read = |line| -> Option<MxMatch> {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        let host = DomainName::parse(value.get("host")?.as_str()?).ok()?;
        let patterns = value.get("patterns")?.as_array()?;
        let patterns = patterns.iter().map(|text| MxPattern::parse(text.as_str()?).ok());
        Some(MxMatch { host, patterns: patterns.collect::<Option<_>>()? })
    };
    include_str!("../../../../benches/inputs/mx-matches.jsonl")
        .lines()
        .map(|line| read(line).unwrap_or_else(|| bad_line("mx-matches", line)))
        .collect()
}

#[expect(clippy::panic, reason = "there is nothing to measure without inputs")]
fn bad_line(name: &str, line: &str) -> ! {
    panic!("benches/inputs/{name}.jsonl: {line}");
}
