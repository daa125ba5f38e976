"""One round of checkdmarc over the inputs of the benchmarks: `benches/peers/run` starts it.

Prints a JSON object a line, as the bench `peers` of the crate `sigillo-formats` does.
"""

import json
import sys
import time
from pathlib import Path

from checkdmarc import dmarc, mta_sts, smtp_tls_reporting

# How long each is done again and again, in seconds.
LONG_ENOUGH = 0.5


def main(folder):
    # The parser of DMARC records also looks at the DNS for the addresses of reports. Here it is
    # the parser that counts, so both look-ups answer at once.
    dmarc.get_mx_records = lambda *_, **__: [{"hostname": "mx.example", "preference": 10}]
    dmarc.verify_dmarc_report_destination = lambda *_, **__: True

    readers = {
        "policies": (mta_sts.parse_mta_sts_policy, mta_sts.MTASTSError),
        "policies-as-found": (mta_sts.parse_mta_sts_policy, mta_sts.MTASTSError),
        "mta-sts-records": (mta_sts.parse_mta_sts_record, mta_sts.MTASTSError),
        "tls-rpt-records": (
            smtp_tls_reporting.parse_smtp_tls_reporting_record,
            smtp_tls_reporting.SMTPTLSReportingError,
        ),
        "dmarc-records": (
            lambda text: dmarc.parse_dmarc_record(text, "example.com"),
            dmarc.DMARCError,
        ),
    }
    for name, (read, refusal) in readers.items():
        measure(name, read_lines(folder, name), accepts(read, refusal))


def read_lines(folder, name):
    with open(folder / f"{name}.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def accepts(read, refusal):
    def accepts_text(text):
        try:
            read(text)
        except refusal:
            return False
        return True

    return accepts_text


def measure(name, items, accepts):
    def once():
        return sum(1 for item in items if accepts(item))

    accepted = once()
    begin = time.perf_counter()
    fastest = float("inf")
    while time.perf_counter() - begin < LONG_ENOUGH:
        start = time.perf_counter()
        once()
        fastest = min(fastest, time.perf_counter() - start)
    result = {
        "who": "checkdmarc",
        "what": name,
        "how": "parse",
        "items": len(items),
        "accepted": accepted,
        "per_second": round(len(items) / fastest),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
