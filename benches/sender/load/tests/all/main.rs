//! The load generator against its own echo server.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what fails here fails the test"
)]

use std::process::{Child, Command, Output};

use serde_json::Value;
use tempfile::TempDir;

struct Echo {
    process: Child,
    address: String,
    _folder: TempDir,
}

impl Echo {
    fn start(arguments: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let address = format!("unix:{}", folder.path().join("socket").display());
        let process = command("echo", &address).args(arguments).spawn().unwrap();
        let echo = Self { process, address, _folder: folder };
        let first = echo.ask("first", &["--since", "0"]);
        assert!(first.status.success(), "{first:?}");
        echo
    }

    fn ask(&self, name: &str, arguments: &[&str]) -> Output {
        command(name, &self.address).args(arguments).output().unwrap()
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command(name: &str, address: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sigillo-load"));
    command.args([name, "--address", address]);
    command
}

fn outcome(output: &Output) -> Value {
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_question_gets_its_answer() {
    let echo = Echo::start(&["--reply", "66", "--request", "35"]);
    let pid = echo.process.id().to_string();
    for (connections, depth) in [("1", "1"), ("16", "1"), ("7", "16")] {
        let outcome = outcome(&echo.ask(
            "load",
            &[
                "--any-reply",
                "--count=5000",
                "--seconds=600",
                "--connections",
                connections,
                "--depth",
                depth,
                "--pid",
                &pid,
            ],
        ));
        assert_eq!(outcome["lookups"], 5000, "{outcome}");
        assert_eq!(outcome["request_bytes"], serde_json::json!([35, 35]));
        assert_eq!(outcome["reply_bytes"], serde_json::json!([66, 66]));
        assert!(outcome["daemon_cpu"].as_f64().unwrap() > 0.0, "{outcome}");
    }
}

#[test]
fn each_question_can_have_a_connection_of_its_own() {
    let echo = Echo::start(&["--reply", "66"]);
    let arguments = ["--any-reply", "--mix=reconnect", "--count=500", "--seconds=600"];
    assert_eq!(outcome(&echo.ask("load", &arguments))["lookups"], 500);
}

#[test]
fn a_wrong_reply_ends_the_load() {
    let echo = Echo::start(&["--reply", "66"]);
    let output = echo.ask("load", &["--connections=1", "--count=10"]);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("to d0000000.hit.bench.test the daemon replied \"OK xxx"), "{said}");
}
