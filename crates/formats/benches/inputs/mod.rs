//! The inputs of the benchmarks: the files of `benches/inputs/`, one JSON value a line.

use serde::de::DeserializeOwned;

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
        read_lines(self.name, self.lines)
    }
}

/// Reads a file with a JSON value a line.
#[expect(clippy::panic, reason = "there is nothing to measure without inputs")]
pub(crate) fn read_lines<T: DeserializeOwned>(name: &str, lines: &str) -> Vec<T> {
    lines
        .lines()
        .map(|line| match serde_json::from_str(line) {
            Ok(value) => value,
            Err(error) => panic!("benches/inputs/{name}.jsonl: {error}: {line}"),
        })
        .collect()
}
