use rustls::pki_types::{CertificateDer, Der, TrustAnchor};
use x509_parser::prelude::FromDer;
use x509_parser::x509::SubjectPublicKeyInfo;

use crate::tls::parse_certificate;

/// The trust anchor that a certificate is; none if it can't be read or may not sign others.
pub(super) fn certificate_anchor<'a>(
    certificate: &'a CertificateDer<'a>,
) -> Option<TrustAnchor<'a>> {
    let parsed = parse_certificate(certificate).ok()?;
    // Certificates of version 1 can't say whether they sign.
    if parsed.version().0 >= 2 && !parsed.is_ca() {
        return None;
    }
    webpki::anchor_from_trusted_cert(certificate).ok()
}

/// The trust anchor that a bare key under the name of an issuer is (RFC 7671 §5.2.2); none if it is
/// no key. `issuer` is a name in DER.
pub(super) fn bare_key_anchor(issuer: &[u8], key: &[u8]) -> Option<TrustAnchor<'static>> {
    match SubjectPublicKeyInfo::from_der(key) {
        Ok(([], _)) => {}
        _ => return None,
    }
    // webpki wants both without the header of their outer sequence.
    Some(TrustAnchor {
        subject: Der::from(contents(issuer).unwrap_or_default().to_vec()),
        subject_public_key_info: Der::from(contents(key)?.to_vec()),
        name_constraints: None,
    })
}

/// What stands inside a DER value.
fn contents(der: &[u8]) -> Option<&[u8]> {
    match der {
        [_, short @ ..=0x7f, rest @ ..] => (rest.len() == usize::from(*short)).then_some(rest),
        [_, 0x81, _, rest @ ..] | [_, 0x82, _, _, rest @ ..] | [_, 0x83, _, _, _, rest @ ..] => {
            Some(rest)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_cut_off() {
        assert_eq!(contents(&[0x30, 2, 5, 0]), Some([5, 0].as_slice()));
        assert_eq!(contents(&[0x30, 3, 5, 0]), None);
        assert_eq!(contents(&[0x30, 0x81, 1, 9]), Some([9].as_slice()));
        assert_eq!(contents(&[0x30, 0x82, 0, 1, 9]), Some([9].as_slice()));
        assert_eq!(contents(&[0x30]), None);
        assert!(bare_key_anchor(&[], &[0x30, 0]).is_none());
    }
}
