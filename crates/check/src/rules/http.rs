//! What the policy host answers (RFC 8461 §3.3).

use sigillo_findings::{Code, Finding, Severity};
use sigillo_formats::limits::POLICY_BYTES;
use sigillo_formats::policy::is_refused_media_type;

use super::Raised;
use crate::facts::{Facts, encoding, media_type};
use crate::observation::{HttpFailure, HttpLook};

/// From how many milliseconds on an answer is slow; senders may give up after 60 seconds.
const SLOW: u64 = 10_000;

pub(super) fn judge(facts: &Facts<'_>, raised: &mut Raised) {
    let host = &facts.seen.policy_host;
    for failure in host.fetches.iter().filter_map(|fetch| fetch.http_failure.as_ref()) {
        let reason = http_reason(failure);
        raised.push(Finding::without_span(Code::HttpFailed).with("reason", reason));
    }
    let answered = host.fetches.iter().filter(|fetch| fetch.http.is_some());
    if let Some(slow) = answered.map(|fetch| fetch.elapsed_ms).max()
        && slow > SLOW
    {
        raised.push(Finding::without_span(Code::HttpSlow).with("seconds", slow / 1000));
    }
    // Any address may be the one that a sender meets.
    for answer in host.fetches.iter().filter_map(|fetch| fetch.http.as_ref()) {
        if answer.blocked_by.is_some() || answer.status != 200 {
            raised.push(no_policy(answer));
        } else {
            judge_body(answer, raised);
        }
    }
    for path in host.other_paths.iter().filter(|path| path.is_policy) {
        raised.push(Finding::without_span(Code::HttpWrongPath).with("path", path.url.as_str()));
    }
}

/// A word for why there was no answer.
pub(crate) fn http_reason(failure: &HttpFailure) -> &str {
    match failure {
        HttpFailure::Timeout => "timeout",
        HttpFailure::Closed => "connection closed",
        HttpFailure::Malformed { reason } => reason,
    }
}

fn no_policy(answer: &HttpLook) -> Finding {
    let finding = |code| Finding::without_span(code).with("status", u32::from(answer.status));
    match (&answer.blocked_by, answer.status) {
        (Some(product), _) => finding(Code::HttpBlocked).with("product", product.as_str()),
        (None, 300..=399) => {
            finding(Code::HttpRedirect).with("location", answer.location.as_deref().unwrap_or("-"))
        }
        (None, 404 | 410) => finding(Code::HttpNotFound),
        (None, _) => finding(Code::HttpStatus),
    }
}

fn judge_body(answer: &HttpLook, raised: &mut Raised) {
    match media_type(answer) {
        None => raised.push(Finding::without_span(Code::HttpTypeMissing)),
        Some(kind) if kind == "text/plain" => {}
        Some(kind) => {
            let severity =
                if is_refused_media_type(&kind) { Severity::Error } else { Severity::Warning };
            raised.push(
                Finding::without_span(Code::HttpType).with("type", kind).with_severity(severity),
            );
        }
    }
    if let Some(encoding) = encoding(answer) {
        raised.push(Finding::without_span(Code::HttpCompressed).with("encoding", encoding));
    }
    if answer.truncated {
        raised.push(Finding::without_span(Code::HttpTooLarge).with("limit", POLICY_BYTES));
    }
}
