"""What a document weighs and costs on its way: the stages one after the other in this process, without an engine.

Processor time does not hang on what else the machine does, so this is what the guide's figures for a cluster rest on.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow
import pyarrow.compute

from variorum import _variorum, options
from variorum.spark.parcel import Parcel, station
from variorum.spark.work import whole

PARTS = 8


@dataclass
class Scales:
    """Sums over all documents."""

    documents: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    """Processor time of each step."""
    bytes: dict[str, int] = field(default_factory=dict)
    """What travels, before compression."""

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Counts the processor time of a step."""
        begun = time.process_time()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - begun

    def weigh(self, name: str, column: pyarrow.ChunkedArray) -> None:
        """Counts the bytes of a column."""
        self.bytes[name] = int(pyarrow.compute.sum(pyarrow.compute.binary_length(column)).as_py() or 0)


def weigh(corpus: Path, output: Path) -> Scales:
    """Runs every stage over a corpus."""
    scales = Scales()
    driver = _variorum.Driver([*options.words({"output": output, "jobs": 1}), *options.inputs(corpus)], True)
    documents = _extract(driver, scales)
    _share(driver, documents, scales)
    _compare(driver, documents, scales)
    with scales.step("driver: score, write"):
        driver.publish()
    return scales


def _extract(driver: _variorum.Driver, scales: Scales) -> pyarrow.Table:
    errands = whole(driver.errands())
    with scales.step("count"):
        counted = _through("count", errands)
    scales.weigh("pages of sources", counted["pages"])
    given = [source for batch in counted.to_batches() for source in driver.counted(batch)]
    with scales.step("extract"):
        documents = _through("extract", errands, given)
    scales.documents = documents.num_rows
    for name in ("front", "marks", "sheet", "member"):
        scales.weigh(name, documents[name])
    with scales.step("driver: stories"):
        _each(driver.fronts, documents.select(["front", "problem", "aside"]))
    return documents


def _share(driver: _variorum.Driver, documents: pyarrow.Table, scales: Scales) -> None:
    with scales.step("driver: stories"):
        places = whole(driver.places())
    marks = documents.select(["document", "marks"]).join(places, "document")
    with scales.step("copies"):
        scattered = _through("scatter", marks).sort_by("part")
        paired = _through("pair", scattered).sort_by("part")
        common = _through("common", paired)
    scales.weigh("marks by hash", scattered["marks"])
    scales.weigh("shared by pair", paired["shared"])
    with scales.step("driver: stories"):
        _each(driver.shared, common)


def _compare(driver: _variorum.Driver, documents: pyarrow.Table, scales: Scales) -> None:
    with scales.step("driver: stories"):
        placements = whole(driver.placements())
    told = documents.select(["document", "member"]).join(placements, "document")
    told = told.sort_by([("story", "ascending"), ("document", "ascending")])
    with scales.step("compare"):
        stories = _through("compare", told)
    scales.weigh("rows", stories["piece"])
    with scales.step("driver: take rows"):
        _each(driver.sheets, documents.select(["sheet"]))
        _each(driver.stories, stories)


def _through(stage: str, rows: pyarrow.Table, given: Iterable[bytes] = ()) -> pyarrow.Table:
    worker = station(Parcel.pack({}, [])).worker(stage, list(given), PARTS)
    made = [table for batch in rows.to_batches(max_chunksize=64) for table in worker.feed(batch)]
    return pyarrow.concat_tables([pyarrow.table(table) for table in [*made, *worker.finish()]])


def _each(take: object, rows: pyarrow.Table) -> None:
    for batch in rows.combine_chunks().to_batches(max_chunksize=512):
        take(batch)  # type: ignore[operator]
