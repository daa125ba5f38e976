use sigillo_check::live_mx::{LiveMxError, hosts};
use sigillo_check::observation::{DnsLook, MxRecord};
use sigillo_formats::DomainName;
use sigillo_generate::provider::Recognition;

use super::options::{self, FROM_DNS, LIVE_DOMAIN};
use crate::Site;
use crate::live::Busy;
use crate::pages::form::Fields;
use crate::request::client::Client;

/// The MX hosts that the domain has now, as far as somebody wanted to know.
pub(super) struct LiveMx {
    pub(super) situation: Situation,
    /// The providers that were recognised, by the names for people.
    pub(super) providers: Vec<&'static str>,
}

/// What is known about them.
pub(super) enum Situation {
    /// Nobody has asked.
    NotAsked,
    /// They have just been read from the DNS.
    Read(Vec<MxRecord>),
    /// They were read before, or given.
    Given,
    /// They could not be read.
    Failed(LiveMxError),
    /// Too much has been asked.
    Busy(Busy),
}

impl LiveMx {
    /// Asks the DNS, where that is wanted. What it says is put into the fields: from then on it is part of what
    /// was filled in, and nobody has to ask again.
    pub(super) async fn of(site: &Site, client: Client, fields: &mut Fields) -> Self {
        forget_those_of_others(fields);
        let is_wanted = fields.is_ticked(FROM_DNS);
        fields.set(FROM_DNS, None);
        let domain = options::of(fields).policy_domain();
        let situation = match domain {
            Ok(domain) if is_wanted => {
                // Whatever was read before may have changed.
                fields.set("live_mx", None);
                ask(site, client, &domain, fields).await
            }
            _ if fields.one("live_mx").is_some() => Situation::Given,
            _ => Situation::NotAsked,
        };
        let hosts: Vec<DomainName> =
            fields.each("live_mx").iter().filter_map(|host| DomainName::parse(host).ok()).collect();
        let recognition = Recognition::of(&hosts);
        let proposals = recognition.proposals().iter();
        Self { situation, providers: proposals.map(|it| it.provider().name()).collect() }
    }

    pub(super) fn is_busy(&self) -> bool {
        matches!(self.situation, Situation::Busy(_))
    }
}

/// Hosts that were read for another domain say nothing about this one.
fn forget_those_of_others(fields: &mut Fields) {
    let is_of_another = match (fields.one(LIVE_DOMAIN), fields.one("domain")) {
        (Some(theirs), Some(domain)) => !theirs.eq_ignore_ascii_case(domain),
        (theirs, _) => theirs.is_some(),
    };
    if is_of_another {
        fields.set("live_mx", None);
        fields.set(LIVE_DOMAIN, None);
    }
}

async fn ask(site: &Site, client: Client, domain: &DomainName, fields: &mut Fields) -> Situation {
    let look: DnsLook<MxRecord> = match site.live().mx(domain, client.network()).await {
        Ok(look) => look,
        Err(busy) => return Situation::Busy(busy),
    };
    match hosts(&look) {
        Ok(hosts) => {
            fields.set("live_mx", hosts.iter().map(ToString::to_string));
            let domain = fields.option("domain");
            fields.set(LIVE_DOMAIN, domain);
            let mut records = look.records;
            records.sort_by_key(|record| record.preference);
            Situation::Read(records)
        }
        Err(error) => Situation::Failed(error),
    }
}
