"""Columns of CRNs, parsed and checked in the memory format of Apache Arrow.

Whatever hands a column over through Arrow's C data interface is taken: of pyarrow, Polars, DuckDB, pandas or another. What is given
back is taken by all of them in the same way: ``pyarrow.table(…)``, ``polars.DataFrame(…)``, ``duckdb.sql("from …")``. No copy is
written as text, and none of these libraries is needed here.
"""

from __future__ import annotations

from typing import Protocol, Union

from . import _kmsguard
from ._kmsguard import Table as Table
from ._types import Require

__all__ = ["ArrowArray", "ArrowStream", "Column", "Table", "check", "parse"]


class ArrowArray(Protocol):
    """A column in one piece."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        """The type and the values, as capsules."""
        ...


class ArrowStream(Protocol):
    """A column in any number of pieces."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The pieces, as a capsule."""
        ...


Column = Union[ArrowArray, ArrowStream]
"""A column of texts: Arrow's strings in any layout, also as a dictionary."""


def parse(column: Column, *, threads: int = 1) -> Table:
    """The segments of each CRN, in the columns of :class:`kmsguard.CrnParts`.

    A text that does not parse is null in all of them, and so is one that is null. The interpreter's lock is let go of: threads of
    the caller work beside each other, and ``threads`` says how many this call itself may use.
    """
    return _kmsguard.arrow_parse(column, threads)


def check(column: Column, require: Require = "any", *, threads: int = 1) -> Table:
    """Of each text what it is and whether it is right: ``kind``, ``ok``, the ``code`` of the first problem, and ``fixed``, the right
    CRN where it can be known and is another.

    ``require`` is what the CRNs are wanted for; ``threads`` as of :func:`parse`. :func:`kmsguard.crn` says more of one.
    """
    return _kmsguard.arrow_check(column, require, threads)
