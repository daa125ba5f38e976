//! What the service does when it is told to stop or to read its configuration again.

use std::fs;
use std::net::TcpStream;
use std::thread::{self, sleep};
use std::time::Duration;

use sigillo_lab::dns::ScriptedDns;

use super::http;
use super::server::Service;

#[test]
fn told_to_stop_it_finishes_the_answer_under_way() {
    for signal in ["TERM", "INT"] {
        let server = ScriptedDns::replying(|_, reply| reply);
        server.set_delay(Duration::from_millis(300));
        let address = server.address().to_string();
        let mut service = Service::start(&[("SIGILLO_DNS_SERVERS", &address)]);
        let before = server.queries();
        let connection = service.connect();
        let answer = thread::spawn(move || {
            http::post(connection, "/api/v1/check", r#"{"domain":"example.com"}"#)
        });
        while server.queries() == before {
            sleep(Duration::from_millis(1));
        }
        service.signal(signal);
        let answer = answer.join().unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
        let address = service.address();
        assert_eq!(service.end(), 0);
        assert!(TcpStream::connect(address).is_err());
    }
}

#[test]
fn told_to_it_reads_its_configuration_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sigillo.toml");
    let write = |host: &str| {
        let text = format!("[web]\npublic_url = \"https://{host}\"\n");
        fs::write(&path, text).unwrap();
    };
    write("first.example");
    let service = Service::start(&[("SIGILLO_CONFIG", path.to_str().unwrap())]);
    let knows = |host: &str| service.get("/en").body.contains(host);
    assert!(knows("https://first.example/it"));

    write("second.example");
    service.signal("HUP");
    service.wait_for("the changed configuration is in use");
    assert!(knows("https://second.example/it"));

    write("not a host");
    service.signal("HUP");
    service.wait_for("the changed configuration is refused, the one before stays in use");
    assert!(knows("https://second.example/it"));

    fs::write(&path, "[web]\nbase_path = \"/below\"\nlisten = [\"127.0.0.1:1\"]\n").unwrap();
    service.signal("HUP");
    sleep(Duration::from_millis(1));
    while service.get("/below/en").status != 200 {
        sleep(Duration::from_millis(5));
    }
    assert_eq!(service.get("/en").status, 404);
}

#[test]
fn results_outlive_a_changed_configuration() {
    let server = ScriptedDns::replying(|_, reply| reply);
    let address = server.address().to_string();
    let service = Service::start(&[("SIGILLO_DNS_SERVERS", &address)]);
    let begun = service.post("/api/v1/check", r#"{"domain":"example.com"}"#);
    service.signal("HUP");
    service.wait_for("the changed configuration is in use");
    assert_eq!(service.get(begun.field("location")).status, 200);
}
