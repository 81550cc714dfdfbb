"""Plans: from a service and a key to the steps that join them."""

from __future__ import annotations

import json
from typing import Any, Mapping

from . import _kmsguard
from ._now import Moment, as_text
from ._types import PlanAnswer


def plan(document: Mapping[str, Any], *, now: Moment | None = None) -> PlanAnswer:
    """The authorization and the provisioning that give a service a key: checked, in order, ready to send.

    Whatever is wrong with the document is in the answer; nothing of it is raised.
    """
    request = {"document": document, "now": as_text(now)}
    return PlanAnswer._read(_kmsguard.plan_json(json.dumps(request, allow_nan=False)))
