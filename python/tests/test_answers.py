"""Answers without a run, held against the command line."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.csv as pacsv
import pytest

import variorum

ARTICLE = "Three people were killed when the ferry sank off Port Amery on Sunday, police said.\n"
PAIRS = [
    {"id": "1", "left": "Twelve miners were killed.", "right": "Twenty miners were killed."},
    {"id": "2", "left": "Twelve miners were killed.", "right": "12 miners were killed."},
]
CLAIMS = [
    {"source": source, "item": item, "value": value}
    for item in ("a", "b", "c")
    for source, value in (("Herald", 12), ("Post", 12), ("Radio", 21 if item != "c" else 12))
]


def test_documents_of_a_table_claim_what_they_claim_in_a_run(command: Path, tmp_path: Path):
    documents = [
        {"document": f"d.jsonl#{n}", "source": "Herald", "published": "2024-05-31", "text": ARTICLE * n} for n in (1, 2)
    ]
    table = pa.Table.from_pylist(documents)
    lines = tmp_path / "d.jsonl"
    pl.DataFrame(documents).drop("document").write_ndjson(lines)
    subprocess.run([command, "run", lines, "-o", tmp_path / "out", "--quiet"], check=True)
    run = variorum.open(tmp_path / "out").claims.to_arrow()
    claims = variorum.extract(table).to_arrow()
    assert claims == run.select(claims.column_names)
    assert claims.num_rows > 0
    assert variorum.extract(pl.DataFrame(documents)).to_arrow() == claims
    assert variorum.extract(documents).to_arrow() == claims


DAY = datetime.date(2024, 5, 31)
NOON = datetime.datetime(2024, 5, 31, 12)


@pytest.mark.parametrize(
    "published",
    [
        pa.array([DAY], pa.date32()),
        pa.array([DAY], pa.date64()),
        *(pa.array([NOON], pa.timestamp(unit)) for unit in ("s", "ms", "us", "ns")),
        pa.array([NOON], pa.timestamp("us", "UTC")),
        pa.array(["31 May 2024"]).dictionary_encode(),
        pa.array(["2024-05-31"], pa.string_view()),
        pa.array([20240531], pa.int32()),
        pa.array([20240531], pa.uint32()),
    ],
    ids=lambda column: str(column.type),
)
def test_columns_of_every_kind_are_read(published: pa.Array):
    columns = {"source": pa.array([None], pa.dictionary(pa.int8(), pa.string())), "url": pa.nulls(1)}
    dated = pa.table({"document": pa.array([1], pa.int16()), "text": [ARTICLE], "published": published, **columns})
    written = [{"document": "1", "text": ARTICLE, "published": "2024-05-31"}]
    claims = variorum.extract(dated).to_arrow()
    assert claims == variorum.extract(written).to_arrow()
    assert "2024-05-26" in claims["time"].to_pylist(), "Sunday is that before the day of publication"


def test_pairs_get_the_verdicts_of_the_command_line(command: Path, tmp_path: Path):
    file = tmp_path / "pairs.csv"
    pl.DataFrame(PAIRS).write_csv(file)
    told = subprocess.run([command, "compare", "--pairs", file], check=True, capture_output=True)
    verdicts = variorum.compare(PAIRS).to_arrow()
    assert verdicts["verdict"].to_pylist() == ["contradicts", "agrees"]
    expected = pacsv.read_csv(pa.BufferReader(told.stdout))
    assert verdicts["score"].to_pylist() == pytest.approx(expected["score"].to_pylist())
    assert verdicts["why"].to_pylist() == expected["why"].to_pylist()


def test_claims_are_fused_as_by_the_command_line(command: Path, tmp_path: Path):
    file = tmp_path / "claims.csv"
    pl.DataFrame(CLAIMS).write_csv(file)
    subprocess.run([command, "fuse", file, "-o", tmp_path], check=True, capture_output=True)
    fused = variorum.fuse(CLAIMS)
    trust = pacsv.read_csv(tmp_path / "trust.csv")
    assert fused.trust.to_arrow().to_pylist() == trust.to_pylist()
    beliefs = pl.read_csv(tmp_path / "beliefs.csv", schema_overrides={"value": pl.String})
    assert fused.beliefs.to_polars().to_dicts() == beliefs.to_dicts()
    assert fused.model in fused.why or fused.why


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: variorum.compare([{"id": "1", "left": "a"}]), "no column right"),
        (lambda: variorum.extract([{"document": "a", "text": b"raw"}]), "column text holds Binary"),
        (lambda: variorum.extract("an article"), "a str that is no table"),
        (lambda: variorum.compare([("one", "two")]), "a list that is no table"),
        (lambda: variorum.fuse([{"source": "", "item": "a", "value": "1"}]), "row 1: source and item"),
        (lambda: variorum.fuse(CLAIMS, model="best"), "no model is called best"),
    ],
)
def test_what_is_wrong_with_a_table_is_told(ask, message: str):
    with pytest.raises(variorum.InputError, match=message):
        ask()
