"""The examples, run: what they say of the example account, and of one that is in order."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, REPOSITORY

import kmsguard

EXAMPLES = REPOSITORY / "bindings" / "python" / "examples"
EXAMPLE = REPOSITORY / "tests" / "accounts" / "example"
ACCOUNT = "a1b2c3d4e5f60718293a4b5c6d7e8f90"


def run(name: str, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / name), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def key(name: str) -> kmsguard.KeyReport:
    return next(key for key in kmsguard.Inventory.read(EXAMPLE).keys if key.name == name)


def test_the_gate_stops_what_shares_its_key() -> None:
    payments = key("payments").crn
    ran = run("deployment_gate.py", EXAMPLE, f"messagehub@{ACCOUNT}", payments)
    assert ran.returncode == 1 and "high SHARE001: key `payments` protects 3 deployments" in ran.stdout, ran.stderr


def test_the_gate_stops_a_service_that_may_not_use_the_key() -> None:
    ran = run("deployment_gate.py", EXAMPLE, f"event-notifications@{ACCOUNT}", key("payments").crn)
    assert ran.returncode == 1 and "may not use the key" in ran.stdout, ran.stdout + ran.stderr


def test_the_gate_stops_a_key_that_is_none() -> None:
    ran = run("deployment_gate.py", EXAMPLE, f"messagehub@{ACCOUNT}", key("payments").crn.replace(":key:", "::"))
    assert ran.returncode == 1 and ran.stdout.startswith("CRN"), ran.stdout + ran.stderr


def test_the_gate_opens_where_nothing_stands_against_it() -> None:
    objections = runpy.run_path(str(EXAMPLES / "deployment_gate.py"))["objections"]
    inventory = kmsguard.Inventory.read(EXAMPLE)
    shared = {finding.key for finding in inventory.audit(now=NOW).findings if finding.severity in ("critical", "high")}
    fine = [
        (decision.source, decision.key)
        for decision in inventory.authz(now=NOW).decisions
        if decision.verdict == "covered" and decision.key is not None and decision.key not in shared
    ]
    assert fine
    for source, crn in fine:
        assert objections(str(EXAMPLE), source, crn, NOW) == []


def test_a_question_that_is_none_stops_the_gate() -> None:
    ran = run("deployment_gate.py", EXAMPLE, f"nothing@{ACCOUNT}", key("payments").crn)
    assert ran.returncode == 2 and ran.stderr.startswith("REQ012"), ran.stderr


def test_a_night_tells_what_is_new_and_then_nothing(tmp_path: Path) -> None:
    night = runpy.run_path(str(EXAMPLES / "nightly_audit.py"))["night"]
    assert night(str(EXAMPLE), tmp_path, NOW) == "bad"
    first: dict[str, Any] = json.loads((tmp_path / "audit.json").read_text(encoding="utf-8"))
    assert len(first["findings"]) == 6
    assert (tmp_path / "audit.md").read_text(encoding="utf-8").startswith("## kmsguard audit")

    assert night(str(EXAMPLE), tmp_path, NOW) == "fine"
    page = (tmp_path / "audit.md").read_text(encoding="utf-8")
    assert page.startswith(f"# Since {NOW}") and "Nothing changed." in page

    gone = first["findings"].pop(0)
    (tmp_path / "audit.json").write_text(json.dumps(first), encoding="utf-8")
    assert night(str(EXAMPLE), tmp_path, NOW) == "bad"
    assert f"- new: {gone['severity']} {gone['rule']}: " in (tmp_path / "audit.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.py")))
def test_examples_say_what_they_are(name: str) -> None:
    assert compile((EXAMPLES / name).read_text(encoding="utf-8"), name, "exec")
    assert runpy.run_path(str(EXAMPLES / name))["__doc__"]
