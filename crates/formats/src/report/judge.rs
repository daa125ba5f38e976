//! What is worth knowing about a report whose parts are all read.

use std::collections::BTreeMap;

use sigillo_findings::{Code, Finding, Findings, Span};

use super::{DateRange, PolicyReport, PolicyType, Reported};

/// A day, and how many seconds earlier the last second of it is: senders end a day at either.
const DAY_SECONDS: [i64; 2] = [86_400, 86_399];

/// Raises what there is to say about the time of a report.
pub(super) fn judge_range(range: DateRange, span: Span, findings: &mut Findings) {
    let (Some(start), Some(end)) = (range.start_datetime, range.end_datetime) else {
        return;
    };
    let length = end.unix_seconds() - start.unix_seconds();
    let code = if length < 0 {
        Code::ReportRangeReversed
    } else if !start.is_utc_midnight() || !DAY_SECONDS.contains(&length) {
        Code::ReportRangeNotUtcDay
    } else {
        return;
    };
    let finding =
        Finding::new(code, span).with("start", start.to_string()).with("end", end.to_string());
    findings.push(finding);
}

/// Raises what there is to say about the numbers of one policy. `is_whole` says that none of its
/// failure details was left out.
pub(super) fn judge_policy(
    policy: &PolicyReport,
    span: Span,
    is_whole: bool,
    findings: &mut Findings,
) {
    if !policy.is_usable() {
        findings.push(Finding::new(Code::ReportPolicyUnusable, span));
        return;
    }
    let kind = known_type(policy);
    if let Some(kind @ (PolicyType::Sts | PolicyType::Tlsa)) = kind
        && policy.policy.policy_string.is_empty()
    {
        let finding = Finding::new(Code::ReportPolicyStringMissing, span);
        findings.push(finding.with("type", kind.name()));
    }
    let Some(total) = policy.summary.total_failure_session_count else {
        return;
    };
    let counts = policy.failure_details.iter().map(|details| details.failed_session_count);
    if policy.failure_details.is_empty() {
        if total > 0 && is_whole {
            let finding = Finding::new(Code::ReportFailureDetailsMissing, span);
            findings.push(finding.with("total", total));
        }
    } else if let Some(sum) = sum_of(counts)
        && is_whole
        && sum != total
    {
        let finding = Finding::new(Code::ReportFailureSum, span);
        findings.push(finding.with("sum", sum).with("total", total));
    }
}

/// Raises what there is to say about the policies together. `spans` has a span for each policy.
pub(super) fn judge_policies(policies: &[PolicyReport], spans: &[Span], findings: &mut Findings) {
    let mut types = BTreeMap::new();
    for (policy, span) in policies.iter().zip(spans) {
        let (Some(domain), Some(kind @ (PolicyType::Sts | PolicyType::Tlsa))) =
            (&policy.policy.policy_domain, known_type(policy))
        else {
            continue;
        };
        if policy.is_usable() && *types.entry(domain).or_insert(kind) != kind {
            let finding = Finding::new(Code::ReportSameSessions, *span);
            findings.push(finding.with("domain", domain.to_string()));
        }
    }
}

fn known_type(policy: &PolicyReport) -> Option<PolicyType> {
    policy.policy.policy_type.as_ref().and_then(Reported::known).copied()
}

/// The sum, where every count is known.
fn sum_of(counts: impl Iterator<Item = Option<u64>>) -> Option<u64> {
    let sum: Option<u128> = counts.map(|count| count.map(u128::from)).sum();
    u64::try_from(sum?).ok()
}
