//! The policy host of a domain of the lab, as a client finds it, and what a test changes about it.

use std::fs;
use std::path::Path;
use std::process::Command;

use sigillo_lab::mail::{MailDomain, MailLab};
use sigillo_lab::{available, find, run};

#[test]
fn the_policy_host_of_a_domain_changes() {
    let Some(lab) = MailLab::shared() else { return };
    if !available(&["curl", "kdig"]) {
        return;
    }
    let mut domain = lab.domain("policy.test").policy("one").start();
    let folder = tempfile::tempdir().unwrap();
    let roots = folder.path().join("roots.pem");
    fs::write(&roots, lab.pki().root_pem()).unwrap();

    let address = domain.policy_host().address().ip().to_string();
    assert_eq!(ask(&lab, "mta-sts.policy.test", "A"), address);
    assert_eq!(fetch(&domain, &roots).as_deref(), Some("one"));
    assert_eq!(record(&lab), "\"v=STSv1; id=1;\"");

    domain.policy_host().set_policy("two");
    domain.set_id("2");
    assert_eq!(fetch(&domain, &roots).as_deref(), Some("two"));
    assert_eq!(record(&lab), "\"v=STSv1; id=2;\"");

    domain.policy_host().remove_policy();
    domain.remove_record();
    assert_eq!(fetch(&domain, &roots), None);
    assert_eq!(record(&lab), "");

    domain.stop_policy_host();
    domain.start_policy_host("three");
    assert_eq!(fetch(&domain, &roots).as_deref(), Some("three"));
}

fn record(lab: &MailLab) -> String {
    ask(lab, "_mta-sts.policy.test", "TXT")
}

fn ask(lab: &MailLab, name: &str, kind: &str) -> String {
    let server = lab.resolver_address();
    let mut command = Command::new(find("kdig"));
    command.arg(format!("@{}", server.ip())).args(["-p", &server.port().to_string(), "+short"]);
    run(command.args([name, kind])).trim().to_owned()
}

/// The policy, if there is one.
fn fetch(domain: &MailDomain<'_>, roots: &Path) -> Option<String> {
    let (host, address) = (format!("mta-sts.{}", domain.name()), domain.policy_host().address());
    let port = address.port();
    let mut command = Command::new(find("curl"));
    command.args(["--silent", "--fail", "--noproxy", "*", "--cacert"]).arg(roots);
    command.arg("--resolve").arg(format!("{host}:{port}:{}", address.ip()));
    command.arg(format!("https://{host}:{port}/.well-known/mta-sts.txt"));
    let output = command.output().unwrap();
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}
