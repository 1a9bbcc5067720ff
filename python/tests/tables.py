"""Holds the tables of two runs against each other."""

from __future__ import annotations

from pathlib import Path


def same_tables(left: Path, right: Path) -> None:
    """Every CSV of two runs, byte for byte."""
    names = sorted(path.name for path in left.glob("*.csv"))
    assert names == sorted(path.name for path in right.glob("*.csv"))
    assert "claims.csv" in names
    for name in names:
        assert (left / name).read_bytes() == (right / name).read_bytes(), name
