//! How a command looks: as the configuration says, and above it the options.

use std::io;
use std::time::Duration;

use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::Dnssec;

use super::Context;
use crate::arguments::{DnssecMode, NetworkArguments};
use crate::configuration::{
    ConfigurationError, LONGEST_TIMEOUT, Looking, Sources, TRUST_BYTES, UnreadableFile,
    server_address,
};
use crate::failure::Failure;
use crate::input;

impl NetworkArguments {
    /// Which addresses may be connected to.
    pub(super) const fn guard(&self) -> AddressGuard {
        if self.internal { AddressGuard::Off } else { AddressGuard::Public }
    }
}

impl Context<'_> {
    /// How a command with these options looks.
    pub(super) fn looking(&self, arguments: &NetworkArguments) -> Result<Looking, Failure> {
        let sources = self.sources(arguments.config.as_deref())?;
        let mut looking = Looking::read(&sources)
            .map_err(|errors| self.configuration_invalid(&sources, &errors))?;
        let Looking { dns, tls, network } = &mut looking;
        if !arguments.resolver.is_empty() {
            let server = |text: &String| {
                server_address(text).ok_or_else(|| {
                    self.failure("not-a-resolver", &[("value", text.as_str().into())])
                })
            };
            dns.servers = arguments.resolver.iter().map(server).collect::<Result<_, _>>()?;
        }
        if let Some(mode) = arguments.dnssec {
            dns.dnssec = match mode {
                DnssecMode::Auto => Dnssec::Auto,
                DnssecMode::Validate => Dnssec::Validate,
                DnssecMode::TrustAd => Dnssec::TrustAd,
                DnssecMode::Off => Dnssec::Off,
            };
        }
        if let Some(path) = &arguments.trust_anchor {
            let file = input::read_file(path, TRUST_BYTES, self.language)?;
            dns.trust_anchor = Some(String::from_utf8_lossy(&file.text).into_owned());
        }
        if let Some(path) = &arguments.ca_file {
            let file = input::read_file(path, TRUST_BYTES, self.language)?;
            tls.trust = tls.roots.with_pem(&file.text).map_err(|error| {
                let about = [("path", path.as_str().into()), ("reason", error.to_string().into())];
                self.failure("not-certificates", &about)
            })?;
        }
        if let Some(text) = &arguments.timeout {
            network.timeout = self.timeout(text)?;
        }
        if let Some(name) = &arguments.helo {
            network.helo_name = Some(self.domain(name)?);
        }
        network.https_port = arguments.https_port.unwrap_or(network.https_port);
        network.smtp_port = arguments.smtp_port.unwrap_or(network.smtp_port);
        Ok(looking)
    }

    /// What the configuration is read from. A usual file that is none of the reader's business
    /// doesn't stop a command that can do without.
    pub(super) fn sources(&self, path: Option<&str>) -> Result<Sources, Failure> {
        match Sources::gather(path) {
            Err(unreadable)
                if !unreadable.is_named
                    && unreadable.error.kind() == io::ErrorKind::PermissionDenied =>
            {
                let path = [("path", unreadable.path.as_str().into())];
                self.failure("config-private", &path).warn(self.language, self.environment);
                Ok(Sources::without_file())
            }
            sources => sources.map_err(|unreadable| self.configuration_unreadable(&unreadable)),
        }
    }

    /// The failure to read the file of the configuration.
    pub(super) fn configuration_unreadable(&self, unreadable: &UnreadableFile) -> Failure {
        let failure = input::unreadable(&unreadable.path, &unreadable.error, self.language);
        input::of_setup(failure, self.language)
    }

    /// The failure of a command that needs a configuration without errors.
    pub(super) fn configuration_invalid(
        &self,
        sources: &Sources,
        errors: &[ConfigurationError],
    ) -> Failure {
        // Without a file it is the environment that has the errors.
        let file = sources.file.as_ref().map(|file| format!(" {}", file.name)).unwrap_or_default();
        let first = errors.first().map(|error| self.said_at_its_place(sources, error));
        let about = [
            ("count", errors.len().into()),
            ("first", first.unwrap_or_default().into()),
            ("command", format!("sigillo config check{file}").into()),
        ];
        self.failure("config-invalid", &about)
    }

    /// How long a look may take.
    fn timeout(&self, text: &str) -> Result<Duration, Failure> {
        match Duration::from_secs(self.seconds("--timeout", text)?) {
            timeout if !timeout.is_zero() && timeout <= LONGEST_TIMEOUT => Ok(timeout),
            _ => Err(self.failure("not-a-timeout", &[("value", text.into())])),
        }
    }
}
