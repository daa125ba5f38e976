//! `[dns]`: whom to ask, and who looks at signatures.

use std::net::SocketAddr;

use sigillo_net::dns::{Dnssec, ResolverSettings};

use super::keys;
use super::reader::{Reader, Told};
use super::tls::TRUST_BYTES;
use super::values;

/// How the DNS is asked.
#[derive(Debug, Clone)]
pub(crate) struct DnsConfiguration {
    /// The recursive servers; with none, those of the system.
    pub(crate) servers: Vec<SocketAddr>,
    /// Who looks at signatures.
    pub(crate) dnssec: Dnssec,
    /// Whether the word of servers elsewhere counts too.
    pub(crate) trust_ad_remote: bool,
    /// The text of the trust anchor, in place of the root's own.
    pub(crate) trust_anchor: Option<String>,
}

impl DnsConfiguration {
    /// The settings of a resolver that asks so.
    pub(crate) fn resolver_settings(&self) -> ResolverSettings {
        ResolverSettings {
            servers: self.servers.clone(),
            dnssec: self.dnssec,
            trust_anchor: self.trust_anchor.clone(),
            trust_remote_ad: self.trust_ad_remote,
            ..ResolverSettings::default()
        }
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Result<DnsConfiguration, Told> {
    let servers = reader.list(&keys::DNS_SERVERS, &values::SERVER);
    let dnssec = reader.value(&keys::DNS_DNSSEC, &values::DNSSEC);
    let trust_ad_remote = reader.switch(&keys::DNS_TRUST_AD_REMOTE);
    let trust_anchor = reader.file(&keys::DNS_TRUST_ANCHOR_FILE, TRUST_BYTES, |text| {
        String::from_utf8(text.to_vec()).map_err(|error| error.to_string())
    });
    Ok(DnsConfiguration {
        servers: servers?,
        dnssec: dnssec?,
        trust_ad_remote: trust_ad_remote?,
        trust_anchor: trust_anchor?,
    })
}
