# What commands say. Names that begin with say-fail- are failures: the message and, with -help, the advice.

say-error = error
say-warning = warning
say-help = help
say-reference = see
say-fix = the corrected text
say-more = and { $count } more of { $code } that are not listed

say-valid-policy = The policy is valid
say-invalid-policy = The policy is not valid
say-valid-record = The MTA-STS record is valid
say-invalid-record = The MTA-STS record is not valid
say-valid-tls-rpt = The TLS-RPT record is valid
say-invalid-tls-rpt = The TLS-RPT record is not valid
say-valid-dmarc = The DMARC record is valid
say-invalid-dmarc = The DMARC record is not valid
say-valid-report = The report can be used
say-invalid-report = The report can't be used
say-count-errors = { $count ->
    [one] 1 error
   *[other] { $count } errors
}
say-count-warnings = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
}
say-count-hints = { $count ->
    [one] 1 hint
   *[other] { $count } hints
}
say-understood = What was understood
say-rows-more = and { $count } more; --json lists them all

say-why = Why it matters
say-what-to-do = What to do
say-standard = Standard

say-generate-title = MTA-STS for { $domain }, mode { $mode }
say-mode-testing = Senders deliver even where validation fails, and report the failure.
say-mode-enforce = Senders deliver only to MX hosts that match the policy and show a valid certificate.
say-mode-none = Senders treat the domain as if it had no policy: the way out of MTA-STS.
say-policy-file = Policy file
say-records = DNS records
say-records-as = { $format ->
    [zone] The same records as lines of a zone file
    [nsupdate] The same records as nsupdate commands
    [octodns] The same records as octoDNS YAML
    [terraform] The same records as Terraform resources
   *[other] The same records as { $format }
}
say-record-name = Name
say-record-panel = In DNS panel
say-record-type = Type
say-record-value = Value
say-record-long = The value is longer than 255 bytes: in a zone file it is split as below, and most panels do that by themselves.
say-web-server = Web server
say-recipe-hint = `--recipe nginx` adds a configuration that serves the file; `--recipe list` shows for which servers and hosts there is one.
say-recipe-title = Web server: { $name }
say-steps = Steps
say-remarks = Remarks
say-about-provider = About { $name }
say-names-from = Host names known from: { $source }.
say-written = Files written

say-query-secure = only to verified hosts of the policy
say-query-dane-only = only to hosts that match their TLSA records
say-query-dane = by TLSA records, where there are any
say-query-no-policy = no policy, the mail server does as it is set up
say-query-wait = can't be told now, mail has to wait
say-query-answer = Answer to Postfix
say-query-policy = MTA-STS policy: mode { $mode }
say-query-fetched = fetched { $time }
say-query-expires = expires { $time }
say-query-remembered = Remembered by the running service
say-query-looked = Looked up just now
say-query-alone = Looked up just now, without asking a service
say-query-until = ; counts until { $time }
say-dane-skipped = the overrides skip it
say-dane-off = not looked for
say-dane-none = no TLSA records that count
say-dane-all = all MX hosts have usable TLSA records
say-dane-partial = some MX hosts have usable TLSA records, others have none
say-dane-unusable = TLSA records, but no usable one
say-dane-mx-failed = unknown, since it is unknown which MX hosts there are
say-dane-tlsa-failed = unknown, since the DNS doesn't say whether a host has TLSA records
say-dane-host-no-address = no address
say-dane-host-none = no TLSA records that count
say-dane-host-usable = usable TLSA records
say-dane-host-unusable = TLSA records, but no usable one
say-dane-host-failed = unknown

say-cache-mode = Mode
say-cache-expires = Expires
say-cache-domain = Domain
say-cache-count = { $count ->
    [0] No policy is remembered.
    [one] 1 policy
   *[other] { $count } policies
}
say-cache-no-policy = No policy is remembered.
say-cache-expired = It has expired and doesn't count any more.
say-cache-level = Last answer
say-cache-used = Last asked for: { $time }
say-cache-record-not-asked = Nobody has looked at its record since the service began.
say-cache-record-current = Its record names this policy.
say-cache-record-unfetched = What its policy host has now can't be had:
say-cache-record-absent = It has no record, or none that counts.
say-cache-record-unknown = The DNS didn't say whether it has a record.
say-purge = { $domain }: forgotten.
say-purge-dry = { $domain }: would be forgotten.
say-purge-nothing = { $domain }: nothing is remembered.
say-purge-protected = Its policy enforces: until it is fetched again, nothing protects mail to it.
say-purge-all = { $count ->
    [one] 1 policy was forgotten.
   *[other] { $count } policies were forgotten.
} Until they are fetched again, nothing protects mail.
say-purge-all-dry = { $count ->
    [one] 1 policy would be forgotten.
   *[other] { $count } policies would be forgotten.
}
say-exported = { $count ->
    [one] 1 policy is in "{ $path }".
   *[other] { $count } policies are in "{ $path }".
}
say-imported = { $count ->
    [one] 1 policy was taken.
   *[other] { $count } policies were taken.
}
say-import-dry = { $count ->
    [one] 1 policy would be taken.
   *[other] { $count } policies would be taken.
}
say-import-kept = { $count ->
    [one] 1 was not: what is here already counts.
   *[other] { $count } were not: what is here already counts.
}
say-import-expired = { $count ->
    [one] 1 has expired.
   *[other] { $count } have expired.
}
say-import-invalid = { $count ->
    [one] 1 can't be used:
   *[other] { $count } can't be used:
}
say-import-fault = line { $line }: { $message }
say-service-refuses = nobody listens there

say-fail-not-a-next-hop = "{ $name }" is no next hop
say-fail-not-a-next-hop-help = Give it as Postfix does: `example.com`, `[mail.example.com]` or `[mail.example.com]:587`.
say-fail-no-sender-section = the configuration has no section [sender]
say-fail-no-sender-section-help = Name that of the running service with --config; `[sender] admin` says where its socket is.
say-fail-no-service = the service can't be reached at { $socket }: { $reason }
say-fail-no-service-help = See that `sigillo serve` is running, and that this user may use the socket that `[sender] admin` names.
say-fail-service-broken = the service at { $socket } gives no proper answer: { $reason }
say-fail-service-broken-help = See what it says in its log, and whether it is of this version.
say-fail-policy-unreadable = the stored policy of "{ $domain }" can't be read: { $reason }
say-fail-policy-unreadable-help = It is fetched again when it is needed; see whether the disk is sound.
say-fail-export-exists = "{ $path }" is there already
say-fail-export-exists-help = Nothing was written. Choose another file, or overwrite with --force.
say-fail-cache-unusable = { $reason }
say-fail-cache-unusable-help = Name its SQLite file, which this user has to be able to read: the `filename` in the `options` of `cache` in its configuration.

say-provider-patterns = patterns:
say-provider-live = from the live MX:
say-provider-variants = also:
say-provider-source = known from:
say-provider-note = note:

say-tls-rpt-title = TLS-RPT for { $domain }
say-dmarc-title = DMARC for { $domain }
say-ramp-up = The way to p=reject

say-usage-unknown-argument = unknown option { $argument }
say-usage-surplus = unexpected argument "{ $argument }"
say-usage-twice = { $argument } was given twice
say-usage-unknown-command = unknown command "{ $command }"
say-usage-value-missing = { $argument } needs a value
say-usage-value-invalid = "{ $value }" is not a valid value for { $argument }
say-usage-argument-missing = missing: { $argument }
say-usage-conflict = { $argument } does not go with { $other }
say-usage-command-missing = a command is missing
say-usage-value-count = { $argument } was given the wrong number of values
say-usage-not-utf8 = an argument is not valid UTF-8
say-usage-wrong = the arguments don't fit
say-usage-did-you-mean = Did you mean { $suggestion }?
say-usage-valid-values = Possible values: { $values }.
say-usage-purge-nothing = nothing says what to forget
say-usage-purge-nothing-help = Name one or more domains, or forget everything with --all; --dry-run only says what would be forgotten.
say-usage-see-help = `--help` lists commands and options.

say-fail-unreadable = "{ $path }" can't be read: { $reason }
say-fail-unreadable-help = Check the path and its permissions; `-` stands for standard input.
say-fail-unwritable = "{ $path }" can't be written: { $reason }
say-fail-unwritable-help = Choose a folder that can be written to.
say-fail-file-exists = "{ $path }" is there already
say-fail-file-exists-help = Nothing was written. Choose another folder, or overwrite with --force.
say-fail-earlier-invalid = "{ $path }" is not a valid policy
say-fail-earlier-invalid-help = `sigillo validate policy` shows what is wrong with it and how to mend it; then start from the mended file.
say-fail-no-address-help = Give one with --rua, such as --rua reports@example.com.
say-fail-no-mx-help = Give them with --mx, name the provider with --provider (`--provider list` shows all), or read them from DNS with --from-dns.
say-fail-not-a-resolver = "{ $value }" is not the address of a DNS server
say-fail-not-a-resolver-help = Give an IP address, with a port if it is not 53: 9.9.9.9, 127.0.0.1:5353, [::1]:5353.
say-fail-not-a-timeout = "{ $value }" can't be the time for a look
say-fail-not-a-timeout-help = Give between 1 second and 1 hour: 30s, 2m.
say-fail-not-certificates = the certificates in "{ $path }" can't be used: { $reason }
say-fail-not-certificates-help = Give a PEM file with certificates of authorities.
say-fail-config-invalid = { $count ->
    [one] the configuration has an error: { $first }
   *[other] the configuration has { $count } errors; the first: { $first }
}
say-fail-config-invalid-help = `{ $command }` explains, and says how to mend it.
say-fail-config-private = "{ $path }" can't be read: permission denied
say-fail-config-private-help = This looks without it. Name a file of your own with --config, or an empty one such as /dev/null to go without.
say-fail-no-threads = looking can't be started: { $reason }
say-fail-no-threads-help = See whether the system has memory and threads left.
say-fail-source-unusable = nothing can be sent from the address { $address }: { $reason }
say-fail-source-unusable-help = Give in [network] source_address one that this machine has.
say-fail-resolver-silent = the DNS server { $server } can't be asked: { $reason }
say-fail-resolver-silent-help = Check the network, or name another server with --resolver.
say-fail-resolver-failing = the DNS server { $server } answers { $rcode } when asked for the keys of DNSSEC
say-fail-resolver-failing-help = Name another server with --resolver, or look without DNSSEC with `--dnssec off`.
say-fail-resolver-without-dnssec = the DNS server passes no DNSSEC signatures on: { $reason }
say-fail-resolver-without-dnssec-help = Name another server with --resolver, or look without DNSSEC with `--dnssec off`.
say-fail-resolver-elsewhere = the DNS server is not on this machine, so its word on DNSSEC can't be trusted
say-fail-resolver-elsewhere-help = Whoever is in between could forge it: let this program look at the signatures, with `--dnssec validate`.
say-fail-resolver-unusable = the DNS server can't be used: { $reason }
say-fail-resolver-unusable-help = Name another server with --resolver.
say-fail-trust-anchor-unusable = DNSSEC can't begin with this trust anchor: { $reason }
say-fail-trust-anchor-unusable-help = Give the current DS or DNSKEY records of the zone, as lines of a zone file.
say-root-unproven = the signatures of the root zone don't prove true: { $reason }
say-root-unproven-help = A resolver or firewall on the way leaves signatures out or changes them, or the clock of this machine is wrong. Ask another server (`[dns] servers`, --resolver). Or trust a validating resolver of your own on this machine (`dnssec = "trust-ad"`, --dnssec trust-ad), or look without DNSSEC (`"off"`, --dnssec off).
say-fail-not-an-observation = "{ $path }" holds no saved look: { $reason }
say-fail-not-an-observation-help = Give a file that `sigillo check --save` or `sigillo check --json` wrote.
say-fail-no-observation = "{ $path }" is empty
say-fail-no-observation-help = Give a file that `sigillo check --save` or `sigillo check --json` wrote.
say-fail-observation-newer = "{ $path }" was saved by a newer version
say-fail-observation-newer-help = Read it with that version or a later one.
say-fail-too-large = "{ $path }" is larger than { $limit } MiB
say-fail-too-large-help = Split the file: each line is a look by itself.
say-fail-mx-absent-help = If it is about to get some, give the hosts with --mx or the provider with --provider.
say-fail-mx-null-help = A domain without mail needs no MTA-STS. If it is about to get MX hosts, give them with --mx or the provider with --provider.
say-fail-domain-absent-help = Check the spelling. For a domain to come, give the MX hosts with --mx or the provider with --provider.
say-fail-mx-unknown-help = Try again, name another server with --resolver, or give the MX hosts with --mx or the provider with --provider.
say-fail-mx-unsafe-help = They may be forged, or the zone's signatures are broken; sort that out first, or give the MX hosts with --mx.
say-fail-unknown-provider-help = `--provider list` shows them all; patterns can also be given with --mx.
say-fail-variant-needed-help = Name it: { $presets }. Or give the live MX hosts with --live-mx.
say-fail-live-mx-needed-help = Give those of the domain with --live-mx, or the patterns with --mx.
say-fail-unknown-recipe-help = `--recipe list` shows them all.
say-fail-unknown-code = there is no finding with the code "{ $code }"
say-fail-unknown-code-help = `sigillo explain --list` shows them all.
say-fail-unknown-command = there is no command "{ $command }"
say-fail-unknown-command-help = `sigillo --help` shows the commands.
say-fail-unknown-schema = there is no output "{ $name }"
say-fail-unknown-schema-help = `sigillo schema` shows for which outputs there is a schema.

say-looking = { $all ->
    [one] Looking at { $domain }: DNS answers: { $answers }, connections: { $connections }
   *[other] Looking at { $domain } ({ $done } of { $all } done): DNS answers: { $answers }, connections: { $connections }
}

say-scanning = { $done } done, { $rate } a second
say-scanning-of = { $done } of { $total } done, { $rate } a second, { $left } left
say-total-domains = domains in all
say-total-adopted = with an MTA-STS record
say-total-valid = of these with a policy that senders can use
say-total-verdicts = By verdict
say-total-broken = Why senders can't use the policy
say-total-failing = Why MX hosts fail the policy
say-total-providers = By provider, of those with a record
say-total-provider = { $name }: { $valid } in order, { $broken } broken, { $failing } failing
say-total-provider-none = others
say-total-findings = By finding
say-total-invalid = lines of the list that are no domain names
say-total-unreadable = lines of the file that are no results
say-fail-not-a-shard = "{ $value }" is not a part of the list
say-fail-not-a-shard-help = Give K/N with K from 1 to N, such as 1/4.
say-fail-not-a-contact = "{ $value }" is not an address to tell
say-fail-not-a-contact-help = Give a page or a mail address in ASCII and without brackets: https://example.com/scan or mailto:scan@example.com.
say-fail-no-column = "{ $path }" has no column "{ $name }"
say-fail-no-column-help = Its first line must name the columns, separated by commas, semicolons or tabs.
say-fail-results-exist = "{ $path }" is there already
say-fail-results-exist-help = Go on with it with --resume, overwrite it with --force, or choose another file.
say-fail-results-in-use = another scan is writing "{ $path }"
say-fail-results-in-use-help = Wait until it ends, or choose another file.
say-fail-not-results = line { $line } of "{ $path }" is not a result of a scan
say-fail-not-results-help = The file was left as it is. Give one that `sigillo scan --out` wrote.
say-fail-results-unwritable = "{ $path }" can't be written: { $reason }
say-fail-results-unwritable-help = When there is room and permission, go on with --resume: no result in the file is lost.

say-report-from = Sender
say-report-id = Report
say-report-time = Time
say-report-policy = { $type } policy of { $domain }
say-report-sessions = { $successful ->
    [one] 1 session
   *[other] { $successful } sessions
} went well, { $failed } failed
say-report-failure = { $count }x { $type }
say-report-unknown-type = unspecified
say-report-unknown-domain = an unnamed domain
say-report-unknown-result = no reason given

say-serving = Sigillo is at { $url }
say-answering = Mail servers can ask at { $address }
say-fail-no-role = the configuration names nothing to run
say-fail-no-role-help = Add the section `[web]` or `[sender]`, if only its first line; without any configuration file the pages run by themselves.
say-fail-overrides-invalid = { $count ->
    [one] the file of overrides has an error: { $first }
   *[other] the file of overrides has { $count } errors; the first: { $first }
}
say-fail-overrides-invalid-help = `sigillo config check` shows all of them, and says how to mend them.
say-fail-no-log = the log can't be written: { $reason }
say-fail-no-log-help = Choose another `format` in the section `[log]`.
say-fail-no-signals = the signals of the system can't be received: { $reason }
say-fail-no-signals-help = See whether the system has resources left.
say-fail-no-metrics = the metrics can't be kept: { $reason }
say-fail-no-metrics-help = Run without the section `[metrics]`.
say-fail-store-unusable = { $kind ->
    [damaged] { $url } is damaged or no database: { $reason }
    [unreachable] the database { $url } can't be reached: { $reason }
    [tls] there is no safe connection to the database { $url }: { $reason }
    [refused] the server refuses the database { $url }: { $reason }
    [newer] the database { $url } has been used by a newer version of Sigillo (its tables are at { $reason }, which this version doesn't know)
    [migration] the tables of the database { $url } can't be brought up to date: { $reason }
    [full] there is no room left for the database { $url }: { $reason }
   *[other] the database { $url } can't be used: { $reason }
}
say-fail-store-unusable-help = { $kind ->
    [damaged] Restore it from a backup. Or name another
    [unreachable] See whether it runs and is reachable from here. Or name another
    [tls] Name the authority of its certificate in the URL (sslrootcert=FILE), or say there what is to do instead (sslmode=…). Or name another
    [refused] Check the user, the password and the name in the URL. Or name another
    [newer] Update Sigillo. Or name another
    [migration] Restore it from a backup, or report this. Or name another
    [full] Make room on its disk. Or name another
    [file] This user has to be able to write the file and its folder. Name another
   *[other] See its log, its rights and its disk. Or name another
} with `url` in the section `[store]`, or with the variable SIGILLO_STORE_URL.
say-fail-no-such-group = there is no group { $name } on this machine
say-fail-no-such-group-help = Give a group of `/etc/group`, or its number, as `[sender] socket_group`.
say-fail-listen-unusable = nothing can listen at { $address }: { $reason }
say-fail-listen-unusable-help = Choose another address in the configuration, if another program has this one, such as a second `sigillo serve`. A Unix socket needs a folder that is there and that this user may write to, and no other file in its place.
