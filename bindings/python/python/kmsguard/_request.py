"""Requests as JSON text."""

from __future__ import annotations

import datetime
import json
from typing import Any, Mapping


def as_json(request: Mapping[str, Any]) -> str:
    """A request that may hold what ``tomllib`` read: days and times are written as TOML writes them."""

    def text(value: object) -> str:
        if isinstance(value, (datetime.date, datetime.time)):
            return value.isoformat()
        raise TypeError(f"a configuration holds no {type(value).__name__}")

    return json.dumps(request, default=text)
