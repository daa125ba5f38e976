//! The bounds of what is read, each with its reason. Anything longer is reported, and only this
//! much of it is read for meaning.

/// The longest policy file, in bytes: the size that RFC 8461 §3.3 suggests to senders.
pub const POLICY_BYTES: usize = 65_536;

/// The longest TXT record, in bytes: the RDATA of one resource record (RFC 1035 §3.2.1).
pub const TXT_BYTES: usize = 65_535;

/// The longest domain name in its text form without the final dot, in bytes (RFC 1035 §2.3.4).
pub const DOMAIN_NAME_BYTES: usize = 253;

/// The longest label of a domain name, in bytes (RFC 1035 §2.3.4).
pub const LABEL_BYTES: usize = 63;

/// The longest name of an extension field, in bytes (RFC 8461 §3.1 and §3.2, RFC 8460 §3).
pub const FIELD_NAME_BYTES: usize = 32;

/// The longest `id` of an MTA-STS record, in bytes (RFC 8461 §3.1).
pub const POLICY_ID_BYTES: usize = 32;

/// The longest character-string of a TXT record, in bytes (RFC 1035 §3.3).
pub const TXT_STRING_BYTES: usize = 255;

/// The longest URI that reports are sent to, in bytes; no mailbox or page has a longer address.
pub const REPORT_URI_BYTES: usize = 2_000;

/// The longest text that a person may give as a domain name, in bytes: each of 253 characters may
/// take four bytes before it becomes an A-label; nothing longer can be a name.
pub const TYPED_NAME_BYTES: usize = 4 * DOMAIN_NAME_BYTES + 1;

/// The longest TLS-RPT report, in bytes, packed and unpacked alike: the limit that RFC 8460 §5.2
/// says receivers commonly have.
pub const REPORT_BYTES: usize = 10 * 1024 * 1024;

/// How often a report may be packed into another container (gzip in a ZIP archive, say): twice is
/// seen when a web server compresses what is compressed already.
pub const REPORT_WRAPPINGS: usize = 2;

/// The most members of a gzip file that are read: a report has one, and each costs the set-up of a
/// decompressor.
pub const GZIP_MEMBERS: usize = 16;

/// How deep the parts of a mail that carries a report may nest: forwarded in a forwarded mail.
pub const MAIL_DEPTH: usize = 8;

/// The most parts of a mail that are looked at: one with a report has two or three.
pub const MAIL_PARTS: usize = 200;

/// The most bytes of the MIME fields of one part that are read: a type, an encoding, a file name.
pub const MAIL_FIELDS_BYTES: usize = 16_384;

/// How deep the JSON of a report may nest: a report needs seven levels.
pub const JSON_DEPTH: usize = 32;

/// The most values and keys in the JSON of a report: a hundred for each failure that is kept.
pub const JSON_VALUES: usize = 1_000_000;

/// The most policies of one report that are kept: a report is about one domain, and some senders
/// list each MX host.
pub const REPORT_POLICIES: usize = 1_000;

/// The most failure details of one report that are kept, over all its policies: what a person or a
/// chart can use at all.
pub const REPORT_FAILURE_DETAILS: usize = 10_000;

/// The most lines of `policy-string` and patterns of `mx-host` that are kept for one policy.
pub const REPORT_LINES: usize = 1_000;

/// The longest text of a report that is kept, in bytes: an answer to EHLO or an error message of a
/// TLS library may well have a thousand.
pub const REPORT_TEXT_BYTES: usize = 8_192;
