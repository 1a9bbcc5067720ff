"""What can go wrong, and where."""

from __future__ import annotations


class VariorumError(Exception):
    """Something kept the work from being done.

    Attributes:
        file: the file that is to blame, where one is.
        line: its line, counted from 1.
        advice: what to do, where something helps.
    """

    def __init__(self, what: str, file: str | None = None, line: int | None = None, advice: str = "") -> None:
        super().__init__(what, file, line, advice)
        self.what = what
        self.file = file
        self.line = line
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.what}\n  {self.advice}" if self.advice else self.what


class InputError(VariorumError, ValueError):
    """What was given cannot be worked with: a file, a table, a column, a cell."""


class SettingsError(InputError):
    """Options, settings or rules are wrong; found before any work."""


class OutputError(VariorumError, OSError):
    """The result could not be written; the same call goes on where it stopped."""
