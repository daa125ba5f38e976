use sigillo_formats::{DomainName, MxPattern};

use super::data::DataError;

/// A host name or MX pattern with gaps: `{tenant}.{zone}-v1.mx.microsoft`, `*.{zone}-v1.mx.microsoft`.
///
/// A gap stands for one or more characters inside one label, and a label has at most one, so that
/// matching is linear and can't be ambiguous.
pub(super) struct Template {
    wildcard: bool,
    labels: Vec<Label>,
}

/// A label; without a gap, all of it is in `before`.
struct Label {
    before: String,
    gap: Option<String>,
    after: String,
}

/// The text in each gap, by the name of the gap.
pub(super) type Captures<'a> = Vec<(&'a str, &'a str)>;

impl Template {
    /// Reads a template of the data file.
    pub(super) fn parse(text: &str) -> Result<Self, DataError> {
        let (wildcard, name) = match text.strip_prefix("*.") {
            Some(name) => (true, name),
            None => (false, text),
        };
        let labels: Option<Vec<Label>> = name.split('.').map(Label::parse).collect();
        let template = labels.map(|labels| Self { wildcard, labels });
        template.filter(Self::is_safe).ok_or_else(|| DataError::Template(text.to_owned()))
    }

    /// The text in the gaps if the host has the form of the template.
    pub(super) fn captures<'a>(&'a self, host: &'a DomainName) -> Option<Captures<'a>> {
        let mut captures = Captures::new();
        let mut labels = host.labels();
        for label in &self.labels {
            let text = labels.next()?;
            match &label.gap {
                None if text == label.before => {}
                None => return None,
                Some(gap) => captures.push((gap.as_str(), label.inside(text)?)),
            }
        }
        labels.next().is_none().then_some(captures)
    }

    /// The pattern that results when the gaps are filled; none if a text for one is missing or
    /// the result is no pattern.
    pub(super) fn fill(&self, captures: &Captures<'_>) -> Option<MxPattern> {
        let mut text = String::from(if self.wildcard { "*" } else { "" });
        for label in &self.labels {
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(&label.before);
            if let Some(gap) = &label.gap {
                let (_, inside) = captures.iter().find(|(name, _)| name == gap)?;
                text.push_str(inside);
            }
            text.push_str(&label.after);
        }
        MxPattern::from_ascii(text.as_bytes()).ok()
    }

    /// The names of the gaps.
    pub(super) fn gaps(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().filter_map(|label| label.gap.as_deref())
    }

    /// Whether it begins with `*.`.
    pub(super) const fn is_wildcard(&self) -> bool {
        self.wildcard
    }

    /// Whether what is behind the last gap is a name that somebody has registered, so that nobody
    /// can have the template match or produce a name of their own choice.
    fn is_safe(&self) -> bool {
        let end: Vec<&str> = self
            .labels
            .rsplit(|label| label.gap.is_some())
            .next()
            .unwrap_or_default()
            .iter()
            .map(|label| label.before.as_str())
            .collect();
        DomainName::from_ascii(end.join(".").as_bytes())
            .is_ok_and(|end| !end.is_single_label() && !end.is_public_suffix())
    }
}

impl Label {
    /// Reads a label; none if its braces are not those of one gap.
    fn parse(text: &str) -> Option<Self> {
        let (before, gap, after) = match text.split_once('{') {
            None => (text, None, ""),
            Some((before, rest)) => {
                let (gap, after) = rest.split_once('}')?;
                (before, Some(gap), after)
            }
        };
        let fixed = format!("{before}{after}");
        let plain =
            |text: &str| text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        (plain(&fixed) && gap.is_none_or(|gap| plain(gap) && !gap.is_empty())).then(|| Self {
            before: before.to_owned(),
            gap: gap.map(str::to_owned),
            after: after.to_owned(),
        })
    }

    /// What stands in the gap of a label that has this form.
    fn inside<'a>(&self, text: &'a str) -> Option<&'a str> {
        text.strip_prefix(&self.before)?
            .strip_suffix(&self.after)
            .filter(|inside| !inside.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(text: &str) -> Template {
        Template::parse(text).unwrap()
    }

    fn host(text: &str) -> DomainName {
        DomainName::parse(text).unwrap()
    }

    #[test]
    fn a_gap_is_filled_with_what_it_matched() {
        let host = host("Contoso-Com.A-v1.mx.microsoft");
        let name = template("{tenant}.{zone}-v1.mx.microsoft");
        let captures = name.captures(&host).unwrap();
        assert_eq!(captures, [("tenant", "contoso-com"), ("zone", "a")]);
        let pattern = template("*.{zone}-v1.mx.microsoft").fill(&captures);
        assert_eq!(pattern.unwrap().to_string(), "*.a-v1.mx.microsoft");
    }

    #[test]
    fn a_gap_stays_inside_its_label_and_is_never_empty() {
        let region = template("{region}-smtp-inbound-1.mimecast.com");
        let matches = |name: &str| region.captures(&host(name)).is_some();
        assert!(matches("eu-smtp-inbound-1.mimecast.com"));
        assert!(!matches("eu-smtp-inbound-2.mimecast.com"));
        assert!(!matches("smtp-inbound-1.mimecast.com"));
        assert!(!matches("a.eu-smtp-inbound-1.mimecast.com"));
        assert!(!matches("eu-smtp-inbound-1.mimecast.com.example"));
        assert!(!matches("inbound-1.mimecast.com"));
        assert!(!matches("mimecast.com"));
        let overlap = template("a{gap}a.example.com");
        assert!(overlap.captures(&host("a.example.com")).is_none());
        assert!(overlap.captures(&host("aa.example.com")).is_none());
        assert!(overlap.captures(&host("aaa.example.com")).is_some());
    }

    #[test]
    fn a_template_without_gaps_is_the_name_itself() {
        let fixed = template("mx.yandex.net");
        assert_eq!(fixed.captures(&host("MX.yandex.net")), Some(vec![]));
        assert_eq!(fixed.captures(&host("mx.yandex.ru")), None);
        let pattern = fixed.fill(&vec![]);
        assert_eq!(pattern.unwrap().to_string(), "mx.yandex.net");
    }

    #[test]
    fn a_missing_text_and_a_bad_result_give_no_pattern() {
        let pattern = template("{region}-1.example.com");
        assert_eq!(pattern.fill(&vec![("zone", "a")]), None);
        assert_eq!(pattern.fill(&vec![("region", "-")]), None);
        assert_eq!(pattern.fill(&vec![("region", &"a".repeat(64))]), None);
    }

    #[test]
    fn what_is_no_template() {
        for text in [
            "",
            "*",
            "*.com",
            "*.co.uk",
            "{host}",
            "{host}.com",
            "{host}.co.uk",
            "mx.zoho.{centre}",
            "a.*.example.com",
            "**.example.com",
            "{a}{b}.example.com",
            "{a.example.com",
            "a}.example.com",
            "{}.example.com",
            "{a b}.example.com",
            "A.example.com",
            "a..example.com",
            "a_b.example.com",
            "localhost",
            "192.0.2.1",
        ] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }
}
