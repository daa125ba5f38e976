//! The page of a result, and of a look that is still under way.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sigillo_check::{Check, CheckReport, Judgement, Observation};
use sigillo_language::Language;
use sigillo_store::results::{ListedResult, ResultId, SavedResult};

use super::certificates::{Certificate, certificates};
use super::comparison::Comparison;
use super::id::PathId;
use super::path::{self, Host, Stage};
use super::result_url;
use crate::Site;
use crate::live::{Found, Run};
use crate::page::remark::Remark;
use crate::page::{Frame, Page, tone};
use crate::pages::error;
use crate::place::Place;
use crate::request::language::PageLanguage;

#[derive(Template)]
#[template(path = "checker-under-way.html")]
struct UnderWay {
    frame: Frame,
    domain: String,
    steps: usize,
    events: String,
}

#[derive(Template)]
#[template(path = "checker-result.html")]
struct ResultPage {
    frame: Frame,
    language: Language,
    report: CheckReport,
    when: String,
    url: String,
    permalink: String,
    days_kept: u64,
    stages: Vec<Stage>,
    hosts: Vec<Host>,
    remarks: Vec<Remark>,
    checks: Vec<Check>,
    certificates: Vec<Certificate>,
    earlier: Vec<Earlier>,
    comparison: Option<Comparison>,
}

/// An earlier result to compare with.
struct Earlier {
    when: String,
    verdict: String,
    tone: &'static str,
    url: String,
}

/// With which earlier result to compare.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Comparing {
    since: Option<String>,
}

/// The page of a result or of a look under way.
pub(super) async fn show(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
    PathId(id): PathId,
    Query(comparing): Query<Comparing>,
) -> Response {
    match site.live().find(id).await {
        Ok(Found::UnderWay(run)) => under_way(&site, language, &run),
        Ok(Found::Result(result)) => {
            let since = comparing.since.as_deref().and_then(|id| ResultId::parse(id).ok());
            let earlier = match since {
                Some(since) => match site.live().find(since).await {
                    Ok(Found::Result(earlier)) => Some(earlier),
                    _ => None,
                },
                None => None,
            };
            whole(&site, language, &result, earlier).await
        }
        Ok(Found::Nothing) => nothing(&site, language),
        Err(fault) => {
            tracing::error!(error = %fault, "a result can't be read");
            error::page(&site, language, StatusCode::SERVICE_UNAVAILABLE, "store")
        }
    }
}

fn nothing(site: &Site, language: Language) -> Response {
    error::page(site, language, StatusCode::NOT_FOUND, "no-result")
}

fn frame(site: &Site, language: Language, id: ResultId, domain: &str) -> Frame {
    let frame = Frame::new(site, language, Place::Checker);
    let title = frame.t1("checker-result-title", "domain", domain.to_owned());
    frame.with_title(title).with_suffix(format!("/{id}"))
}

fn under_way(site: &Site, language: Language, run: &Arc<Run>) -> Response {
    let frame = frame(site, language, run.id, run.domain.as_str());
    let page = UnderWay {
        frame,
        domain: run.domain.to_string(),
        steps: run.step_count(),
        events: format!("{}/events", result_url(site, language, run.id)),
    };
    ([(CACHE_CONTROL, "no-store")], Page(StatusCode::OK, page)).into_response()
}

async fn whole(
    site: &Site,
    language: Language,
    result: &SavedResult,
    since: Option<Arc<SavedResult>>,
) -> Response {
    let observation = &result.observation;
    let since =
        since.filter(|it| it.observation.domain == observation.domain && it.id != result.id);
    let judgement = Judgement::of(observation, since.as_deref().map(|it| &it.observation));
    let mut report = judgement.report(observation, language);
    let comparison = since.map(|earlier| {
        let then = report_of(&earlier.observation, language);
        Comparison::between(time(&earlier), &then, &report)
    });
    let listed = site.live().earlier(result).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "earlier results can't be read");
        Vec::new()
    });
    let url = result_url(site, language, result.id);
    let origin = site.settings().public_url.as_ref().map_or("", crate::PublicUrl::as_str);
    let page = ResultPage {
        frame: frame(site, language, result.id, observation.domain.as_str()),
        language,
        when: time(result),
        permalink: format!("{origin}{url}"),
        days_kept: site.live().days_kept(),
        stages: path::stages(&report),
        hosts: path::hosts(&judgement),
        remarks: remarks(site, language, &judgement, &report),
        checks: report.checks.take().unwrap_or_default(),
        certificates: certificates(observation),
        earlier: listed.iter().map(|it| earlier(it, &url, language)).collect(),
        comparison,
        url,
        report,
    };
    ([(CACHE_CONTROL, "private, max-age=60")], Page(StatusCode::OK, page)).into_response()
}

fn report_of(observation: &Observation, language: Language) -> CheckReport {
    Judgement::of(observation, None).brief_report(observation, language)
}

fn remarks(
    site: &Site,
    language: Language,
    judgement: &Judgement,
    report: &CheckReport,
) -> Vec<Remark> {
    let pairs = judgement.findings.iter().zip(&report.findings);
    pairs
        .map(|(finding, rendered)| {
            let text = judgement.text_of(finding).unwrap_or_default();
            Remark::about(site, language, text, finding, rendered.clone())
        })
        .collect()
}

fn earlier(listed: &ListedResult, url: &str, language: Language) -> Earlier {
    Earlier {
        when: listed.looked_at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        verdict: listed.verdict.title(language),
        tone: tone::of_verdict(listed.verdict),
        url: format!("{url}?since={}", listed.id),
    }
}

fn time(result: &SavedResult) -> String {
    result.looked_at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
