//! The keys for which Postfix asks, byte for byte.

use crate::Sending;

/// Next hops that the domain of the recipient doesn't say.
pub(crate) fn routes() -> [(&'static str, &'static str); 6] {
    [
        ("host.routes", "[mail.example.keys]"),
        ("host-and-port.routes", "[mail.example.keys]:587"),
        ("port.routes", "example.keys:587"),
        ("upper-case.routes", "[MAIL.Example.Keys]:587"),
        ("no-port.routes", "example.keys:"),
        ("host-and-no-port.routes", "[mail.example.keys]:"),
    ]
}

#[test]
fn a_next_hop_and_what_is_above() {
    let Some(sending) = Sending::shared() else { return };
    let _domain = sending.lab.domain("example.keys").start();
    let nobody = sigillo_lab::own_address();
    sending.lab.edit("example.keys", |zone| {
        zone.mx_of("sub", 10, "mx").mx_of("a.sub", 10, "mx").mx_of("xn--bcher-kva", 10, "mx");
        zone.a("host", nobody).a("mail", nobody);
    });
    let above = [".example.keys", ".keys"];
    for (domain, keys) in [
        ("example.keys", &["example.keys", ".keys"][..]),
        // As it was written: who answers has to fold the case.
        ("EXAMPLE.Keys", &["EXAMPLE.Keys", ".Keys"]),
        ("sub.example.keys", &[&["sub.example.keys"], &above[..]].concat()),
        (
            "a.sub.example.keys",
            &[&["a.sub.example.keys", ".sub.example.keys"], &above[..]].concat(),
        ),
        ("xn--bcher-kva.example.keys", &[&["xn--bcher-kva.example.keys"], &above[..]].concat()),
        // A host without MX records is its own.
        ("host.example.keys", &[&["host.example.keys"], &above[..]].concat()),
        ("host.routes", &["[mail.example.keys]"]),
        ("host-and-port.routes", &["[mail.example.keys]:587"]),
        ("port.routes", &["example.keys:587"]),
        ("upper-case.routes", &["[MAIL.Example.Keys]:587"]),
        ("no-port.routes", &["example.keys:"]),
        ("host-and-no-port.routes", &["[mail.example.keys]:"]),
    ] {
        let before = sending.policies.asked("keys").len();
        let _any = sending.to(domain);
        let asked = sending.policies.asked("keys").split_off(before);
        let expected: Vec<String> = keys.iter().map(|key| format!("postfix {key}")).collect();
        assert_eq!(asked, expected, "{domain}");
    }
}

#[test]
fn an_address() {
    let Some(sending) = Sending::shared() else { return };
    let address = sigillo_lab::own_address();
    let literal = format!("[{address}]");
    let _any = sending.to(&literal);
    assert_eq!(sending.policies.asked(&literal), [format!("postfix {literal}")]);
}

/// It asks anew for each host and each message: what it was told is not kept.
#[test]
fn a_key_is_asked_for_at_each_host() {
    let Some(sending) = Sending::shared() else { return };
    let domain = sending.lab.domain("hosts.test").start();
    let nobody = sigillo_lab::own_address();
    sending.lab.edit("hosts.test", |zone| {
        zone.mx(5, "first").a("first", nobody).a("first", sigillo_lab::own_address());
    });
    for times in [2, 4] {
        let delivery = sending.under("secure match=mx.hosts.test", "hosts.test").delivered();
        let _message = domain.mx().message(&delivery.queued_as.unwrap());
        assert_eq!(sending.policies.asked("hosts.test"), vec!["postfix hosts.test"; times]);
    }
}
