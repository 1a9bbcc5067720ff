#!/usr/bin/env python3
"""Made-up tables of claims of many kinds, with known truth: the automatic choice of `variorum fuse` beside each model alone.

    python3 tests/bench/sets.py target/release/variorum [SEEDS]

Each kind is drawn SEEDS times (5); a row has the mean accuracy of each model and, in brackets, the mean rank correlation of trust
with the sources' true accuracy, and the least accuracy of the automatic choice. `pooled` is PooledInvestment (Pasternack & Roth,
COLING 2010), which variorum does not have; the others are asked for with `--model`. Everything follows from the seed.
"""
import csv
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

MODELS = ["majority", "bayes", "dense", "dawid-skene", "catd", "truth-finder", "numeric"]


def flights(draw, runway, vary=0):
    """A day of 38 boards. Two attributes of six are read at the gate, which is asked for, or at the runway; `runway` of the 20
    boards that read for themselves do so. 18 boards copy one of four others, two of which read the runway if any does."""
    own, copied = 20, [0, 1, 18, 19]
    care = [draw.uniform(0.86, 0.98) for _ in range(own)]
    cover = [draw.uniform(0.4, 0.95) for _ in range(own)]
    groups = [draw.choice(copied) for _ in range(18)]
    for flight in range(300):
        for attribute in range(6):
            item, truth = f"{flight}/{attribute}", draw.randrange(1440)
            popular, taxi = truth + draw.randrange(5, 40), draw.randrange(8, 25)
            said = {}
            for board in range(own):
                if draw.random() > cover[board]:
                    continue
                if draw.random() > care[board]:
                    said[board] = popular if draw.random() < 0.3 else truth + draw.randrange(1, 60)
                elif attribute < 2 and board >= own - runway:
                    said[board] = truth + taxi + draw.randint(-vary, vary)
                else:
                    said[board] = truth
            for copy, original in enumerate(groups):
                if original in said and draw.random() < 0.97:
                    slips = draw.random() < 0.003
                    said[own + copy] = truth + 1 + draw.randrange(60) if slips else said[original]
            for board, value in said.items():
                yield f"board{board:02}", item, value % 1440, truth


def places(draw):
    """Seven sources; each is right, too general or wrong."""
    for item in range(1500):
        towns = [f"c{item % 40} > r{item % 9} > t{draw.randrange(99)}" for _ in range(4)]
        for source in range(7):
            right, general = 0.42 + 0.06 * source, 0.33 - 0.03 * source
            luck = draw.random()
            if draw.random() < 0.35:
                continue
            value = towns[0] if luck < right else towns[draw.randrange(1, 4)]
            if right <= luck < right + general:
                value = " > ".join(towns[0].split(" > ")[: draw.randint(1, 2)])
            yield f"s{source}", f"i{item}", value, towns[0]


def births(draw, general, written):
    """Seven sources give the birthplaces of 6,000 people, two claims each; `general` of what is not right is too general."""
    right, cover = [draw.uniform(0.25, 0.95) for _ in range(7)], [draw.uniform(0.1, 0.6) for _ in range(7)]
    cover = [min(0.98, share * 2.25 / sum(cover)) for share in cover]
    regions = [(land, region) for land in range(30) for region in range(draw.randint(3, 12))]
    reach = [draw.paretovariate(0.8) for _ in regions]

    def place(land, region, town):
        return f"land {land}", f"region {land}-{region}", f"town {land}-{region}-{town}"

    for item in range(6000):
        (land, region), (land_2, region_2) = draw.choices(regions, reach, k=2)
        truth = place(land, region, int(draw.paretovariate(0.7)) % 60)
        wrong = [place(land_2, region_2, draw.randrange(60)), place(land, region, draw.randrange(60))]
        for source in range(7):
            if draw.random() > cover[source]:
                continue
            luck, said = draw.random(), wrong[draw.randrange(2)]
            if luck < right[source]:
                said = truth
            elif luck < right[source] + (1 - right[source]) * general:
                said = truth[: draw.randint(1, 2)]
            yield f"s{source}", f"i{item}", written(said), written(truth)


def weather(draw):
    """Sixteen services give degrees; some of them read another station, or an hour late; six print another's figures."""
    care = [draw.uniform(0.3, 0.85) for _ in range(10)]
    station = [draw.randrange(3) for _ in range(10)]
    originals = [draw.randrange(10) for _ in range(6)]
    for item in range(800):
        truth, said = round(draw.gauss(12, 9)), {}
        elsewhere = [truth + draw.randint(-4, 4) for _ in range(3)]
        for service in range(10):
            if draw.random() < 0.75:
                luck = draw.random()
                late = truth + round(draw.gauss(0, 3))
                said[service] = truth if luck < care[service] else elsewhere[station[service]] if luck < 0.9 else late
        for copy, original in enumerate(originals):
            if original in said:
                said[10 + copy] = said[original]
        for service, value in said.items():
            yield f"w{service:02}", f"i{item}", value, truth


def labels(draw, classes, workers, items, each, taste):
    """Workers label items with a few classes of unequal frequency; with `taste` they say one class whatever it is."""
    frequency = [1 / (1 + n) for n in range(classes)]
    care = [draw.betavariate(6, 2) for _ in range(workers)]
    for item in range(items):
        truth = draw.choices(range(classes), frequency)[0]
        for worker in draw.sample(range(workers), each):
            wrong = (truth + draw.randrange(1, classes)) % classes
            value = truth if draw.random() < care[worker] else wrong
            value = worker % classes if draw.random() < taste else value
            yield f"w{worker:03}", f"i{item}", f"class {value}", f"class {truth}"


def shops(draw):
    """Eight hundred shops with a few dozen claims each, most of them careful; errors are popular."""
    care = [draw.betavariate(4, 1.5) for _ in range(800)]
    reach = [draw.paretovariate(1.3) for _ in range(800)]
    for item in range(1000):
        popular = draw.randrange(3)
        for shop in set(draw.choices(range(800), reach, k=18)):
            wrong = popular if draw.random() < 0.6 else draw.randrange(12)
            yield f"shop{shop:03}", f"i{item}", "t" if draw.random() < care[shop] else f"f{wrong}", "t"


def editors(draw):
    """Three thousand editors with a few claims each; two to five claims an item."""
    care = [draw.betavariate(3, 1.2) for _ in range(3000)]
    reach = [draw.paretovariate(0.8) for _ in range(3000)]
    for item in range(4000):
        truth = draw.randrange(10_000, 9_000_000)
        for editor in set(draw.choices(range(3000), reach, k=draw.randint(1, 5))):
            wrong = truth + draw.choice((-1, 1)) * 10 ** draw.randint(1, 3)
            yield f"e{editor:04}", f"i{item}", truth if draw.random() < care[editor] else wrong, truth


KINDS = {
    "flights, runway 0 of 20": (lambda draw: flights(draw, 0), []),
    "flights, runway 6 of 20": (lambda draw: flights(draw, 6), []),
    "flights, runway 8, minutes vary": (lambda draw: flights(draw, 8, 1), []),
    "flights, runway 10 of 20": (lambda draw: flights(draw, 10), []),
    "places": (places, []),
    "places, --path": (places, ["--path", " > "]),
    "births, names alone, few general": (lambda draw: births(draw, 0.1, lambda place: place[-1]), []),
    "births, names alone, many general": (lambda draw: births(draw, 0.7, lambda place: place[-1]), []),
    "births, land first": (lambda draw: births(draw, 0.7, " > ".join), []),
    "births, town first": (lambda draw: births(draw, 0.7, lambda place: ", ".join(place[::-1])), []),
    "weather": (weather, []),
    "weather, --near .2": (weather, ["--near", "0.2"]),
    "products": (lambda draw: labels(draw, 2, 150, 3000, 3, 0.1), []),
    "labels, four classes": (lambda draw: labels(draw, 4, 100, 800, 8, 0.1), []),
    "labels, eight classes": (lambda draw: labels(draw, 8, 60, 300, 5, 0.1), []),
    "labels, strong tastes": (lambda draw: labels(draw, 3, 60, 500, 5, 0.4), []),
    "labels, few a worker": (lambda draw: labels(draw, 4, 80, 300, 5, 0.1), []),
    "labels, two classes, strong tastes": (lambda draw: labels(draw, 2, 60, 500, 5, 0.4), []),
    "labels, five classes, strong tastes": (lambda draw: labels(draw, 5, 50, 600, 6, 0.4), []),
    "shops": (shops, []),
    "editors": (editors, []),
}


def pooled(claims, rounds=20, growth=1.4):
    """PooledInvestment: the accepted value of each item."""
    by_item, by_source = defaultdict(lambda: defaultdict(list)), defaultdict(list)
    for source, item, value in claims:
        by_item[item][value].append(source)
        by_source[source].append((item, value))
    trust = {source: 1.0 for source in by_source}
    for _ in range(rounds):
        belief = {}
        for item, values in by_item.items():
            paid = {v: sum(trust[s] / len(by_source[s]) for s in held) for v, held in values.items()}
            grown = sum(paid[v] ** growth for v in paid) or 1.0
            belief.update({(item, v): paid[v] * paid[v] ** growth / grown for v in paid})
        paid = {k: sum(trust[s] / len(by_source[s]) for s in by_item[k[0]][k[1]]) or 1.0 for k in belief}
        trust = {s: sum(belief[k] * trust[s] / len(told) / paid[k] for k in told) for s, told in by_source.items()}
        most = max(trust.values())
        trust = {s: t / most for s, t in trust.items()}
    return {item: max(values, key=lambda v: belief[(item, v)]) for item, values in by_item.items()}


def judged(binary, folder, options):
    done = subprocess.run(
        [binary, "fuse", folder / "claims.csv", "--gold", folder / "gold.csv", *options], capture_output=True, text=True, check=True
    )
    rank = re.search(r"rank-correlation (\S+)", done.stdout)[1]
    told = "another solution" in done.stderr or "stand together" in done.stderr
    model = re.search(r"model (\S+):", done.stderr)[1]
    return float(re.search(r"accuracy (\S+)", done.stdout)[1]), float(rank.replace("NaN", "0")), model, told


def write(path, head, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def row(binary, kind, seeds):
    make, options = KINDS[kind]
    found = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for seed in range(seeds):
            rows = [tuple(map(str, row)) for row in make(random.Random(f"{kind.split(',')[0]} {seed}"))]
            claims, gold = [row[:3] for row in rows], {row[1]: row[3] for row in rows}
            write(folder / "claims.csv", ["source", "item", "value"], claims)
            write(folder / "gold.csv", ["item", "value"], gold.items())
            found["auto"].append(judged(binary, folder, options))
            for model in MODELS:
                if model != "dawid-skene" or "labels" in kind or kind == "products":
                    found[model].append(judged(binary, folder, [*options, "--model", model]))
            best = pooled(claims)
            found["pooled"].append((sum(best[item] == value for item, value in gold.items()) / len(gold), 0.0))
    mean = {model: [sum(column) / seeds for column in list(zip(*runs))[:2]] for model, runs in found.items()}
    return found, mean


def main():
    binary, seeds = sys.argv[1], int((sys.argv + ["5"])[2])
    for kind in KINDS:
        found, mean = row(binary, kind, seeds)
        auto = found["auto"]
        best = max((m for m in mean if m != "auto"), key=lambda m: mean[m][0])
        others = "; ".join(f"{model} {mean[model][0]:.3f} ({mean[model][1]:.2f})" for model in mean if model != "auto")
        print(
            f"{kind}: auto {mean['auto'][0]:.3f} ({mean['auto'][1]:.2f}), least {min(run[0] for run in auto):.3f}, "
            f"told on {sum(run[3] for run in auto)} of {seeds}, {auto[0][2]}; best {best} {mean[best][0]:.3f}, "
            f"gap {mean['auto'][0] - mean[best][0]:+.3f} | {others}",
            flush=True,
        )


main()
