//! `sigillo check`: looks at domains, and says what their MTA-STS comes to.

mod look;
mod page;
mod progress;
mod saved;

use std::process::ExitCode;

use sigillo_check::{Judgement, Observation};
use sigillo_formats::DomainName;

use super::options::each_once;
use super::{Answer, Context};
use crate::arguments::{CheckArguments, CheckFormat};
use crate::output::{self, Status};

pub(super) fn run(context: &Context<'_>, arguments: &CheckArguments) -> Answer {
    let earlier = match &arguments.since {
        Some(path) => saved::read(context, path)?,
        None => Vec::new(),
    };
    let format = if context.json { Some(CheckFormat::Json) } else { arguments.format };
    let mut answers = Answers {
        context,
        format: format.unwrap_or(CheckFormat::Text),
        earlier,
        several: false,
        count: 0,
        worst: Status::Fine,
    };
    if let Some(path) = &arguments.observation {
        let observations = saved::read(context, path)?;
        answers.several = observations.len() > 1;
        for observation in &observations {
            answers.give(observation);
        }
    } else {
        let domains = arguments.domain.iter().map(|text| context.domain_for("_mta-sts", text));
        let domains: Vec<DomainName> = each_once(domains.collect::<Result<_, _>>()?);
        answers.several = domains.len() > 1;
        let mut seen = Vec::new();
        look::look(context, arguments, &domains, |observation| {
            answers.give(&observation);
            if arguments.save.is_some() {
                seen.push(observation);
            }
        })?;
        if let Some(path) = &arguments.save {
            saved::write(context, path, &seen)?;
        }
    }
    Ok(ExitCode::from(answers.worst.code()))
}

/// Gives answers one after the other, and keeps the worst status.
struct Answers<'a> {
    context: &'a Context<'a>,
    format: CheckFormat,
    earlier: Vec<Observation>,
    several: bool,
    count: usize,
    worst: Status,
}

impl Answers<'_> {
    fn give(&mut self, observation: &Observation) {
        let Self { context, .. } = *self;
        let earlier = self.earlier.iter().find(|earlier| earlier.domain == observation.domain);
        let judgement = Judgement::of(observation, earlier);
        let status = match judgement.exit_status(context.fail_on) {
            0 => Status::Fine,
            1 => Status::Faulty,
            _ => Status::Failed,
        };
        let report = judgement.report(observation, context.language);
        if self.count > 0 && self.format != CheckFormat::Json {
            output::print_text("\n", status);
        }
        match self.format {
            CheckFormat::Json if self.several => output::print_json_line(&report, status),
            CheckFormat::Json => output::print_json(&report, status),
            CheckFormat::Markdown => output::print_text(&report.markdown(context.language), status),
            CheckFormat::Text => {
                let page = page::page(context, &judgement, &report);
                output::show(page, context.environment, status)
            }
        };
        self.count += 1;
        self.worst = self.worst.max(status);
    }
}
