use std::path::Path;
use std::process::Command;

use sigillo_generate::recipe::RecipeName;

use crate::commands::carry_out;
use crate::program::{self, Server};
use crate::site::{HOSTILE_POLICY, PATH, PLAIN_POLICY, Site};

#[test]
fn nginx_serves_the_policy_and_nothing_else() {
    serve("example.com", PLAIN_POLICY, "");
}

#[test]
fn nginx_serves_any_policy_byte_for_byte() {
    serve("xn--bcher-kva.example", HOSTILE_POLICY, "");
}

/// With other sites on the port, as on most machines, nginx refuses long names unless the
/// directive is there that the notes of the recipe name.
#[test]
fn nginx_takes_a_long_name_with_larger_buckets() {
    let Some(nginx) = program::find("nginx") else {
        return;
    };
    let domain = format!("{}.example", "a".repeat(60));
    let site = Site::new(RecipeName::Nginx, &domain, PLAIN_POLICY);
    configure(&site, [1, 2, 3, 4], "");
    let output = command(&nginx, &site).arg("-t").output().unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("server_names_hash_bucket_size"), "{said}");

    serve(&domain, PLAIN_POLICY, "server_names_hash_bucket_size 128;");
}

fn serve(domain: &str, policy: &'static str, directive: &str) {
    let Some(nginx) = program::find("nginx") else {
        return;
    };
    let site = Site::new(RecipeName::Nginx, domain, policy);
    let (_server, [https, other_https, http, other_http]) = Server::start(site.folder(), |ports| {
        configure(&site, ports, directive);
        command(&nginx, &site)
    });

    for port in [https, other_https] {
        site.check(port);
    }
    for port in [http, other_http] {
        let challenge = site.get_plain(port, "/.well-known/acme-challenge/token");
        assert_eq!(challenge.status, 200);
        assert_eq!(challenge.body, b"token.thumbprint");
        assert_eq!(site.get_plain(port, PATH).status, 404);
        assert_eq!(site.get_plain(port, "/").status, 404);
    }
}

fn command(nginx: &Path, site: &Site) -> Command {
    let mut command = Command::new(nginx);
    command.arg("-p").arg(site.folder());
    command.args(["-e", "stderr", "-c", "nginx.conf"]);
    command
}

/// Writes the recipe's files, carries out its commands and writes the frame around it all. The addresses of IPv6 become further
/// ports of IPv4: not every machine has both.
fn configure(site: &Site, ports: [u16; 4], directive: &str) {
    let [https, other_https, http, other_http] = ports;
    let www = site.path(&format!("root/var/www/{}", site.host));
    let www = www.to_str().unwrap();
    let root = format!("root /var/www/{};", site.host);
    let root = (root.as_str(), format!("root {www};"));
    let live = format!("/etc/letsencrypt/live/{}/", site.host);
    let own = format!("{}/", site.folder().display());
    site.write(
        "files/nginx/mta-sts-http.conf",
        &site.file(
            "nginx/mta-sts-http.conf",
            &[
                ("listen 80;", &format!("listen 127.0.0.1:{http};")),
                ("listen [::]:80;", &format!("listen 127.0.0.1:{other_http};")),
                (root.0, &root.1),
            ],
        ),
    );
    site.write(
        "files/nginx/mta-sts.conf",
        &site.file(
            "nginx/mta-sts.conf",
            &[
                ("listen 443 ssl;", &format!("listen 127.0.0.1:{https} ssl;")),
                ("listen [::]:443 ssl;", &format!("listen 127.0.0.1:{other_https} ssl;")),
                (root.0, &root.1),
                (&live, &own),
            ],
        ),
    );
    site.write("files/.well-known/mta-sts.txt", &site.file(".well-known/mta-sts.txt", &[]));
    let host = &site.host;
    assert_eq!(
        carry_out(site, &["etc/nginx/conf.d"]),
        [
            "nginx -t",
            "systemctl reload nginx",
            &format!(
                "certbot certonly --webroot -w {www} -d {host} \
                 --deploy-hook systemctl reload nginx"
            ),
            "nginx -t",
            "systemctl reload nginx",
            &format!("curl -i https://{host}{PATH}"),
        ]
    );
    site.write(
        &format!("root/var/www/{host}/.well-known/acme-challenge/token"),
        "token.thumbprint",
    );
    site.write(
        "nginx.conf",
        &format!(
            "user root;
            daemon off;
            master_process off;
            pid nginx.pid;
            events {{ }}
            http {{
                access_log off;
                client_body_temp_path temp/body;
                proxy_temp_path temp/proxy;
                fastcgi_temp_path temp/fastcgi;
                uwsgi_temp_path temp/uwsgi;
                scgi_temp_path temp/scgi;
                types {{ application/octet-stream txt; }}
                {directive}
                include root/etc/nginx/conf.d/*.conf;
                server {{
                    listen 127.0.0.1:{http};
                    server_name neighbour.example;
                }}
            }}"
        ),
    );
    std::fs::create_dir_all(site.path("temp")).unwrap();
}
