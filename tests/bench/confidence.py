#!/usr/bin/env python3
"""The weights of `[confidence]` in rules/compare.toml, fitted to rated rows by logistic regression, and how well they do on
rows they were not fitted to.

    variorum --set compare.confidence.least=0 run CORPUS -o RUN
    python3 tests/bench/confidence.py [--planted RUN] RUN=RATINGS.csv ...

RATINGS.csv has the columns document_a, value_a, document_b, value_b and rating: right (a contradiction), weak (the same thing,
and nothing that matters) or false. Rows of planted corpora count as right; they shape the weights, and the chances are set
right by the rated ones. Of rows with one slot and the same two values the first counts. For each set the weights are fitted
to all others, and the table tells what was kept of all sets together from which chance on.
"""
import argparse
import csv
import math
from pathlib import Path

MEASURES = ["near", "near_share", "common_share", "names_apart", "late", "length", "verbatim", "quoted"]
KINDS = ["quote", "number", "duration", "date", "time", "venue", "place", "person", "role", "negation", "antonym", "event-term"]
ATTRIBUTES = ["age", "open", "measured", "dated", "located", "role-holder", "office", "statement"]
NAMES = MEASURES + KINDS + ATTRIBUTES
RIDGE = 20.0
# What is rare in the rows is drawn to nothing the more.
LEAST_SPREAD = [0.1] * len(MEASURES) + [0.25] * (len(KINDS) + len(ATTRIBUTES))


def table(run, name):
    for folder in (run / "latest", run):
        if (folder / name).is_file():
            with open(folder / name, encoding="utf-8-sig", newline="") as file:
                return list(csv.DictReader(file))
    raise SystemExit(f"{run}: no {name}")


def key(row):
    return frozenset([(row["document_a"], row["value_a"]), (row["document_b"], row["value_b"])])


def rows_of(run, ratings):
    rated = None
    if ratings:
        with open(ratings, encoding="utf-8-sig", newline="") as file:
            rated = {key(row): row["rating"] for row in csv.DictReader(file)}
    slots = {row["slot_id"]: row["attribute"] for row in table(run, "claims.csv") if row["slot_id"]}
    rows, seen = [], set()
    for row in table(run, "disagreements.csv"):
        rating = "right" if rated is None else rated.get(key(row))
        if row["verdict"] != "contradicts" or rating not in ("right", "weak", "false"):
            continue
        values = row["value_a"][:40].lower() if row["kind"] == "quote" else frozenset([row["value_a"].lower()[:30], row["value_b"].lower()[:30]])
        same = (row["slot_id"] or row["disagreement_id"], row["kind"], values)
        if same in seen:
            continue
        seen.add(same)
        attribute = slots.get(row["slot_id"], "quotation" if row["kind"] == "quote" else "statement")
        words = row["measures"].split()
        told = dict(zip(words[::2], map(float, words[1::2])))
        vector = [told.get(name, 0.0) for name in MEASURES]
        vector += [float(row["kind"] == kind) for kind in KINDS] + [float(attribute == name) for name in ATTRIBUTES]
        rows.append((vector, rating))
    return rows


def solve(matrix, right):
    size = len(right)
    rows = [matrix[i][:] + [right[i]] for i in range(size)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda j: abs(rows[j][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for j in range(i + 1, size):
            share = rows[j][i] / rows[i][i]
            if share:
                rows[j] = [x - share * y for x, y in zip(rows[j], rows[i])]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (rows[i][size] - sum(rows[i][j] * found[j] for j in range(i + 1, size))) / rows[i][i]
    return found


def chance(total):
    return 1 / (1 + math.exp(-total))


def fit(rows):
    """Newton's method on standardised measures, with a ridge on all but the constant."""
    vectors, wanted = [v for v, _ in rows], [float(r != "false") for _, r in rows]
    count, size = len(rows), len(NAMES)
    mean = [sum(v[i] for v in vectors) / count for i in range(size)]
    spread = [max(LEAST_SPREAD[i], math.sqrt(sum((v[i] - mean[i]) ** 2 for v in vectors) / count)) for i in range(size)]
    points = [[1.0] + [(v[i] - mean[i]) / spread[i] for i in range(size)] for v in vectors]
    weights = [0.0] * (size + 1)
    for _ in range(25):
        gradient = [0.0] + [RIDGE * w for w in weights[1:]]
        hessian = [[RIDGE if i == j and i else 0.0 for j in range(size + 1)] for i in range(size + 1)]
        for point, want in zip(points, wanted):
            said = chance(sum(w * x for w, x in zip(weights, point)))
            near = said * (1 - said)
            for i, x in enumerate(point):
                if x:
                    gradient[i] += (said - want) * x
                    line = hessian[i]
                    for j, y in enumerate(point):
                        line[j] += near * x * y
        step = solve(hessian, gradient)
        weights = [w - s for w, s in zip(weights, step)]
        if max(map(abs, step)) < 1e-9:
            break
    plain = [w / s for w, s in zip(weights[1:], spread)]
    return weights[0] - sum(w * m for w, m in zip(plain, mean)), plain


def total(model, vector):
    return model[0] + sum(w * x for w, x in zip(model[1], vector))


def set_right(scored):
    """What makes the mean chance of rated rows the share of those that are not false."""
    low, high = -9.0, 9.0
    share = sum(rating != "false" for _, rating in scored) / len(scored)
    for _ in range(60):
        middle = (low + high) / 2
        said = sum(chance(score + middle) for score, _ in scored) / len(scored)
        low, high = (middle, high) if said < share else (low, middle)
    return low


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--planted", action="append", default=[], type=Path, metavar="RUN")
    parser.add_argument("--from", dest="least", type=int, default=40, help="sentences of both reports from which rows are set right and counted")
    parser.add_argument("rated", nargs="+", metavar="RUN=RATINGS")
    asked = parser.parse_args()
    planted = [row for run in asked.planted for row in rows_of(run, None)]
    sets = [rows_of(*map(Path, pair.split("=", 1))) for pair in asked.rated]
    long = lambda row: math.expm1(row[0][MEASURES.index("length")]) > asked.least - 0.5
    held = []
    for out in range(len(sets)):
        model = fit(planted + [row for at, rows in enumerate(sets) if at != out for row in rows])
        held += [(total(model, row[0]), row[1]) for row in sets[out] if long(row)]
    shift = set_right(held)
    print("held out: rows kept from a chance on, right / weak / false")
    for least in (0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept = [rating for score, rating in held if chance(score + shift) >= least]
        print(f"  {least:.1f}  " + " / ".join(str(kept.count(rating)) for rating in ("right", "weak", "false")))
    print("held out: chance said, and share that was not false")
    for tenth in range(10):
        some = [(chance(s + shift), r != "false") for s, r in held if tenth <= 10 * chance(s + shift) < tenth + 1]
        if some:
            said, was = (sum(column) / len(some) for column in zip(*some))
            print(f"  {said:.2f}  {was:.2f}  of {len(some)}")
    model = fit(planted + [row for rows in sets for row in rows])
    shift = set_right([(total(model, row[0]), row[1]) for rows in sets for row in rows if long(row)])
    print(f"\nbias = {model[0] + shift:.2f}")
    for title, names in (("weights", MEASURES), ("kinds", KINDS), ("attributes", ATTRIBUTES)):
        print(f"\n[confidence.{title}]")
        for name in names:
            weight = model[1][NAMES.index(name)]
            if abs(weight) >= 0.005 or title == "weights":
                print(f"{name} = {weight:.3f}" if name == "near" else f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
