use std::process::Command;

use sigillo_generate::recipe::RecipeName;

use crate::commands::carry_out;
use crate::program::{self, Server};
use crate::site::{HOSTILE_POLICY, PATH, PLAIN_POLICY, Site};

#[test]
fn caddy_serves_the_policy_and_nothing_else() {
    serve("example.com", PLAIN_POLICY);
}

#[test]
fn caddy_serves_any_policy_byte_for_byte() {
    serve("xn--bcher-kva.example", HOSTILE_POLICY);
}

fn serve(domain: &str, policy: &'static str) {
    let Some(caddy) = program::find("caddy") else {
        return;
    };
    let site = Site::new(RecipeName::Caddy, domain, policy);
    let (_server, [https, _http]) = Server::start(site.folder(), |ports| {
        configure(&site, ports);
        let mut command = Command::new(&caddy);
        command.args(["run", "--adapter", "caddyfile", "--config"]);
        command.arg(site.path("root/etc/caddy/Caddyfile"));
        at_home(&site, &mut command);
        command
    });
    site.check(https);
}

/// Writes the recipe's site, with the test's certificate in place of one by ACME, carries out its
/// commands, and puts the global options, which move the ports, before what they wrote.
fn configure(site: &Site, [https, http]: [u16; 2]) {
    let own = site.folder().display();
    let address = format!("{} {{\n", site.host);
    site.write(
        "files/caddy/mta-sts.caddyfile",
        &site.file(
            "caddy/mta-sts.caddyfile",
            &[
                (&address, &format!("{address}\ttls {own}/fullchain.pem {own}/privkey.pem\n")),
                (&format!("/var/www/{}", site.host), &format!("{own}/root/var/www/{}", site.host)),
            ],
        ),
    );
    site.write("files/.well-known/mta-sts.txt", &site.file(".well-known/mta-sts.txt", &[]));
    let host = &site.host;
    assert_eq!(
        carry_out(site, &["etc/caddy"]),
        ["systemctl reload caddy", &format!("curl -i https://{host}{PATH}")]
    );
    let added = std::fs::read_to_string(site.path("root/etc/caddy/Caddyfile")).unwrap();
    site.write(
        "root/etc/caddy/Caddyfile",
        &format!(
            "{{
                admin off
                default_bind 127.0.0.1
                https_port {https}
                http_port {http}
            }}
            {added}"
        ),
    );
}

/// Caddy keeps what it remembers below the home folder.
fn at_home(site: &Site, command: &mut Command) {
    command.env("HOME", site.folder()).env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME");
}

/// Traefik itself isn't packaged, but the file server behind it is Caddy's.
#[test]
fn the_file_server_behind_traefik_serves_the_policy() {
    let Some(caddy) = program::find("caddy") else {
        return;
    };
    let site = Site::new(RecipeName::Traefik, "example.com", HOSTILE_POLICY);
    let compose = site.file("compose.yaml", &[]);
    let arguments =
        compose.lines().find_map(|line| line.trim().strip_prefix("command: [\"caddy\", ")).unwrap();
    let arguments = arguments.trim_end_matches(']').replace('"', "");
    let www = site.write(&format!("www{PATH}"), HOSTILE_POLICY);
    let www = www.ancestors().nth(2).unwrap();
    let (_server, [port]) = Server::start(site.folder(), |[port]: [u16; 1]| {
        let mut command = Command::new(&caddy);
        command.args(arguments.split(", ").map(|argument| match argument {
            ":8080" => format!("127.0.0.1:{port}"),
            "/srv" => www.to_str().unwrap().to_owned(),
            other => other.to_owned(),
        }));
        at_home(&site, &mut command);
        command
    });
    let answer = site.get_plain(port, PATH);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("Content-Type"), Some("text/plain; charset=utf-8"));
    assert_eq!(answer.body, HOSTILE_POLICY.as_bytes());
    assert_eq!(site.get_plain(port, "/other").status, 404);
}
