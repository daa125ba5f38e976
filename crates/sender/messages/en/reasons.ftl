# Why a sender does what it does for a next hop.

reason-policy-forced = The overrides force a policy for { $domain }; what the domain publishes doesn't count.
reason-mta-sts-skipped = The overrides skip MTA-STS for { $domain }, whatever the domain publishes.
reason-dane-skipped = The overrides skip DANE for { $domain }: its TLSA records don't count.
reason-policy-pinned = The overrides pin the policy of { $domain }: it counts although it has expired.
reason-policy-enforces = The MTA-STS policy enforces: mail is to go only to hosts that it names and that have a valid certificate.
reason-policy-tests = The MTA-STS policy is in mode testing: mail is delivered in any case, and failures are only reported.
reason-policy-none = The MTA-STS policy is in mode none: it asks for nothing.
reason-policy-unrefreshed = What the policy host has now can't be had; the policy that was fetched before still counts.
reason-no-record = { $domain } has no MTA-STS record, or none that senders may use.
reason-policy-unfetched = { $domain } has an MTA-STS record, but its policy can't be had, and none is remembered: it is as if there were none.
reason-record-unknown = The DNS doesn't say whether { $domain } has an MTA-STS record; only what is remembered counts.
reason-dane-off = Nobody looks for DANE: it is switched off, the name servers' answers are not validated, or the port is unknown.
reason-dane-none = No MX host has TLSA records that count.
reason-dane-all = All MX hosts have usable TLSA records, and DANE comes before MTA-STS.
reason-dane-partial = Only some MX hosts have usable TLSA records.
reason-dane-unusable = There are TLSA records, but none is usable: encryption is required all the same.
reason-mx-unknown = The DNS doesn't say which MX hosts there are.
reason-tlsa-unknown = The DNS doesn't say whether an MX host has TLSA records, so mail has to wait: it might be misdirected.
reason-dane-remembered = The DNS can't be asked now; all MX hosts had usable TLSA records when it last could.
reason-parent = "{ $domain }" stands for all that is below a domain; policies don't cover sub-domains.
reason-address = "{ $domain }" is an address; there are policies only for names.
reason-not-a-domain = "{ $domain }" is no domain name that mail could be sent to.
reason-dry-run = The service is on trial (`dry_run`): mail servers are told `NOTFOUND` instead.
