//! `sigillo serve`, as a child of the tests.

use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use sigillo_lab::mail::MailLab;
use sigillo_lab::{Program, own_address, run};
use tempfile::TempDir;

use crate::client;
use crate::clocks::{self, Leftovers};

/// How long it may take to do what it is told.
const PATIENCE: Duration = Duration::from_mins(1);

/// The program with its configuration and its data; it may be stopped and started again.
#[derive(Debug)]
pub(crate) struct Sigillo {
    running: Option<Running>,
    runs: usize,
    inet: SocketAddr,
    /// Whether its clocks can be moved.
    movable: bool,
    folder: TempDir,
}

/// The program while it runs.
#[derive(Debug)]
struct Running {
    program: Program,
    // Dropped after the program has ended.
    _leftovers: Option<Leftovers>,
}

/// The program before its first start.
#[derive(Debug)]
pub(crate) struct Builder {
    lab: Arc<MailLab>,
    resolver: SocketAddr,
    store: Option<String>,
    movable: bool,
}

impl Builder {
    /// One that asks the resolver of the lab.
    pub(crate) fn new(lab: Arc<MailLab>) -> Self {
        let resolver = lab.resolver_address();
        Self { lab, resolver, store: None, movable: false }
    }

    /// Asks this resolver instead.
    pub(crate) fn resolver(self, resolver: SocketAddr) -> Self {
        Self { resolver, ..self }
    }

    /// Keeps policies in this file.
    pub(crate) fn store(self, file: &Path) -> Self {
        self.store_url(format!("sqlite:{}", file.display()))
    }

    /// Keeps policies in the database of this URL.
    pub(crate) fn store_url(self, url: String) -> Self {
        Self { store: Some(url), ..self }
    }

    /// Lets [`Sigillo::move_clocks`] move the clocks.
    pub(crate) fn with_movable_clocks(self) -> Self {
        Self { movable: true, ..self }
    }

    pub(crate) fn start(self) -> Sigillo {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let inet = SocketAddr::from((own_address(), 8461));
        let at = |name: &str| folder.path().join(name);
        fs::write(at("root.pem"), self.lab.pki().root_pem()).unwrap();
        fs::write(at("root.ds"), self.lab.trust_anchor()).unwrap();
        fs::write(at("overrides.toml"), "").unwrap();
        fs::write(at("clock"), "+0\n").unwrap();
        let configuration = format!(
            r#"
[store]
url = "{store}"

[sender]
listen = ["unix:{folder}/policies", "inet:{inet}"]
admin = "unix:{folder}/admin"
socket_mode = "0666"
address_guard = "off"
overrides_file = "{folder}/overrides.toml"

[dns]
servers = ["{resolver}"]
dnssec = "validate"
trust_anchor_file = "{folder}/root.ds"

[tls]
extra_ca_file = "{folder}/root.pem"

[network]
https_port = {https_port}

[metrics]
listen = ["unix:{folder}/metrics"]
"#,
            store =
                self.store.unwrap_or_else(|| format!("sqlite:{}", at("store.sqlite").display())),
            folder = folder.path().display(),
            resolver = self.resolver,
            https_port = self.lab.https_port(),
        );
        fs::write(at("sigillo.toml"), configuration).unwrap();
        let mut sigillo = Sigillo { running: None, runs: 0, inet, movable: self.movable, folder };
        sigillo.start();
        sigillo
    }
}

impl Sigillo {
    /// Starts it again.
    pub(crate) fn start(&mut self) {
        for _ in 0..clocks::TRIES {
            match self.try_to_start() {
                Ok(running) => {
                    self.running = Some(running);
                    return;
                }
                Err(log) => {
                    assert!(clocks::has_ended_for_its_clock(&log), "it ended at once:\n{log}");
                }
            }
        }
        panic!("it doesn't start");
    }

    /// An error is the log of one that has ended.
    fn try_to_start(&mut self) -> Result<Running, String> {
        let mut program = self.launch();
        let ready =
            || ["policies", "metrics"].iter().all(|it| UnixStream::connect(self.file(it)).is_ok());
        let leftovers = self.movable.then(|| Leftovers::of(&program));
        program.wait_until(ready)?;
        Ok(Running { program, _leftovers: leftovers })
    }

    /// Starts it, whether or not it comes to answer.
    pub(crate) fn launch(&mut self) -> Program {
        self.runs += 1;
        let mut command = Command::new(env!("CARGO_BIN_EXE_sigillo"));
        command.args(["serve", "--config"]).arg(self.file("sigillo.toml"));
        command.env_clear().env("LANG", "C.UTF-8");
        if self.movable {
            clocks::make_movable(&mut command, &self.file("clock"));
        }
        let name = format!("sigillo-{}", self.runs);
        Program::start(&mut command, &name, self.folder.path())
    }

    /// Has it end in good order.
    pub(crate) fn stop(&mut self) {
        let mut running = self.running.take().expect("a running program");
        running.program.terminate();
        assert!(running.program.log().contains("stopping"), "it was not told to stop");
    }

    /// Has it end in good order, however long that takes up to this.
    pub(crate) fn stop_within(&mut self, within: Duration) {
        let mut running = self.running.take().expect("a running program");
        running.program.signal("TERM");
        assert!(running.program.wait_for_end(within), "{}", running.program.log());
    }

    /// Ends it as `kill -9` does.
    pub(crate) fn kill(&mut self) {
        drop(self.running.take().expect("a running program"));
    }

    /// Ends it in good order and starts it again: it remembers nothing but policies, and looks anew.
    pub(crate) fn restart(&mut self) {
        self.stop();
        self.start();
    }

    /// Has it read its configuration and these overrides.
    pub(crate) fn reload(&self, overrides: &str) {
        fs::write(self.file("overrides.toml"), overrides).unwrap();
        let done = "the changed configuration is in use";
        let before = self.log().matches(done).count();
        self.program().signal("HUP");
        self.wait("it reloads", || self.log().matches(done).count() > before);
    }

    /// Moves its clocks to this long after the time of the others. It has to have been started with
    /// [`Builder::with_movable_clocks`].
    pub(crate) fn move_clocks(&self, ahead: Duration) {
        assert!(self.movable, "the clocks can't be moved");
        let next = self.file("clock.next");
        fs::write(&next, format!("+{}\n", ahead.as_secs())).unwrap();
        fs::rename(next, self.file("clock")).unwrap();
    }

    /// Runs a command, such as `cache purge`, on the machine of the program, and says what it prints.
    pub(crate) fn command(&self, arguments: &[&str]) -> String {
        run(&mut self.of_command(arguments))
    }

    /// Runs a command that fails, and says why it does.
    pub(crate) fn failing_command(&self, arguments: &[&str]) -> String {
        let output = self.of_command(arguments).output().unwrap();
        assert!(!output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    fn of_command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sigillo"));
        command.args(arguments).arg("--config").arg(self.file("sigillo.toml"));
        command.env_clear().env("LANG", "C.UTF-8");
        command
    }

    /// What it answers at the admin socket.
    pub(crate) fn admin(&self, path: &str) -> String {
        client::get(client::unix(&self.file("admin")), path)
    }

    /// The table that Postfix is to ask.
    pub(crate) fn map(&self) -> String {
        format!("socketmap:unix:{}:postfix", self.file("policies").display())
    }

    /// The same over TCP.
    pub(crate) fn inet_map(&self) -> String {
        format!("socketmap:inet:{}:postfix", self.inet)
    }

    /// Where it answers over TCP.
    pub(crate) fn inet(&self) -> SocketAddr {
        self.inet
    }

    /// What Postfix is told of a next hop.
    pub(crate) fn ask(&self, next_hop: &str) -> String {
        client::ask(client::unix(&self.file("policies")), "postfix", next_hop)
    }

    /// The same with what reports are to say.
    pub(crate) fn ask_with_report(&self, next_hop: &str) -> String {
        client::ask(client::unix(&self.file("policies")), "postfix-tlsrpt", next_hop)
    }

    /// Waits until Postfix is told this of a next hop.
    pub(crate) fn wait_for_answer(&self, next_hop: &str, answer: &str) {
        let what = format!("{next_hop}: {answer:?}");
        self.wait(&what, || self.ask(next_hop) == answer);
    }

    /// The value of a metric, with its labels.
    pub(crate) fn metric(&self, name: &str) -> u64 {
        let text = client::get(client::unix(&self.file("metrics")), "/metrics");
        let start = format!("{name} ");
        let value = text.lines().find_map(|line| line.strip_prefix(&start));
        value.unwrap_or_else(|| panic!("no {name}:\n{text}")).parse().unwrap()
    }

    /// The sum of a metric over all its labels.
    pub(crate) fn metric_sum(&self, name: &str) -> u64 {
        let text = client::get(client::unix(&self.file("metrics")), "/metrics");
        let values = text.lines().filter(|line| line.starts_with(&format!("{name}{{")));
        values.map(|line| line.rsplit(' ').next().unwrap().parse::<u64>().unwrap()).sum()
    }

    /// Waits until something is true.
    pub(crate) fn wait(&self, what: &str, is_true: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is_true() {
            assert!(Instant::now() < end, "{what} doesn't come:\n{}", self.log());
            sleep(Duration::from_millis(20));
        }
    }

    /// What it has said since its last start.
    pub(crate) fn log(&self) -> String {
        self.program().log()
    }

    fn program(&self) -> &Program {
        &self.running.as_ref().expect("a running program").program
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}
