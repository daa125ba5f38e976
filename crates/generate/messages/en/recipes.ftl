# What to do with the files of a recipe: one paragraph each, names and paths in backticks. The commands
# that belong to a paragraph stand in src/recipe/steps.rs and are shown below it.

server-files = Bring the files of this recipe to the server (they also come all in one folder or archive). The commands below are for root there, in the folder with the files.
address-of-server = Publish an A record for `{ $host }` with the public IPv4 address of this server, and an AAAA record if it can be reached over IPv6.
address-of-host = Publish a CNAME record for `{ $host }` that points to `{ $target }`, with the name of your account, site or app in place of the part in capitals.
address-given = Now publish the records for `{ $host }` that are listed above.
authority = If `{ $domain }` or `{ $host }` has CAA records, they must allow `{ $authority }`, or no certificate will be issued.
policy-of-server = Put the policy where the web server can read it. When the policy changes, do this again; nothing needs a reload.
certificate-by-webroot = Get the certificate. From then on certbot renews it by itself.
cached = { $title } lets caches keep every file for 10 minutes, which can't be changed: after a change of the policy, wait that long before you change the `id` in the DNS record.
leaving = Before you give this site up, move the policy or retire it with mode `none`, then remove the CNAME record: whoever takes the abandoned name at the host could publish a policy for `{ $domain }`.
verify = Verify: the answer must show status 200, the type `text/plain` and the policy itself (senders don't follow a redirect).

nginx-long-name = The name of the host is longer than nginx expects where it serves other sites too: put `server_names_hash_bucket_size { $bucket };` into the `http` block of `/etc/nginx/nginx.conf`.
nginx-http = Let nginx answer the certificate authority on port 80, which must be reachable from the Internet. It answers nothing else there for this name.
nginx-https = Serve the policy, and let port 443 through the firewall.

apache-modules = Switch on the modules that Debian leaves off.
apache-http = Let Apache answer the certificate authority on port 80, which must be reachable from the Internet. It answers nothing else there for this name.
apache-https = Serve the policy, and let port 443 through the firewall.

caddy-site = Add the site to Caddy's configuration, once. Caddy gets the certificate and renews it; ports 80 and 443 must be reachable from the Internet.

haproxy-policy = Put the policy into a folder of its own beside HAProxy's configuration. HAProxy reads it when it starts: when the policy changes, do this again and reload HAProxy. (Above about 15 kB it also needs a larger `tune.bufsize`.)
haproxy-shared = Where HAProxy already has a frontend on port 80 or 443 (other sites, further domains), don't add the one below as a second: give the `bind` line that is there the certificate too, and copy the `http-request return` line, or on port 80 the `acl` and a `use_backend mta-sts-certbot if challenge`, into it.
haproxy-http = Let HAProxy hand the certificate authority's requests on port 80, which must be reachable from the Internet, to certbot. If `/etc/default/haproxy` sets `EXTRAOPTS` already, add `-f /etc/haproxy/mta-sts` there instead of the second command.
haproxy-certificate = Get the certificate. The hook joins certificate and key as HAProxy wants them; from then on certbot renews by itself.
haproxy-https = Serve the policy, and let port 443 through the firewall.

traefik-shared = Where Traefik already runs, take only the service `policy` of `compose.yaml`, with the names of your own entry point and certificate resolver in its labels.
traefik-up = Put `compose.yaml` and the folder `.well-known` side by side on the server and start them there. Traefik gets the certificate and renews it; port 443 must be reachable from the Internet. When the policy changes, replace the file; nothing needs a restart.

worker-address-given = No record for `{ $host }` is listed above, although one was asked for: Cloudflare creates its own with the Worker.
worker-deploy = The zone of `{ $domain }` must be at Cloudflare. Remove any record that there is for `{ $host }`, then deploy from the folder with `worker.js` and `wrangler.toml`: that creates the DNS record and the certificate.
worker-settings = In the dashboard, set the minimum TLS version of the zone to 1.2, add a configuration rule that turns the Browser Integrity Check off for `{ $host }`, and leave Bot Fight Mode off, since no rule exempts a host from it: mail servers are no browsers and would be locked out.
worker-change = The policy is inside `worker.js`: when it changes, generate the recipe again and deploy it again.

github-verify = Verify `{ $domain }` under Settings, Pages of your account (not of the repository), with the TXT record that is shown there, so that nobody else can claim the name.
github-repository = Push the files to the root of a public repository: `.well-known/mta-sts.txt`, `CNAME` and the empty `.nojekyll`, without which folders that begin with a dot are left out. Then choose "Deploy from a branch" with the folder `/ (root)` under Settings, Pages of the repository, and see that `{ $host }` stands there under "Custom domain".
github-https = When GitHub has checked the record and got the certificate, tick "Enforce HTTPS" in the repository.

gitlab-repository = Push `.gitlab-ci.yml` and `public/.well-known/mta-sts.txt` to a project; the pipeline of its default branch publishes the folder `public`. Under Settings, General, the visibility of Pages must be "Everyone".
gitlab-domain = Under Deploy, Pages add the domain `{ $host }` and publish the TXT record that is shown for its verification, so that nobody else can claim the name. Leave "Automatic certificate management" on, and make no other domain the primary one: the policy would be redirected there.

netlify-site = Push `netlify.toml` and `public/.well-known/mta-sts.txt` to a repository that Netlify builds from, or deploy the folder that holds them:
netlify-domain = Under Domain management add `{ $host }` before any record leads to Netlify, so that nobody else can claim the name, and make it the primary domain, so that nothing is redirected. When the CNAME record is there, Netlify gets the certificate.

cloudfront-deploy = Run the script with the AWS CLI signed in; `s3-cloudfront/template.yaml` creates a private bucket, the certificate and the distribution in `us-east-1`, where CloudFront wants it. If Route 53 serves the domain, set `HOSTED_ZONE_ID` before: all DNS records are then made for you. Otherwise the script waits until you publish the CNAME that AWS Certificate Manager shows in its console.
cloudfront-address = Where Route 53 doesn't serve the domain, publish the CNAME record for `{ $host }` that the script prints at its end.
cloudfront-address-given = Where Route 53 doesn't serve the domain, publish the record for `{ $host }` that is listed above; it must lead to the name that the script prints at its end.
cloudfront-change = When the policy changes, run the script again. CloudFront keeps no copy of the policy, so the change is there at once.

azure-deploy = Create a Static Web App and deploy the folder `public`, with the app's deployment token in place of `TOKEN`. Azure refuses sites without `public/index.html`; the configuration answers 404 for it.
azure-domain = Under Custom domains of the app add `{ $host }`; Azure verifies it by the CNAME and gets the certificate.

sigillo-not-yet = The hosting role is not part of this version of Sigillo yet, and `sigillo.toml` is its configuration for when it is. Until then take another recipe.
sigillo-configuration = Then merge `sigillo.toml` into `/etc/sigillo/sigillo.toml`. The hosting role gets and renews the certificates itself; ports 80 and 443 must be reachable from the Internet.
sigillo-policy = Give the hosting role the domain and its policy, `.well-known/mta-sts.txt`. It serves as many domains as you like.
