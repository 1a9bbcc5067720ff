#!/usr/bin/env python3
"""Speed and accuracy of `variorum fuse` beside crowd-kit's Dawid-Skene, in one run on one machine.

    pip install crowd-kit
    python3 tests/bench/crowd_kit.py target/release/variorum CLAIMS.csv[.gz] [GOLD.csv[.gz]]

Both are measured in user CPU seconds, as wall time means little on a shared machine: for variorum the whole process
(reading, solving), for crowd-kit the fit alone. The last line is their ratio.
"""
import re
import resource
import subprocess
import sys
import time

import pandas
from crowdkit.aggregation import DawidSkene


def variorum(binary, claims, gold):
    command = [binary, "fuse", claims] + (["--gold", gold] if gold else [])
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    found = re.search(r"accuracy (\S+)", done.stdout)
    return seconds, float(found[1]) if found else None


def crowd_kit(claims, gold):
    table = pandas.read_csv(claims, dtype=str)
    table = table.rename(columns={"source": "worker", "item": "task", "value": "label"})[["worker", "task", "label"]]
    before = time.process_time()
    labels = DawidSkene(n_iter=100).fit_predict(table)
    seconds = time.process_time() - before
    if not gold:
        return seconds, None
    known = pandas.read_csv(gold, dtype=str).set_index("item")["value"]
    known = known[known.index.isin(labels.index)]
    return seconds, float((labels[known.index] == known).mean())


def main():
    binary, claims, gold = (sys.argv[1:] + [None])[:3]
    ours, theirs = variorum(binary, claims, gold), crowd_kit(claims, gold)
    for name, (seconds, accuracy) in (("variorum", ours), ("crowd-kit Dawid-Skene", theirs)):
        print(f"{name}: {seconds:.2f} s user CPU" + (f", accuracy {accuracy:.4f}" if accuracy is not None else ""))
    print(f"ratio {theirs[0] / max(ours[0], 0.01):.0f}")


main()
