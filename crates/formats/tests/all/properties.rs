//! What holds for any input at all.

use proptest::prelude::*;
use sigillo_findings::{Finding, LISTED_PER_CODE};
use sigillo_formats::dmarc::{self, DmarcRecord};
use sigillo_formats::mta_sts_record::{self, MtaStsRecord, PolicyId};
use sigillo_formats::policy::{self, Extension, MaxAge, Mode, Policy};
use sigillo_formats::record::{RecordExtension, ReportUri};
use sigillo_formats::tls_rpt_record::{self, TlsRptRecord};
use sigillo_formats::{DomainName, Kind, MxPattern};

fn domain_name() -> impl Strategy<Value = DomainName> {
    "[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?(\\.[a-z]([a-z0-9-]{0,20}[a-z0-9])?){1,4}"
        .prop_filter_map("a name", |text| DomainName::parse(&text).ok())
}

fn mx_pattern() -> impl Strategy<Value = MxPattern> {
    (domain_name(), any::<bool>()).prop_map(|(name, wildcard)| {
        if wildcard { MxPattern::wildcard(name) } else { MxPattern::host(name) }
    })
}

fn policy() -> impl Strategy<Value = Policy> {
    let mode = prop_oneof![Just(Mode::Enforce), Just(Mode::Testing), Just(Mode::None)];
    let max_age = (0..=31_557_600_u64).prop_map(|age| MaxAge::from_seconds(age).unwrap());
    let mx = prop::collection::vec(mx_pattern(), 1..6);
    let extensions = prop::collection::vec(("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,31}", "\\PC{1,30}"), 0..4);
    (mode, max_age, mx, extensions).prop_map(|(mode, max_age, mx, extensions)| {
        let policy = Policy::new(mode, max_age, mx).unwrap();
        extensions.iter().fold(policy, |policy, (name, value)| match Extension::new(name, value) {
            Ok(extension) => policy.clone().with_extension(extension).unwrap_or(policy),
            Err(_) => policy,
        })
    })
}

fn report_uri() -> impl Strategy<Value = ReportUri> {
    prop_oneof![
        ("[a-z0-9.+=_-]{1,20}", domain_name())
            .prop_map(|(local, domain)| format!("{local}@{domain}")),
        (domain_name(), "(/[a-z0-9!,;]{0,10}){0,3}")
            .prop_map(|(host, path)| format!("https://{host}{path}")),
    ]
    .prop_filter_map("a URI", |text| ReportUri::from_person(&text).ok())
}

fn record_extensions() -> impl Strategy<Value = Vec<RecordExtension>> {
    prop::collection::vec(("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,31}", "[!-~]{1,20}"), 0..4).prop_map(
        |pairs| {
            pairs
                .iter()
                .filter_map(|(name, value)| RecordExtension::new(name, value).ok())
                .collect()
        },
    )
}

/// Text that is nearly a policy or record: the parts that rules look at, shuffled.
fn near_text() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        Just(b"version: STSv1\n".to_vec()),
        Just(b"mode: enforce\n".to_vec()),
        Just(b"mx: ".to_vec()),
        Just(b"max_age: ".to_vec()),
        Just(b"v=STSv1;".to_vec()),
        Just(b"v=DMARC1;".to_vec()),
        Just(b"v=TLSRPTv1; rua=mailto:".to_vec()),
        Just(b"p=reject; rua=".to_vec()),
        Just(b"id=".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"\\".to_vec()),
        Just(b"\xef\xbb\xbf".to_vec()),
        Just("bücher.example".as_bytes().to_vec()),
        Just(b"*.".to_vec()),
        "[ -~]{0,12}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

/// A finding stands inside the text, and its fix does too.
fn assert_inside(text: &[u8], findings: &[Finding]) {
    for finding in findings {
        let spans = finding.span().into_iter().chain(finding.fix().map(|fix| fix.span));
        for span in spans {
            assert!(span.end() <= text.len(), "{finding:?}");
        }
    }
}

fn judge_by_all(text: &[u8]) {
    for kind in Kind::ALL {
        let judged = kind.judge(text);
        assert_inside(judged.text(text), &judged.findings);
        let _ = judged.render(text, sigillo_language::Language::Italian);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_judged(text in prop::collection::vec(any::<u8>(), 0..400)) {
        judge_by_all(&text);
    }

    #[test]
    fn anything_near_is_judged(text in near_text()) {
        judge_by_all(&text);
    }

    #[test]
    fn a_policy_survives_printing(policy in policy()) {
        let text = policy.to_string();
        prop_assert_eq!(policy::parse(text.as_bytes()).into_policy(), Some(policy));
    }

    #[test]
    fn printing_is_canonical(text in near_text()) {
        if let Some(policy) = policy::parse(&text).into_policy() {
            let printed = policy.to_string();
            let again = policy::parse(printed.as_bytes()).into_policy().map(|policy| policy.to_string());
            prop_assert_eq!(again, Some(printed));
        }
    }

    #[test]
    fn an_mta_sts_record_survives_printing(id in "[a-zA-Z0-9]{1,32}", extensions in record_extensions()) {
        let record = extensions.into_iter().fold(
            MtaStsRecord::new(PolicyId::parse(&id).unwrap()),
            MtaStsRecord::with_extension,
        );
        let text = record.to_string();
        prop_assert_eq!(mta_sts_record::parse(text.as_bytes()).into_record(), Some(record));
    }

    #[test]
    fn a_tls_rpt_record_survives_printing(
        rua in prop::collection::vec(report_uri(), 1..4),
        extensions in record_extensions(),
    ) {
        let record = extensions
            .into_iter()
            .fold(TlsRptRecord::new(rua).unwrap(), TlsRptRecord::with_extension);
        let text = record.to_string();
        prop_assert_eq!(tls_rpt_record::parse(text.as_bytes()).into_record(), Some(record));
    }

    #[test]
    fn a_dmarc_record_survives_printing(record in dmarc_record()) {
        let text = record.to_string();
        prop_assert_eq!(dmarc::parse(text.as_bytes()).into_record(), Some(record));
    }

    #[test]
    fn a_pattern_covers_what_the_covered_matches(a in mx_pattern(), b in mx_pattern(), label in "[a-z]{1,5}") {
        let candidates = [
            b.name().clone(),
            b.name().with_prefix(&label).unwrap(),
            a.name().with_prefix(&label).unwrap(),
        ];
        if a.covers(&b) {
            for host in candidates {
                prop_assert!(!b.matches(&host) || a.matches(&host));
            }
        }
    }
}

fn dmarc_record() -> impl Strategy<Value = DmarcRecord> {
    use dmarc::{Alignment, Disposition, FailureOptions, PublicSuffixDomain, UnknownTag};

    let disposition = || prop::sample::select(&Disposition::ALL[..]);
    let alignment = || prop_oneof![Just(Alignment::Relaxed), Just(Alignment::Strict)];
    let mailbox = || {
        prop::collection::vec(
            report_uri().prop_filter("a mailbox", |uri| uri.mailbox_domain().is_some()),
            0..3,
        )
    };
    let psd = prop_oneof![
        Just(PublicSuffixDomain::Yes),
        Just(PublicSuffixDomain::No),
        Just(PublicSuffixDomain::Unknown)
    ];
    let policies =
        (disposition(), prop::option::of(disposition()), prop::option::of(disposition()));
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let unknown = prop::option::of("[ -:<-~]{1,12}");
    (policies, (alignment(), alignment()), flags, (mailbox(), mailbox()), psd, unknown).prop_map(
        |((p, sp, np), (adkim, aspf), (any, dkim, spf, t), (rua, ruf), psd, unknown)| DmarcRecord {
            p,
            sp,
            np,
            adkim,
            aspf,
            fo: FailureOptions { any, dkim, spf },
            rua,
            ruf,
            psd,
            t,
            unknown: unknown
                .and_then(|value| UnknownTag::new("other", &value))
                .into_iter()
                .collect(),
        },
    )
}

#[test]
fn large_hostile_texts_are_answered_with_short_lists() {
    let patterns: [&[u8]; 12] = [
        b"\n",
        b"\r",
        b":\n",
        b"a",
        b"x:y\n",
        b"mx: *\n",
        b"mx: a.example\n",
        b";",
        b"a=b;",
        b"\xff",
        b"\"",
        b"\\",
    ];
    for pattern in patterns {
        let text = pattern.repeat(10 * 1024 * 1024 / pattern.len());
        // Reports have hostile texts of their own, in their own tests.
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Report) {
            let judged = kind.judge(&text);
            assert!(!judged.valid);
            assert!(
                judged.findings.len() <= 8 * LISTED_PER_CODE,
                "{kind}: {}",
                judged.findings.len()
            );
        }
    }
}
