//! Domains whose records lead into the network that the service is in.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv6Addr, TcpListener};

use serde_json::Value;
use sigillo_lab::dns::ScriptedDns;

use crate::support::{Surroundings, TestSite, unescaped};

const INTERNAL: [&str; 9] = [
    "127.0.0.1",
    "::1",
    "10.0.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "fe80::1",
    "0.0.0.0",
];

fn dns(address: IpAddr) -> ScriptedDns {
    ScriptedDns::replying(move |query, reply| {
        let name = query.name().trim_end_matches('.').to_owned();
        match (name.as_str(), query.kind().as_str(), address) {
            ("_mta-sts.internal.example", "TXT", _) => reply.txt(&name, b"v=STSv1; id=1;"),
            ("internal.example", "MX", _) => reply.mx(&name, 10, "mx.internal.example"),
            ("mta-sts.internal.example" | "mx.internal.example", "A", IpAddr::V4(address)) => {
                reply.a(&name, address)
            }
            ("mta-sts.internal.example" | "mx.internal.example", "AAAA", IpAddr::V6(address)) => {
                reply.answer(&name, 28, 300, &address.octets())
            }
            _ => reply,
        }
    })
}

#[tokio::test]
async fn no_internal_address_is_ever_connected_to() {
    let v4 = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = v4.local_addr().unwrap().port();
    // A machine without IPv6 can't be reached over it.
    let v6 = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).ok();
    for text in INTERNAL {
        let surroundings =
            Surroundings { https_port: port, smtp_port: port, ..Surroundings::default() };
        let site = TestSite::with(dns(text.parse().unwrap()), surroundings).await;
        let answer = site.check("internal.example").await;
        let report = answer.json();
        let findings = report["findings"].as_array().unwrap();
        let codes: Vec<&Value> = findings.iter().map(|finding| &finding["code"]).collect();
        assert!(codes.contains(&&"policy-host-internal-address".into()), "{text}: {codes:?}");
        assert_eq!(report["verdict"], "broken", "{text}");
        let id = answer.header("location").rsplit('/').next().unwrap();
        for (path, code) in [("/en/check", "/en/codes"), ("/it/verifica", "/it/codici")] {
            let page = unescaped(&site.page(&format!("{path}/{id}")).await);
            assert!(page.contains(&format!("{code}/policy-host-internal-address")), "{text}");
        }
        for listener in [Some(&v4), v6.as_ref()].into_iter().flatten() {
            listener.set_nonblocking(true).unwrap();
            let accepted = listener.accept().map(|(_, peer)| peer);
            assert_eq!(accepted.unwrap_err().kind(), ErrorKind::WouldBlock, "{text}");
        }
    }
}
