//! The generator of TLS-RPT records, and what is to be said about a record that is there already.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sigillo_formats::Kind;
use sigillo_generate::options::TlsRptOptions;
use sigillo_generate::{DnsFormat, TlsReporting, WithRecords};
use sigillo_language::Language;

use crate::Site;
use crate::page::remark::{Remark, remarks};
use crate::page::{Frame, Page};
use crate::pages::form::{Fields, Filled, JudgedRecord};
use crate::place::Place;
use crate::request::language::PageLanguage;

/// The address of the page.
pub(crate) fn routes() -> Router<Site> {
    let at = |language| Place::TlsRpt.path(language);
    Language::ALL
        .into_iter()
        .fold(Router::new(), |router, language| router.route(&at(language), get(show)))
}

/// The two forms and what comes of them.
#[derive(Template)]
#[template(path = "tls-rpt.html")]
struct TlsRptPage {
    frame: Frame,
    filled: Filled,
    made: Option<Made>,
    existing: Option<JudgedRecord>,
}

/// What was made.
struct Made {
    reporting: TlsReporting,
    remarks: Vec<Remark>,
    /// The record as the program reads it that was chosen.
    dns_text: String,
    is_example: bool,
}

/// A record that is there already, which a form of its own asks for.
const EXISTING: &str = "existing";

/// The fields of the form: the options by their own names.
const FIELDS: [&str; 5] = ["domain", "rua", "zone", "ttl", "dns_format"];

/// The fields that stand among those that few need.
const MORE: &[&str] = &["zone", "ttl", "dns_format"];

async fn show(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
    RawQuery(query): RawQuery,
) -> Response {
    let frame = Frame::new(&site, language, Place::TlsRpt);
    let (title, description) = (frame.t("tlsrpt-title"), frame.t("tlsrpt-lead"));
    let frame = frame.with_title(title).with_description(description);
    let frame = match &query {
        Some(query) => frame.with_suffix(format!("?{query}")),
        None => frame,
    };
    let existing = Fields::read(query.as_deref(), &[EXISTING]);
    let existing =
        existing.one(EXISTING).map(|text| JudgedRecord::new(&site, language, Kind::TlsRpt, text));
    let fields = Fields::read(query.as_deref(), &FIELDS);
    let request = options(&fields).read();
    let filled = Filled::new(fields, request.as_ref().err(), language);
    let made = match request {
        Ok(request) => Some(Made::new(&site, language, request.generate(language))),
        Err(_) if filled.fields.is_blank() => example(&site, language),
        Err(_) => None,
    };
    Page(StatusCode::OK, TlsRptPage { frame, filled, made, existing }).into_response()
}

/// The options that were filled in.
fn options(fields: &Fields) -> TlsRptOptions {
    TlsRptOptions {
        domain: fields.option("domain"),
        rua: fields.each("rua"),
        zone: fields.option("zone"),
        ttl: fields.option("ttl"),
        dns_format: fields.option("dns_format"),
    }
}

impl Made {
    fn new(site: &Site, language: Language, answer: WithRecords<TlsReporting>) -> Self {
        let WithRecords { answer: reporting, dns_text } = answer;
        let dns_text =
            dns_text.unwrap_or_else(|| DnsFormat::Zone.write(&reporting.zone, &reporting.dns));
        let remarks = remarks(site, language, &reporting.findings);
        Self { reporting, remarks, dns_text, is_example: false }
    }
}

/// What would be made for a domain with one address.
fn example(site: &Site, language: Language) -> Option<Made> {
    let options = TlsRptOptions {
        domain: Some("example.com".to_owned()),
        rua: vec!["reports@example.com".to_owned()],
        ..TlsRptOptions::default()
    };
    let request = options.read().ok()?;
    Some(Made { is_example: true, ..Made::new(site, language, request.generate(language)) })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_option_has_a_field() {
        let options_value = serde_json::to_value(TlsRptOptions::default()).unwrap();
        let names: BTreeSet<&str> =
            options_value.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(BTreeSet::from(FIELDS), names);
        for name in names {
            let filled = options(&Fields::read(Some(&format!("{name}=x")), &FIELDS));
            let filled = serde_json::to_value(filled).unwrap();
            let value = &filled[name];
            assert!(value == "x" || value[0] == "x", "{name}: {value}");
        }
    }
}
