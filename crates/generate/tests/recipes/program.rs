//! Real programs as children of the tests: found, started on free ports, ended with the test.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{array, env};

/// How long a server may take to listen.
const PATIENCE: Duration = Duration::from_secs(30);

/// The path of a program; none if it is missing and the tests may do without (`SIGILLO_LAB=off`).
///
/// # Panics
/// If it is missing and may not.
pub(crate) fn find(name: &str, package: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path)
        .chain(["/usr/sbin".into(), "/sbin".into()])
        .map(|folder| folder.join(name))
        .find(|program| program.is_file());
    if found.is_none() {
        let message = format!("{name} is missing: apt-get install {package}");
        assert!(
            env::var_os("SIGILLO_LAB").is_some_and(|lab| lab == "off"),
            "{message} (or set SIGILLO_LAB=off to do without)"
        );
        eprintln!("skipped: {message}");
    }
    found
}

/// A running server, ended when dropped. Each is one process, so that nothing outlives it.
pub(crate) struct Server {
    child: Child,
    log: PathBuf,
}

impl Server {
    /// Starts what `configure` makes for the ports that it is given, and waits until it listens
    /// on all of them. A port that something else has taken meanwhile is no failure.
    pub(crate) fn start<const PORTS: usize>(
        folder: &Path,
        configure: impl Fn([u16; PORTS]) -> Command,
    ) -> (Self, [u16; PORTS]) {
        for _ in 0..5 {
            let ports = free_ports();
            let mut server = Self::spawn(configure(ports), folder.join("log"));
            match server.wait_for(&ports) {
                Ok(()) => return (server, ports),
                Err(log) if log.contains("in use") => {}
                Err(log) => panic!("the server ended at once:\n{log}"),
            }
        }
        panic!("no free ports in five attempts");
    }

    fn spawn(mut command: Command, log: PathBuf) -> Self {
        let output = File::create(&log).unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .unwrap();
        Self { child, log }
    }

    fn wait_for(&mut self, ports: &[u16]) -> Result<(), String> {
        let end = Instant::now() + PATIENCE;
        loop {
            let listening =
                ports.iter().all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok());
            if self.child.try_wait().unwrap().is_some() {
                return Err(self.log());
            }
            // What listens may be the other one, while ours still tries.
            if listening && !self.log().contains("in use") {
                return Ok(());
            }
            assert!(Instant::now() < end, "it doesn't listen:\n{}", self.log());
            sleep(Duration::from_millis(20));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only if it has ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("the server's log:\n{}", self.log());
        }
    }
}

/// Ports that nothing listens on, all different.
fn free_ports<const PORTS: usize>() -> [u16; PORTS] {
    let listeners: [TcpListener; PORTS] =
        array::from_fn(|_| TcpListener::bind(("127.0.0.1", 0)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

/// Runs a program to its end and gives what it printed.
///
/// # Panics
/// If it fails; with all that it said.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{command:?}: {}\n{printed}{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    printed
}
