//! The lab itself: its servers start, answer, and change.

use std::net::SocketAddr;
use std::process::Command;
use std::time::{Duration, Instant};

use sigillo_lab::dns::{DelayProxy, DnsLab, Reply, ScriptedDns, Signing};

/// What `kdig` prints of an answer.
fn kdig(server: SocketAddr, arguments: &[&str]) -> String {
    sigillo_lab::run(
        Command::new(sigillo_lab::find("kdig"))
            .arg(format!("@{}", server.ip()))
            .args(["-p", &server.port().to_string(), "+retry=0"])
            .args(arguments),
    )
}

#[test]
fn the_lab_answers_securely_and_changes() {
    if !DnsLab::available() {
        return;
    }
    let start = Instant::now();
    let mut builder = DnsLab::builder();
    builder.standard_zones();
    builder.zone("example.com", Signing::Nsec).txt("_mta-sts", "v=STSv1; id=1;");
    let mut lab = builder.start();
    println!("started in {:?}", start.elapsed());

    let secure = ["+dnssec", "_mta-sts.example.com", "TXT"];
    let answer = kdig(lab.resolver_address(), &secure);
    assert!(answer.contains("qr rd ra ad;") && answer.contains("id=1"), "{answer}");
    let answer = kdig(lab.careless_resolver_address(), &secure);
    assert!(answer.contains("qr rd ra;") && answer.contains("RRSIG"), "{answer}");
    for bogus in ["damaged.test", "expired.test", "wrongkey.test", "stripped.test"] {
        let answer = kdig(lab.resolver_address(), &["+dnssec", bogus, "MX"]);
        assert!(answer.contains("SERVFAIL"), "{bogus}: {answer}");
        let answer = kdig(lab.careless_resolver_address(), &["+dnssec", bogus, "MX"]);
        assert!(answer.contains("NOERROR") && answer.contains("10 mx1"), "{bogus}: {answer}");
    }

    lab.edit("example.com", |zone| {
        zone.txt("_mta-sts", "v=STSv1; id=2;").a("mta-sts", [127, 0, 0, 5].into());
    });
    let answer = kdig(lab.resolver_address(), &["+dnssec", "mta-sts.example.com", "A"]);
    assert!(answer.contains("qr rd ra ad;") && answer.contains("127.0.0.5"), "{answer}");
}

#[test]
fn scripted_servers_and_delays() {
    if !sigillo_lab::available(&["kdig"]) {
        return;
    }
    let server = ScriptedDns::start(|query| {
        let reply = Reply::to(query).txt(&query.name(), &[b'x'; 2000]);
        Some(reply.fitting(query.transport()))
    });
    let slow = DelayProxy::start(server.address(), Duration::from_millis(50));
    let start = Instant::now();
    let answer = kdig(slow.address(), &["example.test", "TXT"]);
    assert!(answer.contains("(TCP)") && answer.contains("xxxx"), "{answer}");
    assert!(start.elapsed() >= Duration::from_millis(100));
    assert_eq!(server.queries(), 2);
}
