"""Makes the table of the comparison from the lines of all rounds, given on standard input.

Of each figure the best of the rounds counts: whatever else runs on a machine only takes away.
"""

import json
import sys

TEXTS = {
    "policies": "policies, all valid",
    "policies-as-found": "policies as found",
    "mta-sts-records": "MTA-STS records",
    "tls-rpt-records": "TLS-RPT records",
    "dmarc-records": "DMARC records",
}


def main():
    best = {}
    accepted = {}
    for line in sys.stdin:
        result = json.loads(line)
        key = result["what"], result["who"], result["how"]
        best[key] = max(best.get(key, 0), result["per_second"])
        accepted[key] = result["accepted"], result["items"]
    print("| read per second, one core | Sigillo, as a sender | Sigillo, with findings "
          "| checkdmarc | ratio | accepted by both |")  # fmt: skip
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for what, title in TEXTS.items():
        sender = best[what, "sigillo", "sender"]
        findings = best[what, "sigillo", "findings"]
        peer = best[what, "checkdmarc", "parse"]
        # Like with like: checkdmarc always collects its warnings.
        ratio = findings / peer
        ours, items = accepted[what, "sigillo", "sender"]
        theirs, _ = accepted[what, "checkdmarc", "parse"]
        cells = [
            title,
            f"{sender:,.0f}",
            f"{findings:,.0f}",
            f"{peer:,.0f}",
            f"{ratio:,.0f}",
            f"{ours} and {theirs} of {items}",
        ]
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
