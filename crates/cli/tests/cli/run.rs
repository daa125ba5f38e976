//! Running the binary.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}:\n{}{}", self.stdout, self.stderr))
    }

    /// Everything, for a snapshot.
    pub(crate) fn transcript(&self) -> String {
        let mut text = self.stdout.clone();
        if !self.stderr.is_empty() {
            text += "--- stderr\n";
            text += &self.stderr;
        }
        text + &format!("--- exit status {}\n", self.status)
    }

    /// The codes of the findings, and their severities.
    pub(crate) fn findings(&self) -> Vec<(String, String)> {
        let json = self.json();
        let findings = json["findings"].as_array().unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        findings.iter().map(|it| (text(&it["code"]), text(&it["severity"]))).collect()
    }
}

/// The binary with arguments, in an environment with a UTF-8 locale and 80 columns, and without the
/// machine's configuration.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sigillo"));
    command.args(arguments).env_clear().env("LANG", "en_GB.UTF-8").env("COLUMNS", "80");
    command.env("SIGILLO_CONFIG", "/dev/null").env("HOME", "/home/somebody");
    command
}

/// Runs the binary.
pub(crate) fn run(arguments: &[&str]) -> Outcome {
    run_with(command(arguments), b"")
}

/// Runs a command with a text on standard input.
pub(crate) fn run_with(mut command: Command, input: &[u8]) -> Outcome {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A command that fails early, or has read enough, does not read to the end.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Outcome {
        status: output.status.code().expect("it exits by itself"),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
