//! The MX hosts that a domain has now.

use sigillo_check::live_mx::{self, LiveMxError};
use sigillo_check::observation::{DnsLook, MxRecord};
use sigillo_formats::DomainName;
use sigillo_net::address_guard::AddressGuard;
use tokio::time::timeout;

use crate::arguments::NetworkArguments;
use crate::commands::Context;
use crate::configuration::Looking;
use crate::failure::Failure;

/// What a policy host would be told, if one were asked.
const PURPOSE: &str = "generate";

/// Reads the MX hosts of a domain from the DNS, the preferred first.
pub(super) fn read(
    context: &Context<'_>,
    domain: &DomainName,
    network: &NetworkArguments,
) -> Result<Vec<DomainName>, Failure> {
    let looking = context.looking(network)?;
    let limit = looking.network.timeout;
    let reading = async { timeout(limit, look_up(context, domain, &looking)).await };
    let hosts = match context.run_to_end(reading)? {
        Ok(look) => live_mx::hosts(&look?),
        Err(_) => Err(LiveMxError::Unknown { domain: domain.to_string(), reason: None }),
    };
    hosts.map_err(|error| Failure::of_live_mx(&error, context.language))
}

async fn look_up(
    context: &Context<'_>,
    domain: &DomainName,
    looking: &Looking,
) -> Result<DnsLook<MxRecord>, Failure> {
    let prober = context.prober(looking, AddressGuard::Public, false, PURPOSE).await;
    let prober = prober.map_err(|failure| match failure.code() {
        // There is a way without asking.
        "resolver-silent" | "resolver-failing" => {
            failure.with_help(context.words().text("say-fail-mx-unknown-help"))
        }
        _ => failure,
    })?;
    Ok(prober.mx(domain).await)
}
