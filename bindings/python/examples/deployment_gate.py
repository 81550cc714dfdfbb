"""A gate in a pipeline: whether a deployment may go out with the key it names.

    python deployment_gate.py EXPORTS SOURCE KEY

SOURCE is the CRN of the deployment, or SERVICE@ACCOUNT for one that is not made yet.

It goes out if the key's CRN is right, if an authorization lets the service use that key, and if nothing about that key is worse than
medium. What cannot be decided stops it too, with the command that makes the export that would settle it.
"""

from __future__ import annotations

import sys

import kmsguard


def objections(exports: str, source: str, key: str, now: kmsguard.Moment | None = None) -> list[str]:
    """Everything that stands against the deployment, a line each."""
    report = kmsguard.crn(key, require="key").crns[0]
    if not report.ok:
        return [f"{problem.code}: {problem.message}" for problem in report.problems if problem.severity == "error"]
    told: list[str] = []
    inventory = kmsguard.Inventory.read(exports)
    decided = inventory.authz(source=source, key=key, now=now)
    for decision in decided.decisions:
        if decision.verdict == "not-covered":
            told += [f"{source} may not use the key: {missing.text}" for missing in decision.missing]
        elif decision.verdict == "unknown":
            told += [f"whether {source} may use the key is open: {need.why} {need.command or ''}" for need in decision.unknown]
    if not decided.decisions:
        told.append(f"no export shows the key, or {source}")
    audit = inventory.audit(fail_on="high", now=now)
    told += [f"{problem.code}: {problem.message}" for problem in audit.problems if problem.severity == "error"]
    told += [
        f"{finding.severity} {finding.rule}: {finding.message}"
        for finding in audit.findings
        if finding.key == key and finding.severity in ("critical", "high") and finding.suppressed is None
    ]
    return told


def main(arguments: list[str]) -> int:
    """The exit code: 1 where something stands against it, 2 where the question is none."""
    exports, source, key = arguments
    try:
        told = objections(exports, source, key)
    except kmsguard.KmsguardError as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(told) or "nothing stands against it")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
