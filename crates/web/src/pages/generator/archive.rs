use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A ZIP archive of these files; the same files always make the same bytes. They are stored as they are: all of them
/// together are a few kilobytes.
pub(super) fn of(files: &BTreeMap<String, String>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::DEFAULT)
        .unix_permissions(0o644);
    for (path, text) in files {
        let written = archive
            .start_file(path, options)
            .and_then(|()| archive.write_all(text.as_bytes()).map_err(Into::into));
        debug_assert!(written.is_ok(), "writing to memory does not fail, and paths are short");
    }
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}
