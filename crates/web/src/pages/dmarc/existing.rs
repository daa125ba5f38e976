use sigillo_formats::{DomainName, Kind, dmarc};
use sigillo_generate::{DmarcDeployment, RampUpStage, Zone};
use sigillo_language::Language;

use super::options;
use crate::Site;
use crate::pages::form::JudgedRecord;
use crate::place::Place;

/// A record that is there already.
pub(super) struct Existing {
    pub(super) judged: JudgedRecord,
    /// The stages that are left on the way to `reject`; none of a record that is not valid.
    pub(super) ramp_up: Vec<RampUpStage>,
    /// Whether it is a valid record without an address for reports, which nobody can go on from.
    pub(super) lacks_reports: bool,
    /// The address of the form filled in with it, if it is valid.
    pub(super) form: Option<String>,
}

impl Existing {
    pub(super) fn new(site: &Site, language: Language, text: &str) -> Self {
        let judged = JudgedRecord::new(site, language, Kind::Dmarc, text);
        let record = dmarc::parse(text.as_bytes()).into_record();
        let form = record.as_ref().map(|record| {
            format!("{}?{}", site.url(Place::Dmarc, language), options::query_of(record))
        });
        // The stages are the same whatever the domain.
        let domain = DomainName::parse("example.com").ok();
        let ramp_up = match (&record, domain) {
            (Some(record), Some(domain)) => {
                let zone = Zone { name: domain.clone(), ttl: 3600 };
                DmarcDeployment::new(&domain, &zone, record, false, language).ramp_up
            }
            _ => Vec::new(),
        };
        let lacks_reports = record.is_some_and(|record| record.rua.is_empty());
        Self { judged, ramp_up, lacks_reports, form }
    }
}
