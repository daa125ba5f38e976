//! Real programs as children of the tests: started on free ports, ended with the test.

use std::array;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use sigillo_lab::run;
use sigillo_lab::{Program, available};

/// The path of a program; none if it is missing and the tests may do without (`SIGILLO_LAB=off`).
///
/// # Panics
/// If it is missing and may not.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    available(&[name]).then(|| sigillo_lab::find(name))
}

/// A running server, ended when dropped. Each is one process, so that nothing outlives it.
pub(crate) struct Server(#[expect(dead_code, reason = "it is kept to be dropped")] Program);

impl Server {
    /// Starts what `configure` makes for the ports that it is given, and waits until it listens
    /// on all of them. A port that something else has taken meanwhile is no failure.
    pub(crate) fn start<const PORTS: usize>(
        folder: &Path,
        configure: impl Fn([u16; PORTS]) -> Command,
    ) -> (Self, [u16; PORTS]) {
        let is_taken = |log: &str| log.contains("in use");
        for _ in 0..5 {
            let ports = free_ports();
            let mut program = Program::start(&mut configure(ports), "server", folder);
            let listening = |port: &u16| TcpStream::connect(("127.0.0.1", *port)).is_ok();
            match program.wait_until(|| ports.iter().all(listening)) {
                // What listens may be the other one, while ours still tries.
                Ok(()) if !is_taken(&program.log()) => return (Self(program), ports),
                Err(log) if !is_taken(&log) => panic!("the server ended at once:\n{log}"),
                _ => {}
            }
        }
        panic!("no free ports in five attempts");
    }
}

/// Ports that nothing listens on, all different.
fn free_ports<const PORTS: usize>() -> [u16; PORTS] {
    let listeners: [TcpListener; PORTS] =
        array::from_fn(|_| TcpListener::bind(("127.0.0.1", 0)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}
