//! The words of what is wrong.

use sigillo_formats::record::ReportUriError;
use sigillo_formats::{DomainName, DomainNameError, MxPatternError};
use sigillo_language::Language;

use super::name;
use crate::options::{Fault, OptionName, domain};
use crate::words;

/// Every fault once.
fn every_fault() -> Vec<Fault> {
    let value = || "x".to_owned();
    let domain = name("example.com");
    vec![
        Fault::DomainTooLong { domain: domain.clone() },
        Fault::EarlierInvalid,
        Fault::LiveMxNeeded { provider: "Somebody" },
        Fault::MaxAgeTooLarge { value: value() },
        Fault::NoAddress,
        Fault::NoDomain,
        Fault::NoMx,
        Fault::NotAChoice { value: value(), choices: vec!["a", "b"] },
        Fault::NotADomain { value: value(), error: DomainNameError::Hyphen },
        Fault::NotADuration { value: value() },
        Fault::NotAMailbox { value: value() },
        Fault::NotAPattern { value: value(), error: MxPatternError::WildcardMisplaced },
        Fault::NotAnAddress { value: value(), error: ReportUriError::Scheme },
        Fault::NotAnId { value: value() },
        Fault::NotFailureOptions { value: value() },
        Fault::OptionNeeded { other: OptionName::Ruf },
        Fault::PolicyHostClash { value: value() },
        Fault::TooMany,
        Fault::UnknownProvider { name: value(), nearest: Vec::new() },
        Fault::UnknownRecipe { name: value(), nearest: None },
        Fault::VariantNeeded { provider: "Somebody", presets: vec![value()] },
        Fault::ZoneElsewhere { domain: domain.clone(), zone: domain },
    ]
}

#[test]
fn every_fault_has_its_words_in_both_languages() {
    let faults = every_fault();
    let codes: Vec<&str> = faults.iter().map(Fault::code).collect();
    assert_eq!(codes, Fault::CODES);
    for fault in &faults {
        for language in Language::ALL {
            for text in [fault.message(language, "the option"), fault.help(language)] {
                assert!(text.contains(' ') && !text.contains(['{', '}']), "{text}");
            }
        }
    }
}

#[test]
fn every_message_is_used() {
    let source = include_str!("../fault.rs");
    let codes = Fault::CODES.iter().flat_map(|code| [(*code).to_owned(), format!("{code}-help")]);
    let codes: Vec<String> = codes.collect();
    for name in words::options(Language::English).names() {
        assert!(codes.contains(name) || source.contains(&format!("\"{name}\"")), "{name}");
    }
}

#[test]
fn what_is_near_is_suggested() {
    let suggestion = |fault: Result<DomainName, Fault>| {
        fault.unwrap_err().suggestion(Language::English).unwrap_or_default()
    };
    for text in ["https://user@example.com:443/x?y#z", "me@example.com", "example.com/"] {
        assert_eq!(suggestion(domain(text)), "Did you mean example.com?", "{text}");
    }
    assert_eq!(suggestion(domain("a b")), "");
}
