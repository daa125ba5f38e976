# The validator.

validator-heading = Validate a policy, a record or a report
validator-lead = Paste a text or choose a file. Whatever is wrong is marked at its exact place, with what to do about it.
validator-text = Text
validator-text-hint = A policy, an MTA-STS, TLS-RPT or DMARC record, or a TLS report in JSON. Nothing is kept.
validator-kind = Kind of text
validator-file = Or a file
validator-file-hint = A TLS report may be packed (gzip, ZIP) or inside the mail that brought it. It can also be dropped anywhere on this page.
validator-submit = Validate
validator-drop = Drop the file to validate it
validator-examples = Examples to try

validator-kind-auto = recognise it
validator-kind-policy = an MTA-STS policy
validator-kind-record = an MTA-STS record
validator-kind-tls-rpt = a TLS-RPT record
validator-kind-dmarc = a DMARC record
validator-kind-report = a TLS report

validator-example-policy = A policy with some slips
validator-example-record = An MTA-STS record with the wrong id
validator-example-tls-rpt = A TLS-RPT record without `mailto:`
validator-example-dmarc = A DMARC record as old guides have it
validator-example-report = A TLS report with failures

validator-nothing = There is nothing to validate yet
validator-nothing-help = Paste a text into the field or choose a file.
validator-unrecognised = What kind of text is this?
validator-unrecognised-help = It looks neither like a policy nor like a record or a report. If it is meant to be one, choose the kind and validate again.

validator-recognised = Recognised as: { $kind }
validator-valid-policy = The policy is valid: senders accept it.
validator-invalid-policy = The policy is not valid: to senders it is as if there were none.
validator-valid-record = The MTA-STS record is valid: senders look for the policy.
validator-invalid-record = The MTA-STS record is not valid: senders don't look for a policy.
validator-valid-tls-rpt = The TLS-RPT record is valid: senders know where reports go.
validator-invalid-tls-rpt = The TLS-RPT record is not valid: no reports come.
validator-valid-dmarc = The DMARC record is valid: receivers go by it.
validator-invalid-dmarc = The DMARC record is not valid: receivers ignore it.
validator-valid-report = The report can be used.
validator-invalid-report = The report can't be used.
validator-errors = { $count ->
    [one] 1 error
   *[other] { $count } errors
 }
validator-warnings = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
 }
validator-hints = { $count ->
    [one] 1 hint
   *[other] { $count } hints
 }
validator-clean = There is nothing to find fault with.
validator-unpacked = The report came packed or in a mail: below is the text that came out.

validator-mended = { $count ->
    [one] One fix was applied; the field holds the mended text.
   *[other] { $count } fixes were applied; the field holds the mended text.
 }
validator-not-mended = The text has changed since: nothing was mended. Here is what holds for it now.
validator-copy = Copy the text
validator-download = Download the text
validator-link = Link to this text

validator-marked = The text
validator-marked-part = Only the parts near the findings are shown.
validator-gap = { $count ->
    [one] 1 more line
   *[other] { $count } more lines
 }
validator-findings = Findings
validator-finding = Finding { $number }
validator-where = line { $line }, column { $column }
validator-more-findings = { $count ->
    [one] One more finding is not shown here.
   *[other] { $count } more findings are not shown here.
 }
validator-more-same = { $count } more of the same
validator-fix-replace = Write { $with } in place of { $old }
validator-fix-insert = Insert { $with }
validator-fix-remove = Remove { $old }
validator-apply = Apply fix { $number }
validator-apply-all = Apply all fixes
validator-too-long = The text is too long to be mended on this page; the findings say what to write.

validator-understood = What was understood
validator-default = default
validator-json = The same as JSON, as `sigillo validate --json` prints it
validator-json-cut = Cut here: the API and the command line give all of it.
validator-rows-more = and { $count } more

validator-mode-testing = Senders deliver even where validation fails, and report the failure.
validator-mode-enforce = Senders deliver only to MX hosts that the policy names and that show a valid certificate.
validator-mode-none = Senders treat the domain as if it had no policy: the way out of MTA-STS.
validator-mx-wildcard = every host directly below { $domain }, but not { $domain } itself
validator-max-age = Senders keep the policy for { $time }.
validator-max-age-zero = Senders don't keep the policy.
validator-about = about { $time }
validator-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
 }
validator-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
 }
validator-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
 }
validator-days = { $count ->
    [one] 1 day
   *[other] { $count } days
 }
validator-weeks = { $count ->
    [one] 1 week
   *[other] { $count } weeks
 }
validator-years = { $count ->
    [one] 1 year
   *[other] { $count } years
 }
validator-extension = A field that the standard does not define; readers ignore it.
validator-id = It has to change whenever the policy does: by that senders notice.
validator-rua-mail = Reports come by mail.
validator-rua-web = Reports are sent there over HTTPS.
validator-rua-none = No aggregate reports.
validator-ruf-none = No failure reports.

validator-dmarc-none = nothing is asked where it fails.
validator-dmarc-quarantine = where it fails it is to be treated as suspicious.
validator-dmarc-reject = where it fails it is to be rejected.
validator-dmarc-p = Mail from the domain itself
validator-dmarc-sp = Mail from existing subdomains
validator-dmarc-np = Mail from subdomains that don't exist
validator-dmarc-adkim-r = The DKIM signature may be of a domain of the same organisation.
validator-dmarc-adkim-s = The DKIM signature has to be of the very same domain.
validator-dmarc-aspf-r = The SPF domain may be one of the same organisation.
validator-dmarc-aspf-s = The SPF domain has to be the very same.
validator-dmarc-fo = When failure reports are wanted
validator-dmarc-psd-y = Others register names under this domain.
validator-dmarc-psd-n = The domain belongs to one organisation.
validator-dmarc-psd-u = Whether others register names under this domain is left open.
validator-dmarc-t-y = Test mode: receivers apply the policy one level weaker.
validator-dmarc-t-n = The policy applies as it stands.

validator-report-from = Sender
validator-report-id = Report
validator-report-contact = Contact
validator-report-period = Period
validator-report-policy-sts = MTA-STS policy
validator-report-policy-tlsa = DANE policy (TLSA)
validator-report-policy-no-policy-found = No policy found
validator-report-policy-unknown = Unspecified policy
validator-report-domain-unknown = an unnamed domain
validator-report-successful = Secured
validator-report-failed = Failed
validator-report-failures = Why sessions failed
validator-report-no-details = The sender doesn't say why.
validator-report-lines = The policy as the sender saw it
validator-report-hosts = MX hosts of the policy
validator-report-count = Sessions
validator-report-sending = From
validator-report-receiving = MX host
validator-report-reason = Reason
validator-report-failed-count = { $count ->
    [one] 1 session
   *[other] { $count } sessions
 }
validator-report-policies-more = { $count ->
    [one] and one more policy
   *[other] and { $count } more policies
 }
validator-report-failures-more = { $count ->
    [one] and one more row
   *[other] and { $count } more rows
 }

validator-result-starttls-not-supported = The MX host did not offer `STARTTLS`. Either it is switched off there, or somebody on the way removed the offer.
validator-result-certificate-host-mismatch = The certificate of the MX host is for other names than the one the sender connected to.
validator-result-certificate-expired = The certificate of the MX host has expired: renew it, and see why it was not renewed by itself.
validator-result-certificate-not-trusted = No chain leads from the certificate to an authority that the sender trusts: it is self-signed, or an intermediate certificate is missing.
validator-result-validation-failure = Something else failed, without a name of its own; the reason code may say what.
validator-result-tlsa-invalid = No TLSA record fits the certificate: the records and the certificate were not changed together.
validator-result-dnssec-invalid = The DNS gave no validated answer: DNSSEC is broken somewhere on the way to the records.
validator-result-dane-required = The sender demands DANE here, and found no validated TLSA records.
validator-result-sts-policy-fetch-error = The policy could not be fetched: the policy host did not answer, or not with the file.
validator-result-sts-policy-invalid = The policy was fetched, but it is not valid. Validate the file on this page.
validator-result-sts-webpki-invalid = The certificate of the policy host did not pass, so the policy was not fetched.
validator-result-other = Not a result type of the standard.
validator-result-missing = The report gives no result type.
