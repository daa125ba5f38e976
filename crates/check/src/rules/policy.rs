//! The policy itself (RFC 8461 §3.2), and its mode.

use std::collections::BTreeSet;

use sigillo_findings::{Code, Finding};
use sigillo_formats::policy::{self, Mode};

use super::Raised;
use crate::facts::{Facts, encoding};
use crate::observation::HttpLook;

pub(super) fn judge(facts: &Facts<'_>, raised: &mut Raised) {
    let mut known = BTreeSet::new();
    if let Some(answer) = facts.answer().filter(|answer| is_readable(answer)) {
        let text = answer.bytes();
        raised.extend(policy::parse(&text).findings());
        raised.texts.policy = Some(text);
        known.insert(answer.body_sha256.as_str());
    }
    // What another address serves has its own faults; the places in it would point into a text
    // that is not the one shown.
    let answers = facts.seen.policy_host.fetches.iter().filter_map(|fetch| fetch.http.as_ref());
    for answer in answers.filter(|answer| is_readable(answer)) {
        if known.insert(answer.body_sha256.as_str()) {
            for finding in policy::parse(&answer.bytes()).findings() {
                raised.push_without_place(finding);
            }
        }
    }
    match facts.mode() {
        Some(Mode::Testing) => raised.push(Finding::without_span(Code::ModeTesting)),
        Some(Mode::None) => raised.push(Finding::without_span(Code::ModeNone)),
        Some(Mode::Enforce) | None => {}
    }
}

/// Whether the body is all there and the server's own.
fn is_readable(answer: &HttpLook) -> bool {
    answer.status == 200
        && !answer.truncated
        && answer.blocked_by.is_none()
        && encoding(answer).is_none()
}
