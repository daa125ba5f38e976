//! The places of the site, and their addresses in each language.

use sigillo_findings::Code;
use sigillo_language::Language;

use crate::BasePath;
use crate::guide::Chapter;

/// A page that has an address of its own in each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The first page.
    Home,
    /// The generator of policies.
    Generator,
    /// The live checker.
    Checker,
    /// The syntax validator.
    Validator,
    /// The generator of DMARC records.
    Dmarc,
    /// The generator of TLS-RPT records.
    TlsRpt,
    /// The list of the guide's chapters.
    Guide,
    /// A chapter of the guide.
    Chapter(Chapter),
    /// The list of all codes.
    Codes,
    /// A code of the catalogue.
    Code(Code),
    /// The description of the API.
    Api,
}

impl Place {
    /// The places that navigation leads to, in its order.
    pub(crate) const NAVIGATION: [Self; 7] = [
        Self::Checker,
        Self::Generator,
        Self::Validator,
        Self::TlsRpt,
        Self::Dmarc,
        Self::Guide,
        Self::Api,
    ];

    /// All places.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        [Self::Home]
            .into_iter()
            .chain(Self::NAVIGATION)
            .chain(Chapter::all().map(Self::Chapter))
            .chain([Self::Codes])
            .chain(Code::ALL.iter().copied().map(Self::Code))
    }

    /// The place that leads to this one and others like it.
    pub(crate) const fn parent(self) -> Option<Self> {
        match self {
            Self::Chapter(_) => Some(Self::Guide),
            Self::Code(_) => Some(Self::Codes),
            _ => None,
        }
    }

    /// The address below the root of the host.
    pub(crate) fn url(self, base_path: &BasePath, language: Language) -> String {
        format!("{base_path}{}", self.path(language))
    }

    /// The address below the base path, such as `/it/generatore`.
    pub(crate) fn path(self, language: Language) -> String {
        let tag = language.tag();
        match self {
            Self::Home => format!("/{tag}"),
            Self::Chapter(chapter) => {
                format!("{}/{}", Self::Guide.path(language), chapter.slug(language))
            }
            Self::Code(code) => format!("{}/{code}", Self::Codes.path(language)),
            _ => format!("/{tag}/{}", self.slug(language)),
        }
    }

    /// The last part of the address.
    fn slug(self, language: Language) -> &'static str {
        let (english, italian) = match self {
            Self::Home => ("", ""),
            Self::Generator => ("generator", "generatore"),
            Self::Checker => ("check", "verifica"),
            Self::Validator => ("validator", "validatore"),
            Self::Dmarc => ("dmarc", "dmarc"),
            Self::TlsRpt => ("tls-rpt", "tls-rpt"),
            Self::Guide | Self::Chapter(_) => ("guide", "guida"),
            Self::Codes | Self::Code(_) => ("codes", "codici"),
            Self::Api => ("api", "api"),
        };
        language.choose(english, italian)
    }

    /// The message that names the place in navigation.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Home => "nav-home",
            Self::Generator => "nav-generator",
            Self::Checker => "nav-checker",
            Self::Validator => "nav-validator",
            Self::Dmarc => "nav-dmarc",
            Self::TlsRpt => "nav-tls-rpt",
            Self::Guide | Self::Chapter(_) => "nav-guide",
            Self::Codes | Self::Code(_) => "nav-codes",
            Self::Api => "nav-api",
        }
    }
}
