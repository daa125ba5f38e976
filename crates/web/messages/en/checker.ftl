# The live checker.

checker-heading = Check a domain
checker-lead = Sigillo goes the way of a message to your domain, as far as the first word of the mail servers, and says what it meets.
checker-what = What is looked at
checker-what-record = The TXT record at `_mta-sts`, with DNSSEC where the zone is signed.
checker-what-host = The policy host: every address, its certificate, the HTTP answer.
checker-what-policy = The policy: syntax, mode, and whether it fits the MX hosts.
checker-what-mx = Every MX host: `STARTTLS`, certificate, DANE.
checker-what-reports = Whether anybody would be told of failures: TLS-RPT and DMARC.
checker-no-mail = No mail is sent, and nothing about you is kept. The result stays under an address that nobody can guess; one and the same result is given to all who ask within a minute.
checker-busy-client = That was a good number of checks in a short time
checker-busy = Many people are checking domains right now
checker-busy-help = { $seconds ->
    [one] Please try again in a second.
   *[other] Please try again in { $seconds } seconds.
 }

checker-under-way = Looking at { $domain }
checker-under-way-lead = This takes a second or two, and up to a minute if servers are slow.
checker-under-way-label = The look is under way
checker-under-way-steps = answers so far
checker-under-way-plain = The page asks for the result by itself every two seconds.
checker-step-ok = answered
checker-step-fail = no answer

checker-result = Result
checker-result-title = { $domain }: MTA-STS check
checker-again = Check again
checker-json = JSON
checker-markdown = Markdown
checker-since = Since { $when }
checker-since-verdict = Then:
checker-since-same = Nothing else has changed.
checker-since-new = New since then
checker-since-gone = Gone since then
checker-findings = What to do
checker-no-findings = Nothing: all that was looked at is as it should be.
checker-more = { $count } more of the same
checker-checks = All checks
checker-check = Check
checker-outcome = Outcome
checker-evidence = What was seen
checker-certificates = Certificates
checker-keep = Keep this result
checker-permalink = { $days ->
    [one] This page stays where it is for a day:
   *[other] This page stays where it is for { $days } days:
 }
checker-badge = A badge for your own page shows the latest result for the domain:
checker-raw = The JSON file holds everything that was seen; it can be judged again with
checker-earlier = Compare with an earlier result

path-heading = The way of a message
path-sender = Sending server
path-sender-detail = It asks the DNS for your MX hosts and, if it knows MTA-STS, for your policy.
path-record = Record
path-policy-host = Policy host
path-policy = Policy
path-mx = MX records
path-host-not-tried = Senders don't try it.
path-host-not-covered = The policy doesn't name it.
path-host-fails = It fails the policy: see below.
path-host-unknown = It could not be looked at from here.
path-host-secured = It offers TLS with a good certificate.
path-host-passes = It passes: TLS, a good certificate, named in the policy.

certificate-senders = Sent by
certificate-names = Names
certificate-more = and { $count } more
certificate-issuer = Issued by
certificate-dates = Valid
certificate-key = Key
certificate-session = Session
certificate-chain = Certificates sent

badge-enforced = enforced
badge-testing = testing
badge-disabled = off
badge-broken = broken
badge-failing = failing
badge-absent = none
badge-unknown = unknown
