#!/usr/bin/env python3
"""Articles of many outlets on the rumours and news of 2014, of the Fake News Challenge, as a corpus; and rows for rating.

    git clone https://github.com/FakeNewsChallenge/fnc-1
    python tests/bench/rumours.py write fnc-1/train_bodies.csv train.jsonl
    variorum run train.jsonl -o train-run
    python tests/bench/rumours.py rows train-run/latest > rows.txt
    python tests/bench/rumours.py rated train-run/latest base-run/latest ratings.csv

The articles have no outlets and no days: each is an outlet of its own, and all have one day, so that "yesterday" and "Tuesday" cannot
be held against each other. `rows` prints the disagreements numbered, for somebody to rate; `rated` counts how many of the rows of one
run were rated `right`, `weak` or `false` in the run that was rated (`ratings.csv`: row,rating).
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

csv.field_size_limit(10**9)
DAY = "2014-10-15"


def write(bodies: str, out: str) -> None:
    """A line of JSON for each article."""
    with open(bodies, newline="") as rows, open(out, "w") as lines:
        for row in csv.DictReader(rows):
            name = f"{Path(bodies).name.split('_')[0]}{row['Body ID']}"
            lines.write(json.dumps({"id": name, "source": f"{name}.example", "date": DAY, "text": row["articleBody"]}) + "\n")


def disagreements(run: str) -> list[dict[str, str]]:
    """The rows of a run, in the order in which they are numbered."""
    with open(Path(run) / "disagreements.csv", newline="", encoding="utf-8-sig") as table:
        return sorted(csv.DictReader(table), key=lambda r: (r["kind"], r["rule"], r["text_a"], r["text_b"]))


def one_line(text: str) -> str:
    return " ".join(text.split())


def rows(run: str) -> None:
    for number, row in enumerate(disagreements(run), 1):
        print(f"#{number} {row['kind']}/{row['rule']} | {row['why']}")
        for side in "ab":
            print(f" {side} [{row['document_' + side]}] {row['value_' + side]!r}: {one_line(row['text_' + side])}")


def key(row: dict[str, str]) -> tuple:
    """What a row says of which passages, whichever comes first."""
    return row["kind"], frozenset((row["document_" + s], row["text_" + s], row["value_" + s]) for s in "ab")


def rated(run: str, base: str, ratings: str) -> None:
    with open(ratings, newline="") as table:
        told = {int(row["row"]): row["rating"] for row in csv.DictReader(table)}
    known = {key(row): told.get(number, "unrated") for number, row in enumerate(disagreements(base), 1)}
    counts = Counter(known.get(key(row), "unrated") for row in disagreements(run))
    print(", ".join(f"{rating} {count}" for rating, count in sorted(counts.items())))


if __name__ == "__main__":
    {"write": write, "rows": rows, "rated": rated}[sys.argv[1]](*sys.argv[2:])
