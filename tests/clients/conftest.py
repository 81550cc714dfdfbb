"""What the tests of real clients share."""

from __future__ import annotations

from typing import Any

from plans import Step, plans

ALL = plans()


def _calls() -> list[Step]:
    """Every call of every plan, those that are alike once."""
    calls = [step for plan in ALL for step in plan.steps if step.rest]
    return list({step.data["curl"]: step for step in calls}.values())


def pytest_generate_tests(metafunc: Any) -> None:
    """Every plan, or every call, by the argument that a test asks for."""
    if "each_plan" in metafunc.fixturenames:
        metafunc.parametrize("each_plan", ALL, ids=lambda plan: plan.case)
    if "each_call" in metafunc.fixturenames:
        metafunc.parametrize("each_call", CALLS, ids=str)


CALLS = _calls()
