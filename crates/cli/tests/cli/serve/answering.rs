//! What mail servers are told, as the configuration changes under a running service.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use tempfile::TempDir;

use super::http;
use super::server::Service;
use super::socketmap::ask;

/// A policy of the operator's for example.com, which the domain need not publish.
const FORCED: &str = "[[override]]\ndomain = \"example.com\"\n\
     policy = { mode = \"enforce\", mx = [\"mail.example.com\", \"*.example.net\"] }\n";

/// What Postfix is told of it.
const SECURE: &str = "OK secure match=mail.example.com:.example.net servername=hostname";

/// The answer where there is no policy.
const NOTHING: &str = "NOTFOUND ";

/// A service with a configuration and overrides that change.
struct Changing {
    folder: TempDir,
    service: Service,
}

impl Changing {
    fn start(sender: &str, overrides: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), sender, overrides);
        let path = folder.path().join("sigillo.toml");
        let service = Service::start(&[("SIGILLO_CONFIG", path.to_str().unwrap())]);
        Self { folder, service }
    }

    /// Has the service read other files.
    fn change(&self, sender: &str, overrides: &str) {
        write(self.folder.path(), sender, overrides);
        self.service.signal("HUP");
    }

    fn ask(&self, next_hop: &str) -> String {
        let address: SocketAddr = self.service.mail_address();
        ask(http::tcp(address), "postfix", next_hop)
    }
}

fn write(folder: &Path, sender: &str, overrides: &str) {
    let file = folder.join("overrides.toml");
    fs::write(&file, overrides).unwrap();
    let text = format!(
        "[sender]\nlisten = [\"inet:127.0.0.1:0\"]\noverrides_file = \"{}\"\n{sender}",
        file.display()
    );
    fs::write(folder.join("sigillo.toml"), text).unwrap();
}

#[test]
fn changed_overrides_change_the_answer_without_a_restart() {
    let sender = Changing::start("", "");
    assert_eq!(sender.ask("example.com"), NOTHING);
    sender.change("", FORCED);
    sender.service.wait_for("the changed configuration is in use");
    assert_eq!(sender.ask("example.com"), SECURE);
    assert_eq!(sender.ask("[Example.com]:25"), SECURE);
    assert_eq!(sender.ask("other.example"), NOTHING);

    // What can't be read changes nothing, be it the overrides or the configuration.
    sender.change("", "[[override]]\ndomain = \"example.com\"\nmta_sts = \"perhaps\"\n");
    sender.service.wait_for("the changed configuration is refused");
    assert_eq!(sender.ask("example.com"), SECURE);
    sender.change("dane = \"perhaps\"\n", "");
    sender.service.wait_for_times("the changed configuration is refused", 2);
    assert_eq!(sender.ask("example.com"), SECURE);
    fs::remove_file(sender.folder.path().join("overrides.toml")).unwrap();
    sender.service.signal("HUP");
    sender.service.wait_for_times("the changed configuration is refused", 3);
    assert_eq!(sender.ask("example.com"), SECURE);

    sender.change("", "[[override]]\ndomain = \"example.com\"\nmta_sts = \"skip\"\n");
    sender.service.wait_for_times("the changed configuration is in use", 2);
    assert_eq!(sender.ask("example.com"), NOTHING);
}

#[test]
fn a_dry_run_says_in_the_log_alone_what_it_would_answer() {
    let sender = Changing::start("dry_run = true\n", FORCED);
    sender.service.wait_for("this is a dry run");
    assert_eq!(sender.ask("example.com"), NOTHING);
    sender.service.wait_for("would be answered");
    let said = sender.service.said();
    let line = said.lines().find(|line| line.contains("would be answered")).unwrap();
    assert!(line.contains("example.com") && line.contains("secure"), "{line}");

    sender.change("dry_run = false\n", FORCED);
    sender.service.wait_for("the changed configuration is in use");
    assert_eq!(sender.ask("example.com"), SECURE);
}
