//! Rows as they come, and the checks that make policies of them.

use jiff::Timestamp;
use sigillo_formats::DomainName;
use sigillo_formats::limits::POLICY_BYTES;
use sigillo_formats::mta_sts_record::PolicyId;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Type};

use super::StoredPolicy;

/// The columns of a [`Row`], where `$2` is [`POLICY_BYTES`]: what is too large isn't fetched at
/// all, and no id is longer than 32 bytes (RFC 8461 §3.1).
macro_rules! columns {
    () => {
        "domain, CASE WHEN octet_length(id) > 32 THEN '' ELSE id END, \
         CASE WHEN octet_length(text) <= $2 THEN text END, fetched_at, expires_at, used_at"
    };
}
pub(super) use columns;

/// The latest time, in milliseconds. A stored one that is later is none that we wrote, and
/// whatever is saved takes its place.
pub(super) fn last_time() -> i64 {
    Timestamp::MAX.as_millisecond()
}

/// A policy as the database gives it.
pub(super) type Row = (StoredText, Option<StoredText>, Option<Vec<u8>>, i64, i64, i64);

/// Text that is perhaps none: SQLite keeps any bytes as such, and one such row must not make the
/// others unreadable.
pub(super) struct StoredText(pub(super) Vec<u8>);

impl<D: Database> Type<D> for StoredText
where
    str: Type<D>,
{
    fn type_info() -> D::TypeInfo {
        str::type_info()
    }

    fn compatible(found: &D::TypeInfo) -> bool {
        str::compatible(found)
    }
}

impl<'r, D: Database> Decode<'r, D> for StoredText
where
    &'r [u8]: Decode<'r, D>,
{
    fn decode(value: D::ValueRef<'r>) -> Result<Self, BoxDynError> {
        <&[u8]>::decode(value).map(|bytes| Self(bytes.to_vec()))
    }
}

/// The name in a row; an `Err` says what is wrong with it.
pub(super) fn domain(stored: &StoredText) -> Result<DomainName, String> {
    let domain = DomainName::from_ascii(&stored.0).map_err(|error| error.to_string())?;
    // Under any other spelling it is never found.
    let same = domain.as_str().as_bytes() == stored.0;
    if same { Ok(domain) } else { Err("the name is not in lower case".to_owned()) }
}

/// The id in a row; an `Err` says what is wrong with it.
pub(super) fn id(stored: &StoredText) -> Result<PolicyId, String> {
    let text = str::from_utf8(&stored.0).map_err(|error| error.to_string())?;
    PolicyId::parse(text).map_err(|error| format!("its id: {error}"))
}

/// A time in a row; an `Err` says what is wrong with it.
pub(super) fn time(milliseconds: i64) -> Result<Timestamp, String> {
    Timestamp::from_millisecond(milliseconds).map_err(|error| error.to_string())
}

/// The policy of a row; an `Err` says what is wrong with it.
pub(super) fn policy(row: Row) -> Result<StoredPolicy, String> {
    let (name, stored_id, text, fetched_at, expires_at, used_at) = row;
    Ok(StoredPolicy {
        domain: domain(&name)?,
        id: stored_id.as_ref().map(id).transpose()?,
        text: text.ok_or_else(|| format!("it has more than {POLICY_BYTES} bytes"))?,
        fetched_at: time(fetched_at)?,
        expires_at: time(expires_at)?,
        used_at: time(used_at)?,
    })
}

/// A bound as the databases take it.
pub(super) fn bound(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
