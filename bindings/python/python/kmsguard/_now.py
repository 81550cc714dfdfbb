"""The moment for which a question is answered. The core has no clock: this door looks at its host's, once a question."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Union

Moment = Union[str, datetime]
"""RFC 3339 with a zone, or a ``datetime`` that knows its zone."""


def as_text(now: Moment | None) -> str:
    """RFC 3339; without a zone where there is none, for the core to refuse."""
    if now is None:
        now = datetime.now(timezone.utc).replace(microsecond=0)
    return now.isoformat() if isinstance(now, datetime) else now
