//! The record of a policy domain.

use std::time::Duration;

use sigillo_formats::record::selection::{RecordKind as Kind, Selection};
use sigillo_formats::{DomainName, mta_sts_record};
use sigillo_net::dns::{Answer, Outcome, QueryName, RecordKind, Records, Resolver};

use crate::facts::{RecordLook, RecordOutcome};

pub(super) async fn look(resolver: &Resolver, domain: &DomainName) -> RecordLook {
    let Ok(name) = QueryName::mta_sts(domain) else {
        // A name so long that there can be no record below it.
        return RecordLook { outcome: RecordOutcome::Absent, ttl: None };
    };
    let answer = resolver.lookup(&name, RecordKind::Txt).await;
    let ttl = lifetime(&answer);
    RecordLook { outcome: outcome(&answer), ttl }
}

fn outcome(answer: &Answer) -> RecordOutcome {
    match &answer.outcome {
        Outcome::NoData | Outcome::NxDomain => RecordOutcome::Absent,
        Outcome::Found(Records::Txt(records)) => {
            let texts: Vec<&[u8]> = records.iter().map(|record| record.text.as_slice()).collect();
            select(&texts)
        }
        // A name that leads nowhere can't be meant to have one; it is no fault of the DNS that may
        // pass.
        Outcome::AliasLoop | Outcome::TooManyAliases => RecordOutcome::Unusable,
        _ => RecordOutcome::Failed(failure(answer)),
    }
}

/// RFC 8461 §3.1: unless exactly one is left of those that begin as they should, there is none.
fn select(texts: &[&[u8]]) -> RecordOutcome {
    match Kind::MtaSts.select(texts) {
        Selection::None => RecordOutcome::Absent,
        Selection::Several(_) => RecordOutcome::Unusable,
        Selection::One(index) => {
            let record =
                texts.get(index).and_then(|text| mta_sts_record::parse(text).into_record());
            record.map_or(RecordOutcome::Unusable, |record| RecordOutcome::Id(record.id().clone()))
        }
    }
}

/// What the DNS said in place of an answer, for the operator.
pub(super) fn failure(answer: &Answer) -> String {
    let (name, kind) = (&answer.name, answer.kind);
    match &answer.outcome {
        Outcome::ServerFailure { rcode, extended_error: None } => format!("{kind} {name}: {rcode}"),
        Outcome::ServerFailure { rcode, extended_error: Some(text) } => {
            format!("{kind} {name}: {rcode} ({text})")
        }
        Outcome::Bogus { reason } => format!("{kind} {name}: bogus ({reason})"),
        Outcome::Timeout => format!("{kind} {name}: no answer in time"),
        Outcome::Unreachable { reason } => format!("{kind} {name}: {reason}"),
        Outcome::Malformed { reason } => format!("{kind} {name}: malformed answer ({reason})"),
        other => format!("{kind} {name}: {other:?}"),
    }
}

/// How long an answer counts; none where the DNS doesn't say.
pub(super) fn lifetime(answer: &Answer) -> Option<Duration> {
    let seconds = match &answer.outcome {
        Outcome::Found(_) => answer.ttl?,
        Outcome::NoData | Outcome::NxDomain => {
            let negative = answer.negative_ttl?;
            answer.ttl.map_or(negative, |ttl| ttl.min(negative))
        }
        _ => return None,
    };
    Some(Duration::from_secs(seconds.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_record_that_is_well_formed_counts() {
        let id = |id: &str| RecordOutcome::Id(mta_sts_record::PolicyId::parse(id).unwrap());
        for (texts, expected) in [
            (vec![], RecordOutcome::Absent),
            (vec!["v=spf1 -all"], RecordOutcome::Absent),
            (vec!["v=STSv1; id=1"], id("1")),
            (vec!["v=STSv1; id=1;", "v=spf1 -all"], id("1")),
            (vec!["v=STSv1 ; id=1"], id("1")),
            (vec!["v=STSv1; id=1", "v=STSv1; id=2"], RecordOutcome::Unusable),
            (vec!["v=STSv1; id=1-2"], RecordOutcome::Unusable),
            (vec!["v=STSv1;"], RecordOutcome::Unusable),
        ] {
            let bytes: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
            assert_eq!(select(&bytes), expected, "{texts:?}");
        }
    }
}
