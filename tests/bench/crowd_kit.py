#!/usr/bin/env python3
"""Speed and accuracy of `variorum fuse` beside crowd-kit's Dawid-Skene, in one run on one machine.

    pip install crowd-kit
    python3 tests/bench/crowd_kit.py target/release/variorum CLAIMS.csv[.gz] [GOLD.csv[.gz]]

Both are measured in CPU seconds, as wall time means little on a shared machine; the mean of several goes. For variorum it is the whole
process (reading, choosing a model, fits from several starts, intervals), and the same less what a process costs that does nothing
(`--version`); for crowd-kit the fit alone on a data frame that is there, and the whole process of a script that reads and fits. Like
is compared with like: process with process, and what is done after the start with the fit. The latter leaves reading, choosing and
intervals on the side of variorum alone.
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
    """CPU seconds of a process, the mean of several, and what it prints."""
    used = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    before = used()
    for _ in range(times):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return (used() - before) / times, done.stdout


def variorum(binary, claims, gold):
    seconds, printed = process([binary, "fuse", claims] + (["--gold", gold] if gold else []), 40)
    start, _ = process([binary, "--version"], 40)
    found = re.search(r"accuracy (\S+)", printed)
    return seconds, start, float(found[1]) if found else None


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
    (seconds, start, ours), (fit, theirs) = variorum(binary, claims, gold), crowd_kit(claims, gold)
    whole, _ = process([sys.executable, "-c", SCRIPT, claims], 1)
    told = lambda accuracy: "" if accuracy is None else f", accuracy {accuracy:.4f}"
    print(f"variorum: {1000 * seconds:.1f} ms CPU, of which {1000 * start:.1f} ms are the start of the process{told(ours)}")
    print(f"crowd-kit Dawid-Skene: {1000 * fit:.0f} ms CPU for the fit, {1000 * whole:.0f} ms for the process{told(theirs)}")
    print(f"ratio {whole / seconds:.0f} process to process, {fit / (seconds - start):.0f} fit to all after the start, {fit / seconds:.0f} fit to process")


main()
