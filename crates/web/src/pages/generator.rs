//! The generator of policies: a form whose state is the query of its address, what comes of it, and downloads.

mod archive;
mod live_mx;
mod options;
mod providers;
mod view;

use axum::Router;
use axum::extract::{Extension, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use live_mx::{LiveMx, Situation};
use sigillo_generate::options::{DeploymentOptions, OptionErrors};
use sigillo_generate::{DnsFormat, Generated};
use sigillo_language::Language;

use crate::Site;
use crate::page::{Page, Standing};
use crate::pages::form::Fields;
use crate::place::Place;
use crate::request::client::Client;
use crate::request::language::PageLanguage;

/// The addresses of the generator.
pub(crate) fn routes() -> Router<Site> {
    Language::ALL.into_iter().fold(Router::new(), |router, language| {
        let form = Place::Generator.path(language);
        router
            .route(&format!("{form}/mta-sts.txt"), get(policy))
            .route(&format!("{form}/zone.txt"), get(zone))
            .route(&format!("{form}/sigillo.zip"), get(archive))
            .route(&form, get(show))
    })
}

/// What somebody wants, and what comes of it.
struct Answer {
    site: Site,
    language: Language,
    /// The query of the address, as it came.
    query: String,
    /// What was filled in, with the MX hosts of the DNS where they were asked for.
    fields: Fields,
    options: DeploymentOptions,
    live_mx: LiveMx,
    now: Timestamp,
    outcome: Result<Generated, OptionErrors>,
}

impl Answer {
    async fn new(site: Site, client: Client, language: Language, query: Option<String>) -> Self {
        let mut fields = Fields::read(query.as_deref(), &options::FIELDS);
        let live_mx = LiveMx::of(&site, client, &mut fields).await;
        let options = options::of(&fields);
        let now = site.live().now();
        let outcome = options
            .read(now, &[])
            .and_then(|request| request.generate(language).map_err(OptionErrors::from));
        let query = query.unwrap_or_default();
        Self { site, language, query, fields, options, live_mx, now, outcome }
    }

    /// The page, under this status or one that says that too much was asked.
    fn page(&self, status: StatusCode) -> Response {
        match self.live_mx.situation {
            Situation::Busy(busy) => {
                let page = Page(StatusCode::TOO_MANY_REQUESTS, view::GeneratorPage::new(self));
                ([(RETRY_AFTER, busy.seconds().to_string())], page).into_response()
            }
            _ => Page(status, view::GeneratorPage::new(self)).into_response(),
        }
    }

    /// A file made of the outcome; where there is none, the page that says why.
    fn file(
        &self,
        name: &str,
        content_type: &str,
        make: impl FnOnce(&Generated) -> Vec<u8>,
    ) -> Response {
        let (Ok(generated), false) = (&self.outcome, self.live_mx.is_busy()) else {
            return self.page(StatusCode::UNPROCESSABLE_ENTITY);
        };
        let headers = [
            (CONTENT_TYPE, content_type.to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        ];
        (headers, make(generated)).into_response()
    }
}

/// The form, and what comes of what was filled in.
async fn show(
    State(site): State<Site>,
    Extension(client): Extension<Client>,
    PageLanguage(language): PageLanguage,
    RawQuery(query): RawQuery,
) -> Response {
    // Without a query it is the same for everybody, but for the id of the example, which is made of the time.
    if query.as_deref().unwrap_or_default().is_empty() {
        let second = site.live().now().as_second();
        let page = Standing { place: Place::Generator, language, second };
        if let Some(kept) = site.standing().kept(page) {
            return kept;
        }
        let answer = Answer::new(site.clone(), client, language, None).await;
        return site.standing().keep(page, &view::GeneratorPage::new(&answer));
    }
    Answer::new(site, client, language, query).await.page(StatusCode::OK)
}

/// The policy file.
async fn policy(
    State(site): State<Site>,
    Extension(client): Extension<Client>,
    PageLanguage(language): PageLanguage,
    RawQuery(query): RawQuery,
) -> Response {
    let answer = Answer::new(site, client, language, query).await;
    answer.file("mta-sts.txt", "text/plain; charset=utf-8", |generated| {
        generated.deployment.policy.text.clone().into_bytes()
    })
}

/// The lines for a zone file.
async fn zone(
    State(site): State<Site>,
    Extension(client): Extension<Client>,
    PageLanguage(language): PageLanguage,
    RawQuery(query): RawQuery,
) -> Response {
    let answer = Answer::new(site, client, language, query).await;
    answer.file(DnsFormat::Zone.file_name(), "text/plain; charset=utf-8", |generated| {
        let deployment = &generated.deployment;
        DnsFormat::Zone.write(&deployment.zone, &deployment.dns).into_bytes()
    })
}

/// Everything, as the command line writes it into a folder.
async fn archive(
    State(site): State<Site>,
    Extension(client): Extension<Client>,
    PageLanguage(language): PageLanguage,
    RawQuery(query): RawQuery,
) -> Response {
    let answer = Answer::new(site, client, language, query).await;
    let format = answer.options.dns_format.as_deref().and_then(|name| name.parse().ok());
    let name = match &answer.outcome {
        // A domain name is safe in a file name: letters, digits, hyphens and dots.
        Ok(generated) => format!("mta-sts-{}.zip", generated.deployment.domain),
        Err(_) => String::new(),
    };
    answer.file(&name, "application/zip", |generated| {
        archive::of(&generated.deployment.files(format.unwrap_or_default()))
    })
}
