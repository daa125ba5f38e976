//! DNSSEC validation (RFC 4035 §5). The cryptography and the proofs are the library's; here is
//! what has to be looked at before and after.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use domain::base::iana::Class;
use domain::base::name::ToName;
use domain::base::opt::ExtendedError;
use domain::base::{Message, MessageBuilder, Name, ParsedRecord, Rtype, Ttl};
use domain::dnssec::validator::context::{Config, ValidationContext, ValidationState};
use domain::rdata::{A, AllRecordData, Rrsig};
use futures_util::FutureExt;
use tokio::time::timeout;

use super::answer::Security;
use super::chain::{Chain, ChainFailure};
use super::message::describe;
use super::reading::text;
use super::servers::Servers;
use super::trust_anchor::TrustAnchor;

/// How many zones' keys are remembered.
const MAXIMUM_ZONES: u64 = 10_000;

/// How long a zone whose keys are wrong or couldn't be had is remembered: as short as can be,
/// because it may have been a failure on the way.
const BOGUS_KEPT: Duration = Duration::from_secs(1);

/// How the library says that it got no keys, rather than wrong ones.
const NO_KEYS: [&str; 2] = ["request for DS or DNSKEY failed", "No DNSKEY RRset for trust anchor"];

/// Validates replies from a trust anchor on.
pub(super) struct Validator {
    context: ValidationContext<Chain>,
    chain: Chain,
    zones: Vec<Name<Bytes>>,
    patience: Duration,
    prefetch: bool,
}

/// What came of a validation.
#[derive(Debug)]
pub(super) enum Verdict {
    /// What the reply is worth; never [`Security::Bogus`].
    Sound(Security),
    /// It is wrong, and why.
    Bogus(String),
    /// The keys couldn't be had, so it can't be told.
    NoKeys(Option<ChainFailure>),
    /// It took too long.
    Timeout,
    /// The reply can't be validated as it is.
    Malformed(String),
}

impl Validator {
    pub(super) fn new(anchor: TrustAnchor, servers: Arc<Servers>, prefetch: bool) -> Self {
        let patience = servers.patience() * 2;
        let chain = Chain::new(servers);
        let mut config = Config::new();
        config.set_max_node_cache(MAXIMUM_ZONES);
        config.set_max_bogus_validity(BOGUS_KEPT);
        let context = ValidationContext::with_config(anchor.keys, chain.clone(), config);
        Self { context, chain, zones: anchor.zones, patience, prefetch }
    }

    pub(super) fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The zones of the trust anchor.
    pub(super) fn zones(&self) -> &[Name<Bytes>] {
        &self.zones
    }

    /// Asks for what the validation of a name will need.
    pub(super) fn prepare(&self, name: &Name<Bytes>) {
        if self.prefetch {
            self.chain.fetch_ahead(name, &self.zones);
        }
    }

    /// Judges a reply that says NOERROR or NXDOMAIN. `names` are what was asked about and its
    /// aliases, where the reply says that there is nothing; otherwise none.
    pub(super) async fn validate(
        &self,
        message: &mut Message<Bytes>,
        names: &[&Name<Bytes>],
    ) -> Verdict {
        let signatures = match Signatures::of(message) {
            Ok(signatures) => signatures,
            Err(reason) => return Verdict::Malformed(reason),
        };
        if let Some(reason) = signatures.foreign(&self.zones) {
            return Verdict::Bogus(reason);
        }
        let verdict = self.judge(message).await;
        let Verdict::Bogus(reason) = verdict else {
            return verdict;
        };
        if !names.is_empty() && self.are_insecure(names).await {
            return Verdict::Sound(Security::Insecure);
        }
        Verdict::Bogus(match signatures.out_of_date() {
            Some(dates) => format!("{reason}; {dates}"),
            None => reason,
        })
    }

    /// Runs the library's validation, bounded in time, and survives its panics.
    async fn judge(&self, message: &mut Message<Bytes>) -> Verdict {
        let validation = self.context.validate_msg::<Bytes, Vec<u8>>(message);
        // In a box: it takes tens of kilobytes, which a lookup that is not validated would carry
        // about.
        let validation = Box::pin(AssertUnwindSafe(validation).catch_unwind());
        match timeout(self.patience, validation).await {
            Err(_) => Verdict::Timeout,
            Ok(Err(_)) => Verdict::Malformed("the reply can't be validated".to_owned()),
            Ok(Ok(Err(error))) => {
                Verdict::Malformed(format!("the reply can't be validated: {error}"))
            }
            Ok(Ok(Ok((state, error)))) => self.verdict(state, error.as_ref()),
        }
    }

    fn verdict(&self, state: ValidationState, error: Option<&ExtendedError<Vec<u8>>>) -> Verdict {
        match state {
            ValidationState::Secure => Verdict::Sound(Security::Secure),
            ValidationState::Insecure => Verdict::Sound(Security::Insecure),
            ValidationState::Indeterminate => Verdict::Sound(Security::Indeterminate),
            ValidationState::Bogus => {
                let added = error.and_then(ExtendedError::text_slice).unwrap_or_default();
                if NO_KEYS.iter().any(|text| text.as_bytes() == added) {
                    return Verdict::NoKeys(self.chain.last_failure());
                }
                Verdict::Bogus(error.map_or_else(|| "no reason is known".to_owned(), describe))
            }
        }
    }

    /// Whether all names are in zones that are proven to be unsigned. The library wants a SOA
    /// record with each negative answer, but what an unsigned zone leaves out proves nothing.
    async fn are_insecure(&self, names: &[&Name<Bytes>]) -> bool {
        for name in names {
            let Some(mut message) = unsigned(name) else {
                return false;
            };
            if !matches!(self.judge(&mut message).await, Verdict::Sound(Security::Insecure)) {
                return false;
            }
        }
        true
    }
}

/// A reply with an unsigned address of a name: sound only where nothing is signed.
fn unsigned(name: &Name<Bytes>) -> Option<Message<Bytes>> {
    let mut builder = MessageBuilder::new_vec().question();
    builder.header_mut().set_qr(true);
    builder.push((name, Rtype::A)).ok()?;
    let mut builder = builder.answer();
    builder.push((name, Class::IN, Ttl::ZERO, A::from_octets(0, 0, 0, 0))).ok()?;
    Message::from_octets(Bytes::from(builder.finish())).ok()
}

/// The signatures of a reply.
struct Signatures(Vec<Signature>);

struct Signature {
    owner: Name<Bytes>,
    covered: Rtype,
    signer: Name<Bytes>,
    inception: u32,
    expiration: u32,
}

impl Signatures {
    fn of(message: &Message<Bytes>) -> Result<Self, String> {
        let unreadable = |_| "the reply is not a well-formed message".to_owned();
        let mut signatures = Vec::new();
        for section in
            [message.answer().map_err(unreadable)?, message.authority().map_err(unreadable)?]
        {
            for record in section {
                signatures.extend(signature(&record.map_err(unreadable)?)?);
            }
        }
        Ok(Self(signatures))
    }

    /// What is wrong with a signature by a zone that isn't above the record, or is above the
    /// trust anchor that the record is below. The library would take such a zone's word for
    /// whether the record has to be signed, and anybody can own an unsigned zone.
    fn foreign(&self, zones: &[Name<Bytes>]) -> Option<String> {
        self.0.iter().find(|signature| !signature.is_by_its_zone(zones)).map(|signature| {
            format!(
                "the signature of {} {} is by {}, which is not its zone",
                text(&signature.owner),
                signature.covered,
                text(&signature.signer)
            )
        })
    }

    /// The first signature that counts no more, or not yet.
    fn out_of_date(&self) -> Option<String> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
        // Signatures count seconds modulo 2³² (RFC 4034 §3.1.5).
        let now = u32::try_from(now & u64::from(u32::MAX)).ok()?;
        self.0.iter().find_map(|signature| {
            let (owner, covered) = (text(&signature.owner), signature.covered);
            let until = seconds_until(now, signature.expiration);
            if until < 0 {
                let date = date(now, until)?;
                return Some(format!("the signature of {owner} {covered} expired on {date}"));
            }
            let until = seconds_until(now, signature.inception);
            if until > 0 {
                let date = date(now, until)?;
                return Some(format!("the signature of {owner} {covered} counts from {date} on"));
            }
            None
        })
    }
}

impl Signature {
    fn is_by_its_zone(&self, zones: &[Name<Bytes>]) -> bool {
        let anchored = |name: &Name<Bytes>| zones.iter().any(|zone| name.ends_with(zone));
        self.owner.ends_with(&self.signer) && (anchored(&self.signer) || !anchored(&self.owner))
    }
}

fn signature(record: &ParsedRecord<'_, Bytes>) -> Result<Option<Signature>, String> {
    if record.rtype() != Rtype::RRSIG {
        return Ok(None);
    }
    let owner = record.owner().to_name::<Bytes>();
    let unreadable = |_| format!("a signature of {} is not well-formed", text(&owner));
    let Some(data) = record.to_record::<Rrsig<_, _>>().map_err(unreadable)? else {
        return Ok(None);
    };
    let data = data.data();
    Ok(Some(Signature {
        covered: data.type_covered(),
        signer: data.signer_name().to_name(),
        inception: data.inception().into_int(),
        expiration: data.expiration().into_int(),
        owner,
    }))
}

/// The seconds from now to a time of a signature, negative if it has passed (RFC 1982).
fn seconds_until(now: u32, time: u32) -> i32 {
    time.wrapping_sub(now).cast_signed()
}

/// The day, `2026-11-24`, so many seconds from now.
fn date(now: u32, seconds: i32) -> Option<String> {
    let time = jiff::Timestamp::from_second(i64::from(now) + i64::from(seconds)).ok()?;
    Some(time.strftime("%Y-%m-%d").to_string())
}

/// Whether a reply has a signature of its answer's records.
pub(super) fn is_signed(message: &Message<Bytes>, covered: Rtype) -> bool {
    message.answer().is_ok_and(|mut section| {
        section.any(|record| {
            record.is_ok_and(|record| {
                record.to_any_record::<AllRecordData<_, _>>().is_ok_and(|record| {
                    matches!(record.data(),
                        AllRecordData::Rrsig(rrsig) if rrsig.type_covered() == covered)
                })
            })
        })
    })
}
