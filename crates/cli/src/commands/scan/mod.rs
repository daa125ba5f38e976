//! `sigillo scan`: looks at a list of domains, one line of JSON each.

mod output;
mod progress;
mod selection;
mod summary;

use std::num::NonZeroU32;
use std::ops::ControlFlow;
use std::{io, thread};

pub(super) use output::InvalidLine;
use sigillo_check::Verdict;
use sigillo_net::pace::RateLimit;
use sigillo_scan::{CONCURRENCY, Entry, Rates, Scanned, Selection, Settings};
use tokio::sync::mpsc;

use self::output::{Output, line};
use self::progress::ProgressLine;
use self::selection::List;
use super::network::nonce;
use super::{Answer, Context};
use crate::arguments::ScanArguments;
use crate::configuration::Looking;
use crate::contact_url::ContactUrl;
use crate::failure::Failure;
use crate::input::{io_reason, unreadable};
use crate::output::Status;

/// What policy hosts are told.
const PURPOSE: &str = "MTA-STS scan";

/// How many domains of the list are read ahead.
const READ_AHEAD: usize = 1024;

pub(super) fn run(context: &Context<'_>, arguments: &ScanArguments) -> Answer {
    match &arguments.summary {
        Some(path) => summary::run(context, path),
        None => context.run_to_end(look(context, arguments))?,
    }
}

async fn look(context: &Context<'_>, arguments: &ScanArguments) -> Answer {
    let mut looking = looking(context, arguments)?;
    let mut selection = selection::read(context, arguments)?;
    let list = selection::open(context, arguments)?;
    let concurrency = arguments.concurrency.map_or(CONCURRENCY, |number| number as usize);
    let rates = rates(arguments);
    // A domain may take longer by the time that it spends waiting for its turns.
    looking.network.timeout += rates.waiting(concurrency);
    let guard = arguments.network.guard();
    let prober = context.paced_prober(&looking, guard, !arguments.no_smtp, PURPOSE, rates).await?;
    // Last, so that nothing is overwritten for a scan that can't begin.
    let mut output = Output::open(context, arguments, &mut selection)?;
    let mut progress = ProgressLine::new(context);
    if progress.is_shown() {
        progress.expect(selection::count(context, arguments, &selection));
    }
    let settings = Settings {
        concurrency,
        ordered: arguments.ordered,
        rate: arguments.rate.and_then(NonZeroU32::new),
        full: arguments.full,
        language: context.language,
        nonce,
    };
    let entries = read_ahead(context, list, selection)?;
    let mut status = Status::Fine;
    let (mut known, mut unknown) = (false, false);
    let mut written = Ok(());
    let scanned = sigillo_scan::scan(prober, entries, &settings, |scanned| {
        let verdict = match &scanned {
            Scanned::Report(report) => Some(report.verdict),
            Scanned::Invalid(_) => None,
        };
        match verdict {
            None => status = Status::Faulty,
            Some(Verdict::Unknown) => unknown = true,
            Some(_) => known = true,
        }
        written = line(context, scanned).and_then(|line| {
            progress.clear();
            output.write(&line)
        });
        if written.is_err() {
            return ControlFlow::Break(());
        }
        progress.add(verdict);
        ControlFlow::Continue(())
    });
    let scanned = scanned.await;
    progress.end();
    match written {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(status.code().into()),
        Err(error) => return Err(unwritable(context, output.name(), &error)),
        Ok(()) => {}
    }
    scanned.map_err(|error| unreadable(&arguments.list, &error, context.language))?;
    // Nothing but failures is no answer: it is the DNS server that can't be asked.
    let status = if unknown && !known { Status::Failed } else { status };
    Ok(status.code().into())
}

/// How often those are asked whom many domains share; 0 is without limit.
fn rates(arguments: &ScanArguments) -> Rates {
    let usual = Rates::default();
    let limit = |option: Option<u32>, usual| match option {
        None => usual,
        Some(number) => {
            NonZeroU32::new(number).map(|per_second| RateLimit { per_second, public_only: false })
        }
    };
    Rates {
        per_resolver: limit(arguments.rate_per_resolver, usual.per_resolver),
        per_policy_host: limit(arguments.rate_per_policy_host, usual.per_policy_host),
    }
}

/// How the scan looks, with whom to turn to about it.
fn looking(context: &Context<'_>, arguments: &ScanArguments) -> Result<Looking, Failure> {
    let mut looking = context.looking(&arguments.network)?;
    if let Some(text) = &arguments.contact {
        let contact = ContactUrl::parse(text)
            .ok_or_else(|| context.failure("not-a-contact", &[("value", text.as_str().into())]))?;
        looking.network.contact_url = Some(contact);
    }
    Ok(looking)
}

/// Reads the list in a thread of its own: whoever writes it may be slow.
fn read_ahead(
    context: &Context<'_>,
    list: List,
    selection: Selection,
) -> Result<mpsc::Receiver<io::Result<Entry>>, Failure> {
    let (sender, receiver) = mpsc::channel(READ_AHEAD);
    let read = move || {
        for text in list {
            let entry = text.map(Entry::read);
            let is_last = entry.is_err();
            let is_wanted = entry.as_ref().map_or(true, |entry| selection.takes(entry));
            if (is_wanted && sender.blocking_send(entry).is_err()) || is_last {
                return;
            }
        }
    };
    match thread::Builder::new().spawn(read) {
        Ok(_) => Ok(receiver),
        Err(error) => Err(context.failure("no-threads", &[("reason", error.to_string().into())])),
    }
}

/// The failure to write results.
fn unwritable(context: &Context<'_>, path: &str, error: &io::Error) -> Failure {
    let reason = io_reason(error, context.language);
    context.failure("results-unwritable", &[("path", path.into()), ("reason", reason.into())])
}
