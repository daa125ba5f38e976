use super::Case;

/// Records that a sender accepts.
pub(super) const VALID: &[Case] = &[
    (b"v=STSv1; id=20160831085700Z;", &[]),
    (b"v=STSv1;id=a", &[]),
    (b"v=STSv1; id=abcdefghijklmnopqrstuvwxyz012345", &[]),
    // White space around delimiters, also behind the last.
    (b"v=STSv1;\tid=1 \t;  x=2 ; ", &[]),
    (b"v=STSv1; a-b.c_d=!#:<>~; id=1", &[]),
    (b"v=STSv1 ; id=1", &["record-space-before-semicolon"]),
    (b"v=STSv1; id=1; id=2", &["record-duplicate-field"]),
    (b"v=STSv1; id=1; id=-; v=STSv1", &["record-duplicate-field", "record-duplicate-field"]),
    (b"v=STSv1; ID=2; id=1", &["record-unknown-field"]),
    // However a repeated field looks, the first counts.
    (b"v=STSv1; id=1; id=\xff\x01", &["record-duplicate-field"]),
];

/// Records that a sender refuses.
pub(super) const INVALID: &[Case] = &[
    (b"v=STSv1,", &["record-version-invalid", "record-id-missing"]),
    (b"", &["record-empty"]),
    (b"  ", &["record-empty"]),
    (b"\"v=STSv1; id=1\"", &["record-quoted"]),
    (b"\"v=STSv1; \" \"id=1-2\"", &["record-quoted", "record-id-invalid"]),
    // The fix of the id takes the place of its whole escapes: `zone_text` tests the places.
    (br#""v=STSv1; id=1\0452""#, &["record-quoted", "record-id-invalid"]),
    (br#""v=STSv1; id=1\-\"""#, &["record-quoted", "record-id-invalid"]),
    (b" v=STSv1; id=1", &["record-surrounding-space"]),
    (b"v=STSv1; id=1 ", &["record-surrounding-space"]),
    (b"v=STSv1; id=1\n", &["record-control-character"]),
    (b"v=STSv1; id=1\x00; x=\x1b", &["record-control-character", "record-control-character"]),
    ("v=STSv1; id=“1”".as_bytes(), &["record-not-ascii", "record-not-ascii"]),
    (b"v=STSv1; id=\xff", &["record-not-ascii"]),
    (b"id=1", &["record-version-missing"]),
    (b"v=spf1 -all", &["record-version-invalid", "record-id-missing"]),
    (b"id=1; v=STSv1", &["record-version-not-first"]),
    (b"v=STSv2; id=1", &["record-version-invalid"]),
    (b"v=stsv1; id=1", &["record-version-invalid"]),
    (b"V=STSv1; id=1", &["record-version-invalid"]),
    (b"v = STSv1; id=1", &["record-version-invalid"]),
    (b"v=STSv1 id=1", &["record-separator-missing"]),
    (b"v=STSv1, id=1;", &["record-separator-missing"]),
    (b"v=STSv1&", &["record-version-invalid", "record-id-missing"]),
    (b"v=STSv1, ; id=1", &["record-version-invalid"]),
    (b"v=STSv1;; id=1", &["record-field-empty"]),
    (b"v=STSv1; id=1; i d=2", &["record-field-name-invalid"]),
    (b"v=STSv1; ID=1", &["record-unknown-field", "record-id-missing"]),
    (b"_mta-sts.example.com. IN TXT \"v=STSv1; id=1\"", &["record-quoted"]),
    (b"\"\\\"v=STSv1; id=1\\\"\"", &["record-quoted"]),
    (b"v=STSv1; id=1;;", &["record-field-empty"]),
    (b"v=STSv1; id=1; x", &["record-field-without-equals"]),
    (b"v=STSv1; id = 1", &["record-space-around-equals"]),
    (b"v=STSv1; id= 1", &["record-space-around-equals"]),
    (
        b"v=STSv1; id=1; -x=1; =2; a/b=3",
        &["record-field-name-invalid", "record-field-name-invalid", "record-field-name-invalid"],
    ),
    (b"v=STSv1; id=", &["record-value-empty"]),
    (b"v=STSv1; id=1; x=", &["record-value-empty"]),
    (b"v=STSv1; id=1; x=a b; y=c=d", &["record-value-invalid", "record-value-invalid"]),
    (b"v=STSv1", &["record-id-missing"]),
    (b"v=STSv1;", &["record-id-missing"]),
    (b"v=STSv1; id=2024-01-01", &["record-id-invalid"]),
    (b"v=STSv1; id=20240101T120000+0000", &["record-id-invalid"]),
    // The first counts even if it is the malformed one.
    (b"v=STSv1; id=1_; id=2", &["record-id-invalid", "record-duplicate-field"]),
    (b"v=STSv1; id=abcdefghijklmnopqrstuvwxyz0123456", &["record-id-too-long"]),
    (
        &[b'x'; 65_536],
        &["record-version-missing", "record-field-without-equals", "record-too-long"],
    ),
];
