use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sigillo_formats::DomainName;
use sigillo_formats::dmarc::{
    Alignment, Disposition, DmarcRecord, FailureOptions, PublicSuffixDomain,
};
use sigillo_formats::record::ReportUri;
use sigillo_language::Language;

use super::reader::Reader;
use super::{Fault, OptionErrors, OptionName, USUAL_TTL, VALUES_PER_OPTION, values};
use crate::{DmarcDeployment, DnsFormat, WithRecords, Zone, each_once};

/// What is wanted for DMARC. A list has at most 100 values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["domain"]))]
#[expect(clippy::struct_excessive_bools, reason = "a box to tick is a bool")]
pub struct DmarcOptions {
    /// The domain to protect, which must be given. At most 246 characters as A-labels.
    pub domain: Option<String>,
    /// What receivers are asked to do with mail that fails: `none` (the default), `quarantine` or
    /// `reject`.
    pub policy: Option<String>,
    /// The same for mail of sub-domains; by default as for the domain.
    pub subdomain_policy: Option<String>,
    /// The same for mail of sub-domains that don't exist; by default as for sub-domains.
    pub nonexistent_policy: Option<String>,
    /// The mail addresses that aggregate reports go to.
    #[schemars(length(max = VALUES_PER_OPTION))]
    pub rua: Vec<String>,
    /// The mail addresses that reports about single failures go to.
    #[schemars(length(max = VALUES_PER_OPTION))]
    pub ruf: Vec<String>,
    /// When failures are reported: `0`, `1`, `d` and `s` with colons between several, but not `0` and
    /// `1` together. Only with `ruf`.
    pub fo: Option<String>,
    /// Whether DKIM has to be aligned with the very domain.
    pub strict_dkim: bool,
    /// Whether SPF has to be aligned with the very domain.
    pub strict_spf: bool,
    /// Test mode: receivers apply the policy one level weaker.
    pub test: bool,
    /// Whether others register names under the domain: `y` or `n`.
    pub psd: Option<String>,
    /// Writes test mode also as readers of the standard's predecessor understand it. Only with
    /// `test`.
    pub compatible: bool,
    /// The zone that holds the record, for a name relative to it: the domain or one above it. By
    /// default the domain that one registers.
    pub zone: Option<String>,
    /// How long resolvers keep the records: a duration of at most 2147483647 seconds. By default an
    /// hour.
    pub ttl: Option<String>,
    /// How the records are also written: `zone`, `nsupdate`, `octodns` or `terraform`.
    pub dns_format: Option<String>,
}

/// A DMARC record to publish.
#[derive(Debug, Clone)]
pub struct DmarcRequest {
    /// The domain that is protected.
    pub domain: DomainName,
    /// The zone of its record.
    pub zone: Zone,
    /// The record.
    pub record: DmarcRecord,
    /// Whether test mode is also written as readers of the standard's predecessor understand it.
    pub compatible: bool,
    /// How the records are also written, if that is wanted.
    pub dns_format: Option<DnsFormat>,
}

impl DmarcOptions {
    /// Reads the options.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn read(&self) -> Result<DmarcRequest, OptionErrors> {
        let mut reader = Reader::default();
        let domain = values::given_domain("_dmarc", self.domain.as_deref());
        let zone = reader.zone(domain.as_ref().ok(), self.zone.as_deref());
        let ttl = reader.one(OptionName::Ttl, self.ttl.as_deref(), values::ttl);
        let dns_format =
            reader.one(OptionName::DnsFormat, self.dns_format.as_deref(), values::dns_format);
        let record = self.record(&mut reader, domain.as_ref().ok());
        let domain = reader.finish(domain)?;
        let zone = Zone {
            name: zone.unwrap_or_else(|| domain.registrable()),
            ttl: ttl.unwrap_or(USUAL_TTL),
        };
        Ok(DmarcRequest { domain, zone, record, compatible: self.compatible, dns_format })
    }

    fn record(&self, reader: &mut Reader, domain: Option<&DomainName>) -> DmarcRecord {
        let mut disposition = |option, text: &Option<String>| {
            reader.one(option, text.as_deref(), |text| {
                values::choice(text, Disposition::ALL, Disposition::name)
            })
        };
        let p = disposition(OptionName::Policy, &self.policy).unwrap_or(Disposition::None);
        let sp = disposition(OptionName::SubdomainPolicy, &self.subdomain_policy);
        let np = disposition(OptionName::NonexistentPolicy, &self.nonexistent_policy);
        let alignment = |strict: bool| if strict { Alignment::Strict } else { Alignment::Relaxed };
        let fo = reader.one(OptionName::Fo, self.fo.as_deref(), |text| {
            FailureOptions::parse(text)
                .ok_or_else(|| Fault::NotFailureOptions { value: text.to_owned() })
        });
        if self.fo.is_some() && self.ruf.is_empty() {
            reader.refuse(OptionName::Fo, Fault::OptionNeeded { other: OptionName::Ruf });
        }
        let rua = reader.each(OptionName::Rua, &self.rua, |text| mailbox(domain, text));
        let ruf = reader.each(OptionName::Ruf, &self.ruf, |text| mailbox(domain, text));
        let psd = reader.one(OptionName::Psd, self.psd.as_deref(), |text| {
            let known = [PublicSuffixDomain::Yes, PublicSuffixDomain::No];
            values::choice(text, known, PublicSuffixDomain::letter)
        });
        if self.compatible && !self.test {
            reader.refuse(OptionName::Compatible, Fault::OptionNeeded { other: OptionName::Test });
        }
        DmarcRecord {
            sp,
            np,
            adkim: alignment(self.strict_dkim),
            aspf: alignment(self.strict_spf),
            fo: fo.unwrap_or_default(),
            rua: each_once(rua),
            ruf: each_once(ruf),
            psd: psd.unwrap_or_default(),
            t: self.test,
            ..DmarcRecord::new(p)
        }
    }
}

/// The address of a mailbox. Other addresses are ignored in practice (RFC 9989 §4.7), so they are
/// not generated.
fn mailbox(domain: Option<&DomainName>, text: &str) -> Result<ReportUri, Fault> {
    let uri = ReportUri::from_person(text).ok();
    let Some((uri, target)) = uri.as_ref().and_then(|uri| Some((uri, uri.mailbox_domain()?)))
    else {
        return Err(Fault::NotAMailbox { value: text.to_owned() });
    };
    if let Some(domain) = domain {
        // Where it is a foreign one, it has to publish a name below it (RFC 9990 §4).
        values::domain_below(&format!("{domain}._report._dmarc"), target.as_str())?;
    }
    Ok(uri.clone())
}

impl DmarcRequest {
    /// Makes what is wanted.
    #[must_use]
    pub fn generate(&self, language: Language) -> WithRecords<DmarcDeployment> {
        let deployment =
            DmarcDeployment::new(&self.domain, &self.zone, &self.record, self.compatible, language);
        let write =
            |format: DnsFormat| format.write_zones(&self.zone.name, &deployment.dns, language);
        WithRecords { dns_text: self.dns_format.map(write), answer: deployment }
    }
}
