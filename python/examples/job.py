"""A job for spark-submit: documents from any table that Spark reads, a run folder, and tables where Spark writes.

    spark-submit job.py s3a://news/2026 --column document=id text=body source=outlet published=day
        --output reports --work s3a://news/tmp --tables s3a://news/tables

Without --column the table has the columns document and text, and if it likes source, title, published, url, language.
"""

from __future__ import annotations

import argparse

from pyspark.sql import SparkSession

import variorum
from variorum import spark as on_spark

# Articles hold line ends and quotes.
CSV = {"header": "true", "multiLine": "true", "escape": '"'}


def options() -> argparse.ArgumentParser:
    """What can be asked for."""
    words = argparse.ArgumentParser(description="Variorum on a cluster")
    words.add_argument("documents", help="a path that Spark reads")
    words.add_argument("--format", default="parquet", help="parquet, json (lines), csv, delta…")
    words.add_argument("--column", nargs="+", default=[], metavar="NAME=EXPRESSION", help="text=body")
    words.add_argument("--output", default="reports", help="run folders go here, on the driver's disk")
    words.add_argument("--work", help="what travels between stages, on a path that all machines see")
    words.add_argument("--tables", help="the tables of the run go here too, in the same format")
    return words


def main(words: list[str] | None = None) -> variorum.Run:
    """Reads, runs, saves."""
    asked = options().parse_args(words)
    spark = SparkSession.builder.appName("variorum").getOrCreate()
    form = CSV if asked.format == "csv" else {}
    documents = spark.read.format(asked.format).options(**form).load(asked.documents)
    if asked.column:
        named = (column.partition("=") for column in asked.column)
        documents = documents.selectExpr(*(f"{expression} AS {name}" for name, _, expression in named))
    run = on_spark.run(spark, documents, asked.output, work=asked.work)
    if asked.tables:
        on_spark.save(spark, run, asked.tables, asked.format, "overwrite", **form)
    return run


if __name__ == "__main__":
    print(main())
