"""A nightly audit: a page of Markdown, with what is new since the night before.

    python nightly_audit.py EXPORTS FOLDER

FOLDER keeps the last audit as `audit.json` and gets the page as `audit.md`. The exit code is 1 only where a finding is new or got
worse, so that what everybody knows wakes nobody up.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import kmsguard


def night(exports: str, folder: Path, now: kmsguard.Moment | None = None) -> kmsguard.Outcome:
    """Audits, compares, writes both files, and says how it went."""
    inventory = kmsguard.Inventory.read(exports)
    audit = inventory.audit(now=now)
    page = inventory.report("audit", "markdown", now=audit.now)
    kept = folder / "audit.json"
    outcome: kmsguard.Outcome = audit.outcome
    if kept.exists():
        before = json.loads(kept.read_text(encoding="utf-8"))
        changes = kmsguard.diff(before, audit, now=audit.now)
        page = f"# Since {before['now']}\n\n{told(changes)}\n{page}"
        outcome = changes.outcome
    (folder / "audit.md").write_text(page, encoding="utf-8")
    kept.write_text(audit.to_json(), encoding="utf-8")
    return outcome


def told(changes: kmsguard.DiffAnswer) -> str:
    """What changed, a line each."""
    lines = [f"- new: {finding.severity} {finding.rule}: {finding.message}" for finding in changes.new]
    lines += [f"- fixed: {finding.rule}: {finding.message}" for finding in changes.fixed]
    return "\n".join(lines or ["Nothing changed."]) + "\n"


if __name__ == "__main__":
    sys.exit(1 if night(sys.argv[1], Path(sys.argv[2])) in ("bad", "incomplete") else 0)
