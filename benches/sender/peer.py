"""Runs postfix-mta-sts-resolver with its internal cache filled beforehand, on a resolver of one's own.

usage: peer.py POLICIES NAMESERVER CONFIG

To fill a million entries by looking them up would take an hour, so each policy of the file that
`sigillo-load seed` writes is read by the daemon's own parser and put into the cache as the daemon
puts it there, before it starts. The daemon asks the servers of /etc/resolv.conf; here it is told another.
From then on it runs unchanged.
"""

import functools
import json
import sys
import time

import aiodns
from postfix_mta_sts_resolver import daemon, internal_cache
from postfix_mta_sts_resolver.base_cache import CacheEntry
from postfix_mta_sts_resolver.utils import parse_mta_sts_policy


async def setup(cache):
    """Fills the cache."""
    with open(policies, encoding="ascii") as lines:
        for line in lines:
            entry = json.loads(line)
            policy = parse_mta_sts_policy(entry["policy"])
            policy["max_age"] = int(policy["max_age"])
            await cache.set(entry["domain"], CacheEntry(time.time(), entry["id"], policy))


policies, nameserver, config = sys.argv[1:]
internal_cache.InternalLRUCache.setup = setup
aiodns.DNSResolver = functools.partial(aiodns.DNSResolver, nameservers=[nameserver])
sys.argv = ["mta-sts-daemon", "--config", config]
sys.exit(daemon.main())
