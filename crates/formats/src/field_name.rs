use crate::limits::FIELD_NAME_BYTES;

/// Whether the bytes can name a field of a policy or record: a letter or digit, then up to 31
/// letters, digits, `_`, `-` and `.` (RFC 8461 §3.1 and §3.2, RFC 8460 §3).
pub(crate) fn is_field_name(name: &[u8]) -> bool {
    name.len() <= FIELD_NAME_BYTES
        && name.first().is_some_and(u8::is_ascii_alphanumeric)
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for good in ["a", "0", "max-age", "x.y_z", &"a".repeat(32)] {
            assert!(is_field_name(good.as_bytes()), "{good}");
        }
        for bad in ["", "-a", "_a", "a b", "a:", "è", &"a".repeat(33)] {
            assert!(!is_field_name(bad.as_bytes()), "{bad}");
        }
    }
}
