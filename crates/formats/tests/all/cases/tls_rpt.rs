use super::Case;

/// Records that a sender of reports accepts.
pub(super) const VALID: &[Case] = &[
    (b"v=TLSRPTv1; rua=mailto:tls@example.com", &[]),
    (b"v=TLSRPTv1;rua=https://example.com/tls;", &[]),
    (b"v=TLSRPTv1; rua=mailto:a@example.com , https://example.com/?a=b; x=1; ", &[]),
    (b"v=TLSRPTv1; rua=mailto:a%2Cb%21c@example.com", &[]),
    (b"v=TLSRPTv1 ;rua=mailto:a@example.com", &["tls-rpt-space-before-semicolon"]),
    (b"v=TLSRPTv1; rua=mailto:a@example.com; rua=nothing", &["tls-rpt-duplicate-field"]),
    (b"v=TLSRPTv1; rua=mailto:a@example.com; RUA=x", &["tls-rpt-unknown-field"]),
    (b"v=TLSRPTv1; rua=ftp:x,mailto:a@example.com", &["tls-rpt-uri-scheme"]),
    (b"v=TLSRPTv1; rua=mailto:?to=a@b.example,https://x.example./", &["tls-rpt-uri-unusable"]),
];

/// Records that a sender of reports refuses.
pub(super) const INVALID: &[Case] = &[
    (b"\t", &["tls-rpt-empty"]),
    (b"\"v=TLSRPTv1; rua=mailto:a@example.com\"", &["tls-rpt-quoted"]),
    (b" v=TLSRPTv1; rua=mailto:a@example.com", &["tls-rpt-surrounding-space"]),
    (b"v=TLSRPTv1; rua=mailto:a@example.com\r", &["tls-rpt-control-character"]),
    ("v=TLSRPTv1; rua=mailto:caffè@example.com".as_bytes(), &["tls-rpt-not-ascii"]),
    // Where the fault stands is counted in bytes, whatever stands before it.
    (
        b"v=TLSRPTv1; rua=mailto:\xff\xffa!b@example.com,mailto:a!b@example.com",
        &["tls-rpt-not-ascii", "tls-rpt-not-ascii", "tls-rpt-uri-unescaped"],
    ),
    (b"rua=mailto:a@example.com", &["tls-rpt-version-missing"]),
    (b"rua=mailto:a@example.com; v=TLSRPTv1", &["tls-rpt-version-not-first"]),
    (b"v=TLSRPT1; rua=mailto:a@example.com", &["tls-rpt-version-invalid"]),
    (b"v=TLSRPTv1 rua=mailto:a@example.com", &["tls-rpt-separator-missing"]),
    (b"v=TLSRPTv1;;rua=mailto:a@example.com", &["tls-rpt-field-empty"]),
    (b"v=TLSRPTv1; rua", &["tls-rpt-field-without-equals", "tls-rpt-rua-missing"]),
    (b"v=TLSRPTv1; rua =mailto:a@example.com", &["tls-rpt-space-around-equals"]),
    (b"v=TLSRPTv1; r*a=1; rua=mailto:a@example.com", &["tls-rpt-field-name-invalid"]),
    (b"v=TLSRPTv1; rua=", &["tls-rpt-value-empty"]),
    (b"v=TLSRPTv1; rua=mailto:a@example.com; x=a b", &["tls-rpt-value-invalid"]),
    (b"v=TLSRPTv1;", &["tls-rpt-rua-missing"]),
    (b"v=TLSRPTv1; rua=mailto:a@example.com,", &["tls-rpt-uri-empty"]),
    (b"v=TLSRPTv1; rua=nobody", &["tls-rpt-uri-invalid"]),
    (b"v=TLSRPTv1; rua=mailto:nobody", &["tls-rpt-rua-unusable", "tls-rpt-uri-unusable"]),
    (b"v=TLSRPTv1; rua=mailto:\xff\xff!@b.example", &["tls-rpt-not-ascii", "tls-rpt-not-ascii"]),
    (b"v=TLSRPTv1; rua=mailto:a@b.example; x y=1", &["tls-rpt-field-name-invalid"]),
    (b"v=TLSRPTv1; rua=mailto:a@example.com mailto:b@example.com", &["tls-rpt-uri-invalid"]),
    (b"v=TLSRPTv1; rua=a@example.com", &["tls-rpt-uri-bare-address"]),
    (b"v=TLSRPTv1; rua=mailto:a!b@example.com", &["tls-rpt-uri-unescaped"]),
    (b"v=TLSRPTv1; rua=http://example.com/", &["tls-rpt-rua-unusable", "tls-rpt-uri-scheme"]),
    (
        &[b'x'; 65_536],
        &["tls-rpt-version-missing", "tls-rpt-field-without-equals", "tls-rpt-too-long"],
    ),
];
