//! The service, as a child of the test.

use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::http::{self, Reply};
use crate::run::command;

/// How long it may take to do what it is told.
const PATIENCE: Duration = Duration::from_mins(1);

/// A service that runs until the test ends.
pub(super) struct Service {
    child: Child,
    said: Arc<Mutex<String>>,
    folder: Arc<TempDir>,
}

impl Service {
    /// The service with these variables, its data in a folder of its own.
    pub(super) fn start(variables: &[(&str, &str)]) -> Self {
        Self::start_in(&Arc::new(tempfile::tempdir().unwrap()), variables)
    }

    /// The same with the data in a folder. Unless variables say otherwise it listens at a free port, and nobody
    /// answers its questions.
    pub(super) fn start_in(folder: &Arc<TempDir>, variables: &[(&str, &str)]) -> Self {
        let mut command = command(&["serve"]);
        command
            .env_remove("SIGILLO_CONFIG")
            .env("XDG_DATA_HOME", folder.path())
            .env("SIGILLO_WEB_LISTEN", "127.0.0.1:0")
            .env("SIGILLO_DNS_SERVERS", "127.0.0.1:9")
            .env("SIGILLO_DNS_DNSSEC", "off")
            .envs(variables.iter().copied());
        let service = Self::spawn(command, folder);
        service.wait_for("Sigillo is at ");
        service
    }

    /// The service as a command starts it, without waiting until it is there.
    pub(super) fn spawn(mut command: Command, folder: &Arc<TempDir>) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let kept = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut kept = kept.lock().unwrap();
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        Self { child, said, folder: Arc::clone(folder) }
    }

    /// Where its data is.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What it has said so far.
    pub(super) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until it says this.
    pub(super) fn wait_for(&self, text: &str) {
        self.wait_for_times(text, 1);
    }

    /// Waits until it has said this so many times.
    pub(super) fn wait_for_times(&self, text: &str, times: usize) {
        let end = Instant::now() + PATIENCE;
        while self.said().matches(text).count() < times {
            assert!(Instant::now() < end, "it doesn't say {text:?}:\n{}", self.said());
            sleep(Duration::from_millis(5));
        }
    }

    /// The address at which it says that it is over TCP.
    pub(super) fn address(&self) -> SocketAddr {
        let said = self.said();
        let (_, rest) = said.split_once("http://").unwrap();
        rest.split('/').next().unwrap().parse().unwrap()
    }

    /// The address at which it says that mail servers can ask over TCP.
    pub(super) fn mail_address(&self) -> SocketAddr {
        let before = "Mail servers can ask at inet:";
        self.wait_for(before);
        let said = self.said();
        let (_, rest) = said.split_once(before).unwrap();
        rest.lines().next().unwrap().parse().unwrap()
    }

    /// A connection to that of the pages.
    pub(super) fn connect(&self) -> TcpStream {
        http::tcp(self.address())
    }

    /// What stands at a path.
    pub(super) fn get(&self, path: &str) -> Reply {
        http::get(self.connect(), path)
    }

    /// The answer to an object.
    pub(super) fn post(&self, path: &str, json: &str) -> Reply {
        http::post(self.connect(), path, json)
    }

    /// Sends a signal.
    pub(super) fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([format!("-{name}"), self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Waits for its end, and gives the status.
    pub(super) fn end(&mut self) -> i32 {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().expect("it ends by itself");
            }
            assert!(Instant::now() < end, "it doesn't end:\n{}", self.said());
            sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("what the service said:\n{}", self.said());
        }
    }
}
