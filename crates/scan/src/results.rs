//! The file of results: one JSON object a line.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use serde::Deserialize;

use crate::selection::Done;

/// How long a line may be, in bytes: an observation is bounded, and is smaller.
pub(crate) const LINE_BYTES: u64 = 16 * 1024 * 1024;

/// A file that takes the lines of results.
#[derive(Debug)]
pub struct ResultFile(File);

/// Why a file of results can't be gone on with.
#[derive(Debug)]
#[non_exhaustive]
pub enum ResultError {
    /// The file can't be read or written.
    Io(io::Error),
    /// Another scan is writing it.
    InUse,
    /// This line, counted from 1, is no result: the file is something else.
    NotAResult(u64),
}

/// What is read of a line that is there.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    domain: std::borrow::Cow<'a, str>,
}

impl ResultFile {
    /// A new file; one that is there is overwritten if `force` says so, else refused.
    ///
    /// # Errors
    /// If the file is there ([`io::ErrorKind::AlreadyExists`]), is being written by another scan, or
    /// can't be made.
    pub fn create(path: &Path, force: bool) -> Result<Self, ResultError> {
        let mut options = OpenOptions::new();
        options.write(true);
        if force {
            options.create(true).truncate(false)
        } else {
            options.create_new(true)
        };
        let file = options.open(path)?;
        lock(&file)?;
        // Nothing is overwritten before it is ours.
        file.set_len(0)?;
        Ok(Self(file))
    }

    /// Goes on with a file, or begins it where there is none: a last line without an end was torn
    /// by whatever ended the scan and is cut. Gives the names that are done.
    ///
    /// # Errors
    /// If the file can't be read and written, or holds something else than results; then it is left
    /// as it is.
    pub fn resume(path: &Path) -> Result<(Self, Done), ResultError> {
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        lock(&file)?;
        let mut done = Done::default();
        let mut whole = 0;
        let mut number = 0;
        let mut reader = BufReader::with_capacity(256 * 1024, &file);
        let mut line = Vec::new();
        loop {
            line.clear();
            number += 1;
            let read = reader.by_ref().take(LINE_BYTES).read_until(b'\n', &mut line)? as u64;
            if line.last() != Some(&b'\n') {
                if read == LINE_BYTES {
                    return Err(ResultError::NotAResult(number));
                }
                break;
            }
            let seen: Line<'_> =
                serde_json::from_slice(&line).map_err(|_| ResultError::NotAResult(number))?;
            done.add(&seen.domain);
            whole += read;
        }
        // A torn line begins as all lines do; another file is not ours to cut.
        if !line.is_empty() && line.first() != Some(&b'{') {
            return Err(ResultError::NotAResult(number));
        }
        file.set_len(whole)?;
        file.seek(SeekFrom::Start(whole))?;
        Ok((Self(file), done))
    }

    /// Adds a line, its end included, in one piece.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn write(&mut self, line: &str) -> io::Result<()> {
        self.0.write_all(line.as_bytes())
    }
}

/// Keeps other scans off the file as long as it is open, where the file system can do that.
fn lock(file: &File) -> Result<(), ResultError> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(ResultError::InUse),
        _ => Ok(()),
    }
}

impl fmt::Display for ResultError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(formatter),
            Self::InUse => formatter.write_str("another scan is writing it"),
            Self::NotAResult(line) => write!(formatter, "line {line} is no result"),
        }
    }
}

impl std::error::Error for ResultError {}

impl From<io::Error> for ResultError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_torn_line_is_cut_wherever_it_was_torn() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let whole = "{\"schema\":1,\"domain\":\"a.example\"}\n{\"domain\":\"caff\u{e8} \\\"x\"}\n";
        for end in 0..=whole.len() {
            fs::write(&path, &whole.as_bytes()[..end]).unwrap();
            let (mut file, done) = ResultFile::resume(&path).unwrap();
            let lines = whole.as_bytes()[..end].split(|byte| *byte == b'\n').count() - 1;
            assert_eq!(done.len(), lines);
            assert_eq!(done.contains("caff\u{e8} \"x"), lines == 2);
            file.write("{}\n").unwrap();
            let text = fs::read_to_string(&path).unwrap();
            assert_eq!(text.lines().count(), lines + 1);
            assert!(
                text.ends_with("{}\n") && whole.starts_with(text.strip_suffix("{}\n").unwrap())
            );
        }
    }

    #[test]
    fn another_file_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        for text in ["letter\n", "letter", "{}\n", "{\"domain\":1}\n", "{\"domain\":\"a\"}\nx\n"] {
            fs::write(&path, text).unwrap();
            assert!(matches!(ResultFile::resume(&path), Err(ResultError::NotAResult(_))), "{text}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            let refused = ResultFile::create(&path, false).unwrap_err();
            let ResultError::Io(refused) = refused else { panic!("{refused}") };
            assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        }
        ResultFile::create(&path, true).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "");
    }

    #[test]
    fn two_scans_do_not_write_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let (mut first, _) = ResultFile::resume(&path).unwrap();
        first.write("{\"domain\":\"a\"}\n").unwrap();
        assert!(matches!(ResultFile::resume(&path), Err(ResultError::InUse)));
        assert!(matches!(ResultFile::create(&path, true), Err(ResultError::InUse)));
        drop(first);
        assert_eq!(ResultFile::resume(&path).unwrap().1.len(), 1);
    }
}
