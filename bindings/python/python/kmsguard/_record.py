"""What answers are made of: frozen objects over the JSON that the core wrote, read only where one looks."""

from __future__ import annotations

import copy
import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Callable, ClassVar, Mapping, TypeVar

from ._rows import Rows

R = TypeVar("R", bound="Record")
A = TypeVar("A", bound="Answer")
T = TypeVar("T")


class Record:
    """A JSON object with attributes. An absent optional field is ``None``."""

    __slots__ = ("_data", "_made")

    _fields: ClassVar[tuple[str, ...]] = ()
    _data: dict[str, Any]
    _made: dict[str, Any]

    @classmethod
    def _of(cls: type[R], data: dict[str, Any]) -> R:
        record = cls.__new__(cls)
        object.__setattr__(record, "_data", data)
        return record

    def _get(self, name: str, make: Callable[[Any], Any]) -> Any:
        """The value of a field that is not as JSON gives it; made once."""
        value = self._data.get(name)
        if value is None:
            return None
        try:
            made = self._made
        except AttributeError:
            made = {}
            object.__setattr__(self, "_made", made)
        if name not in made:
            made[name] = make(value)
        return made[name]

    def to_dict(self) -> dict[str, Any]:
        """As plain dictionaries and lists, the caller's to change."""
        return copy.deepcopy(self._data)

    def to_json(self) -> str:
        """As JSON: compact, on one line, with a final newline."""
        return json.dumps(self._data, ensure_ascii=False, separators=(",", ":")) + "\n"

    def _repr_html_(self) -> str:
        """As a notebook shows it: its fields in a table."""
        from ._html import record

        return record(self)

    # Hidden from type checkers, which would take any attribute for one that can be set.
    if not TYPE_CHECKING:

        def __setattr__(self, name: str, value: object) -> None:
            raise AttributeError(f"`{type(self).__name__}` cannot be changed")

        def __delattr__(self, name: str) -> None:
            raise AttributeError(f"`{type(self).__name__}` cannot be changed")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        assert isinstance(other, Record)
        return self._data == other._data

    def __hash__(self) -> int:
        return hash((type(self), json.dumps(self._data, sort_keys=True)))

    def __repr__(self) -> str:
        shown = (f"{name}={_short(getattr(self, name))}" for name in self._fields if getattr(self, name) is not None)
        return f"{type(self).__name__}({', '.join(shown)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self)._of, (self._data,)

    def __copy__(self: R) -> R:
        return self

    def __deepcopy__(self: R, memo: object) -> R:
        return self


class Answer(Record):
    """A whole answer: it keeps the text that the core wrote, and reads it when it is first looked at."""

    __slots__ = ("_draw", "_text")

    _draw: Callable[[], str] | None
    _text: str

    @classmethod
    def _read(cls: type[A], text: str, draw: Callable[[], str] | None = None) -> A:
        """The answer in a text; ``draw`` makes its picture, as SVG."""
        answer = cls.__new__(cls)
        object.__setattr__(answer, "_text", text)
        object.__setattr__(answer, "_draw", draw)
        return answer

    # Hidden from type checkers, which would take any attribute for one that is there.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            # Only asked for what is not there yet: the data before the first look.
            if name != "_data":
                raise AttributeError(f"`{type(self).__name__}` has no attribute `{name}`")
            data = json.loads(self._text)
            object.__setattr__(self, "_data", data)
            return data

    def to_dict(self) -> dict[str, Any]:
        """As plain dictionaries and lists, the caller's to change."""
        answer: dict[str, Any] = json.loads(self._text)
        return answer

    def to_json(self) -> str:
        """The JSON as the core wrote it: the same bytes from every door, with a final newline."""
        return self._text

    def _repr_html_(self) -> str:
        """As a notebook shows it: its outcome, its lists in tables, and its picture where it has one."""
        from ._html import answer

        return answer(self, self._draw)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        assert isinstance(other, Answer)
        return self._text == other._text

    def __hash__(self) -> int:
        return hash((type(self), self._text))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self)._read, (self._text,)


def as_rows(row: type[Any]) -> Callable[[list[Any]], Rows[Any]]:
    """A list of objects, or of texts, as rows."""
    return lambda values: Rows._of(row, values)


def as_tuple(*makes: Callable[[Any], Any]) -> Callable[[list[Any]], tuple[Any, ...]]:
    """A list of a fixed length, each element made in its own way."""
    return lambda values: tuple(make(value) for make, value in zip(makes, values))


def as_mapping(make: Callable[[Any], T]) -> Callable[[dict[str, Any]], Mapping[str, T]]:
    """An object of any names as a mapping that cannot be changed."""
    return lambda values: MappingProxyType({name: make(value) for name, value in values.items()})


def as_record(record: type[R]) -> Callable[[Any], Any]:
    """A record where JSON has an object, and whatever else it has as it is."""
    return lambda value: record._of(value) if isinstance(value, dict) else as_plain(value)


def as_tagged(tag: str, records: Mapping[str, type[Record]]) -> Callable[[Any], Any]:
    """The record that a field tells; of a kind that is newer than this package, the plain JSON."""

    def make(value: Any) -> Any:
        if not isinstance(value, dict):
            return as_plain(value)
        record = records.get(value.get(tag, ""))
        return as_plain(value) if record is None else record._of(value)

    return make


def as_plain(value: Any) -> Any:
    """Any JSON; a copy, as it could be changed."""
    return copy.deepcopy(value) if isinstance(value, (dict, list)) else value


def _short(value: object) -> str:
    if isinstance(value, Rows):
        value = tuple(value)
    if isinstance(value, tuple) and len(value) > 3:
        return f"({', '.join(map(_short, value[:3]))}, … {len(value) - 3} more)"
    if isinstance(value, tuple):
        return f"({', '.join(map(_short, value))}{',' if len(value) == 1 else ''})"
    return repr(value)
