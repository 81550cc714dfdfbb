"""Terraform, read by a parser that is no work of ours."""

from __future__ import annotations

import json
from typing import Any

import hcl2

from plans import Plan


def parsed(text: str) -> dict[str, Any]:
    return json.loads(json.dumps(hcl2.loads(text)))


def text_of(value: Any) -> Any:
    """A text without the quotes that the parser leaves around it, and without Terraform's escapes."""
    if isinstance(value, str) and len(value) > 1 and value[0] == value[-1] == '"':
        inner = value[1:-1].replace("$${", "${").replace("%%{", "%{")
        return json.loads(f'"{inner}"')
    return value


def labelled(blocks: dict[str, Any], kind: str, wanted: str) -> list[dict[str, Any]]:
    """The blocks of a kind and a type, such as `resource "ibm_resource_instance"`."""
    found = []
    for block in blocks.get(kind, []):
        for label, inner in block.items():
            if text_of(label) == wanted:
                found.extend(body for name, body in inner.items() if not name.startswith("__"))
    return found


def test_all_of_a_plan_is_one_configuration(each_plan: Plan) -> None:
    pieces = [step.data["terraform"] for step in each_plan.steps if step.data.get("terraform")]
    assert pieces
    blocks = parsed("\n".join(pieces))
    policies = labelled(blocks, "resource", "ibm_iam_authorization_policy")
    bodies = [step.rest["body"] for step in each_plan.steps if step.data["id"] == "authorize" and step.rest]
    assert len(policies) == len(bodies)
    for policy, body in zip(policies, bodies):
        said = {text_of(one["name"]): text_of(one["value"]) for one in policy.get("resource_attributes", [])}
        meant = {one["name"]: one["value"] for one in body["resources"][0]["attributes"]}
        if said:
            assert said == meant
        roles = {text_of(role).replace(" ", "") for role in policy["roles"]}
        assert roles == {role["role_id"].rsplit(":", 1)[1] for role in body["roles"]}
    # Whatever something depends on is there.
    there = [text_of(label) for block in blocks.get("resource", []) for label in block]
    assert "time_sleep" in there or "time_sleep.authorization" not in "\n".join(pieces)
    # Names stand as they were given.
    body = (each_plan.step("provision").rest or {}).get("body") or {}
    for instance in labelled(blocks, "resource", "ibm_resource_instance"):
        assert text_of(instance["name"]) == body["name"]
