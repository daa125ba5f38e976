//! The configuration as a whole.

mod sender;

use std::ffi::OsString;
use std::io;
use std::time::Duration;

use proptest::prelude::*;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::Dnssec;
use tracing::level_filters::LevelFilter;

use super::keys::KEYS;
use super::sources::ConfigurationFile;
use super::*;
use sigillo_web::live::Quota;

/// The files that a configuration can name: a secret, and one that can't be used for anything.
fn read_file(path: &str, _limit: usize) -> io::Result<Vec<u8>> {
    match path {
        "/secret" | "/credentials/store.url" => Ok(b"postgres://u:hidden@h/d\n".to_vec()),
        "/nonsense" => Ok(b"\xffnonsense".to_vec()),
        "/forbidden" => Err(io::ErrorKind::PermissionDenied.into()),
        _ => Err(io::ErrorKind::NotFound.into()),
    }
}

pub(super) fn sources(file: Option<&str>, variables: &[(&str, &str)]) -> Sources {
    let home = [("HOME", "/home/somebody")];
    let variables = variables.iter().chain(&home);
    Sources {
        file: file.map(|text| ConfigurationFile {
            name: "sigillo.toml".to_owned(),
            text: text.as_bytes().to_vec(),
        }),
        variables: variables
            .map(|(name, value)| ((*name).to_owned(), OsString::from(value)))
            .collect(),
        read_file,
    }
}

fn read(file: &str, variables: &[(&str, &str)]) -> Configuration {
    Configuration::read(&sources(Some(file), variables)).unwrap()
}

fn faults(file: &str, variables: &[(&str, &str)]) -> Vec<&'static str> {
    let errors = Configuration::read(&sources(Some(file), variables)).unwrap_err();
    errors.iter().map(|error| error.fault.code()).collect()
}

#[test]
fn without_anything_the_pages_run() {
    let configuration = Configuration::read(&sources(None, &[])).unwrap();
    let web = configuration.web.unwrap();
    assert_eq!(web.listen.iter().map(ToString::to_string).collect::<Vec<_>>(), ["127.0.0.1:8460"]);
    assert_eq!(web.checks.kept_for, Duration::from_hours(90 * 24));
    assert_eq!(
        configuration.store.url.to_string(),
        "sqlite:/home/somebody/.local/share/sigillo/sigillo.sqlite"
    );
    assert_eq!(web.checks.per_client, Quota { burst: 20, per_minute: 4 });
    assert_eq!(web.address_guard, AddressGuard::Public);
    assert_eq!(web.site.base_path.as_str(), "");
    assert_eq!(configuration.looking.network.timeout, Duration::from_mins(1));
    assert!(configuration.metrics.is_none());
}

#[test]
fn a_role_runs_when_its_section_is_there() {
    assert!(read("", &[]).web.is_none());
    assert!(read("[web]", &[]).web.is_some());
    assert!(read("", &[("SIGILLO_WEB_LISTEN", "unix:/run/web")]).web.is_some());
    assert_eq!(read("[metrics]", &[]).metrics.unwrap().listen.len(), 1);
}

#[test]
fn the_environment_overrides_the_file() {
    let file = "[dns]\nservers = [\"192.0.2.1\"]\ndnssec = \"off\"\n[log]\nlevel = \"warn\"\n";
    let variables = [
        ("SIGILLO_DNS_SERVERS", "192.0.2.2,[2001:db8::1]:5353"),
        ("SIGILLO_WEB_CHECKS_AT_ONCE", "3"),
    ];
    let sources = sources(Some(file), &variables);
    let (configuration, settings) = Configuration::read_with_settings(&sources).unwrap();
    let dns = configuration.looking.dns;
    assert_eq!(
        dns.servers.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["192.0.2.2:53", "[2001:db8::1]:5353"]
    );
    assert_eq!(dns.dnssec, Dnssec::Off);
    assert_eq!(configuration.web.unwrap().checks.at_once, 3);
    assert_eq!(configuration.log.level, LevelFilter::WARN);
    let place = |name| &settings.iter().find(|it| it.key.name == name).unwrap().place;
    assert!(
        matches!(place("servers"), Place::Variable { name, .. } if name == "SIGILLO_DNS_SERVERS")
    );
    assert!(matches!(place("dnssec"), Place::File(_)));
    assert_eq!(*place("trust_ad_remote"), Place::Default);
}

#[test]
fn every_key_is_read() {
    let sources = sources(Some("[web]\n[sender]\n[metrics]\n"), &[]);
    let (_, settings) = Configuration::read_with_settings(&sources).unwrap();
    let read: Vec<String> = settings.iter().map(|setting| setting.key.to_string()).collect();
    let all: Vec<String> = KEYS.iter().map(ToString::to_string).collect();
    assert_eq!(read, all, "in the order in which they are shown, each once");
}

#[test]
fn the_database_comes_from_where_it_is_given() {
    let url = |file: &str, variables: &[(&str, &str)]| read(file, variables).store.url.to_string();
    let in_file = "[store]\nurl = \"sqlite:/a\"\n";
    let by_secret = "[store]\nurl_secret_file = \"/secret\"\n";
    let credentials = ("CREDENTIALS_DIRECTORY", "/credentials");
    assert_eq!(url(in_file, &[]), "sqlite:/a");
    assert_eq!(url(by_secret, &[]), "postgres://u@h:5432/d");
    assert_eq!(url("", &[credentials]), "postgres://u@h:5432/d");
    assert_eq!(url(in_file, &[credentials]), "sqlite:/a");
    assert_eq!(url(by_secret, &[("SIGILLO_STORE_URL", "sqlite:/b")]), "sqlite:/b");
    assert_eq!(
        url(in_file, &[("SIGILLO_STORE_URL_SECRET_FILE", "/secret")]),
        "postgres://u@h:5432/d"
    );
    assert_eq!(
        url("", &[("STATE_DIRECTORY", "/var/lib/s:/x")]),
        "sqlite:/var/lib/s/sigillo.sqlite"
    );
    assert_eq!(url("", &[("XDG_DATA_HOME", "/data")]), "sqlite:/data/sigillo/sigillo.sqlite");
    assert_eq!(url("", &[("CREDENTIALS_DIRECTORY", "/none")]).get(..7), Some("sqlite:"));

    let both = format!("{in_file}url_secret_file = \"/secret\"\n");
    assert_eq!(faults(&both, &[]), ["config-conflict"]);
    assert_eq!(faults("[store]\nurl_secret_file = \"/nonsense\"", &[]), ["config-invalid-secret"]);
    assert_eq!(
        faults("[store]\nurl_secret_file = \"/forbidden\"", &[]),
        ["config-unreadable-file"]
    );
    let homeless = Sources { variables: Vec::new(), ..sources(Some(""), &[]) };
    let errors = Configuration::read(&homeless).unwrap_err();
    assert_eq!(errors[0].fault.code(), "config-no-data-folder");
}

#[test]
fn everything_that_is_wrong_is_told_in_order() {
    let file = "[web]\nlisten = [\"localhost\", \"127.0.0.1:1\"]\nlistne = []\nchecks_at_once = 0\n\
                [dns]\ndnssec = \"validat\"\n[network]\ntimeout = \"2h\"\nhttps_port = 70000\n\
                [tls]\nextra_ca_file = \"/nonsense\"\n[host]\n";
    let variables = [("SIGILLO_LOG_LEVEL", "loud"), ("SIGILLO_LOG_LEVLE", "info")];
    assert_eq!(
        faults(file, &variables),
        [
            "config-invalid-value",
            "config-unknown-key",
            "config-invalid-value",
            "config-invalid-value",
            "config-invalid-value",
            "config-invalid-value",
            "config-unusable-file",
            "config-later-section",
            "config-unknown-variable",
            "config-invalid-value",
        ]
    );
}

#[test]
fn values_out_of_their_rules_are_refused() {
    for file in [
        "[web]\nlisten = []",
        "[web]\nbase_path = \"tools\"",
        "[web]\npublic_url = \"example.net\"",
        "[web]\ntrusted_proxies = [\"proxy.example\"]",
        "[web]\naddress_guard = \"on\"",
        "[web]\nresults_kept_for = 60",
        "[web]\nresults_kept_for = -60",
        "[web]\nresults_fresh_for = \"soon\"",
        "[store]\nurl = \"mysql://h/d\"",
        "[dns]\nservers = [\"dns.example\"]",
        "[network]\nhelo_name = \"a b\"",
        "[network]\ncontact_url = \"me\"",
        "[network]\nsource_address = \"192.0.2.1:5\"",
        "[network]\nsmtp_port = 0",
        "[tls]\nextra_ca_file = \"\"",
        "[log]\nformat = \"xml\"",
    ] {
        assert_eq!(faults(file, &[]), ["config-invalid-value"], "{file}");
    }
    let same = "[web]\nlisten = [\"127.0.0.1:1\"]\n[metrics]\nlisten = [\"127.0.0.1:1\"]\n";
    assert_eq!(faults(same, &[]), ["config-same-address"]);
    assert_eq!(faults("[tls]\nroots = \"system\"", &[]), ["config-unusable-file"]);
}

#[test]
fn commands_that_look_are_not_stopped_by_other_sections() {
    let looks = |file| Looking::read(&sources(Some(file), &[]));
    assert!(looks("[web]\nlisten = []\nport = 1\n[store]\nurl = 5\n").is_ok());
    for file in ["[dns]\nserver = 1", "[nework]", "[network]\ntimeout = 0", "[tls"] {
        assert_eq!(looks(file).unwrap_err().len(), 1, "{file}");
    }
}

#[test]
fn policy_hosts_are_told_whom_to_turn_to() {
    let file =
        "[network]\ncontact_url = \"https://example.net/scan\"\nhelo_name = \"Checker.example\"\n";
    let looking = Looking::read(&sources(Some(file), &[])).unwrap();
    let settings = looking.probe_settings(AddressGuard::Public, true, "MTA-STS check");
    assert!(settings.user_agent.ends_with("(MTA-STS check; +https://example.net/scan)"));
    assert_eq!(settings.helo_name.as_str(), "checker.example");
}

#[test]
fn the_roots_of_the_system_are_read_where_it_has_some() {
    let real = Sources::without_file();
    let system = Sources {
        file: Some(ConfigurationFile {
            name: String::new(),
            text: b"[tls]\nroots = \"system\"".to_vec(),
        }),
        variables: Vec::new(),
        ..real
    };
    match Looking::read(&system) {
        Ok(looking) => assert!(looking.tls.trust.len() > 10),
        Err(errors) => assert_eq!(errors[0].fault.code(), "config-unusable-file"),
    }
}

proptest! {
    #[test]
    fn no_text_does_any_harm(text in ".{0,200}", value in ".{0,40}") {
        hold(&text, &[]);
        for key in KEYS.iter().take(4).chain(KEYS.iter().rev().take(2)) {
            hold("", &[(key.variable().as_str(), value.as_str())]);
        }
    }

    #[test]
    fn no_value_does_any_harm(index in 0..KEYS.len(), value in prop_oneof![
        "\"[^\"\\\\]{0,20}\"", "-?[0-9]{1,20}", "\\[(\"[a-z0-9:.]{0,10}\",? ?){0,3}\\]", "true|1.5|inf|\\{\\}",
        "1979-05-27", ".{0,10}",
    ]) {
        let key = KEYS[index];
        hold(&format!("[{}]\n{} = {value}\n", key.section, key.name), &[]);
    }
}

/// What holds of any configuration: errors lie in their text, and what is good is good again as it
/// is shown.
fn hold(file: &str, variables: &[(&str, &str)]) {
    let given = sources(Some(file), variables);
    match Configuration::read_with_settings(&given) {
        Err(errors) => {
            assert!(!errors.is_empty());
            for error in errors {
                match error.place {
                    Place::File(span) => assert!(span.end() <= file.len(), "{error:?}"),
                    Place::Variable { text, span, .. } => {
                        assert!(text.get(span.range()).is_some(), "{text:?} {span:?}");
                    }
                    _ => {}
                }
            }
        }
        Ok((configuration, settings)) => {
            let mut shown = String::new();
            for setting in &settings {
                if let Some(value) = &setting.value {
                    let Key { section, name, .. } = setting.key;
                    shown.extend([section, ".", name, " = ", &value.to_toml(), "\n"]);
                }
            }
            if settings.iter().any(|it| it.key.name == "url_secret_file" && it.value.is_some()) {
                return;
            }
            let again = Configuration::read(&sources(Some(&shown), &[]));
            let again = again.unwrap_or_else(|errors| panic!("{shown}\n{errors:?}"));
            assert_eq!(again.looking.dns.servers, configuration.looking.dns.servers);
            assert_eq!(again.log, configuration.log);
        }
    }
}
