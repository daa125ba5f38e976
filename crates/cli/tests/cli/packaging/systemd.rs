//! The units, judged by systemd itself, without running it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use sigillo_lab::{available, find};
use tempfile::TempDir;

use super::{path, text};
use crate::run::{command, run_with};

const SERVICE: &str = "systemd/sigillo.service";
const SOCKET: &str = "systemd/sigillo.socket";

/// Where packages put the program.
const INSTALLED: &str = "/usr/bin/sigillo";

/// The highest exposure that `systemd-analyze security` may find, in tenths of the ten that it
/// counts to: what is left is that the service may talk to the whole Internet.
const MOST_EXPOSED: &str = "--threshold=11";

/// The units as a machine would have them that has the program elsewhere.
fn installed(folder: &TempDir) -> [PathBuf; 2] {
    [SERVICE, SOCKET].map(|name| {
        let unit = text(name).replace(INSTALLED, env!("CARGO_BIN_EXE_sigillo"));
        let path = folder.path().join(name.rsplit('/').next().unwrap());
        fs::write(&path, unit).unwrap();
        path
    })
}

fn systemd_analyze() -> Option<Command> {
    available(&["systemd-analyze"]).then(|| {
        let mut command = Command::new(find("systemd-analyze"));
        command.env("SYSTEMD_COLORS", "0").arg("--no-pager");
        command
    })
}

#[test]
fn systemd_has_nothing_to_say_against_the_units() {
    let Some(mut analyze) = systemd_analyze() else { return };
    let folder = tempfile::tempdir().unwrap();
    let units = installed(&folder);
    analyze.args(["verify", "--man=no", "--recursive-errors=no"]).args(units);
    let output = analyze.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("sigillo"), "{said}");
}

#[test]
fn the_service_is_hardly_exposed() {
    let Some(mut analyze) = systemd_analyze() else { return };
    analyze.args(["security", "--offline=true", MOST_EXPOSED]).arg(path(SERVICE));
    let output = analyze.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("Overall exposure level"), "{said}");
}

/// The values of a directive.
fn values<'a>(unit: &'a str, name: &str) -> Vec<&'a str> {
    let value = |line: &'a str| line.strip_prefix(name)?.strip_prefix('=');
    unit.lines().filter_map(value).collect()
}

#[test]
fn the_command_of_the_service_is_one_that_the_program_has() {
    let service = text(SERVICE);
    let start = values(&service, "ExecStart");
    let arguments = start[0].strip_prefix(INSTALLED).unwrap();
    assert_eq!(arguments, " serve --config /etc/sigillo/sigillo.toml");
    assert_eq!(values(&service, "Type"), ["notify"]);
    // Others than the service's own user have no business in its folders.
    assert_eq!(values(&service, "DynamicUser"), ["yes"]);
    assert_eq!(values(&service, "StateDirectory"), ["sigillo"]);
}

#[test]
fn the_packaged_configuration_is_good_and_fits_the_units() {
    let packaged = path("sigillo.toml");
    let run = |arguments: &[&str]| {
        let mut command = command(arguments);
        command.env("STATE_DIRECTORY", "/var/lib/sigillo");
        run_with(command, b"")
    };
    let packaged = packaged.to_str().unwrap();
    let checked = run(&["config", "check", packaged]);
    assert_eq!(checked.status, 0, "{}", checked.stdout);
    let shown = run(&["config", "show", packaged, "--json"]).json();
    let settings = shown["settings"].as_array().unwrap();
    let value = |section: &str, key: &str| {
        let found = settings.iter().find(|it| it["section"] == section && it["key"] == key);
        found.unwrap_or_else(|| panic!("no {section}.{key}"))["value"].clone()
    };
    assert!(settings.iter().all(|it| it["section"] != "web"), "only mail servers are answered");
    let service = text(SERVICE);
    let state = values(&service, "StateDirectory")[0];
    assert_eq!(value("store", "url"), format!("sqlite:/var/lib/{state}/sigillo.sqlite"));
    let runtime = values(&service, "RuntimeDirectory")[0];
    assert_eq!(value("sender", "admin"), format!("unix:/run/{runtime}/admin.sock"));
    // Where Postfix asks is the same with the units and without.
    let socket = text(SOCKET);
    let default = value("sender", "listen")[0].as_str().unwrap().to_owned();
    let listens = values(&socket, "ListenStream");
    assert!(listens.contains(&default.strip_prefix("inet:").unwrap()), "{default}: {listens:?}");
    // What is commented out is good too.
    let all: String = text("sigillo.toml")
        .lines()
        .map(|line| line.strip_prefix('#').filter(|it| !it.starts_with(' ')).unwrap_or(line))
        .filter(|line| !line.contains("_file = "))
        .map(|line| line.to_owned() + "\n")
        .collect();
    let all = run_with(command(&["config", "check", "-"]), all.as_bytes());
    assert_eq!(all.status, 0, "{}", all.stdout);
}
