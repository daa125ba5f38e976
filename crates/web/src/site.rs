//! Everything that answers are made from, and which answer belongs to which address.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use sigillo_language::Language;
use tower_http::compression::CompressionLayer;

use crate::guide::Library;
use crate::live::LiveChecks;
use crate::page::StandingPages;
use crate::place::Place;
use crate::request::{client, deadline, headers, log, refusals};
use crate::{SiteSettings, api, assets, pages};

/// The longest body of a request, in bytes, where nothing else is said.
const BODY_BYTES: usize = 128 * 1024;

/// The site: its settings and what its answers are made from. Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Parts>);

struct Parts {
    settings: SiteSettings,
    /// Made when somebody first reads in the guide.
    library: OnceLock<Library>,
    live: LiveChecks,
    standing: StandingPages,
}

impl Site {
    /// A site.
    #[must_use]
    pub fn new(settings: SiteSettings, live: LiveChecks) -> Self {
        let (library, standing) = (OnceLock::new(), StandingPages::default());
        Self(Arc::new(Parts { settings, library, live, standing }))
    }

    /// How the site presents itself.
    pub(crate) fn settings(&self) -> &SiteSettings {
        &self.0.settings
    }

    /// The articles of the guide.
    pub(crate) fn library(&self) -> &Library {
        self.0.library.get_or_init(|| Library::new(&self.0.settings.base_path))
    }

    /// Live checks.
    pub(crate) fn live(&self) -> &LiveChecks {
        &self.0.live
    }

    /// Pages that are the same for everybody.
    pub(crate) fn standing(&self) -> &StandingPages {
        &self.0.standing
    }

    /// The address of a place below the root of the host.
    pub(crate) fn url(&self, place: Place, language: Language) -> String {
        place.url(&self.0.settings.base_path, language)
    }

    /// All pages and the API. Requests need the address of their peer as an extension
    /// ([`Peer`](crate::serve::Peer)), which [`serve`](crate::serve::serve) adds.
    pub fn router(&self) -> Router {
        let pages = Router::new()
            .route("/", get(pages::root))
            .route("/healthz", get(pages::health::alive))
            .route("/readyz", get(pages::health::ready))
            .route("/favicon.ico", get(assets::favicon))
            .route("/robots.txt", get(pages::robots))
            .route("/sitemap.xml", get(pages::sitemap::show))
            .route(&format!("/assets/{}/{{name}}", assets::version()), get(assets::serve))
            .merge(pages::home::routes())
            .merge(pages::guide::routes())
            .merge(pages::codes::routes())
            .merge(pages::checker::routes())
            .merge(pages::validator::routes())
            .merge(pages::api::routes())
            .merge(pages::generator::routes())
            .merge(pages::dmarc::routes())
            .merge(pages::tls_rpt::routes())
            .merge(api::routes())
            .fallback(pages::error::not_found)
            .method_not_allowed_fallback(pages::error::method_not_allowed);
        let base = self.settings().base_path.as_str();
        let site = if base.is_empty() {
            pages
        } else {
            Router::new()
                .nest(base, pages)
                .route(&format!("{base}/"), get(pages::root))
                .fallback(pages::error::not_found)
        };
        site.with_state(self.clone())
            .layer(DefaultBodyLimit::max(BODY_BYTES))
            .layer(from_fn_with_state(self.clone(), refusals::explain))
            .layer(CompressionLayer::new())
            .layer(from_fn_with_state(self.clone(), deadline::hold))
            .layer(from_fn(headers::add))
            .layer(from_fn_with_state(self.clone(), client::identify))
            .layer(from_fn(log::write))
    }
}
