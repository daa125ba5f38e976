# Why the live MX gives no hosts to make a policy from, each message under its code and, with -help, the advice.

mx-absent = "{ $domain }" has no MX records
mx-absent-help = If it is about to get some, give the patterns or choose the provider.
mx-null = "{ $domain }" says that it receives no mail (null MX)
mx-null-help = A domain without mail needs no MTA-STS. If it is about to get MX hosts, give the patterns or choose the provider.
domain-absent = there is no domain "{ $domain }" in the DNS
domain-absent-help = Check the spelling. For a domain to come, give the patterns or choose the provider.
mx-unknown = the MX records of "{ $domain }" can't be read: { $reason }
mx-unknown-help = Try again, or give the patterns or choose the provider.
mx-unsafe = the MX records of "{ $domain }" fail DNSSEC validation: { $reason }
mx-unsafe-help = They may be forged, or the zone's signatures are broken; sort that out first, or give the patterns yourself.
no-answer = no answer in time
