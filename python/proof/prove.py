"""The whole proof: the same bytes on a cluster as on one machine, also when a worker dies and when a story is huge.

    python python/proof/prove.py --documents 2000

It starts a standalone master and two workers on loopback, prints what it measured as a table, and fails loudly.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

from cluster import Cluster
from skew import write as write_skew
from watch import Cost, Memory, costs, when_running
from weigh import Scales, weigh

import variorum
from variorum import spark as on_spark

ROOT = Path(__file__).parents[2]
HEAD = (
    "\n| case | documents | tables | local s | cluster s | largest Python worker MB | largest executor MB |\n"
    "|---|---:|---|---:|---:|---:|---:|"
)
warnings.filterwarnings("ignore", category=FutureWarning)


@dataclass
class Case:
    """A corpus, and what happens while it is analysed."""

    name: str
    corpus: Path
    manifest: Path | None = None
    kill: bool = False


def same(left: variorum.Run, right: variorum.Run) -> int:
    """How many tables are the same, byte for byte; ends the proof where one is not."""
    names = sorted(path.name for path in left.path.glob("*.csv"))
    for name in names:
        if (left.path / name).read_bytes() != (right.path / name).read_bytes():
            sys.exit(f"NOT THE SAME: {left.path / name} and {right.path / name}")
    return len(names)


def prove(case: Case, folder: Path, measure: bool) -> None:
    """One case, on a cluster of its own."""
    begun = time.monotonic()
    local = variorum.run(case.corpus, folder / "local", manifest=case.manifest, progress=False, jobs=1)
    alone = time.monotonic() - begun
    with Cluster(folder / "cluster") as cluster, Memory() as memory:
        spark = cluster.session()
        killer = when_running(spark, "compare", 1, lambda: cluster.kill(0)) if case.kill else None
        begun = time.monotonic()
        run = on_spark.run(spark, case.corpus, folder / "spark", manifest=case.manifest)
        seconds = time.monotonic() - begun
        if killer is not None:
            killer.join(1)
            if cluster.workers[0].poll() is None:
                sys.exit("the worker was not killed: the comparison was over too soon, take more documents")
        told = costs(spark)
        spark.stop()
    held = " | ".join(str(greatest >> 20) for greatest in memory.greatest.values())
    tell(case, run, f"{same(local, run)} the same | {alone:.0f} | {seconds:.0f} | {held}")
    if measure:
        tell_costs(told, run.manifest["inputs"]["documents"])


def tell(case: Case, run: variorum.Run, rest: str) -> None:
    """A row of the table."""
    print(f"| {case.name} | {run.manifest['inputs']['documents']:,} | {rest} |", flush=True)


def tell_costs(told: dict[str, Cost], documents: int) -> None:
    """What each step came to, a document."""
    print("\n| step | task ms a document | bytes shuffled a document | bytes kept a document |\n|---|---:|---:|---:|")
    for step, cost in told.items():
        figures = cost.seconds * 1000 / documents, cost.shuffled / documents, cost.written / documents
        print(f"| {step} | {figures[0]:.2f} | {figures[1]:,.0f} | {figures[2]:,.0f} |", flush=True)
    print(HEAD, flush=True)


def tell_weights(scales: Scales) -> None:
    """What a document weighs and costs without an engine."""
    print("\n| travels | bytes a document |\n|---|---:|")
    for name, weight in scales.bytes.items():
        print(f"| {name} | {weight / scales.documents:,.0f} |")
    print("\n| step | CPU ms a document |\n|---|---:|")
    for name, seconds in scales.seconds.items():
        print(f"| {name} | {seconds * 1000 / scales.documents:.2f} |")


def synth(folder: Path, documents: int) -> Path:
    """A generated corpus."""
    words = ["run", "--quiet", "--example", "synth", "--", "--documents", str(documents), "-o", str(folder)]
    subprocess.run(["cargo", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return folder / "documents"


def main() -> None:
    """Proves every case."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=2000)
    options.add_argument("--smoke", action="store_true", help="the sample corpus only")
    options.add_argument("--only", metavar="WORD", default="", help="cases whose name holds this word")
    asked = options.parse_args()
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    sample = ROOT / "tests/corpora/sample"
    cases = [Case("sample corpus", sample / "documents", sample / "manifest.csv")]
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="variorum-proof-") as name:
        folder = Path(name)
        if not asked.smoke:
            corpus = synth(folder / "synth", asked.documents)
            skewed = synth(folder / "skewed", asked.documents - asked.documents // 10)
            write_skew(skewed, asked.documents // 10)
            cases += [
                Case("generated", corpus),
                Case("a worker killed while comparing", corpus, kill=True),
                Case("a tenth in one story", skewed),
            ]
        cases = [case for case in cases if asked.only in case.name]
        for number, case in enumerate(cases):
            place = folder / str(number)
            place.mkdir()
            prove(case, place, measure=case.manifest is None)
        if not asked.smoke:
            tell_weights(weigh(corpus, folder / "weighed"))
    print(f"{len(cases)} passed, 0 failed")


if __name__ == "__main__":
    main()
