use hyper::HeaderMap;
use hyper::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, SERVER};

use crate::limits::{HTTP_FIELDS, HTTP_VALUE_BYTES};
use crate::text::bounded_bytes;

/// The response of a policy host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyResponse {
    /// The status; only 200 gives a policy.
    pub status: u16,
    /// The fields of the head in the order of the names' first coming, at most [`HTTP_FIELDS`].
    pub fields: Vec<HeaderField>,
    /// The body, at most [`POLICY_BYTES`](crate::limits::POLICY_BYTES) and one byte more, which
    /// tells a reader that it is too long.
    pub body: Vec<u8>,
    /// Whether there was more than that.
    pub truncated: bool,
    /// Whether the certificate of the host passes. If not, the body is here to be looked at and must
    /// not be followed.
    pub trusted: bool,
}

/// A field of the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderField {
    /// The name in lower case.
    pub name: String,
    /// The value as it was sent, at most [`HTTP_VALUE_BYTES`]; no control character but the tab.
    pub value: Vec<u8>,
}

impl PolicyResponse {
    pub(super) fn new(status: u16, headers: &HeaderMap, trusted: bool) -> Self {
        let fields = headers
            .iter()
            .take(HTTP_FIELDS)
            .map(|(name, value)| HeaderField {
                name: name.as_str().to_owned(),
                value: bounded_bytes(value.as_bytes(), HTTP_VALUE_BYTES),
            })
            .collect();
        Self { status, fields, body: Vec::new(), truncated: false, trusted }
    }

    /// The value of the first field of this name (lower case), if it is UTF-8.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        str::from_utf8(&field.value).ok()
    }

    /// The media type with its parameters.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.field(CONTENT_TYPE.as_str())
    }

    /// Where a redirect leads. It was not followed.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.field(LOCATION.as_str())
    }

    /// How the body is packed, though nothing but plain bytes was asked for; none for `identity`.
    #[must_use]
    pub fn content_encoding(&self) -> Option<&str> {
        let encoding = self.field(CONTENT_ENCODING.as_str()).map(str::trim)?;
        (!encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity")).then_some(encoding)
    }

    /// The length that the head announces, in bytes.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.field(CONTENT_LENGTH.as_str())?.trim().parse().ok()
    }

    /// What the server calls itself.
    #[must_use]
    pub fn server(&self) -> Option<&str> {
        self.field(SERVER.as_str())
    }
}
