use super::Case;

/// Texts that a sender accepts.
pub(super) const VALID: &[Case] = &[
    (b"version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 604800\n", &[]),
    // LF and CRLF are equally right, mixed too, and the last line needs no end.
    (b"version: STSv1\r\nmode: testing\r\nmx: *.example.com\r\nmax_age: 86400\r\n", &[]),
    (b"version: STSv1\r\nmode: testing\nmx: a.example\r\nmax_age: 86400", &[]),
    // White space behind the colon and at the end of a line.
    (b"version:STSv1\nmode:\t testing \nmx:a.example\t\nmax_age:86400  \n", &[]),
    // Order is free, but for a hint about what some tools expect.
    (b"mode: testing\nmx: a.example\nmax_age: 86400\nversion: STSv1\n", &["policy-version-not-first"]),
    // Extension fields, also with blanks, colons and UTF-8 in their values.
    ("version: STSv1\nmode: none\nmax_age: 86400\nnote: caffè: sì\nx-y.z_0: 1 2\n".as_bytes(), &[]),
    // `none` needs no MX and may have some; it may be short-lived.
    (b"version: STSv1\nmode: none\nmax_age: 3600\n", &[]),
    (b"version: STSv1\nmode: none\nmx: a.example\nmax_age: 86400\n", &[]),
    (b"version: STSv1\nmode: none\nmax_age: 0\n", &["policy-max-age-zero"]),
    // Lifetimes at their borders.
    (b"version: STSv1\nmode: testing\nmx: a.example\nmax_age: 31557600\n", &[]),
    (b"version: STSv1\nmode: testing\nmx: a.example\nmax_age: 0000086400\n", &[]),
    (b"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 86399\n", &["policy-max-age-short"]),
    (b"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604799\n", &["policy-max-age-under-week"]),
    (b"version: STSv1\nmode: testing\nmx: a.example\nmax_age: 0\n", &["policy-max-age-zero"]),
    // Our reading, point 1: accepted with a warning.
    (b"version: STSv1\nmode: testing\nmx: a.example\nmax_age: 9999999999\n", &["policy-max-age-too-large"]),
    (
        b"\nversion: STSv1\n\nmode: testing\n \t\nmx: a.example\nmax_age: 86400\n\n",
        &["policy-blank-line", "policy-blank-line", "policy-blank-line", "policy-blank-line"],
    ),
    (b"version: STSv1\nmode: testing\nmx: a.example\nmax_age: 86400\n ", &["policy-blank-line"]),
    // The first of a repeated field counts, however the later one looks.
    (
        b"version: STSv1\nmode: testing\nmode: enforce\nmx: a.example\nmax_age: 86400\nmax_age: soon\nversion: 2\n",
        &["policy-duplicate-field", "policy-duplicate-field", "policy-duplicate-field"],
    ),
    (
        b"version: STSv1\nmode: none\n mode: x\nmode : y\nmax_age: 86400\n",
        &["policy-duplicate-field", "policy-duplicate-field"],
    ),
    (
        b"version: STSv1\nmode: none\nmax_age: 86400\nx: 1\nx: 2\nX: 3\n",
        &["policy-duplicate-field"],
    ),
    // Patterns.
    (b"version: STSv1\nmode: testing\nmx: MAIL.Example.COM\nmax_age: 86400\n", &[]),
    (b"version: STSv1\nmode: testing\nmx: mail\nmax_age: 86400\n", &["policy-mx-single-label"]),
    (b"version: STSv1\nmode: testing\nmx: *.com\nmx: *.co.uk\nmax_age: 86400\n", &["policy-mx-public-suffix", "policy-mx-public-suffix"]),
    (b"version: STSv1\nmode: testing\nmx: A.example\nmx: a.example\nmax_age: 86400\n", &["policy-mx-duplicate"]),
    (b"version: STSv1\nmode: testing\nmx: a.b.example\nmx: *.b.example\nmax_age: 86400\n", &["policy-mx-shadowed"]),
    (b"version: STSv1\nmode: testing\nmx: *.b.example\nmx: b.example\nmx: *.c.b.example\nmax_age: 86400\n", &[]),
    (b"version: STSv1\nmode: testing\nmx: xn--bcher-kva.example\nmax_age: 86400\n", &[]),
    // A misspelt field is unknown, and so ignored.
    (
        b"version: STSv1\nmode: testing\nmx: a.example\nmxs: b.example\nmax_age: 86400\n",
        &["policy-unknown-field"],
    ),
];

/// Texts that a sender refuses.
pub(super) const INVALID: &[Case] = &[
    (b"", &["policy-empty"]),
    (b" \r\n\t\n", &["policy-empty"]),
    (b"<!DOCTYPE html>\n<html><body>404</body></html>\n", &["policy-html"]),
    (b"\n <html>", &["policy-html"]),
    (b"\xff\xfev\0e\0r\0", &["policy-utf16"]),
    (b"v\0e\0r\0s\0i\0o\0n\0", &["policy-utf16"]),
    (b"\xef\xbb\xbfversion: STSv1\nmode: none\nmax_age: 86400\n", &["policy-bom"]),
    (b"version: STSv1\nmode: none\nmax_age: 86400\nx: \xff\xfe\n", &["policy-not-utf8"]),
    (b"version: STSv1\nmode: none\nmax_age: 86400\nx: a\tb\n", &["policy-control-character"]),
    (b"version: STSv1\nmode: none\nmax_age: 86400\nx: a\x00b\n", &["policy-control-character"]),
    (b"version: STSv1\rmode: none\rmax_age: 86400\n", &["policy-lone-cr", "policy-lone-cr"]),
    (b"# our policy\nversion: STSv1\nmode: none\nmax_age: 86400\n", &["policy-comment"]),
    (b"version: STSv1\nmode: none # for now\nmax_age: 86400 #a day\n", &["policy-comment", "policy-comment"]),
    (b"---\nversion: STSv1\nmode: none\nmax_age: 86400\n", &["policy-front-matter"]),
    (b" version: STSv1\n\tmode: none\nmax_age: 86400\n", &["policy-indented-line", "policy-indented-line"]),
    (b"version : STSv1\nmode\t: none\nmax_age: 86400\n", &["policy-space-before-colon", "policy-space-before-colon"]),
    (b"version: STSv1\nmode none\nmax_age=86400\n", &["policy-line-without-colon", "policy-line-without-colon", "policy-mode-missing", "policy-max-age-missing", "policy-mx-missing"]),
    (b"version: STSv1\nmode: none\nmax_age: 86400\n\"x\": 1\n: 2\n-x: 3\n", &["policy-field-name-invalid", "policy-field-name-invalid", "policy-field-name-invalid"]),
    (b"version: STSv1\nmode: none\nmax_age: 86400\nabcdefghijklmnopqrstuvwxyz0123456: 1\n", &["policy-field-name-invalid"]),
    (b"version: STSv1\nmode: none\nmax_age: 86400\nx:\n", &["policy-value-empty"]),
    (b"version:\nmode:\nmax_age: \nmx:\n", &["policy-value-empty", "policy-value-empty", "policy-value-empty", "policy-value-empty"]),
    (b"mode: none\nmax_age: 86400\n", &["policy-version-missing"]),
    (b"version: STSv2\nmode: none\nmax_age: 86400\n", &["policy-version-invalid"]),
    (b"version: stsv1\nmode: none\nmax_age: 86400\n", &["policy-version-invalid"]),
    (b"version: STSv1\nmode: enforced\nmx: a.example\nmax_age: 86400\n", &["policy-mode-invalid"]),
    (b"version: STSv1\nmode: Testing\nmx: a.example\nmax_age: 86400\n", &["policy-mode-invalid"]),
    // The first counts even if it is the malformed one.
    (b"version: STSv1\nmode: x\nmode: none\nmx: a.example\nmax_age: 86400\n", &["policy-mode-invalid", "policy-duplicate-field"]),
    (b"version: STSv1\nmode: none\nmax_age: 86400\nx:\nx: 1\n", &["policy-value-empty", "policy-duplicate-field"]),
    (b"version: STSv1\nMode: none\nmx: a.example\nmax_age: 86400\n", &["policy-unknown-field", "policy-mode-missing"]),
    (b"version: STSv1\nmode: none\nmax-age: 86400\n", &["policy-unknown-field", "policy-max-age-missing"]),
    (b"version: STSv1\nmode: none\nmax_age: 1w\n", &["policy-max-age-invalid"]),
    (b"version: STSv1\nmode: none\nmax_age: 12345678901\n", &["policy-max-age-invalid"]),
    (b"version: STSv1\nmode: none\nmax_age: -1\n", &["policy-max-age-invalid"]),
    (b"version: STSv1\nmode: enforce\nmax_age: 604800\n", &["policy-mx-missing"]),
    (b"version: STSv1\nmode: testing\nnmx: a.example\nmax_age: 604800\n", &["policy-unknown-field", "policy-mx-missing"]),
    ("version: STSv1\nmode: testing\nmx: bücher.example\nmax_age: 86400\n".as_bytes(), &["policy-mx-u-label"]),
    (b"version: STSv1\nmode: testing\nmx: a.example.\nmax_age: 86400\n", &["policy-mx-trailing-dot"]),
    (b"version: STSv1\nmode: testing\nmx: .a.example\nmax_age: 86400\n", &["policy-mx-leading-dot"]),
    (b"version: STSv1\nmode: testing\nmx: 192.0.2.1\nmx: [2001:db8::1]\nmax_age: 86400\n", &["policy-mx-ip-address", "policy-mx-ip-address"]),
    (b"version: STSv1\nmode: testing\nmx: *\nmx: a.*.example\nmx: m*.example\nmax_age: 86400\n", &["policy-mx-wildcard-misplaced", "policy-mx-wildcard-misplaced", "policy-mx-wildcard-misplaced"]),
    (b"version: STSv1\nmode: testing\nmx: a.example, b.example\nmax_age: 86400\n", &["policy-mx-several-hosts"]),
    (b"version: STSv1\nmode: testing\nmx: 10 a.example\nmax_age: 86400\n", &["policy-mx-with-priority"]),
    (b"version: STSv1\nmode: testing\nmx: a.example:25\nmax_age: 86400\n", &["policy-mx-with-port"]),
    (b"version: STSv1\nmode: testing\nmx: a_b.example\nmax_age: 86400\n", &["policy-mx-underscore"]),
    (b"version: STSv1\nmode: testing\nmx: -a.example\nmx: a-.example\nmax_age: 86400\n", &["policy-mx-hyphen", "policy-mx-hyphen"]),
    (b"version: STSv1\nmode: testing\nmx: a..example\nmax_age: 86400\n", &["policy-mx-label-empty"]),
    (b"version: STSv1\nmode: testing\nmx: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example\nmax_age: 86400\n", &["policy-mx-label-too-long"]),
    (b"version: STSv1\nmode: testing\nmx: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd.eee\nmax_age: 86400\n", &["policy-mx-name-too-long"]),
    (b"version: STSv1\nmode: testing\nmx: <a.example>\nmax_age: 86400\n", &["policy-mx-invalid-character"]),
    (b"v=STSv1; id=1\n", &["policy-line-without-colon", "policy-version-missing", "policy-mode-missing", "policy-max-age-missing", "policy-mx-missing"]),
    // The rest of a file that is too large is not read; `tests/all/properties.rs` has the sizes.
    (&TOO_LARGE, &["policy-too-large"]),
];

/// A valid policy with a comment field so long that the file ends behind 64 KiB.
static TOO_LARGE: [u8; 65_537] = {
    let head = b"version: STSv1\nmode: none\nmax_age: 86400\nx: ";
    let mut text = [b'x'; 65_537];
    let mut index = 0;
    while index < head.len() {
        text[index] = head[index];
        index += 1;
    }
    text
};
