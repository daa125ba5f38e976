//! `[network]`: how policy hosts and mail hosts are reached, and what they are told.

use std::fs;
use std::net::IpAddr;
use std::time::Duration;

use sigillo_formats::DomainName;

use super::keys;
use super::reader::{Reader, Told};
use super::values;
use crate::contact_url::ContactUrl;

/// The longest that a look may take.
pub(crate) const LONGEST_TIMEOUT: Duration = Duration::from_hours(1);

/// The name to greet mail hosts with where this machine has none of its own.
const NAMELESS: &str = "localhost.localdomain";

/// How policy hosts and mail hosts are reached, and what they are told.
#[derive(Debug, Clone)]
pub(crate) struct NetworkConfiguration {
    /// The port of policy hosts.
    pub(crate) https_port: u16,
    /// The port of mail hosts.
    pub(crate) smtp_port: u16,
    /// How long a look may take in all; a minute unless told, as long as the standard lets a sender
    /// wait for a policy (RFC 8461 §3.3).
    pub(crate) timeout: Duration,
    /// The name to greet mail hosts with; none: that of this machine.
    pub(crate) helo_name: Option<DomainName>,
    /// Where whoever is looked at can say something about it.
    pub(crate) contact_url: Option<ContactUrl>,
    /// The address to connect from, where it is of the same family; none: the system's choice.
    pub(crate) source_address: Option<IpAddr>,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Result<NetworkConfiguration, Told> {
    let https_port = reader.number(&keys::NETWORK_HTTPS_PORT, 1..=u16::MAX);
    let smtp_port = reader.number(&keys::NETWORK_SMTP_PORT, 1..=u16::MAX);
    let a_second = Duration::from_secs(1);
    let timeout = reader.duration(&keys::NETWORK_TIMEOUT, a_second..=LONGEST_TIMEOUT);
    let helo_name = reader.optional(&keys::NETWORK_HELO_NAME, &values::HELO_NAME);
    let contact_url = reader.optional(&keys::NETWORK_CONTACT_URL, &values::CONTACT_URL);
    let source_address = reader.optional(&keys::NETWORK_SOURCE_ADDRESS, &values::ADDRESS);
    Ok(NetworkConfiguration {
        https_port: https_port?,
        smtp_port: smtp_port?,
        timeout: timeout?,
        helo_name: helo_name?,
        contact_url: contact_url?,
        source_address: source_address?,
    })
}

/// The name of this machine, if it is a whole one.
pub(super) fn own_name() -> DomainName {
    let name = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let own = DomainName::parse(name.trim()).ok().filter(|name| !name.is_single_label());
    #[expect(clippy::expect_used, reason = "the constant is a domain name")]
    own.unwrap_or_else(|| DomainName::parse(NAMELESS).expect("a domain name"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_has_a_name_to_greet_with() {
        assert!(!own_name().is_single_label());
    }
}
