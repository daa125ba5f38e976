//! The transcripts in the README are real.
//!
//! In a test program of its own, since the folder that commands run in is that of the process.

#[test]
fn transcripts_in_the_readme_are_real() {
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .expect("the workspace is there");
    trycmd::TestCases::new()
        .case("README.md")
        .env("LC_ALL", "en_GB.UTF-8")
        .env("COLUMNS", "80")
        .env("SIGILLO_CONFIG", "/dev/null")
        .run();
}
