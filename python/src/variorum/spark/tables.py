"""The tables of a run where Spark writes: Parquet, JSON Lines, CSV or whatever it knows, on any path it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import pyarrow

from variorum.runs import Run
from variorum.table import Table

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Mode = Literal["error", "overwrite", "append"]

ROOM = 64 << 20
"""Bytes of rows that the driver hands over at once."""


def save(
    spark: SparkSession, run: Run, to: str, format: str = "parquet", mode: Mode = "error", **options: str
) -> dict[str, str]:
    """Writes every table of a run to a folder of its own below ``to``.

    Args:
        spark: the session.
        run: the run.
        to: a path that Spark writes to, such as ``s3a://news/tables``.
        format: parquet, json (lines), csv, or another that Spark knows.
        mode: what happens where there is a table: "error", "overwrite" or "append".
        options: of Spark's writer, such as ``header="true"`` or ``compression="zstd"``.

    Returns:
        The path of each table by its name. Rows have no order there; the CSV files of the run folder do.
    """
    written = {name: f"{to.rstrip('/')}/{name}" for name in run.tables}
    for name, path in written.items():
        for number, rows in enumerate(_handfuls(run.tables[name])):
            writer = spark.createDataFrame(rows).write.format(format).options(**options)
            writer.mode("append" if number else mode).save(path)
    return written


def _handfuls(table: Table) -> Iterator[pyarrow.Table]:
    """The rows of a table, some at a time; one without rows comes once."""
    reader = pyarrow.RecordBatchReader.from_stream(table)
    waiting: list[pyarrow.RecordBatch] = []
    came = False
    for batch in reader:
        waiting.append(batch)
        if sum(batch.nbytes for batch in waiting) > ROOM:
            yield pyarrow.Table.from_batches(waiting)
            waiting, came = [], True
    if waiting or not came:
        yield pyarrow.Table.from_batches(waiting, reader.schema)
