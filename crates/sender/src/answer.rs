//! Answers as Postfix reads them: `smtp_tls_policy_maps` (`postconf(5)`) over a socketmap
//! (`socketmap_table(5)`).

use std::fmt::Write as _;

use sigillo_formats::DomainName;
use sigillo_formats::policy::{Mode, Policy};

use crate::decision::{Level, StsState};
use crate::facts::FailureKind;

/// The longest reply that Postfix reads, in bytes without the netstring's own.
pub const REPLY_BYTES: usize = 100_000;

/// There is no policy. The space belongs to it.
pub(crate) const NOT_FOUND: &[u8] = b"9:NOTFOUND ,";
/// All hosts have to match their TLSA records.
pub(crate) const DANE_ONLY: &[u8] = b"12:OK dane-only,";
/// TLSA records where there are any.
pub(crate) const DANE: &[u8] = b"7:OK dane,";
/// It can't be told now.
pub(crate) const WAIT: &[u8] = b"41:TEMP the DNS can't be asked at the moment,";
/// What an answer would say is too long.
pub(crate) const TOO_LONG: &[u8] = b"37:TEMP the policy has too many MX names,";
/// Nobody has a map of this name.
pub(crate) const UNKNOWN_MAP: &[u8] = b"51:PERM no such map: postfix, postfix-tlsrpt are known,";
/// The key can't be a next hop's.
pub(crate) const UNREADABLE: &[u8] = b"32:PERM the request is not readable,";

/// What Postfix is told to do where there is no policy; only said where it comes with attributes,
/// since Postfix asks for one that is at least as strict as its own `smtp_tls_security_level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DefaultLevel {
    /// Encrypted if the host offers it.
    #[default]
    May,
    /// Encrypted, by whoever answers.
    Encrypt,
    /// By TLSA records where there are any.
    Dane,
}

impl DefaultLevel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::May, Self::Encrypt, Self::Dane];

    /// Postfix's name for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::May => "may",
            Self::Encrypt => "encrypt",
            Self::Dane => "dane",
        }
    }
}

/// The answer that holds mail to a policy, for any version of Postfix: its hosts and no others,
/// with SNI (RFC 8461 §7.1).
///
/// `*.example.com` becomes `.example.com`, which is how Postfix writes a name and all below it.
#[must_use]
pub fn secure(policy: &Policy) -> String {
    let mut answer = String::from("secure match=");
    let mut seen = std::collections::HashSet::new();
    let patterns = policy.mx().iter().filter(|pattern| seen.insert(*pattern));
    for (index, pattern) in patterns.enumerate() {
        if index > 0 {
            answer.push(':');
        }
        if pattern.is_wildcard() {
            answer.push('.');
        }
        answer.push_str(pattern.name().as_str());
    }
    answer.push_str(" servername=hostname");
    answer
}

/// A reply as a person reads it: without the netstring around it, and without `OK`.
pub(crate) fn text(reply: &[u8]) -> String {
    let data = reply.iter().position(|&byte| byte == b':').and_then(|at| reply.get(at + 1..));
    let data = data.and_then(|data| data.strip_suffix(b",")).unwrap_or_default();
    let data = data.strip_prefix(b"OK ").unwrap_or(data);
    String::from_utf8_lossy(data).trim_end().to_owned()
}

/// What reports are to say beside it, for Postfix 3.10 and later; none where it makes out the rest
/// by itself, or where nothing is known.
#[must_use]
pub fn with_report(
    domain: &DomainName,
    level: Level,
    sts: StsState,
    policy: Option<&Policy>,
    default: DefaultLevel,
) -> Option<String> {
    let mut answer = match (level, policy) {
        (Level::Secure, Some(policy)) => secure(policy),
        (Level::NoPolicy, _) => default.name().to_owned(),
        _ => return None,
    };
    match (sts, policy) {
        (StsState::Policy(Mode::Enforce | Mode::Testing), Some(policy)) => {
            let _ = write!(answer, " policy_type=sts policy_domain={domain}");
            push_policy(&mut answer, policy);
        }
        (StsState::Policy(Mode::None) | StsState::Absent, _) => {
            let _ = write!(answer, " policy_type=no-policy-found policy_domain={domain}");
        }
        (StsState::Unfetched(failure), _) => push_failure(&mut answer, domain, failure),
        _ => return None,
    }
    (answer.len() + "OK ".len() <= REPLY_BYTES).then_some(answer)
}

/// The type is not `sts`: versions of Postfix that read a policy's texts without having been given
/// any would go wrong.
fn push_failure(answer: &mut String, domain: &DomainName, failure: FailureKind) {
    let _ = write!(
        answer,
        " policy_type=no-policy-found policy_domain={domain} policy_failure={}",
        failure.result_type()
    );
}

/// The policy's fields and patterns.
fn push_policy(answer: &mut String, policy: &Policy) {
    for line in policy.to_string().lines().filter(|line| is_harmless(line)) {
        let _ = write!(answer, " {{ policy_string = {line} }}");
    }
    for pattern in policy.mx() {
        let _ = write!(answer, " mx_host_pattern={pattern}");
    }
}

/// Whether a line can stand between braces and mean nothing but itself. Extension fields may hold
/// anything printable (RFC 8461 §3.2); those that can't be quoted are left out.
fn is_harmless(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'{' | b'}'))
}

/// A reply that has data.
#[must_use]
pub(crate) fn ok(data: &str) -> Vec<u8> {
    format!("{}:OK {data},", "OK ".len() + data.len()).into_bytes()
}

#[cfg(test)]
mod tests {
    use sigillo_formats::policy;

    use super::*;

    const TEXT: &str = "version: STSv1\nmode: enforce\nmx: Mail.example.com\nmx: *.example.net\n\
         mx: mail.example.com\nmax_age: 86400\nnote: a {b} = c\nfine: a = b, c\n";

    fn policy(text: &str) -> Policy {
        policy::parse(text.as_bytes()).into_policy().unwrap()
    }

    fn report(level: Level, sts: StsState, policy: Option<&Policy>) -> Option<String> {
        let domain = DomainName::parse("example.com").unwrap();
        with_report(&domain, level, sts, policy, DefaultLevel::May)
    }

    #[test]
    fn replies_are_read_without_what_surrounds_them() {
        for (reply, shown) in [
            (NOT_FOUND, "NOTFOUND"),
            (DANE_ONLY, "dane-only"),
            (WAIT, "TEMP the DNS can't be asked at the moment"),
            (
                b"45:OK secure match=a.example servername=hostname,",
                "secure match=a.example servername=hostname",
            ),
            (b"", ""),
        ] {
            assert_eq!(text(reply), shown);
        }
    }

    #[test]
    fn fixed_replies_are_netstrings() {
        for reply in [NOT_FOUND, DANE_ONLY, DANE, WAIT, TOO_LONG, UNKNOWN_MAP, UNREADABLE] {
            let text = str::from_utf8(reply).unwrap();
            let (length, rest) = text.split_once(':').unwrap();
            let data = rest.strip_suffix(',').unwrap();
            assert_eq!(length, data.len().to_string(), "{text}");
        }
    }

    #[test]
    fn a_policy_is_written_as_postfix_matches_names() {
        let answer = secure(&policy(TEXT));
        assert_eq!(answer, "secure match=mail.example.com:.example.net servername=hostname");
        assert_eq!(ok("dane-only"), DANE_ONLY);
    }

    #[test]
    fn reports_get_the_policy_and_nothing_that_could_be_an_attribute() {
        let policy = policy(TEXT);
        let sts = StsState::Policy(Mode::Enforce);
        assert_eq!(
            report(Level::Secure, sts, Some(&policy)).unwrap(),
            "secure match=mail.example.com:.example.net servername=hostname policy_type=sts \
             policy_domain=example.com { policy_string = version: STSv1 } \
             { policy_string = mode: enforce } { policy_string = mx: mail.example.com } \
             { policy_string = mx: *.example.net } { policy_string = mx: mail.example.com } \
             { policy_string = max_age: 86400 } { policy_string = fine: a = b, c } \
             mx_host_pattern=mail.example.com mx_host_pattern=*.example.net \
             mx_host_pattern=mail.example.com"
        );
    }

    #[test]
    fn reports_learn_also_of_tests_and_of_what_is_missing() {
        let testing = policy("version: STSv1\nmode: testing\nmx: a.example\nmax_age: 1\n");
        let told =
            report(Level::NoPolicy, StsState::Policy(Mode::Testing), Some(&testing)).unwrap();
        assert!(told.starts_with("may policy_type=sts policy_domain=example.com { "), "{told}");
        let none = policy("version: STSv1\nmode: none\nmax_age: 1\n");
        for (sts, policy) in [(StsState::Policy(Mode::None), Some(&none)), (StsState::Absent, None)]
        {
            let told = report(Level::NoPolicy, sts, policy).unwrap();
            assert_eq!(told, "may policy_type=no-policy-found policy_domain=example.com");
        }
        let told = report(Level::NoPolicy, StsState::Unfetched(FailureKind::Certificate), None);
        assert_eq!(
            told.unwrap(),
            "may policy_type=no-policy-found policy_domain=example.com \
             policy_failure=sts-webpki-invalid"
        );
        assert_eq!(report(Level::NoPolicy, StsState::Unknown, None), None);
        assert_eq!(report(Level::DaneOnly, StsState::Absent, None), None);
    }

    #[test]
    fn what_would_be_too_long_loses_its_report() {
        let mut text = String::from("version: STSv1\nmode: enforce\nmax_age: 86400\n");
        for number in 0..2_500 {
            let _ = writeln!(text, "mx: mail{number}.example.com");
        }
        let policy = policy(&text);
        assert!(secure(&policy).len() < REPLY_BYTES);
        assert_eq!(report(Level::Secure, StsState::Policy(Mode::Enforce), Some(&policy)), None);
    }
}
