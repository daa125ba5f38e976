//! The record at `_mta-sts.DOMAIN`.

use std::collections::BTreeSet;

use sigillo_findings::{Code, Finding, Severity};
use sigillo_formats::mta_sts_record;
use sigillo_formats::policy::Mode;
use sigillo_formats::record::selection::Selection;

use super::{Raised, unknown_answer};
use crate::facts::{Facts, PolicyState, RecordState, has_record};
use crate::observation::{DnsLook, TxtRecord};

/// A time to live above which a new id is seen late, in seconds: a day.
const LONG_TTL: u32 = 86_400;

pub(super) fn judge(facts: &Facts<'_>, earlier: Option<&Facts<'_>>, raised: &mut Raised) {
    let seen = facts.seen;
    raised.extend(unknown_answer(&seen.record));
    if facts.record == RecordState::Unknown {
        return;
    }
    if seen.record.dangles()
        && let Some(target) = seen.record.aliases.last()
    {
        raised
            .push(Finding::without_span(Code::RecordAliasDangling).with("target", target.as_str()));
    }
    match &facts.selection {
        Selection::None => absent(facts, raised),
        Selection::Several(records) => {
            raised.push(Finding::without_span(Code::RecordSeveral).with("count", records.len()));
            describe(facts, raised);
        }
        Selection::One(index) => present(facts, *index, earlier, raised),
    }
    unrelated(facts, raised);
}

fn absent(facts: &Facts<'_>, raised: &mut Raised) {
    let seen = facts.seen;
    let domain = seen.domain.as_str();
    let at_apex = seen.misplaced.apex.as_ref().is_some_and(has_record);
    let at_draft_name = seen.misplaced.draft_name.as_ref().is_some_and(has_record);
    if at_apex {
        raised.push(Finding::without_span(Code::RecordAtApex).with("domain", domain));
    }
    if at_draft_name {
        let name = format!("_mta_sts.{domain}");
        raised.push(Finding::without_span(Code::RecordAtDraftName).with("name", name));
    }
    if let Some(policy) = &facts.served {
        let host = seen.policy_host.name.as_str();
        let finding = Finding::without_span(Code::RecordAbsentWithPolicy).with("host", host);
        // On the way out of MTA-STS the record goes before the policy of mode none (RFC 8461 §8.3).
        let is_leaving = policy.mode() == Mode::None;
        let severity = if is_leaving { Severity::Hint } else { finding.severity() };
        return raised.push(finding.with_severity(severity));
    }
    // Where the record was put elsewhere, that has been said; where no mail is received, none is
    // missed (RFC 7505).
    let is_explained = at_apex || at_draft_name || seen.record.dangles();
    if !is_explained && !facts.is_null_mx() {
        raised.push(Finding::without_span(Code::RecordAbsent).with("domain", domain));
    }
}

fn present(facts: &Facts<'_>, index: usize, earlier: Option<&Facts<'_>>, raised: &mut Raised) {
    if let Some(record) = facts.seen.record.records.get(index) {
        let text = record.bytes();
        raised.extend(mta_sts_record::parse(&text).findings());
        raised.texts.record = Some(text);
    }
    describe(facts, raised);
    if let Some(earlier) = earlier {
        raised.extend(compare(facts, earlier));
    }
}

/// What there is to say about the way to the record, whatever stands in it.
fn describe(facts: &Facts<'_>, raised: &mut Raised) {
    let look = &facts.seen.record;
    if let Some(target) = look.aliases.last() {
        raised.push(Finding::without_span(Code::RecordAlias).with("target", target.as_str()));
    }
    if is_by_wildcard(facts) {
        raised.push(Finding::without_span(Code::RecordByWildcard).with("name", look.name.as_str()));
    }
    if let Some(ttl) = look.ttl.filter(|ttl| *ttl > LONG_TTL) {
        raised.push(Finding::without_span(Code::RecordTtlLong).with("ttl", ttl));
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

fn unrelated(facts: &Facts<'_>, raised: &mut Raised) {
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
        if is_spf(&record.text) {
            // Beside a record that counts, and where any name has the same, it does no harm.
            let is_harmless = by_wildcard || facts.selection != Selection::None;
            let finding = Finding::without_span(Code::RecordSpf);
            let severity = if is_harmless { Severity::Warning } else { finding.severity() };
            raised.push(finding.with_severity(severity));
        } else if !by_wildcard {
            raised.push(
                Finding::without_span(Code::RecordUnrelated).with("value", record.text.as_str()),
            );
        }
    }
}

fn is_spf(text: &str) -> bool {
    text.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("v=spf1"))
}

/// Whether a random name has the same records, in whatever order.
fn is_by_wildcard(facts: &Facts<'_>) -> bool {
    let texts = |look: &DnsLook<TxtRecord>| -> BTreeSet<Vec<u8>> {
        look.records.iter().map(TxtRecord::bytes).collect()
    };
    let wildcard = facts.seen.wildcard_txt.as_ref().map(texts).unwrap_or_default();
    !wildcard.is_empty() && wildcard == texts(&facts.seen.record)
}
