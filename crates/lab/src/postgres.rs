use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::certificates::Identity;
use crate::program::runs_as_root;
use crate::{find, free_port, run};

/// How long the server may take to start or end.
const PATIENCE: Duration = Duration::from_secs(30);

/// The user that owns everything in the cluster.
const USER: &str = "sigillo";

/// A shell that runs the server for as long as its standard input is open, and so no longer than
/// the tests, however they end; then it removes the folder. A word at its input stops or starts
/// the server, or has all its processes hang or go on.
const KEEPER: &str = r#"
    folder=$1; shift
    trap : INT TERM
    signal() { kill -"$1" $server; kill -"$1" $(cat /proc/$server/task/$server/children); } 2>/dev/null
    "$@" & server=$!
    while read -r word; do
        case $word in
            stop) kill -INT $server; wait $server; : >"$folder/stopped" ;;
            start) "$@" & server=$! ;;
            hang) signal STOP; : >"$folder/hung" ;;
            go-on) signal CONT; : >"$folder/going" ;;
        esac
    done
    signal CONT; kill -INT $server 2>/dev/null; wait $server
    rm -rf "$folder"
"#;

/// A real PostgreSQL, whose data is gone when it ends. It listens at a Unix socket and a free port
/// of loopback, and asks for a password.
#[derive(Debug)]
pub struct Postgres {
    folder: PathBuf,
    port: u16,
    keeper: Child,
    words: Option<ChildStdin>,
    databases: AtomicU32,
}

impl Postgres {
    /// The password of the user in [`new_database`](Self::new_database); characters of it have to
    /// be escaped in a URL.
    pub const PASSWORD: &str = "pass/word@1";

    /// The one that all tests of a program share. It ends with the program.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// One of the test's own, which ends when it is dropped.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(None)
    }

    /// One that offers TLS with this certificate.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    #[must_use]
    pub fn start_with_tls(identity: &Identity) -> Self {
        Self::start_with(Some(identity))
    }

    fn start_with(identity: Option<&Identity>) -> Self {
        for _ in 0..5 {
            let postgres = Self::launch(identity, free_port());
            match postgres.wait_until_ready() {
                Ok(()) => return postgres,
                Err(log) => assert!(log.contains("in use"), "PostgreSQL is not ready:\n{log}"),
            }
        }
        panic!("no free port for PostgreSQL in five attempts");
    }

    fn launch(identity: Option<&Identity>, port: u16) -> Self {
        let folder = cluster(identity);
        let log = File::create(folder.path().join("log")).unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", KEEPER, "sh"]).arg(folder.path());
        command.args(unprivileged("postgres"));
        command.arg("-D").arg(folder.path().join("data"));
        command.arg("-k").arg(folder.path()).args(["-h", "127.0.0.1", "-p", &port.to_string()]);
        for setting in ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] {
            command.args(["-c", setting]);
        }
        if identity.is_some() {
            command.args(["-c", "ssl=on"]);
        }
        let mut keeper = command
            .stdin(Stdio::piped())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let words = keeper.stdin.take();
        // From here on the keeper removes it.
        Self { folder: folder.keep(), port, keeper, words, databases: AtomicU32::new(0) }
    }

    /// Makes an empty database and gives its URL, through the Unix socket.
    ///
    /// # Panics
    /// If it can't be made.
    #[must_use]
    pub fn new_database(&self) -> String {
        let name = format!("test{}", self.databases.fetch_add(1, Ordering::Relaxed));
        run(self.client("createdb").arg(&name));
        let socket = self.folder.display().to_string().replace('/', "%2F");
        let password = Self::PASSWORD.replace('/', "%2F").replace('@', "%40");
        format!("postgres://{USER}:{password}@{socket}:{}/{name}", self.port)
    }

    /// The port of 127.0.0.1 on which it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends the server; its data stays.
    ///
    /// # Panics
    /// If it doesn't end.
    pub fn stop(&mut self) {
        self.tell_and_wait("stop", "stopped");
    }

    /// Has the server hang: it keeps its connections, the system goes on to accept more, and nothing
    /// is answered.
    ///
    /// # Panics
    /// If it doesn't.
    pub fn hang(&mut self) {
        self.tell_and_wait("hang", "hung");
    }

    /// Has a server that hangs go on where it was.
    ///
    /// # Panics
    /// If it doesn't.
    pub fn go_on(&mut self) {
        self.tell_and_wait("go-on", "going");
    }

    /// Starts the server again.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    pub fn start_again(&mut self) {
        self.tell("start");
        self.wait_until_ready().unwrap();
    }

    /// The keeper makes the file when it has done so.
    fn tell_and_wait(&mut self, word: &str, done: &str) {
        let done = self.folder.join(done);
        self.tell(word);
        let end = Instant::now() + PATIENCE;
        while !done.exists() {
            assert!(Instant::now() < end, "PostgreSQL doesn't {word}:\n{}", self.log());
            sleep(Duration::from_millis(10));
        }
        fs::remove_file(done).unwrap();
    }

    fn tell(&mut self, word: &str) {
        writeln!(self.words.as_mut().unwrap(), "{word}").unwrap();
    }

    /// An `Err` has the log of a server that found its port taken or isn't ready in time.
    fn wait_until_ready(&self) -> Result<(), String> {
        let end = Instant::now() + PATIENCE;
        loop {
            if self.client("pg_isready").arg("-q").status().unwrap().success() {
                return Ok(());
            }
            let log = self.log();
            if log.contains("could not create any TCP/IP sockets") || Instant::now() > end {
                return Err(log);
            }
            sleep(Duration::from_millis(20));
        }
    }

    fn client(&self, name: &str) -> Command {
        let mut command = Command::new(find(name));
        command.env("PGPASSWORD", Self::PASSWORD).arg("-h").arg(&self.folder);
        command.args(["-p", &self.port.to_string(), "-U", USER]);
        command
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the log of PostgreSQL:\n{}", self.log());
        }
        drop(self.words.take());
        // Fails only if it has been waited for.
        let _ = self.keeper.wait();
    }
}

/// The data of a cluster in a folder of the user who runs it.
fn cluster(identity: Option<&Identity>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let password = folder.path().join("password");
    fs::write(&password, Postgres::PASSWORD).unwrap();
    give_away(folder.path());
    let [first, arguments @ ..] = &*unprivileged("initdb") else { unreachable!() };
    run(Command::new(first)
        .args(arguments)
        .arg("-D")
        .arg(&data)
        .arg("--pwfile")
        .arg(&password)
        .args(["-U", USER, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync"])
        .current_dir(folder.path()));
    if let Some(identity) = identity {
        fs::write(data.join("server.crt"), &identity.chain_pem).unwrap();
        let key = data.join("server.key");
        fs::write(&key, &identity.key_pem).unwrap();
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
        give_away(folder.path());
    }
    folder
}

/// PostgreSQL refuses to run as root: then it is the user that its package makes.
fn unprivileged(name: &str) -> Vec<PathBuf> {
    let mut command: Vec<PathBuf> = Vec::new();
    if runs_as_root() {
        let words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"];
        command.extend(words.map(PathBuf::from));
    }
    command.push(find(name));
    command
}

fn give_away(folder: &Path) {
    if runs_as_root() {
        run(Command::new("chown").arg("-R").arg("postgres:").arg(folder));
    }
}
