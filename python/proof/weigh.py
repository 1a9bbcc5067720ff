"""What a document weighs on its way: bytes of each column that the stage "extract" hands out."""

from __future__ import annotations

import time
from pathlib import Path

import pyarrow
import pyarrow.compute

from variorum import _variorum, options
from variorum.spark.parcel import Parcel, station


def weigh(corpus: Path, output: Path) -> dict[str, float]:
    """Mean bytes a document by column, and the milliseconds that counting and extracting take on one core."""
    driver = _variorum.Driver([*options.words({"output": output}), *options.inputs(corpus)], True)
    errands = pyarrow.concat_tables([pyarrow.table(table) for table in driver.errands()])
    stage = station(Parcel.pack({}, [])).worker
    begun = time.monotonic()
    counted = _through(stage("count", [], 0), errands)
    given = [source for batch in counted.to_batches() for source in driver.counted(batch)]
    middle = time.monotonic()
    documents = _through(stage("extract", given, 0), errands)
    end = time.monotonic()
    count = documents.num_rows
    told = {name: _bytes(documents[name]) / count for name in ("front", "marks", "sheet", "member")}
    return (
        {"pages of sources": _bytes(counted["pages"]) / count}
        | told
        | {
            "count, ms": (middle - begun) * 1000 / count,
            "extract, ms": (end - middle) * 1000 / count,
        }
    )


def _through(worker: _variorum.Worker, rows: pyarrow.Table) -> pyarrow.Table:
    made = [table for batch in rows.to_batches(max_chunksize=64) for table in worker.feed(batch)]
    return pyarrow.concat_tables([pyarrow.table(table) for table in [*made, *worker.finish()]])


def _bytes(column: pyarrow.ChunkedArray) -> int:
    return int(pyarrow.compute.sum(pyarrow.compute.binary_length(column)).as_py() or 0)
