"""The interpreter's lock is let go of wherever the core works, so that threads of the caller go on beside it."""

from __future__ import annotations

import sys
import threading
from typing import Any, Callable, Iterator

import pyarrow  # type: ignore[import-untyped]
import pytest
from conftest import KEY, NOW, REPOSITORY

import kmsguard

EXAMPLE = REPOSITORY / "tests" / "accounts" / "example"
INVENTORY = kmsguard.Inventory.read(EXAMPLE)
COLUMN = pyarrow.array([KEY] * 1_000)
KEYS = INVENTORY.keys.to_json().encode()

WORK: dict[str, Callable[[], Any]] = {
    "crn": lambda: kmsguard.crn([KEY] * 100, now=NOW),
    "crns": lambda: kmsguard.crns([KEY] * 1_000),
    "parse": lambda: kmsguard.arrow.parse(COLUMN),
    "check": lambda: kmsguard.arrow.check(COLUMN),
    "columns of rows": lambda: INVENTORY.uses.__arrow_c_stream__(),
    "reading files": lambda: kmsguard.Inventory.read(EXAMPLE),
    "reading bytes": lambda: kmsguard.Inventory.from_bytes({"keys.json": KEYS}),
    "audit": lambda: INVENTORY.audit(now=NOW),
    "authz": lambda: INVENTORY.authz(now=NOW),
    "impact": lambda: INVENTORY.impact(delete_key=INVENTORY.keys[0].crn, now=NOW),
    "inventory": lambda: INVENTORY.inventory(now=NOW),
    "report": lambda: INVENTORY.report("audit", "markdown", now=NOW),
    "snapshot": lambda: INVENTORY.snapshot(),
    "plan": lambda: kmsguard.plan({"service": "event-streams-gen2", "key": {"crn": KEY}}, now=NOW),
    "policy": lambda: kmsguard.policy("ibmcloud iam authorization-policy-create messagehub kms Reader", now=NOW),
}


@pytest.fixture
def never_taken_away() -> Iterator[None]:
    """The lock goes to another thread only where it is let go of: none is made to give it up."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1_000)
    yield
    sys.setswitchinterval(before)


def goes_on_beside(work: Callable[[], Any], times: int) -> bool:
    """Whether a thread that waits for the lock gets it while this one works, if that is asked for so many times."""
    begin, seen = threading.Event(), threading.Event()

    def wait() -> None:
        begin.wait()
        seen.set()

    thread = threading.Thread(target=wait)
    thread.start()
    begin.set()
    for _ in range(times):
        work()
        if seen.is_set():
            break
    found = seen.is_set()
    thread.join()
    return found


@pytest.mark.parametrize("work", WORK.values(), ids=WORK.keys())
def test_the_lock_is_let_go_of(work: Callable[[], Any], never_taken_away: None) -> None:
    work()
    assert goes_on_beside(work, 5_000)


def test_what_holds_the_lock_is_found_out(never_taken_away: None) -> None:
    assert not goes_on_beside(lambda: sum(range(1_000)), 1_000)
