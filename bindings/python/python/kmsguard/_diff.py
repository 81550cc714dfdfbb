"""The difference between two audits."""

from __future__ import annotations

from typing import Any, Mapping

from . import _kmsguard
from ._now import Moment, as_text
from ._request import as_json
from ._types import AuditAnswer, DiffAnswer, FailOn


def diff(
    old: AuditAnswer | Mapping[str, Any],
    new: AuditAnswer | Mapping[str, Any],
    *,
    fail_on: FailOn | None = None,
    config: Mapping[str, Any] | None = None,
    now: Moment | None = None,
) -> DiffAnswer:
    """What changed between two audits: what is new, what is fixed, what stands as it did.

    A finding that is gone is fixed only where the later audit still looked where the earlier one did; otherwise it is undetermined,
    with what would settle it. From ``fail_on`` on a new finding, or one that got worse, makes the outcome ``bad``.
    """
    request = {
        "old": _document(old),
        "new": _document(new),
        "fail_on": fail_on,
        "config": config,
        "now": as_text(now),
    }
    return DiffAnswer._read(_kmsguard.diff_json(as_json(request)))


def _document(audit: AuditAnswer | Mapping[str, Any]) -> Mapping[str, Any]:
    return audit.to_dict() if isinstance(audit, AuditAnswer) else audit
