//! The recursive server: Unbound, which asks Knot for everything.

use std::fmt::Write;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::query;
use crate::{Program, find, free_port, loopback, run};

/// Unbound in front of one authoritative server that has the root.
#[derive(Debug)]
pub(super) struct Unbound {
    folder: PathBuf,
    port: u16,
    program: Option<Program>,
}

impl Unbound {
    /// Starts a resolver that validates from `trust_anchor` on, or not at all without one.
    pub(super) fn start(folder: &Path, authority: SocketAddr, trust_anchor: Option<&str>) -> Self {
        fs::create_dir_all(folder).unwrap();
        let mut unbound = Self { folder: folder.to_owned(), port: 0, program: None };
        for _ in 0..5 {
            unbound.port = free_port();
            unbound.write_configuration(authority, trust_anchor);
            let mut program = Program::start(
                Command::new(find("unbound")).arg("-d").arg("-c").arg(unbound.configuration()),
                "unbound",
                folder,
            );
            let address = unbound.address();
            match program.wait_until(|| query::answers_for(address, "")) {
                Ok(()) => {
                    unbound.program = Some(program);
                    return unbound;
                }
                Err(log) if log.contains("in use") => {}
                Err(log) => panic!("unbound ended at once:\n{log}"),
            }
        }
        panic!("no free port for unbound in five attempts");
    }

    pub(super) fn address(&self) -> SocketAddr {
        loopback(self.port)
    }

    /// Forgets all answers.
    pub(super) fn forget(&self) {
        run(Command::new(find("unbound-control"))
            .arg("-c")
            .arg(self.configuration())
            .args(["flush_zone", "."]));
    }

    fn configuration(&self) -> PathBuf {
        self.folder.join("unbound.conf")
    }

    fn write_configuration(&self, authority: SocketAddr, trust_anchor: Option<&str>) {
        let folder = self.folder.display();
        let modules = if trust_anchor.is_some() { "validator iterator" } else { "iterator" };
        let mut anchors = String::new();
        for line in trust_anchor.unwrap_or_default().lines() {
            writeln!(anchors, "  trust-anchor: \"{line}\"").unwrap();
        }
        let special: String = ["test.", "127.in-addr.arpa.", "example.", "invalid."]
            .map(|zone| format!("  local-zone: \"{zone}\" nodefault\n"))
            .concat();
        let text = format!(
            "server:\n  directory: \"{folder}\"\n  chroot: \"\"\n  username: \"\"\n  \
             pidfile: \"{folder}/unbound.pid\"\n  interface: 127.0.0.1\n  port: {}\n  \
             do-daemonize: no\n  use-syslog: no\n  logfile: \"\"\n  verbosity: 1\n  \
             val-log-level: 2\n  ede: yes\n  num-threads: 1\n  do-not-query-localhost: no\n  \
             unblock-lan-zones: yes\n  access-control: 127.0.0.0/8 allow\n  \
             module-config: \"{modules}\"\n{anchors}{special}\
             remote-control:\n  control-enable: yes\n  \
             control-interface: \"{folder}/control\"\n  control-use-cert: no\n\
             forward-zone:\n  name: \".\"\n  forward-addr: {}@{}\n",
            self.port,
            authority.ip(),
            authority.port()
        );
        fs::write(self.configuration(), text).unwrap();
    }
}
