//! `sigillo tls-rpt generate`: the record that asks for TLS reports.

use sigillo_formats::tls_rpt_record::TlsRptRecord;
use sigillo_generate::TlsReporting;

use super::options::each_once;
use super::records::WithRecords;
use super::{Answer, Context};
use crate::arguments::TlsRptArguments;
use crate::diagnostic::Source;

pub(super) fn run(context: &Context<'_>, arguments: &TlsRptArguments) -> Answer {
    let domain = context.domain_for("_smtp._tls", &arguments.domain)?;
    let (zone, format) = context.publication(&domain, &arguments.publication)?;
    let rua = arguments
        .rua
        .iter()
        .map(|address| context.report_uri(address))
        .collect::<Result<Vec<_>, _>>()
        .map(each_once)?;
    let Some(record) = TlsRptRecord::new(rua) else {
        return Err(context.failure("no-address", &[]));
    };
    let reporting = TlsReporting::new(&domain, &zone, &record, context.language);
    let status = context.status(&reporting.findings);
    let dns_text = arguments
        .publication
        .dns_format
        .as_ref()
        .map(|_| context.write_zones(&zone.name, format, &reporting.dns));
    let answer = WithRecords { answer: reporting, dns_text };
    Ok(context.answer(&answer, status, || {
        let reporting = &answer.answer;
        let mut page = context.page();
        let title = [("domain", domain.as_str().into())];
        page.heading(&context.words().format("say-tls-rpt-title", &title));
        context.show_records(&mut page, &zone.name, format, &reporting.dns);
        context.show_steps(&mut page, &reporting.steps);
        let source = Source { name: "", text: reporting.record.as_bytes() };
        context.show_remarks(&mut page, &reporting.findings, &source);
        page
    }))
}
