use bytes::Bytes;
use domain::base::iana::Class;
use domain::base::name::ToName;
use domain::base::{Name, Rtype};
use domain::dnssec::validator::anchor::TrustAnchors;
use domain::zonefile::inplace::{Entry, Zonefile};

/// The root's key-signing keys: KSK-2017 (tag 20326) and KSK-2024 (tag 38696), as DS records
/// (<https://data.iana.org/root-anchors/root-anchors.xml>).
const ROOT: &str = "\
. 3600 IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D
. 3600 IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16
";

/// The most bytes of a trust anchor's text.
const MAXIMUM_BYTES: usize = 65_536;

/// Keys that are trusted without a signature.
pub(super) struct TrustAnchor {
    /// The keys as the validator takes them.
    pub(super) keys: TrustAnchors,
    /// The zones that they belong to; at least one.
    pub(super) zones: Vec<Name<Bytes>>,
}

impl TrustAnchor {
    /// Reads DS or DNSKEY records in zone-file form; without a text, the root's.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub(super) fn parse(text: Option<&str>) -> Result<Self, String> {
        let text = text.unwrap_or(ROOT);
        if text.len() > MAXIMUM_BYTES {
            return Err(format!("more than {MAXIMUM_BYTES} bytes"));
        }
        let zones = zones(text)?;
        let keys = TrustAnchors::from_u8(text.as_bytes()).map_err(|error| error.to_string())?;
        Ok(Self { keys, zones })
    }
}

/// The zones of the records, each once; none but DS and DNSKEY records are let pass.
fn zones(text: &str) -> Result<Vec<Name<Bytes>>, String> {
    let mut file = Zonefile::new();
    file.set_default_class(Class::IN);
    file.extend_from_slice(text.as_bytes());
    file.extend_from_slice(b"\n");
    let mut zones: Vec<Name<Bytes>> = Vec::new();
    for entry in file {
        let Entry::Record(record) = entry.map_err(|error| error.to_string())? else {
            return Err("a trust anchor includes no other file".to_owned());
        };
        if !matches!(record.rtype(), Rtype::DS | Rtype::DNSKEY) {
            return Err(format!("a trust anchor is a DS or DNSKEY record, no {}", record.rtype()));
        }
        let owner = record.owner().to_name::<Bytes>();
        if !zones.contains(&owner) {
            zones.push(owner);
        }
    }
    if zones.is_empty() {
        return Err("no DS or DNSKEY record in it".to_owned());
    }
    Ok(zones)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors() {
        assert_eq!(TrustAnchor::parse(None).map(|anchor| anchor.zones.len()).ok(), Some(1));
        let error = |text: &str| TrustAnchor::parse(Some(text)).err().unwrap();
        assert!(error("").contains("no DS"));
        assert!(error("example. 3600 IN A 192.0.2.1").contains("no A"));
        assert!(!error("nonsense").is_empty());
    }
}
