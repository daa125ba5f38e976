use serde_json::Value;

use super::Report;

impl Report {
    /// The report as canonical JSON: the keys in the order of the standard, on one line, without
    /// what is not known and without empty lists.
    ///
    /// Parsing it gives the same report, and printing that the same text; but a
    /// [`Reported::Other`](super::Reported::Other) that was made by hand from a text which *is* one
    /// of its kind comes back as that.
    ///
    /// ```
    /// # use sigillo_formats::report::Report;
    /// let report = Report { report_id: Some("1".to_owned()), ..Report::default() };
    /// assert_eq!(report.to_json(), r#"{"date-range":{},"report-id":"1","policies":[]}"#);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        // A report holds nothing that JSON has no form for.
        let mut value = serde_json::to_value(self).unwrap_or_default();
        without_gaps(&mut value);
        if let Value::Object(members) = &mut value {
            members.entry("policies").or_insert_with(|| Value::Array(Vec::new()));
        }
        value.to_string()
    }
}

/// Takes out nulls and empty lists; the depth is that of the types above.
fn without_gaps(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| {
                without_gaps(member);
                !(member.is_null() || member.as_array().is_some_and(Vec::is_empty))
            });
        }
        Value::Array(elements) => elements.iter_mut().for_each(without_gaps),
        _ => {}
    }
}
