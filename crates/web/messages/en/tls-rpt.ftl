# The generator of TLS-RPT records.

tlsrpt-title = TLS-RPT generator
tlsrpt-heading = Ask for TLS reports
tlsrpt-lead = With one record in the DNS, senders tell you once a day whether their connections to your mail servers were encrypted as they should be. So you hear of a lapsed certificate from a report, not from somebody who lost mail.
tlsrpt-domain-hint = The part of the addresses behind the `@`.
tlsrpt-rua-hint = A mail address, or an `https:` address that takes reports. An address on another domain still gets reports when the mail servers of this one fail.
tlsrpt-verify = Check the domain
tlsrpt-existing = A record that you have
tlsrpt-existing-label = Your TLS-RPT record
tlsrpt-existing-hint = The text of the TXT record at `_smtp._tls`, without quotes.
tlsrpt-reports = What reports say
tlsrpt-reports-what = Each sender that takes part writes a JSON file a day, packed and mailed or posted to the address. It says:
tlsrpt-reports-policy = which policy it met: MTA-STS with the text that it had, DANE with the TLSA records, or none;
tlsrpt-reports-counts = how many connections succeeded, and how many failed;
tlsrpt-reports-failures = of each kind of failure the reason, such as `certificate-expired` or `validation-failure`, and the MX host that it happened with.
tlsrpt-read = Read a report
tlsrpt-read-how = Drop a report as it came, packed or in its mail, into the validator: it says what is wrong, and whether it is yours to mend.
tlsrpt-read-link = To the validator
