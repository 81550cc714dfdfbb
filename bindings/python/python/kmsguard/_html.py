"""Answers as notebooks show them. Every text of an export is escaped; pictures stand apart, so that their styles touch nothing."""

from __future__ import annotations

import base64
from html import escape
from typing import Any, Callable, Iterable, Mapping

from ._record import Answer, Record
from ._rows import Rows

_MOST_ROWS = 100
_MOST_VALUES = 5

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Finding": ("severity", "rule", "title", "message", "key", "resources"),
    "TimelineEvent": ("at", "event"),
}
"""The fields that are shown of rows of which the others say too much for a table."""

_LEFT_OUT = ("inputs", "checked")
"""Lists of an answer that say how it came about, not what it is."""


def answer(of: Answer, draw: Callable[[], str] | None) -> str:
    """A whole answer."""
    outcome = getattr(of, "outcome", None)
    parts = [f"<p><strong>{type(of).__name__}</strong>{f': {escape(outcome)}' if outcome else ''}</p>"]
    if draw is not None:
        picture = base64.b64encode(draw().encode()).decode()
        parts.append(f'<p><img alt="{type(of).__name__}" src="data:image/svg+xml;base64,{picture}" style="max-width: 100%"></p>')
    for name in of._fields:
        rows = getattr(of, name)
        if isinstance(rows, Rows) and len(rows) > 0 and name not in _LEFT_OUT:
            parts.append(f"<p>{name} ({len(rows)})</p>{table(rows)}")
    return "".join(parts)


def record(of: Record) -> str:
    """The fields of a record, one under another."""
    shown = ((name, getattr(of, name)) for name in of._fields)
    return _html_table((), ((name, _cell(value)) for name, value in shown if value is not None))


def table(rows: Rows[Any]) -> str:
    """Rows, a line each."""
    row = rows._row
    names = _COLUMNS.get(row.__name__, getattr(row, "_fields", ("value",)))
    some = rows[:_MOST_ROWS]
    cells = ((_cell(value if row is str else getattr(value, name)) for name in names) for value in some)
    rest = len(rows) - len(some)
    return _html_table(names, cells) + (f"<p>… {rest} more</p>" if rest else "")


def _html_table(names: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{body}</tbody></table>"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Rows):
        # Of texts the first ones; of objects how many.
        if value._row is not str:
            return str(len(value))
        rest = len(value) - _MOST_VALUES
        return "<br>".join(map(escape, value[:_MOST_VALUES])) + (f"<br>… {rest} more" if rest > 0 else "")
    if isinstance(value, Record):
        shown = ((name, getattr(value, name)) for name in value._fields)
        return "<br>".join(f"{name}: {_cell(inner)}" for name, inner in shown if inner is not None)
    if isinstance(value, Mapping):
        return str(len(value))
    return escape(str(value))
