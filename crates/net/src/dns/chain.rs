//! The DS and DNSKEY records between the trust anchor and a name: asked for once by however many
//! lookups, and ahead of time.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use domain::base::name::ToName;
use domain::base::{Message, Name, Rtype};
use domain::net::client::request::{
    ComposeRequest, Error, GetResponse, RequestMessage, SendRequest,
};
use moka::future::Cache;
use tokio::task::JoinHandle;

use super::message::{Question, Wanted, is_conclusive, without_ttl};
use super::servers::{NoReply, Reply, Servers};

/// How long a reply is kept for other lookups. The validator keeps what it has made of it for as
/// long as the records allow.
const KEPT: Duration = Duration::from_secs(30);

/// How many replies are kept.
const MAXIMUM_REPLIES: u64 = 5_000;

/// How many names above a name are asked for ahead of time: more labels are rare, or hostile.
const MAXIMUM_AHEAD: usize = 6;

/// Where the validator gets keys from.
#[derive(Clone)]
pub(super) struct Chain {
    inner: Arc<Inner>,
}

struct Inner {
    servers: Arc<Servers>,
    replies: Cache<(Name<Bytes>, Rtype), Message<Bytes>>,
    last_failure: Mutex<Option<ChainFailure>>,
}

/// Why there are no keys; that says nothing about the data.
#[derive(Debug, Clone)]
pub(super) enum ChainFailure {
    /// There was no reply.
    NoReply(NoReply),
    /// The server said that it failed.
    Refusal(Reply),
}

impl Chain {
    pub(super) fn new(servers: Arc<Servers>) -> Self {
        let replies = Cache::builder().max_capacity(MAXIMUM_REPLIES).time_to_live(KEPT).build();
        Self { inner: Arc::new(Inner { servers, replies, last_failure: Mutex::default() }) }
    }

    /// The records of a name, with their signatures.
    ///
    /// # Errors
    /// Why there are none; that isn't remembered.
    pub(super) async fn fetch(
        &self,
        name: Name<Bytes>,
        rtype: Rtype,
    ) -> Result<Message<Bytes>, Arc<ChainFailure>> {
        let question = Question { name: name.clone(), rtype, wanted: Wanted::UnjudgedSignatures };
        let asking = async {
            match self.inner.servers.ask(&question).await {
                Ok(reply) if is_conclusive(&reply.message) => Ok(prepare(reply.message, rtype)),
                Ok(reply) => Err(ChainFailure::Refusal(reply)),
                Err(no_reply) => Err(ChainFailure::NoReply(no_reply)),
            }
        };
        let result = self.inner.replies.try_get_with((name, rtype), asking).await;
        if let Err(failure) = &result {
            let mut last = self.inner.last_failure.lock().unwrap_or_else(PoisonError::into_inner);
            *last = Some(ChainFailure::clone(failure));
        }
        result
    }

    /// Asks for the keys of the zones that may be above a name and below an anchor's `zones`,
    /// without waiting for them.
    pub(super) fn fetch_ahead(&self, name: &Name<Bytes>, zones: &[Name<Bytes>]) {
        let is_service = name.first().as_slice().starts_with(b"_");
        let below_anchor =
            |name: &Name<Bytes>| zones.iter().any(|zone| name.ends_with(zone) && name != zone);
        let above = std::iter::successors(Some(name.clone()), Name::parent)
            .skip(usize::from(is_service))
            .filter(below_anchor);
        let names: Vec<Name<Bytes>> = above.collect();
        let skipped = names.len().saturating_sub(MAXIMUM_AHEAD);
        for name in names.into_iter().skip(skipped) {
            for rtype in [Rtype::DS, Rtype::DNSKEY] {
                if self.inner.replies.contains_key(&(name.clone(), rtype)) {
                    continue;
                }
                let (chain, name) = (self.clone(), name.clone());
                tokio::spawn(async move { chain.fetch(name, rtype).await });
            }
        }
    }

    /// The failure that was met last, by whichever lookup.
    pub(super) fn last_failure(&self) -> Option<ChainFailure> {
        self.inner.last_failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Makes a reply ready for the validator. It remembers a name that is no zone's as if it were one
/// without keys, and finds each zone below it bogus from then on: below `co.jp`, which belongs to
/// `jp`, all but the first. What has no time to live it doesn't remember, so a reply that a name
/// has no DS records gets none. Signatures don't depend on it.
fn prepare(message: Message<Bytes>, rtype: Rtype) -> Message<Bytes> {
    let has_records = || {
        message.answer().is_ok_and(|mut section| {
            section.any(|record| record.is_ok_and(|record| record.rtype() == rtype))
        })
    };
    if rtype != Rtype::DS || has_records() {
        return message;
    }
    without_ttl(&message).unwrap_or(message)
}

impl SendRequest<RequestMessage<Vec<u8>>> for Chain {
    fn send_request(&self, request: RequestMessage<Vec<u8>>) -> Box<dyn GetResponse + Send + Sync> {
        let chain = self.clone();
        let task = tokio::spawn(async move {
            let message = request.to_message()?;
            let question = message.sole_question().map_err(|_| Error::FormError)?;
            let name = question.qname().to_name::<Bytes>();
            chain.fetch(name, question.qtype()).await.map_err(|_| Error::NoTransportAvailable)
        });
        Box::new(Fetching { task: Some(task) })
    }
}

/// A task, because the validator wants what can be shared between threads.
struct Fetching {
    task: Option<JoinHandle<Result<Message<Bytes>, Error>>>,
}

impl fmt::Debug for Fetching {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Fetching").finish_non_exhaustive()
    }
}

impl GetResponse for Fetching {
    fn get_response(
        &mut self,
    ) -> Pin<Box<dyn Future<Output = Result<Message<Bytes>, Error>> + Send + Sync + '_>> {
        Box::pin(async {
            let Some(task) = &mut self.task else {
                return Err(Error::ConnectionClosed);
            };
            let result = task.await.unwrap_or(Err(Error::ConnectionClosed));
            self.task = None;
            result
        })
    }
}
