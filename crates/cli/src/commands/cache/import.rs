//! Policies from a file: of another cache, or of another program.

use std::convert::Infallible;
use std::io::Read as _;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::stream;
use http_body_util::StreamBody;
use hyper::Method;
use hyper::body::Frame;
use sigillo_sender::admin::{CacheImport, ImportFault};
use tokio::sync::mpsc;

use super::foreign;
use crate::arguments::{ForeignCache, ImportArguments};
use crate::commands::{Answer, Context};
use crate::failure::Failure;
use crate::input;
use crate::output::Status;
use crate::page::Page;

/// How much is read at a time, in bytes.
const READ_BYTES: usize = 128 * 1024;

/// How many parts wait to be sent.
const WAITING: usize = 4;

/// How many faults are told.
const FAULTS: usize = 20;

pub(super) fn run(context: &Context<'_>, arguments: &ImportArguments) -> Answer {
    let service = context.needed_service(arguments.service.config.as_deref())?;
    let path = format!("/v1/cache/import?dry_run={}", arguments.dry_run);
    let outcome = context.run_to_end(async {
        service.is_there().await.map_err(|error| service.absent(context, &error))?;
        let (parts, body) = channel();
        let answer = service.answer(context, Method::POST, &path, body);
        match arguments.from {
            None => {
                let trouble = read_lines(context, &arguments.file, parts)?;
                let outcome: CacheImport = answer.await?;
                trouble
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take()
                    .map_or(Ok(outcome), Err)
            }
            Some(ForeignCache::PostfixMtaStsResolver) => {
                let cache = foreign::open(context, &arguments.file).await?;
                let (rows, outcome) = tokio::join!(foreign::send(context, cache, parts), answer);
                // What is wrong with the file comes first: it ended the lines.
                let (rows, mut outcome): (_, CacheImport) = (rows?, outcome?);
                outcome.lines += rows.unreadable;
                outcome.invalid += rows.unreadable;
                outcome.faults.extend(rows.faults);
                outcome.faults.sort_by_key(|fault| fault.line);
                outcome.faults.truncate(FAULTS);
                Ok(outcome)
            }
        }
    })?;
    let outcome = outcome?;
    let status = if outcome.invalid > 0 { Status::Faulty } else { Status::Fine };
    Ok::<ExitCode, _>(context.answer(&outcome, status, || page(context, &outcome)))
}

/// Where parts of the lines go in.
pub(super) type Parts = mpsc::Sender<Bytes>;

/// A body whose parts come from elsewhere.
fn channel() -> (Parts, impl hyper::body::Body<Data = Bytes, Error = Infallible> + Send + 'static) {
    let (parts, mut waiting) = mpsc::channel(WAITING);
    let frames = stream::poll_fn(move |context| {
        waiting.poll_recv(context).map(|part| part.map(|part| Ok(Frame::data(part))))
    });
    (parts, StreamBody::new(frames))
}

/// What went wrong with reading, once it has ended.
type Trouble = Arc<Mutex<Option<Failure>>>;

/// Reads a file beside what is sent of it.
fn read_lines(context: &Context<'_>, path: &str, parts: Parts) -> Result<Trouble, Failure> {
    let mut source = input::open(path, context.language)?;
    let trouble = Trouble::default();
    let (told, path, language) = (Arc::clone(&trouble), path.to_owned(), context.language);
    tokio::task::spawn_blocking(move || {
        let mut buffer = vec![0; READ_BYTES];
        loop {
            match source.read(&mut buffer) {
                Ok(0) => return,
                Ok(length) => {
                    let part = Bytes::copy_from_slice(buffer.get(..length).unwrap_or_default());
                    if parts.blocking_send(part).is_err() {
                        // Nobody takes them any more, and whoever sent them knows why.
                        return;
                    }
                }
                Err(error) => {
                    let failure = input::unreadable(&path, &error, language);
                    *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
                    return;
                }
            }
        }
    });
    Ok(trouble)
}

fn page(context: &Context<'_>, outcome: &CacheImport) -> Page {
    let words = context.words();
    let mut page = context.page();
    let title = if outcome.dry_run { "say-import-dry" } else { "say-imported" };
    page.paragraph("", &words.format(title, &[("count", outcome.imported.into())]));
    for (name, count) in [
        ("say-import-kept", outcome.kept),
        ("say-import-expired", outcome.expired),
        ("say-import-invalid", outcome.invalid),
    ] {
        if count > 0 {
            page.paragraph("  ", &words.format(name, &[("count", count.into())]));
        }
    }
    for ImportFault { line, message, .. } in &outcome.faults {
        page.paragraph(
            "    ",
            &words.format(
                "say-import-fault",
                &[("line", (*line).into()), ("message", message.as_str().into())],
            ),
        );
    }
    page
}
