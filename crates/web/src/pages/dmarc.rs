//! The generator of DMARC records, and what is to be said about a record that is there already.

mod existing;
mod options;

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use existing::Existing;
use sigillo_generate::{DmarcDeployment, DnsFormat, WithRecords};
use sigillo_language::Language;

use crate::Site;
use crate::page::remark::{Remark, remarks};
use crate::page::{Frame, Page};
use crate::pages::form::{Fields, Filled};
use crate::place::Place;
use crate::request::language::PageLanguage;

/// The address of the page.
pub(crate) fn routes() -> Router<Site> {
    let at = |language| Place::Dmarc.path(language);
    Language::ALL
        .into_iter()
        .fold(Router::new(), |router, language| router.route(&at(language), get(show)))
}

/// The two forms and what comes of them.
#[derive(Template)]
#[template(path = "dmarc.html")]
struct DmarcPage {
    frame: Frame,
    filled: Filled,
    made: Option<Made>,
    existing: Option<Existing>,
}

/// What was made.
struct Made {
    deployment: DmarcDeployment,
    remarks: Vec<Remark>,
    /// The records as the program reads them that was chosen.
    dns_text: String,
    is_example: bool,
}

/// A field with several values to tick, and the message that says what each of them means.
const FAILURE_OPTIONS: [(&str, &str); 4] =
    [("0", "dmarc-fo-all"), ("1", "dmarc-fo-any"), ("d", "dmarc-fo-dkim"), ("s", "dmarc-fo-spf")];

/// What can be asked of receivers, and the message that says what it means.
const POLICIES: [(&str, &str); 3] = [
    ("none", "dmarc-asks-none"),
    ("quarantine", "dmarc-asks-quarantine"),
    ("reject", "dmarc-asks-reject"),
];

/// The fields that stand among those that few need.
const MORE: &[&str] = &[
    "subdomain_policy",
    "nonexistent_policy",
    "strict_dkim",
    "strict_spf",
    "ruf",
    "fo",
    "psd",
    "compatible",
    "zone",
    "ttl",
    "dns_format",
];

async fn show(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
    RawQuery(query): RawQuery,
) -> Response {
    let frame = Frame::new(&site, language, Place::Dmarc);
    let (title, description) = (frame.t("dmarc-title"), frame.t("dmarc-lead"));
    let frame = frame.with_title(title).with_description(description);
    let frame = match &query {
        Some(query) => frame.with_suffix(format!("?{query}")),
        None => frame,
    };
    let existing = Fields::read(query.as_deref(), &[options::EXISTING]);
    let existing = existing.one(options::EXISTING).map(|text| Existing::new(&site, language, text));
    let fields = Fields::read(query.as_deref(), &options::FIELDS);
    let request = options::of(&fields).read();
    let filled = Filled::new(fields, request.as_ref().err(), language);
    let made = match request {
        Ok(request) => Some(Made::new(&site, language, request.generate(language))),
        Err(_) if filled.fields.is_blank() => example(&site, language),
        Err(_) => None,
    };
    Page(StatusCode::OK, DmarcPage { frame, filled, made, existing }).into_response()
}

impl Made {
    fn new(site: &Site, language: Language, answer: WithRecords<DmarcDeployment>) -> Self {
        let WithRecords { answer: deployment, dns_text } = answer;
        let dns_text = dns_text.unwrap_or_else(|| {
            DnsFormat::Zone.write_zones(&deployment.zone, &deployment.dns, language)
        });
        let remarks = remarks(site, language, &deployment.findings);
        Self { deployment, remarks, dns_text, is_example: false }
    }
}

/// What would be made for a domain that begins.
fn example(site: &Site, language: Language) -> Option<Made> {
    let request = options::example().read().ok()?;
    Some(Made { is_example: true, ..Made::new(site, language, request.generate(language)) })
}
