//! What could be better in a valid DMARC record.

use sigillo_findings::{Code, Finding, Findings};

use super::{Disposition, Effective};
use crate::record::fields::Field;

/// How many addresses all senders of reports have to serve (RFC 7489 §6.2; some still go by it).
const SERVED_ADDRESSES: usize = 2;

/// Adds the advice about a record.
pub(super) fn give(fields: &[Field<'_>], effective: &Effective, advice: &mut Findings) {
    let field = |name: &str| fields.iter().find(|field| field.name == name);
    let policy = effective.p.unwrap_or(Disposition::None);
    if let Some(p) = field("p") {
        if fields.first().is_some_and(|first| first.name != "p") {
            advice.push(Finding::new(Code::DmarcPolicyNotSecond, p.name_span));
        }
        let asked = str::from_utf8(p.value).ok().and_then(Disposition::parse);
        if asked == Some(Disposition::None) {
            advice.push(Finding::new(Code::DmarcPolicyNone, p.value_span));
        }
    }
    for (name, asked) in [("sp", effective.sp), ("np", effective.np)] {
        if let (Some(field), Some(asked)) = (field(name), asked)
            && asked < policy
        {
            advice.push(
                Finding::new(Code::DmarcSubdomainWeaker, field.value_span)
                    .with("name", name)
                    .with("value", asked.name())
                    .with("policy", policy.name()),
            );
        }
    }
    if let Some(t) = field("t")
        && effective.t == "y"
        && policy != Disposition::None
    {
        advice.push(
            Finding::new(Code::DmarcTestMode, t.value_span)
                .with("policy", policy.name())
                .with("applied", policy.weakened().name()),
        );
    }
    if let Some(psd) = field("psd")
        && psd.value.eq_ignore_ascii_case(b"u")
    {
        advice.push(Finding::new(Code::DmarcPsdDefault, psd.value_span));
    }
    if let Some(fo) = field("fo")
        && field("ruf").is_none()
    {
        advice.push(Finding::new(Code::DmarcFoWithoutRuf, fo.name_span));
    }
    if effective.rua.is_empty() {
        advice.push(match field("rua") {
            Some(rua) => Finding::new(Code::DmarcRuaMissing, rua.value_span),
            None => Finding::without_span(Code::DmarcRuaMissing),
        });
    }
    for (name, uris) in [("rua", &effective.rua), ("ruf", &effective.ruf)] {
        if let Some(field) = field(name)
            && uris.len() > SERVED_ADDRESSES
        {
            advice.push(
                Finding::new(Code::DmarcUriMany, field.value_span)
                    .with("name", name)
                    .with("count", uris.len()),
            );
        }
    }
}
