//! Results that are kept, in either database.

use std::sync::Arc;

use serde_json::Value;
use sigillo_lab::Postgres;
use sigillo_lab::dns::ScriptedDns;

use super::server::Service;

/// Looks at a domain, and finds the result again after a restart.
fn survives_a_restart(variables: &[(&str, &str)]) {
    let server = ScriptedDns::replying(|query, reply| {
        match (query.name().trim_end_matches('.'), query.kind().as_str()) {
            ("example.com", "MX") => reply.mx("example.com", 0, ""),
            _ => reply,
        }
    });
    let address = server.address().to_string();
    let variables = [variables, &[("SIGILLO_DNS_SERVERS", address.as_str())]].concat();
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let mut service = Service::start_in(&folder, &variables);
    let begun = service.post("/api/v1/check", r#"{"domain":"example.com"}"#);
    assert_eq!(begun.status, 200, "{}", begun.body);
    let result = begun.field("location").to_owned();
    service.signal("TERM");
    assert_eq!(service.end(), 0);

    let service = Service::start_in(&folder, &variables);
    let before = server.queries();
    let again = service.get(&result);
    assert_eq!(again.status, 200);
    let report = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(report(&again.body), report(&begun.body));
    let id = result.rsplit('/').next().unwrap();
    for path in [format!("/en/check/{id}"), format!("/it/verifica/{id}")] {
        let page = service.get(&path);
        assert_eq!(page.status, 200);
        assert!(page.body.contains("example.com"));
    }
    assert_eq!(server.queries(), before, "what is kept is not looked at again");
}

#[test]
fn results_survive_a_restart() {
    survives_a_restart(&[]);
}

#[test]
fn results_survive_a_restart_in_postgresql() {
    let postgres = Postgres::start();
    survives_a_restart(&[("SIGILLO_STORE_URL", &postgres.new_database())]);
}

#[test]
fn without_its_database_the_service_is_alive_but_not_ready() {
    let mut postgres = Postgres::start();
    let service = Service::start(&[("SIGILLO_STORE_URL", &postgres.new_database())]);
    let health = |path| (service.get(path).status, service.get(path).body);
    assert_eq!(health("/healthz"), (200, "ok\n".to_owned()));
    assert_eq!(health("/readyz"), (200, "ok\n".to_owned()));
    postgres.stop();
    assert_eq!(health("/healthz"), (200, "ok\n".to_owned()));
    assert_eq!(health("/readyz"), (503, "store unreachable\n".to_owned()));
    // What needs no database goes on, and what does says so.
    assert_eq!(service.get("/en/generator").status, 200);
    let nothing = service.get("/api/v1/check/0123456789abcdef0123456789abcdef");
    assert_eq!((nothing.status, nothing.field("content-type")), (503, "application/problem+json"));
    assert_eq!(service.get("/en/check/0123456789abcdef0123456789abcdef").status, 503);
    postgres.start_again();
    assert_eq!(health("/readyz").0, 200);
    let said = service.said();
    assert!(said.contains("the store can't be reached"), "{said}");
    assert!(!said.contains(Postgres::PASSWORD), "{said}");
}
