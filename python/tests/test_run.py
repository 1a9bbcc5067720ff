"""Whole runs: the same bytes as the command line, tables for every library, failures with their place."""

from __future__ import annotations

import csv
import signal
import threading
import time
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tables import same_tables

import variorum


@pytest.fixture(scope="module")
def run(corpus: Path, manifest: Path, tmp_path_factory: pytest.TempPathFactory) -> variorum.Run:
    return variorum.run(corpus, tmp_path_factory.mktemp("python"), manifest=manifest, progress=False)


def test_the_bytes_are_those_of_the_command_line(run: variorum.Run, told: Path):
    same_tables(run.path, told)


def test_every_library_takes_the_tables(run: variorum.Run):
    with (run.path / "sources.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = [row["source"] for row in rows]
    sources = run.sources
    assert pa.table(sources)["source"].to_pylist() == expected
    assert pl.DataFrame(sources)["source"].to_list() == expected
    assert sources.to_polars()["documents"].dtype == pl.Int64
    assert list(sources.to_pandas()["source"]) == expected
    if hasattr(pd.DataFrame, "from_arrow"):
        assert list(pd.DataFrame.from_arrow(sources)["source"]) == expected
    found = duckdb.sql("SELECT source FROM sources ORDER BY source").fetchall()
    assert [source for (source,) in found] == sorted(expected)
    assert sum(int(row["documents"]) for row in rows) == pa.table(sources)["documents"].to_pandas().sum()


def test_cells_have_types_units_and_meanings(run: variorum.Run):
    documents = run.documents.to_arrow()
    assert documents.schema.field("published").type == pa.date32()
    assert documents.schema.field("corrected").type == pa.bool_()
    assert documents.schema.field("body_share").metadata[b"unit"] == b"share"
    assert "share" in run.documents.meanings["body_share"]
    assert documents["copy_group"].null_count > 0


def test_a_run_is_opened_again(run: variorum.Run):
    again = variorum.open(run.path.parents[1])
    assert again.path.samefile(run.path)
    assert again.claims.to_arrow() == run.claims.to_arrow()
    assert set(again.tables) >= {"sources", "disagreements", "claims", "losses"}
    assert "documents, complete" in repr(again)
    with pytest.raises(AttributeError, match="no table not_comparable"):
        _ = again.not_comparable


def test_options_are_those_of_the_command_line(corpus: Path, tmp_path: Path):
    run = variorum.run(
        corpus, tmp_path, near_misses=True, limit=3, set={"score.scorecard.loss.number": 0.3}, progress=False
    )
    assert run.manifest["settings"]["near_misses"]["value"] is True
    assert run.documents.to_arrow().num_rows == 3
    assert run.not_comparable.column_names == run.disagreements.column_names


def test_progress_is_told(corpus: Path, tmp_path: Path):
    seen: list[tuple[str, int, int]] = []
    variorum.run(corpus, tmp_path, progress=lambda *step: seen.append(step))
    stages = {"read", "extract", "group", "match", "compare", "score", "write"}
    assert {stage for stage, _, _ in seen} <= stages, "which of them last long enough to be seen is a matter of chance"
    assert seen


@pytest.mark.parametrize(("text", "line", "advice"), [("[score]\nx = 1\n", 2, ""), ("jobs = 'two'\n", 1, "")])
def test_wrong_settings_tell_their_place(corpus: Path, tmp_path: Path, text: str, line: int, advice: str):
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(variorum.SettingsError) as caught:
        variorum.run(corpus, tmp_path / "out", config=file, progress=False)
    assert (Path(caught.value.file), caught.value.line) == (file, line)
    assert not (tmp_path / "out/latest").exists()


def test_a_wrong_manifest_tells_its_place(corpus: Path, tmp_path: Path):
    file = tmp_path / "manifest.csv"
    file.write_text("where,source\na.txt,Herald\n")
    with pytest.raises(variorum.SettingsError, match="no column path") as caught:
        variorum.run(corpus, tmp_path / "out", manifest=file, progress=False)
    assert (Path(caught.value.file), caught.value.line) == (file, 1)


def test_a_folder_without_a_run_is_told(tmp_path: Path):
    with pytest.raises(variorum.InputError, match="there is no run in") as caught:
        variorum.open(tmp_path)
    assert caught.value.file == str(tmp_path)
    assert "latest" in caught.value.advice


def test_a_terminal_is_left_clean(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    variorum.run(corpus, tmp_path, progress=True)
    assert capsys.readouterr().err.endswith("\r\x1b[K")


def test_nothing_to_read_is_told(tmp_path: Path):
    with pytest.raises(variorum.InputError, match="nowhere"):
        variorum.run(tmp_path / "nowhere", tmp_path / "out", progress=False)
    with pytest.raises(variorum.SettingsError, match="--colour"):
        variorum.run(tmp_path, tmp_path / "out", colour="red", progress=False)


def test_an_interruption_ends_the_run(corpus: Path, tmp_path: Path):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        variorum.run(corpus, tmp_path, progress=interrupt)
    assert not (tmp_path / "latest").exists()


def test_a_signal_interrupts_and_the_lock_is_free(corpus: Path, tmp_path: Path):
    ticks = []
    timer = threading.Thread(target=lambda: [ticks.append(time.sleep(0.002)) for _ in range(20)])
    timer.start()
    raiser = threading.Timer(0.05, signal.raise_signal, [signal.SIGINT])
    raiser.start()
    with pytest.raises(KeyboardInterrupt):
        _again_and_again(corpus, tmp_path)
    timer.join()
    assert len(ticks) == 20


def _again_and_again(corpus: Path, output: Path) -> None:
    for number in range(50):
        variorum.run(corpus, output / str(number), progress=False)
