//! `sigillo explain`: what a finding means, why it matters, how to mend it.

use sigillo_findings::{Code, Explained, ExplainedList, Explanation};

use super::{Answer, Context};
use crate::arguments::ExplainArguments;
use crate::output::Status;
use crate::page::{HEADING, LITERAL, Page, severity_style};

pub(super) fn run(context: &Context<'_>, arguments: &ExplainArguments) -> Answer {
    let Some(name) = &arguments.code else {
        let list = ExplainedList::new(context.language);
        return Ok(context.answer(&list, Status::Fine, || list_page(context)));
    };
    let Ok(code) = name.trim().to_ascii_lowercase().parse::<Code>() else {
        return Err(unknown(context, name));
    };
    let explained = Explained::new(code, context.language);
    Ok(context.answer(&explained, Status::Fine, || page(context, &explained.explanation)))
}

fn unknown(context: &Context<'_>, name: &str) -> crate::failure::Failure {
    // Similarity is quadratic in the lengths; no code is half as long as this.
    let nearest = Code::ALL
        .iter()
        .filter(|_| name.len() <= 80)
        .map(|code| (strsim::jaro_winkler(name, code.name()), code.name()))
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    let failure = context.failure("unknown-code", &[("code", name.into())]);
    match nearest {
        Some((_, nearest)) => failure.with_help(
            context.words().format("say-usage-did-you-mean", &[("suggestion", nearest.into())]),
        ),
        None => failure,
    }
}

fn page(context: &Context<'_>, explanation: &Explanation) -> Page {
    let words = context.words();
    let mut page = context.page();
    let style = severity_style(explanation.severity);
    let severity = explanation.severity.word(context.language);
    let code = explanation.code;
    page.line(format_args!("{style}{severity}[{code}]{style:#}"));
    page.line(format_args!("{HEADING}{}{HEADING:#}", explanation.title));
    page.heading(&words.text("say-why"));
    page.paragraph("  ", explanation.why);
    page.heading(&words.text("say-what-to-do"));
    page.paragraph("  ", &explanation.help);
    if let Some(reference) = explanation.reference {
        page.heading(&words.text("say-standard"));
        page.paragraph("  ", reference);
    }
    page
}

fn list_page(context: &Context<'_>) -> Page {
    let mut page = context.page();
    for code in Code::ALL {
        let style = severity_style(code.severity());
        let severity = code.severity().word(context.language);
        page.line(format_args!("{LITERAL}{}{LITERAL:#} ({style}{severity}{style:#})", code.name()));
        page.paragraph("    ", code.title(context.language));
    }
    page
}
