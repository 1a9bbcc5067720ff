"""What Spark says of its stages: bytes shuffled, seconds, tasks; and what the workers' memory came to."""

from __future__ import annotations

import json
import os
import threading
import time
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
    """Acts once a stage of `step` that reads a shuffle has finished so many tasks."""

    def is_due(stage: dict[str, Any]) -> bool:
        busy = stage.get("description") == step and stage["status"] == "ACTIVE" and stage["shuffleReadBytes"]
        return bool(busy) and stage["numCompleteTasks"] >= tasks

    def wait() -> None:
        while not any(map(is_due, stages(spark))):
            time.sleep(0.1)
        act()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


KINDS = {"python": b"pyspark.daemon", "executor": b"CoarseGrainedExecutorBackend"}
"""What tells the processes of a worker apart: those that run Python, and the executor beside them."""


class Memory:
    """The greatest resident memory of any process of each kind, in bytes, sampled while it is watched."""

    def __init__(self) -> None:
        self.greatest = dict.fromkeys(KINDS, 0)
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
            for process in Path("/proc").glob("[0-9]*"):
                kind, held = _resident(process)
                if kind:
                    self.greatest[kind] = max(self.greatest[kind], held)


def _resident(process: Path) -> tuple[str, int]:
    """Of which kind a process is, and the bytes it holds; "" for those that are none of Spark's."""
    try:
        command = (process / "cmdline").read_bytes()
        kind = next((kind for kind, mark in KINDS.items() if mark in command), "")
        return kind, int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if kind else 0
    except (OSError, IndexError):
        return "", 0
