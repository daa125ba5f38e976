//! The validator: a text or a file in, what is wrong with it out, and the text mended.

mod fixes;
mod input;
mod json;
mod listing;
mod names;
mod outcome;
mod remarks;
mod report;
mod understood;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use input::{Action, BODY_BYTES, Linked, Refusal, Submitted};
use listing::Row;
use outcome::{Carried, Outcome};
use sigillo_formats::Kind;
use sigillo_language::Language;
use understood::Understood;

use crate::Site;
use crate::kind_choice::KindChoice;
use crate::page::{Frame, Page, Prose};
use crate::pages::error;
use crate::place::Place;
use crate::request::language::PageLanguage;

/// The longest text that has an address of its own, in bytes.
const LINKED_BYTES: usize = 2_000;

#[derive(Template)]
#[template(path = "validator.html")]
struct Validator {
    frame: Frame,
    choices: Vec<Choice>,
    /// What the field holds.
    text: String,
    result: Shown,
}

/// What is below the form.
enum Shown {
    /// Examples, as there is nothing else yet.
    Examples(Vec<Example>),
    /// Why nothing was judged, and what to do.
    Fault(String, Prose),
    /// What a text was found to be.
    Outcome(Box<Outcome>),
}

/// A choice of the form.
struct Choice {
    name: &'static str,
    label: String,
    is_chosen: bool,
}

/// A text to try.
struct Example {
    label: Prose,
    url: String,
}

/// The addresses of the page.
pub(crate) fn routes() -> Router<Site> {
    Language::ALL.into_iter().fold(Router::new(), |router, language| {
        let page = get(show).post(judge).layer(DefaultBodyLimit::max(BODY_BYTES));
        router.route(&Place::Validator.path(language), page)
    })
}

/// The form, or what a text in the address is found to be.
async fn show(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
    Query(linked): Query<Linked>,
) -> Response {
    match linked.read() {
        None => {
            let examples = Shown::Examples(examples(&site, language));
            page(&site, language, StatusCode::OK, KindChoice::Auto, String::new(), examples)
        }
        Some(submitted) => answer(&site, language, submitted).await,
    }
}

/// What the text or the file of a form is found to be.
async fn judge(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
    request: Request,
) -> Response {
    match input::read(request).await {
        Ok(submitted) => answer(&site, language, submitted).await,
        Err(Refusal::TooLarge) => {
            error::page(&site, language, StatusCode::PAYLOAD_TOO_LARGE, "too-large")
        }
        Err(Refusal::Malformed) => error::page(&site, language, StatusCode::BAD_REQUEST, "form"),
    }
}

async fn answer(site: &Site, language: Language, submitted: Submitted) -> Response {
    let choice = submitted.choice;
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let fault = |text, name, help| {
        let frame = Frame::new(site, language, Place::Validator);
        let fault = Shown::Fault(frame.t(name), frame.p(help));
        page(site, language, status, choice, text, fault)
    };
    if submitted.given.is_empty() {
        return fault(String::new(), "validator-nothing", "validator-nothing-help");
    }
    let Some(kind) = choice.of(&submitted.given) else {
        return fault(
            Carried::of(&submitted.given).into_field(),
            "validator-unrecognised",
            "validator-unrecognised-help",
        );
    };
    if matches!(submitted.action, Action::Download) {
        return download(kind, submitted.given);
    }
    let site_of_page = site.clone();
    // A report of ten megabytes takes its time; other requests are answered meanwhile.
    let outcome = tokio::task::spawn_blocking(move || {
        let frame = Frame::new(&site_of_page, language, Place::Validator);
        Outcome::of(&frame, language, kind, submitted)
    });
    match outcome.await {
        Ok((outcome, text)) => {
            let result = Shown::Outcome(Box::new(outcome));
            page(site, language, StatusCode::OK, choice, text, result)
        }
        // Judging does not panic, and nobody cancels it.
        Err(error) => {
            tracing::error!(%error, "a text can't be judged");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn page(
    site: &Site,
    language: Language,
    status: StatusCode,
    choice: KindChoice,
    text: String,
    result: Shown,
) -> Response {
    let frame = Frame::new(site, language, Place::Validator);
    let description = frame.t("validator-lead");
    let suffix = match &result {
        Shown::Outcome(outcome) => outcome.query.clone().unwrap_or_default(),
        _ => String::new(),
    };
    let choices = KindChoice::all().map(|option| Choice {
        name: option.name(),
        label: frame.t(names::of_choice(option)),
        is_chosen: option == choice,
    });
    let choices = choices.collect();
    let frame = frame.with_description(description).with_suffix(suffix);
    Page(status, Validator { frame, choices, text, result }).into_response()
}

/// The text as a file.
fn download(kind: Kind, text: Vec<u8>) -> Response {
    let disposition = match kind {
        Kind::Policy => "attachment; filename=\"mta-sts.txt\"",
        Kind::Record | Kind::TlsRpt | Kind::Dmarc => "attachment; filename=\"record.txt\"",
        Kind::Report => "attachment; filename=\"report.json\"",
    };
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CONTENT_DISPOSITION, disposition)];
    (headers, text).into_response()
}

/// The address, behind that of the page, of a text.
fn query(choice: KindChoice, text: &str) -> String {
    let mut query = form_urlencoded::Serializer::for_suffix("?".to_owned(), 1);
    query.append_pair("kind", choice.name()).append_pair("text", text).finish()
}

fn examples(site: &Site, language: Language) -> Vec<Example> {
    let frame = Frame::new(site, language, Place::Validator);
    let page = frame.url(Place::Validator);
    Kind::ALL
        .into_iter()
        .map(|kind| Example {
            label: frame.p(names::of_example(kind)),
            url: format!("{page}{}", query(KindChoice::Auto, example(kind))),
        })
        .collect()
}

/// A text of a kind with something to say about it.
const fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Policy => {
            "version: STSv1\nmode: enforced\nmx: mail.example.com.\nmx: *.mail.*.example.com\nmax_age: 3600\n"
        }
        Kind::Record => "v=STSv1; id=2026-03-01;",
        Kind::TlsRpt => "v=TLSRPTv1; rua=tls-reports@example.com",
        Kind::Dmarc => "v=DMARC1; p=none; pct=100; rua=mailto:dmarc@example.com",
        Kind::Report => {
            r#"{
  "organization-name": "Example Mail",
  "date-range": {
    "start-datetime": "2026-03-01T00:00:00Z",
    "end-datetime": "2026-03-01T23:59:59Z"
  },
  "contact-info": "tls@example.net",
  "report-id": "2026-03-01_example.com",
  "policies": [{
    "policy": {
      "policy-type": "sts",
      "policy-string": ["version: STSv1", "mode: testing", "mx: *.example.com", "max_age: 604800"],
      "policy-domain": "example.com"
    },
    "summary": {"total-successful-session-count": 5326, "total-failure-session-count": "303"},
    "failure-details": [
      {"result-type": "certificate-expired", "sending-mta-ip": "192.0.2.1",
       "receiving-mx-hostname": "mx1.example.com", "failed-session-count": 300},
      {"result-type": "starttls-not-supported", "sending-mta-ip": "192.0.2.2",
       "receiving-mx-hostname": "mx2.example.com", "failed-session-count": 3}
    ]
  }]
}"#
        }
    }
}
