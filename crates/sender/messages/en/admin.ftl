# What can go wrong when commands or other programs ask the sender.

problem-no-such-path = there is nothing at this path
problem-no-such-path-help = See the documentation for what can be asked here.
problem-method-not-allowed = that can't be done with this path
problem-method-not-allowed-help = See the documentation for the methods of each path.
problem-bad-query = the query can't be read: { $reason }
problem-bad-query-help = `fresh` and `dry_run` are `true` or `false`, `limit` is a number, `after` a domain.
problem-not-text = the path is no text
problem-not-text-help = Write it in UTF-8, with percent signs for what a path can't have.
problem-not-a-domain = "{ $name }" is no domain name
problem-not-a-domain-help = Give a name such as `example.com`.
problem-not-a-next-hop = "{ $name }" is no next hop
problem-not-a-next-hop-help = Give it as Postfix does: `example.com`, `[mail.example.com]` or `[mail.example.com]:587`.
problem-fresh-elsewhere = a new look can't be asked for here
problem-fresh-elsewhere-help = Ask without `fresh`, or use `sigillo query --fresh` on the machine itself.
problem-not-in-cache = nothing is remembered of { $domain }
problem-not-in-cache-help = `sigillo query { $domain }` has it looked up.
problem-store-failing = the store can't do that now: { $reason }
problem-store-failing-help = Mail servers are answered all the same; see to the database, then try again.
problem-stopping = the service is about to end
problem-stopping-help = Try again once it runs.
problem-body-broken = the lines didn't come to their end: { $reason }
problem-body-broken-help = What came before has been taken; send all of it again.

# What can be wrong with a line of an import.

line-too-long = it is longer than { $value } bytes
line-malformed = it is no JSON object as `sigillo cache export` writes them
line-no-field = it is without `{ $name }`
line-wrong-field = the value of `{ $name }` is none that it can have
line-domain = "{ $value }" is no domain name
line-id = "{ $value }" is no policy id: up to 32 letters and digits
line-future = it was fetched in the future ({ $value })
line-policy = its policy is none that a sender may use ({ $value })
