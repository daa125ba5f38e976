//! The record at `_mta-sts.DOMAIN`.

use sigillo_findings::{Code, Finding, Findings};
use sigillo_formats::mta_sts_record;
use sigillo_formats::record::selection::{RecordKind, Selection};

use super::unknown_answer;
use crate::facts::{Facts, PolicyState, RecordState, is_usable};
use crate::observation::TxtRecord;

/// A time to live above which a new id is seen late, in seconds: a day.
const LONG_TTL: u32 = 86_400;

pub(super) fn judge(facts: &Facts<'_>, earlier: Option<&Facts<'_>>, findings: &mut Findings) {
    let seen = facts.seen;
    findings.extend(unknown_answer(&seen.record));
    if facts.record == RecordState::Unknown {
        return;
    }
    if seen.record.dangles()
        && let Some(target) = seen.record.aliases.last()
    {
        findings
            .push(Finding::without_span(Code::RecordAliasDangling).with("target", target.as_str()));
    }
    match &facts.selection {
        Selection::None => absent(facts, findings),
        Selection::Several(records) => {
            findings.push(Finding::without_span(Code::RecordSeveral).with("count", records.len()))
        }
        Selection::One(index) => present(facts, *index, earlier, findings),
    }
    unrelated(facts, findings);
}

fn absent(facts: &Facts<'_>, findings: &mut Findings) {
    let seen = facts.seen;
    let domain = seen.domain.as_str();
    let has_record = |look: &Option<crate::observation::DnsLook<TxtRecord>>| {
        look.as_ref().is_some_and(|look| {
            let texts: Vec<Vec<u8>> = look.records.iter().map(TxtRecord::bytes).collect();
            RecordKind::MtaSts.select(&texts) != Selection::None
        })
    };
    if has_record(&seen.misplaced.apex) {
        findings.push(Finding::without_span(Code::RecordAtApex).with("domain", domain));
    }
    if has_record(&seen.misplaced.draft_name) {
        let name = format!("_mta_sts.{domain}");
        findings.push(Finding::without_span(Code::RecordAtDraftName).with("name", name));
    }
    if seen.policy_host.fetches.iter().any(is_usable) {
        let host = seen.policy_host.name.as_str();
        findings.push(Finding::without_span(Code::RecordAbsentWithPolicy).with("host", host));
    } else {
        findings.push(Finding::without_span(Code::RecordAbsent).with("domain", domain));
    }
}

fn present(facts: &Facts<'_>, index: usize, earlier: Option<&Facts<'_>>, findings: &mut Findings) {
    let look = &facts.seen.record;
    if let Some(record) = look.records.get(index) {
        findings.extend(mta_sts_record::parse(&record.bytes()).findings());
    }
    if let Some(target) = look.aliases.last() {
        findings.push(Finding::without_span(Code::RecordAlias).with("target", target.as_str()));
    }
    if is_by_wildcard(facts) {
        findings
            .push(Finding::without_span(Code::RecordByWildcard).with("name", look.name.as_str()));
    }
    if let Some(ttl) = look.ttl.filter(|ttl| *ttl > LONG_TTL) {
        findings.push(Finding::without_span(Code::RecordTtlLong).with("ttl", ttl));
    }
    if let Some(earlier) = earlier {
        findings.extend(compare(facts, earlier));
    }
}

/// What the id says about the policy since an earlier look (RFC 8461 §8: a change of the policy
/// needs a new id).
fn compare(now: &Facts<'_>, earlier: &Facts<'_>) -> Option<Finding> {
    let (RecordState::Present(now_record), RecordState::Present(earlier_record)) =
        (&now.record, &earlier.record)
    else {
        return None;
    };
    let id = now_record.id().as_str();
    if now_record.id() != earlier_record.id() {
        return Some(
            Finding::without_span(Code::RecordIdChanged)
                .with("id", id)
                .with("earlier", earlier_record.id().as_str()),
        );
    }
    match (&now.policy, &earlier.policy) {
        (PolicyState::Usable(now), PolicyState::Usable(earlier)) if now != earlier => {
            Some(Finding::without_span(Code::RecordIdUnchanged).with("id", id))
        }
        _ => None,
    }
}

fn unrelated(facts: &Facts<'_>, findings: &mut Findings) {
    let by_wildcard = is_by_wildcard(facts);
    for (index, record) in facts.seen.record.records.iter().enumerate() {
        let counts = match &facts.selection {
            Selection::None => false,
            Selection::One(one) => index == *one,
            Selection::Several(several) => several.contains(&index),
        };
        if counts {
            continue;
        }
        if record.text.to_ascii_lowercase().starts_with("v=spf1") {
            findings.push(Finding::without_span(Code::RecordSpf));
        } else if !by_wildcard {
            findings.push(
                Finding::without_span(Code::RecordUnrelated).with("value", record.text.as_str()),
            );
        }
    }
}

/// Whether a random name has the same answer.
fn is_by_wildcard(facts: &Facts<'_>) -> bool {
    let wildcard = facts.seen.wildcard_txt.as_ref();
    wildcard
        .is_some_and(|look| !look.records.is_empty() && look.records == facts.seen.record.records)
}
