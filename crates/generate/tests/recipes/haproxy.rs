use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::thread;

use sigillo_generate::recipe::RecipeName;

use crate::commands::carry_out;
use crate::program::{self, Server};
use crate::site::{HOSTILE_POLICY, PATH, PLAIN_POLICY, Site};

#[test]
fn haproxy_serves_the_policy_and_nothing_else() {
    serve("example.com", PLAIN_POLICY);
}

#[test]
fn haproxy_serves_any_policy_byte_for_byte() {
    serve("xn--bcher-kva.example", HOSTILE_POLICY);
}

fn serve(domain: &str, policy: &'static str) {
    let Some(haproxy) = program::find("haproxy") else {
        return;
    };
    let site = Site::new(RecipeName::Haproxy, domain, policy);
    let certbot = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let certbot_port = certbot.local_addr().unwrap().port();
    let (_server, [https, http]) = Server::start(site.folder(), |ports| {
        configure(&site, ports, certbot_port);
        let mut command = Command::new(&haproxy);
        // The unit of Debian sets the first, and adds the options of the file.
        command.arg("-db").arg("-f").arg(site.path("root/etc/haproxy/haproxy.cfg"));
        command.args(extra_options(&site));
        command
    });

    site.check(https);
    for path in ["/", PATH] {
        assert_eq!(site.get_plain(http, path).status, 404, "{path}");
    }
    let certbot = thread::spawn(move || {
        let (mut connection, _) = certbot.accept().unwrap();
        let mut request = [0; 4096];
        let length = connection.read(&mut request).unwrap();
        assert!(request[..length].starts_with(b"GET /.well-known/acme-challenge/token "));
        connection
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\ntoken.thumbprint")
            .unwrap();
    });
    let challenge = site.get_plain(http, "/.well-known/acme-challenge/token");
    assert_eq!(challenge.status, 200);
    assert_eq!(challenge.body, b"token.thumbprint");
    certbot.join().unwrap();
}

/// The options that a command writes for the unit, but for the socket, which is for root alone.
fn extra_options(site: &Site) -> Vec<String> {
    let text = std::fs::read_to_string(site.path("root/etc/default/haproxy")).unwrap();
    let options = text.trim_end().strip_prefix("EXTRAOPTS=\"").unwrap().strip_suffix('"').unwrap();
    let options = options.strip_prefix("-S /run/haproxy-master.sock ").unwrap();
    options.split(' ').map(str::to_owned).collect()
}

fn configure(site: &Site, [https, http]: [u16; 2], certbot: u16) {
    site.write(
        "files/haproxy/mta-sts-http.cfg",
        &site.file(
            "haproxy/mta-sts-http.cfg",
            &[
                ("bind [::]:80 v4v6", &format!("bind 127.0.0.1:{http}")),
                ("127.0.0.1:8402", &format!("127.0.0.1:{certbot}")),
            ],
        ),
    );
    site.write(
        "files/haproxy/mta-sts.cfg",
        &site.file(
            "haproxy/mta-sts.cfg",
            &[
                ("bind [::]:443 v4v6", &format!("bind 127.0.0.1:{https}")),
                (
                    &format!("/etc/haproxy/certs/{}.pem", site.host),
                    site.path("both.pem").to_str().unwrap(),
                ),
                (
                    &format!("/etc/haproxy/mta-sts/{}.txt", site.host),
                    site.path(&format!("root/etc/haproxy/mta-sts/{}.txt", site.host))
                        .to_str()
                        .unwrap(),
                ),
            ],
        ),
    );
    site.write("files/.well-known/mta-sts.txt", &site.file(".well-known/mta-sts.txt", &[]));
    site.write("files/haproxy/deploy-hook.sh", &site.file("haproxy/deploy-hook.sh", &[]));
    let host = &site.host;
    let hook = site.path("root/etc/haproxy/mta-sts/deploy-hook.sh");
    assert_eq!(
        carry_out(site, &["etc/haproxy", "etc/default"]),
        [
            "systemctl restart haproxy",
            &format!(
                "certbot certonly --standalone --http-01-address 127.0.0.1 --http-01-port 8402 \
                 -d {host} --deploy-hook {}",
                hook.display()
            ),
            "systemctl reload haproxy",
            &format!("curl -i https://{host}{PATH}"),
        ]
    );
    assert_eq!(hook.metadata().unwrap().permissions().mode() & 0o777, 0o755);
    site.write("root/etc/haproxy/haproxy.cfg", "global\n");
}

#[test]
fn the_hook_joins_certificate_and_key_and_reloads() {
    let site = Site::new(RecipeName::Haproxy, "example.com", PLAIN_POLICY);
    let certificates = site.path("certificates");
    let hook = site.file(
        "haproxy/deploy-hook.sh",
        &[("/etc/haproxy/certs", certificates.to_str().unwrap()), ("systemctl", "echo systemctl")],
    );
    let hook = site.write("deploy-hook.sh", &hook);
    program::run(Command::new("bash").arg("-n").arg(&hook));
    let printed = program::run(Command::new("sh").arg(&hook).env("RENEWED_LINEAGE", site.folder()));
    assert_eq!(printed, "systemctl reload haproxy\n");
    let joined = std::fs::read(certificates.join("mta-sts.example.com.pem")).unwrap();
    assert_eq!(joined, std::fs::read(site.path("both.pem")).unwrap());
    assert_eq!(certificates.read_dir().unwrap().count(), 1);
}
