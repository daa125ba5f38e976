# The first page.

home-title = Sigillo: MTA-STS, from the first record to enforcement
home-heading = Is your mail encrypted on its way to you?
home-lead = Without MTA-STS, whoever sits between two mail servers can switch encryption off, and nobody notices. Sigillo looks at your domain as a sending server does and says what to mend.
home-domain = Your mail domain
home-check = Check
home-check-hint = The part of the addresses behind the `@`. The look takes a few seconds.
home-tools = What you can do here
home-generator = Make a policy, its DNS records and the recipe for your web server, from a preset or from your live MX hosts.
home-checker = See what senders meet today: DNS, policy host, certificates, every MX host, DANE, reports.
home-validator = Paste a policy, a record or a TLS report. Faults are marked at the exact bytes, with the fix.
home-tls-rpt = Ask senders to report failed deliveries, so that you hear of trouble before your users do.
home-dmarc = Make a DMARC record and the way from collecting reports to rejecting forgeries.
home-guide = What MTA-STS is, how to publish it without losing mail, and what to do when hosts change.
home-why = Why it matters
home-why-attack = Mail servers greet in the clear and then offer `STARTTLS`. An attacker on the way removes the offer, or answers the DNS with another host, and the message goes out readable.
home-why-answer = With MTA-STS your domain says: my servers speak TLS, these are their names, refuse anything else. Senders keep that in mind, so that one forged answer changes nothing.
home-why-more = Read the guide
home-steps = Four steps
home-step-generate = Generate the policy and the records, in mode `testing`.
home-step-publish = Publish the file first, the record second.
home-step-check = Check the domain and read the reports for two weeks.
home-step-enforce = Change the mode to `enforce`.
