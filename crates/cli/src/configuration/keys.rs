//! Every key that there is: its section, its form and its default.

use std::fmt;

/// A key of the configuration.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// Its section.
    pub(crate) section: &'static str,
    /// Its name in the section.
    pub(crate) name: &'static str,
    /// The form of its value.
    pub(crate) form: Form,
    /// Its value where none is given, as TOML; none: it may be without one, or it depends on where
    /// the program runs.
    pub(crate) default: Option<&'static str>,
}

/// The form of a value, before it is known what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A string.
    Text,
    /// An array of strings; in the environment, parted by commas.
    List,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Switch,
    /// A string such as `30s`, or a whole number of seconds.
    Duration,
}

macro_rules! keys {
    ($($constant:ident = $section:literal $name:literal $form:ident $default:expr;)*) => {
        $(pub(super) static $constant: Key =
            Key { section: $section, name: $name, form: Form::$form, default: $default };)*
        /// All keys, by sections in the order in which they are shown.
        pub(crate) static KEYS: &[&Key] = &[$(&$constant),*];
    };
}

keys! {
    STORE_URL = "store" "url" Text None;
    STORE_URL_SECRET_FILE = "store" "url_secret_file" Text None;

    WEB_LISTEN = "web" "listen" List Some(r#"["127.0.0.1:8460"]"#);
    WEB_PUBLIC_URL = "web" "public_url" Text None;
    WEB_BASE_PATH = "web" "base_path" Text Some(r#""/""#);
    WEB_TRUSTED_PROXIES = "web" "trusted_proxies" List Some("[]");
    WEB_ADDRESS_GUARD = "web" "address_guard" Text Some(r#""public""#);
    WEB_CHECKS_AT_ONCE = "web" "checks_at_once" Number Some("16");
    WEB_CHECKS_PER_CLIENT_BURST = "web" "checks_per_client_burst" Number Some("20");
    WEB_CHECKS_PER_CLIENT_PER_MINUTE = "web" "checks_per_client_per_minute" Number Some("4");
    WEB_CHECKS_OVERALL_BURST = "web" "checks_overall_burst" Number Some("300");
    WEB_CHECKS_OVERALL_PER_MINUTE = "web" "checks_overall_per_minute" Number Some("120");
    WEB_RESULTS_FRESH_FOR = "web" "results_fresh_for" Duration Some(r#""1m""#);
    WEB_RESULTS_KEPT_FOR = "web" "results_kept_for" Duration Some(r#""90d""#);

    DNS_SERVERS = "dns" "servers" List Some("[]");
    DNS_DNSSEC = "dns" "dnssec" Text Some(r#""auto""#);
    DNS_TRUST_AD_REMOTE = "dns" "trust_ad_remote" Switch Some("false");
    DNS_TRUST_ANCHOR_FILE = "dns" "trust_anchor_file" Text None;

    TLS_ROOTS = "tls" "roots" Text Some(r#""bundled""#);
    TLS_EXTRA_CA_FILE = "tls" "extra_ca_file" Text None;

    NETWORK_HTTPS_PORT = "network" "https_port" Number Some("443");
    NETWORK_SMTP_PORT = "network" "smtp_port" Number Some("25");
    NETWORK_TIMEOUT = "network" "timeout" Duration Some(r#""60s""#);
    NETWORK_HELO_NAME = "network" "helo_name" Text None;
    NETWORK_CONTACT_URL = "network" "contact_url" Text None;
    NETWORK_SOURCE_ADDRESS = "network" "source_address" Text None;

    SENDER_LISTEN = "sender" "listen" List Some(r#"["inet:127.0.0.1:8461"]"#);
    SENDER_MAPS = "sender" "maps" List Some(r#"["postfix", "postfix-tlsrpt"]"#);
    SENDER_DANE = "sender" "dane" Text Some(r#""prefer""#);
    SENDER_DANE_PARTIAL = "sender" "dane_partial" Text Some(r#""mta-sts""#);
    SENDER_DEFAULT_LEVEL = "sender" "default_level" Text Some(r#""may""#);
    SENDER_OVERRIDES_FILE = "sender" "overrides_file" Text None;
    SENDER_ADMIN = "sender" "admin" Text None;
    SENDER_HTTP = "sender" "http" List Some("[]");
    SENDER_SOCKET_MODE = "sender" "socket_mode" Text Some(r#""0660""#);
    SENDER_SOCKET_GROUP = "sender" "socket_group" Text None;
    SENDER_ADDRESS_GUARD = "sender" "address_guard" Text Some(r#""public""#);
    SENDER_LOOKUPS_AT_ONCE = "sender" "lookups_at_once" Number Some("256");
    SENDER_CONNECTIONS_AT_MOST = "sender" "connections_at_most" Number Some("1000");
    SENDER_CACHE_ENTRIES = "sender" "cache_entries" Number Some("2000000");
    SENDER_UNUSED_FOR = "sender" "unused_for" Duration Some(r#""90d""#);
    SENDER_DRY_RUN = "sender" "dry_run" Switch Some("false");

    METRICS_LISTEN = "metrics" "listen" List Some(r#"["127.0.0.1:8462"]"#);

    LOG_LEVEL = "log" "level" Text Some(r#""info""#);
    LOG_FORMAT = "log" "format" Text Some(r#""text""#);
}

/// Sections that the configuration will have with roles that this version doesn't have.
pub(super) const LATER_SECTIONS: [&str; 3] = ["host", "reports", "monitor"];

/// What all variables of the configuration begin with.
pub(super) const VARIABLE_PREFIX: &str = "SIGILLO_";

impl Key {
    /// The environment variable that gives it.
    pub(crate) fn variable(&self) -> String {
        format!("{VARIABLE_PREFIX}{}_{}", self.section, self.name).to_ascii_uppercase()
    }

    /// Whether its value may hold a password.
    pub(crate) fn is_secret(&self) -> bool {
        *self == STORE_URL
    }
}

/// `[section] name`.
impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{}] {}", self.section, self.name)
    }
}

/// The sections, in the order in which they are shown.
pub(crate) fn sections() -> impl Iterator<Item = &'static str> {
    let mut last = "";
    KEYS.iter().map(|key| key.section).filter(move |section| {
        let is_new = *section != last;
        last = section;
        is_new
    })
}

/// The keys of a section.
pub(crate) fn keys_of(section: &str) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().copied().filter(move |key| key.section == section)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_variable_is_there_once() {
        let variables: Vec<String> = KEYS.iter().map(|key| key.variable()).collect();
        for (index, variable) in variables.iter().enumerate() {
            assert!(!variables.iter().skip(index + 1).any(|other| other == variable), "{variable}");
        }
        assert_eq!(WEB_BASE_PATH.variable(), "SIGILLO_WEB_BASE_PATH");
        assert_eq!(WEB_BASE_PATH.to_string(), "[web] base_path");
        let sections: Vec<&str> = sections().collect();
        assert_eq!(sections, ["store", "web", "dns", "tls", "network", "sender", "metrics", "log"]);
        assert!(LATER_SECTIONS.iter().all(|later| !sections.contains(later)));
        assert_eq!(keys_of("tls").count(), 2);
    }
}
