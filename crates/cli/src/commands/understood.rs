//! What was understood of a text, name by name.

use std::fmt;

use sigillo_formats::Understood;
use sigillo_formats::dmarc::DmarcRecordValue;
use sigillo_formats::policy::PolicyValue;
use sigillo_formats::record::RecordExtension;
use sigillo_formats::report::{PolicyReport, Report};
use sigillo_language::Argument;

use super::Context;
use crate::page::{HEADING, Page};
use sigillo_findings::visible;

/// How many rows a person is shown; `--json` has them all.
const SHOWN_ROWS: usize = 50;

/// A name and what it has for a value.
type Row = (String, String);

/// Adds what was understood to a page, under a heading; nothing if nothing was.
pub(super) fn show(context: &Context<'_>, page: &mut Page, value: &Understood) {
    let rows = match value {
        Understood::Policy(policy) => policy_rows(policy),
        Understood::Record(record) => {
            let id = record.id.iter().map(|id| row("id", id));
            id.chain(extension_rows(&record.extensions)).collect()
        }
        Understood::TlsRpt(record) => {
            let rua = record.rua.iter().map(|uri| row("rua", uri));
            rua.chain(extension_rows(&record.extensions)).collect()
        }
        Understood::Dmarc(record) => dmarc_rows(record),
        Understood::Report(report) => report_rows(context, report),
    };
    if rows.is_empty() {
        return;
    }
    let words = context.words();
    page.heading(&words.text("say-understood"));
    let shown = || rows.iter().take(SHOWN_ROWS);
    let width = shown().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, value) in shown() {
        let (name, value) = (visible(name), visible(value));
        page.line(format_args!("  {HEADING}{name:width$}{HEADING:#}  {value}"));
    }
    if let Some(more) = rows.len().checked_sub(SHOWN_ROWS).filter(|more| *more > 0) {
        let more = words.format("say-rows-more", &[("count", more.into())]);
        page.line(format_args!("  {more}"));
    }
}

fn row(name: impl Into<String>, value: impl fmt::Display) -> Row {
    (name.into(), value.to_string())
}

fn extension_rows(extensions: &[RecordExtension]) -> impl Iterator<Item = Row> {
    extensions.iter().map(|extension| row(extension.name(), extension.value()))
}

fn policy_rows(policy: &PolicyValue) -> Vec<Row> {
    let extensions = policy.extensions.iter();
    policy
        .mode
        .map(|mode| row("mode", mode))
        .into_iter()
        .chain(policy.max_age.map(|max_age| row("max_age", max_age)))
        .chain(policy.mx.iter().map(|pattern| row("mx", pattern)))
        .chain(extensions.map(|extension| row(extension.name(), extension.value())))
        .collect()
}

fn dmarc_rows(record: &DmarcRecordValue) -> Vec<Row> {
    let effective = &record.effective;
    let asked = [("p", effective.p), ("sp", effective.sp), ("np", effective.np)];
    asked
        .into_iter()
        .filter_map(|(name, asked)| asked.map(|asked| row(name, asked)))
        .chain(effective.p.map(|_| row("t", effective.t)))
        .chain(effective.p.map(|_| row("adkim", effective.adkim.letter())))
        .chain(effective.p.map(|_| row("aspf", effective.aspf.letter())))
        .chain(effective.rua.iter().map(|uri| row("rua", uri)))
        .chain(effective.ruf.iter().map(|uri| row("ruf", uri)))
        .chain((!effective.ruf.is_empty()).then(|| row("fo", effective.fo)))
        .collect()
}

fn report_rows(context: &Context<'_>, report: &Report) -> Vec<Row> {
    let words = context.words();
    let range = report.date_range;
    let time = |time: Option<_>| time.map_or_else(|| "?".to_owned(), |time| format!("{time}"));
    let mut rows: Vec<Row> = Vec::new();
    rows.extend(report.organization_name.iter().map(|it| row(words.text("say-report-from"), it)));
    rows.extend(report.report_id.iter().map(|it| row(words.text("say-report-id"), it)));
    if range.start_datetime.is_some() || range.end_datetime.is_some() {
        let times = [time(range.start_datetime), time(range.end_datetime)].join(" - ");
        rows.push(row(words.text("say-report-time"), times));
    }
    for policy in report.policies.iter().take(SHOWN_ROWS) {
        rows.extend(policy_report_rows(context, policy));
    }
    rows
}

fn policy_report_rows(context: &Context<'_>, report: &PolicyReport) -> Vec<Row> {
    let words = context.words();
    let policy = &report.policy;
    let kind = policy.policy_type.as_ref().map(ToString::to_string);
    let kind = kind.unwrap_or_else(|| words.text("say-report-unknown-type"));
    let domain = policy.policy_domain.as_ref().map(ToString::to_string);
    let domain = domain.unwrap_or_else(|| words.text("say-report-unknown-domain"));
    let title = [("type", kind.into()), ("domain", domain.into())];
    let sessions = [
        ("successful", count(report.summary.total_successful_session_count)),
        ("failed", count(report.summary.total_failure_session_count)),
    ];
    let mut rows = vec![row(
        words.format("say-report-policy", &title),
        words.format("say-report-sessions", &sessions),
    )];
    for failure in report.failure_details.iter().take(SHOWN_ROWS) {
        let kind = failure.result_type.as_ref().map(ToString::to_string);
        let kind = kind.unwrap_or_else(|| words.text("say-report-unknown-result"));
        let arguments = [("count", count(failure.failed_session_count)), ("type", kind.into())];
        let host = failure.receiving_mx_hostname.as_ref().map(ToString::to_string);
        let text = words.format("say-report-failure", &arguments);
        let text = host.map_or_else(|| text.clone(), |host| format!("{text} ({host})"));
        rows.push(row("", text));
    }
    rows
}

/// A count as a message takes it: a number where the words depend on it, and text where a message's
/// floating-point number would round it.
fn count(count: Option<u64>) -> Argument<'static> {
    match count {
        Some(count) => {
            u32::try_from(count).map_or_else(|_| count.to_string().into(), Argument::from)
        }
        None => "?".into(),
    }
}

#[cfg(test)]
mod tests {
    use sigillo_language::Language;

    use super::*;
    use crate::words::says;

    #[test]
    fn counts_agree_with_their_words_and_are_not_rounded() {
        let say = |language, successful, failed| {
            let arguments = [("successful", count(successful)), ("failed", count(failed))];
            says(language).format("say-report-sessions", &arguments)
        };
        let (english, italian) = (Language::English, Language::Italian);
        assert_eq!(say(english, Some(1), Some(1)), "1 session went well, 1 failed");
        assert_eq!(say(italian, Some(1), Some(1)), "1 sessione riuscita, 1 fallita");
        assert_eq!(say(english, Some(0), None), "0 sessions went well, ? failed");
        assert_eq!(
            say(italian, Some(1_000_000), Some(u64::MAX)),
            "1000000 sessioni riuscite, 18446744073709551615 fallite"
        );
    }
}
