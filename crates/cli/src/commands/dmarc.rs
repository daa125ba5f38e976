//! `sigillo dmarc generate`: the DMARC record, and the way to a stronger one.

use sigillo_generate::DmarcDeployment;
use sigillo_generate::options::DmarcOptions;

use super::{Answer, Context};
use crate::arguments::DmarcArguments;
use crate::diagnostic::Source;
use crate::failure::Failure;
use crate::page::Page;

pub(super) fn run(context: &Context<'_>, arguments: &DmarcArguments) -> Answer {
    let request = options(arguments)
        .read()
        .map_err(|errors| Failure::of_option(errors.first(), context.language))?;
    let answer = request.generate(context.language);
    let status = context.status(&answer.answer.findings);
    Ok(context.answer(&answer, status, || {
        let deployment = &answer.answer;
        let mut page = context.page();
        let title = [("domain", request.domain.as_str().into())];
        page.heading(&context.words().format("say-dmarc-title", &title));
        let format = request.dns_format.unwrap_or_default();
        context.show_records(&mut page, &request.zone.name, format, &deployment.dns);
        context.show_steps(&mut page, &deployment.steps);
        show_ramp_up(context, &mut page, deployment);
        let source = Source { name: "", text: deployment.record.as_bytes() };
        context.show_remarks(&mut page, &deployment.findings, &source);
        page
    }))
}

fn options(arguments: &DmarcArguments) -> DmarcOptions {
    DmarcOptions {
        domain: Some(arguments.domain.clone()),
        policy: Some(arguments.policy.clone()),
        subdomain_policy: arguments.subdomain_policy.clone(),
        nonexistent_policy: arguments.nonexistent_policy.clone(),
        rua: arguments.rua.clone(),
        ruf: arguments.ruf.clone(),
        fo: arguments.fo.clone(),
        strict_dkim: arguments.strict_dkim,
        strict_spf: arguments.strict_spf,
        test: arguments.test,
        psd: arguments.psd.clone(),
        compatible: arguments.compatible,
        zone: arguments.publication.zone.clone(),
        ttl: arguments.publication.ttl.clone(),
        dns_format: arguments.publication.dns_format.clone(),
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
