#!/usr/bin/env python3
"""Speed and accuracy of `variorum fuse` beside crowd-kit's Dawid-Skene, in one run on one machine.

    pip install crowd-kit
    python3 tests/bench/crowd_kit.py target/release/variorum CLAIMS.csv[.gz] [GOLD.csv[.gz]]

Both are measured in user CPU seconds, as wall time means little on a shared machine; the mean of several goes, as its clock is coarse. For variorum
it is the whole process (reading, choosing a model, fits from several starts, intervals), for crowd-kit once the fit alone
and once the whole process of a script that does nothing else. The last lines are the ratios.
"""
import re
import resource
import subprocess
import sys
import time

import pandas
from crowdkit.aggregation import DawidSkene


SCRIPT = """
import sys, pandas
from crowdkit.aggregation import DawidSkene
table = pandas.read_csv(sys.argv[1], dtype=str).rename(columns={"source": "worker", "item": "task", "value": "label"})
DawidSkene(n_iter=100).fit_predict(table[["worker", "task", "label"]]).to_csv(sys.stdout)
"""


def process(command, times):
    """User CPU seconds of a process, the mean of several, and what it prints."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    for _ in range(times):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return (resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before) / times, done.stdout


def variorum(binary, claims, gold):
    seconds, printed = process([binary, "fuse", claims] + (["--gold", gold] if gold else []), 20)
    found = re.search(r"accuracy (\S+)", printed)
    return seconds, float(found[1]) if found else None


def crowd_kit(claims, gold):
    table = pandas.read_csv(claims, dtype=str)
    table = table.rename(columns={"source": "worker", "item": "task", "value": "label"})[["worker", "task", "label"]]
    times = 5 if len(table) < 20_000 else 1
    before = time.process_time()
    for _ in range(times):
        labels = DawidSkene(n_iter=100).fit_predict(table)
    seconds = (time.process_time() - before) / times
    if not gold:
        return seconds, None
    known = pandas.read_csv(gold, dtype=str).set_index("item")["value"]
    known = known[known.index.isin(labels.index)]
    return seconds, float((labels[known.index] == known).mean())


def main():
    binary, claims, gold = (sys.argv[1:] + [None])[:3]
    ours, theirs = variorum(binary, claims, gold), crowd_kit(claims, gold)
    whole, _ = process([sys.executable, "-c", SCRIPT, claims], 1)
    for name, (seconds, accuracy) in (("variorum", ours), ("crowd-kit Dawid-Skene", theirs)):
        print(f"{name}: {seconds:.2f} s user CPU" + (f", accuracy {accuracy:.4f}" if accuracy is not None else ""))
    print(f"crowd-kit, whole process: {whole:.2f} s user CPU")
    print(f"ratio {theirs[0] / ours[0]:.0f} to the fit alone, {whole / ours[0]:.0f} to the whole process")


main()
