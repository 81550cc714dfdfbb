"""The moment for which a question is answered. The core has no clock: this door looks at its host's, once a question."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Union

from . import _kmsguard

Moment = Union[str, datetime]
"""RFC 3339 with a zone, or a ``datetime`` that knows its zone."""


def as_text(now: Moment | None) -> str:
    """RFC 3339 in UTC. Raises :class:`KmsguardError` for a moment without a zone."""
    if now is None:
        now = datetime.now(timezone.utc).replace(microsecond=0)
    return _kmsguard.now_text(now.isoformat() if isinstance(now, datetime) else now)
