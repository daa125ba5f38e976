use std::process::Command;

use sigillo_generate::recipe::RecipeName;

use crate::commands::carry_out;
use crate::program::{self, Server};
use crate::site::{HOSTILE_POLICY, PATH, PLAIN_POLICY, Site};

/// Where Debian keeps the modules.
const MODULES: &str = "/usr/lib/apache2/modules";

#[test]
fn apache_serves_the_policy_and_nothing_else() {
    serve("example.com", PLAIN_POLICY);
}

#[test]
fn apache_serves_any_policy_byte_for_byte() {
    serve("xn--bcher-kva.example", HOSTILE_POLICY);
}

fn serve(domain: &str, policy: &'static str) {
    let Some(apache) = program::find("apache2") else {
        return;
    };
    let site = Site::new(RecipeName::Apache, domain, policy);
    let (_server, [https, http]) = Server::start(site.folder(), |ports| {
        configure(&site, ports);
        let mut command = Command::new(&apache);
        command.arg("-d").arg(site.folder());
        command.args(["-f", "apache.conf", "-X"]); // one process
        command
    });

    site.check(https);
    let challenge = site.get_plain(http, "/.well-known/acme-challenge/token-1_a");
    assert_eq!(challenge.status, 200);
    assert_eq!(challenge.body, b"token.thumbprint");
    for path in ["/", PATH, "/.well-known/acme-challenge/"] {
        assert_eq!(site.get_plain(http, path).status, 404, "{path}");
    }
}

/// Writes the recipe's files, carries out its commands and writes the frame around it all, with the
/// modules of the notes and those that Debian switches on by itself.
fn configure(site: &Site, [https, http]: [u16; 2]) {
    let www = format!("/var/www/{}", site.host);
    let own_www = site.path(&format!("root{www}"));
    let own_www = own_www.to_str().unwrap();
    let live = format!("/etc/letsencrypt/live/{}/", site.host);
    let own = format!("{}/", site.folder().display());
    site.write(
        "files/apache/mta-sts-http.conf",
        &site.file(
            "apache/mta-sts-http.conf",
            &[("<VirtualHost *:80>", &format!("<VirtualHost *:{http}>")), (&www, own_www)],
        ),
    );
    site.write(
        "files/apache/mta-sts.conf",
        &site.file(
            "apache/mta-sts.conf",
            &[
                ("<VirtualHost *:443>", &format!("<VirtualHost *:{https}>")),
                (&www, own_www),
                (&live, &own),
            ],
        ),
    );
    site.write("files/.well-known/mta-sts.txt", &site.file(".well-known/mta-sts.txt", &[]));
    let host = &site.host;
    assert_eq!(
        carry_out(site, &["etc/apache2/sites-available"]),
        [
            "a2enmod ssl headers",
            "systemctl restart apache2",
            &format!("a2ensite {host}-http"),
            "systemctl reload apache2",
            &format!(
                "certbot certonly --webroot -w {own_www} -d {host} \
                 --deploy-hook systemctl reload apache2"
            ),
            &format!("a2ensite {host}"),
            "systemctl reload apache2",
            &format!("curl -i https://{host}{PATH}"),
        ]
    );
    site.write(&format!("root{www}/.well-known/acme-challenge/token-1_a"), "token.thumbprint");
    let modules: String =
        ["mpm_event", "authz_core", "mime", "dir", "alias", "socache_shmcb", "headers", "ssl"]
            .map(|name| format!("LoadModule {name}_module {MODULES}/mod_{name}.so\n"))
            .concat();
    site.write(
        "apache.conf",
        &format!(
            "{modules}
            User www-data
            Group www-data
            ServerName localhost
            DefaultRuntimeDir .
            PidFile apache.pid
            Mutex fcntl:.
            ErrorLog /dev/stderr
            TypesConfig /etc/mime.types
            Listen 127.0.0.1:{https}
            Listen 127.0.0.1:{http}
            <Directory />
                AllowOverride None
                Require all denied
            </Directory>
            Include root/etc/apache2/sites-available/{host}-http.conf
            Include root/etc/apache2/sites-available/{host}.conf
            "
        ),
    );
}
