//! `sigillo tls-rpt generate`: the record that asks for TLS reports.

use sigillo_generate::options::TlsRptOptions;

use super::{Answer, Context};
use crate::arguments::TlsRptArguments;
use crate::diagnostic::Source;
use crate::failure::Failure;

pub(super) fn run(context: &Context<'_>, arguments: &TlsRptArguments) -> Answer {
    let options = TlsRptOptions {
        domain: Some(arguments.domain.clone()),
        rua: arguments.rua.clone(),
        zone: arguments.publication.zone.clone(),
        ttl: arguments.publication.ttl.clone(),
        dns_format: arguments.publication.dns_format.clone(),
    };
    let request =
        options.read().map_err(|errors| Failure::of_option(errors.first(), context.language))?;
    let answer = request.generate(context.language);
    let status = context.status(&answer.answer.findings);
    Ok(context.answer(&answer, status, || {
        let reporting = &answer.answer;
        let mut page = context.page();
        let title = [("domain", request.domain.as_str().into())];
        page.heading(&context.words().format("say-tls-rpt-title", &title));
        let format = request.dns_format.unwrap_or_default();
        context.show_records(&mut page, &request.zone.name, format, &reporting.dns);
        context.show_steps(&mut page, &reporting.steps);
        let source = Source { name: "", text: reporting.record.as_bytes() };
        context.show_remarks(&mut page, &reporting.findings, &source);
        page
    }))
}
