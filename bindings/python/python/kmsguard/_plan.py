"""Plans: from a service and a key to the steps that join them."""

from __future__ import annotations

from typing import Any, Mapping

from . import _kmsguard
from ._inventory import Inventory
from ._now import Moment, as_text
from ._request import as_json
from ._types import PlanAnswer


def plan(
    document: Mapping[str, Any],
    inventory: Inventory | None = None,
    *,
    check: Any = None,
    into: Any = None,
    verify: Any = None,
    keep_going: bool = False,
    now: Moment | None = None,
) -> PlanAnswer:
    """The authorization and the provisioning that give a service a key: checked, in order, ready to send.

    Beside an ``inventory`` the answer also says whether the plan can be carried out as the exports show things, and leaves out the
    steps that are done; with ``keep_going`` an input that cannot be read is passed over, and only reported.

    Instead of the steps, ``check`` says what is wrong with a body that was written by hand, ``into`` puts the key into a body and
    leaves the rest as it is, and ``verify`` says by what the service answers whether the key is in effect. Each takes the text, also of
    a command or of Terraform that holds the body, parsed JSON, or what IBM's SDK answers.

    Whatever is wrong with the document is in the answer; nothing of it is raised.
    """
    request = {
        "document": document,
        "check": check,
        "into": into,
        "verify": verify,
        "keep_going": keep_going,
        "now": as_text(now),
    }
    text = as_json(request)
    return PlanAnswer._read(_kmsguard.plan_json(text) if inventory is None else inventory._core.plan_json(text))
