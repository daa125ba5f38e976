//! From the text of a value to its type.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sigillo_formats::DomainName;
use sigillo_listen::ListenAddress;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::Dnssec;
use sigillo_sender::answer::DefaultLevel;
use sigillo_sender::decision::DanePartial;
use sigillo_sender::socketmap::{MapName, SocketmapAddress};
use sigillo_store::StoreUrl;
use sigillo_web::{BasePath, PublicUrl};
use tracing::level_filters::LevelFilter;

use super::log::LogFormat;
use super::sender::DanePreference;
use super::tls::Roots;
use crate::contact_url::ContactUrl;

/// How the text of a value is read.
#[derive(Debug)]
pub(super) struct Reading<T: 'static> {
    /// The message that says what the value should be.
    pub(super) expected: &'static str,
    /// The type's own reader; none if the text can't be the value.
    pub(super) read: fn(&str) -> Option<T>,
    /// All values there are, if they can be listed.
    pub(super) words: &'static [&'static str],
}

impl<T> Reading<T> {
    const fn new(expected: &'static str, read: fn(&str) -> Option<T>) -> Self {
        Self { expected, read, words: &[] }
    }
}

pub(super) static STORE_URL: Reading<StoreUrl> =
    Reading::new("config-expected-store-url", |text| StoreUrl::parse(text).ok());
pub(super) static LISTEN: Reading<ListenAddress> =
    Reading::new("config-expected-listen", |text| text.parse().ok());
pub(super) static PUBLIC_URL: Reading<PublicUrl> =
    Reading::new("config-expected-public-url", |text| text.parse().ok());
pub(super) static BASE_PATH: Reading<BasePath> =
    Reading::new("config-expected-base-path", |text| text.parse().ok());
pub(super) static PROXY: Reading<String> = Reading::new("config-expected-proxy", |text| {
    let is_proxy = sigillo_web::TrustedProxies::parse([text]).is_ok();
    is_proxy.then(|| text.to_owned())
});
pub(super) static SERVER: Reading<SocketAddr> =
    Reading::new("config-expected-server", server_address);
pub(super) static HELO_NAME: Reading<DomainName> =
    Reading::new("config-expected-name", |text| DomainName::parse(text).ok());
pub(super) static CONTACT_URL: Reading<ContactUrl> =
    Reading::new("config-expected-contact", ContactUrl::parse);
pub(super) static ADDRESS: Reading<IpAddr> =
    Reading::new("config-expected-address", |text| text.parse().ok());
pub(super) static PATH: Reading<String> = Reading::new("config-expected-path", |text| {
    (!text.is_empty() && !text.contains('\0') && Path::new(text).file_name().is_some())
        .then(|| text.to_owned())
});

pub(super) static SOCKETMAP: Reading<SocketmapAddress> =
    Reading::new("config-expected-socketmap", |text| text.parse().ok());
pub(super) static HTTP: Reading<ListenAddress> =
    Reading::new("config-expected-http", |text| text.parse().ok());
pub(super) static UNIX_SOCKET: Reading<PathBuf> =
    Reading::new("config-expected-unix-socket", |text| match text.parse() {
        Ok(ListenAddress::Unix(path)) => Some(path),
        _ => None,
    });
pub(super) static SOCKET_MODE: Reading<u32> =
    Reading::new("config-expected-socket-mode", socket_mode);
pub(super) static GROUP: Reading<String> = Reading::new("config-expected-group", |text| {
    let is_part = |c: char| !c.is_control() && !c.is_whitespace() && !":,/".contains(c);
    let is_name = (1..=255).contains(&text.len()) && text.chars().all(is_part);
    is_name.then(|| text.to_owned())
});

pub(super) static ADDRESS_GUARD: Reading<AddressGuard> = Reading {
    expected: "config-expected-guard",
    read: |text| match text {
        "public" => Some(AddressGuard::Public),
        "off" => Some(AddressGuard::Off),
        _ => None,
    },
    words: &["public", "off"],
};
pub(super) static DNSSEC: Reading<Dnssec> = Reading {
    expected: "config-expected-dnssec",
    read: |text| match text {
        "auto" => Some(Dnssec::Auto),
        "validate" => Some(Dnssec::Validate),
        "trust-ad" => Some(Dnssec::TrustAd),
        "off" => Some(Dnssec::Off),
        _ => None,
    },
    words: &["auto", "validate", "trust-ad", "off"],
};
pub(super) static ROOTS: Reading<Roots> = Reading {
    expected: "config-expected-roots",
    read: |text| match text {
        "bundled" => Some(Roots::Bundled),
        "system" => Some(Roots::System),
        _ => None,
    },
    words: &["bundled", "system"],
};
pub(super) static LEVEL: Reading<LevelFilter> = Reading {
    expected: "config-expected-level",
    read: |text| match text {
        "error" => Some(LevelFilter::ERROR),
        "warn" => Some(LevelFilter::WARN),
        "info" => Some(LevelFilter::INFO),
        "debug" => Some(LevelFilter::DEBUG),
        "trace" => Some(LevelFilter::TRACE),
        _ => None,
    },
    words: &["error", "warn", "info", "debug", "trace"],
};
pub(super) static LOG_FORMAT: Reading<LogFormat> = Reading {
    expected: "config-expected-log-format",
    read: |text| match text {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        "journald" => Some(LogFormat::Journald),
        _ => None,
    },
    words: &["text", "json", "journald"],
};

pub(super) static MAP_NAME: Reading<MapName> = Reading {
    expected: "config-expected-maps",
    read: |text| match text {
        "postfix" => Some(MapName::Postfix),
        "postfix-tlsrpt" => Some(MapName::PostfixTlsRpt),
        _ => None,
    },
    words: &["postfix", "postfix-tlsrpt"],
};
pub(super) static DANE: Reading<DanePreference> = Reading {
    expected: "config-expected-dane",
    read: |text| match text {
        "prefer" => Some(DanePreference::Prefer),
        "off" => Some(DanePreference::Off),
        _ => None,
    },
    words: &["prefer", "off"],
};
pub(super) static PARTIAL_DANE: Reading<DanePartial> = Reading {
    expected: "config-expected-dane-partial",
    read: |text| match text {
        "mta-sts" => Some(DanePartial::MtaSts),
        "dane" => Some(DanePartial::Dane),
        _ => None,
    },
    words: &["mta-sts", "dane"],
};
pub(super) static DEFAULT_LEVEL: Reading<DefaultLevel> = Reading {
    expected: "config-expected-default-level",
    read: |text| match text {
        "may" => Some(DefaultLevel::May),
        "encrypt" => Some(DefaultLevel::Encrypt),
        "dane" => Some(DefaultLevel::Dane),
        _ => None,
    },
    words: &["may", "encrypt", "dane"],
};

/// Permissions in octal, such as `0660`.
fn socket_mode(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("0o").unwrap_or(text);
    let is_octal = (3..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let mode = is_octal.then(|| u32::from_str_radix(digits, 8).ok()).flatten();
    mode.filter(|mode| *mode <= 0o777)
}

/// The address of a DNS server, with port 53 unless it names another.
pub(crate) fn server_address(text: &str) -> Option<SocketAddr> {
    let bare = || text.parse::<IpAddr>().ok().map(|address| SocketAddr::new(address, 53));
    text.parse().ok().or_else(bare)
}

/// A duration as it is best written: in the largest unit that it is a whole number of.
pub(super) fn written_duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    [(86_400, 'd'), (3_600, 'h'), (60, 'm')]
        .into_iter()
        .find(|(unit, _)| seconds > 0 && seconds.is_multiple_of(*unit))
        .map_or_else(
            || format!("{seconds}s"),
            |(unit, letter)| format!("{}{letter}", seconds / unit),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_have_port_53_unless_told() {
        assert_eq!(server_address("9.9.9.9").unwrap().to_string(), "9.9.9.9:53");
        assert_eq!(server_address("::1").unwrap().to_string(), "[::1]:53");
        assert_eq!(server_address("[::1]:5353").unwrap().to_string(), "[::1]:5353");
        assert_eq!(server_address("dns.example"), None);
    }

    #[test]
    fn the_words_of_a_value_are_those_that_it_reads() {
        fn all_read<T>(reading: &Reading<T>) {
            assert!(reading.words.iter().all(|word| (reading.read)(word).is_some()));
            assert!((reading.read)("Off").is_none());
        }
        all_read(&ADDRESS_GUARD);
        all_read(&DNSSEC);
        all_read(&ROOTS);
        all_read(&LEVEL);
        all_read(&LOG_FORMAT);
        all_read(&MAP_NAME);
        all_read(&DANE);
        all_read(&PARTIAL_DANE);
        all_read(&DEFAULT_LEVEL);
    }

    #[test]
    fn permissions_are_octal() {
        for (text, mode) in [("0660", 0o660), ("660", 0o660), ("0o666", 0o666), ("0777", 0o777)] {
            assert_eq!(socket_mode(text), Some(mode), "{text}");
        }
        for text in ["", "6", "0680", "1777", "00660", "+660", "rw-rw----"] {
            assert_eq!(socket_mode(text), None, "{text}");
        }
    }

    #[test]
    fn durations_are_written_in_their_largest_unit() {
        for (seconds, text) in [(90, "90s"), (3600, "1h"), (172_800, "2d"), (0, "0s")] {
            assert_eq!(written_duration(Duration::from_secs(seconds)), text);
        }
    }
}
