"""Reads what many outlets printed about the same events: where they agree, differ, copy; whom to trust.

>>> import variorum
>>> run = variorum.run("corpus", "reports")          # doctest: +SKIP
>>> run.sources.to_pandas()                          # doctest: +SKIP

The figures describe agreement between the documents supplied. They do not establish what is true; a source may be
alone and right.
"""

from variorum.answers import Fused, compare, extract, fuse
from variorum.errors import InputError, OutputError, SettingsError, VariorumError
from variorum.runs import Run, open, run
from variorum.table import Table

__all__ = [
    "Fused",
    "InputError",
    "OutputError",
    "Run",
    "SettingsError",
    "Table",
    "VariorumError",
    "compare",
    "extract",
    "fuse",
    "open",
    "run",
]
