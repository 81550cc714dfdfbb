"""A deployment made with IBM's SDK, after kmsguard has looked: what would fail later, or cannot be changed later, is told before.

The SDK makes the calls; kmsguard opens no connection. It needs `pip install ibm-platform-services keyprotect`.
"""

from __future__ import annotations

from typing import Any

import kmsguard


class Refused(Exception):
    """What stands against it, a line each."""


def provision(request: dict[str, Any], account: str, clients: Any, now: kmsguard.Moment | None = None) -> Any:
    """Makes the deployment that a plan describes, and gives what the service answers.

    `clients` has IBM's clients: `iam` (IamPolicyManagementV1), `resources` (ResourceControllerV2) and `keys` (IbmKeyProtectApiV2).
    """
    instance = kmsguard.Crn.parse(request["key"]["crn"], "key").service_instance
    # What the SDK answers is taken as it comes.
    inventory = kmsguard.Inventory.from_objects(
        clients.iam.list_policies(account_id=account, type="authorization"),
        clients.resources.list_resource_instances(),
        clients.keys.get_keys(instance),
    )
    plan = kmsguard.plan(request, inventory, now=now)
    against = [problem.message for problem in plan.problems if problem.severity == "error"]
    if plan.preflight is not None:
        against += [check.text for check in plan.preflight.checks if check.standing == "bad"]
    if against:
        raise Refused("\n".join(against))

    made = None
    for step in plan.steps:
        body = None if step.rest is None else step.rest.body
        if step.id == "authorize" and body is not None:
            (authorization,) = kmsguard.policy(body, now=now).authorizations
            clients.iam.create_policy(**(authorization.to_sdk() or {}))
        elif step.id == "provision" and body is not None:
            made = clients.resources.create_resource_instance(**body)
    effect = kmsguard.plan(request, verify=made, now=now).verify
    if effect is None or effect.verdict != "planned":
        raise Refused("the service does not say that the key is in effect; keep nothing there yet")
    return made
