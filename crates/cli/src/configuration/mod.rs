//! The configuration: one file, overridden by the environment, every value parsed into its type.
//!
//! [`Sources::gather`] reads what there is, and [`Configuration::read`] makes it out: all of it, or
//! everything that is wrong with it. Both can be done again while the program runs, so that a new
//! file is taken only if it is good.

mod dns;
mod environment;
mod error;
mod file;
mod folder;
mod keys;
mod listeners;
mod log;
mod metrics;
mod network;
mod reader;
mod sender;
mod sources;
mod store;
mod tls;
mod values;
mod web;
mod written;

#[cfg(test)]
mod tests;

use sigillo_net::address_guard::AddressGuard;
use sigillo_probe::ProbeSettings;

pub(crate) use dns::DnsConfiguration;
pub(crate) use error::{ConfigurationError, Expected, Fault, Place};
pub(crate) use keys::{Key, keys_of, sections};
use listeners::TakenAddresses;
pub(crate) use log::{LogConfiguration, LogFormat};
pub(crate) use metrics::MetricsConfiguration;
pub(crate) use network::{LONGEST_TIMEOUT, NetworkConfiguration};
pub(crate) use reader::Setting;
use reader::{Reader, Told};
pub(crate) use sender::{
    DanePreference, OverridesFile, SenderAdmin, SenderConfiguration, SenderDeciding,
};
pub(crate) use sources::{Sources, USUAL_FILE, UnreadableFile};
pub(crate) use store::StoreConfiguration;
pub(crate) use tls::{TRUST_BYTES, TlsConfiguration};
pub(crate) use values::server_address;
pub(crate) use web::WebConfiguration;
pub(crate) use written::Value;

/// The whole configuration of `sigillo serve`.
#[derive(Debug, Clone)]
pub(crate) struct Configuration {
    /// Where everything is kept.
    pub(crate) store: StoreConfiguration,
    /// The pages and the API; none if they don't run.
    pub(crate) web: Option<WebConfiguration>,
    /// How the network is looked at.
    pub(crate) looking: Looking,
    /// What sending mail servers are told; none if they can't ask.
    pub(crate) sender: Option<SenderConfiguration>,
    /// The metrics; none if they can't be reached.
    pub(crate) metrics: Option<MetricsConfiguration>,
    /// What is said while the program runs, and how.
    pub(crate) log: LogConfiguration,
}

/// How the network is looked at: the part that commands which look need too.
#[derive(Debug, Clone)]
pub(crate) struct Looking {
    /// How the DNS is asked.
    pub(crate) dns: DnsConfiguration,
    /// Which certificates are trusted.
    pub(crate) tls: TlsConfiguration,
    /// How hosts are reached, and what they are told.
    pub(crate) network: NetworkConfiguration,
}

/// The sections of [`Looking`].
const LOOKING: [&str; 3] = ["dns", "tls", "network"];

impl Configuration {
    /// Reads the whole configuration.
    ///
    /// # Errors
    /// Everything that is wrong with it, in its order.
    pub(crate) fn read(sources: &Sources) -> Result<Self, Vec<ConfigurationError>> {
        Self::read_with_settings(sources).map(|(configuration, _)| configuration)
    }

    /// The same with the value of every key of the sections that are in use, in their order.
    ///
    /// # Errors
    /// Everything that is wrong with it, in its order.
    pub(crate) fn read_with_settings(
        sources: &Sources,
    ) -> Result<(Self, Vec<Setting>), Vec<ConfigurationError>> {
        let mut reader = Reader::new(sources);
        match Self::read_sections(&mut reader) {
            Ok(configuration) if !reader.has_errors() => {
                Ok((configuration, std::mem::take(&mut reader.settings)))
            }
            _ => Err(reader.into_errors(None)),
        }
    }

    /// The roles that run.
    pub(crate) fn roles(&self) -> Vec<&'static str> {
        let web = self.web.iter().map(|_| "web");
        web.chain(self.sender.iter().map(|_| "sender")).collect()
    }

    fn read_sections(reader: &mut Reader<'_>) -> Result<Self, Told> {
        let store = store::read(reader);
        // A role runs when its section is there; without any configuration, the pages do.
        let has_sender = reader.has_section("sender");
        let has_web = reader.has_section("web") || (reader.sources.file.is_none() && !has_sender);
        let mut taken = TakenAddresses::default();
        let web = has_web.then(|| web::read(reader, &mut taken)).transpose();
        let looking = Looking::read_sections(reader);
        let sender = has_sender.then(|| sender::read(reader, &mut taken)).transpose();
        let has_metrics = reader.has_section("metrics");
        let metrics = has_metrics.then(|| metrics::read(reader, &mut taken)).transpose();
        taken.tell(reader);
        let log = log::read(reader);
        Ok(Self {
            store: store?,
            web: web?,
            looking: looking?,
            sender: sender?,
            metrics: metrics?,
            log: log?,
        })
    }
}

impl Looking {
    /// Reads only how the network is looked at: what is wrong with the values of other sections
    /// doesn't matter.
    ///
    /// # Errors
    /// Everything that is wrong with it, in its order.
    pub(crate) fn read(sources: &Sources) -> Result<Self, Vec<ConfigurationError>> {
        let mut reader = Reader::new(sources);
        let looking = Self::read_sections(&mut reader);
        let errors = reader.into_errors(Some(&LOOKING));
        match looking {
            Ok(looking) if errors.is_empty() => Ok(looking),
            _ => Err(errors),
        }
    }

    /// The settings of what looks so; `purpose` is what policy hosts are told.
    pub(crate) fn probe_settings(
        &self,
        guard: AddressGuard,
        smtp: bool,
        purpose: &str,
    ) -> ProbeSettings {
        let network = &self.network;
        let contact = network.contact_url.as_ref();
        let contact = contact.map(|url| format!("; +{url}")).unwrap_or_default();
        ProbeSettings {
            timeout: network.timeout,
            https_port: network.https_port,
            smtp_port: network.smtp_port,
            smtp,
            helo_name: network.helo_name.clone().unwrap_or_else(network::own_name),
            user_agent: format!("sigillo/{} ({purpose}{contact})", env!("CARGO_PKG_VERSION")),
            guard,
            trust: self.tls.trust.clone(),
            source: network.source_address,
        }
    }

    fn read_sections(reader: &mut Reader<'_>) -> Result<Self, Told> {
        let dns = dns::read(reader);
        let tls = tls::read(reader);
        let network = network::read(reader);
        Ok(Self { dns: dns?, tls: tls?, network: network? })
    }
}
