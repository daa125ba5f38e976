//! A resolver for programs that ask only whom `/etc/resolv.conf` names, at port 53.

use std::fs;
use std::net::SocketAddr;
use std::process::Command;

use tempfile::TempDir;

use super::delay::DelayProxy;
use crate::{find, own_address};

/// A front of a resolver at an address of its own, and a place where it is the system's.
#[derive(Debug)]
pub struct SystemResolver {
    front: DelayProxy,
    folder: TempDir,
}

impl SystemResolver {
    /// Starts in front of a resolver, whose word on what is authentic counts, and which is given up
    /// soon. Only root can.
    ///
    /// # Panics
    /// If it can't listen.
    #[must_use]
    pub fn start(resolver: SocketAddr) -> Self {
        let address = own_address();
        let front = DelayProxy::start_at((address, 53).into(), resolver);
        let folder = tempfile::tempdir().unwrap();
        let text = format!("nameserver {address}\noptions edns0 trust-ad timeout:3 attempts:2\n");
        fs::write(folder.path().join("resolv.conf"), text).unwrap();
        Self { front, folder }
    }

    /// Runs the command that its arguments name in mounts of its own, where this resolver is the
    /// system's. Only root can, and only where a program may have such mounts.
    ///
    /// # Panics
    /// If `unshare` is missing.
    #[must_use]
    pub fn command(&self) -> Command {
        let mut command = Command::new(find("unshare"));
        command
            .args(["--mount", "sh", "-c"])
            .arg("mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"")
            .arg(self.folder.path().join("resolv.conf"));
        command
    }

    /// The front, for tests that make it slow.
    #[must_use]
    pub fn front(&self) -> &DelayProxy {
        &self.front
    }
}
