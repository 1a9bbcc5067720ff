"""The order of the stages, and what is held against what at the end."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Union, cast

from variorum import _variorum, options
from variorum.errors import InputError
from variorum.options import Path, Value
from variorum.runs import Run
from variorum.spark.bounds import bounded
from variorum.spark.parcel import Parcel
from variorum.spark.stages import through
from variorum.spark.work import Work, whole

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Documents = Union["DataFrame", Path, Iterable[Path]]

NEEDED = ("document", "text")
KNOWN = (*NEEDED, "html", "source", "title", "published", "url", "language")
"""The columns of documents; others stay where they are."""


def run(
    spark: SparkSession,
    documents: Documents,
    output: Path = "reports",
    *,
    work: str | None = None,
    parts: int | None = None,
    manifest: Path | None = None,
    set: Mapping[str, Value] | None = None,
    **more: Value,
) -> Run:
    """Analyses documents on a cluster, publishes the run under ``output`` on the driver: `variorum.run`, byte for byte.

    Args:
        spark: the session.
        documents: a DataFrame ``document, text, …`` (the package tells the columns), or a path that all machines see.
        output: run folders go here, on the driver's disk.
        work: where stages leave what the next ones need, on a path that all machines see; by default below ``output``,
            which is right for one machine and for shared folders. About 6 kB a document, removed at the end.
        parts: into how many parts the index of copies is cut; by default two a core, or one for 10,000 documents. More
            parts, less memory a worker.
        manifest: as for `variorum.run`; needs a path as ``documents``.
        set: single settings and keys of rules.
        more: other options of ``variorum run``; ``rules``, ``judgements``, ``replies``, ``anchors`` and ``config`` are
            read on the driver and sent along.

    Raises:
        VariorumError: a document was lost or came twice on the way: nothing is published.
        InputError: two documents have one name, there is none, or a column is not there.
    """
    frame = _rows(cast("DataFrame", documents)) if hasattr(documents, "mapInArrow") else None
    named = {"output": output, **more}
    words = [*options.words({**named, "manifest": manifest}), "--quiet", *options.settings(set)]
    driver = _variorum.Driver([*words, *(options.inputs(documents) if frame is None else [])], frame is None)  # type: ignore[arg-type]
    parcel = Parcel.pack(named, ["--quiet", *options.settings(set)])
    folder = work or FilePath(output).resolve().as_uri()
    with bounded(spark), Work(spark, f"{folder}/.work-{uuid.uuid4().hex[:12]}") as place:
        rows = frame if frame is not None else _errands(driver, place)
        _extract(driver, rows, _count(driver, rows, parcel, place), parcel, place)
        _share(driver, parcel, place, parts)
        _compare(driver, parcel, place)
        return Run(os.fspath(driver.publish()))


def _rows(documents: DataFrame) -> DataFrame:
    """What is needed of documents; told before any work where that is not there."""
    for name in NEEDED:
        if name not in documents.columns:
            raise InputError(f"no column {name}; the table has: {', '.join(documents.columns)}")
    return documents.select(*(name for name in KNOWN if name in documents.columns))


def _errands(driver: _variorum.Driver, place: Work) -> DataFrame:
    """The files of a plan, a few tasks a core."""
    files = whole(driver.errands())
    tasks = min(files.num_rows, place.spark.sparkContext.defaultParallelism * 4)
    return place.table(files).repartition(tasks).select("errand")


def _count(driver: _variorum.Driver, rows: DataFrame, parcel: Parcel, place: Work) -> list[bytes]:
    """What sources repeat, for every worker of the next stage."""
    place.say("count")
    partial = through(rows, "count", parcel)
    counted = through(partial.repartition("source"), "merge", parcel).toArrow().combine_chunks()
    return [source for batch in counted.to_batches() for source in driver.counted(batch)]


def _extract(driver: _variorum.Driver, rows: DataFrame, counted: list[bytes], parcel: Parcel, place: Work) -> None:
    """What documents claim; the driver takes what stories are recognised by."""
    place.say("extract")
    sent = rows.sparkSession.sparkContext.broadcast(counted)
    place.put("documents", through(rows, "extract", parcel, given=lambda: sent.value))
    for batch in place.batches("documents", "front", "problem", "aside"):
        driver.fronts(batch)


def _share(driver: _variorum.Driver, parcel: Parcel, place: Work, parts: int | None) -> None:
    """Who shares text with whom: marks by hash, shared marks by pair; the driver takes the pairs that matter."""
    place.say("copies")
    places = whole(driver.places())
    parts = parts or max(place.spark.sparkContext.defaultParallelism * 2, places.num_rows // 10_000)
    marks = place.get("documents").select("document", "marks").where("marks IS NOT NULL")
    marks = marks.join(place.table(places), "document")
    scattered = through(marks, "scatter", parcel, parts)
    paired = through(scattered.repartition(parts, "part").sortWithinPartitions("part"), "pair", parcel, parts)
    common = through(paired.repartition(parts, "part").sortWithinPartitions("part"), "common", parcel)
    for batch in common.toArrow().to_batches():
        driver.shared(batch)


def _compare(driver: _variorum.Driver, parcel: Parcel, place: Work) -> None:
    """Documents to their stories, and every story by itself; the driver takes the rows of all tables."""
    placements = place.table(whole(driver.placements()))
    place.say("compare")
    members = place.get("documents").select("document", "member").where("member IS NOT NULL")
    told = members.join(placements, "document").select("story", "document", "unit", "origin", "borrowed", "member")
    grouped = told.repartition("story").sortWithinPartitions("story", "document")
    place.put("stories", through(grouped, "compare", parcel))
    place.say("gather")
    for batch in place.batches("documents", "sheet"):
        driver.sheets(batch)
    for batch in place.batches("stories", "piece"):
        driver.stories(batch)
