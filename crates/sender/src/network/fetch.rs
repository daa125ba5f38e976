//! The policy of a domain, from its policy host.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use futures_util::future::{self, Either};
use jiff::Timestamp;
use sigillo_formats::report::ResultType;
use sigillo_formats::{DomainName, policy};
use sigillo_net::connect::ConnectOptions;
use sigillo_net::dns::{Answer, QueryName, RecordKind, Records};
use sigillo_net::https::{FetchRequest, PolicyFetch, fetch_policy_strict};
use tokio::time::{Instant, sleep, timeout_at};

use super::Internet;
use super::record::failure;
use crate::facts::{FailureKind, FetchFailure, FetchedPolicy};

/// How many addresses of each family are tried.
const ADDRESSES: usize = 4;

/// How long opening a connection may take, so that there is time for the next address.
const CONNECTING: Duration = Duration::from_secs(10);

/// How long IPv6 is tried alone (RFC 8305 §5).
const HEAD_START: Duration = Duration::from_millis(250);

/// Fetches the policy from the first address that gives one; IPv6 and IPv4 beside each other.
pub(super) async fn fetch(
    internet: &Internet,
    domain: &DomainName,
    now: Timestamp,
) -> Result<FetchedPolicy, FetchFailure> {
    let deadline = Instant::now() + internet.settings.timeout;
    let fetching = Box::pin(fetch_until(internet, domain, now, deadline));
    timeout_at(deadline, fetching).await.unwrap_or_else(|_| {
        let seconds = internet.settings.timeout.as_secs();
        Err(unreachable(format!("no policy within {seconds} seconds")))
    })
}

async fn fetch_until(
    internet: &Internet,
    domain: &DomainName,
    now: Timestamp,
    deadline: Instant,
) -> Result<FetchedPolicy, FetchFailure> {
    let host = domain
        .with_prefix("mta-sts")
        .map_err(|error| unreachable(format!("there is no name for a policy host: {error}")))?;
    let name = QueryName::from(&host);
    let resolver = &internet.resolver;
    let (ipv4, ipv6) = tokio::join!(
        resolver.lookup(&name, RecordKind::A),
        resolver.lookup(&name, RecordKind::Aaaa),
    );
    let (ipv4, ipv6) = (addresses(&ipv4), addresses(&ipv6));
    let request = || FetchRequest {
        deadline: deadline.saturating_duration_since(Instant::now()),
        connect: ConnectOptions {
            guard: internet.settings.guard,
            timeout: CONNECTING,
            source: internet.settings.source,
        },
        trust: internet.settings.trust.clone(),
        ..FetchRequest::new(&internet.settings.user_agent, now)
    };
    let fetch_one = async |address: IpAddr| {
        let socket = SocketAddr::new(address, internet.settings.https_port);
        let fetched = fetch_policy_strict(socket, &host, &request()).await;
        judge(address, &fetched)
    };
    let first_of = async |addresses: Vec<IpAddr>| {
        let mut last = None;
        for address in addresses {
            match fetch_one(address).await {
                Ok(policy) => return Some(Ok(policy)),
                Err(failure) => last = Some(Err(failure)),
            }
        }
        last
    };
    match (ipv6, ipv4) {
        (Err(failure), Err(_)) => Err(unreachable(failure)),
        (Ok(only), Err(_)) | (Err(_), Ok(only)) => {
            first_of(only).await.unwrap_or_else(|| Err(no_address(&host)))
        }
        (Ok(ipv6), Ok(ipv4)) if ipv6.is_empty() || ipv4.is_empty() => {
            let all = ipv6.into_iter().chain(ipv4).collect();
            first_of(all).await.unwrap_or_else(|| Err(no_address(&host)))
        }
        (Ok(ipv6), Ok(ipv4)) => {
            let later = async {
                sleep(HEAD_START).await;
                first_of(ipv4).await
            };
            let outcome = first_success(first_of(ipv6), later).await;
            outcome.unwrap_or_else(|| Err(no_address(&host)))
        }
    }
}

type Outcome = Option<Result<FetchedPolicy, FetchFailure>>;

/// What succeeds first; if neither does, what the second to end came to.
async fn first_success(
    first: impl Future<Output = Outcome>,
    second: impl Future<Output = Outcome>,
) -> Outcome {
    match future::select(Box::pin(first), Box::pin(second)).await {
        Either::Left((Some(Ok(policy)), _)) | Either::Right((Some(Ok(policy)), _)) => {
            Some(Ok(policy))
        }
        Either::Left((_, rest)) => rest.await,
        Either::Right((_, rest)) => rest.await,
    }
}

/// The addresses of an answer, or why there is none to be had.
fn addresses(answer: &Answer) -> Result<Vec<IpAddr>, String> {
    if answer.is_failure() {
        return Err(failure(answer));
    }
    Ok(match answer.records() {
        Some(Records::A(all)) => all.iter().copied().map(IpAddr::V4).take(ADDRESSES).collect(),
        Some(Records::Aaaa(all)) => all.iter().copied().map(IpAddr::V6).take(ADDRESSES).collect(),
        _ => Vec::new(),
    })
}

/// Whether a sender may use what came, and if not, why (RFC 8461 §3.3).
fn judge(address: IpAddr, fetched: &PolicyFetch) -> Result<FetchedPolicy, FetchFailure> {
    let Some(text) = fetched.policy() else {
        let kind = match fetched.result_type() {
            Some(ResultType::StsWebpkiInvalid) => FailureKind::Certificate,
            _ => FailureKind::Fetch,
        };
        return Err(FetchFailure { kind, reason: format!("{address}: {}", why(fetched)) });
    };
    let media_type = fetched.response.as_ref().and_then(|response| response.content_type());
    if let Some(media_type) = media_type.filter(|it| policy::is_refused_media_type(it)) {
        let reason = format!("{address}: a policy is no {media_type:?}");
        return Err(FetchFailure { kind: FailureKind::Invalid, reason });
    }
    let parsed = policy::parse(text);
    let finding = parsed.findings().first().map(|finding| finding.code().to_string());
    let Some(policy) = parsed.into_policy() else {
        let what = finding.unwrap_or_else(|| "not a policy".to_owned());
        let reason = format!("{address}: {what}");
        return Err(FetchFailure { kind: FailureKind::Invalid, reason });
    };
    Ok(FetchedPolicy { policy, text: text.into() })
}

fn why(fetched: &PolicyFetch) -> String {
    if let Some(error) = &fetched.error {
        return error.to_string();
    }
    match &fetched.response {
        Some(response) if response.status != 200 => format!("status {}", response.status),
        Some(response) if response.truncated => "more than 64 KiB".to_owned(),
        Some(_) => "a packed answer".to_owned(),
        None => "no answer".to_owned(),
    }
}

fn no_address(host: &DomainName) -> FetchFailure {
    unreachable(format!("{host} has no address"))
}

const fn unreachable(reason: String) -> FetchFailure {
    FetchFailure { kind: FailureKind::Fetch, reason }
}
