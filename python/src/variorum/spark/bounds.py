"""What keeps the memory of a worker bounded: rows of documents are wide, and Spark counts rows, not bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BOUNDS = {
    # Columns of four thousand rows at once would fill a small executor; row by row they do not.
    "spark.sql.parquet.enableVectorizedReader": "false",
    # What the driver takes of a partition, the executor holds.
    "spark.sql.files.maxPartitionBytes": "32m",
    # Ten thousand documents are 140 MB.
    "spark.sql.execution.arrow.maxBytesPerBatch": "8m",
}
"""Settings of the session while a run lasts."""

WRITTEN = {"parquet.block.size": str(8 << 20), "parquet.enable.dictionary": "false"}
"""How stages leave their tables: what a writer holds back, and no search for bytes that repeat."""


@contextmanager
def bounded(spark: SparkSession) -> Iterator[None]:
    """Sets what bounds memory, and afterwards what was set before."""
    before: dict[str, str | None] = {name: spark.conf.get(name, None) for name in BOUNDS}
    try:
        for name, value in BOUNDS.items():
            spark.conf.set(name, value)
        yield
    finally:
        for name, earlier in before.items():
            if earlier is None:
                spark.conf.unset(name)
            else:
                spark.conf.set(name, earlier)
