//! The same questions to OpenSSL: DANE by its client, old versions of TLS by its server.

use std::fmt::Write;
use std::io::Read;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use sigillo_net::dane::{DaneOutcome, TlsaRecord, verify};
use sigillo_net::https::{FetchError, FetchRequest, fetch_policy};
use sigillo_net::tls::legacy::LegacyVersion;

use crate::dane::record;
use crate::support::{Identity, Pki, Presents, Roots, Server, Step, name, window};

const HOST: &str = "mx.example.test";

fn openssl_is_missing() -> bool {
    let missing = Command::new("openssl").arg("version").output().is_err();
    if missing {
        eprintln!("skipped: there is no openssl on this machine");
    }
    missing
}

/// Whether OpenSSL's client takes the server for authenticated by the records.
async fn openssl_accepts(address: SocketAddr, records: &[TlsaRecord]) -> bool {
    let mut arguments = vec![
        "s_client".to_owned(),
        "-connect".to_owned(),
        address.to_string(),
        "-servername".to_owned(),
        HOST.to_owned(),
        "-dane_tlsa_domain".to_owned(),
        HOST.to_owned(),
        "-dane_ee_no_namechecks".to_owned(),
        "-verify_return_error".to_owned(),
        "-no-CAfile".to_owned(),
        "-no-CApath".to_owned(),
        "-no-CAstore".to_owned(),
    ];
    for record in records {
        let mut data = String::new();
        for byte in &record.data {
            write!(data, "{byte:02x}").unwrap();
        }
        arguments.push("-dane_tlsa_rrdata".to_owned());
        arguments.push(format!("{} {} {} {data}", record.usage, record.selector, record.matching));
    }
    let output = tokio::task::spawn_blocking(move || {
        Command::new("openssl").args(arguments).stdin(Stdio::null()).output().unwrap()
    });
    let output = output.await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    said.contains("Verification: OK") && said.contains("DANE TLSA")
}

#[tokio::test(flavor = "multi_thread")]
async fn dane_as_openssl_has_it() {
    if openssl_is_missing() {
        return;
    }
    let pki = Pki::new();
    let other = Pki::new();
    let mut with_root = pki.issue(&[HOST]);
    with_root.chain.push(pki.root.der().clone());
    let identities = [
        pki.issue(&[HOST]),
        with_root,
        pki.issue(&[HOST]).alone(),
        pki.issue(&["elsewhere.test"]),
        pki.issue(&["*.example.test"]),
        pki.issue_with(&[HOST], |params| window(params, (2020, 1, 1), (2020, 2, 1))),
        Identity::self_signed(&["elsewhere.test"], |_| {}),
    ];
    let now = Timestamp::now();
    let mut tried = 0;
    for identity in identities {
        let server = Server::run(vec![Step::Tls(identity.server()), Step::Any]).await;
        let leaf = &identity.chain[0];
        let authority = pki.intermediate.der();
        let sets = [
            vec![record(3, 1, 1, leaf)],
            vec![record(3, 0, 2, leaf)],
            vec![record(3, 0, 0, leaf)],
            vec![record(3, 1, 1, authority)],
            vec![record(3, 1, 1, &other.issue(&[HOST]).chain[0])],
            vec![record(2, 0, 1, authority)],
            vec![record(2, 1, 1, authority)],
            vec![record(2, 1, 2, pki.root.der())],
            vec![record(2, 0, 0, pki.root.der())],
            vec![record(2, 1, 0, pki.root.der())],
            vec![record(2, 0, 1, leaf)],
            vec![record(2, 1, 1, other.intermediate.der()), record(3, 1, 1, leaf)],
        ];
        for records in sets {
            let ours = verify(&records, &identity.presented(), &[name(HOST)], now);
            let theirs = openssl_accepts(server.address, &records).await;
            assert_eq!(ours.outcome == DaneOutcome::Matched, theirs, "{ours:?}\n{records:02x?}");
            tried += 1;
        }
    }
    assert_eq!(tried, 84);
}

/// An OpenSSL server that ends with the test.
struct OpensslServer(Child);

impl Drop for OpensslServer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn old_versions_of_a_real_server_are_named() {
    if openssl_is_missing() {
        return;
    }
    let pki = Pki::new();
    let identity = pki.issue(&[HOST]);
    let folder = tempfile::tempdir().unwrap();
    let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    std::fs::write(&chain, &identity.chain_pem).unwrap();
    std::fs::write(&key, &identity.key_pem).unwrap();
    for (option, ciphers, expected) in [
        ("-tls1", "ALL:@SECLEVEL=0", Some(LegacyVersion::Tls10)),
        ("-tls1_1", "ALL:@SECLEVEL=0", Some(LegacyVersion::Tls11)),
        // With block ciphers alone: not old, but nothing that our TLS library has.
        ("-tls1_2", "ECDHE-ECDSA-AES128-SHA", Some(LegacyVersion::Tls12)),
        ("-tls1_2", "ALL", None),
    ] {
        let port = free_port();
        let mut server = OpensslServer(
            Command::new("openssl")
                .args(["s_server", option, "-cipher", ciphers, "-www", "-accept"])
                .arg(format!("127.0.0.1:{port}"))
                .arg("-cert")
                .arg(&chain)
                .arg("-cert_chain")
                .arg(&chain)
                .arg("-key")
                .arg(&key)
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap(),
        );
        wait_for(&mut server).await;
        let request = FetchRequest {
            connect: sigillo_net::connect::ConnectOptions {
                guard: sigillo_net::address_guard::AddressGuard::Off,
                ..Default::default()
            },
            deadline: Duration::from_secs(10),
            trust: pki.trust(),
            ..FetchRequest::new("test", crate::support::now())
        };
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let fetch = fetch_policy(address, &name(HOST), &request).await;
        match expected {
            Some(version) => {
                assert!(matches!(fetch.error, Some(FetchError::Tls(_))), "{fetch:?}");
                let legacy = fetch.legacy.unwrap();
                assert_eq!(legacy.version(), Some(version));
                // The certificates are seen all the same.
                let seen = legacy.certificate().unwrap();
                assert!(seen.judgement.passes(), "{:?}", seen.judgement);
                assert_eq!(seen.chain.der()[0], identity.chain[0]);
            }
            None => assert!(fetch.is_trusted() && fetch.legacy.is_none(), "{fetch:?}"),
        }
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Waits until the server says that it accepts connections.
async fn wait_for(server: &mut OpensslServer) {
    let mut stdout = server.0.stdout.take().unwrap();
    tokio::task::spawn_blocking(move || {
        let mut said = Vec::new();
        let mut byte = [0];
        while !said.ends_with(b"ACCEPT") {
            assert_eq!(stdout.read(&mut byte).unwrap(), 1, "openssl did not start");
            said.push(byte[0]);
        }
        // What else it says goes nowhere, but may go.
        std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
    })
    .await
    .unwrap();
}
