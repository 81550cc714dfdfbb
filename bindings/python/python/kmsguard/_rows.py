"""The lists of answers and the tables of inventories: made into objects only where one looks, and columns for data tools."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Callable, Generic, Iterator, Sequence, TypeVar, Union, cast, final, overload

from . import _kmsguard

T_co = TypeVar("T_co", covariant=True)

# To a type checker it is a sequence, and it has all that a sequence has. At run time it is none: data tools look at the items of
# a sequence one by one, where they take the columns of anything else at once.
if TYPE_CHECKING:
    _Sequence = Sequence
else:
    from abc import ABCMeta

    class _Sequence(Generic[T_co], metaclass=ABCMeta):
        __slots__ = ()
        # Patterns of `match` take it for a sequence all the same.
        __abc_tpflags__ = 1 << 5

        def __contains__(self, value):
            return value in self._all()

        def __reversed__(self):
            return reversed(self._all())

        def index(self, value, *place):
            """The first place of a row."""
            return self._all().index(value, *place)

        def count(self, value):
            """How many rows are equal to this one."""
            return self._all().count(value)


@final
class Rows(_Sequence[T_co]):
    """Objects of one type, or texts, as a list that cannot be changed.

    What reads Arrow's C data interface takes it as a table: ``pyarrow.table(rows)``, ``polars.DataFrame(rows)``, and
    ``duckdb.sql("from rows")``. Texts are its column ``value``. A field with fields of its own is a struct, a list a list, and what
    may be any JSON its text.
    """

    __slots__ = ("_made", "_row", "_source")

    _row: type[T_co]
    _source: Union[list[Any], Callable[[], str]]
    _made: tuple[T_co, ...] | None

    def __init__(self) -> None:
        raise TypeError("rows are made by kmsguard alone")

    @classmethod
    def _of(cls, row: type[Any], source: list[Any] | Callable[[], str]) -> Rows[Any]:
        """Rows of parsed JSON, or of what writes the text when it is first needed."""
        rows: Rows[Any] = cls.__new__(cls)
        object.__setattr__(rows, "_row", row)
        object.__setattr__(rows, "_source", source)
        object.__setattr__(rows, "_made", None)
        return rows

    def _data(self) -> list[Any]:
        """The rows as JSON has them; read once."""
        if not isinstance(self._source, list):
            object.__setattr__(self, "_source", json.loads(self._source()))
        return cast("list[Any]", self._source)

    def _all(self) -> tuple[T_co, ...]:
        """The rows as objects; made once."""
        if self._made is None:
            # A text is what JSON gives.
            make: Callable[[Any], Any] | None = getattr(self._row, "_of", None)
            data = self._data()
            object.__setattr__(self, "_made", tuple(data if make is None else map(make, data)))
        return cast("tuple[T_co, ...]", self._made)

    def to_json(self) -> str:
        """The rows as a JSON list: compact, on one line, with a final newline."""
        source = self._source
        return (_written(source) if isinstance(source, list) else source()) + "\n"

    def to_list(self) -> list[Any]:
        """As plain dictionaries and lists, or texts, the caller's to change."""
        return cast("list[Any]", json.loads(self.to_json()))

    def __arrow_c_schema__(self) -> object:
        """The names and types of the columns, as a capsule of Arrow's C data interface."""
        return _kmsguard.arrow_rows_schema(self._row.__name__)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows in columns, as a capsule of Arrow's C data interface."""
        return _kmsguard.arrow_rows(self._row.__name__, self.to_json()).__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self._data())

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._all())

    @overload
    def __getitem__(self, index: int) -> T_co: ...

    @overload
    def __getitem__(self, index: slice) -> Rows[T_co]: ...

    def __getitem__(self, index: int | slice) -> T_co | Rows[T_co]:
        return Rows._of(self._row, self._data()[index]) if isinstance(index, slice) else self._all()[index]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows):
            return self._row is other._row and self._data() == other._data()
        return self._all() == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        rows = [repr(row) for row in self._all()[:3]]
        rest = len(self) - len(rows)
        return f"Rows({', '.join(rows)}{f', … {rest} more' if rest else ''})"

    def _repr_html_(self) -> str:
        """As a notebook shows it: a table."""
        from ._html import table

        return table(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return Rows._of, (self._row, self._data())

    # Hidden from type checkers, which would take any attribute for one that can be set.
    if not TYPE_CHECKING:

        def __setattr__(self, name: str, value: object) -> None:
            raise AttributeError("rows cannot be changed")

        def __delattr__(self, name: str) -> None:
            raise AttributeError("rows cannot be changed")


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
