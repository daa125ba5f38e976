use sigillo_formats::DomainName;

/// What servers of those days had in common, the better first.
const CIPHER_SUITES: [u16; 20] = [
    0xc014, 0xc013, // ECDHE-RSA with AES
    0xc00a, 0xc009, // ECDHE-ECDSA with AES
    0x0039, 0x0033, // DHE-RSA with AES
    0x0038, 0x0032, // DHE-DSS with AES
    0x0035, 0x002f, // RSA with AES
    0x0088, 0x0084, 0x0045, 0x0041, // Camellia
    0xc012, 0xc008, 0x0016, 0x000a, // 3DES
    0x0005, // RC4
    0x00ff, // renegotiation is safe (RFC 5746)
];

/// A hello of TLS 1.1 (RFC 4346 §7.4.1.2) that asks for `name` (RFC 6066 §3). A server that knows
/// only TLS 1.0 answers with that.
#[must_use]
pub fn client_hello(name: &DomainName, random: [u8; 32]) -> Vec<u8> {
    let mut body = vec![0x03, 0x02];
    body.extend(random);
    body.push(0); // no session to resume
    let suites: Vec<u8> = CIPHER_SUITES.into_iter().flat_map(u16::to_be_bytes).collect();
    counted(&mut body, &suites);
    body.extend([1, 0]); // no compression
    counted(&mut body, &extensions(name));

    let mut handshake = vec![0x01, 0x00]; // a client hello is shorter than 64 KiB
    counted(&mut handshake, &body);

    let mut record = vec![0x16, 0x03, 0x01];
    counted(&mut record, &handshake);
    record
}

fn extensions(name: &DomainName) -> Vec<u8> {
    let mut host = vec![0]; // a host name
    counted(&mut host, name.as_str().as_bytes());
    let mut names = Vec::new();
    counted(&mut names, &host);

    let mut extensions = vec![0x00, 0x00]; // server_name
    counted(&mut extensions, &names);
    // supported_groups: P-256, P-384, P-521
    extensions.extend([0x00, 0x0a, 0x00, 0x08, 0x00, 0x06, 0x00, 0x17, 0x00, 0x18, 0x00, 0x19]);
    // ec_point_formats: uncompressed
    extensions.extend([0x00, 0x0b, 0x00, 0x02, 0x01, 0x00]);
    extensions
}

/// Appends `bytes` after their number in two bytes. A name has at most 253 bytes, so that all of
/// the hello's parts are far below 64 KiB.
fn counted(target: &mut Vec<u8>, bytes: &[u8]) {
    let count = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    target.extend(count.to_be_bytes());
    target.extend(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_fit() {
        let hello = client_hello(&DomainName::parse("mx.example.com").unwrap(), [7; 32]);
        let length = |at: usize| usize::from(u16::from_be_bytes([hello[at], hello[at + 1]]));
        assert_eq!(length(3), hello.len() - 5);
        assert_eq!(length(7), hello.len() - 9);
        assert_eq!(&hello[9..11], [3, 2]);
        let text = b"mx.example.com";
        assert!(hello.windows(text.len()).any(|window| window == text));
    }
}
