//! What Exim does with the configuration that `docs/examples/exim4.conf` gives it: real messages to real hosts.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use sigillo_lab::certificates::Identity;
use sigillo_lab::dns::SystemResolver;
use sigillo_lab::mail::MailLab;
use tempfile::TempDir;

use crate::daemons::{Daemon, Surroundings};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/examples/exim4.conf");

/// What stands before the example: a server that sends, and keeps all that it has to a folder. `{f}` is that folder.
const HEAD: &str = "\
keep_environment =
exim_path = {exim}
spool_directory = {f}/spool
log_file_path = {f}/%slog
primary_hostname = sender.test
domainlist local_domains = sender.test
tls_advertise_hosts =
log_selector = +tls_certificate_verified
";

/// What stands behind it.
const TAIL: &str = "\nbegin retry\n\n* * F,1h,15m\n";

/// Exim's program as Debian has it; `scripts/test` unpacks it there, since its package takes Postfix away.
fn program() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("exim/usr/sbin/exim4");
    assert!(path.is_file(), "{} is missing: scripts/test installs it", path.display());
    path
}

/// An Exim with a folder of its own.
struct Exim {
    folder: TempDir,
    resolver: SystemResolver,
}

impl Exim {
    fn new(lab: &MailLab, socket: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("spool")).unwrap();
        for path in [folder.path(), &at("spool")] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
        }
        fs::write(at("root.pem"), lab.pki().root_pem()).unwrap();
        // The program wants this user; the system need not have it.
        for (file, line) in [
            ("passwd", "Debian-exim:x:64999:64999::/:/bin/false\n"),
            ("group", "Debian-exim:x:64999:\n"),
        ] {
            let text = fs::read_to_string(Path::new("/etc").join(file)).unwrap();
            fs::write(at(file), [text.as_str(), line].concat()).unwrap();
        }
        let head = HEAD
            .replace("{f}", &folder.path().display().to_string())
            .replace("{exim}", &program().display().to_string());
        let configuration = [head, example(socket, &at("root.pem")), TAIL.to_owned()].concat();
        fs::write(at("exim.conf"), configuration).unwrap();
        Self { folder, resolver: SystemResolver::start(lab.resolver_address()) }
    }

    /// Hands in a message, tries to deliver it at once, and says what was logged about it.
    fn send(&self, recipients: &[&str]) -> String {
        let log = self.folder.path().join("mainlog");
        let before = fs::read_to_string(&log).unwrap_or_default().len();
        let at = |name: &str| self.folder.path().join(name);
        let mut child = self
            .resolver
            .command()
            .args(["sh", "-c"])
            .arg(
                "mount --bind $0 /etc/passwd && mount --bind $1 /etc/group && shift && exec \"$@\"",
            )
            .args([at("passwd"), at("group"), program()])
            .arg("-C")
            .arg(at("exim.conf"))
            .args(["-odf", "-oi", "-f", "sender@sender.test"])
            .args(recipients)
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(b"Subject: a message\n\nIts text.\n").unwrap();
        assert!(child.wait().unwrap().success());
        fs::read_to_string(&log).unwrap().split_off(before)
    }
}

/// The example, where hosts are on loopback and certificates from the lab's own authority.
fn example(socket: &Path, root: &Path) -> String {
    let mut text = fs::read_to_string(EXAMPLE).unwrap();
    let changes = [
        ("SIGILLO_AT = inet:127.0.0.1:8461", format!("SIGILLO_AT = {}", socket.display())),
        ("ignore_target_hosts = 0.0.0.0 : 127.0.0.0/8 : ::1", "self = send".to_owned()),
        (
            "tls_verify_certificates = system",
            format!("tls_verify_certificates = {}", root.display()),
        ),
        ("driver = smtp\n", "driver = smtp\n  allow_localhost\n".to_owned()),
    ];
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, &to);
    }
    text
}

fn policy(mx: &str) -> String {
    format!("version: STSv1\nmode: enforce\nmx: {mx}\nmax_age: 86400\n")
}

#[test]
fn exim_keeps_to_what_it_is_told() {
    if !MailLab::available() {
        return;
    }
    let lab = MailLab::start();
    let other_key = Identity::self_signed(&["mx.dane.test"], |_| {});
    let domain = |name: &str| lab.domain(name).policy(&policy(&format!("mx.{name}")));
    let good = domain("good.test").start();
    let wildcard = lab.domain("wildcard.test").policy(&policy("*.wildcard.test")).start();
    let name = domain("name.test").identity(lab.pki().issue(&["mx.good.test"])).start();
    let signer =
        domain("signer.test").identity(Identity::self_signed(&["mx.signer.test"], |_| {})).start();
    let plain = domain("plain.test").without_tls().start();
    let unnamed = lab.domain("unnamed.test").policy(&policy("mx.good.test")).start();
    let below = lab.domain("below.test").policy(&policy("*.test")).start();
    let second = domain("second.test").start();
    lab.edit("second.test", |zone| {
        zone.mx(5, "mx.unnamed.test.");
    });
    let renamed = lab
        .domain("renamed.test")
        .policy(&policy("alias.renamed.test"))
        .identity(lab.pki().issue(&["alias.renamed.test"]))
        .start();
    let target = lab.domain("target.test").policy(&policy("alias.target.test")).start();
    for name in ["renamed.test", "target.test"] {
        lab.edit(name, |zone| {
            zone.remove("@", "MX").mx(10, "alias").cname("alias", "mx");
        });
    }
    let nothing = lab.domain("nothing.test").without_tls().start();
    let dane = lab.domain("dane.test").identity(other_key).fitting_tlsa().start();
    let misfit = domain("misfit.test").tlsa([0; 32]).start();

    let surroundings = Surroundings {
        dns: lab.resolver_address(),
        trust_anchor: lab.trust_anchor(),
        root: &lab.pki().root_pem(),
        https_port: lab.https_port(),
    };
    let sigillo = Daemon::sigillo(&surroundings);
    let exim = Exim::new(&lab, sigillo.socket());

    for (host, how) in [
        (&good, "CV=yes"),
        (&wildcard, "CV=yes"),
        (&second, "H=mx.second.test"),
        (&renamed, "CV=yes"),
        (&nothing, "T=remote_any"),
        (&dane, "CV=dane"),
    ] {
        let to = format!("someone@{}", host.name());
        let log = exim.send(&[&to]);
        for text in [&format!("=> {to} "), how, "queued as"] {
            assert!(log.contains(text), "{text}\n{log}");
        }
    }
    for (host, why) in [
        (&name, "certificate verification failed"),
        (&signer, "certificate verification failed"),
        (&plain, "did not offer TLS"),
        (&target, "certificate verification failed"),
        (&unnamed, "names none of its MX hosts"),
        (&below, "names none of its MX hosts"),
        (&misfit, "DANE attempt failed"),
    ] {
        let to = format!("someone@{}", host.name());
        let log = exim.send(&[&to]);
        assert!(log.contains(&format!("== {to}")) && log.contains(why), "{log}");
        assert!(!log.contains("=>") && !log.contains("**"), "{log}");
    }

    let log = exim.send(&["someone@good.test", "someone@name.test", "someone@nothing.test"]);
    for line in ["=> someone@good.test", "== someone@name.test", "=> someone@nothing.test"] {
        assert!(log.contains(line), "{line}\n{log}");
    }

    drop(sigillo);
    let log = exim.send(&["someone@nothing.test"]);
    assert!(log.contains("== someone@nothing.test"), "{log}");
    assert!(!log.contains("=>"), "{log}");
}
