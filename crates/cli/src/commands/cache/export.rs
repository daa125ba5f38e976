//! All policies as lines of JSON.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};

use bytes::Bytes;
use http_body_util::Empty;
use hyper::Method;
use schemars::JsonSchema;
use serde::Serialize;

use crate::arguments::ServiceArguments;
use crate::commands::service::Service;
use crate::commands::{Answer, Context};
use crate::failure::Failure;
use crate::input::io_reason;
use crate::output::{self, Status};

/// What was written into a file.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::commands) struct ExportedCache {
    /// The version of this layout: 1.
    schema: u32,
    /// The file.
    path: String,
    /// How many policies it holds.
    policies: u64,
}

pub(super) fn run(
    context: &Context<'_>,
    out: Option<&str>,
    force: bool,
    service: &ServiceArguments,
) -> Answer {
    let service = context.needed_service(service.config.as_deref())?;
    let Some(path) = out else {
        let mut closed = false;
        context.run_to_end(export(context, &service, |part| {
            // Whoever reads has seen enough; the rest is of no use.
            closed = closed || io::stdout().lock().write_all(part).is_err();
            Ok(())
        }))??;
        return Ok(output::print_text("", Status::Fine));
    };
    let written = |result: io::Result<()>| {
        result.map_err(|error| {
            let reason = io_reason(&error, context.language);
            context.failure("unwritable", &[("path", path.into()), ("reason", reason.into())])
        })
    };
    let file = create(path, force).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => context.failure("export-exists", &[("path", path.into())]),
        _ => written(Err(error)).err().unwrap_or_else(|| context.failure("unwritable", &[])),
    })?;
    let mut file = BufWriter::new(file);
    let mut policies = 0;
    let done = context.run_to_end(export(context, &service, |part| {
        policies += part.iter().map(|&byte| u64::from(byte == b'\n')).sum::<u64>();
        written(file.write_all(part))
    }))?;
    let done = done.and_then(|()| written(file.flush().and_then(|()| file.get_ref().sync_all())));
    if let Err(failure) = done {
        // Half of a cache would pass for one.
        let _ = fs::remove_file(path);
        return Err(failure);
    }
    let exported = ExportedCache { schema: 1, path: path.to_owned(), policies };
    Ok(context.answer(&exported, Status::Fine, || {
        let mut page = context.page();
        let about = [("count", policies.into()), ("path", path.into())];
        page.paragraph("", &context.words().format("say-exported", &about));
        page
    }))
}

fn create(path: &str, force: bool) -> io::Result<File> {
    if force {
        File::create(path)
    } else {
        OpenOptions::new().write(true).create_new(true).open(path)
    }
}

async fn export(
    context: &Context<'_>,
    service: &Service,
    give: impl FnMut(&[u8]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let body = Empty::<Bytes>::new();
    let response = service.send(context, Method::GET, "/v1/cache/export", body).await?;
    service.parts(context, response, give).await
}
