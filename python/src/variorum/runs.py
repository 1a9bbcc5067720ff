"""Runs: made here, or by whoever published them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from variorum import _variorum, options
from variorum.errors import InputError
from variorum.options import Path, Value
from variorum.progress import Progress, telling
from variorum.table import Table

OUTCOMES = {0: "complete", 3: "some documents failed", 4: "too many failed, not published", 5: "a gate tripped"}


class Run:
    """A run folder: its tables as attributes, read when they are asked for.

    ``run.sources`` has a row per source, ``run.disagreements`` and ``run.agreements`` one per pair of mentions,
    ``run.claims`` one per mention, ``run.documents``, ``run.copies``, ``run.furniture``, ``run.rules``,
    ``run.problems`` and ``run.losses`` what their names say; ``run.not_comparable`` is there with ``near_misses=True``.
    """

    sources: Table
    disagreements: Table
    agreements: Table
    not_comparable: Table
    claims: Table
    documents: Table
    copies: Table
    furniture: Table
    rules: Table
    problems: Table
    losses: Table

    def __init__(self, path: Path) -> None:
        """Opens the run in ``path``, or the latest one below it."""
        named = FilePath(path)
        self.path = named if (named / "run.json").is_file() else (named / "latest").resolve()
        """The run's folder."""
        if not (self.path / "run.json").is_file():
            advice = "name the folder of a run, or one that holds `latest`"
            raise InputError(f"there is no run in {named}", os.fspath(named), None, advice)
        self._tables = {name: Table(native) for name, native in _variorum.stored(os.fspath(self.path))}

    @property
    def tables(self) -> dict[str, Table]:
        """All tables that were written, by name."""
        return dict(self._tables)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What ``run.json`` tells: version, rules, settings, inputs, counts, times in seconds, memory in bytes."""
        told: dict[str, Any] = json.loads((self.path / "run.json").read_text(encoding="utf-8"))
        return told

    @property
    def exit_code(self) -> int:
        """0 complete, 3 some documents failed, 4 too many failed (not published), 5 a ``fail_on`` gate tripped."""
        return int(self.manifest["exit_code"])

    def __getattr__(self, name: str) -> Table:
        try:
            tables: dict[str, Table] = self.__dict__["_tables"]
            return tables[name]
        except KeyError:
            raise AttributeError(f"this run has no table {name}") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._tables]

    def __repr__(self) -> str:
        outcome = OUTCOMES.get(self.exit_code, str(self.exit_code))
        return f"Run({str(self.path)!r}: {self.manifest['inputs']['documents']} documents, {outcome})"


def run(
    corpus: Path | Iterable[Path] | None = None,
    output: Path = "reports",
    *,
    manifest: Path | None = None,
    rules: Path | None = None,
    set: Mapping[str, Value] | None = None,
    jobs: int | None = None,
    progress: Progress = "auto",
    **more: Value,
) -> Run:
    """Analyses a corpus, publishes the run under ``output`` and opens it: what ``variorum run`` does, byte for byte.

    Args:
        corpus: a file, folder or pattern, or several; without it the manifest or ``variorum.toml`` names what to read.
        output: run folders go here: ``runs/<run id>``, and ``latest`` beside it.
        manifest: CSV with the columns path, source, published, url; paths count from its folder.
        rules: a folder of rules; built-in ones stand in for files that are not there.
        set: single settings and keys of rules, such as ``{"score.scorecard.loss.number": 0.3}``.
        jobs: threads; one a processor where nothing is said.
        progress: "auto" (a line in notebooks and on terminals), True, False, or a function ``(stage, done, total)``.
        more: every other option of ``variorum run``: ``near_misses=True``, ``max_memory="1G"``, ``fail_on=[...]``.

    Raises:
        SettingsError: options, settings or rules are wrong; ``.file`` and ``.line`` say where.
        InputError: there is nothing to read.
        OutputError: the disk is full; the same call goes on where it stopped.
        KeyboardInterrupt: interrupted; nothing was published, what is done is kept.
    """
    named = {"output": output, "manifest": manifest, "rules": rules, "jobs": jobs, **more}
    words = [*options.words(named), "--quiet", *options.settings(set), *options.inputs(corpus)]
    with telling(progress) as tell:
        _, path = _variorum.run(words, tell)
    return Run(path)


def open(path: Path) -> Run:
    """Opens the run in ``path``, or the latest one below it."""
    return Run(path)
