//! Reading what commands are given: files and standard input, never more than is looked at.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use sigillo_language::Language;

use crate::failure::Failure;
use crate::words;

/// How much of a long file is read at a time, in bytes.
const LONG_READ: usize = 128 * 1024;

/// A text to judge, and what to call it.
#[derive(Debug)]
pub(crate) struct Input {
    /// The name of the file, or what stands for it.
    pub(crate) name: String,
    /// The text, cut behind the limit.
    pub(crate) text: Vec<u8>,
}

/// Reads a file, or standard input for `-`, up to one byte behind `limit`: enough to see that it
/// is longer.
pub(crate) fn read_file(path: &str, limit: usize, language: Language) -> Result<Input, Failure> {
    let read = || -> io::Result<Vec<u8>> {
        if path == "-" {
            return read_bounded(io::stdin().lock(), limit);
        }
        let file = File::open(path)?;
        if file.metadata()?.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        read_bounded(file, limit)
    };
    match read() {
        Ok(text) => Ok(Input { name: display_name(path), text }),
        Err(error) => Err(unreadable(path, &error, language)),
    }
}

/// The text itself, or for `-` what standard input holds, without the line end that tools put
/// behind a line.
pub(crate) fn read_text(text: &str, limit: usize, language: Language) -> Result<Input, Failure> {
    if text != "-" {
        return Ok(Input { name: String::new(), text: text.as_bytes().to_vec() });
    }
    let mut input = read_file("-", limit, language)?;
    if input.text.ends_with(b"\n") {
        input.text.pop();
        if input.text.ends_with(b"\r") {
            input.text.pop();
        }
    }
    Ok(input)
}

fn read_bounded(source: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    source.take(limit as u64 + 1).read_to_end(&mut text)?;
    Ok(text)
}

/// Opens a file, or standard input for `-`, to be read as it is needed.
pub(crate) fn open(path: &str, language: Language) -> Result<Box<dyn BufRead + Send>, Failure> {
    if path == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let open = || -> io::Result<File> {
        let file = File::open(path)?;
        if file.metadata()?.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        Ok(file)
    };
    match open() {
        Ok(file) => Ok(Box::new(BufReader::with_capacity(LONG_READ, file))),
        Err(error) => Err(unreadable(path, &error, language)),
    }
}

fn display_name(path: &str) -> String {
    if path == "-" { "<stdin>".to_owned() } else { path.to_owned() }
}

/// The failure to read a file.
pub(crate) fn unreadable(path: &str, error: &io::Error, language: Language) -> Failure {
    let reason = io_reason(error, language);
    Failure::new("unreadable", language, &[("path", path.into()), ("reason", reason.into())])
}

/// The failure to read a file that the program is set up by: standard input is no way out there.
pub(crate) fn of_setup(failure: Failure, language: Language) -> Failure {
    failure.with_help(words::configuration(language).text("config-unreadable-file-help"))
}

/// Why a file can't be read or written, in words; the system's own where we have none.
pub(crate) fn io_reason(error: &io::Error, language: Language) -> String {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => Some(language.choose("no such file", "il file non esiste")),
        io::ErrorKind::PermissionDenied => {
            Some(language.choose("permission denied", "permesso negato"))
        }
        io::ErrorKind::IsADirectory => Some(language.choose("it is a folder", "è una cartella")),
        io::ErrorKind::NotADirectory => Some(
            language
                .choose("part of the path is no folder", "parte del percorso non è una cartella"),
        ),
        io::ErrorKind::StorageFull => Some(language.choose("no space left", "spazio esaurito")),
        io::ErrorKind::ReadOnlyFilesystem => Some(
            language.choose("the file system is read-only", "il file system è di sola lettura"),
        ),
        _ => None,
    };
    reason.map_or_else(|| error.to_string(), str::to_owned)
}
