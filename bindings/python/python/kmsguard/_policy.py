"""Policies: authorizations in any form, checked, and written in every form that can carry them."""

from __future__ import annotations

from typing import Any

from . import _kmsguard
from ._now import Moment, as_text
from ._request import as_json
from ._types import PolicyAnswer


def policy(
    document: Any,
    *,
    compare: Any = None,
    account: str | None = None,
    now: Moment | None = None,
) -> PolicyAnswer:
    """Authorizations, checked, in every form that can carry them.

    ``document`` is parsed JSON, what IBM's SDK answers, or a text in any form: JSON, Terraform's language, commands of ``ibmcloud``.
    Whatever is wrong with it is in the answer; nothing of it is raised. ``compare`` is a second one: the answer then says which policy
    grants more, and what. ``account`` is the one in which commands are run and Terraform is applied: both leave it out.
    """
    request = {"document": document, "compare": compare, "account": account, "now": as_text(now)}
    return PolicyAnswer._read(_kmsguard.policy_json(as_json(request)))
