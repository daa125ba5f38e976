use super::*;

fn mode(text: &str) -> PgSslMode {
    let Target::Postgres(options) = StoreUrl::parse(text).unwrap().0 else { panic!("{text}") };
    options.get_ssl_mode()
}

#[test]
fn paths() {
    for (text, path) in [
        ("sqlite:sigillo.db", "sigillo.db"),
        ("sqlite:../a b%20è.db", "../a b%20è.db"),
        ("sqlite:/var/lib/sigillo.db", "/var/lib/sigillo.db"),
        ("sqlite:///var/lib/sigillo.db", "/var/lib/sigillo.db"),
    ] {
        assert_eq!(StoreUrl::parse(text).unwrap().to_string(), format!("sqlite:{path}"));
    }
    for (text, error) in [
        ("sqlite:", StoreUrlError::NoPath),
        ("sqlite:/", StoreUrlError::NoPath),
        ("sqlite:///", StoreUrlError::NoPath),
        ("sqlite:folder/", StoreUrlError::NoPath),
        ("sqlite:a\0b", StoreUrlError::NoPath),
        // Elsewhere it is read as a host, and elsewhere again as a path.
        ("sqlite://sigillo.db", StoreUrlError::NoPath),
        ("sqlite::memory:", StoreUrlError::InMemory),
        ("sqlite:a.db?mode=ro", StoreUrlError::SqliteParameters),
        ("", StoreUrlError::UnknownScheme),
        ("/var/lib/sigillo.db", StoreUrlError::UnknownScheme),
        ("mysql://host/database", StoreUrlError::UnknownScheme),
        ("postgres:host/database", StoreUrlError::UnknownScheme),
    ] {
        assert_eq!(StoreUrl::parse(text).unwrap_err(), error, "{text:?}");
    }
}

#[test]
fn servers() {
    for (text, shown) in [
        ("postgres://user@host/name", "postgres://user@host:5432/name"),
        ("postgresql://user:secret@host:1/name", "postgres://user@host:1/name"),
        ("postgres://user@[2001:db8::1]/name", "postgres://user@[2001:db8::1]:5432/name"),
        ("postgres://user@%2Frun%2Fpg/name", "postgres://user@/run/pg:5432/name"),
        ("postgres:///name?host=/run/pg&user=me", "postgres://me@/run/pg:5432/name"),
    ] {
        assert_eq!(StoreUrl::parse(text).unwrap().to_string(), shown);
    }
    for text in ["postgres://user@host", "postgres://user@host/", "postgres://user@host?user=a"] {
        assert_eq!(StoreUrl::parse(text).unwrap_err(), StoreUrlError::NoDatabase, "{text}");
    }
    let unknown = StoreUrl::parse("postgres://host/name?sslmod=require").unwrap_err();
    assert_eq!(unknown, StoreUrlError::UnknownParameter);
    for text in [
        "postgres://host:port/name",
        "postgres://host:65536/name",
        "postgres://user:pass/word@host/name",
        "postgres://host/name?sslmode=maybe",
        "postgres://host/name?port=none",
        "postgres://ho st/name",
        "postgres://%ff@host/name",
    ] {
        let error = StoreUrl::parse(text).unwrap_err();
        assert!(matches!(error, StoreUrlError::Malformed { .. }), "{text}: {error:?}");
    }
}

#[test]
fn what_goes_over_a_network_is_encrypted_unless_told() {
    for local in [
        "postgres://localhost/name",
        "postgres://127.0.0.2/name",
        "postgres://[::1]/name",
        "postgres://%2Frun%2Fpg/name",
        "postgres:///name?host=/run/pg",
    ] {
        assert!(matches!(mode(local), PgSslMode::Prefer), "{local}");
    }
    for remote in [
        "postgres://db.example/name",
        "postgres://192.0.2.1/name",
        "postgres://localhost.example/name",
        "postgres://[2001:db8::1]/name?sslrootcert=/etc/ca.pem",
        "postgres://localhost/name?host=db.example",
    ] {
        assert!(matches!(mode(remote), PgSslMode::VerifyFull), "{remote}");
    }
    assert!(matches!(mode("postgres://db.example/name?sslmode=disable"), PgSslMode::Disable));
}

#[test]
fn no_text_has_the_password() {
    let secret = "hunter2";
    for text in [
        "postgres://user:hunter2@host/name",
        "postgres://user@host/name?password=hunter2",
        "postgres://user:hunter2@host",
        "postgres://user:hunter2@host:port/name",
        "postgres://user:hunter2/@host/name",
        "postgres://user:hunter2#@host/name",
        "postgres://user:hunter2@host/name?sslmod=hunter2",
        "postgres://user:1/2?hunter2@host/name",
        "postgres://user:1/2?hunter2=hunter2@host/name",
        "postgresql//user:hunter2@host/name",
        "postgres://user:hunter2@/name",
    ] {
        let texts = match StoreUrl::parse(text) {
            Ok(url) => format!("{url} {url:?}"),
            Err(error) => format!("{error} {error:?}"),
        };
        assert!(!texts.contains(secret), "{text}: {texts}");
    }
}
