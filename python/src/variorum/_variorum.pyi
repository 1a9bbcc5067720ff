"""The native half: the functions of the Rust crate. The package says what they are for; nobody need call them."""

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any, Protocol, final

__all__ = ["Driver", "Station", "Table", "Worker", "compare", "extract", "fuse", "run", "stored"]

class _Stream(Protocol):
    """Whatever offers an Arrow stream: a table of pyarrow, pandas, polars or DuckDB, or one of ours."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

@final
class Table:
    """Batches of one schema, in memory or in a run folder."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    @property
    def column_names(self) -> list[str]: ...
    def describe(self) -> list[tuple[str, str, str]]:
        """Name, unit and meaning of every column."""

def run(words: list[str], tell: Callable[[str, int, int], object] | None) -> tuple[int, Path]:
    """The exit code and the folder of a run with the words of the command line."""

def stored(folder: str | PathLike[str]) -> list[tuple[str, Table]]:
    """The tables of the run in a folder, by name."""

def extract(table: _Stream, words: list[str]) -> Table:
    """The claims of documents."""

def compare(pairs: _Stream, asserted: bool, rules: str | PathLike[str] | None) -> Table:
    """Verdicts for pairs of texts."""

def fuse(
    table: _Stream, model: str, writing: tuple[str | None, str | None, float | None]
) -> tuple[Table, Table, str, str]:
    """Trust, beliefs, the model and why it was taken. ``writing``: between parts of lists, of paths; how near."""

@final
class Station:
    """Rules and settings on one machine."""

    def __new__(cls, words: list[str], format: int) -> Station: ...
    def worker(self, stage: str, given: list[bytes], parts: int) -> Worker:
        """A worker of a stage; ``given`` is what the driver tells all of them."""

@final
class Worker:
    """One stage at work on one partition."""

    def feed(self, batch: object) -> list[Table]:
        """Takes a record batch of pyarrow, hands out what it makes of it."""

    def finish(self) -> list[Table]:
        """Hands out what waited for the end of the partition."""

@final
class Driver:
    """A run that an engine of many machines works on."""

    def __new__(cls, words: list[str], inputs: bool) -> Driver: ...
    @staticmethod
    def format() -> int:
        """The version of the bytes between stages."""

    def errands(self) -> list[Table]:
        """Rows ``bytes, errand``: the files to read."""

    def counted(self, batch: object) -> list[bytes]:
        """Rows ``source, pages`` as what every worker of the stage "extract" is given."""

    def fronts(self, batch: object) -> None:
        """Takes rows ``front, problem, aside``."""

    def places(self) -> list[Table]:
        """Rows ``document, place``, once all fronts were taken."""

    def shared(self, batch: object) -> None:
        """Takes rows ``shared``."""

    def placements(self) -> list[Table]:
        """Finds stories and copies; rows ``document, story, unit, origin, borrowed``."""

    def sheets(self, batch: object) -> None:
        """Takes rows ``sheet``."""

    def stories(self, batch: object) -> None:
        """Takes rows ``piece``."""

    def publish(self) -> Path:
        """Scores and publishes; the run's folder."""
