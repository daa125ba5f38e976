//! Reading the values of options into the types that carry the rules.

use sigillo_formats::limits::DOMAIN_NAME_BYTES;
use sigillo_formats::record::{ReportUri, ReportUriError};
use sigillo_formats::{DomainName, DomainNameError, MxPattern, MxPatternError, duration};
use sigillo_generate::{DnsFormat, Zone};

use super::Context;
use crate::arguments::PublicationArguments;
use crate::failure::Failure;
use crate::words;

/// How long resolvers keep a record where nothing else is said, in seconds.
const USUAL_TTL: u32 = 3600;

impl Context<'_> {
    /// A domain name.
    pub(super) fn domain(&self, text: &str) -> Result<DomainName, Failure> {
        DomainName::parse(text).map_err(|error| {
            let reason = self.reason(error);
            let arguments = [("value", text.into()), ("reason", reason.into())];
            let failure = self.failure("not-a-domain", &arguments);
            match meant_domain(text) {
                Some(domain) => failure.with_help(
                    self.words()
                        .format("say-did-you-mean-domain", &[("domain", domain.as_str().into())]),
                ),
                None => failure,
            }
        })
    }

    /// An MX pattern.
    pub(super) fn mx_pattern(&self, text: &str) -> Result<MxPattern, Failure> {
        MxPattern::parse(text).map_err(|error| {
            let reason = match error {
                MxPatternError::Name(error) => self.reason(error),
                _ => self.words().text("say-reason-wildcard"),
            };
            self.failure("not-a-pattern", &[("value", text.into()), ("reason", reason.into())])
        })
    }

    /// An address for reports, as a person types it.
    pub(super) fn report_uri(&self, text: &str) -> Result<ReportUri, Failure> {
        ReportUri::from_person(text).map_err(|error| {
            let reason = match error {
                ReportUriError::Scheme => "say-reason-scheme",
                _ => "say-reason-not-an-address",
            };
            let reason = self.words().text(reason);
            self.failure("not-an-address", &[("value", text.into()), ("reason", reason.into())])
        })
    }

    /// A duration in seconds.
    pub(super) fn seconds(&self, option: &str, text: &str) -> Result<u64, Failure> {
        duration::seconds(text).ok_or_else(|| {
            self.failure("not-a-duration", &[("option", option.into()), ("value", text.into())])
        })
    }

    /// A time to live in seconds.
    pub(super) fn ttl(&self, text: &str) -> Result<u32, Failure> {
        // RFC 2181 §8: 31 bits.
        let seconds = self.seconds("--ttl", text)?;
        u32::try_from(seconds).ok().filter(|ttl| *ttl <= i32::MAX.unsigned_abs()).ok_or_else(|| {
            self.failure("not-a-duration", &[("option", "--ttl".into()), ("value", text.into())])
        })
    }

    /// A domain below which a name with this prefix still fits.
    pub(super) fn domain_for(&self, prefix: &str, text: &str) -> Result<DomainName, Failure> {
        let domain = self.domain(text)?;
        if prefix.len() + 1 + domain.as_str().len() > DOMAIN_NAME_BYTES {
            let shown = domain.to_string();
            return Err(self.failure("domain-too-long", &[("domain", shown.into())]));
        }
        Ok(domain)
    }

    /// The zone that a record of `domain` goes into: the one that is named, or the domain that one
    /// registers.
    pub(super) fn zone(
        &self,
        domain: &DomainName,
        zone: Option<&str>,
    ) -> Result<Option<DomainName>, Failure> {
        let Some(text) = zone else { return Ok(None) };
        let zone = self.domain(text)?;
        if !domain.is_within(&zone) {
            let arguments = [("domain", domain.as_str().into()), ("zone", zone.as_str().into())];
            return Err(self.failure("zone-elsewhere", &arguments));
        }
        Ok(Some(zone))
    }

    /// Where and how the record of a domain is published.
    pub(super) fn publication(
        &self,
        domain: &DomainName,
        arguments: &PublicationArguments,
    ) -> Result<(Zone, DnsFormat), Failure> {
        let name = self.zone(domain, arguments.zone.as_deref())?;
        let ttl = arguments.ttl.as_deref().map(|ttl| self.ttl(ttl)).transpose()?;
        let zone = Zone {
            name: name.unwrap_or_else(|| domain.registrable()),
            ttl: ttl.unwrap_or(USUAL_TTL),
        };
        Ok((zone, dns_format(arguments.dns_format.as_deref())))
    }

    /// Why a text is no domain name.
    fn reason(&self, error: DomainNameError) -> String {
        let words = words::says(self.language);
        match error {
            DomainNameError::Empty => words.text("say-reason-empty"),
            DomainNameError::Hyphen => words.text("say-reason-hyphen"),
            DomainNameError::InvalidCharacter { character, .. } => {
                let character = character.escape_debug().to_string();
                words.format("say-reason-character", &[("character", character.into())])
            }
            DomainNameError::IpAddress => words.text("say-reason-address"),
            DomainNameError::LabelEmpty => words.text("say-reason-label-empty"),
            DomainNameError::LabelTooLong => words.text("say-reason-label-long"),
            DomainNameError::NameTooLong => words.text("say-reason-name-long"),
            DomainNameError::Underscore { .. } => words.text("say-reason-underscore"),
            _ => words.text("say-reason-unicode"),
        }
    }
}

/// The values without repetitions, in the order of their first coming.
pub(super) fn each_once<T: PartialEq>(values: Vec<T>) -> Vec<T> {
    let mut once: Vec<T> = Vec::new();
    for value in values {
        if !once.contains(&value) {
            once.push(value);
        }
    }
    once
}

/// The domain of a text that holds more: the address of a page or a mailbox.
fn meant_domain(text: &str) -> Option<DomainName> {
    let behind_scheme = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = behind_scheme.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.trim();
    // What stands before a domain in the names of records.
    let labels = host.split('.').skip_while(|label| label.starts_with(['_', '*']));
    let host = labels.collect::<Vec<_>>().join(".");
    DomainName::parse(&host).ok().filter(|domain| !domain.is_single_label())
}

/// The format of an option whose values the definitions have checked.
pub(super) fn dns_format(name: Option<&str>) -> DnsFormat {
    name.and_then(|name| name.parse().ok()).unwrap_or_default()
}
