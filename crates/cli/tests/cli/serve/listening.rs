//! Where the service listens, and what it says when it can't.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::process::Command;

use serde_json::json;

use super::http;
use super::server::Service;
use super::socketmap::ask;
use crate::run::{Outcome, command, run_with};

#[test]
fn without_any_configuration_the_pages_are_there() {
    let service = Service::start(&[]);
    for (path, start) in [("/en", "<html lang=\"en\">"), ("/it", "<html lang=\"it\">")] {
        let page = service.get(path);
        assert_eq!((page.status, page.field("content-type")), (200, "text/html; charset=utf-8"));
        assert!(page.body.contains(start), "{path}");
    }
    let root = service.get("/");
    assert_eq!((root.status, root.field("location")), (302, "/en"));
    let generated =
        service.post("/api/v1/generate", r#"{"domain":"example.com","mx":["mail.example.com"]}"#);
    assert_eq!(generated.status, 200);
    assert!(generated.body.contains("mail.example.com"));
    assert!(service.folder().join("sigillo/sigillo.sqlite").is_file());
    // Nobody asked for numbers.
    assert_eq!(service.get("/metrics").status, 404);
}

#[test]
fn several_addresses_at_once_one_of_them_a_unix_socket() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("web");
    let listen = format!("127.0.0.1:0,127.0.0.1:0,unix:{}", socket.display());
    let mut service = Service::start(&[("SIGILLO_WEB_LISTEN", &listen)]);
    service.wait_for(&format!("unix:{}", socket.display()));
    let said = service.said();
    let ports: Vec<&str> =
        said.split("http://").skip(1).map(|rest| rest.split('/').next().unwrap()).collect();
    assert_eq!(ports.len(), 2, "{said}");
    for port in ports {
        assert_eq!(http::get(http::tcp(port.parse().unwrap()), "/en").status, 200);
    }
    assert_eq!(http::get(http::unix(&socket), "/en").status, 200);
    service.signal("TERM");
    assert_eq!(service.end(), 0);
    assert!(!socket.exists(), "the socket is left behind");
    // What a service that was killed left behind is no hindrance.
    let dead = Service::start(&[("SIGILLO_WEB_LISTEN", &listen)]);
    dead.signal("KILL");
    drop(dead);
    assert!(socket.exists());
    let service = Service::start(&[("SIGILLO_WEB_LISTEN", &listen)]);
    service.wait_for(&format!("unix:{}", socket.display()));
    assert_eq!(http::get(http::unix(&socket), "/en").status, 200);
}

#[test]
fn below_a_path_and_with_an_address_of_its_own() {
    let service = Service::start(&[
        ("SIGILLO_WEB_BASE_PATH", "/tools/mta-sts"),
        ("SIGILLO_WEB_PUBLIC_URL", "https://mail.example.net"),
    ]);
    assert!(service.said().contains("/tools/mta-sts/\n"));
    assert_eq!(service.get("/tools/mta-sts/").field("location"), "/tools/mta-sts/en");
    let page = service.get("/tools/mta-sts/en").body;
    let italian = "hreflang=\"it\" href=\"https://mail.example.net/tools/mta-sts/it\"";
    assert!(page.contains(italian), "{page}");
    assert_eq!(service.get("/en").status, 404);
    let begun = service.post("/tools/mta-sts/api/v1/check", r#"{"domain":"example.com"}"#);
    assert_eq!(begun.status, 200, "{}", begun.body);
    let id = begun.field("location").strip_prefix("/tools/mta-sts/api/v1/check/").unwrap();
    let page = service.get(&format!("/tools/mta-sts/it/verifica/{id}"));
    let permalink = format!(">https://mail.example.net/tools/mta-sts/it/verifica/{id}<");
    assert!(page.body.contains(&permalink), "{}", page.body);
}

/// The same failure in both languages and as JSON.
fn fails(variables: &[(&str, &str)], code: &str, english: &str, italian: &str) {
    let run = |arguments: &[&str]| -> Outcome {
        let mut command = command(&[&["serve"], arguments].concat());
        command.env_remove("SIGILLO_CONFIG").env("SIGILLO_DNS_SERVERS", "127.0.0.1:9");
        command.env("SIGILLO_DNS_DNSSEC", "off").envs(variables.iter().copied());
        run_with(command, b"")
    };
    for (language, words) in [("en", english), ("it", italian)] {
        let outcome = run(&["--lang", language]);
        assert_eq!(outcome.status, 2);
        assert!(outcome.stderr.contains(words), "{}", outcome.stderr);
    }
    let outcome = run(&["--json"]);
    assert_eq!((outcome.status, &outcome.json()["error"]["code"]), (2, &json!(code)));
}

#[test]
fn an_address_that_is_taken_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    fails(
        &[("XDG_DATA_HOME", data), ("SIGILLO_WEB_LISTEN", &address)],
        "listen-unusable",
        &format!("nothing can listen at {address}"),
        &format!("non è possibile ascoltare a {address}"),
    );
    // Metrics too.
    fails(
        &[
            ("XDG_DATA_HOME", data),
            ("SIGILLO_WEB_LISTEN", "127.0.0.1:0"),
            ("SIGILLO_METRICS_LISTEN", &address),
        ],
        "listen-unusable",
        &format!("nothing can listen at {address}"),
        &format!("non è possibile ascoltare a {address}"),
    );
}

#[test]
fn a_store_that_cannot_be_written_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("taken");
    fs::write(&file, "no folder").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).unwrap();
    let url = format!("sqlite:{}", file.join("store.sqlite").display());
    fails(
        &[("SIGILLO_WEB_LISTEN", "127.0.0.1:0"), ("SIGILLO_STORE_URL", &url)],
        "store-unusable",
        &format!("the database {url} can't be used"),
        &format!("il database {url}"),
    );
    let mut again = command(&["serve", "--lang", "en"]);
    again.env_remove("SIGILLO_CONFIG").env("SIGILLO_STORE_URL", &url);
    let said = run_with(again, b"").stderr;
    assert_eq!(said.matches("the database").count(), 1, "{said}");
    assert!(said.contains("write the file and its folder"), "{said}");
    // The password is nobody's business.
    let mut command = command(&["serve"]);
    command.env_remove("SIGILLO_CONFIG").env("SIGILLO_WEB_LISTEN", "127.0.0.1:0");
    command.env("SIGILLO_STORE_URL", "postgres://sigillo:hidden@127.0.0.1:1/sigillo");
    let outcome = run_with(command, b"");
    assert_eq!(outcome.status, 2);
    assert!(outcome.stderr.contains("127.0.0.1:1"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("can't be reached"), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("hidden"), "{}", outcome.stderr);
}

#[test]
fn what_is_wrong_in_the_environment_alone_is_explained_without_a_file() {
    fails(
        &[("SIGILLO_WEB_LISTEN", "nonsense")],
        "config-invalid",
        "`sigillo config check` explains",
        "`sigillo config check` spiega",
    );
}

/// A group that the tests may give a file, other than the usual one if there is one: its name and
/// its number.
fn another_group() -> (String, u32) {
    let id = |option| sigillo_lab::run(Command::new("id").arg(option));
    if id("-u").trim() == "0" {
        return ("daemon".to_owned(), 1);
    }
    let (names, numbers) = (id("-Gn"), id("-G"));
    let last = numbers.split_whitespace().last().unwrap().parse().unwrap();
    (names.split_whitespace().last().unwrap().to_owned(), last)
}

#[test]
fn sockets_of_the_sender_have_the_permissions_and_the_group_that_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let [socket, http, admin] = ["socketmap", "http", "admin"].map(|name| folder.path().join(name));
    let listen = format!("unix:{},inet:127.0.0.1:0", socket.display());
    let (group, number) = another_group();
    for (group, mode) in [(group.as_str(), "0660"), (&number.to_string(), "0622")] {
        let mut service = Service::start(&[
            ("SIGILLO_SENDER_LISTEN", &listen),
            ("SIGILLO_SENDER_HTTP", &format!("unix:{}", http.display())),
            ("SIGILLO_SENDER_ADMIN", &format!("unix:{}", admin.display())),
            ("SIGILLO_SENDER_SOCKET_MODE", mode),
            ("SIGILLO_SENDER_SOCKET_GROUP", group),
        ]);
        let owner = |socket| {
            let metadata = fs::metadata(socket).unwrap();
            (format!("0{:o}", metadata.mode() & 0o7777), metadata.gid())
        };
        assert_eq!(owner(&socket), (mode.to_owned(), number));
        assert_eq!(owner(&http), (mode.to_owned(), number));
        // Commands may make it forget what protects mail, so that socket is nobody else's.
        assert_eq!(owner(&admin).0, "0600");
        assert_eq!(ask(http::unix(&socket), "postfix", "example.com"), "NOTFOUND ");
        assert_eq!(ask(http::tcp(service.mail_address()), "postfix", "a.example"), "NOTFOUND ");
        service.signal("TERM");
        assert_eq!(service.end(), 0);
        for socket in [&socket, &http, &admin] {
            assert!(!socket.exists(), "{} is left behind", socket.display());
        }
    }
}

#[test]
fn a_group_that_there_is_not_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let listen = format!("unix:{}", folder.path().join("socketmap").display());
    fails(
        &[
            ("XDG_DATA_HOME", folder.path().to_str().unwrap()),
            ("SIGILLO_SENDER_LISTEN", &listen),
            ("SIGILLO_SENDER_SOCKET_GROUP", "no-such-group"),
        ],
        "no-such-group",
        "there is no group no-such-group on this machine",
        "su questa macchina non esiste il gruppo no-such-group",
    );
    assert!(!folder.path().join("socketmap").exists());
}

#[test]
fn where_mail_servers_cannot_ask_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("inet:{}", taken.local_addr().unwrap());
    fails(
        &[("XDG_DATA_HOME", folder.path().to_str().unwrap()), ("SIGILLO_SENDER_LISTEN", &address)],
        "listen-unusable",
        &format!("nothing can listen at {address}"),
        &format!("non è possibile ascoltare a {address}"),
    );
}

#[test]
fn nobody_is_told_to_ask_before_all_can_be_asked() {
    let mut service = Service::start(&[("SIGILLO_SENDER_LISTEN", "inet:127.0.0.1:0")]);
    service.wait_for("Mail servers can ask at ");
    // The socket for commands is taken, or the address of the numbers.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    for (folder, metrics) in [
        (service.folder(), "127.0.0.1:0".to_owned()),
        (elsewhere.path(), taken.local_addr().unwrap().to_string()),
    ] {
        let mut command = command(&["serve", "--lang", "en"]);
        command.env_remove("SIGILLO_CONFIG").env("XDG_DATA_HOME", folder);
        command.env("SIGILLO_DNS_SERVERS", "127.0.0.1:9").env("SIGILLO_DNS_DNSSEC", "off");
        command.env("SIGILLO_SENDER_LISTEN", "inet:127.0.0.1:0");
        command.env("SIGILLO_WEB_LISTEN", "127.0.0.1:0").env("SIGILLO_METRICS_LISTEN", metrics);
        let outcome = run_with(command, b"");
        assert_eq!(outcome.status, 2);
        assert!(outcome.stderr.contains("nothing can listen at"), "{}", outcome.stderr);
        assert!(!outcome.stderr.contains("can ask at"), "{}", outcome.stderr);
        assert!(!outcome.stderr.contains("Sigillo is at"), "{}", outcome.stderr);
    }
    service.signal("TERM");
    assert_eq!(service.end(), 0);
}
