"""How far the work is: one line in a notebook, on a terminal, or nowhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Literal, Union

Tell = Callable[[str, int, int], None]
"""Takes the stage, its steps done, and how many there are (0 where that is not known)."""

Progress = Union[bool, Literal["auto"], Tell]


def teller(progress: Progress) -> Tell | None:
    """Who is told: a function of the caller's, the notebook, the terminal, or nobody."""
    if callable(progress):
        return progress
    if progress is False:
        return None
    display = _notebook()
    if display is not None:
        return _in_notebook(display)
    return _on_terminal if progress is True or sys.stderr.isatty() else None


def line(stage: str, done: int, total: int) -> str:
    """``extract  1,200 of 5,000  24 %``."""
    if not total:
        return f"{stage}  {done:,}"
    return f"{stage}  {done:,} of {total:,}  {100 * done // total} %"


def _notebook() -> Any | None:
    """IPython's display, where this is a notebook."""
    if "ipykernel" not in sys.modules:
        return None
    from IPython.display import display

    return display


def _in_notebook(display: Any) -> Tell:
    handle = display({"text/plain": "…"}, raw=True, display_id=True)

    def tell(stage: str, done: int, total: int) -> None:
        handle.update({"text/plain": line(stage, done, total)}, raw=True)

    return tell


def _on_terminal(stage: str, done: int, total: int) -> None:
    print(f"\r\x1b[K{line(stage, done, total)}", end="", file=sys.stderr, flush=True)
