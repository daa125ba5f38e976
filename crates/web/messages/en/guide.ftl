# The guide; its chapters are in the folder `guide`.

guide-heading = The guide to MTA-STS
guide-lead = From what MTA-STS is to the day on which senders refuse anything else, and what to do when hosts or providers change.
guide-codes = Every finding that Sigillo can report is explained on a page of its own:
guide-contents = On this page
guide-neighbours = Other chapters
guide-previous = Before
guide-next = Next
guide-sample-policy = Policy file at `{ $url }`
guide-sample-record = { $type } record at `{ $name }`
guide-sample-zone = Lines of the zone file
guide-sample-file = File `{ $path }`
guide-sample-commands = Commands
guide-open-generator = Go on from here in the generator
guide-open-dmarc = Go on from here in the DMARC generator
guide-open-tls-rpt = Go on from here in the TLS-RPT generator
guide-example-policy = A policy with faults
guide-example-record = An MTA-STS record with faults
guide-example-tls-rpt = A TLS-RPT record with faults
guide-example-dmarc = A DMARC record with faults
guide-example-report = A TLS report with faults
guide-example-place = Line { $line }, column { $column }
