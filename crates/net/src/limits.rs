//! The bounds of what is read from the network, each with its reason.

use std::time::Duration;

pub use sigillo_formats::limits::POLICY_BYTES;

/// The most certificates of a chain that are kept: real chains have two to four, and building
/// paths over many costs time.
pub const CHAIN_CERTIFICATES: usize = 10;

/// The most bytes of certificates in a chain: ten large ones with many names.
pub const CHAIN_BYTES: usize = 65_536;

/// The most DNS names of a certificate that are kept: what public authorities put into one. The
/// match against a name looks at all of them.
pub const CERTIFICATE_NAMES: usize = 100;

/// The longest text of a certificate that is kept (a subject, an issuer, a name), in bytes.
pub const CERTIFICATE_TEXT_BYTES: usize = 512;

/// The longest serial number that is kept, in bytes: RFC 5280 §4.1.2.2 allows 20.
pub const SERIAL_BYTES: usize = 32;

/// The most bytes of PEM with additional roots: the store of a whole system has some 250 KiB.
pub const PEM_BYTES: usize = 4 * 1024 * 1024;

/// The most bytes read of an answer to a legacy hello: a hello and a chain of certificates.
pub const LEGACY_ANSWER_BYTES: usize = CHAIN_BYTES + 4_096;

/// The most pieces in which such an answer may come: after each it is looked at from its beginning,
/// and real ones come in a handful.
pub const LEGACY_READS: usize = 64;

/// The longest head of an HTTP response, in bytes: twice what web servers send at most by default.
pub const HTTP_HEAD_BYTES: usize = 16_384;

/// The most fields in the head of an HTTP response: a busy one has thirty.
pub const HTTP_FIELDS: usize = 64;

/// The longest value of an HTTP field that is kept, in bytes: enough for a redirect's target.
pub const HTTP_VALUE_BYTES: usize = 1_024;

/// The longest line of an SMTP reply that is kept, in bytes (RFC 5321 §4.5.3.1.5).
pub const SMTP_LINE_BYTES: usize = 512;

/// The most lines of one SMTP reply: the longest answers to EHLO have some twenty.
pub const SMTP_REPLY_LINES: usize = 100;

/// The most bytes of one SMTP reply: 100 lines of the legal length fit.
pub const SMTP_REPLY_BYTES: usize = 65_536;

/// The most bytes kept as evidence of what an SMTP server sent where nothing was due.
pub const SMTP_EVIDENCE_BYTES: usize = 512;

/// How long an SMTP server may take to say goodbye in the background after QUIT.
pub const SMTP_GOODBYE: Duration = Duration::from_secs(5);

/// The most TLSA records that are judged: a roll-over needs four; a set in one DNS answer over UDP
/// holds some thirty.
pub const TLSA_RECORDS: usize = 64;

/// The most paths of certificates that are built to judge one set of TLSA records: a record needs
/// one or, as a bare key, one for each certificate; a hostile host could ask for hundreds.
pub const DANE_PATHS: usize = 24;
