//! Findings on a page.

use sigillo_findings::{Code, Finding, RenderedFinding, Span};
use sigillo_language::Language;

use crate::Site;
use crate::page::marked::{Excerpt, excerpt};
use crate::page::tone;
use crate::place::Place;

/// A finding as pages show it.
pub(crate) struct Remark {
    /// The class that gives it its colour.
    pub(crate) tone: &'static str,
    /// The word for how bad it is.
    pub(crate) severity: &'static str,
    /// The finding.
    pub(crate) finding: RenderedFinding,
    /// The part of the text that it is about.
    pub(crate) excerpt: Option<Excerpt>,
    /// The address of the code's page.
    pub(crate) url: String,
}

/// Findings about what was made.
pub(crate) fn remarks(
    site: &Site,
    language: Language,
    findings: &[RenderedFinding],
) -> Vec<Remark> {
    findings.iter().map(|finding| Remark::new(site, language, finding.clone(), None)).collect()
}

impl Remark {
    fn new(
        site: &Site,
        language: Language,
        finding: RenderedFinding,
        excerpt: Option<Excerpt>,
    ) -> Self {
        // Findings come from the catalogue, so their codes are in it.
        let page = finding.code.parse::<Code>().map_or(Place::Codes, Place::Code);
        Self {
            tone: tone::of_severity(finding.severity),
            severity: finding.severity.word(language),
            url: site.url(page, language),
            excerpt,
            finding,
        }
    }

    /// A finding about a text, which is at hand.
    pub(crate) fn about(
        site: &Site,
        language: Language,
        text: &[u8],
        finding: &Finding,
        rendered: RenderedFinding,
    ) -> Self {
        let place = |span: Span| excerpt(text, span, finding.severity());
        Self::new(site, language, rendered, finding.span().and_then(place))
    }
}
