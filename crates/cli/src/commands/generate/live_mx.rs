//! The MX hosts that a domain has now.

use sigillo_formats::DomainName;
use sigillo_net::dns::{Outcome, QueryName, RecordKind, Records};
use tokio::time::timeout;

use crate::arguments::NetworkArguments;
use crate::commands::Context;
use crate::commands::options::each_once;
use crate::failure::Failure;

/// Reads the MX hosts of a domain from the DNS, the preferred first.
pub(super) fn read(
    context: &Context<'_>,
    domain: &DomainName,
    network: &NetworkArguments,
) -> Result<Vec<DomainName>, Failure> {
    let limit = context.timeout(network.timeout.as_deref())?;
    let reading = async { timeout(limit, look_up(context, domain, network)).await };
    let silent = |_| unknown(context, domain, context.words().text("say-reason-timeout"));
    context.run_to_end(reading)?.map_err(silent)?
}

async fn look_up(
    context: &Context<'_>,
    domain: &DomainName,
    network: &NetworkArguments,
) -> Result<Vec<DomainName>, Failure> {
    let resolver = context.resolver(network).await.map_err(|failure| match failure.code() {
        // There is a way without asking.
        "resolver-silent" | "resolver-failing" => {
            failure.with_help(context.words().text("say-fail-mx-unknown-help"))
        }
        _ => failure,
    })?;
    let name = QueryName::parse(domain.as_str())
        .map_err(|error| unknown(context, domain, error.to_string()))?;
    let answer = resolver.lookup(&name, RecordKind::Mx).await;
    let about = [("domain", domain.as_str().into())];
    let reason = match &answer.outcome {
        Outcome::Found(Records::Mx(records)) => {
            let mut records = records.clone();
            records.sort_by_key(|record| record.preference);
            // RFC 7505: it stands alone, and says that there is no mail.
            if records.iter().all(|record| record.exchange == ".") {
                return Err(context.failure("mx-null", &about));
            }
            let hosts = records.iter().map(|record| context.domain(&record.exchange));
            return hosts.collect::<Result<Vec<_>, _>>().map(each_once);
        }
        Outcome::Found(_) | Outcome::NoData => return Err(context.failure("mx-absent", &about)),
        Outcome::NxDomain => return Err(context.failure("domain-absent", &about)),
        Outcome::Bogus { reason } => {
            let about = [("domain", domain.as_str().into()), ("reason", reason.as_str().into())];
            return Err(context.failure("mx-unsafe", &about));
        }
        Outcome::ServerFailure { rcode, .. } => rcode.to_string(),
        Outcome::Unreachable { reason } | Outcome::Malformed { reason } => reason.clone(),
        _ => context.words().text("say-reason-timeout"),
    };
    Err(unknown(context, domain, reason))
}

fn unknown(context: &Context<'_>, domain: &DomainName, reason: String) -> Failure {
    let about = [("domain", domain.as_str().into()), ("reason", reason.into())];
    context.failure("mx-unknown", &about)
}
