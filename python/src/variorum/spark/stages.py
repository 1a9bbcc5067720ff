"""One function for all stages: an iterator of record batches in, one out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pyarrow

from variorum.spark.parcel import Parcel, station

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from variorum._variorum import Table

Batches = Iterator[pyarrow.RecordBatch]

COLUMNS = {
    "count": "source string, pages binary",
    "merge": "source string, pages binary",
    "extract": "document string, front binary, marks binary, sheet binary, member binary, problem binary, aside binary",
    "scatter": "part long, place long, marks binary",
    "pair": "part long, shared binary",
    "common": "shared binary",
    "compare": "story string, piece binary",
}
"""What goes out of each stage; the bytes are postcard, see the crate's module ``stages``."""


def through(
    rows: DataFrame, stage: str, parcel: Parcel, parts: int = 0, given: Callable[[], list[bytes]] = list
) -> DataFrame:
    """Sends rows through a stage. ``given`` is called on the worker: what the driver told all of them."""

    def work(batches: Batches) -> Batches:
        worker = station(parcel).worker(stage, given(), parts)
        for batch in batches:
            yield from _batches(worker.feed(batch))
        yield from _batches(worker.finish())

    return rows.mapInArrow(work, COLUMNS[stage])


def _batches(tables: list[Table]) -> Batches:
    for table in tables:
        yield from pyarrow.table(table).to_batches()
