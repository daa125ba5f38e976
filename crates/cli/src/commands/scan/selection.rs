//! The list, and which of it is to be looked at.

use std::fs;
use std::io::BufRead;

use sigillo_scan::{DomainList, Entry, ListError, Selection};

use crate::arguments::ScanArguments;
use crate::commands::Context;
use crate::failure::Failure;
use crate::input;

/// A list from anywhere.
pub(super) type List = DomainList<Box<dyn BufRead + Send>>;

/// Which domains the options choose.
pub(super) fn read(context: &Context<'_>, arguments: &ScanArguments) -> Result<Selection, Failure> {
    let mut selection = Selection::default();
    if let Some(text) = &arguments.shard {
        let shard = text.parse().ok();
        let failure = || context.failure("not-a-shard", &[("value", text.into())]);
        selection.shard = Some(shard.ok_or_else(failure)?);
    }
    for path in &arguments.exclude {
        for text in DomainList::lines(input::open(path, context.language)?) {
            let text = text.map_err(|error| input::unreadable(path, &error, context.language))?;
            // A name that is not understood must not be looked at by mistake.
            selection.excluded.add(&context.domain(&text)?);
        }
    }
    Ok(selection)
}

/// Opens the list.
pub(super) fn open(context: &Context<'_>, arguments: &ScanArguments) -> Result<List, Failure> {
    let path = &arguments.list;
    let source = input::open(path, context.language)?;
    let Some(column) = &arguments.column else { return Ok(DomainList::lines(source)) };
    DomainList::column(source, column).map_err(|error| match error {
        ListError::Io(error) => input::unreadable(path, &error, context.language),
        _ => context.failure("no-column", &[("path", path.into()), ("name", column.into())]),
    })
}

/// How many domains there are to look at, where the list can be read twice.
pub(super) fn count(
    context: &Context<'_>,
    arguments: &ScanArguments,
    selection: &Selection,
) -> Option<usize> {
    let is_file = fs::metadata(&arguments.list).is_ok_and(|metadata| metadata.is_file());
    if arguments.list == "-" || !is_file {
        return None;
    }
    let list = open(context, arguments).ok()?;
    let entries = list.map_while(Result::ok).map(Entry::read);
    Some(entries.filter(|entry| selection.takes(entry)).count())
}
