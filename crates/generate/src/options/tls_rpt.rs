use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sigillo_formats::DomainName;
use sigillo_formats::tls_rpt_record::TlsRptRecord;
use sigillo_language::Language;

use super::reader::Reader;
use super::{Fault, OptionError, OptionErrors, OptionName, USUAL_TTL, VALUES_PER_OPTION, values};
use crate::{DnsFormat, TlsReporting, WithRecords, Zone, each_once};

/// What is wanted for TLS reports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["domain"]))]
pub struct TlsRptOptions {
    /// The domain whose deliveries are to be reported, which must be given. At most 242 characters
    /// as A-labels.
    pub domain: Option<String>,
    /// Where the reports go: 1 to 100 mail addresses or `https:` URIs.
    #[schemars(length(max = VALUES_PER_OPTION))]
    pub rua: Vec<String>,
    /// The zone that holds the record, for a name relative to it: the domain or one above it. By
    /// default the domain that one registers.
    pub zone: Option<String>,
    /// How long resolvers keep the record: a duration of at most 2147483647 seconds. By default an
    /// hour.
    pub ttl: Option<String>,
    /// How the record is also written: `zone`, `nsupdate`, `octodns` or `terraform`.
    pub dns_format: Option<String>,
}

/// A TLS-RPT record to publish.
#[derive(Debug, Clone)]
pub struct TlsRptRequest {
    /// The domain whose deliveries are reported.
    pub domain: DomainName,
    /// The zone of the record.
    pub zone: Zone,
    /// The record.
    pub record: TlsRptRecord,
    /// How the record is also written, if that is wanted.
    pub dns_format: Option<DnsFormat>,
}

impl TlsRptOptions {
    /// Reads the options.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn read(&self) -> Result<TlsRptRequest, OptionErrors> {
        let mut reader = Reader::default();
        let domain = values::given_domain("_smtp._tls", self.domain.as_deref());
        let zone = reader.zone(domain.as_ref().ok(), self.zone.as_deref());
        let ttl = reader.one(OptionName::Ttl, self.ttl.as_deref(), values::ttl);
        let dns_format =
            reader.one(OptionName::DnsFormat, self.dns_format.as_deref(), values::dns_format);
        let rua = each_once(reader.each(OptionName::Rua, &self.rua, values::report_uri));
        let record = TlsRptRecord::new(rua);
        let no_address = || OptionError::new(OptionName::Rua, Fault::NoAddress);
        if self.rua.is_empty() {
            reader.refuse(OptionName::Rua, Fault::NoAddress);
        }
        let domain = reader.finish(domain)?;
        let zone = Zone {
            name: zone.unwrap_or_else(|| domain.registrable()),
            ttl: ttl.unwrap_or(USUAL_TTL),
        };
        Ok(TlsRptRequest { domain, zone, record: record.ok_or_else(no_address)?, dns_format })
    }
}

impl TlsRptRequest {
    /// Makes what is wanted.
    #[must_use]
    pub fn generate(&self, language: Language) -> WithRecords<TlsReporting> {
        let reporting = TlsReporting::new(&self.domain, &self.zone, &self.record, language);
        let write =
            |format: DnsFormat| format.write_zones(&self.zone.name, &reporting.dns, language);
        WithRecords { dns_text: self.dns_format.map(write), answer: reporting }
    }
}
