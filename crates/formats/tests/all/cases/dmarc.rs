use super::Case;

/// Records that receivers apply.
pub(super) const VALID: &[Case] = &[
    (b"v=DMARC1; p=reject; rua=mailto:a@example.com", &[]),
    // White space around everything, any case of tags' values, `v` in any case.
    (b"V = DMARC1 ; p = Reject ; rua = mailto:a@example.com , mailto:b@example.com ; ", &[]),
    (b"v=DMARC1;p=quarantine;sp=reject;np=reject;adkim=s;aspf=S;fo=1:d:s;rua=mailto:a@example.com;ruf=mailto:b@example.com;psd=n;t=n;", &[]),
    (b"v=DMARC1; p=reject; unheardof=1; rua=mailto:a@example.com", &[]),
    (b"v=DMARC1; p=reject; rua=mailto:a@example.com; ruaa=mailto:b@example.com", &["dmarc-unknown-field"]),
    (b"v=DMARC1; rua=mailto:a@example.com", &["dmarc-policy-missing-read-as-none"]),
    (b"v=DMARC1; p=block; rua=mailto:a@example.com", &["dmarc-policy-value-read-as-none", "dmarc-policy-none"]),
    (b"v=DMARC1; p=reject; np=no; rua=mailto:a@example.com", &["dmarc-policy-none", "dmarc-policy-value-read-as-none"]),
    (b"v=DMARC1; rua=mailto:a@example.com; p=reject", &["dmarc-policy-not-second"]),
    (b"v=DMARC1; p=reject; adkim=x; aspf=relaxed; psd=maybe; t=1; rua=mailto:a@example.com", &["dmarc-value-read-as-default", "dmarc-value-read-as-default", "dmarc-value-read-as-default", "dmarc-value-read-as-default"]),
    (b"v=DMARC1; p=reject; fo=x; rua=mailto:a@example.com; ruf=mailto:a@example.com", &["dmarc-value-read-as-default"]),
    (b"v=DMARC1; p=reject; fo=0:1; rua=mailto:a@example.com; ruf=mailto:a@example.com", &["dmarc-fo-conflict"]),
    (b"v=DMARC1; p=reject; fo=1; rua=mailto:a@example.com", &["dmarc-fo-without-ruf"]),
    (b"v=DMARC1; p=reject; pct=50; rf=afrf; ri=86400; rua=mailto:a@example.com", &["dmarc-pct-removed", "dmarc-tag-removed", "dmarc-tag-removed"]),
    (b"v=DMARC1; p=reject; rua=mailto:a@example.com!10m", &["dmarc-uri-size-removed"]),
    (b"v=DMARC1; p=reject; rua=mailto:a@example.com,,mailto:nobody,mailto:a!b@example.com", &["dmarc-uri-invalid", "dmarc-uri-invalid", "dmarc-uri-invalid"]),
    (b"v=DMARC1; p=reject; rua=b@example.com, mailto:a@example.com", &["dmarc-uri-bare-address"]),
    (b"v=DMARC1; p=reject; rua=mailto:a@example.com; ruf=https://example.com/", &["dmarc-uri-scheme"]),
    (b"v=DMARC1; p=reject; rua=mailto:a@example.com,mailto:b@example.com,mailto:c@example.com", &["dmarc-uri-many"]),
    (b"v=DMARC1; p=reject", &["dmarc-rua-missing"]),
    (b"v=DMARC1; p=reject; rua=https://example.com/", &["dmarc-uri-scheme", "dmarc-rua-missing"]),
    (b"v=DMARC1; p=none; rua=mailto:a@example.com", &["dmarc-policy-none"]),
    (b"v=DMARC1; p=reject; t=y; rua=mailto:a@example.com", &["dmarc-test-mode"]),
    (b"v=DMARC1; p=none; t=y; rua=mailto:a@example.com", &["dmarc-policy-none"]),
    (b"v=DMARC1; p=reject; sp=none; np=quarantine; rua=mailto:a@example.com", &["dmarc-subdomain-weaker", "dmarc-subdomain-weaker"]),
    (b"v=DMARC1; p=reject; psd=u; rua=mailto:a@example.com", &["dmarc-psd-default"]),
];

/// Records that receivers don't apply.
pub(super) const INVALID: &[Case] = &[
    (b"v=DMARC1,", &["dmarc-separator-missing", "dmarc-policy-missing"]),
    (b"", &["dmarc-empty"]),
    (b"\"v=DMARC1; p=none\"", &["dmarc-quoted"]),
    (b" v=DMARC1; p=none", &["dmarc-surrounding-space"]),
    (b"v=DMARC1; p=none ", &["dmarc-surrounding-space"]),
    (b"v=DMARC1; p=none\n", &["dmarc-control-character"]),
    ("v=DMARC1; p=none; x=è".as_bytes(), &["dmarc-not-ascii"]),
    (b"p=none", &["dmarc-version-missing"]),
    (b"p=none; v=DMARC1", &["dmarc-version-not-first"]),
    (b"v=dmarc1; p=none", &["dmarc-version-invalid"]),
    (b"v=DMARC1 p=none", &["dmarc-separator-missing"]),
    (b"v=DMARC1; p=none;;", &["dmarc-field-empty"]),
    (b"v=DMARC1; p=none; x", &["dmarc-field-without-equals"]),
    (b"v=DMARC1; p=none; x1=y", &["dmarc-field-name-invalid"]),
    (b"v=DMARC1; p=none; rua=", &["dmarc-value-empty"]),
    (b"v=DMARC1; p=none; p=reject", &["dmarc-duplicate-field"]),
    (b"v=DMARC1", &["dmarc-policy-missing"]),
    (b"v=DMARC1; rua=a@example.com", &["dmarc-uri-bare-address", "dmarc-policy-missing"]),
    (b"v=DMARC1; p=rejected", &["dmarc-policy-value-invalid"]),
    (
        b"v=DMARC1; p=reject; sp=x; rua=mailto:nobody",
        &["dmarc-policy-value-invalid", "dmarc-uri-invalid"],
    ),
    (
        &[b'x'; 65_536],
        &[
            "dmarc-version-missing",
            "dmarc-field-without-equals",
            "dmarc-too-long",
            "dmarc-policy-missing",
        ],
    ),
];
