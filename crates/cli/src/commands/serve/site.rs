//! The site as the configuration has it.

use axum::Router;
use jiff::Timestamp;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::Dnssec;
use sigillo_probe::Prober;
use sigillo_store::Store;
use sigillo_web::Site;
use sigillo_web::live::{LiveChecks, Sources};
use tokio_util::sync::CancellationToken;

use crate::commands::Context;
use crate::configuration::{Configuration, Looking};
use crate::failure::Failure;

/// What policy hosts are told.
const PURPOSE: &str = "MTA-STS check";

/// A site that runs, with what it does in the background.
pub(super) struct Running {
    configuration: Configuration,
    router: Router,
    live: Option<LiveChecks>,
    without_dnssec: bool,
    stop: CancellationToken,
}

impl Running {
    /// What it answers.
    pub(super) fn router(&self) -> Router {
        self.router.clone()
    }

    /// The configuration that it runs by.
    pub(super) const fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// Whether it had to begin without DNSSEC, since no name server answered.
    pub(super) const fn is_without_dnssec(&self) -> bool {
        self.without_dnssec
    }

    /// Its live checks, for the site that comes after it.
    pub(super) const fn live(&self) -> Option<&LiveChecks> {
        self.live.as_ref()
    }

    /// Ends what it does in the background.
    pub(super) fn stop(&self) {
        self.stop.cancel();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Begins a site that keeps its results in `store`, and goes on with the live checks of the one
/// `before`.
pub(super) async fn begin(
    context: &Context<'_>,
    configuration: &Configuration,
    store: &Store,
    before: Option<&LiveChecks>,
) -> Result<Running, Failure> {
    let stop = CancellationToken::new();
    let configuration = configuration.clone();
    let Some(web) = &configuration.web else {
        let router = Router::new();
        return Ok(Running { configuration, router, live: None, without_dnssec: false, stop });
    };
    let (prober, without_dnssec) =
        prober(context, &configuration.looking, web.address_guard).await?;
    let sources = Sources { now: Timestamp::now, random };
    let settings = web.checks.clone();
    let live = match before {
        Some(before) => before.renewed(prober, settings),
        None => LiveChecks::new(prober, store.clone(), settings, sources),
    };
    let router = Site::new(web.site.clone(), live.clone()).router();
    let (housekeeper, until) = (live.clone(), stop.clone());
    tokio::spawn(async move { housekeeper.keep_house(until).await });
    Ok(Running { configuration, router, live: Some(live), without_dnssec, stop })
}

/// What looks, and whether it has to do without DNSSEC for the moment: pages that need no network
/// are there all the same.
async fn prober(
    context: &Context<'_>,
    looking: &Looking,
    guard: AddressGuard,
) -> Result<(Prober, bool), Failure> {
    match context.prober(looking, guard, true, PURPOSE).await {
        Err(failure)
            if failure.code() == "resolver-silent" && looking.dns.dnssec == Dnssec::Auto =>
        {
            let (_, message) = failure.into_parts();
            tracing::warn!(message, "domains can't be looked at now");
            let mut looking = looking.clone();
            looking.dns.dnssec = Dnssec::Off;
            Ok((context.prober(&looking, guard, true, PURPOSE).await?, true))
        }
        prober => Ok((prober?, false)),
    }
}

/// A number that nobody can guess.
fn random() -> u128 {
    let mut bytes = [0; 16];
    #[expect(
        clippy::expect_used,
        reason = "Linux lets a program wait for random numbers, and refuses none"
    )]
    getrandom::fill(&mut bytes).expect("the system has random numbers");
    u128::from_ne_bytes(bytes)
}
