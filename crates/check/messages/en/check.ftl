# What senders do today with mail for the domain: one sentence for each verdict and its main cause.

summary-enforced = Senders that use MTA-STS deliver mail for { $domain } only over verified encryption, and { $total ->
    [one] its MX host passes
    [2] both of its MX hosts pass
   *[other] all of its { $total } MX hosts pass
 }.
summary-enforced-unseen = Senders that use MTA-STS deliver mail for { $domain } only over verified encryption; { $total ->
    [one] its MX host could not be looked at from here
   *[other] of its { $total } MX hosts, { $count ->
        [0] none could be looked at from here
        [one] one could be looked at from here, and it passes
       *[other] { $count } could be looked at from here, and they pass
     }
 }.
summary-enforced-mx-unknown = Senders that use MTA-STS deliver mail for { $domain } only over verified encryption; which MX hosts it has is not known here.
summary-enforced-no-mail = Nobody delivers mail for { $domain }, because its null MX says that it receives none; the enforced policy changes nothing.
summary-testing = Senders deliver mail for { $domain } in any case, because the policy is in mode testing; in mode enforce they would deliver too, since { $total ->
    [one] its MX host passes
    [2] both of its MX hosts pass
   *[other] all of its { $total } MX hosts pass
 }.
summary-testing-failing = Senders deliver mail for { $domain } in any case, because the policy is in mode testing; in mode enforce those that use MTA-STS would not deliver to { $total ->
    [one] its MX host
   *[other] { $count ->
        [one] one
       *[other] { $count }
     } of its { $total } MX hosts
 } ({ $names }).
summary-testing-unseen = Senders deliver mail for { $domain } in any case, because the policy is in mode testing; whether all of its MX hosts would pass in mode enforce could not be seen from here.
summary-testing-no-mail = Nobody delivers mail for { $domain }, because its null MX says that it receives none; the policy in mode testing changes nothing.
summary-disabled = Senders deliver mail for { $domain } as if there were no MTA-STS, because the mode of the policy is none.
summary-broken-several = Senders find { $count } MTA-STS records for { $domain } and use none of them; those that hold no earlier policy deliver mail as if there were no MTA-STS.
summary-broken-record = Senders cannot use the MTA-STS record of { $domain }; those that hold no earlier policy deliver mail as if there were no MTA-STS.
summary-broken-policy-host = Senders find the MTA-STS record of { $domain } but cannot reach { $host }; those that hold no earlier policy deliver mail as if there were no MTA-STS.
summary-broken-tls = Senders find the MTA-STS record of { $domain } but get no TLS session with { $host }; those that hold no earlier policy deliver mail as if there were no MTA-STS.
summary-broken-certificate = Senders find the MTA-STS record of { $domain } but refuse the certificate of { $host }; those that hold no earlier policy deliver mail as if there were no MTA-STS.
summary-broken-http = Senders find the MTA-STS record of { $domain } but get no policy from { $host }; those that hold no earlier policy deliver mail as if there were no MTA-STS.
summary-broken-policy = Senders find the MTA-STS record of { $domain } but cannot use the policy that { $host } serves; those that hold no earlier policy deliver mail as if there were no MTA-STS.
summary-failing-all = Senders that use MTA-STS do not deliver mail for { $domain }: { $total ->
    [one] its MX host ({ $names }) fails
    [2] both of its MX hosts ({ $names }) fail
   *[other] all of its { $total } MX hosts ({ $names }) fail
 } the enforced policy, so messages wait and finally return.
summary-failing-some = Senders that use MTA-STS do not deliver mail for { $domain } to { $count ->
    [one] one
   *[other] { $count }
 } of its { $total } MX hosts ({ $names }), because of the enforced policy; mail depends on the others.
summary-absent = Senders deliver mail for { $domain } even where encryption fails, or where somebody on the way suppresses it: without MTA-STS nothing tells them to insist on it.
summary-absent-record = { $domain } has no MTA-STS: there is no record at { $name }, and so nothing else was looked at.
summary-absent-dane = Senders deliver mail for { $domain } without MTA-STS; those that use DANE verify { $count ->
    [one] one of its MX hosts
   *[other] { $count } of its MX hosts
 }, the others deliver even where encryption fails.
summary-absent-misplaced = Senders deliver mail for { $domain } without MTA-STS, because they do not find the record that is meant for them.
summary-absent-with-policy = Senders deliver mail for { $domain } without MTA-STS, because no record tells them of the policy at { $host }.
summary-absent-no-mail = Nobody delivers mail for { $domain }, because its null MX says that it receives none; MTA-STS is not needed.
summary-absent-no-domain = Nobody delivers mail for { $domain }, because the domain does not exist.
summary-unknown-record = What senders do with mail for { $domain } is not known, because { $name } could not be looked up: { $reason }.
summary-unknown-bogus = What senders do with mail for { $domain } is not known, because the answer for { $name } does not validate: { $reason }.
summary-unknown-policy = What senders do with mail for { $domain } is not known: it has an MTA-STS record, but { $host } could not be looked at from here.

# What each check saw, where it passes or is skipped; where it fails, the finding speaks.

check-and-more = { $message } (and { $count } more)
check-nowhere = The domain does not exist
check-dns-unknown = { $name } could not be looked up: { $reason }
check-dns = { $count ->
    [one] One question was answered
   *[other] { $count } questions were answered
 }
check-record = The record at { $name } has the id { $id }
check-record-broken = There is no valid record at { $name }
check-record-absent = There is no MTA-STS record at { $name }
check-policy-host = { $host } answers at { $addresses }
check-policy-host-unseen = { $host } was not reached
check-tls = { $version } with { $cipher }
check-tls-unseen = There was no TLS session with the policy host
check-certificate = The certificate for { $host } is issued by { $issuer } and is valid until { $date }
check-certificate-unseen = The policy host showed no certificate
check-http = Status { $status }, type { $type }
check-http-unseen = The policy host gave no answer
check-policy = Mode { $mode }, { $lines ->
    [one] one mx line
   *[other] { $lines } mx lines
 }: { $mx }
check-policy-unseen = There was no policy to read
check-mode = The mode is { $mode }; senders keep the policy for { $days ->
    [0] less than a day
    [one] one day
   *[other] { $days } days
 }
check-mode-unseen = There is no policy that senders use
check-mx-covered = The policy names { $count ->
    [one] the MX host
   *[other] the MX hosts
 }: { $names }
check-mx = { $count ->
    [one] One MX host
   *[other] { $count } MX hosts
 }: { $names }
check-mx-null = A null MX says that the domain receives no mail
check-subdomains = { $count ->
    [0] None of the usual sub-domains has MX records
    [one] One sub-domain has MX records
   *[other] { $count } sub-domains have MX records
 }
check-subdomains-unseen = No sub-domain was looked at
check-smtp = MX hosts that answer at port 25: { $count } of { $total }
check-smtp-not-looked = The MX hosts were not looked at, as asked
check-smtp-unseen = No MX host could be looked at from here
check-starttls = MX hosts that speak TLS after STARTTLS: { $count } of { $total }
check-mx-certificate = MX hosts that showed a certificate: { $count } of { $total }
check-dane = MX hosts with TLSA records that senders use: { $count } of { $total }
check-dane-absent = No TLSA record was found
check-tls-rpt = There is a TLS-RPT record at { $name }
check-tls-rpt-absent = There is no TLS-RPT record at { $name }
check-reports = Senders report failures of the enforced policy
check-reports-unasked = No policy in mode enforce asks for reports
check-dmarc = There is a DMARC record at { $name }
check-dmarc-absent = There is no DMARC record

# What each check is called.

label-dns = DNS
label-record = MTA-STS record
label-policy-host = Policy host
label-tls = TLS
label-certificate = Certificate
label-http = HTTP answer
label-policy = Policy
label-mode = Mode
label-mx = MX hosts
label-subdomain-not-covered = Sub-domains
label-smtp = SMTP
label-starttls = STARTTLS
label-mx-certificate = MX certificates
label-dane = DANE
label-tls-rpt = TLS-RPT record
label-enforce-without-reports = Failure reports
label-dmarc = DMARC record

# The verdicts and the outcomes of checks, by name.

verdict-enforced = MTA-STS is enforced
verdict-testing = MTA-STS is in testing
verdict-disabled = MTA-STS is switched off
verdict-broken = MTA-STS is broken
verdict-failing = MTA-STS is failing
verdict-absent = no MTA-STS
verdict-unknown = could not be looked at
about-mta-sts = MTA-STS (RFC 8461) lets a domain ask senders to deliver only over verified encryption, and only to the mail servers (MX hosts) that it names.
findings = Findings
checks = Checks
status-pass = ok
status-fail = fault
status-warn = warning
status-skip = skipped
