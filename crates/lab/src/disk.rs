use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::is_root;

/// A small file system of a test's own, of a MiB, gone when it is dropped.
#[derive(Debug)]
pub struct Disk(TempDir);

impl Disk {
    /// Mounts it; none, as is said on standard error, where this user may not.
    #[must_use]
    pub fn mount() -> Option<Self> {
        if !is_root() {
            return None;
        }
        let disk = Self(tempfile::tempdir().unwrap());
        let mounted = disk.run("mount", &["-t", "tmpfs", "-o", "size=1m", "tmpfs"]);
        if !mounted {
            eprintln!("skipped: no file system can be mounted here");
        }
        mounted.then_some(disk)
    }

    /// The path of a file on it.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Lets nobody write any more.
    ///
    /// # Panics
    /// If somebody has a file open to write to.
    pub fn make_read_only(&self) {
        assert!(self.run("mount", &["-o", "remount,ro"]));
    }

    /// Lets everybody write again.
    ///
    /// # Panics
    /// If that can't be.
    pub fn make_writable(&self) {
        assert!(self.run("mount", &["-o", "remount,rw"]));
    }

    /// Leaves no byte to anybody.
    ///
    /// # Panics
    /// If there is no end of room.
    pub fn fill(&self) {
        fs::write(self.ballast(), vec![0; 2 << 20]).unwrap_err();
    }

    /// Takes back what [`fill`](Self::fill) did.
    ///
    /// # Panics
    /// If it hasn't been called.
    pub fn make_room(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }

    fn ballast(&self) -> PathBuf {
        self.file("ballast")
    }

    fn run(&self, program: &str, arguments: &[&str]) -> bool {
        Command::new(program).args(arguments).arg(self.0.path()).status().unwrap().success()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.run("umount", &["--lazy"]);
    }
}
