//! One Postfix with a folder, a queue and a configuration of its own.

use std::fs::{self, File};
use std::io::Write;
use std::net::{SocketAddrV4, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use tempfile::TempDir;

use super::log::Log;
use crate::{Program, find, run};

/// How long what is to be logged may take: Postfix may wait for two name servers before.
const PATIENCE: Duration = Duration::from_mins(1);

/// The services of a Postfix that takes, keeps and delivers mail; none in a changed root. Nothing
/// is local, and the listener stands before them.
const SERVICES: &str = "\
anvil unix - - n - 1 anvil
bounce unix - - n - 0 bounce
cleanup unix n - n - 0 cleanup
defer unix - - n - 0 bounce
discard unix - - n - - discard
error unix - - n - - error
flush unix n - n 1000? 0 flush
postlog unix-dgram n - n - 1 postlogd
proxymap unix - - n - - proxymap
qmgr unix n - n 300 1 qmgr
retry unix - - n - - error
rewrite unix - - n - - trivial-rewrite
smtp unix - - n - - smtp
tlsmgr unix - - n 1000? 1 tlsmgr
trace unix - - n - 0 bounce
";

/// A running Postfix. It ends when it is dropped.
#[derive(Debug)]
pub(super) struct Instance {
    program: Program,
    address: SocketAddrV4,
    folder: TempDir,
}

impl Instance {
    /// Starts it in a folder that [`new_folder`] has made; `settings` are lines of `main.cf`.
    /// `wrapper`, if any, is a command that runs another.
    ///
    /// # Errors
    /// The log, if the address is in use.
    ///
    /// # Panics
    /// If it ends for another reason, or doesn't come to listen.
    pub(super) fn start(
        folder: TempDir,
        address: SocketAddrV4,
        settings: &str,
        wrapper: Option<Command>,
    ) -> Result<Self, String> {
        configure(folder.path(), address, settings);
        let mut command = match wrapper {
            Some(mut command) => {
                command.arg(master());
                command
            }
            None => Command::new(master()),
        };
        command.arg("-c").arg(folder.path().join("configuration")).arg("-s");
        let program = Program::start(&mut command, "postfix", folder.path());
        let mut instance = Self { program, address, folder };
        match instance.program.wait_until(|| TcpStream::connect(address).is_ok()) {
            Ok(()) => Ok(instance),
            Err(log) if log.contains("in use") => Err(log),
            Err(log) => panic!("Postfix ended at once:\n{log}"),
        }
    }

    /// What it has logged so far.
    pub(super) fn log(&self) -> Log {
        Log::read(&self.program.log())
    }

    /// Waits until something stands in the log.
    ///
    /// # Panics
    /// If it doesn't within a minute.
    pub(super) fn wait_for<T>(&self, what: &str, read: impl Fn(&Log) -> Option<T>) -> T {
        let found = wait(|| read(&self.log()));
        found.unwrap_or_else(|| panic!("{what} is not in the log:\n{}", self.program.log()))
    }

    /// Tries a deferred message again at once.
    ///
    /// # Panics
    /// If it isn't among the deferred ones.
    pub(super) fn retry(&self, id: &str) {
        // That it was deferred is logged before it is moved there.
        let deferred = self.folder.path().join("queue/deferred").join(id);
        wait(|| deferred.exists().then_some(()))
            .unwrap_or_else(|| panic!("{id} isn't deferred:\n{}", self.program.log()));
        let configuration = self.folder.path().join("configuration");
        run(Command::new(find("postqueue")).arg("-c").arg(configuration).args(["-i", id]));
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        // In good order: the first process ends its children then, and only then.
        self.program.terminate();
        // It doesn't wait for them: one that lives on would take a connection to whoever listens
        // here next, and end it.
        wait(|| TcpStream::connect(self.address).is_err().then_some(()));
    }
}

/// Writes a file that looks as if it were old: what was written in this second Postfix reads again
/// and again until it is sure that nobody is still writing.
pub(super) fn write_cold(path: &Path, text: &str) {
    let mut file = File::create(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_mins(1)).unwrap();
}

/// A folder for an instance, which its user may enter.
pub(super) fn new_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// Asks until there is an answer, a minute at most.
fn wait<T>(ask: impl Fn() -> Option<T>) -> Option<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        let answer = ask();
        if answer.is_some() || Instant::now() > end {
            return answer;
        }
        sleep(Duration::from_millis(10));
    }
}

/// The first process, which starts the others.
fn master() -> PathBuf {
    let folder = run(Command::new(find("postconf")).args(["-h", "daemon_directory"]));
    Path::new(folder.trim()).join("master")
}

fn configure(folder: &Path, address: SocketAddrV4, settings: &str) {
    for name in ["configuration", "queue", "queue/pid"] {
        fs::create_dir(folder.join(name)).unwrap();
    }
    let queues = ["active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming"];
    let others = ["maildrop", "saved", "trace", "private", "public"];
    let mut chown = Command::new("chown");
    chown.arg("postfix");
    for name in queues.iter().chain(&others).map(|name| format!("queue/{name}")) {
        fs::create_dir(folder.join(&name)).unwrap();
        chown.arg(folder.join(name));
    }
    fs::create_dir(folder.join("data")).unwrap();
    run(chown.arg(folder.join("data")));
    let write = |name: &str, text: &str| write_cold(&folder.join(name), text);
    let place = folder.display();
    // No name is looked up for a client, none of many messages is held up, and each message has one
    // file in one folder.
    write(
        "configuration/main.cf",
        &format!(
            "compatibility_level = 3.6\n\
             queue_directory = {place}/queue\n\
             data_directory = {place}/data\n\
             maillog_file = /dev/stdout\n\
             mydestination =\n\
             inet_interfaces = loopback-only\n\
             inet_protocols = ipv4\n\
             smtpd_peername_lookup = no\n\
             in_flow_delay = 0\n\
             hash_queue_names = hold\n\
             alias_maps =\n\
             {settings}"
        ),
    );
    write("configuration/master.cf", &format!("{address} inet n - n - - smtpd\n{SERVICES}"));
}
