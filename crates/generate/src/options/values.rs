//! Reading a text into the type that carries the rules.

use jiff::Timestamp;
use sigillo_formats::limits::DOMAIN_NAME_BYTES;
use sigillo_formats::mta_sts_record::PolicyId;
use sigillo_formats::policy::MaxAge;
use sigillo_formats::record::ReportUri;
use sigillo_formats::{DomainName, MxPattern, duration};

use super::{Fault, OptionError, OptionName};
use crate::{DnsFormat, IdChoice};

/// A domain name.
///
/// # Errors
/// It is none ([`Fault::NotADomain`]).
pub fn domain(text: &str) -> Result<DomainName, Fault> {
    DomainName::parse(text).map_err(|error| Fault::NotADomain { value: text.to_owned(), error })
}

/// A domain name below which a name with these labels in front still fits.
///
/// # Errors
/// It is none, or too long ([`Fault::DomainTooLong`]).
pub fn domain_below(labels: &str, text: &str) -> Result<DomainName, Fault> {
    let domain = domain(text)?;
    if labels.len() + 1 + domain.as_str().len() > DOMAIN_NAME_BYTES {
        return Err(Fault::DomainTooLong { domain });
    }
    Ok(domain)
}

/// A duration in seconds ([`duration::seconds`]).
///
/// # Errors
/// It is none ([`Fault::NotADuration`]).
pub fn seconds(text: &str) -> Result<u64, Fault> {
    duration::seconds(text).ok_or_else(|| Fault::NotADuration { value: text.to_owned() })
}

/// The domain to generate for; a name with `labels` in front must fit below it.
pub(super) fn given_domain(labels: &str, text: Option<&str>) -> Result<DomainName, OptionError> {
    text.ok_or(Fault::NoDomain)
        .and_then(|text| domain_below(labels, text))
        .map_err(|fault| OptionError::new(OptionName::Domain, fault))
}

/// One of a few names, exactly as it is written.
pub(super) fn choice<T: Copy, const COUNT: usize>(
    text: &str,
    all: [T; COUNT],
    name: fn(T) -> &'static str,
) -> Result<T, Fault> {
    all.into_iter().find(|value| name(*value) == text).ok_or_else(|| Fault::NotAChoice {
        value: text.to_owned(),
        choices: all.into_iter().map(name).collect(),
    })
}

/// How the records are also written.
pub(super) fn dns_format(text: &str) -> Result<DnsFormat, Fault> {
    choice(text, DnsFormat::ALL, DnsFormat::name)
}

/// An MX pattern.
pub(super) fn mx_pattern(text: &str) -> Result<MxPattern, Fault> {
    MxPattern::parse(text).map_err(|error| Fault::NotAPattern { value: text.to_owned(), error })
}

/// An address for reports, as a person types it.
pub(super) fn report_uri(text: &str) -> Result<ReportUri, Fault> {
    ReportUri::from_person(text)
        .map_err(|error| Fault::NotAnAddress { value: text.to_owned(), error })
}

/// A time to live in seconds.
pub(super) fn ttl(text: &str) -> Result<u32, Fault> {
    // RFC 2181 §8: 31 bits.
    u32::try_from(seconds(text)?)
        .ok()
        .filter(|ttl| *ttl <= i32::MAX.unsigned_abs())
        .ok_or_else(|| Fault::NotADuration { value: text.to_owned() })
}

/// The lifetime of a policy.
pub(super) fn max_age(text: &str) -> Result<MaxAge, Fault> {
    MaxAge::from_seconds(seconds(text)?)
        .map_err(|_| Fault::MaxAgeTooLarge { value: text.to_owned() })
}

/// The id: given, made of the policy, or by default the time in UTC as `YYYYMMDDHHMMSS`.
pub(super) fn id(now: Timestamp, given: Option<&str>) -> Result<IdChoice, Fault> {
    let text = match given {
        Some("content") => return Ok(IdChoice::Content),
        Some(text) => text.to_owned(),
        None => now.strftime("%Y%m%d%H%M%S").to_string(),
    };
    PolicyId::parse(&text).map(IdChoice::Given).map_err(|_| Fault::NotAnId { value: text })
}
