"""Spark in one process: the same bytes as a run on one machine. The cluster is proven by proof/prove.py."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
from pathlib import Path

import polars as pl
import pytest
from tables import same_tables

import variorum

pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("java is not here", allow_module_level=True)

import job
from pyspark.sql import DataFrame, SparkSession, functions

from variorum import spark as on_spark
from variorum.spark.parcel import Parcel, station
from variorum.spark.stages import through


@pytest.fixture(scope="module")
def spark():
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "3", "spark.driver.memory": "1g"}
    os.environ["PYSPARK_PYTHON"] = sys.executable  # Otherwise the workers take the first python3 there is.
    builder = SparkSession.builder.master("local[2]").config("spark.driver.host", "127.0.0.1")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def test_files_give_the_bytes_of_a_run(spark: SparkSession, corpus: Path, manifest: Path, tmp_path: Path):
    rules = tmp_path / "mine"
    rules.mkdir()
    shutil.copy(corpus.parents[3] / "rules/score.toml", rules)
    options = {"manifest": manifest, "rules": rules, "set": {"near_misses": True}}
    local = variorum.run(corpus, tmp_path / "local", progress=False, **options)
    cluster = on_spark.run(spark, corpus, tmp_path / "spark", parts=3, **options)
    same_tables(local.path, cluster.path)
    assert cluster.not_comparable.to_arrow().num_rows > 0
    assert not list((tmp_path / "spark").glob(".work*"))


def test_a_table_gives_the_bytes_of_a_run(spark: SparkSession, corpus: Path, tmp_path: Path):
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.iterdir())]
    rows = [{"text": text, "source": f"Outlet {n % 5}", "published": "2024-05-31"} for n, text in enumerate(texts)]
    rows.append({"text": "", "source": "Outlet 1", "published": "2024-05-31"})
    file = tmp_path / "documents.parquet"
    pl.DataFrame(rows).write_parquet(file)
    local = variorum.run(file, tmp_path / "local", progress=False, max_fail="100%")
    name = functions.concat(functions.lit("documents.parquet#"), functions.col("_metadata.row_index") + 1)
    documents = spark.read.parquet(str(file)).select(name.alias("document"), "*")
    cluster = on_spark.run(spark, documents, tmp_path / "spark", max_fail="100%")
    same_tables(local.path, cluster.path)
    assert cluster.problems.to_arrow()["code"].to_pylist() == ["empty"]


@pytest.fixture(scope="module")
def documents(spark: SparkSession) -> DataFrame:
    days = [datetime.date(2024, 5, 31), datetime.date(2024, 6, 1)]
    texts = [f'{dead} people died when the ferry sank.\n"Sad," he said.' for dead in ("Three", "Three", "Four")]
    rows = [(f"n{at}", text, f"Outlet {at}", days[at % 2], [at]) for at, text in enumerate(texts)]
    return spark.createDataFrame(rows, "document string, text string, source string, published date, other array<int>")


@pytest.fixture(scope="module")
def plain(spark: SparkSession, documents: DataFrame, tmp_path_factory: pytest.TempPathFactory) -> variorum.Run:
    return on_spark.run(spark, documents, tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("form", ["parquet", "json", "csv"])
def test_a_job_takes_and_leaves_tables_of_every_form(
    spark: SparkSession, documents: DataFrame, plain: variorum.Run, tmp_path: Path, form: str
):
    options = job.CSV if form == "csv" else {}
    kept = documents.drop("other").withColumnRenamed("text", "body")
    kept.write.format(form).options(**options).save(str(tmp_path / "in"))
    columns = ["document=document", "text=body", "source=source", "published=published"]
    places = ["--output", str(tmp_path / "out"), "--tables", str(tmp_path / "tables")]
    run = job.main([str(tmp_path / "in"), "--format", form, *places, "--column", *columns])
    same_tables(plain.path, run.path)
    again = spark.read.format(form).options(**options).load(str(tmp_path / "tables/claims"))
    assert again.count() == run.claims.to_arrow().num_rows > 0
    assert spark.conf.get("spark.sql.parquet.enableVectorizedReader") == "true", "the session is as it was"


def test_a_column_that_is_missing_is_told_before_any_work(spark: SparkSession, tmp_path: Path):
    documents = spark.createDataFrame([{"document": "a", "body": "Rain fell in the north."}])
    with pytest.raises(variorum.InputError, match="no column text; the table has: body, document"):
        on_spark.run(spark, documents, tmp_path)


def test_two_documents_of_one_name_are_told(spark: SparkSession, tmp_path: Path):
    documents = spark.createDataFrame([{"document": "a", "text": "Rain fell in the north."}] * 2)
    with pytest.raises(variorum.InputError, match="two documents are called a"):
        on_spark.run(spark, documents, tmp_path)
    assert not (tmp_path / "latest").exists()


def test_an_engine_that_does_not_sort_is_told(spark: SparkSession):
    rows = spark.createDataFrame([(2, 0, b"\0"), (1, 1, b"\0")], "part long, place long, marks binary").coalesce(1)
    with pytest.raises(Exception, match="the partition is not sorted"):
        through(rows, "pair", Parcel.pack({}, []), 2).collect()


def test_another_version_of_the_stages_is_refused():
    with pytest.raises(variorum.InputError, match="speaks version 999"):
        station(Parcel((), (), 999))


def test_the_files_that_options_name_travel(tmp_path: Path):
    (tmp_path / "judgements.toml").write_text("")
    parcel = Parcel.pack({"near_misses": True, "rules": None}, [])
    assert parcel.words == ("--near-misses",)
    assert [(option, name) for option, name, _ in parcel.files] == [("judgements", "judgements.toml")]
    assert station(parcel) is station(Parcel.pack({"near_misses": True}, []))
