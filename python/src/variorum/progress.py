"""How far the work is: one line in a notebook, on a terminal, or nowhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, Union

Tell = Callable[[str, int, int], None]
"""Takes the stage, its steps done, and how many there are (0 where that is not known)."""

Progress = Union[bool, Literal["auto"], Tell]

Show = Callable[[str, bool], None]
"""Takes a text, and whether it is the last one."""


@contextmanager
def telling(progress: Progress) -> Iterator[Tell | None]:
    """Who is told while the work lasts: a function of the caller's, the notebook, the terminal, or nobody."""
    if callable(progress):
        yield progress
        return
    show = _shown(progress)
    if show is None:
        yield None
        return
    begun = time.monotonic()
    try:
        yield lambda stage, done, total: show(line(stage, done, total), False)
    finally:
        show(f"{time.monotonic() - begun:.1f} s", True)


def _shown(progress: bool | str) -> Show | None:
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
    from IPython import get_ipython
    from IPython.display import display

    # Who merely imports ipykernel has no page to show anything on.
    return display if getattr(get_ipython(), "kernel", None) else None


def _in_notebook(display: Any) -> Show:
    handle = display({"text/plain": "…"}, raw=True, display_id=True)

    def show(text: str, over: bool) -> None:
        handle.update({"text/plain": text}, raw=True)

    return show


def _on_terminal(text: str, over: bool) -> None:
    """One line that is written over, and gone at the end."""
    print(f"\r\x1b[K{'' if over else text}", end="", file=sys.stderr, flush=True)
