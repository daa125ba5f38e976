use std::str::FromStr;

use super::Chapter;
use crate::page::STANDARDS;
use crate::place::Place;

/// Where a link of the guide leads: `guide:CHAPTER`, `code:CODE`, `tool:NAME`, or the text of a standard.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To a page of the site.
    Page(Place),
    /// To a standard.
    Standard,
}

/// There is no such place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BrokenLink;

impl FromStr for Target {
    type Err = BrokenLink;

    fn from_str(destination: &str) -> Result<Self, BrokenLink> {
        if destination.starts_with(STANDARDS) {
            return Ok(Self::Standard);
        }
        let (scheme, name) = destination.split_once(':').ok_or(BrokenLink)?;
        let place = match scheme {
            "guide" => Chapter::named(name).map(Place::Chapter),
            "code" => name.parse().ok().map(Place::Code),
            "tool" => tool(name),
            _ => None,
        };
        place.map(Self::Page).ok_or(BrokenLink)
    }
}

fn tool(name: &str) -> Option<Place> {
    Some(match name {
        "home" => Place::Home,
        "generator" => Place::Generator,
        "checker" => Place::Checker,
        "validator" => Place::Validator,
        "dmarc" => Place::Dmarc,
        "tls-rpt" => Place::TlsRpt,
        "api" => Place::Api,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use sigillo_findings::Code;

    use super::*;

    #[test]
    fn only_what_exists_is_linked() {
        let target = |destination: &str| destination.parse::<Target>();
        assert_eq!(target("code:policy-empty"), Ok(Target::Page(Place::Code(Code::PolicyEmpty))));
        assert_eq!(target("tool:generator"), Ok(Target::Page(Place::Generator)));
        assert!(matches!(target("guide:11-tls-rpt"), Ok(Target::Page(Place::Chapter(_)))));
        assert_eq!(target("https://www.rfc-editor.org/rfc/rfc8461"), Ok(Target::Standard));
        for broken in [
            "guide:no-such-chapter",
            "code:no-such-code",
            "tool:no-such-tool",
            "/en/guide",
            "https://example.com/",
            "https://www.rfc-editor.org.example.com/",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(target(broken), Err(BrokenLink), "{broken}");
        }
    }
}
