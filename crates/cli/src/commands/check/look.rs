//! Looking at the domains, several at once, with progress on the way.

use std::pin::pin;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use sigillo_check::Observation;
use sigillo_formats::DomainName;
use sigillo_net::dns::Dnssec;
use sigillo_probe::ProgressSender;

use super::progress::ProgressLine;
use crate::arguments::CheckArguments;
use crate::commands::Context;
use crate::commands::network::nonce;
use crate::failure::Failure;

/// What policy hosts are told.
const PURPOSE: &str = "MTA-STS check";

/// How long a look may take with a name server that was silent before.
const PATIENCE_WITH_THE_SILENT: Duration = Duration::from_secs(5);

/// How many domains are looked at at a time.
const AT_ONCE: usize = 8;

/// Looks at the domains, and gives what was seen in their order as it comes.
pub(super) fn look(
    context: &Context<'_>,
    arguments: &CheckArguments,
    domains: &[DomainName],
    give: impl FnMut(Observation),
) -> Result<(), Failure> {
    context.run_to_end(look_in_turn(context, arguments, domains, give))?
}

async fn look_in_turn(
    context: &Context<'_>,
    arguments: &CheckArguments,
    domains: &[DomainName],
    mut give: impl FnMut(Observation),
) -> Result<(), Failure> {
    let (guard, smtp) = (arguments.network.guard(), !arguments.no_smtp);
    let mut looking = context.looking(&arguments.network)?;
    let prober = match context.prober(&looking, guard, smtp, PURPOSE).await {
        // Nothing can be looked at, and that is what the answers then say.
        Err(failure) if failure.code() == "resolver-silent" => {
            failure.tell(context.language, context.environment);
            looking.dns.dnssec = Dnssec::Off;
            looking.network.timeout = PATIENCE_WITH_THE_SILENT;
            context.prober(&looking, guard, smtp, PURPOSE).await?
        }
        prober => prober?,
    };
    let (progress, mut steps) = ProgressSender::channel();
    let mut line = ProgressLine::new(context, domains);
    let looks = stream::iter(domains)
        .map(|domain| prober.look(domain, Timestamp::now(), nonce(), &progress))
        .buffered(AT_ONCE);
    let mut looks = pin!(looks);
    line.draw();
    loop {
        tokio::select! {
            seen = looks.next() => match seen {
                Some(observation) => {
                    line.clear();
                    give(observation);
                    line.done();
                }
                None => break,
            },
            Some(step) = steps.recv() => line.add(&step),
        }
    }
    line.clear();
    Ok(())
}
