//! Policies and records.

use axum::Json;
use axum::routing::post;
use jiff::Timestamp;
use sigillo_generate::options::{DeploymentOptions, DmarcOptions, TlsRptOptions};
use sigillo_generate::{DmarcDeployment, Generated, TlsReporting, WithRecords};

use super::input::{AnswerLanguage, Body};
use super::operation::{Content, Method};
use super::{Group, Operation, Problem};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    let making = |name, path, body, answer, route| Operation {
        name,
        group: Group::Generate,
        method: Method::Post,
        path,
        is_pure: true,
        parameters: &[],
        body: Some(body),
        answer,
        answers_later: false,
        problems: &[400, 413, 415, 422],
        route,
    };
    vec![
        making(
            "generate",
            "/generate",
            Content::json::<DeploymentOptions>().with_example(
                r#"{"domain":"example.com","mx":["mail.example.com"],"tls_rpt":["reports@example.com"]}"#,
            ),
            Content::json::<Generated>(),
            post(deployment),
        ),
        making(
            "dmarc",
            "/dmarc",
            Content::json::<DmarcOptions>().with_example(
                r#"{"domain":"example.com","policy":"none","rua":["reports@example.com"]}"#,
            ),
            Content::json::<WithRecords<DmarcDeployment>>(),
            post(dmarc),
        ),
        making(
            "tls-rpt",
            "/tls-rpt",
            Content::json::<TlsRptOptions>()
                .with_example(r#"{"domain":"example.com","rua":["reports@example.com"]}"#),
            Content::json::<WithRecords<TlsReporting>>(),
            post(tls_rpt),
        ),
    ]
}

async fn deployment(
    AnswerLanguage(language): AnswerLanguage,
    Body(options): Body<DeploymentOptions>,
) -> Result<Json<Generated>, Problem> {
    let request = options.read(Timestamp::now(), &[]).map_err(Problem::of_options)?;
    let generated =
        request.generate(language).map_err(|error| Problem::of_options(error.into()))?;
    Ok(Json(generated))
}

async fn dmarc(
    AnswerLanguage(language): AnswerLanguage,
    Body(options): Body<DmarcOptions>,
) -> Result<Json<WithRecords<DmarcDeployment>>, Problem> {
    let request = options.read().map_err(Problem::of_options)?;
    Ok(Json(request.generate(language)))
}

async fn tls_rpt(
    AnswerLanguage(language): AnswerLanguage,
    Body(options): Body<TlsRptOptions>,
) -> Result<Json<WithRecords<TlsReporting>>, Problem> {
    let request = options.read().map_err(Problem::of_options)?;
    Ok(Json(request.generate(language)))
}
