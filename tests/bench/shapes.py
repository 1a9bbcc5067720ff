#!/usr/bin/env python3
"""Made-up tables of labels of many shapes, with known truth: what one build of `variorum fuse` reaches beside another, and beside the vote.

    python3 tests/bench/shapes.py BINARY [OTHER] [TABLES]

Each table (200) draws its shape: two to six classes, even or unequal, 20 to 160 workers with 10 to 300 labels each, three, five or eight
labels an item, tastes for one class, errors that fall on all classes, on near ones, on a twin, on each worker's own or on those that all
confuse, and now and then hard items. A row has the mean accuracy of the vote and of each build, the difference of the two, the share of
tables on which the first is more than half a point below the other, and the worst. Everything follows from the number of the table.
"""
import csv
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

SHAPES = {
    "classes": [2, 3, 4, 5, 6],
    "workers": [20, 40, 80, 160],
    "labels": [10, 20, 40, 80, 160, 300],
    "each": [3, 5, 8],
    "frequency": ["even", "unequal", "steep"],
    "taste": [0, 0.1, 0.4],
    "errors": ["all", "near", "twin", "own", "common"],
    "care": [(6, 2), (3, 1.5), (4, 3)],
    "hard": [0, 0, 0.3],
}
MOST = 14_000


def row_of(draw, kind, truth, classes, common):
    """Where the errors of a worker on a class fall."""
    weigh = {
        "all": lambda said: 1.0,
        "near": lambda said: 0.3 ** abs(said - truth),
        "twin": lambda said: 1.0 if said == truth ^ 1 else 0.15,
        "own": lambda said: draw.gammavariate(0.5, 1) + 1e-3,
        "common": lambda said: common[truth][said] * draw.gammavariate(2, 1),
    }[kind]
    weights = [0.0 if said == truth else weigh(said) for said in range(classes)]
    return [weight / sum(weights) for weight in weights]


def table(number):
    """The shape of a table, and its rows of source, item, value and truth."""
    draw = random.Random(f"shape {number}")
    shape = {name: draw.choice(choices) for name, choices in SHAPES.items()}
    classes, each = shape["classes"], shape["each"]
    workers = min(shape["workers"], max(20, MOST // shape["labels"]))
    items = max(20, workers * min(shape["labels"], MOST // workers) // each)
    power = {"even": 0, "unequal": 1, "steep": 2}[shape["frequency"]]
    frequency = [1 / (1 + place) ** power for place in range(classes)]
    draw.shuffle(frequency)
    common = [[draw.gammavariate(0.5, 1) + 1e-3 for _ in range(classes)] for _ in range(classes)]
    tables, reach = [], [draw.paretovariate(1.5) for _ in range(workers)]
    for worker in range(workers):
        care, favourite, rows = draw.betavariate(*shape["care"]), draw.randrange(classes), []
        for truth in range(classes):
            varies = draw.gauss(0, 0.12) if shape["errors"] in ("own", "common") else 0
            right = min(0.98, max(0.02, care + varies))
            row = [(1 - right) * share for share in row_of(draw, shape["errors"], truth, classes, common)]
            row[truth] = right
            row = [(1 - shape["taste"]) * chance for chance in row]
            row[favourite] += shape["taste"]
            rows.append(row)
        tables.append(rows)
    told = []
    for item in range(items):
        truth, hard = draw.choices(range(classes), frequency)[0], draw.random() < shape["hard"]
        held = set()
        while len(held) < each:
            held.update(draw.choices(range(workers), reach, k=each - len(held)))
        for worker in sorted(held):
            row = tables[worker][truth]
            row = [0.55 * chance + 0.45 / classes for chance in row] if hard else row
            told.append((f"w{worker}", f"i{item}", f"c{draw.choices(range(classes), row)[0]}", f"c{truth}"))
    shape["labels a cell"] = len(told) / workers / classes**2
    return shape, told


def accuracy(binary, folder, *options):
    command = [binary, "fuse", folder / "claims.csv", "--gold", folder / "gold.csv", *options]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return float(re.search(r"accuracy (\S+)", printed)[1])


def write(path, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows(rows)


def groups(shape):
    """The rows of the summary that a table belongs to."""
    cell = shape["labels a cell"]
    yield "all tables"
    yield "labels a cell: " + ("below 1" if cell < 1 else "1 to 3" if cell < 3 else "3 to 8" if cell < 8 else "8 and more")
    yield from (f"{name}: {shape[name]}" for name in ("classes", "taste", "frequency", "errors"))


def main():
    binaries = [argument for argument in sys.argv[1:] if not argument.isdigit()]
    count = next((int(argument) for argument in sys.argv[1:] if argument.isdigit()), 200)
    found = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for number in range(count):
            shape, told = table(number)
            write(folder / "claims.csv", [("source", "item", "value"), *(row[:3] for row in told)])
            write(folder / "gold.csv", [("item", "value"), *{row[1]: row[3] for row in told}.items()])
            reached = [accuracy(binaries[0], folder, "--model", "majority")] + [accuracy(binary, folder) for binary in binaries]
            for group in groups(shape):
                found[group].append(reached)
    for group in sorted(found, key=lambda group: (group != "all tables", group)):
        rows = found[group]
        means = [sum(column) / len(rows) for column in zip(*rows)]
        text = f"{group} ({len(rows)}): vote {means[0]:.4f}; " + "; ".join(f"{mean:.4f}" for mean in means[1:])
        if len(binaries) == 2:
            gains = [row[1] - row[2] for row in rows]
            below = sum(gain < -0.005 for gain in gains) / len(rows)
            text += f"; {100 * sum(gains) / len(rows):+.2f} points, below on {below:.2f}, worst {100 * min(gains):+.1f}"
        print(text, flush=True)


main()
