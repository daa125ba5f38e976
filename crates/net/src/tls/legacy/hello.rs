use sigillo_formats::DomainName;

/// What servers up to TLS 1.2 have in common with anybody, the better first.
const CIPHER_SUITES: [u16; 38] = [
    0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, // ECDHE with AEAD
    0x009e, 0x009f, 0xccaa, // DHE with AEAD
    0x009c, 0x009d, // RSA with AEAD
    0xc023, 0xc027, 0xc024, 0xc028, 0x0067, 0x006b, 0x003c, 0x003d, // CBC with SHA-2
    0xc009, 0xc013, 0xc00a, 0xc014, // ECDHE with AES
    0x0033, 0x0039, 0x0032, 0x0038, // DHE with AES
    0x002f, 0x0035, // RSA with AES
    0x0041, 0x0084, // Camellia
    0xc008, 0xc012, 0x0016, 0x000a, // 3DES
    0x0005, 0x0004, // RC4
    0x00ff, // renegotiation is safe (RFC 5746)
];

/// What servers may sign with: ECDSA, RSA, RSA-PSS, DSA, with SHA-2 and SHA-1.
const SIGNATURES: [u16; 13] = [
    0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201, 0x0202,
    0x0402,
];

/// P-256, P-384, P-521, X25519.
const GROUPS: [u16; 4] = [0x0017, 0x0018, 0x0019, 0x001d];

/// A hello of TLS 1.2 (RFC 5246 §7.4.1.2) that asks for `name` (RFC 6066 §3) and offers every cipher
/// suite that is met. A server answers with the newest version that it knows up to that.
#[must_use]
pub fn client_hello(name: &DomainName, random: [u8; 32]) -> Vec<u8> {
    let mut body = vec![0x03, 0x03];
    body.extend(random);
    body.push(0); // no session to resume
    counted(&mut body, &numbers(&CIPHER_SUITES));
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

    let mut groups = Vec::new();
    counted(&mut groups, &numbers(&GROUPS));
    let mut signatures = Vec::new();
    counted(&mut signatures, &numbers(&SIGNATURES));

    let mut extensions = Vec::new();
    for (number, content) in [
        (0x0000_u16, names.as_slice()), // server_name
        (0x000a, &groups),              // supported_groups
        (0x000b, &[1, 0]),              // ec_point_formats: uncompressed
        (0x000d, &signatures),          // signature_algorithms
    ] {
        extensions.extend(number.to_be_bytes());
        counted(&mut extensions, content);
    }
    extensions
}

fn numbers(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
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
        assert_eq!(&hello[9..11], [3, 3]);
        let text = b"mx.example.com";
        assert!(hello.windows(text.len()).any(|window| window == text));
    }
}
