"""What stages leave for the next ones: Parquet in a folder that all machines see, gone at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pyarrow

from variorum.spark.bounds import WRITTEN
from variorum.table import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from variorum import _variorum

ROOM = 8 << 20
"""Bytes after which the driver takes what it gathered."""


class Work:
    """A folder of intermediate tables, for the time of one run."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self.spark = spark
        self.folder = folder

    def __enter__(self) -> Work:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.spark.sparkContext.setJobDescription(None)  # type: ignore[arg-type]
        jvm: Any = self.spark._jvm
        path = jvm.org.apache.hadoop.fs.Path(self.folder)
        path.getFileSystem(self.spark._jsc.hadoopConfiguration()).delete(path, True)

    def say(self, stage: str) -> None:
        """Names the jobs that follow, for those who watch Spark's pages."""
        self.spark.sparkContext.setJobDescription(stage)

    def put(self, name: str, rows: DataFrame) -> None:
        """Carries a stage out; a task that is lost on the way is done again by itself."""
        rows.write.options(**WRITTEN).parquet(f"{self.folder}/{name}")

    def get(self, name: str) -> DataFrame:
        """What a stage left."""
        return self.spark.read.parquet(f"{self.folder}/{name}")

    def batches(self, name: str, *columns: str) -> Iterator[pyarrow.RecordBatch]:
        """Columns of bytes that a stage left, on the driver, some megabytes at a time and one partition ahead."""
        waiting: list[Sequence[bytes | None]] = []
        weight = 0
        for row in self.get(name).select(*columns).toLocalIterator(prefetchPartitions=True):
            waiting.append(row)
            weight += sum(len(cell) for cell in row if cell is not None)
            if weight > ROOM:
                yield _batch(waiting, columns)
                waiting, weight = [], 0
        yield _batch(waiting, columns)

    def table(self, rows: pyarrow.Table) -> DataFrame:
        """A table of the driver's, for all machines."""
        return self.spark.createDataFrame(rows)


def whole(tables: list[_variorum.Table]) -> pyarrow.Table:
    """What the driver hands out, as one table."""
    return pyarrow.concat_tables([pyarrow.table(Table(table)) for table in tables])


def _batch(rows: Sequence[Sequence[bytes | None]], columns: Sequence[str]) -> pyarrow.RecordBatch:
    cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
    return pyarrow.RecordBatch.from_arrays([pyarrow.array(column, pyarrow.binary()) for column in cells], list(columns))
