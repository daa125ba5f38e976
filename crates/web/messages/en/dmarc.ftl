# The generator of DMARC records.

dmarc-title = DMARC generator
dmarc-heading = Make a DMARC record
dmarc-lead = DMARC tells receivers what to do with mail that claims to be yours and can't show it. MTA-STS protects the mail that you get; DMARC protects your name on mail that others get.
dmarc-domain-hint = The domain behind the `@` in what you send.
dmarc-asks-none = Nothing: collect reports first and see who sends in your name.
dmarc-asks-quarantine = Treat mail that fails as suspicious, usually by putting it among spam.
dmarc-asks-reject = Refuse mail that fails. The aim, once nothing legitimate fails any more.
dmarc-careful = Going carefully
dmarc-test-hint = Receivers apply the policy one level weaker and report what would have happened.
dmarc-rua-hint = Mail addresses that get a daily summary from each receiver. Without one you can't tell when the next step is safe.
dmarc-as-domain = As for the domain
dmarc-as-subdomains = As for sub-domains
dmarc-subdomain-hint = For mail of sub-domains that exist.
dmarc-nonexistent-hint = For mail of sub-domains that are not in the DNS: `reject` harms nobody who is honest.
dmarc-alignment = Alignment
dmarc-strict-dkim = Strict for DKIM (adkim=s).
dmarc-strict-dkim-hint = Only a signature of the very domain counts, none of a sub-domain.
dmarc-strict-spf = Strict for SPF (aspf=s).
dmarc-strict-spf-hint = Only the very domain as the envelope sender counts, no sub-domain.
dmarc-ruf-hint = Mail addresses that get a report about each failure. Few receivers send them, and they may hold personal data.
dmarc-fo-all = when all mechanisms fail (the default)
dmarc-fo-any = when any mechanism fails
dmarc-fo-dkim = when a DKIM signature is bad, aligned or not
dmarc-fo-spf = when SPF fails, aligned or not
dmarc-psd-unknown = Not said
dmarc-psd-no = n: no, the domain stands for itself
dmarc-psd-yes = y: yes, others register names below it
dmarc-psd-hint = Only registries need `y`. `n` marks a domain that is to be looked at by itself.
dmarc-readers = Older receivers
dmarc-compatible-hint = Writes `pct=0` beside test mode, for receivers that only know the predecessor of the standard.
dmarc-steps = What to publish
dmarc-ramp-up = The way to reject
dmarc-ramp-up-done = You are there: mail that fails is refused. Keep reading the reports.
dmarc-ramp-up-blind = Without an address for reports nobody can say when the next step is due. Add one, and the steps stand here.
dmarc-existing = A record that you have
dmarc-existing-label = Your DMARC record
dmarc-existing-hint = The text of the TXT record at `_dmarc`, without quotes. It is judged as receivers do, and the way goes on from there.
dmarc-existing-take = Go on with it in the form
