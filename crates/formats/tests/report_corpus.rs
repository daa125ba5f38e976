//! Reads real reports, where a folder with them is at hand: `SIGILLO_CORPUS` names it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "the helpers of a test are tests too")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sigillo_formats::report;

#[test]
fn real_reports() {
    let Some(corpus) = env::var_os("SIGILLO_CORPUS") else {
        println!("SIGILLO_CORPUS is not set: the real reports were not read");
        return;
    };
    let root = Path::new(&corpus).join("tls-rpt");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(!files.is_empty(), "no files below {}", root.display());

    let mut lines = String::new();
    for file in files {
        let parsed = report::parse(&fs::read(&file).unwrap());
        let path = file.strip_prefix(&root).unwrap();
        let valid = if parsed.is_valid() { "valid" } else { "INVALID" };
        write!(lines, "{}: {valid}", path.display()).unwrap();
        for finding in parsed.findings() {
            write!(lines, " {}:{}", finding.severity(), finding.code()).unwrap();
        }
        lines.push('\n');

        let printed = parsed.value().to_json();
        let again = report::parse(printed.as_bytes());
        assert_eq!(again.value(), parsed.value(), "{}", path.display());
        assert_eq!(again.value().to_json(), printed, "{}", path.display());
    }
    insta::assert_snapshot!(lines);
}

/// The reports in a folder and those below it, without the datagrams, which are another format.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() && name != "datagrams" {
            collect(&path, files);
        } else if path.is_file() {
            files.push(path);
        }
    }
}
