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

/// The longest text that a person may give as a domain name, in bytes: each of 253 characters may
/// take four bytes before it becomes an A-label; nothing longer can be a name.
pub const TYPED_NAME_BYTES: usize = 4 * DOMAIN_NAME_BYTES + 1;
