//! The pages, used as a person uses them: Chromium goes through the site of the real binary, which looks at
//! domains of a small internet on loopback.
//!
//! The scripts that do so stand beside this file. Where `SIGILLO_SCREENSHOTS` names a folder they also leave
//! pictures of every page there. `SIGILLO_BROWSER_TESTS` is a pattern for the names of those to run.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod internet;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use sigillo_lab::{Program, find};
use tempfile::TempDir;

use self::internet::Internet;

/// Where `scripts/test` installs what the scripts need, beside the temporary files of tests.
fn packages() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("browser");
    assert!(
        folder.join("node_modules/playwright-core").is_dir(),
        "{} lacks the packages of package.json: scripts/test installs them",
        folder.display()
    );
    folder
}

/// The site, ended when it is dropped.
struct Site {
    _program: Program,
    url: String,
    _folder: TempDir,
}

impl Site {
    fn start(internet: &Internet) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("root.pem"), internet.root_pem()).unwrap();
        let configuration = format!(
            r#"
[store]
url = "sqlite:{store}"

[web]
listen = ["127.0.0.1:0"]
address_guard = "off"
checks_per_client_burst = 10000
checks_per_client_per_minute = 10000
checks_overall_burst = 10000
checks_overall_per_minute = 10000
results_fresh_for = "0s"

[dns]
servers = ["{dns}"]
dnssec = "off"

[tls]
extra_ca_file = "{root}"

[network]
https_port = {https_port}
smtp_port = {smtp_port}

[log]
level = "warn"
"#,
            store = at("store.sqlite").display(),
            dns = internet.dns_address(),
            root = at("root.pem").display(),
            https_port = internet.https_port,
            smtp_port = internet.smtp_port,
        );
        fs::write(at("sigillo.toml"), configuration).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_sigillo"));
        command.args(["serve", "--config"]).arg(at("sigillo.toml"));
        command.env_clear().env("LANG", "en_GB.UTF-8");
        let mut program = Program::start(&mut command, "sigillo", folder.path());
        let said = || fs::read_to_string(at("sigillo.log")).unwrap_or_default();
        program.wait_until(|| url(&said()).is_some()).unwrap();
        let url = url(&said()).unwrap();
        Self { _program: program, url, _folder: folder }
    }
}

/// Where the site says that it is.
fn url(said: &str) -> Option<String> {
    let line = said.lines().find(|line| line.starts_with("Sigillo "))?;
    let at = line.find("http://")?;
    Some(line[at..].trim_end_matches('/').to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_are_as_a_person_needs_them() {
    let packages = packages();
    let internet = Internet::start().await;
    let site = Site::start(&internet);
    let profile = tempfile::tempdir().unwrap();
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let mut node = Command::new(find("node"));
    node.arg("--test-reporter=spec");
    if let Ok(pattern) = env::var("SIGILLO_BROWSER_TESTS") {
        node.arg(format!("--test-name-pattern={pattern}"));
    }
    node.arg(scripts.join("main.mjs"))
        .env("SIGILLO_SITE", &site.url)
        .env("SIGILLO_PACKAGES", packages)
        .env("SIGILLO_CHROMIUM", find("chromium"))
        .env("SIGILLO_PROFILES", profile.path());
    let status = tokio::task::spawn_blocking(move || node.status().unwrap()).await.unwrap();
    assert!(status.success(), "the scripts say above what is not as it should be");
}
