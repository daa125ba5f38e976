//! Real programs as children of the tests: found, started, ended with the test.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether all programs are there. Where `SIGILLO_LAB=off` allows to do without, a test that gets
/// `false` returns; what is missing is said on standard error.
///
/// # Panics
/// If one is missing and nothing allows to do without it.
#[must_use]
pub fn available(programs: &[&str]) -> bool {
    let missing: Vec<&str> =
        programs.iter().copied().filter(|name| locate(name).is_none()).collect();
    if missing.is_empty() {
        return true;
    }
    let message = format!("{} missing: scripts/test installs it", missing.join(", "));
    assert!(
        env::var_os("SIGILLO_LAB").is_some_and(|lab| lab == "off"),
        "{message} (or set SIGILLO_LAB=off to do without)"
    );
    eprintln!("skipped: {message}");
    false
}

/// Whether the tests run as root, as some servers have to be started; that they don't is said on
/// standard error.
#[must_use]
pub fn is_root() -> bool {
    let is_root = runs_as_root();
    if !is_root {
        eprintln!("skipped: a server of this test starts for root alone");
    }
    is_root
}

/// Whether the tests run as root.
pub(crate) fn runs_as_root() -> bool {
    run(Command::new("id").arg("-u")).trim() == "0"
}

/// The path of a program, also of those that only root has in its path, or nobody: Debian keeps
/// PostgreSQL in a folder for each version.
///
/// # Panics
/// If it is missing.
#[must_use]
pub fn find(name: &str) -> PathBuf {
    locate(name).unwrap_or_else(|| panic!("{name} is missing: scripts/test installs it"))
}

fn locate(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(["/usr/sbin".into(), "/sbin".into()])
        .chain(versions_of_postgres())
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

/// The folders of PostgreSQL's programs, the newest version first.
fn versions_of_postgres() -> impl Iterator<Item = PathBuf> {
    let folders = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let version = |path: &PathBuf| path.file_name()?.to_str()?.parse().ok();
    let mut versions: Vec<(u32, PathBuf)> = folders
        .map(|folder| folder.path())
        .filter_map(|path| Some((version(&path)?, path.join("bin"))))
        .collect();
    versions.sort_unstable();
    versions.into_iter().rev().map(|(_, folder)| folder)
}

/// Runs a program to its end and gives what it printed.
///
/// # Panics
/// If it fails; with all that it said.
pub fn run(command: &mut Command) -> String {
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

/// A running server, ended when dropped; its log is shown if the test fails.
#[derive(Debug)]
pub struct Program {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Program {
    /// Starts a server whose output goes to a log in `folder`.
    ///
    /// # Panics
    /// If it can't be started.
    #[must_use]
    pub fn start(command: &mut Command, name: &str, folder: &Path) -> Self {
        let log = folder.join(format!("{name}.log"));
        let output = File::create(&log).unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .unwrap_or_else(|error| panic!("{name} can't be started: {error}"));
        Self { name: name.to_owned(), child, log }
    }

    /// Waits until `ready` says so. An `Err` has the log of a server that ended instead, for
    /// instance because something else took its port meanwhile.
    ///
    /// # Errors
    /// The log, if the server ended.
    ///
    /// # Panics
    /// If it is not ready within half a minute.
    pub fn wait_until(&mut self, ready: impl Fn() -> bool) -> Result<(), String> {
        let end = Instant::now() + PATIENCE;
        loop {
            if self.child.try_wait().unwrap().is_some() {
                return Err(self.log());
            }
            if ready() {
                return Ok(());
            }
            assert!(Instant::now() < end, "{} isn't ready:\n{}", self.name, self.log());
            sleep(Duration::from_millis(10));
        }
    }

    /// Asks the server to end (SIGTERM) and waits until it has, some seconds at most.
    pub fn terminate(&mut self) {
        // Once it has been waited for, its number may be another's.
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        self.signal("TERM");
        let end = Instant::now() + PATIENCE / 6;
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < end {
            sleep(Duration::from_millis(10));
        }
    }

    /// Waits for a server that is about to end, and says whether it ended in good order.
    ///
    /// # Panics
    /// If it runs still after this long.
    pub fn wait_for_end(&mut self, within: Duration) -> bool {
        let end = Instant::now() + within;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            assert!(Instant::now() < end, "{} doesn't end:\n{}", self.name, self.log());
            sleep(Duration::from_millis(10));
        }
    }

    /// Sends a signal, such as `HUP`, to a server that runs.
    pub fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        let _ = Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status();
    }

    /// The number of its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What the server has said so far.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read(&self.log)
            .map(|log| String::from_utf8_lossy(&log).into_owned())
            .unwrap_or_default()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Both fail only if it has ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("the log of {}:\n{}", self.name, self.log());
        }
    }
}
