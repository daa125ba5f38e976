/// Where the texts of the standards are.
pub(crate) const STANDARDS: &str = "https://www.rfc-editor.org/rfc/";

/// The address of a section of a standard, such as `RFC 8461 §3.2`; none for what doesn't look like that.
pub(crate) fn standard_url(reference: &str) -> Option<String> {
    let (number, section) = reference.strip_prefix("RFC ")?.split_once(" §")?;
    let is_plain = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
    };
    if !is_plain(number) || !is_plain(section) {
        return None;
    }
    let part = if section.starts_with(|letter: char| letter.is_ascii_uppercase()) {
        "appendix"
    } else {
        "section"
    };
    Some(format!("{STANDARDS}rfc{number}#{part}-{section}"))
}

#[cfg(test)]
mod tests {
    use sigillo_findings::Code;

    use super::*;

    #[test]
    fn every_reference_of_the_catalogue_has_an_address() {
        let url = |reference| standard_url(reference).unwrap_or_default();
        assert_eq!(url("RFC 8461 §3.2"), "https://www.rfc-editor.org/rfc/rfc8461#section-3.2");
        assert_eq!(url("RFC 9989 §A.6"), "https://www.rfc-editor.org/rfc/rfc9989#appendix-A.6");
        assert_eq!(standard_url("RFC 8461 §\"3"), None);
        assert_eq!(standard_url("the standard"), None);
        for reference in Code::ALL.iter().filter_map(|code| code.reference()) {
            assert!(standard_url(reference).is_some(), "{reference}");
        }
    }
}
