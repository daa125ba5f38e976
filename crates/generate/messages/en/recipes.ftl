# What to do with the files of a recipe: one paragraph each, commands and names in backticks.

address-of-server = Publish an A record for `{ $host }` with the public IPv4 address of this server, and an AAAA record if it can be reached over IPv6.
address-of-host = Publish a CNAME record for `{ $host }` that points to `{ $target }`, with your own name in place of the capitals.
authority = If `{ $domain }` or `{ $host }` has CAA records, they must allow `{ $authority }`, or no certificate will be issued.
policy-of-server = Copy `.well-known/mta-sts.txt` to `/var/www/{ $host }/.well-known/mta-sts.txt`, where the web server can read it. When the policy changes, replace that file; nothing needs a reload.
certificate-by-webroot = Get the certificate: `certbot certonly --webroot -w /var/www/{ $host } -d { $host } --deploy-hook "systemctl reload { $service }"`. From then on certbot renews it by itself.
cached = { $title } lets caches keep every file for 10 minutes, which can't be changed: after a change of the policy, wait that long before you change the `id` in the DNS record.
leaving = Before you give this site up, remove the CNAME record: whoever takes the abandoned name at the host could publish a policy for `{ $domain }`.
verify = Verify: `curl -i https://{ $host }/.well-known/mta-sts.txt` must show status 200, the type `text/plain` and the policy itself (senders don't follow a redirect). Then let `sigillo check { $domain }` look at the rest.

nginx-long-name = The name of the host is longer than nginx expects where it serves other sites too: put `server_names_hash_bucket_size { $bucket };` into the `http` block of `/etc/nginx/nginx.conf`.
nginx-http = Copy `nginx/mta-sts-http.conf` to `/etc/nginx/conf.d/{ $host }-http.conf` and run `nginx -t && systemctl reload nginx`. It answers the certificate authority on port 80, which must be reachable from the Internet, and nobody else.
nginx-https = Copy `nginx/mta-sts.conf` to `/etc/nginx/conf.d/{ $host }.conf` and run `nginx -t && systemctl reload nginx` again; let port 443 through the firewall.

apache-modules = Switch the modules on that Debian leaves off: `a2enmod ssl headers && systemctl restart apache2`.
apache-http = Copy `apache/mta-sts-http.conf` to `/etc/apache2/sites-available/{ $host }-http.conf` and run `a2ensite { $host }-http && systemctl reload apache2`. It answers the certificate authority on port 80, which must be reachable from the Internet, and nobody else.
apache-https = Copy `apache/mta-sts.conf` to `/etc/apache2/sites-available/{ $host }.conf` and run `a2ensite { $host } && systemctl reload apache2`; let port 443 through the firewall.

caddy-site = Append `caddy/mta-sts.caddyfile` to `/etc/caddy/Caddyfile` and run `systemctl reload caddy`. Caddy gets the certificate and renews it; ports 80 and 443 must be reachable from the Internet.

haproxy-policy = Copy `.well-known/mta-sts.txt` to `/etc/haproxy/mta-sts/{ $host }.txt`. HAProxy reads it when it starts: after a change of the policy, replace the file and run `systemctl reload haproxy`. (Above about 15 kB it also needs a larger `tune.bufsize`.)
haproxy-http = Copy `haproxy/mta-sts-http.cfg` to `/etc/haproxy/mta-sts/`, write `EXTRAOPTS="-S /run/haproxy-master.sock -f /etc/haproxy/mta-sts"` into `/etc/default/haproxy` and run `systemctl restart haproxy`. It hands the certificate authority's requests on port 80, which must be reachable from the Internet, to certbot.
haproxy-certificate = Copy `haproxy/deploy-hook.sh` to `/etc/haproxy/mta-sts/`, make it executable, and get the certificate: `certbot certonly --standalone --http-01-address 127.0.0.1 --http-01-port 8402 -d { $host } --deploy-hook /etc/haproxy/mta-sts/deploy-hook.sh`. The hook joins certificate and key as HAProxy wants them; certbot renews by itself from then on.
haproxy-https = Copy `haproxy/mta-sts.cfg` to `/etc/haproxy/mta-sts/` and run `systemctl reload haproxy`; let port 443 through the firewall.
haproxy-shared = Where HAProxy already has a frontend on port 80 or 443 (other sites, further domains), don't add a second one: give its `bind` line the certificate too, and copy the `http-request return` line, or on port 80 the `acl` and a `use_backend mta-sts-certbot if challenge`, into it.

traefik-up = Put `compose.yaml` and the folder `.well-known` side by side on the server and run `docker compose up -d` there. Traefik gets the certificate and renews it; port 443 must be reachable from the Internet. When the policy changes, replace the file; nothing needs a restart.
traefik-shared = Where Traefik already runs, take only the service `policy`, with the names of your own entry point and certificate resolver in its labels.

worker-deploy = The zone of `{ $domain }` must be at Cloudflare. Remove any record for `{ $host }`, then run `npx wrangler deploy` in the folder with `worker.js` and `wrangler.toml`: it creates the DNS record and the certificate.
worker-settings = In the dashboard, set the minimum TLS version of the zone to 1.2, add a configuration rule that turns the Browser Integrity Check off for `{ $host }`, and leave Bot Fight Mode off, since no rule exempts a host from it: mail servers are no browsers and would be locked out.
worker-change = The policy is inside `worker.js`: when it changes, make the recipe anew and deploy it again.

github-repository = Push the files to the root of a public repository: `.well-known/mta-sts.txt`, `CNAME` and the empty `.nojekyll`, without which folders that begin with a dot are left out. Then choose "Deploy from a branch" with the folder `/ (root)` under Settings, Pages.
github-domain = Verify `{ $domain }` under Settings, Pages of your account, so that nobody else can claim the name; when the certificate is there, tick "Enforce HTTPS" in the repository.

gitlab-repository = Push `.gitlab-ci.yml` and `public/.well-known/mta-sts.txt` to a project; the pipeline of its default branch publishes the folder `public`. Under Settings, General, the visibility of Pages must be "Everyone".
gitlab-domain = Under Deploy, Pages add the domain `{ $host }`, publish the TXT record that is shown for its verification, leave "Automatic certificate management" on, and make no other domain the primary one: the policy would be redirected there.

netlify-site = Push `netlify.toml` and `public/.well-known/mta-sts.txt` to a repository that Netlify builds from, or run `npx netlify-cli deploy --prod` in the folder.
netlify-domain = Under Domain management add `{ $host }` and make it the primary domain, so that nothing is redirected; Netlify gets the certificate.

cloudfront-deploy = Run `sh s3-cloudfront/deploy.sh` with the AWS CLI signed in; `s3-cloudfront/template.yaml` creates a private bucket, the certificate and the distribution in `us-east-1`, where CloudFront wants it. If Route 53 serves the domain, set `HOSTED_ZONE_ID` before: all DNS records are then made for you. Otherwise the script waits until you publish the CNAME that AWS Certificate Manager shows in its console.
cloudfront-address = Where Route 53 doesn't serve the domain, publish the CNAME record for `{ $host }` that the script prints at its end.
cloudfront-change = When the policy changes, run the script again. CloudFront keeps no copy of the policy, so the change is there at once.

azure-deploy = Create a Static Web App and deploy the folder: `npx @azure/static-web-apps-cli deploy public --env production --deployment-token TOKEN`. Azure refuses sites without `public/index.html`; the configuration answers 404 for it.
azure-domain = Under Custom domains of the app add `{ $host }`; Azure verifies it by the CNAME and gets the certificate.

sigillo-configuration = Merge `sigillo.toml` into `/etc/sigillo/sigillo.toml`, look it over with `sigillo config check /etc/sigillo/sigillo.toml`, and start `sigillo serve`. The hosting role gets and renews the certificates itself; ports 80 and 443 must be reachable from the Internet.
sigillo-policy = Give the hosting role the domain and its policy, `.well-known/mta-sts.txt`; `sigillo host --help` tells how. It serves as many domains as you like.
