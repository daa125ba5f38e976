//! One round of the comparison with other programs: `benches/peers/run` starts it.
//!
//! Prints a JSON object a line: what was read, how, how many texts there are, how many of them were
//! accepted, and how many a second were read in the fastest of many passes.

mod inputs;

use std::hint::black_box;
use std::time::{Duration, Instant};

use inputs::Texts;
use sigillo_findings::Finding;
use sigillo_formats::{dmarc, mta_sts_record, policy, tls_rpt_record};

/// How long each is done again and again.
const LONG_ENOUGH: Duration = Duration::from_millis(500);

fn main() {
    for policies in [&inputs::POLICIES, &inputs::POLICIES_AS_FOUND] {
        compare(
            policies,
            |text| policy::parse(text).into_policy().is_some(),
            |text| policy::parse(text).findings(),
        );
    }
    compare(
        &inputs::MTA_STS_RECORDS,
        |text| mta_sts_record::parse(text).into_record().is_some(),
        |text| mta_sts_record::parse(text).findings(),
    );
    compare(
        &inputs::TLS_RPT_RECORDS,
        |text| tls_rpt_record::parse(text).into_record().is_some(),
        |text| tls_rpt_record::parse(text).findings(),
    );
    compare(
        &inputs::DMARC_RECORDS,
        |text| dmarc::parse(text).into_record().is_some(),
        |text| dmarc::parse(text).findings(),
    );
}

/// Measures what a sender asks of texts, and what a checker does.
fn compare(texts: &Texts, accepts: fn(&[u8]) -> bool, findings: fn(&[u8]) -> Vec<Finding>) {
    let name = texts.name;
    let texts = texts.read();
    measure(name, "sender", &texts, |text| accepts(text.as_bytes()));
    // Every text is read, whatever there is to say about it.
    measure(name, "findings", &texts, |text| {
        black_box(findings(text.as_bytes()));
        true
    });
}

fn measure<T>(name: &str, how: &str, items: &[T], accepts: impl Fn(&T) -> bool) {
    let pass = || items.iter().filter(|item| accepts(black_box(item))).count();
    let accepted = pass();
    let begin = Instant::now();
    let mut fastest = Duration::MAX;
    while begin.elapsed() < LONG_ENOUGH {
        let start = Instant::now();
        black_box(pass());
        fastest = fastest.min(start.elapsed());
    }
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    let per_second = f64::from(count) / fastest.as_secs_f64();
    let line = serde_json::json!({
        "who": "sigillo",
        "what": name,
        "how": how,
        "items": count,
        "accepted": accepted,
        "per_second": per_second.round(),
    });
    println!("{line}");
}
