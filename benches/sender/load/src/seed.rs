//! Policies for caches to be filled with, in the form that `sigillo cache import` reads.

use std::io::{self, BufWriter, Write};

use crate::failure::Failure;
use crate::names::{self, HIT};

/// What to do.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How many domains
    #[arg(long)]
    domains: u32,
    /// When the policies were fetched: `date -u +%FT%TZ`. They count for a week
    #[arg(long)]
    fetched_at: String,
}

/// Writes the policies, one JSON object a line.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut output = BufWriter::new(io::stdout().lock());
    for number in 0..arguments.domains {
        let line = line(number, &arguments.fetched_at);
        writeln!(output, "{line}").map_err(Failure::Output)?;
    }
    output.flush().map_err(Failure::Output)
}

fn line(number: u32, fetched_at: &str) -> serde_json::Value {
    let domain = names::domain(number, HIT);
    let policy = names::policy(&domain);
    serde_json::json!({ "domain": domain, "id": "1", "fetched_at": fetched_at, "policy": policy })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_everything_that_a_cache_keeps() {
        assert_eq!(
            line(7, "2026-11-25T00:00:00Z").to_string(),
            concat!(
                r#"{"domain":"d0000007.hit.bench.test","id":"1","fetched_at":"2026-11-25T00:00:00Z","#,
                r#""policy":"version: STSv1\nmode: enforce\nmx: mx.d0000007.hit.bench.test\nmax_age: 604800\n"}"#,
            )
        );
    }
}
