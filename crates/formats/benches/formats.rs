//! How many texts a second one core reads: `cargo bench -p sigillo-formats --bench formats`.
//!
//! `docs/benchmarks.md` has the figures and says how they were taken.

mod inputs;

use std::time::Duration;

use divan::counter::ItemsCount;
use divan::{Bencher, Divan, black_box, black_box_drop};
use inputs::Texts;

fn main() {
    // Long enough to see the machine at its best between other programs.
    Divan::default().min_time(Duration::from_secs(2)).config_with_args().main();
}

/// Measures a reader over all texts of a kind; what it gives is dropped within the time.
fn over<T>(bencher: Bencher<'_, '_>, texts: &Texts, read: impl Fn(&[u8]) -> T) {
    let texts = texts.read();
    bencher.counter(ItemsCount::new(texts.len())).bench_local(|| {
        for text in &texts {
            black_box_drop(read(black_box(text.as_bytes())));
        }
    });
}

/// What a sender asks: is it valid, and what does it say?
mod as_a_sender {
    use divan::Bencher;
    use sigillo_formats::{dmarc, mta_sts_record, policy, tls_rpt_record};

    use super::{inputs, over};

    #[divan::bench]
    fn policies(bencher: Bencher<'_, '_>) {
        over(bencher, &inputs::POLICIES, |text| policy::parse(text).into_policy());
    }

    #[divan::bench]
    fn policies_as_found(bencher: Bencher<'_, '_>) {
        over(bencher, &inputs::POLICIES_AS_FOUND, |text| policy::parse(text).into_policy());
    }

    #[divan::bench]
    fn mta_sts_records(bencher: Bencher<'_, '_>) {
        over(bencher, &inputs::MTA_STS_RECORDS, |text| mta_sts_record::parse(text).into_record());
    }

    #[divan::bench]
    fn tls_rpt_records(bencher: Bencher<'_, '_>) {
        over(bencher, &inputs::TLS_RPT_RECORDS, |text| tls_rpt_record::parse(text).into_record());
    }

    #[divan::bench]
    fn dmarc_records(bencher: Bencher<'_, '_>) {
        over(bencher, &inputs::DMARC_RECORDS, |text| dmarc::parse(text).into_record());
    }
}

/// What a checker asks: everything there is to say about the text, not yet put into words.
mod with_findings {
    use divan::Bencher;
    use sigillo_formats::{dmarc, mta_sts_record, policy, tls_rpt_record};

    use super::{inputs, over};

    #[divan::bench]
    fn policies(bencher: Bencher<'_, '_>) {
        over(bencher, &inputs::POLICIES, |text| policy::parse(text).findings());
    }

    #[divan::bench]
    fn policies_as_found(bencher: Bencher<'_, '_>) {
        over(bencher, &inputs::POLICIES_AS_FOUND, |text| policy::parse(text).findings());
    }

    #[divan::bench]
    fn mta_sts_records(bencher: Bencher<'_, '_>) {
        over(bencher, &inputs::MTA_STS_RECORDS, |text| mta_sts_record::parse(text).findings());
    }

    #[divan::bench]
    fn tls_rpt_records(bencher: Bencher<'_, '_>) {
        over(bencher, &inputs::TLS_RPT_RECORDS, |text| tls_rpt_record::parse(text).findings());
    }

    #[divan::bench]
    fn dmarc_records(bencher: Bencher<'_, '_>) {
        over(bencher, &inputs::DMARC_RECORDS, |text| dmarc::parse(text).findings());
    }
}

/// Which MX hosts a policy allows; its patterns are read beforehand, as in a sender's cache.
mod matching {
    use divan::counter::ItemsCount;
    use divan::{Bencher, black_box};
    use serde::Deserialize;
    use sigillo_formats::{DomainName, MxPattern};

    use super::inputs;

    /// An MX host and the patterns of a policy; about two of three hosts are allowed.
    #[derive(Deserialize)]
    struct Case {
        host: String,
        patterns: Vec<String>,
    }

    #[divan::bench]
    fn mx_hosts_against_patterns(bencher: Bencher<'_, '_>) {
        let lines = include_str!("../../../benches/inputs/mx-matches.jsonl");
        let cases: Vec<(DomainName, Vec<MxPattern>)> = inputs::read_lines("mx-matches", lines)
            .iter()
            .filter_map(|Case { host, patterns }| {
                let patterns = patterns.iter().map(|pattern| MxPattern::parse(pattern).ok());
                Some((DomainName::parse(host).ok()?, patterns.collect::<Option<_>>()?))
            })
            .collect();
        bencher.counter(ItemsCount::new(cases.len())).bench_local(|| {
            let allowed = |(host, patterns): &&(DomainName, Vec<MxPattern>)| {
                black_box(patterns).iter().any(|pattern| pattern.matches(black_box(host)))
            };
            cases.iter().filter(allowed).count()
        });
    }
}
