#!/usr/bin/env python3
"""Writes the inputs of the benchmarks, one JSON value a line, beside this file.

No clock and no chance: every run writes the same bytes, and the files are committed. The names of
customers are made up below the domains of RFC 2606; how MX hosts are named, how many there are and
which slips are made follows what real policies and records look like.
"""

import json
from pathlib import Path

FOLDER = Path(__file__).parent
COUNT = 1000

TRADES = [
    "forno", "bottega", "officina", "studio", "libreria", "cantina", "falegnameria", "tipografia",
    "farmacia", "vivaio", "panificio", "sartoria", "pasticceria", "cartoleria", "ottica", "agenzia",
    "harbour", "meadow", "foundry", "orchard", "brewery", "printworks", "chandlery", "observatory",
    "lab",
]  # fmt: skip
NAMES = [
    "aurora", "bianchi", "castello", "delta", "esposito", "fonte", "giglio", "horizon", "isola",
    "junction", "kestrel", "luna", "marchetti", "nord", "olmo", "ponte", "quercia", "rossi",
    "sole", "torre", "unica", "valle", "westgate", "yarrow", "zaffiro", "alba", "borgo", "collina",
    "dogana", "est", "faro", "grotta", "ida", "larice", "molo", "nuvola", "oltremare", "pineta",
    "riva", "stella",
]  # fmt: skip
ZONES = ["example", "example.com", "example.net", "example.org", "test"]

GOOGLE = ["aspmx.l.google.com"] + [f"alt{number}.aspmx.l.google.com" for number in range(1, 5)]
GOOGLE_OLD = GOOGLE[:3] + ["aspmx2.googlemail.com", "aspmx3.googlemail.com"]


def pick(choices, number):
    return choices[number % len(choices)]


def domain(number):
    """A domain that no other number below 1000 has."""
    name = f"{pick(TRADES, number)}-{pick(NAMES, number // len(TRADES))}"
    return f"{name}.{pick(ZONES, number * 7 + number // 25)}"


def few_hosts(number, name):
    """One or two MX patterns."""
    tenant = name.replace(".", "-")
    return pick(
        [
            [f"mail.{name}"],
            [f"mx1.{name}", f"mx2.{name}"],
            [f"{tenant}.mail.protection.outlook.com"],
            [f"mx.{name}", f"backup.{pick(NAMES, number)}-hosting.example"],
            [f"*.{name}"],
            [f"{tenant}.{pick('abcdefgh', number)}-v1.mx.microsoft"],
            [f"mail.{name}", "*.mail.protection.outlook.com"],
            [f"smtp-{number % 97}.{name}"],
            ["aspmx.l.google.com", "*.aspmx.l.google.com"],
            [f"mxa.{name}", f"mxb.{name}"],
            ["mail.protonmail.ch", "mailsec.protonmail.ch"],
            [f"eu-smtp-inbound-{1 + number % 2}.mimecast.com", f"relay.{name}"],
        ],
        number,
    )


def five_hosts(number, name):
    """Five MX patterns."""
    shift = number % 5
    return pick(
        [
            [f"mx{index}.{name}" for index in range(1, 6)],
            GOOGLE[shift:] + GOOGLE[:shift],
            [
                f"mail.{name}",
                f"mx1.{name}",
                f"mx2.{name}",
                f"*.{pick(NAMES, number)}-relay.test",
                f"backup.{name}",
            ],
            [host.upper() for host in GOOGLE_OLD[:2]] + GOOGLE_OLD[2:4] + [f"mx.{name}"],
            [f"in{index}-{pick(NAMES, number + index)}.mail.{name}" for index in range(5)],
            [f"{place}.mx.{name}" for place in ["milano", "torino", "roma", "bari", "palermo"]],
        ],
        number,
    )


def max_age(number):
    usual = [604800, 86400, 604800, 1209600, 604800, 86400, 2592000, 604800, 31557600, 604800]
    return pick(usual, number // 2)


def policy_lines(number, hosts):
    """The lines of a valid policy."""
    mode = pick(["enforce", "testing", "enforce", "testing", "enforce"], number // 3)
    head = ["version: STSv1", f"mode: {mode}"]
    age = f"max_age: {max_age(number)}"
    mx = [f"mx: {host}" for host in hosts]
    # Most follow the order of the standard's example.
    return head + [age] + mx if number % 7 == 3 else head + mx + [age]


def text(lines, number):
    end = pick(["\n", "\r\n", "\n"], number)
    last = "" if number % 11 == 5 else end
    return end.join(lines) + last


def valid_policy(number):
    hosts = few_hosts if number % 2 == 0 else five_hosts
    return text(policy_lines(number, hosts(number // 2, domain(number))), number)


def slip(number, name, lines):
    """The lines of a policy with a slip that people make; most slips make it invalid."""
    first_mx = next(index for index, line in enumerate(lines) if line.startswith("mx: "))
    host = lines[first_mx].removeprefix("mx: ")

    def with_mx(*values):
        return lines[:first_mx] + [f"mx: {value}" for value in values] + lines[first_mx + 1 :]

    return pick(
        [
            lambda: with_mx(f"10 {host}"),
            lambda: [f"  {line}" for line in lines],
            lambda: with_mx(f"{host}."),
            lambda: lines[:1] + ["mode: testing # until all is well"] + lines[2:],
            lambda: with_mx(f"mail_in.{name}"),
            lambda: lines + [""],
            lambda: ["---", *lines, "---"],
            lambda: lines[:1] + ["mode: MODE"] + lines[2:],
            lambda: [f"# MTA-STS policy of {name}", *lines],
            lambda: [
                line.replace(": ", " ", 1) if line.startswith("mode") else line for line in lines
            ],
            lambda: lines[:1] + lines[2:],
            lambda: [line if not line.startswith("max_age") else "max_age: 1w" for line in lines],
            lambda: ["\ufeff" + lines[0]] + lines[1:],
            lambda: lines + [lines[1]],
            lambda: [
                "<!DOCTYPE html>",
                "<html><head><title>404 Not Found</title></head>",
                "</html>",
            ],
            lambda: with_mx(f"{host}, mx9.{name}"),
            lambda: lines[:1] + ["", *lines[1:]],
            lambda: [line.replace("max_age", "max-age") for line in lines],
            lambda: with_mx("caffè." + name),
            lambda: lines[1:],
        ],
        number,
    )()


def policy_as_found(number):
    """As `valid_policy`, but a quarter of them with a slip, and more one-host policies."""
    name = domain(number)
    hosts = five_hosts if number % 4 == 1 else few_hosts
    lines = policy_lines(number, hosts(number // 4, name))
    if number % 4 == 2:
        lines = slip(number // 4, name, lines)
    return text(lines, number)


def policy_id(number):
    day, second = number % 28 + 1, number * 86_399 % 86_400
    clock = f"{second // 3600:02}{second // 60 % 60:02}{second % 60:02}"
    return pick(
        [
            f"202{number % 7}{number % 12 + 1:02}{day:02}{clock}",
            f"202{number % 7}{number % 12 + 1:02}{day:02}T{clock}Z",
            f"{1_600_000_000 + number * 86_399}",
            f"{number * 2_654_435_761 % 2**64:x}",
        ],
        number,
    )


def mta_sts_record(number):
    plain = f"v=STSv1; id={policy_id(number)};"
    forms = [plain] * 5 + [plain[:-1], plain[:-1], plain.replace("; ", ";"), plain]
    slips = [
        f'"{plain}"',
        f"v=STSv1; id=2026-{number % 12 + 1:02}-01",
        plain.replace("; id", " id"),
        f"v=STSv1 ; id={number}",
        plain + ";",
    ]
    return pick(slips, number // 10) if number % 10 == 9 else pick(forms, number)


def tls_rpt_record(number):
    name = domain(number)
    mailbox = pick(
        [
            f"mailto:tls-reports@{name}",
            f"mailto:{number:x}@in.tlsrpt.example",
            f"mailto:postmaster@{name}",
        ],
        number,
    )
    web = f"https://tls.reports.example/v1/{number * 7919 % 65_536:04x}"
    forms = [
        f"v=TLSRPTv1; rua={mailbox}",
        f"v=TLSRPTv1;rua={mailbox}",
        f"v=TLSRPTv1; rua={mailbox};",
        f"v=TLSRPTv1; rua={mailbox},{web}",
        f"v=TLSRPTv1; rua={web}",
    ]
    slips = [
        f"v=TLSRPTv1; rua=tls@{name}",
        f"v=TLSRPTv1 rua={mailbox}",
        f"v=TLSRPTv1; rua=http://{name}/",
        f"v=TLSRPTv1; rua={mailbox}; rua={web}",
        f'"v=TLSRPTv1; rua={mailbox}"',
    ]
    return pick(slips, number // 10) if number % 10 == 9 else pick(forms, number)


def dmarc_record(number):
    name = domain(number)
    rua = f"rua=mailto:dmarc@{name}"
    p = pick(["none", "quarantine", "reject", "none", "reject"], number)
    forms = [
        f"v=DMARC1; p={p}; {rua}",
        f"v=DMARC1; p={p}; {rua}; ruf=mailto:forensic@{name}; fo=1",
        f"v=DMARC1; p={p}",
        f"v=DMARC1;p={p};sp=reject;adkim=s;aspf=s;{rua};",
        f"v=DMARC1; p={p}; pct=100; {rua}",
        f"v=DMARC1; p={p}; {rua},mailto:{number:x}@ag.dmarc.example; adkim=r; aspf=r",
        f"v=DMARC1; p={p}; sp={p}; np=reject; {rua}; t=y",
    ]
    slips = [
        f"v=DMARC1; p={p};; {rua}",
        f"v=DMARC1; {rua}; p={p}",
        f"v=DMARC1 p={p}; {rua}",
        f"v=DMARC1; p=rejct; {rua}",
        f"v=DMARC1; p={p}; rua=dmarc@{name}",
    ]
    return pick(slips, number // 10) if number % 10 == 9 else pick(forms, number)


def mx_match(number):
    """The host of an MX record and the patterns of a policy; about two of three match."""
    name = domain(number)
    hosts = few_hosts if number % 2 == 0 else five_hosts
    patterns = hosts(number // 2, name)
    host = patterns[number % len(patterns)].replace("*", f"mx{number % 4}").lower()
    return {"host": f"other-{host}" if number % 3 == 2 else host, "patterns": patterns}


def write(name, make):
    lines = [json.dumps(make(number), ensure_ascii=False) for number in range(COUNT)]
    (FOLDER / name).write_text(
        "".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    write("policies.jsonl", valid_policy)
    write("policies-as-found.jsonl", policy_as_found)
    write("mta-sts-records.jsonl", mta_sts_record)
    write("tls-rpt-records.jsonl", tls_rpt_record)
    write("dmarc-records.jsonl", dmarc_record)
    write("mx-matches.jsonl", mx_match)
