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
from watch import Memory, costs, when_running

import variorum
from variorum import spark as on_spark

ROOT = Path(__file__).parents[2]
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
    tables, documents = same(local, run), run.manifest["inputs"]["documents"]
    print(
        f"| {case.name} | {documents:,} | {tables} of {tables} the same | {alone:.0f} | {seconds:.0f} | {memory.greatest >> 20} |",
        flush=True,
    )
    if measure:
        for step, cost in told.items():
            per = documents or 1
            print(
                f"|   {step} | | {cost.seconds / per * 1000:.2f} ms, {cost.shuffled / per:,.0f} B shuffled, "
                f"{cost.written / per:,.0f} B kept, each a document | | | |",
                flush=True,
            )


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
    asked = options.parse_args()
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    sample = ROOT / "tests/corpora/sample"
    cases = [Case("sample corpus", sample / "documents", sample / "manifest.csv")]
    print("| case | documents | tables | local s | cluster s | largest worker MB |\n|---|---:|---|---:|---:|---:|")
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
        for number, case in enumerate(cases):
            place = folder / str(number)
            place.mkdir()
            prove(case, place, measure=number > 0)
    print(f"{len(cases)} passed, 0 failed")


if __name__ == "__main__":
    main()
