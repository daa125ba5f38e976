//! `sigillo query`: what a sender would do for a next hop, and why.

mod alone;
mod page;

use std::io;
use std::process::ExitCode;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use hyper::Method;
use sigillo_sender::query::{Query, refused};
use sigillo_sender::{NextHop, NotANextHop};

use self::alone::Alone;
pub(super) use self::page::{add_policy, to_the_second};
use super::service::{Service, part_of_path};
use super::{Answer, Context};
use crate::arguments::QueryArguments;
use crate::failure::Failure;
use crate::output::{self, Status};

/// How many next hops are looked at at a time.
const AT_ONCE: usize = 8;

pub(super) fn run(context: &Context<'_>, arguments: &QueryArguments) -> Answer {
    let next_hops = arguments.next_hop.iter().map(|key| match NextHop::parse(key) {
        Err(NotANextHop::NotADomain) => {
            Err(context.failure("not-a-next-hop", &[("name", key.as_str().into())]))
        }
        parsed => Ok((key.as_str(), parsed)),
    });
    let next_hops: Vec<_> = next_hops.collect::<Result<_, _>>()?;
    let refused = |key: &str, fault| refused(key, fault, context.language);
    // Nobody needs to be there to say that an address has no policy.
    let known = next_hops
        .iter()
        .map(|(key, next_hop)| next_hop.as_ref().err().map(|&fault| refused(key, fault)));
    if let Some(queries) = known.collect::<Option<Vec<_>>>() {
        return Ok(context.show_queries(&queries, Looked::Service));
    }
    let (queries, looked) = context.run_to_end(async {
        let asked = &Asked::new(context, arguments).await?;
        let queries = stream::iter(next_hops)
            .map(|(key, next_hop)| async move {
                match next_hop {
                    Ok(next_hop) => asked.query(context, &next_hop, arguments.fresh).await,
                    Err(fault) => Ok(refused(key, fault)),
                }
            })
            .buffered(AT_ONCE)
            .try_collect::<Vec<Query>>()
            .await?;
        Ok((queries, asked.looked()))
    })??;
    Ok(context.show_queries(&queries, looked))
}

impl Context<'_> {
    /// Gives answers one after the other, and says who looked.
    pub(super) fn show_queries(&self, queries: &[Query], looked: Looked) -> ExitCode {
        let status =
            |query: &Query| if query.has_to_wait() { Status::Failed } else { Status::Fine };
        let worst = queries.iter().map(status).max().unwrap_or(Status::Fine);
        if self.json {
            return output::print_all_json(queries, worst);
        }
        let mut page = self.page();
        for (index, query) in queries.iter().enumerate() {
            if index > 0 {
                page.blank();
            }
            page::add(self, &mut page, query, looked);
        }
        output::show(page, self.environment, worst)
    }
}

/// Who looks where nothing is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looked {
    /// The running service.
    Service,
    /// This command, which remembers nothing and knows nothing of what the service remembers.
    Alone,
}

/// Who is asked.
enum Asked {
    Service(Service),
    Alone(Box<Alone>),
}

impl Asked {
    /// The running service, if there is one and nobody says how to look.
    async fn new(context: &Context<'_>, arguments: &QueryArguments) -> Result<Self, Failure> {
        if !arguments.network.is_given()
            && let Some(service) = context.service(arguments.network.config.as_deref())?
        {
            match service.is_there().await {
                Ok(()) => return Ok(Self::Service(service)),
                Err(error) if is_absence(&error) => {}
                // It is there, and knows more than a look would bring.
                Err(error) => {
                    service.absent(context, &error).warn(context.language, context.environment);
                }
            }
        }
        Alone::new(context, &arguments.network).await.map(|alone| Self::Alone(Box::new(alone)))
    }

    const fn looked(&self) -> Looked {
        match self {
            Self::Service(_) => Looked::Service,
            Self::Alone(_) => Looked::Alone,
        }
    }

    async fn query(
        &self,
        context: &Context<'_>,
        next_hop: &NextHop,
        fresh: bool,
    ) -> Result<Query, Failure> {
        match self {
            Self::Alone(alone) => Ok(alone.query(context, next_hop).await),
            Self::Service(service) => {
                let key = part_of_path(&next_hop.to_string());
                service.ask(context, Method::GET, &format!("/v1/query/{key}?fresh={fresh}")).await
            }
        }
    }
}

/// Whether no service is running.
fn is_absence(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionRefused, NotADirectory, NotFound};
    matches!(error.kind(), ConnectionRefused | NotADirectory | NotFound)
}
