//! How policies are served.

use crate::case::{Case, Certificate, ENFORCE, Host, NOT_FOUND, SECURE};

const PLAIN: &str = "200 OK\r\nContent-Type: text/plain";

const MOVED: &str = concat!(
    "301 Moved Permanently\r\nContent-Type: text/plain\r\n",
    "Location: https://mta-sts.enforce.example/.well-known/mta-sts.txt",
);

pub(crate) fn cases() -> Vec<Case> {
    let serves =
        |what, domain, head: &str| Case::new(what, domain).serves(head, ENFORCE.as_bytes());
    let shows = |what, domain, certificate| Case::new(what, domain).certificate(certificate);
    let sized = |size: usize| {
        let mut policy = ENFORCE.replace("{d}", "large.example");
        policy.push_str("note: ");
        policy.push_str(&"x".repeat(size - policy.len()));
        policy
    };
    let chunked =
        |policy: &str| format!("{:x}\r\n{policy}\r\n0\r\n\r\n", policy.len()).into_bytes();
    vec![
        Case::new("no address", "no-address.example").host(Host::Missing).both(NOT_FOUND),
        Case::new("connections are refused", "refused.example").host(Host::Refuses).both(NOT_FOUND),
        serves("status 404", "404.example", "404 Not Found\r\nContent-Type: text/plain")
            .both(NOT_FOUND),
        serves(
            "status 500",
            "500.example",
            "500 Internal Server Error\r\nContent-Type: text/plain",
        )
        .both(NOT_FOUND),
        serves(
            "status 203",
            "203.example",
            "203 Non-Authoritative Information\r\nContent-Type: text/plain",
        )
        .both(NOT_FOUND),
        serves("a redirect to a good policy", "redirect.example", MOVED).both(NOT_FOUND),
        serves("`text/html`", "html.example", "200 OK\r\nContent-Type: text/html").both(NOT_FOUND),
        serves(
            "`Text/Plain; charset=utf-8`",
            "charset.example",
            "200 OK\r\nContent-Type: Text/Plain; charset=utf-8",
        ),
        serves(
            "`text/plain; charset=iso-8859-1`",
            "latin.example",
            "200 OK\r\nContent-Type: text/plain; charset=iso-8859-1",
        ),
        serves("no media type", "typeless.example", "200 OK")
            .theirs(NOT_FOUND, "only another type than `text/plain` is refused (RFC 8461 §3.3)"),
        Case::new("65536 bytes", "large.example").serves(PLAIN, sized(65536).as_bytes()),
        Case::new("65537 bytes", "larger.example")
            .serves(PLAIN, sized(65537).as_bytes())
            .both(NOT_FOUND),
        Case::new("chunks", "chunks.example").serves(
            &format!("{PLAIN}\r\nTransfer-Encoding: chunked"),
            &chunked(&ENFORCE.replace("{d}", "chunks.example")),
        ),
        Case::new("65537 bytes in chunks", "chunks-larger.example")
            .serves(&format!("{PLAIN}\r\nTransfer-Encoding: chunked"), &chunked(&sized(65537)))
            .both(NOT_FOUND),
        Case::new("packed without having been asked for", "packed.example")
            .serves(
                &format!("{PLAIN}\r\nContent-Encoding: deflate"),
                &stored(&ENFORCE.replace("{d}", "packed.example")),
            )
            .ours(NOT_FOUND)
            .theirs(SECURE, "Sigillo asks for no packed answers, and unpacks none"),
        shows("a certificate for `*.DOMAIN`", "wildcard-host.example", Certificate::Wildcard),
        shows("a certificate for another name", "other-name.example", Certificate::AnotherName)
            .both(NOT_FOUND),
        shows("an expired certificate", "expired.example", Certificate::Expired).both(NOT_FOUND),
        shows(
            "a certificate that signs for itself",
            "self-signed.example",
            Certificate::SelfSigned,
        )
        .both(NOT_FOUND),
        shows(
            "a chain without its intermediate authority",
            "incomplete.example",
            Certificate::Incomplete,
        )
        .both(NOT_FOUND),
    ]
}

/// A text as `deflate` has it, one block that is not compressed (RFC 1950, RFC 1951 §3.2.4).
fn stored(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap();
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in text.bytes() {
        low = (low + u32::from(byte)) % 65521;
        high = (high + low) % 65521;
    }
    let mut bytes = vec![0x78, 0x01, 0x01];
    bytes.extend(length.to_le_bytes());
    bytes.extend((!length).to_le_bytes());
    bytes.extend(text.bytes());
    bytes.extend((high << 16 | low).to_be_bytes());
    bytes
}
