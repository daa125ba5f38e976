use askama::Template;
use sigillo_findings::{Code, Finding, LineIndex, RenderedFinding, Severity};
use sigillo_formats::Kind;
use sigillo_language::{Argument, Language};

use crate::BasePath;
use crate::page::marked::{Mark, Markup, marked};
use crate::page::{Prose, prose, tone};
use crate::place::Place;
use crate::words::words;

/// A faulty text of the guide, and how it is judged.
#[derive(Clone)]
pub(crate) struct Example {
    kind: Kind,
    text: String,
    findings: Vec<Finding>,
}

impl Example {
    /// Judges a text.
    pub(crate) fn new(kind: Kind, text: String) -> Self {
        let findings = kind.judge(text.as_bytes()).findings;
        Self { kind, text, findings }
    }

    /// Whether it has findings of a code.
    pub(crate) fn raises(&self, code: Code) -> bool {
        self.findings_of(Some(code)).next().is_some()
    }

    /// The codes of its findings.
    pub(super) fn codes(&self) -> impl Iterator<Item = Code> {
        self.findings.iter().map(Finding::code)
    }

    /// How many findings it has.
    pub(super) fn count(&self) -> usize {
        self.findings.len()
    }

    /// The text with its findings, or those of one code, marked and explained, as HTML.
    pub(crate) fn show(
        &self,
        base_path: &BasePath,
        language: Language,
        code: Option<Code>,
    ) -> Result<String, askama::Error> {
        let lines = LineIndex::new(self.text.as_bytes());
        let shown = |finding: &Finding| {
            let url = Place::Code(finding.code()).url(base_path, language);
            Shown::new(&finding.render(language, &lines), url, language)
        };
        let mark =
            |finding: &Finding| Some(Mark { span: finding.span()?, severity: finding.severity() });
        let marks: Vec<Mark> = self.findings_of(code).filter_map(mark).collect();
        let label = words(language).text(match self.kind {
            Kind::Policy => "guide-example-policy",
            Kind::Record => "guide-example-record",
            Kind::TlsRpt => "guide-example-tls-rpt",
            Kind::Dmarc => "guide-example-dmarc",
            Kind::Report => "guide-example-report",
        });
        let text = marked(self.text.as_bytes(), &marks);
        let findings = self.findings_of(code).map(shown).collect();
        ShownExample { language, label, text, findings }.render()
    }

    fn findings_of(&self, code: Option<Code>) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| code.is_none_or(|code| finding.code() == code))
    }
}

#[derive(Template)]
#[template(path = "guide/example.html")]
struct ShownExample {
    language: Language,
    label: String,
    text: Markup,
    findings: Vec<Shown>,
}

/// A finding in words.
struct Shown {
    severity: Severity,
    code: String,
    /// The address of the code's page.
    url: String,
    message: Prose,
    help: Prose,
    /// The line and the column, where it is about a part of the text.
    place: Option<String>,
}

impl Shown {
    fn new(finding: &RenderedFinding, url: String, language: Language) -> Self {
        let place = |line: usize, column: usize| {
            let values = [("line", Argument::from(line)), ("column", Argument::from(column))];
            words(language).format("guide-example-place", &values)
        };
        Self {
            severity: finding.severity,
            code: finding.code.clone(),
            url,
            message: prose(&finding.message),
            help: prose(&finding.help),
            place: finding.span.map(|span| place(span.line, span.column)),
        }
    }
}
