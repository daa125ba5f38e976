//! What the policy host answers (RFC 8461 §3.3), and the policy in it.

use sigillo_findings::{Code, Finding, Findings, Severity};
use sigillo_formats::limits::POLICY_BYTES;
use sigillo_formats::policy::{self, Mode};

use crate::facts::{Facts, RecordState, media_type};
use crate::observation::{FetchLook, HttpFailure, HttpLook};

/// From how many milliseconds on an answer is slow; senders may give up after 60 seconds.
const SLOW: u64 = 10_000;

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings) {
    if matches!(facts.record, RecordState::Absent) {
        return;
    }
    let host = &facts.seen.policy_host;
    for failure in host.fetches.iter().filter_map(|fetch| fetch.http_failure.as_ref()) {
        let reason = match failure {
            HttpFailure::Timeout => "timeout",
            HttpFailure::Closed => "connection closed",
            HttpFailure::Malformed { reason } => reason,
        };
        findings.push(Finding::without_span(Code::HttpFailed).with("reason", reason));
    }
    if let Some(slow) = host.fetches.iter().map(|fetch: &FetchLook| fetch.elapsed_ms).max()
        && slow > SLOW
    {
        findings.push(Finding::without_span(Code::HttpSlow).with("seconds", slow / 1000));
    }
    let Some(answer) = facts.answer else { return };
    if answer.status == 200 {
        judge_policy(answer, findings);
    } else {
        judge_status(answer, findings);
    }
    for path in host.other_paths.iter().filter(|path| path.is_policy) {
        findings.push(Finding::without_span(Code::HttpWrongPath).with("path", path.url.as_str()));
    }
    if let Some(mode) = facts.mode() {
        let code = match mode {
            Mode::Testing => Code::ModeTesting,
            Mode::None => Code::ModeNone,
            Mode::Enforce => return,
        };
        findings.push(Finding::without_span(code));
    }
}

fn judge_status(answer: &HttpLook, findings: &mut Findings) {
    let status = u32::from(answer.status);
    let finding = |code| Finding::without_span(code).with("status", status);
    findings.push(match (&answer.blocked_by, answer.status) {
        (Some(product), _) => finding(Code::HttpBlocked).with("product", product.as_str()),
        (None, 300..=399) => {
            finding(Code::HttpRedirect).with("location", answer.location.as_deref().unwrap_or("-"))
        }
        (None, 404 | 410) => finding(Code::HttpNotFound),
        (None, _) => finding(Code::HttpStatus),
    });
}

fn judge_policy(answer: &HttpLook, findings: &mut Findings) {
    if let Some(product) = &answer.blocked_by {
        findings.push(
            Finding::without_span(Code::HttpBlocked)
                .with("status", u32::from(answer.status))
                .with("product", product.as_str()),
        );
    }
    match media_type(answer) {
        None => findings.push(Finding::without_span(Code::HttpTypeMissing)),
        Some(kind) if kind == "text/plain" => {}
        Some(kind) => {
            // Where anybody may put pages and pictures, anybody could put a policy.
            let refused = kind == "text/html" || kind.starts_with("image/");
            let severity = if refused { Severity::Error } else { Severity::Warning };
            findings.push(
                Finding::without_span(Code::HttpType).with("type", kind).with_severity(severity),
            );
        }
    }
    if let Some(encoding) = &answer.content_encoding {
        findings
            .push(Finding::without_span(Code::HttpCompressed).with("encoding", encoding.as_str()));
        return;
    }
    if answer.truncated {
        findings.push(Finding::without_span(Code::HttpTooLarge).with("limit", POLICY_BYTES));
    }
    findings.extend(policy::parse(answer.body.as_bytes()).findings());
}
