"""Tables that every Arrow library takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from variorum import _variorum
from variorum.errors import InputError

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Table:
    """A table of a run, or of an answer; read when it is asked for, batch by batch.

    It offers an Arrow stream, so it goes as it is into ``pyarrow.table(t)``, ``polars.DataFrame(t)``,
    ``pandas.DataFrame.from_arrow(t)`` and DuckDB's ``SELECT … FROM t``. Unknown cells are null, counts are 64-bit
    integers, shares lie between 0 and 1, days are dates. Every field carries its unit and meaning as metadata.
    """

    def __init__(self, native: _variorum.Table) -> None:
        self._native = native

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    @property
    def column_names(self) -> list[str]:
        """The names of the columns, in their order."""
        return self._native.column_names

    @property
    def meanings(self) -> dict[str, str]:
        """What each column means, with its unit."""
        return {name: f"{about} ({unit})" if unit else about for name, unit, about in self._native.describe()}

    def to_arrow(self) -> pyarrow.Table:
        """The whole table in memory, as pyarrow has it."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The whole table in memory, as pandas has it."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The whole table in memory, as polars has it."""
        import polars

        return polars.DataFrame(self)

    def __repr__(self) -> str:
        return f"Table({', '.join(self.column_names)})"


def stream_of(table: Any) -> Any:
    """The table itself where it offers an Arrow stream; a dict of columns or a list of dicts as one."""
    if hasattr(table, "__arrow_c_stream__"):
        return table
    import pyarrow

    try:
        return pyarrow.Table.from_pylist(table) if isinstance(table, list) else pyarrow.table(table)
    except (TypeError, ValueError, AttributeError) as error:
        what = f"a {type(table).__name__} that is no table: {error}"
        advice = "give a table of pyarrow, pandas, polars or DuckDB, a dict of columns, or a list of dicts"
        raise InputError(what, None, None, advice) from error
