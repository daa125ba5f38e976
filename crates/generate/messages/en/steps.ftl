# The steps to publish what was generated.

compare-mx = Compare the `mx` lines with the answer of `dig { $domain } MX`: each host must match a line.
before-enforce = Enforce only after at least two weeks in `testing` with clean reports.
policy-host = Make `{ $host }` lead to the web server that will hold the policy: A and AAAA records, or a CNAME, in the zone `{ $zone }`.
policy-host-given = Publish the records for `{ $host }` that are listed above, so that the name leads to your web server.
policy-file = Serve the policy file at `{ $url }` over TLS 1.2 or later, with a certificate that public authorities vouch for and that names `{ $host }`: status 200, type `text/plain`, no redirect. Look at it with `curl -i { $url }`.
policy-recipe = Set up the web server as described under its name ({ $name }), down to the check with `curl` at its end.
mta-sts-record = Only when the file is in place, publish the TXT record `{ $name }`. From then on senders fetch the policy.
mta-sts-record-changed = If the domain has a policy already, the order is the same: first the file, then the record with its new `id`. As long as the `id` stays the same, senders may go on using the policy that they keep.
tls-rpt-record = Publish the TXT record `{ $name }`: once a day senders will then report how delivery went.
tls-rpt-missing = Ask for reports too, or nobody will tell you of deliveries that fail: Sigillo makes the record too (`tls-rpt generate`, or the page of that name).
mx-hosts = See that every MX host offers STARTTLS with TLS 1.2 or later and a valid certificate that names the host as the MX record does.
from-testing = Stay in `testing` for two weeks at least and read the reports. When none of them shows a failure on your side, generate again with mode `enforce`.
in-enforce = From now on senders deliver to no host that the policy does not match. Before changing MX hosts publish a policy that lists the old and the new ones, wait until the `max_age` of the earlier policy ({ $max_age } seconds here) has passed, change the MX records, and only then drop the old patterns.
none-wait = Keep the file and the record in place until every policy that senders may hold has expired: the longest `max_age` that was ever served, counted from its last day, and the { $ttl } seconds for which the record is kept.
none-remove = Then remove the TXT record `{ $name }`, and after it the file and the name `{ $host }`.

dmarc-record = Publish the TXT record `{ $name }`, and only one: with two records at the name the domain has no DMARC policy.
dmarc-external = `{ $target }` is outside your domain: whoever runs it has to publish the TXT record `{ $name }`, or receivers will not send it any reports.
dmarc-none = Collect reports for two to four weeks, and see to it that everything that sends in your name passes SPF or DKIM aligned with your domain.
dmarc-quarantine-test = When legitimate mail passes, ask for `quarantine` in test mode: receivers apply it one level weaker, that is, not at all, but report what would happen. Receivers that don't know `t=y` yet apply the policy in full; the compatible form adds `pct=0` for them.
dmarc-quarantine = If the reports stay clean for two weeks, take test mode away: mail that fails is treated as suspicious.
dmarc-reject-test = After two more clean weeks ask for `reject` in test mode: receivers quarantine what fails. Receivers that don't know `t=y` yet apply the policy in full; the compatible form adds `pct=0` for them.
dmarc-reject = When nothing legitimate fails any more, take test mode away: mail that fails is refused. A domain whose people write to mailing lists, or whose mail is forwarded, should stay at `quarantine` until you know what `reject` would stop (RFC 9989 §7.4). Keep reading the reports.

# A comment above records for somebody else.
foreign-zone = zone { $zone }: not yours unless you run it; hand this on to whoever does
