//! Real policy files, where `SIGILLO_CORPUS` names a folder of them, are read without a surprise:
//! the snapshot of codes by file was reviewed by eye.

use std::fmt::Write as _;
use std::path::Path;

use sigillo_formats::Kind;

#[test]
fn real_policies_are_read_as_reviewed() {
    let Some(folder) = std::env::var_os("SIGILLO_CORPUS") else {
        println!("SIGILLO_CORPUS is not set: the real policy files were not read");
        return;
    };
    let folder = Path::new(&folder).join("policies");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut report = String::new();
    for file in files {
        let judged = Kind::Policy.judge(&std::fs::read(&file).unwrap());
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let codes: Vec<String> = judged
            .findings
            .iter()
            .map(|finding| match finding.fix() {
                Some(_) => format!("{} (fix)", finding.code()),
                None => finding.code().to_string(),
            })
            .collect();
        let verdict = if judged.valid { "valid" } else { "invalid" };
        writeln!(report, "{name}: {verdict} {}", codes.join(", ")).unwrap();
    }
    insta::assert_snapshot!(report);
}
