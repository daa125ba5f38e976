"""Makes the tables of benches/sender/run from what the load generator prints."""

import json
import statistics
import sys

OURS, FLOOR, THEIRS = "sigillo", "echo", "postfix-mta-sts-resolver"


def sizes():
    """The bytes of a request and of the shortest reply; of the same mix all others are as long, but for `parent`."""
    outcome = json.load(sys.stdin)
    print(outcome["request_bytes"][0], outcome["reply_bytes"][0])


def queries(run):
    """How many questions the daemon asked meanwhile."""
    return sum(run["after"].values()) - sum(run["before"].values())


def middle(values, form):
    """The median in this form, or a dash if there is none."""
    return format(statistics.median(values), form) if values else "–"


def table():
    """The median round of each, what ours takes above the floor, and what theirs is of ours."""
    runs, states = {}, {}
    for line in sys.stdin:
        run = json.loads(line)
        if "outcome" in run:
            case = tuple(run[key] for key in ("domains", "mix", "connections", "depth"))
            runs.setdefault(case, {}).setdefault(run["daemon"], []).append(run)
        else:
            states.setdefault((run["daemon"], run["domains"]), []).append(run)
    times(runs)
    print()
    speeds(runs)
    print()
    memory(states)


def heading(*columns):
    """The head of a table."""
    print("| " + " | ".join(columns) + " |")
    print("| " + " | ".join("---" if column in ("mix", "daemon") else "---:" for column in columns) + " |")


def label(case):
    """The first cells of a row: the number of domains, the mix, connections × depth."""
    return f"{case[0]:,} | {case[1]} | {case[2]} × {case[3]}"


def times(runs):
    """Processor time of the daemon for a lookup."""
    heading("domains", "mix", "connections × open", "Sigillo, µs", "echo, µs", "above echo, µs",
            "the Python daemon, µs", "ratio")
    for case, daemons in runs.items():
        cpu = {name: [run["outcome"]["daemon_cpu"] for run in rounds] for name, rounds in daemons.items()}
        ours, floor, theirs = (cpu.get(name, []) for name in (OURS, FLOOR, THEIRS))
        # Of the same round, so that what disturbed one has disturbed the other.
        above = [one - other for one, other in zip(ours, floor)]
        ratio = [other / one for one, other in zip(ours, theirs)]
        print(f"| {label(case)} | {middle(ours, '.2f')} | {middle(floor, '.2f')} | {middle(above, '+.2f')} "
              f"| {middle(theirs, '.1f')} | {middle(ratio, '.1f')} |")


def speeds(runs):
    """Lookups a second, how long they took, and what was asked of the name server."""
    heading("domains", "mix", "connections × open", "daemon", "a second", "half within, µs", "99 % within, µs",
            "99.9 % within, µs", "load's own CPU, µs", "DNS queries")
    for case, daemons in runs.items():
        for name, rounds in daemons.items():
            cells = [middle([run["outcome"][key] for run in rounds], form) for key, form in (
                ("per_second", ",.0f"), ("p50", ",.0f"), ("p99", ",.0f"), ("p999", ",.0f"), ("own_cpu", ".2f"))]
            cells.append(middle([queries(run) for run in rounds], ",.0f"))
            print(f"| {label(case)} | {name} | {' | '.join(cells)} |")


def memory(states):
    """What is resident, and how long the first answer took."""
    heading("daemon", "domains", "MiB resident, warm", "MiB after the load", "first answer, seconds")
    for (name, domains), rounds in states.items():
        mebibytes = [middle([state[key] / 1024 for state in rounds], ".1f") for key in ("warmed", "loaded")]
        # The Python daemon's cache is filled before it starts, which is none of its doing.
        first = [state["first"]["seconds"] for state in rounds] if name == OURS else []
        print(f"| {name} | {domains:,} | {' | '.join(mebibytes)} | {middle(first, '.2f')} |")


def first(before, after, fetched):
    """What a hundred first questions at once led to."""
    before, after = json.loads(before), json.loads(after)
    asked = {kind: count - before.get(kind, 0) for kind, count in after.items() if count > before.get(kind, 0)}
    print(f"A hundred first lookups of one domain at once: DNS queries {asked}, policies fetched {fetched}")


if __name__ == "__main__":
    {"sizes": sizes, "table": table, "first": first}[sys.argv[1]](*sys.argv[2:])
