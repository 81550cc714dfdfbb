"""Requests and documents as JSON text."""

from __future__ import annotations

import datetime
import json
from typing import Any, Mapping


def as_json(request: Mapping[str, Any]) -> str:
    """A request that may hold what ``tomllib`` read, days and times as TOML writes them, and what IBM's SDKs give."""
    return json.dumps(request, default=_plain, allow_nan=False)


def document_json(document: Any) -> str:
    """A document as one writes it: parsed JSON, or what the clients of IBM's SDKs give, responses and models in one another."""
    return json.dumps(document, default=_plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """What JSON has no word for. The SDKs are not imported: their objects are known by what they can do."""
    if isinstance(value, datetime.datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    # `DetailedResponse` holds the answer; models write themselves.
    for name in ("get_result", "to_dict"):
        give = getattr(value, name, None)
        if callable(give) and not isinstance(value, type):
            return give()
    raise TypeError(f"`{type(value).__name__}` is neither JSON nor an answer of IBM's SDKs")
