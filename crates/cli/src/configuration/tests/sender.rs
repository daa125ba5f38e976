//! `[sender]`.

use std::path::PathBuf;

use sigillo_listen::{ListenAddress, SOCKET_PATH_BYTES};
use sigillo_sender::answer::DefaultLevel;
use sigillo_sender::decision::DanePartial;
use sigillo_sender::socketmap::{MapName, SocketmapAddress};

use super::*;

fn sender(keys: &str) -> SenderConfiguration {
    read(&format!("[sender]\n{keys}\n"), &[]).sender.unwrap()
}

#[test]
fn the_role_runs_alone_or_beside_the_pages() {
    let roles =
        |file, variables| Configuration::read(&sources(file, variables)).unwrap().roles().join(" ");
    assert_eq!(roles(Some("[sender]"), &[]), "sender");
    assert_eq!(roles(Some("[sender]\n[web]"), &[]), "web sender");
    assert_eq!(roles(Some("[web]"), &[("SIGILLO_SENDER_DANE", "off")]), "web sender");
    // What names a role in the environment alone means that role alone.
    assert_eq!(roles(None, &[("SIGILLO_SENDER_DANE", "off")]), "sender");
    assert_eq!(roles(None, &[("SIGILLO_DNS_DNSSEC", "off")]), "web");
}

#[test]
fn its_defaults() {
    let home = "/home/somebody/.local/share/sigillo/admin.sock";
    let expected = SenderConfiguration {
        listen: vec![SocketmapAddress(ListenAddress::Tcp("127.0.0.1:8461".parse().unwrap()))],
        maps: vec![MapName::Postfix, MapName::PostfixTlsRpt],
        dane: DanePreference::Prefer,
        dane_partial: DanePartial::MtaSts,
        default_level: DefaultLevel::May,
        overrides_file: None,
        admin: ListenAddress::Unix(home.into()),
        http: Vec::new(),
        socket_mode: 0o660,
        socket_group: None,
        address_guard: AddressGuard::Public,
        lookups_at_once: 256,
        connections_at_most: 1_000,
        cache_entries: 2_000_000,
        unused_for: Duration::from_hours(90 * 24),
        dry_run: false,
    };
    assert_eq!(sender(""), expected);
}

#[test]
fn every_key_says_what_it_is_for() {
    let read = sender(
        "listen = [\"unix:/run/s\", \"inet:[::1]:1\", \"127.0.0.1:2\"]\nmaps = [\"postfix\"]\n\
         dane = \"off\"\ndane_partial = \"dane\"\ndefault_level = \"dane\"\n\
         overrides_file = \"/etc/o.toml\"\nadmin = \"unix:/run/admin\"\n\
         http = [\"127.0.0.1:3\", \"unix:/run/http\"]\nsocket_mode = \"0o666\"\n\
         socket_group = \"postfix\"\naddress_guard = \"off\"\nlookups_at_once = 1\n\
         connections_at_most = 2\ncache_entries = 1000\nunused_for = \"1d\"\ndry_run = true",
    );
    let listen: Vec<String> = read.listen.iter().map(ToString::to_string).collect();
    assert_eq!(listen, ["unix:/run/s", "inet:[::1]:1", "inet:127.0.0.1:2"]);
    let http: Vec<String> = read.http.iter().map(ToString::to_string).collect();
    assert_eq!(http, ["127.0.0.1:3", "unix:/run/http"]);
    let expected = SenderConfiguration {
        listen: read.listen.clone(),
        maps: vec![MapName::Postfix],
        dane: DanePreference::Off,
        dane_partial: DanePartial::Dane,
        default_level: DefaultLevel::Dane,
        overrides_file: Some("/etc/o.toml".to_owned()),
        admin: ListenAddress::Unix("/run/admin".into()),
        http: read.http.clone(),
        socket_mode: 0o666,
        socket_group: Some("postfix".to_owned()),
        address_guard: AddressGuard::Off,
        lookups_at_once: 1,
        connections_at_most: 2,
        cache_entries: 1_000,
        unused_for: Duration::from_hours(24),
        dry_run: true,
    };
    assert_eq!(read, expected);
    assert_eq!(sender("default_level = \"encrypt\"").default_level, DefaultLevel::Encrypt);
}

#[test]
fn values_out_of_their_rules_are_refused() {
    for keys in [
        "listen = []",
        "listen = [\"inet:localhost:8461\"]",
        "listen = [\"inet:unix:/run/s\"]",
        "listen = [\"unix:\"]",
        "maps = []",
        "maps = [\"postfix-tls-rpt\"]",
        "dane = \"on\"",
        "dane_partial = \"\"",
        "default_level = \"secure\"",
        "overrides_file = \"\"",
        "admin = \"127.0.0.1:8463\"",
        "http = [\"8463\"]",
        "socket_mode = \"1777\"",
        "socket_group = \"a:b\"",
        "address_guard = \"on\"",
        "lookups_at_once = 0",
        "lookups_at_once = 10001",
        "connections_at_most = 0",
        "cache_entries = 999",
        "cache_entries = 100000001",
        "unused_for = \"23h\"",
        "unused_for = \"11y\"",
    ] {
        assert_eq!(faults(&format!("[sender]\n{keys}"), &[]), ["config-invalid-value"], "{keys}");
    }
}

#[test]
fn no_two_listeners_have_the_same_address() {
    for keys in [
        "[sender]\nlisten = [\"inet:127.0.0.1:8460\"]\n[web]",
        "[sender]\nhttp = [\"127.0.0.1:8461\"]",
        "[sender]\nadmin = \"unix:/run/s\"\nlisten = [\"unix:/run/s\"]",
        "[sender]\nhttp = [\"127.0.0.1:8462\"]\n[metrics]",
    ] {
        assert_eq!(faults(keys, &[]), ["config-same-address"], "{keys}");
    }
    sender("listen = [\"127.0.0.1:0\"]\nhttp = [\"127.0.0.1:0\"]");
}

#[test]
fn an_address_of_several_listeners_is_told_once_where_it_is_written() {
    let file = "[web]\nlisten = [\"127.0.0.1:8461\"]\n[sender]\n\
                [metrics]\nlisten = [\"127.0.0.1:0\", \"127.0.0.1:8461\"]\n";
    let told = |file: &str, at: &str, expected: &[&str]| {
        let errors = Configuration::read(&sources(Some(file), &[])).unwrap_err();
        let [ConfigurationError { fault, place: Place::File(span), .. }] = &*errors else {
            panic!("{errors:?}")
        };
        let Fault::SameAddress { others, .. } = &**fault else { panic!("{fault:?}") };
        assert_eq!(others.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
        assert_eq!(span.start(), file.rfind(at).unwrap());
    };
    told(file, "\"127.0.0.1:8461\"", &["[web] listen", "[sender] listen"]);
    // A default has no place: the other is told.
    let file =
        "[web]\nlisten = [\"127.0.0.1:8462\"]\n[sender]\nhttp = [\"127.0.0.1:8462\"]\n[metrics]";
    told(file, "\"127.0.0.1:8462\"", &["[web] listen", "[metrics] listen"]);
    let file = "[web]\nlisten = [\"127.0.0.1:8461\"]\n[sender]";
    told(file, "\"127.0.0.1:8461\"", &["[sender] listen"]);
}

#[test]
fn the_path_of_a_socket_has_a_longest_length() {
    let path = |length: usize| format!("unix:/{}", "s".repeat(length - 1));
    let (longest, longer) = (path(SOCKET_PATH_BYTES), path(SOCKET_PATH_BYTES + 1));
    for key in ["[web]\nlisten", "[sender]\nlisten", "[sender]\nhttp", "[metrics]\nlisten"] {
        assert!(
            Configuration::read(&sources(Some(&format!("{key} = [\"{longest}\"]")), &[])).is_ok()
        );
        let found = faults(&format!("{key} = [\"{longer}\", \"127.0.0.1:0\"]"), &[]);
        assert_eq!(found, ["config-socket-path-too-long"], "{key}");
    }
    let admin = format!("[sender]\nadmin = \"{longer}\"");
    assert_eq!(faults(&admin, &[]), ["config-socket-path-too-long"]);
    let told = |sources: &Sources| SenderAdmin::read(sources).unwrap_err()[0].fault.code();
    assert_eq!(told(&sources(Some(&admin), &[])), "config-socket-path-too-long");
    let deep = format!("/{}", "d".repeat(SOCKET_PATH_BYTES));
    let deep = [("STATE_DIRECTORY", deep.as_str())];
    assert_eq!(faults("[sender]", &deep), ["config-socket-path-too-long"]);
    assert_eq!(told(&sources(Some("[sender]"), &deep)), "config-socket-path-too-long");
}

#[test]
fn commands_that_ask_it_need_its_socket_alone() {
    let socket = |file, variables| {
        let admin = SenderAdmin::read(&sources(Some(file), variables));
        admin.map(|admin| admin.map(|admin| admin.socket))
    };
    let path = |path: &str| Some(PathBuf::from(path));
    let good = "[sender]\nadmin = \"unix:/run/a\"\ndane = \"on\"\n[web]\nlisten = []\nport = 1\n";
    assert_eq!(socket(good, &[]).unwrap(), path("/run/a"));
    assert_eq!(
        socket("[sender]", &[("STATE_DIRECTORY", "/var/lib/sigillo")]).unwrap(),
        path("/var/lib/sigillo/admin.sock")
    );
    assert_eq!(socket("[web]\nport = 1", &[]).unwrap(), None);
    for file in ["[sender]\nadmin = \"/run/a\"", "[sender]\nadmn = \"\"", "[sender"] {
        assert_eq!(socket(file, &[]).unwrap_err().len(), 1, "{file}");
    }
    let homeless = Sources { variables: Vec::new(), ..sources(Some("[sender]"), &[]) };
    let errors = SenderAdmin::read(&homeless).unwrap_err();
    assert_eq!(errors[0].fault.code(), "config-no-data-folder");
}

#[test]
fn the_file_of_overrides_is_read_whatever_else_is_wrong() {
    let of = |file| OverridesFile::read(&sources(Some(file), &[]));
    let secret = sources(Some("[sender]\noverrides_file = \"/secret\"\ndane = 1\n[wbe]"), &[]);
    let file = OverridesFile::read(&secret).unwrap();
    assert!(file.text(&secret, 100).unwrap().starts_with(b"postgres"));
    assert!(of("[sender]").is_none() && of("[web]").is_none());
    let forbidden = of("[sender]\noverrides_file = \"/forbidden\"").unwrap();
    let error = forbidden.text(&secret, 100).unwrap_err();
    assert_eq!(error.fault.code(), "config-unreadable-file");
    assert!(matches!(error.place, Place::File(_)));
}
