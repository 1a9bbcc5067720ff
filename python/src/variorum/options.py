"""Keyword arguments as the words of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Union

Path = Union[str, "os.PathLike[str]"]
Value = Union[bool, int, float, str, "os.PathLike[str]", Iterable[str], None]


def words(options: Mapping[str, Value]) -> list[str]:
    """``near_misses=True, max_memory="1G"`` as ``--near-misses --max-memory=1G``; None and False say nothing."""
    said: list[str] = []
    for name, value in options.items():
        option = "--" + name.rstrip("_").replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            said.append(option)
        elif isinstance(value, (str, int, float, os.PathLike)):
            said.append(f"{option}={shown(value)}")
        else:
            said.extend(f"{option}={one}" for one in value)
    return said


def settings(set: Mapping[str, Value] | None) -> list[str]:
    """``{"score.scorecard.loss.number": 0.3}`` as ``--set`` options."""
    return [f"--set={key}={shown(value)}" for key, value in (set or {}).items()]


def inputs(corpus: Path | Iterable[Path] | None) -> list[str]:
    """One path or several, behind ``--`` so that none is taken for an option."""
    if corpus is None:
        return []
    several = [corpus] if isinstance(corpus, (str, os.PathLike)) else list(corpus)
    return ["--", *(os.fspath(path) for path in several)]


def shown(value: Value) -> str:
    """A value as the command line and TOML write it."""
    if isinstance(value, bool):
        return str(value).lower()
    return os.fspath(value) if isinstance(value, os.PathLike) else str(value)
