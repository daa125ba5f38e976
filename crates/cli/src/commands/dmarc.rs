//! `sigillo dmarc generate`: the DMARC record, and the way to a stronger one.

use sigillo_formats::dmarc::{
    Alignment, Disposition, DmarcRecord, FailureOptions, PublicSuffixDomain,
};
use sigillo_formats::record::ReportUri;
use sigillo_generate::DmarcDeployment;

use super::options::each_once;
use super::records::WithRecords;
use super::{Answer, Context};
use crate::arguments::DmarcArguments;
use crate::diagnostic::Source;
use crate::failure::Failure;
use crate::page::Page;

pub(super) fn run(context: &Context<'_>, arguments: &DmarcArguments) -> Answer {
    let domain = context.domain_for("_dmarc", &arguments.domain)?;
    let (zone, format) = context.publication(&domain, &arguments.publication)?;
    let record = record(context, arguments)?;
    let deployment =
        DmarcDeployment::new(&domain, &zone, &record, arguments.compatible, context.language);
    let status = context.status(&deployment.findings);
    let dns_text = arguments
        .publication
        .dns_format
        .as_ref()
        .map(|_| context.write_zones(&zone.name, format, &deployment.dns));
    let answer = WithRecords { answer: deployment, dns_text };
    Ok(context.answer(&answer, status, || {
        let deployment = &answer.answer;
        let mut page = context.page();
        let title = [("domain", domain.as_str().into())];
        page.heading(&context.words().format("say-dmarc-title", &title));
        context.show_records(&mut page, &zone.name, format, &deployment.dns);
        context.show_steps(&mut page, &deployment.steps);
        show_ramp_up(context, &mut page, deployment);
        let source = Source { name: "", text: deployment.record.as_bytes() };
        context.show_remarks(&mut page, &deployment.findings, &source);
        page
    }))
}

fn record(context: &Context<'_>, arguments: &DmarcArguments) -> Result<DmarcRecord, Failure> {
    let addresses = |texts: &[String]| {
        let addresses = texts.iter().map(|text| mailbox(context, text));
        addresses.collect::<Result<Vec<_>, _>>().map(each_once)
    };
    let disposition = |text: &Option<String>| text.as_deref().and_then(Disposition::parse);
    let alignment = |strict: bool| if strict { Alignment::Strict } else { Alignment::Relaxed };
    let fo = match &arguments.fo {
        None => FailureOptions::default(),
        Some(text) => FailureOptions::parse(text).ok_or_else(|| {
            context.failure("not-failure-options", &[("value", text.as_str().into())])
        })?,
    };
    let rua = addresses(&arguments.rua)?;
    let ruf = addresses(&arguments.ruf)?;
    let longest = format!("{}._report._dmarc", context.domain(&arguments.domain)?);
    for target in rua.iter().chain(&ruf).filter_map(ReportUri::mailbox_domain) {
        // Where it is a foreign one, it has to publish a name below it.
        context.domain_for(&longest, target.as_str())?;
    }
    Ok(DmarcRecord {
        sp: disposition(&arguments.subdomain_policy),
        np: disposition(&arguments.nonexistent_policy),
        adkim: alignment(arguments.strict_dkim),
        aspf: alignment(arguments.strict_spf),
        fo,
        rua,
        ruf,
        psd: arguments.psd.as_deref().and_then(PublicSuffixDomain::parse).unwrap_or_default(),
        t: arguments.test,
        // The definitions let only the three names pass.
        ..DmarcRecord::new(Disposition::parse(&arguments.policy).unwrap_or(Disposition::None))
    })
}

/// The address of a mailbox. Other addresses are ignored in practice (RFC 9989 §4.7), so they are
/// not generated.
fn mailbox(context: &Context<'_>, text: &str) -> Result<ReportUri, Failure> {
    match ReportUri::from_person(text) {
        Ok(uri) if uri.mailbox_domain().is_some() => Ok(uri),
        _ => Err(context.failure("not-a-mailbox", &[("value", text.into())])),
    }
}

fn show_ramp_up(context: &Context<'_>, page: &mut Page, deployment: &DmarcDeployment) {
    if deployment.ramp_up.is_empty() {
        return;
    }
    page.heading(&context.words().text("say-ramp-up"));
    for (index, stage) in deployment.ramp_up.iter().enumerate() {
        page.paragraph(&format!("{:>2}. ", index + 1), &stage.advice);
        page.block("      ", &stage.record);
    }
}
