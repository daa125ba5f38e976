# The help of commands and options. Names are those of the commands and options, joined by hyphens.

help-heading-usage = Usage:
help-heading-commands = Commands
help-heading-arguments = Arguments
help-heading-options = Options
help-heading-exit = Exit status:
help-heading-examples = Examples:
help-value-command = COMMAND
help-value-options = OPTIONS

help = MTA-STS end to end: publish a policy, check it, understand what is wrong with it
help-json = Print the answer as JSON, for programs
help-lang = Language of the answer: it or en (default: that of the locale)
help-fail-on = From which severity on a finding gives exit status 1: error (default), warning or hint
help-help = Show this help
help-version = Show the version
help-examples =
    sigillo generate example.com --provider microsoft365
    sigillo validate policy mta-sts.txt
    sigillo explain policy-max-age-short

help-check = Look at a domain as a sending server would, and say what is wrong, what happens to mail, and what to do
help-check-domain = The domain, or several
help-check-format = How to write the answer: text (default), json or markdown
help-check-save = Save what was seen into a file, one JSON object a line
help-check-observation = Judge what was saved instead of looking
help-check-since = Also say what has changed since a saved look
help-check-no-smtp = Don't connect to mail hosts
help-check-examples =
    sigillo check example.com
    sigillo check example.com --save before.json
    sigillo check example.com --since before.json --format markdown

help-scan = Check a list of domains, one line of JSON each
help-scan-list = The list, one domain a line, with `#` comments (default: `-`, standard input)
help-scan-column = The list is CSV, and this column of its head holds the domains
help-scan-out = Write the results into this file instead of standard output
help-scan-resume = Go on with the file of --out: skip the domains that it holds
help-scan-force = Overwrite the file of --out
help-scan-ordered = Keep the order of the list (default: as they come)
help-scan-full = Keep the checks and what was seen in each line, for domains that have a record
help-scan-shard = Look at part K of N of the list, K from 1 to N; which part a domain belongs to never changes
help-scan-exclude = File with domains to leave alone, with everything below them, one a line; repeatable
help-scan-concurrency = How many domains are under way at a time (default: 100)
help-scan-rate = How many domains are begun in a second at most (default: as many as the concurrency lets through)
help-scan-rate-per-resolver = How many questions each DNS server is asked in a second at most, 0 for no limit (default: 500 for public addresses, no limit in one's own network)
help-scan-rate-per-policy-host = How many policies are fetched in a second at most from an IPv4 address or an IPv6 /64, whichever domains they are of, 0 for no limit (default: 10 for public addresses, no limit in one's own network)
help-scan-contact = Page or mail address (https://…, mailto:…) that tells policy hosts who asks
help-scan-no-smtp = Don't connect to mail hosts
help-scan-summary = Sum up this file of results instead of looking
help-scan-examples =
    sigillo scan domains.txt --rate 50 --contact mailto:scan@example.com
    sigillo scan domains.txt --out results.ndjson --resume
    sigillo scan top-1m.csv --column domain --shard 1/4 --out part1.ndjson
    sigillo scan --summary results.ndjson

# Of every command that looks.
help-network-config = Configuration file, whose [dns], [tls] and [network] are the defaults of these options (default: /etc/sigillo/sigillo.toml if it is there)
help-network-resolver = DNS server to ask (default: those of the system); may be repeated
help-network-dnssec = Who looks at DNSSEC signatures: auto (default: this program if the server passes them on), validate, trust-ad (a server on this machine) or off
help-network-trust-anchor = File with the DS or DNSKEY records to trust in place of those of the root
help-network-ca-file = File with certificates to trust beside the public authorities
help-network-https-port = Port of the policy host (default: 443)
help-network-smtp-port = Port of the mail hosts (default: 25)
help-network-timeout = How long the look may take in all (default: 60s)
help-network-helo = Name to greet mail hosts with (default: that of this machine)
help-network-internal = Connect also to addresses that are not public, as in a network of one's own

help-generate = Make a policy, its DNS records, a web-server recipe and the steps to publish them
help-generate-domain = The mail domain: the part of its addresses behind the @
help-generate-mode = What senders do when validation fails: testing (default: deliver and report), enforce (don't deliver) or none (as without a policy)
help-generate-mx = MX host that may receive mail, or *.NAME for all with one label more; repeatable
help-generate-provider = Take the patterns of a mail provider, such as microsoft365; `list` shows all; repeatable
help-generate-from-dns = Read the live MX records; without --mx and --provider the patterns come from them, and this is the default
help-generate-live-mx = An MX host that is in the DNS now: the proposal is compared with it, and made from it where nothing else is given; repeatable
help-generate-from-policy = Start from the policy in this file (`-`: standard input)
help-generate-max-age = How long senders keep the policy: seconds, or 1d, 1w, 1y (default: 1d, in enforce 1w)
help-generate-id = The id of the record: 1 to 32 letters and digits, or `content` to derive it from the policy (default: the time)
help-generate-tls-rpt = Where TLS reports go, as a mail address or https: URI: adds the TLS-RPT record; repeatable
help-generate-policy-host = Where mta-sts.DOMAIN leads, an address or a name: adds its records; repeatable
help-generate-recipe = Add a configuration for a web server or host, such as nginx; `list` shows all
help-generate-zone = The zone that holds the records, for names relative to it (default: the registered domain)
help-generate-ttl = How long resolvers keep the records (default: 1h, in testing 5m)
help-generate-dns-format = Write the records as zone (default), nsupdate, octodns or terraform
help-generate-out = Write the policy, the records and the recipe into this folder
help-generate-force = Overwrite files that are there already
help-generate-examples =
    sigillo generate example.com --provider proton --tls-rpt tls@example.com
    sigillo generate example.com --mx mail.example.com --recipe nginx --out site
    sigillo generate example.com --from-policy mta-sts.txt --mode enforce

help-validate = Check the syntax of a policy, record or report offline, pointing at the exact bytes
help-validate-policy = Check a policy file
help-validate-policy-file = The file; `-` is standard input
help-validate-record = Check an MTA-STS record, the TXT record at _mta-sts.DOMAIN
help-validate-record-text = The text of the record, without quotes; `-` is standard input
help-validate-tls-rpt = Check a TLS-RPT record, the TXT record at _smtp._tls.DOMAIN
help-validate-tls-rpt-text = The text of the record, without quotes; `-` is standard input
help-validate-dmarc = Check a DMARC record, the TXT record at _dmarc.DOMAIN
help-validate-dmarc-text = The text of the record, without quotes; `-` is standard input
help-validate-report = Check a TLS report: JSON, also packed with gzip or in the mail that carried it
help-validate-report-file = The file; `-` is standard input
help-validate-examples =
    sigillo validate policy mta-sts.txt
    sigillo validate record "v=STSv1; id=20260131;"
    dig +short TXT _dmarc.example.com | sed 's/" "//g; s/"//g' |
    sigillo validate dmarc -
    sigillo validate report report.json.gz

help-dmarc = DMARC records
help-dmarc-generate = Make a DMARC record and the way to a stronger one
help-dmarc-generate-domain = The domain to protect
help-dmarc-generate-policy = What receivers are asked to do with mail that fails: none (default), quarantine or reject
help-dmarc-generate-subdomain-policy = The same for sub-domains that exist (sp)
help-dmarc-generate-nonexistent-policy = The same for sub-domains that don't exist (np)
help-dmarc-generate-rua = Where aggregate reports go, a mail address; repeatable
help-dmarc-generate-ruf = Where failure reports go, a mail address; repeatable
help-dmarc-generate-fo = When failure reports are wanted: 0, 1, d, s, with colons between several
help-dmarc-generate-strict-dkim = The DKIM domain must be exactly that of From (adkim=s)
help-dmarc-generate-strict-spf = The SPF domain must be exactly that of From (aspf=s)
help-dmarc-generate-test = Test mode: ask to apply the policy one level weaker (t=y)
help-dmarc-generate-psd = Whether others register names under the domain: y or n
help-dmarc-generate-compatible = Write test mode for readers of the older standard too (pct=0)
help-dmarc-generate-zone = The zone that holds the record, for names relative to it (default: the registered domain)
help-dmarc-generate-ttl = How long resolvers keep the record (default: 1h)
help-dmarc-generate-dns-format = Write the record as zone (default), nsupdate, octodns or terraform
help-dmarc-generate-examples =
    sigillo dmarc generate example.com --rua dmarc@example.com
    sigillo dmarc generate example.com --policy quarantine --test --compatible

help-tls-rpt = TLS-RPT records
help-tls-rpt-generate = Make the record that asks for TLS reports
help-tls-rpt-generate-domain = The mail domain
help-tls-rpt-generate-rua = Where reports go, as a mail address or https: URI; repeatable
help-tls-rpt-generate-zone = The zone that holds the record, for names relative to it (default: the registered domain)
help-tls-rpt-generate-ttl = How long resolvers keep the record (default: 1h)
help-tls-rpt-generate-dns-format = Write the record as zone (default), nsupdate, octodns or terraform
help-tls-rpt-generate-examples =
    sigillo tls-rpt generate example.com --rua tls@example.com

help-explain = Explain what a finding means, why it matters and how to mend it
help-explain-code = The code of the finding, such as policy-max-age-short
help-explain-list = List all codes

help-query = Say what a sending server would do for a next hop, and why: asks the running service, or else looks by itself
help-query-next-hop = Where mail goes next, as Postfix names it: example.com, [mail.example.com] or [mail.example.com]:587; several are possible
help-query-fresh = Look anew, whatever the service remembers
help-query-config = Configuration file, whose [sender] says where the service is asked and what you decide for some domains (default: the file that SIGILLO_CONFIG names, else /etc/sigillo/sigillo.toml if it is there)
help-query-exit =
    0: it is known what happens to mail, with or without a policy
    2: mail to a next hop has to wait, as nothing can be told now; also wrong usage or no answer
help-query-examples =
    sigillo query example.com
    sigillo query '[mail.example.com]:587' --fresh
    sigillo query example.com --resolver 127.0.0.1 --json

help-cache = Show and change what the running service remembers of other domains' policies
help-cache-config = The configuration of the service (default: the file that SIGILLO_CONFIG names, else /etc/sigillo/sigillo.toml)
help-cache-examples =
    sigillo cache list
    sigillo cache refresh example.com
    sigillo cache export --out policies.ndjson
    sigillo cache import --from postfix-mta-sts-resolver /var/lib/mta-sts/cache.db

help-cache-list = List all policies with their mode and when they expire
help-cache-show = Show all that is remembered of a domain
help-cache-show-domain = The policy domain
help-cache-refresh = Look at domains anew, and fetch their policies again, unless that failed less than five minutes ago
help-cache-refresh-domain = The policy domain, or several
help-cache-purge = Forget domains, or all; until their policies are fetched again, nothing protects mail to them
help-cache-purge-domain = The policy domain, or several
help-cache-purge-all = Forget everything
help-cache-purge-dry-run = Only say what would be forgotten
help-cache-export = Write all policies as lines of JSON
help-cache-export-out = Write them into this file instead of standard output
help-cache-export-force = Overwrite the file of --out
help-cache-import = Take over policies; a newer one that is here already stays
help-cache-import-file = File with lines as `cache export` writes them, or - for standard input
help-cache-import-from = The file is the cache of another program: postfix-mta-sts-resolver (SQLite)
help-cache-import-dry-run = Only say what would be taken
help-cache-import-examples =
    sigillo cache import policies.ndjson --dry-run
    sigillo cache import --from postfix-mta-sts-resolver /var/lib/mta-sts/cache.db

help-serve = Run what the configuration says: without one, the pages and the API at http://127.0.0.1:8460
help-serve-config = The configuration (default: the file that SIGILLO_CONFIG names, else /etc/sigillo/sigillo.toml if it is there)

help-config = Show and check the configuration of `sigillo serve`
help-config-examples =
    sigillo config check
    sigillo config check sigillo.toml
    sigillo config show
    SIGILLO_LOG_LEVEL=debug sigillo config show

help-config-check = Say everything that is wrong with a configuration, each at its place
help-config-check-file = The file (default: the one that SIGILLO_CONFIG names, else /etc/sigillo/sigillo.toml)
help-config-show = Print the value that every key has in the end, and where it comes from
help-config-show-file = The file (default: the one that SIGILLO_CONFIG names, else /etc/sigillo/sigillo.toml)

help-completions = Print completions for a shell
help-completions-shell = bash, elvish, fish, powershell or zsh
help-completions-examples =
    sigillo completions bash > /etc/bash_completion.d/sigillo

help-man = Print a manual page, or write all of them
help-man-command = The command that the page is about (default: sigillo itself)
help-man-out = Write all pages into this folder
help-man-status = EXIT STATUS
help-man-status-text = 0: fine. 1: the input has errors, and the answer is complete. 2: wrong usage, unreadable input, or no answer.
help-man-environment = ENVIRONMENT
help-man-environment-text = LC_ALL, LC_MESSAGES, LC_CTYPE, LANG: language and character set. NO_COLOR: no colours. COLUMNS: the width of text.
help-man-examples =
    sigillo man generate | man -l -
    sigillo man --out /usr/local/share/man/man1

help-schema = Print the JSON Schema of what `--json` prints
help-schema-name = The output; without it all are listed
