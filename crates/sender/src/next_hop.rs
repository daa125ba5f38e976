//! Next hops, as Postfix names them when it asks for a policy.

use std::fmt;
use std::net::IpAddr;

use sigillo_formats::DomainName;

/// Where mail servers listen (RFC 5321 §4.5.4.2).
const SMTP_PORT: u16 = 25;

/// The longest key that can name a next hop: a domain name of 253 bytes as U-labels has no more,
/// with brackets and a port.
pub const KEY_BYTES: usize = 1024;

/// Where a message is to go next.
///
/// `example.com`, `example.com:587`, `[mail.example.com]` and `[mail.example.com]:587` use the
/// policy of the name that they hold (our reading of RFC 8461 §3.4); brackets say that the name is
/// a host's rather than one with MX records.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NextHop {
    domain: DomainName,
    port: Port,
    is_host: bool,
}

/// The port of a next hop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Port {
    Usual,
    Number(u16),
    /// A service of which only the system knows the number. There is no TLSA name for it.
    Unknown,
}

/// A key that has no policy, and about which the network is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum NotANextHop {
    /// `.example.com`: Postfix looks for policies of parents; MTA-STS has none (RFC 8461 §3.4).
    #[error("policies don't cover sub-domains")]
    Parent,
    /// An address; policies are not for them (RFC 8461 §5).
    #[error("there are no policies for addresses")]
    Address,
    /// No name that mail could be sent to.
    #[error("that is no domain name")]
    NotADomain,
}

impl NextHop {
    /// The next hop that is a domain, or a host without MX records, at the usual port.
    #[must_use]
    pub const fn domain(domain: DomainName) -> Self {
        Self { domain, port: Port::Usual, is_host: false }
    }

    /// Reads a next hop in any case, with or without the final dot.
    ///
    /// ```
    /// # use sigillo_sender::NextHop;
    /// let next_hop = NextHop::parse("[Mail.Example.com]:587")?;
    /// assert_eq!(next_hop.policy_domain().as_str(), "mail.example.com");
    /// assert_eq!(next_hop.to_string(), "[mail.example.com]:587");
    /// assert!(NextHop::parse(".example.com").is_err());
    /// assert!(NextHop::parse("[192.0.2.1]").is_err());
    /// # Ok::<(), sigillo_sender::NotANextHop>(())
    /// ```
    ///
    /// # Errors
    /// If the key names nothing that has a policy.
    pub fn parse(key: &str) -> Result<Self, NotANextHop> {
        if key.starts_with('.') {
            return Err(NotANextHop::Parent);
        }
        if key.len() > KEY_BYTES {
            return Err(NotANextHop::NotADomain);
        }
        let (name, port, is_host) = match key.strip_prefix('[') {
            Some(rest) => {
                let (name, after) = rest.split_once(']').ok_or(NotANextHop::NotADomain)?;
                let port = match after {
                    "" => None,
                    after => Some(after.strip_prefix(':').ok_or(NotANextHop::NotADomain)?),
                };
                (name, port, true)
            }
            // More than one colon: an IPv6 address.
            None if key.parse::<IpAddr>().is_ok() => return Err(NotANextHop::Address),
            None => match key.split_once(':') {
                Some((name, port)) => (name, Some(port), false),
                None => (key, None, false),
            },
        };
        if is_address(name) {
            return Err(NotANextHop::Address);
        }
        let domain = DomainName::parse(name).map_err(|_| NotANextHop::NotADomain)?;
        let port = port.map_or(Ok(Port::Usual), Port::parse)?;
        Ok(Self { domain, port, is_host })
    }

    /// The domain whose policy counts.
    #[must_use]
    pub const fn policy_domain(&self) -> &DomainName {
        &self.domain
    }

    /// The port that TLSA records are looked for with, if it is known.
    #[must_use]
    pub const fn port(&self) -> Option<u16> {
        match self.port {
            Port::Usual => Some(SMTP_PORT),
            Port::Number(port) => Some(port),
            Port::Unknown => None,
        }
    }

    /// Whether the name is the host itself, and has no MX records to look up.
    #[must_use]
    pub const fn is_host(&self) -> bool {
        self.is_host
    }

    /// Whether it is a domain at the usual port, as nearly all are.
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        matches!(self.port, Port::Usual) && !self.is_host
    }
}

impl Port {
    fn parse(text: &str) -> Result<Self, NotANextHop> {
        match text {
            // Postfix takes `example.com:` for `example.com`.
            "" | "smtp" | "25" => Ok(Self::Usual),
            "submission" => Ok(Self::Number(587)),
            "smtps" | "submissions" => Ok(Self::Number(465)),
            number if number.starts_with(|first: char| first.is_ascii_digit()) => {
                let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
                match number.parse() {
                    Ok(port) if is_number && port != 0 => Ok(Self::Number(port)),
                    _ => Err(NotANextHop::NotADomain),
                }
            }
            // The system may call its services anything.
            name if name.bytes().all(is_of_service) => Ok(Self::Unknown),
            _ => Err(NotANextHop::NotADomain),
        }
    }
}

/// Whether a byte can be one of a service's name: what neither ends a next hop nor is unseen.
const fn is_of_service(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b':' | b'[' | b']')
}

/// In lower case, with the port only where it is not the usual one.
impl fmt::Display for NextHop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_host {
            write!(formatter, "[{}]", self.domain)?;
        } else {
            self.domain.fmt(formatter)?;
        }
        match self.port {
            Port::Usual => Ok(()),
            Port::Number(port) => write!(formatter, ":{port}"),
            // All of them get the same answer.
            Port::Unknown => formatter.write_str(":other"),
        }
    }
}

/// Whether a name is an address: also one whose last label is a number, since no top-level domain
/// is one (RFC 3696 §2).
fn is_address(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let prefixed = name.get(..5).is_some_and(|prefix| prefix.eq_ignore_ascii_case("ipv6:"));
    let last = name.rsplit('.').next().unwrap_or(name);
    prefixed
        || name.parse::<IpAddr>().is_ok()
        || (!last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_uses_the_policy_of_its_name() {
        for (key, shown, port, is_host) in [
            ("example.com", "example.com", Some(25), false),
            ("Example.COM.", "example.com", Some(25), false),
            ("example.com:587", "example.com:587", Some(587), false),
            ("example.com:25", "example.com", Some(25), false),
            ("example.com:smtp", "example.com", Some(25), false),
            ("example.com:submission", "example.com:587", Some(587), false),
            ("example.com:submissions", "example.com:465", Some(465), false),
            ("example.com:amqp", "example.com:other", None, false),
            ("example.com:smtp_alt", "example.com:other", None, false),
            ("example.com:", "example.com", Some(25), false),
            ("[example.com]:", "[example.com]", Some(25), true),
            ("[example.com]", "[example.com]", Some(25), true),
            ("[example.com.]:2525", "[example.com]:2525", Some(2525), true),
            ("città.example", "xn--citt-3na.example", Some(25), false),
        ] {
            let next_hop = NextHop::parse(key).unwrap_or_else(|error| panic!("{key}: {error}"));
            assert_eq!(next_hop.to_string(), shown, "{key}");
            assert_eq!(next_hop.port(), port, "{key}");
            assert_eq!(next_hop.is_host(), is_host, "{key}");
            assert_eq!(NextHop::parse(shown).as_ref(), Ok(&next_hop), "{shown} again");
        }
    }

    #[test]
    fn what_has_no_policy_is_told_apart() {
        for key in [".example.com", ".com", ".", ".["] {
            assert_eq!(NextHop::parse(key), Err(NotANextHop::Parent), "{key}");
        }
        for key in [
            "[192.0.2.1]",
            "[192.0.2.1]:25",
            "192.0.2.1",
            "192.0.2.1:25",
            "[IPv6:2001:db8::1]",
            "[2001:db8::1]:25",
            "2001:db8::1",
            "::1",
            "192.0.2.1.",
            "[ipv6:::1]",
        ] {
            assert_eq!(NextHop::parse(key), Err(NotANextHop::Address), "{key}");
        }
        let long = format!("{}.example", "a.".repeat(600));
        for key in [
            "",
            "[",
            "[]",
            "[example.com",
            "[example.com]587",
            "example.com:0",
            "example.com:65536",
            "example.com:5 7",
            "example.com:5x",
            "example.com:x y",
            "example.com:x:y",
            "example.com::",
            "example com",
            "-.example",
            "a..b",
            "{x}.com",
            "example.com\0",
            "*",
            "user@example.com",
            "[[example.com]]",
            &long,
        ] {
            assert_eq!(NextHop::parse(key), Err(NotANextHop::NotADomain), "{key}");
        }
    }
}
