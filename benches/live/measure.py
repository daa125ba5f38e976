"""Runs the programs that benches/live/run names against its servers, and prints how long they took.

usage: measure.py LAB SIGILLO CHECKDMARC ROUNDS

LAB is the folder of the servers, with the lists of domains.
"""

import json
import os
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

LAB, SIGILLO, CHECKDMARC = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
ROUNDS = int(sys.argv[4])
SERVER = "127.86.0.1"

# Domains of the lists that are long enough for Sigillo, and those that checkdmarc gets done.
LISTS = (10_000, 100_000, 1_000_000)
PEER_NAMES, PEER_ADOPTERS = 200, 100

SIGILLO_NETWORK = ["--resolver", SERVER, "--dnssec", "off", "--internal", "--ca-file", str(LAB / "roots.pem")]
# Its HTTPS and SMTP connections trust, and look up, what the system does.
PEER_ENVIRONMENT = {"REQUESTS_CA_BUNDLE": str(LAB / "roots.pem"), "SSL_CERT_FILE": str(LAB / "roots.pem")}
PEER_SYSTEM = 'mount --bind "$0" /etc/resolv.conf && exec "$@"'


def run(command, environment=None):
    """The seconds that a program takes, those of a processor, and the most memory resident, in MiB."""
    environment = {**os.environ, **(environment or {})}
    started = time.monotonic()
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    resident = 0
    while True:
        # What wait4 says of memory counts this program's own, before the other takes its place.
        try:
            status = Path(f"/proc/{child.pid}/status").read_text().splitlines()
            sizes = [int(line.split()[1]) for line in status if line.startswith("VmHWM")]
            resident = max([resident, *sizes])
        except OSError:
            pass
        ended, status, usage = os.wait4(child.pid, os.WNOHANG)
        if ended:
            break
        time.sleep(0.005)
    taken = time.monotonic() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {child.returncode}")
    return taken, usage.ru_utime + usage.ru_stime, resident / 1024


def best(command, environment=None):
    """The least time of the rounds, and the most memory of any."""
    taken, processor, resident = zip(*(run(command, environment) for _ in range(ROUNDS)))
    return min(taken), min(processor), max(resident)


def listed(name, count):
    """A file with the first so many domains of a list."""
    path = LAB / f"{name}-{count}.txt"
    with open(LAB / f"{name}.txt") as source:
        path.write_text("".join(islice(source, count)))
    return str(path)


def scan(path):
    out = LAB / "results.ndjson"
    taken = best([SIGILLO, "scan", path, "--out", str(out), "--force", *SIGILLO_NETWORK])
    verdicts = {}
    with open(out) as lines:
        for line in lines:
            verdict = json.loads(line)["verdict"]
            verdicts[verdict] = verdicts.get(verdict, 0) + 1
    return *taken, ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))


def checkdmarc(domains, mail):
    """What checkdmarc takes, and what it found."""
    out = LAB / "checkdmarc.json"
    options = ["--nameserver", SERVER, "--output", str(out), *(["--check-mx-tls"] if mail else [])]
    shell = ["unshare", "--mount", "sh", "-c", PEER_SYSTEM, str(LAB / "resolv.conf")]
    taken = best([*shell, CHECKDMARC, *domains, *options], PEER_ENVIRONMENT)
    results = json.loads(out.read_text())
    results = results if isinstance(results, list) else [results]
    valid = sum(result["mta_sts"].get("valid") is True for result in results)
    encrypted = sum(any(host.get("starttls") for host in result["mx"]["hosts"]) for result in results)
    return *taken, f"{valid} with a valid policy, {encrypted} with STARTTLS"


def row(*cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def measured(what, count, taken, processor, resident, found):
    each = f"{processor / count * 1e6:,.0f}"
    row(what, f"{count:,}", f"{taken:.2f}", f"{count / taken:,.0f}", each, f"{resident:.0f}", found)
    return count / taken


def main():
    row("scan", "domains", "seconds", "a second", "µs of CPU each", "MiB resident", "found")
    row("---", *["---:"] * 5, "---")
    for count in LISTS:
        path = listed("names", count)
        rate = measured("Sigillo, without a record", count, *scan(path))
        if count == 100_000:
            absent = rate
    with_policy = measured("Sigillo, with a policy", 1_000, *scan(listed("adopters", 1_000)))
    peer = measured("checkdmarc, without a record", PEER_NAMES, *checkdmarc([listed("names", PEER_NAMES)], False))
    row("ratio", "", "", f"{absent / peer:,.0f}", "", "", "")
    peer = measured("checkdmarc, with a policy", PEER_ADOPTERS, *checkdmarc([listed("adopters", PEER_ADOPTERS)], True))
    row("ratio", "", "", f"{with_policy / peer:,.0f}", "", "", "")
    print()
    row("check", "Sigillo, seconds", "checkdmarc, seconds", "ratio")
    row("---", *["---:"] * 3)
    adopters = Path(listed("adopters", 50)).read_text().split()
    for domains in adopters[:1], adopters:
        ours, _, _ = best([SIGILLO, "check", *domains, *SIGILLO_NETWORK])
        theirs, *_ = checkdmarc(domains, True)
        row(f"{len(domains)} with a policy", f"{ours:.3f}", f"{theirs:.3f}", f"{theirs / ours:.1f}")


main()
