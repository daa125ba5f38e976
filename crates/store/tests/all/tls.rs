//! Over a network, only encrypted, and only with the right server.

use std::fs;

use sigillo_lab::certificates::Pki;
use sigillo_lab::{Postgres, available};
use sigillo_store::{Store, StoreError, StoreUrl};

/// The URL of a database over TCP.
fn over_tcp(server: &Postgres, host: &str, parameters: &str) -> StoreUrl {
    let url = server.new_database();
    let (user, _) = url.split_once('@').unwrap();
    let name = url.rsplit('/').next().unwrap();
    StoreUrl::parse(&format!("{user}@{host}:{}/{name}?{parameters}", server.port())).unwrap()
}

#[tokio::test]
async fn the_certificate_has_to_be_the_servers() {
    if !available(&["postgres"]) {
        return;
    }
    let pki = Pki::new();
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root.pem");
    fs::write(&root, pki.root_pem()).unwrap();
    let verified = format!("sslmode=verify-full&sslrootcert={}", root.display());

    let server = Postgres::start_with_tls(&pki.issue(&["localhost"]));
    let trusted = over_tcp(&server, "localhost", &verified);
    Store::open(&trusted).await.unwrap().ping().await.unwrap();
    let stranger = over_tcp(&server, "localhost", "sslmode=verify-full");
    let error = Store::open(&stranger).await.unwrap_err();
    assert!(matches!(&error, StoreError::Tls { reason, .. } if reason.contains("Issuer")));
    let other = over_tcp(&server, "127.0.0.1", &verified);
    let error = Store::open(&other).await.unwrap_err();
    assert!(matches!(&error, StoreError::Tls { reason, .. } if reason.contains("name")));
}

#[tokio::test]
async fn a_server_without_tls_is_refused_where_tls_is_wanted() {
    if !available(&["postgres"]) {
        return;
    }
    let plain = over_tcp(Postgres::shared(), "localhost", "sslmode=verify-full");
    let error = Store::open(&plain).await.unwrap_err();
    assert!(matches!(error, StoreError::Tls { .. }), "{error:?}");
    let local = over_tcp(Postgres::shared(), "localhost", "");
    Store::open(&local).await.unwrap().ping().await.unwrap();
}
