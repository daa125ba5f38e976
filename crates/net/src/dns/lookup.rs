//! One lookup: who is asked what, and what the replies come to.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use domain::base::Name;
use domain::base::iana::OptRcode;

use super::answer::{Answer, Outcome, ResponseCode, Security};
use super::chain::ChainFailure;
use super::exchange::Failure;
use super::message::{Question, Wanted, extended_error, is_conclusive};
use super::query_name::QueryName;
use super::reading::{End, MAXIMUM_ALIASES, Reading, read, text};
use super::record::RecordKind;
use super::servers::{NoReply, Reply, Servers};
use super::validator::{Validator, Verdict};

/// An answer in the making.
struct Draft {
    outcome: Outcome,
    security: Security,
    aliases: Vec<Name<Bytes>>,
    ttl: Option<u32>,
    negative_ttl: Option<u32>,
    left_out: usize,
    server: SocketAddr,
}

impl Draft {
    fn failure(outcome: Outcome, security: Security, server: SocketAddr) -> Self {
        Self {
            outcome,
            security,
            aliases: Vec::new(),
            ttl: None,
            negative_ttl: None,
            left_out: 0,
            server,
        }
    }

    fn read(reading: Reading, security: Security, server: SocketAddr) -> Self {
        Self {
            outcome: match reading.end {
                End::Records(records) => Outcome::Found(records),
                End::NoData => Outcome::NoData,
                End::NxDomain => Outcome::NxDomain,
                End::Loop => Outcome::AliasLoop,
                End::TooManyAliases => Outcome::TooManyAliases,
            },
            security,
            aliases: reading.aliases,
            ttl: reading.ttl,
            negative_ttl: reading.negative_ttl,
            left_out: reading.left_out,
            server,
        }
    }
}

impl From<NoReply> for Draft {
    fn from(no_reply: NoReply) -> Self {
        let outcome = match no_reply.failure {
            Failure::Unreachable(reason) => Outcome::Unreachable { reason },
            Failure::Timeout => Outcome::Timeout,
            Failure::Malformed(reason) => Outcome::Malformed { reason },
        };
        Self::failure(outcome, Security::Indeterminate, no_reply.server)
    }
}

impl From<&Reply> for Draft {
    /// What a reply comes to that is not conclusive.
    fn from(reply: &Reply) -> Self {
        let outcome = Outcome::ServerFailure {
            rcode: ResponseCode::new(reply.message.opt_rcode()),
            extended_error: extended_error(&reply.message),
        };
        Self::failure(outcome, Security::Indeterminate, reply.server)
    }
}

impl From<ChainFailure> for Draft {
    fn from(failure: ChainFailure) -> Self {
        match failure {
            ChainFailure::NoReply(no_reply) => no_reply.into(),
            ChainFailure::Refusal(reply) => Self::from(&reply),
        }
    }
}

/// Who looks at signatures.
pub(super) enum Mode {
    /// Nobody.
    Plain,
    /// The servers.
    TrustAd,
    /// We.
    Validate(Box<Validator>),
}

/// Everything that a lookup needs.
pub(super) struct Lookup {
    pub(super) servers: Arc<Servers>,
    pub(super) mode: Mode,
}

impl Lookup {
    /// Asks, and judges what comes.
    pub(super) async fn answer(&self, name: &QueryName, kind: RecordKind) -> Answer {
        let start = Instant::now();
        let draft = match Name::<Bytes>::from_str(name.as_str()) {
            Ok(wire) => match &self.mode {
                Mode::Plain => self.look_up_unvalidated(wire, kind, false).await,
                Mode::TrustAd => self.look_up_unvalidated(wire, kind, true).await,
                Mode::Validate(validator) => self.look_up_validated(wire, kind, validator).await,
            },
            // No `QueryName` brings this about.
            Err(error) => {
                let outcome = Outcome::Malformed { reason: error.to_string() };
                Draft::failure(outcome, Security::Unchecked, self.servers.any())
            }
        };
        Answer {
            name: name.clone(),
            kind,
            outcome: draft.outcome,
            security: match self.mode {
                Mode::Plain => Security::Unchecked,
                _ => draft.security,
            },
            aliases: draft.aliases.iter().map(text).collect(),
            ttl: draft.ttl,
            negative_ttl: draft.negative_ttl,
            left_out: draft.left_out,
            elapsed: start.elapsed(),
            server: draft.server,
        }
    }

    /// Asks without looking at signatures; with `judged`, the server's own judgement counts.
    ///
    /// Where a server gives aliases but not what is at their end, that is asked for.
    async fn look_up_unvalidated(
        &self,
        name: Name<Bytes>,
        kind: RecordKind,
        judged: bool,
    ) -> Draft {
        let mut draft = self.ask_unvalidated(&name, kind, judged).await;
        let mut asked = vec![name];
        while let Some(next) = unfinished(&draft, &asked) {
            let more = self.ask_unvalidated(&next, kind, judged).await;
            draft = join(&asked, draft, more);
            asked.push(next);
        }
        draft
    }

    async fn ask_unvalidated(&self, name: &Name<Bytes>, kind: RecordKind, judged: bool) -> Draft {
        let question = |wanted| Question { name: name.clone(), rtype: kind.rtype(), wanted };
        let wanted = if judged { Wanted::Judgement } else { Wanted::Nothing };
        let reply = match self.servers.ask(&question(wanted)).await {
            Ok(reply) => reply,
            Err(no_reply) => return no_reply.into(),
        };
        if !is_conclusive(&reply.message) {
            let draft = Draft::from(&reply);
            if !judged || reply.message.opt_rcode() != OptRcode::SERVFAIL {
                return draft;
            }
            // A server that has an answer when it need not validate has found it to be bogus.
            return match self.servers.ask(&question(Wanted::Unjudged)).await {
                Ok(unjudged) if is_conclusive(&unjudged.message) => {
                    let reason = extended_error(&reply.message)
                        .unwrap_or_else(|| "the resolver refuses to give it".to_owned());
                    Draft::failure(Outcome::Bogus { reason }, Security::Bogus, reply.server)
                }
                _ => draft,
            };
        }
        let authentic = reply.message.header().ad();
        let security = if authentic { Security::Secure } else { Security::Insecure };
        match read(&reply.message, name, kind) {
            Ok(reading) => Draft::read(reading, security, reply.server),
            Err(reason) => {
                let outcome = Outcome::Malformed { reason };
                Draft::failure(outcome, Security::Indeterminate, reply.server)
            }
        }
    }

    async fn look_up_validated(
        &self,
        name: Name<Bytes>,
        kind: RecordKind,
        validator: &Validator,
    ) -> Draft {
        validator.prepare(&name);
        let question = |wanted| Question { name: name.clone(), rtype: kind.rtype(), wanted };
        let mut reply = match self.servers.ask(&question(Wanted::Signatures)).await {
            Ok(reply) => reply,
            Err(no_reply) => return no_reply.into(),
        };
        let mut refusal = None;
        if !is_conclusive(&reply.message) {
            let draft = Draft::from(&reply);
            if reply.message.opt_rcode() != OptRcode::SERVFAIL {
                return draft;
            }
            // A server that validates says so of bogus data: why it is bogus we find ourselves.
            match self.servers.ask(&question(Wanted::UnjudgedSignatures)).await {
                Ok(unjudged) if is_conclusive(&unjudged.message) => {
                    refusal = extended_error(&reply.message);
                    reply = unjudged;
                }
                _ => return draft,
            }
        }
        let draft = judge(reply, &name, kind, validator).await;
        match (draft.outcome, refusal) {
            (Outcome::Bogus { reason }, Some(refusal)) => {
                let reason = format!("{reason}; the resolver says: {refusal}");
                Draft { outcome: Outcome::Bogus { reason }, ..draft }
            }
            (outcome, _) => Draft { outcome, ..draft },
        }
    }
}

/// Reads and validates a conclusive reply.
async fn judge(reply: Reply, name: &Name<Bytes>, kind: RecordKind, validator: &Validator) -> Draft {
    let Reply { mut message, server } = reply;
    let failure = |outcome, security| Draft::failure(outcome, security, server);
    let malformed = |reason| failure(Outcome::Malformed { reason }, Security::Indeterminate);
    let reading = match read(&message, name, kind) {
        Ok(reading) => reading,
        Err(reason) => return malformed(reason),
    };
    let absent: Vec<&Name<Bytes>> = match reading.end {
        End::Records(_) => Vec::new(),
        End::NoData | End::NxDomain => std::iter::once(name).chain(&reading.aliases).collect(),
        End::Loop | End::TooManyAliases => {
            return Draft::read(reading, Security::Indeterminate, server);
        }
    };
    match validator.validate(&mut message, &absent).await {
        // Validation lowers TTLs to what the signatures allow, so the message is read again.
        Verdict::Sound(security) => match read(&message, name, kind) {
            Ok(reading) => Draft::read(reading, security, server),
            Err(reason) => malformed(reason),
        },
        Verdict::Bogus(reason) => {
            let aliases = reading.aliases;
            Draft { aliases, ..failure(Outcome::Bogus { reason }, Security::Bogus) }
        }
        Verdict::NoKeys(Some(failure)) => failure.into(),
        Verdict::NoKeys(None) | Verdict::Timeout => {
            failure(Outcome::Timeout, Security::Indeterminate)
        }
        Verdict::Malformed(reason) => malformed(reason),
    }
}

/// The last alias, if the server gave aliases but said nothing about their end.
fn unfinished(draft: &Draft, asked: &[Name<Bytes>]) -> Option<Name<Bytes>> {
    let open = draft.outcome == Outcome::NoData && draft.negative_ttl.is_none();
    let last = draft.aliases.last().filter(|_| open)?;
    let fresh = !asked.contains(last) && asked.len() <= MAXIMUM_ALIASES;
    fresh.then(|| last.clone())
}

/// The answer of two parts: aliases, and what is at their end. `asked` is what was asked about,
/// the first of all names at its beginning.
fn join(asked: &[Name<Bytes>], first: Draft, mut second: Draft) -> Draft {
    let mut aliases = first.aliases;
    aliases.append(&mut second.aliases);
    let seen: HashSet<&Name<Bytes>> = asked.iter().take(1).chain(&aliases).collect();
    if seen.len() <= aliases.len() {
        second.outcome = Outcome::AliasLoop;
    } else if aliases.len() > MAXIMUM_ALIASES {
        second.outcome = Outcome::TooManyAliases;
    }
    let security = first.security.weaker(second.security);
    let ttl = match (first.ttl, second.ttl) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    Draft { security, aliases, ttl, ..second }
}
