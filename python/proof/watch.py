"""What Spark says of its stages: bytes shuffled, seconds, tasks; and what the workers' memory came to."""

from __future__ import annotations

import json
import os
import threading
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession


@dataclass
class Cost:
    """All stages of one step, or one of them."""

    seconds: float = 0.0
    """Task time, summed over all tasks."""
    longest: float = 0.0
    """Of the longest stage, start to end."""
    shuffled: int = 0
    """Bytes written for shuffles."""
    written: int = 0
    """Bytes left for later stages."""


def stages(spark: SparkSession) -> list[dict[str, Any]]:
    """Every stage that Spark knows of."""
    context = spark.sparkContext
    url = f"{context.uiWebUrl}/api/v1/applications/{context.applicationId}/stages"
    with urllib.request.urlopen(url, timeout=30) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


def costs(spark: SparkSession) -> dict[str, Cost]:
    """What each step of the job came to."""
    told: dict[str, Cost] = {}
    for stage in stages(spark):
        cost = told.setdefault(stage.get("description") or "other", Cost())
        cost.seconds += stage["executorRunTime"] / 1000
        cost.shuffled += stage["shuffleWriteBytes"]
        cost.written += stage["outputBytes"]
    return told


def when_running(spark: SparkSession, step: str, tasks: int, act: Callable[[], None]) -> threading.Thread:
    """Acts once a stage of `step` reads a shuffle and has finished so many tasks."""

    def wait() -> None:
        while not done.wait(0.1):
            busy = [stage for stage in stages(spark) if stage.get("description") == step and stage["status"] == "ACTIVE"]
            if any(stage["shuffleReadBytes"] and stage["numCompleteTasks"] >= tasks for stage in busy):
                act()
                return

    done = threading.Event()
    thread = threading.Thread(target=wait, daemon=True)
    thread.cancel = done.set  # type: ignore[attr-defined]
    thread.start()
    return thread


class Memory:
    """The greatest resident memory of any Python worker, sampled while it is watched."""

    def __init__(self) -> None:
        self.greatest = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.wait(0.25):
            self.greatest = max([self.greatest, *map(_resident, Path("/proc").glob("[0-9]*"))])


def _resident(process: Path) -> int:
    """Bytes that a Python worker of Spark holds; 0 for other processes."""
    try:
        if b"pyspark.daemon" not in (process / "cmdline").read_bytes():
            return 0
        return int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
