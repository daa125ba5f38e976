use super::RecipeName;

/// A note: the name of its message, and the commands that do what it says, one complete line of a
/// shell each, with the placeholders of the templates. They are the same in every language.
pub(super) type Step = (&'static str, &'static [&'static str]);

const SERVER_FILES: Step = ("server-files", &[]);
const ADDRESS_OF_SERVER: Step = ("address-of-server", &[]);
const ADDRESS_OF_HOST: Step = ("address-of-host", &[]);
const AUTHORITY: Step = ("authority", &[]);
const CACHED: Step = ("cached", &[]);
const LEAVING: Step = ("leaving", &[]);

/// The folders are made for it, readable for the server whatever root's umask is.
const POLICY_OF_SERVER: Step = (
    "policy-of-server",
    &[concat!(
        "install -D -m 644 .well-known/mta-sts.txt ",
        "/var/www/@POLICY_HOST@/.well-known/mta-sts.txt"
    )],
);

/// How to see that it all works, whichever recipe it is.
pub(super) const VERIFY: Step =
    ("verify", &["curl -i https://@POLICY_HOST@/.well-known/mta-sts.txt"]);

/// The notes of a recipe, in order, before [`VERIFY`].
///
/// A name that leads to a host where nobody has claimed it yet can be taken over there, so with
/// hosts that let anybody claim names the record comes after the claim.
pub(super) const fn steps(name: RecipeName) -> &'static [Step] {
    match name {
        RecipeName::Nginx => NGINX,
        RecipeName::Apache => APACHE,
        RecipeName::Caddy => &[
            SERVER_FILES,
            ADDRESS_OF_SERVER,
            AUTHORITY,
            POLICY_OF_SERVER,
            (
                "caddy-site",
                &["cat caddy/mta-sts.caddyfile >> /etc/caddy/Caddyfile", "systemctl reload caddy"],
            ),
        ],
        RecipeName::Haproxy => HAPROXY,
        RecipeName::Traefik => &[
            ADDRESS_OF_SERVER,
            AUTHORITY,
            ("traefik-shared", &[]),
            ("traefik-up", &["docker compose up -d"]),
        ],
        RecipeName::CloudflareWorker => &[
            ("worker-address-given", &[]),
            ("worker-deploy", &["npx wrangler deploy"]),
            ("worker-settings", &[]),
            ("worker-change", &[]),
        ],
        RecipeName::GithubPages => &[
            ("github-verify", &[]),
            ("github-repository", &[]),
            AUTHORITY,
            ADDRESS_OF_HOST,
            ("github-https", &[]),
            CACHED,
            LEAVING,
        ],
        RecipeName::GitlabPages => &[
            ("gitlab-repository", &[]),
            ("gitlab-domain", &[]),
            AUTHORITY,
            ADDRESS_OF_HOST,
            CACHED,
            LEAVING,
        ],
        RecipeName::Netlify => &[
            ("netlify-site", &["npx netlify-cli deploy --prod"]),
            ("netlify-domain", &[]),
            AUTHORITY,
            ADDRESS_OF_HOST,
            LEAVING,
        ],
        RecipeName::S3Cloudfront => &[
            AUTHORITY,
            ("cloudfront-deploy", &["sh s3-cloudfront/deploy.sh"]),
            ("cloudfront-address", &[]),
            ("cloudfront-change", &[]),
            LEAVING,
        ],
        RecipeName::AzureStaticWebApps => &[
            (
                "azure-deploy",
                &[concat!(
                    "npx @azure/static-web-apps-cli deploy public --env production ",
                    "--deployment-token TOKEN"
                )],
            ),
            AUTHORITY,
            ADDRESS_OF_HOST,
            ("azure-domain", &[]),
            LEAVING,
        ],
        RecipeName::Sigillo => &[
            ("sigillo-not-yet", &[]),
            ADDRESS_OF_SERVER,
            AUTHORITY,
            ("sigillo-configuration", &[]),
            ("sigillo-policy", &[]),
        ],
    }
}

const NGINX: &[Step] = &[
    SERVER_FILES,
    ADDRESS_OF_SERVER,
    AUTHORITY,
    POLICY_OF_SERVER,
    ("nginx-long-name", &[]),
    (
        "nginx-http",
        &[
            "install -m 644 nginx/mta-sts-http.conf /etc/nginx/conf.d/@POLICY_HOST@-http.conf",
            "nginx -t && systemctl reload nginx",
        ],
    ),
    (
        "certificate-by-webroot",
        &[concat!(
            "certbot certonly --webroot -w /var/www/@POLICY_HOST@ -d @POLICY_HOST@ ",
            "--deploy-hook \"systemctl reload nginx\""
        )],
    ),
    (
        "nginx-https",
        &[
            "install -m 644 nginx/mta-sts.conf /etc/nginx/conf.d/@POLICY_HOST@.conf",
            "nginx -t && systemctl reload nginx",
        ],
    ),
];

const APACHE: &[Step] = &[
    SERVER_FILES,
    ADDRESS_OF_SERVER,
    AUTHORITY,
    POLICY_OF_SERVER,
    ("apache-modules", &["a2enmod ssl headers && systemctl restart apache2"]),
    (
        "apache-http",
        &[
            concat!(
                "install -m 644 apache/mta-sts-http.conf ",
                "/etc/apache2/sites-available/@POLICY_HOST@-http.conf"
            ),
            "a2ensite @POLICY_HOST@-http && systemctl reload apache2",
        ],
    ),
    (
        "certificate-by-webroot",
        &[concat!(
            "certbot certonly --webroot -w /var/www/@POLICY_HOST@ -d @POLICY_HOST@ ",
            "--deploy-hook \"systemctl reload apache2\""
        )],
    ),
    (
        "apache-https",
        &[
            concat!(
                "install -m 644 apache/mta-sts.conf ",
                "/etc/apache2/sites-available/@POLICY_HOST@.conf"
            ),
            "a2ensite @POLICY_HOST@ && systemctl reload apache2",
        ],
    ),
];

const HAPROXY: &[Step] = &[
    SERVER_FILES,
    ADDRESS_OF_SERVER,
    AUTHORITY,
    (
        "haproxy-policy",
        &["install -D -m 644 .well-known/mta-sts.txt /etc/haproxy/mta-sts/@POLICY_HOST@.txt"],
    ),
    ("haproxy-shared", &[]),
    (
        "haproxy-http",
        &[
            "install -m 644 haproxy/mta-sts-http.cfg /etc/haproxy/mta-sts/mta-sts-http.cfg",
            concat!(
                "echo 'EXTRAOPTS=\"-S /run/haproxy-master.sock -f /etc/haproxy/mta-sts\"' ",
                ">> /etc/default/haproxy"
            ),
            "systemctl restart haproxy",
        ],
    ),
    (
        "haproxy-certificate",
        &[
            "install -m 755 haproxy/deploy-hook.sh /etc/haproxy/mta-sts/deploy-hook.sh",
            concat!(
                "certbot certonly --standalone --http-01-address 127.0.0.1 --http-01-port 8402 ",
                "-d @POLICY_HOST@ --deploy-hook /etc/haproxy/mta-sts/deploy-hook.sh"
            ),
        ],
    ),
    (
        "haproxy-https",
        &[
            "install -m 644 haproxy/mta-sts.cfg /etc/haproxy/mta-sts/mta-sts.cfg",
            "systemctl reload haproxy",
        ],
    ),
];
