use sigillo_findings::{Finding, Findings};

use super::fields::RecordCodes;

/// What a record says, and what is wrong with it; `V` holds the fields that were understood.
#[derive(Debug, Clone)]
pub struct ParsedRecord<V> {
    value: V,
    findings: Findings,
}

impl<V> ParsedRecord<V> {
    /// Reads a record with `read`; see [`parse`](super::parse).
    pub(crate) fn read(
        bytes: &[u8],
        codes: &RecordCodes,
        read: impl FnOnce(&[u8], &mut Findings) -> V,
    ) -> Self {
        let (value, findings) = super::parse(bytes, codes, read);
        Self { value, findings }
    }

    /// Whether senders accept the record.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        !self.findings.has_error()
    }

    /// Everything that there is to say about the text, in its order.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.findings.clone().into_text_order()
    }

    /// What was understood, also of an invalid record.
    #[must_use]
    pub const fn value(&self) -> &V {
        &self.value
    }

    /// What was understood, if senders accept the record.
    pub(crate) fn into_valid(self) -> Option<V> {
        self.is_valid().then_some(self.value)
    }
}
