use std::net::Ipv4Addr;

use sigillo_formats::limits::{DOMAIN_NAME_BYTES, LABEL_BYTES};
use sigillo_formats::record::ReportUri;
use sigillo_formats::tls_rpt_record::{self, TlsRptRecord};
use sigillo_formats::{DomainName, MxPattern};

/// A domain name, as formats carry it and as people write it.
pub fn domain_name(data: &[u8]) {
    let name = DomainName::from_ascii(data);
    assert_eq!(name.is_ok(), is_name(data), "the grammar: {name:?}");
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if let Ok(name) = &name {
        assert_eq!(name.as_str(), text.to_ascii_lowercase());
        assert_eq!(DomainName::parse(text), Ok(name.clone()));
        assert_eq!(DomainName::parse(&format!("{text}.")), Ok(name.clone()));
    }
    if let Ok(name) = DomainName::parse(text) {
        check_name(&name);
    }
}

/// The grammar once more, in so many words (RFC 5321 §4.1.2, RFC 1035 §2.3.4).
fn is_name(text: &[u8]) -> bool {
    let is_label = |label: &[u8]| {
        (1..=LABEL_BYTES).contains(&label.len())
            && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
            && label.first() != Some(&b'-')
            && label.last() != Some(&b'-')
    };
    let is_address = str::from_utf8(text).is_ok_and(|text| text.parse::<Ipv4Addr>().is_ok());
    text.len() <= DOMAIN_NAME_BYTES && text.split(|byte| *byte == b'.').all(is_label) && !is_address
}

fn check_name(name: &DomainName) {
    let text = name.as_str();
    assert_eq!(DomainName::from_ascii(text.as_bytes()), Ok(name.clone()), "what is written");
    assert_eq!(DomainName::parse(text), Ok(name.clone()), "what is written");
    assert_eq!(name.is_single_label(), name.labels().count() == 1);
    assert_eq!(name.labels().collect::<Vec<_>>().join("."), text);
    let registrable = name.registrable();
    assert_eq!(DomainName::from_ascii(registrable.as_str().as_bytes()), Ok(registrable.clone()));
    assert!(name.is_within(&registrable) && name.is_within(name));
    if let Ok(below) = name.with_prefix("mta-sts") {
        assert!(below.is_within(name) && !name.is_within(&below));
        assert_eq!(below.parent(), Some(text));
    }
    let unicode = name.to_unicode();
    assert_eq!(DomainName::parse(&unicode), Ok(name.clone()), "{unicode}");
}

/// An MX pattern on the first line, hosts on the others.
pub fn mx_pattern(data: &[u8]) {
    let mut lines = data.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let read = MxPattern::from_ascii(first);
    let Ok(text) = str::from_utf8(first) else {
        assert!(read.is_err());
        return;
    };
    if let Ok(pattern) = &read {
        assert_eq!(MxPattern::parse(text), Ok(pattern.clone()));
    }
    let Ok(pattern) = MxPattern::parse(text) else {
        return;
    };
    let written = pattern.to_string();
    assert_eq!(MxPattern::from_ascii(written.as_bytes()), Ok(pattern.clone()), "{written}");
    assert!(pattern.covers(&pattern));
    for line in lines.take(20) {
        if let Ok(host) = DomainName::from_ascii(line) {
            check_match(&pattern, &host);
        }
    }
}

/// Compares with matching by labels (RFC 8461 §4.1).
fn check_match(pattern: &MxPattern, host: &DomainName) {
    let wanted: Vec<&str> = pattern.name().labels().collect();
    let given: Vec<&str> = host.labels().skip(usize::from(pattern.is_wildcard())).collect();
    let as_long = host.labels().count() == wanted.len() + usize::from(pattern.is_wildcard());
    assert_eq!(pattern.matches(host), as_long && wanted == given, "{pattern} {host}");
    let other = MxPattern::host(host.clone());
    assert_eq!(pattern.covers(&other), pattern.matches(host), "{pattern} {host}");
}

/// A URI for reports, as records carry it and as people write it.
pub fn report_uri(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if let Ok(uri) = ReportUri::parse(text) {
        assert_eq!(uri.as_str(), text, "nothing is changed");
        check_uri(&uri);
        assert_eq!(ReportUri::from_person(text), Ok(uri), "what a record has, a person may write");
    }
    if let Ok(uri) = ReportUri::from_person(text) {
        check_uri(&uri);
    }
}

fn check_uri(uri: &ReportUri) {
    let text = uri.as_str();
    assert_eq!(ReportUri::parse(text), Ok(uri.clone()));
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic() && !b",;!".contains(&byte)), "{text}");
    assert!(uri.mailbox_domain().is_some() != uri.web_host().is_some(), "{text}");
    let record = TlsRptRecord::new(vec![uri.clone(), uri.clone()]);
    let written = record.as_ref().map(ToString::to_string).unwrap_or_default();
    assert_eq!(tls_rpt_record::parse(written.as_bytes()).into_record(), record, "{written}");
}
