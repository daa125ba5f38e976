"""Reads what wrk and the service print, and makes the tables of benches/web/run."""

import json
import re
import statistics
import sys


def read(name, connections, server, size):
    """One run of wrk as an object on a line."""
    text = sys.stdin.read()
    rate = float(re.search(r"Requests/sec:\s*([\d.]+)", text)[1])
    # Too slow is no error of the server's as long as the answer comes; wrk counts it apart.
    sockets = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    errors = [int(count) for count in sockets.groups()] if sockets else [0, 0, 0, 0]
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    print(json.dumps({
        "name": name,
        "connections": int(connections),
        "server": server,
        "size": int(size),
        "rate": rate,
        "errors": sum(errors[:3]) + (int(refused[1]) if refused else 0),
        "timeouts": errors[3],
        "p99": re.search(r"99%\s+(\S+)", text)[1],
    }))


def table():
    """The best round of each, and what ours is of nginx's."""
    best, errors, order = {}, {}, []
    for line in sys.stdin:
        run = json.loads(line)
        key = (run["name"], run["connections"])
        if key not in order:
            order.append(key)
        errors.setdefault((key, run["server"]), []).append((run["errors"], run["timeouts"]))
        if run["rate"] > best.get((key, run["server"]), {"rate": 0})["rate"]:
            best[key, run["server"]] = run
    print("| asked for | connections | bytes | Sigillo, a second | 99 % within | nginx, a second | 99 % within | ratio | errors, timeouts |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for key in order:
        ours, theirs = best[key, "sigillo"], best[key, "nginx"]
        failed = [sum(column) for column in zip(*errors[key, "sigillo"])]
        print(
            f"| {key[0]} | {key[1]:,} | {ours['size']:,} | {ours['rate']:,.0f} | {ours['p99']} "
            f"| {theirs['rate']:,.0f} | {theirs['p99']} | {ours['rate'] / theirs['rate']:.2f} | {failed[0]}, {failed[1]} |"
        )


def times():
    """The middle and the longest of the times that the service logged, by route and in the order asked."""
    logged = {}
    for number, line in enumerate(line for line in sys.stdin if "route=" in line):
        route = re.search(r'route="([^"]*)"', line)[1]
        query = " with a query" if number % 3 == 2 else ""
        logged.setdefault(route + query, []).append(int(re.search(r"microseconds=(\d+)", line)[1]))
    for route, microseconds in logged.items():
        middle, longest = statistics.median(microseconds), max(microseconds)
        print(f"Time:     {route}: {middle:.0f} µs in the middle, {longest} µs at most, of {len(microseconds)} requests")


if __name__ == "__main__":
    {"read": read, "table": table, "times": times}[sys.argv[1]](*sys.argv[2:])
