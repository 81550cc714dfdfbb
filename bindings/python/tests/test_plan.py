"""Plans in Python."""

from __future__ import annotations

from conftest import KEY, NOW

import kmsguard


def test_a_plan() -> None:
    document = {
        "service": "event-streams-gen2",
        "region": "ca-mon",
        "resource_group": {"id": "5c49eabcf5e85881a37e2d100a33b3df"},
        "key": {"crn": KEY.replace("us-south", "ca-mon")},
    }
    plan = kmsguard.plan(document, now=NOW)
    assert plan.ok and plan.outcome == "fine"
    assert [step.id for step in plan.steps] == ["look", "authorize", "wait", "provision", "verify"]
    assert plan.requirements is not None and "Reader" in plan.requirements.roles
    provision = plan.steps[3]
    assert provision.rest is not None and provision.rest.method == "POST"
    body = provision.rest.body
    assert body is not None
    body["name"] = "changed"
    assert plan.steps[3].rest == kmsguard.plan(document, now=NOW).steps[3].rest


def test_what_is_wrong_with_a_plan_is_in_the_answer() -> None:
    for document in ({}, {"service": "nothing"}, {"service": 1, "key": None}):
        plan = kmsguard.plan(document, now=NOW)
        assert not plan.ok and plan.steps == () and plan.problems[0].severity == "error"
