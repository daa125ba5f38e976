//! The service under a service manager: the sockets that it is given, and what it tells.

use std::ffi::OsStr;
use std::net::TcpStream;
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use sigillo_lab::dns::ScriptedDns;
use sigillo_lab::{free_port, loopback};
use tempfile::TempDir;

use super::http;
use super::server::Service;
use super::socketmap::ask;
use crate::run::command;

/// Longer than anything takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// The service manager's side: where it is told things.
struct Manager {
    socket: UnixDatagram,
    path: PathBuf,
    folder: Arc<TempDir>,
}

impl Manager {
    fn new() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let path = folder.path().join("notify");
        let socket = UnixDatagram::bind(&path).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        Self { socket, path, folder }
    }

    /// A role for mail servers alone, with a watchdog that wants to hear twice in these microseconds.
    fn start(&self, listen: &str, dns: &str, watchdog: u64) -> Service {
        let mut command = command(&["serve"]);
        command
            .env("XDG_DATA_HOME", self.folder.path())
            .env("SIGILLO_SENDER_LISTEN", listen)
            .env("SIGILLO_DNS_SERVERS", dns)
            .env("NOTIFY_SOCKET", &self.path)
            .env("WATCHDOG_USEC", watchdog.to_string());
        Service::spawn(command, &self.folder)
    }

    /// What it is told next.
    fn told(&self) -> String {
        let mut buffer = [0; 1_024];
        let length = self.socket.recv(&mut buffer).expect("the service says nothing");
        str::from_utf8(&buffer[..length]).unwrap().trim_end().to_owned()
    }

    /// What it is told next other than that all is well.
    fn told_more(&self) -> String {
        loop {
            let told = self.told();
            if told != "WATCHDOG=1" {
                return told;
            }
        }
    }
}

#[test]
fn the_service_manager_hears_of_the_start_a_reload_and_the_end() {
    let manager = Manager::new();
    let server = ScriptedDns::replying(|_, reply| reply);
    let dns = server.address().to_string();
    let mut service = manager.start("inet:127.0.0.1:0", &dns, 200_000);
    assert_eq!(manager.told(), "READY=1");
    // Whoever is told so can ask.
    ask(http::tcp(service.mail_address()), "postfix", "example.com");
    for _ in 0..3 {
        assert_eq!(manager.told(), "WATCHDOG=1");
    }
    service.signal("HUP");
    let reloading = manager.told_more();
    let time = reloading.strip_prefix("RELOADING=1\nMONOTONIC_USEC=").unwrap_or_default();
    assert!(time.parse::<u64>().is_ok_and(|time| time > 0), "{reloading}");
    assert_eq!(manager.told_more(), "READY=1");
    assert_eq!(manager.told(), "WATCHDOG=1");
    service.signal("TERM");
    assert_eq!(manager.told_more(), "STOPPING=1");
    assert_eq!(service.end(), 0);
}

#[test]
fn the_watchdog_hears_that_all_is_well_also_while_name_servers_fail() {
    let manager = Manager::new();
    let failing = ScriptedDns::replying(|_, reply| reply.rcode(2));
    let dns = failing.address().to_string();
    // They are tried more often than the watchdog wants to hear something.
    let service = manager.start("inet:127.0.0.1:0", &dns, 6_000_000);
    assert_eq!(manager.told(), "READY=1");
    service.wait_for("the name servers don't answer");
    let waits = ask(http::tcp(service.mail_address()), "postfix", "example.com");
    assert_eq!(waits, "TEMP the DNS can't be asked at the moment");
    for _ in 0..3 {
        assert_eq!(manager.told(), "WATCHDOG=1");
    }
}

/// A connection as soon as somebody listens; systemd has done that before anything else.
fn connected(path: &Path) -> UnixStream {
    let end = Instant::now() + PATIENCE;
    while UnixStream::connect(path).is_err() {
        assert!(Instant::now() < end, "nobody listens at {}", path.display());
        sleep(Duration::from_millis(5));
    }
    http::unix(path)
}

#[test]
fn the_sockets_of_the_service_manager_answer_and_stay() {
    if !sigillo_lab::available(&["systemd-socket-activate"]) {
        return;
    }
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (unix, inet) = (folder.path().join("socketmap"), loopback(free_port()));
    let unused = folder.path().join("unused");
    let mut command = Command::new(sigillo_lab::find("systemd-socket-activate"));
    command.env_clear().args(["-l".as_ref(), unix.as_os_str()]);
    command.args(["-l", &inet.to_string()]);
    for (name, value) in [
        ("XDG_DATA_HOME", folder.path().as_os_str()),
        ("LANG", OsStr::new("en_GB.UTF-8")),
        ("SIGILLO_CONFIG", OsStr::new("/dev/null")),
        ("SIGILLO_DNS_SERVERS", OsStr::new("127.0.0.1:9")),
        ("SIGILLO_DNS_DNSSEC", OsStr::new("off")),
        ("SIGILLO_SENDER_LISTEN", OsStr::new(&format!("unix:{}", unused.display()))),
    ] {
        let variable = [OsStr::new(name), value].join(OsStr::new("="));
        command.args([OsStr::new("-E"), &variable]);
    }
    command.args([env!("CARGO_BIN_EXE_sigillo"), "serve"]);
    let mut service = Service::spawn(command, &folder);

    // The first to connect starts it, and is answered.
    let first = connected(&unix);
    assert_eq!(ask(first, "postfix", "example.com"), "NOTFOUND ");
    assert_eq!(ask(http::unix(&unix), "postfix-tlsrpt", "example.com"), "NOTFOUND ");
    assert_eq!(ask(http::tcp(inet), "postfix", "example.com"), "NOTFOUND ");
    // They come in place of those of the configuration.
    assert!(!unused.exists());
    service.signal("TERM");
    assert_eq!(service.end(), 0);
    assert!(unix.exists(), "the socket is the service manager's to remove");
    assert!(TcpStream::connect(inet).is_err());
}
