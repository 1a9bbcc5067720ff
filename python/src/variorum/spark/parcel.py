"""Options that travel to other machines: the files they name go along, by content."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from variorum import _variorum, options
from variorum.options import Value

FILES = ("rules", "judgements", "replies", "anchors", "config")
"""Options that name a file or folder which every machine needs."""

HERE = {"judgements": "judgements.toml", "replies": "replies.toml", "config": "variorum.toml"}
"""What is read from the current folder where no option names it."""


@dataclass(frozen=True)
class Parcel:
    """What a worker needs to know; hashable, so that a process unpacks it once."""

    words: tuple[str, ...]
    """Options as on the command line, but for those that name files."""
    files: tuple[tuple[str, str, bytes], ...] = field(repr=False)
    """Option, path below it, content."""
    format: int = field(default_factory=_variorum.Driver.format)
    """The version of the bytes between stages."""

    @classmethod
    def pack(cls, named: Mapping[str, Value], settings: list[str]) -> Parcel:
        """The options of a run, the files they name read on this machine."""
        plain = {name: value for name, value in named.items() if name not in FILES}
        files = [(name, *one) for name in FILES if (path := _path(name, named)) for one in _contents(path)]
        return cls((*options.words(plain), *settings), tuple(files))


def _path(name: str, named: Mapping[str, Value]) -> Path | None:
    """The file that an option names, or the one that the command line would find in the current folder."""
    if (path := named.get(name)) is not None:
        return Path(str(path))
    here = Path(HERE.get(name, ""))
    return here if here.is_file() else None


def _contents(path: Path) -> list[tuple[str, bytes]]:
    """A file as itself, a folder as its TOML files; names count from the folder."""
    if path.is_file():
        return [(path.name, path.read_bytes())]
    return [(str(file.relative_to(path)), file.read_bytes()) for file in sorted(path.rglob("*.toml"))]


@lru_cache(maxsize=4)
def station(parcel: Parcel) -> _variorum.Station:
    """The rules and settings of a job in this process."""
    with tempfile.TemporaryDirectory(prefix="variorum-") as folder:
        named: dict[str, Value] = {}
        for option, name, content in parcel.files:
            path = Path(folder, option, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            named[option] = Path(folder, option) if option == "rules" else path
        return _variorum.Station([*parcel.words, *options.words(named)], parcel.format)
