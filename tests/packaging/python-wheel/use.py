"""A program that uses the installed package, and nothing else; it is also checked with mypy."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timezone

import kmsguard

KEY = (
    "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef"
    ":44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"
)


def wrong(texts: list[str]) -> list[tuple[str, kmsguard.Segment | None]]:
    """Every error, with the segment that holds it."""
    answer: kmsguard.CrnAnswer = kmsguard.crn(texts, now=datetime.now(timezone.utc))
    problems = (problem for report in answer.crns for problem in report.problems)
    return [(problem.code, problem.segment) for problem in problems if problem.severity == "error"]


def rules(inventory: kmsguard.Inventory) -> set[str]:
    """The rules with findings."""
    audit: kmsguard.AuditAnswer = inventory.audit()
    severities: set[kmsguard.FindingSeverity] = {finding.severity for finding in audit.findings}
    assert severities <= {"critical", "high", "medium", "low", "info"}
    return {finding.rule for finding in audit.findings}


def mistakes(answer: kmsguard.CrnAnswer) -> None:
    """What a type checker must find; never called."""
    answer.outcom  # type: ignore[attr-defined]
    answer.outcome = "bad"  # type: ignore[misc]
    answer.crns[0].extra = 1  # type: ignore[attr-defined]
    kmsguard.crn("?", require="keys")  # type: ignore[arg-type]
    if answer.outcome == "good":  # type: ignore[comparison-overlap]
        pass


def main() -> None:
    """Asks each part of the package once."""
    assert wrong([KEY]) == []
    assert wrong([KEY.replace("v1", "v2")]) == [("CRN004", "version")]
    crn: kmsguard.Crn = kmsguard.Crn.parse(KEY)
    kind: kmsguard.Kind = crn.kind
    assert kind == "kms-key" and crn.scope is not None and crn.scope.type == "account"
    assert rules(kmsguard.Inventory.from_objects({"resources": []})) == set()

    command = [sys.executable, "-m", "kmsguard", "crn", KEY, "--json", "--now", "2026-11-21T12:00:00Z"]
    ran = subprocess.run(command, capture_output=True, check=True)
    assert ran.stdout.decode() == kmsguard.crn(KEY, now="2026-11-21T12:00:00Z").to_json()
    assert ran.stderr == b""


if __name__ == "__main__":
    main()
