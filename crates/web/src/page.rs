//! What all pages have in common: their frame, their words, the addresses in them.

pub(crate) mod marked;
pub(crate) mod prose;
pub(crate) mod remark;
mod standard;
mod standing;
pub(crate) mod tone;

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
pub(crate) use prose::{Prose, prose};
use sigillo_language::{Argument, Language, Messages};
pub(crate) use standard::{STANDARDS, standard_url};
pub(crate) use standing::{Standing, StandingPages};

use crate::place::Place;
use crate::words::words;
use crate::{Site, assets};

/// What the frame of a page needs to know.
pub(crate) struct Frame {
    site: Site,
    language: Language,
    /// Where the page is; none for a page without an address of its own, such as an error.
    place: Option<Place>,
    /// What stands behind the page's own address in that of its other language, such as a query.
    suffix: String,
    title: String,
    description: String,
}

impl Frame {
    /// The frame of the page at a place.
    pub(crate) fn new(site: &Site, language: Language, place: Place) -> Self {
        let words = words(language);
        Self {
            site: site.clone(),
            language,
            place: Some(place),
            suffix: String::new(),
            title: words.text(place.name()),
            description: words.text("layout-description"),
        }
    }

    /// The frame of a page without an address of its own.
    pub(crate) fn nowhere(site: &Site, language: Language, title: String) -> Self {
        let description = words(language).text("layout-description");
        let (site, suffix) = (site.clone(), String::new());
        Self { site, language, place: None, suffix, title, description }
    }

    /// The same with another title, which also names the page in the browser's tab.
    pub(crate) fn with_title(self, title: String) -> Self {
        Self { title, ..self }
    }

    /// The same with what search engines show.
    pub(crate) fn with_description(self, description: String) -> Self {
        Self { description, ..self }
    }

    /// The same with what follows the address, also in the other languages.
    pub(crate) fn with_suffix(self, suffix: String) -> Self {
        Self { suffix, ..self }
    }

    /// The words of the page's language.
    pub(crate) fn words(&self) -> &'static Messages {
        words(self.language)
    }

    /// A message.
    pub(crate) fn t(&self, name: &str) -> String {
        self.words().text(name)
    }

    /// A message with one value.
    pub(crate) fn t1<'a>(&self, name: &str, key: &str, value: impl Into<Argument<'a>>) -> String {
        self.words().format(name, &[(key, value.into())])
    }

    /// A message in which `code` is marked as such.
    pub(crate) fn p(&self, name: &str) -> Prose {
        prose(&self.t(name))
    }

    /// The language of the page.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// The tag of the page's language.
    pub(crate) fn tag(&self) -> &'static str {
        self.language.tag()
    }

    /// The page's title.
    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    /// What search engines show.
    pub(crate) fn description(&self) -> &str {
        &self.description
    }

    /// A text of ours in which `code` is marked as such.
    #[expect(clippy::unused_self, reason = "templates reach functions through the frame")]
    pub(crate) fn prose(&self, text: &str) -> Prose {
        prose(text)
    }

    /// A text from the network with all its characters to be seen.
    #[expect(clippy::unused_self, reason = "templates reach functions through the frame")]
    pub(crate) fn visible(&self, text: &str) -> Prose {
        prose::visible(text)
    }

    /// Whether a place is where the reader is.
    pub(crate) fn is_here(&self, place: Place) -> bool {
        self.place == Some(place)
    }

    /// Whether a place is that to which the reader's belongs.
    pub(crate) fn is_within(&self, place: Place) -> bool {
        self.place.and_then(Place::parent) == Some(place)
    }

    /// The address of a place in the page's language.
    pub(crate) fn url(&self, place: Place) -> String {
        self.site.url(place, self.language)
    }

    /// The address of a file of the site.
    pub(crate) fn asset(&self, name: &str) -> String {
        format!("{}/assets/{}/{name}", self.site.settings().base_path, assets::version())
    }

    /// The page in each language.
    pub(crate) fn languages(&self) -> Vec<Translation> {
        let place = self.place.unwrap_or(Place::Home);
        let translation = |language: Language| Translation {
            tag: language.tag(),
            name: language.choose("English", "Italiano"),
            url: format!("{}{}", self.site.url(place, language), self.suffix),
            is_here: language == self.language,
        };
        Language::ALL.into_iter().map(translation).collect()
    }

    /// Where the world finds an address of the site; empty where that is not known.
    pub(crate) fn origin(&self) -> &str {
        self.site.settings().public_url.as_ref().map_or("", crate::PublicUrl::as_str)
    }
}

/// A page in one of the languages.
pub(crate) struct Translation {
    pub(crate) tag: &'static str,
    pub(crate) name: &'static str,
    pub(crate) url: String,
    pub(crate) is_here: bool,
}

/// A page as an answer.
pub(crate) struct Page<T>(pub(crate) StatusCode, pub(crate) T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match rendered(&self.1) {
            Some(text) => (self.0, HTML, text).into_response(),
            None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

/// What every page says about its text.
const HTML: [(HeaderName, &str); 1] = [(CONTENT_TYPE, "text/html; charset=utf-8")];

/// The text of a page. Writing to memory does not fail, and no filter of ours does.
fn rendered(page: &impl Template) -> Option<String> {
    page.render().inspect_err(|error| tracing::error!(%error, "a page can't be rendered")).ok()
}
