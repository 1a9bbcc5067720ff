"""What stages leave for the next ones: Parquet in a folder that all machines see, gone at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pyarrow

from variorum.table import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from variorum import _variorum

BATCH = 512
"""Rows that the driver takes at once."""


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
        rows.write.parquet(f"{self.folder}/{name}")

    def get(self, name: str) -> DataFrame:
        """What a stage left."""
        return self.spark.read.parquet(f"{self.folder}/{name}")

    def batches(self, name: str, *columns: str) -> Iterator[pyarrow.RecordBatch]:
        """Columns of what a stage left, on the driver, a few rows at a time and one partition ahead."""
        rows = self.get(name).select(*columns)
        schema = pyarrow.schema([(field.name, _KINDS[field.dataType.typeName()]) for field in rows.schema])
        waiting: list[tuple[object, ...]] = []
        for row in rows.toLocalIterator(prefetchPartitions=True):
            waiting.append(row)
            if len(waiting) == BATCH:
                yield _batch(waiting, schema)
                waiting = []
        yield _batch(waiting, schema)

    def table(self, tables: list[_variorum.Table]) -> DataFrame:
        """A table of the driver's, for all machines."""
        whole = pyarrow.concat_tables([pyarrow.table(Table(table)) for table in tables])
        return self.spark.createDataFrame(whole)


_KINDS = {"binary": pyarrow.binary(), "long": pyarrow.int64(), "bigint": pyarrow.int64(), "string": pyarrow.string()}


def _batch(rows: Sequence[tuple[object, ...]], schema: pyarrow.Schema) -> pyarrow.RecordBatch:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pyarrow.RecordBatch.from_arrays(
        [pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
