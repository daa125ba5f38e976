//! What sending mail servers ask, and what their operator decides.

use sigillo_formats::DomainName;
use sigillo_sender::NextHop;
use sigillo_sender::overrides::Overrides;
use sigillo_sender::socketmap::request::{Read, read};

/// A next hop is read from what it is shown as, and stays the same.
pub fn next_hop(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(next_hop) = NextHop::parse(&text) {
        assert_eq!(NextHop::parse(&next_hop.to_string()).as_ref(), Ok(&next_hop));
    }
}

/// What is wrong with overrides lies inside their text; good ones can be looked up.
pub fn overrides(bytes: &[u8]) {
    match Overrides::parse(bytes) {
        Ok(overrides) => {
            if let Ok(domain) = DomainName::parse("a.b.example.com") {
                assert!(!overrides.is_empty() || overrides.for_domain(&domain).is_none());
            }
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            assert!(errors.iter().all(|error| error.span.end() <= bytes.len()));
        }
    }
}

/// However requests are cut, they are read as if they had come at once, and what is malformed
/// doesn't get better with more.
pub fn socketmap_request(bytes: &[u8]) {
    match read(bytes) {
        Read::Whole(_, length) => {
            for end in 0..length {
                assert_eq!(bytes.get(..end).map(read), Some(Read::Part));
            }
        }
        Read::Part => assert!(bytes.len() < 2_048),
        Read::Malformed => {
            let longer = [bytes, b"0:,"].concat();
            assert_eq!(read(&longer), Read::Malformed);
        }
    }
}
