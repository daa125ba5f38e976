//! The id in the address of a result.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::Response;
use hyper::StatusCode;
use sigillo_store::results::ResultId;

use crate::Site;
use crate::pages::error;
use crate::request::language::PageLanguage;

/// The id that the address names; what is none is an address without a page.
pub(super) struct PathId(pub(super) ResultId);

impl FromRequestParts<Site> for PathId {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let id = match Path::<String>::from_request_parts(parts, site).await {
            Ok(Path(id)) => ResultId::parse(&id).ok(),
            Err(_) => None,
        };
        let Ok(PageLanguage(language)) = PageLanguage::from_request_parts(parts, site).await;
        let nothing = || error::page(site, language, StatusCode::NOT_FOUND, "no-result");
        id.map(Self).ok_or_else(nothing)
    }
}
