"""The answers of audits of groups of accounts, taken apart into rows and put together as the answer of one audit."""

from __future__ import annotations

import json
from typing import Any, Callable, Collection, Iterable, NamedTuple, Sequence

from ._inventory import Inventory
from ._types import AuditAnswer

_SEVERITIES = ("critical", "high", "medium", "low", "info")
_DECISIVE = ("AUTH001", "AUTH002")
_WHOLE = ("inputs", "problems")


class Part(NamedTuple):
    """A row: a finding, an undecided rule, a problem, an input, a label, or the rest of an answer, its ``head``.

    Of a head ``key`` is the first KMS instance whose registrations are missing, ``message`` is ``open`` if it matters to the group
    that another group has one, and ``severity`` is ``stray`` if the group has ids of keys that are in none of its lists.
    """

    part: str
    json: str
    rule: str | None = None
    severity: str | None = None
    account: str | None = None
    key: str | None = None
    message: str | None = None
    fingerprint: str | None = None


def parts_of(inputs: Sequence[tuple[str, bytes, bool]], now: str, of_any: Collection[str], again: bool) -> list[Part]:
    """The audit of a group. ``of_any`` are the rules that ask whether the registrations of any KMS instance are missing; ``again``,
    whether only what they say is wanted."""
    answer = Inventory._of_inputs(inputs).audit(now=now).to_dict()
    parts: list[Part] = []
    for finding in answer.pop("findings"):
        if not again or finding["rule"] in of_any:
            named = {name: finding.get(name) for name in ("rule", "severity", "account", "key", "message", "fingerprint")}
            parts.append(Part("finding", _written(finding), **named))
    unread: list[str] = []
    stray = False
    for one in answer.pop("undetermined"):
        stray = stray or any(need["name"] == "kms-keys" and "of" not in need for need in one["needs"])
        unread.extend(need["of"] for need in one["needs"] if need["name"] == "kms-registrations" and "of" in need)
        if not again or one["rule"] in of_any:
            parts.append(Part("undetermined", _written(one), rule=one["rule"]))
    if again:
        return parts
    for name in _WHOLE:
        parts.extend(Part(name[:-1], _written(one), message=one.get("message")) for one in answer.pop(name))
    parts.extend(Part("label", _written([crn, label])) for crn, label in answer.pop("labels").items())
    # An authorization on Hyper Protect Crypto Services of which nothing is said may be one that is undecided; compressed files tell
    # nothing here.
    may_say = any(b"hs-crypto" in data or data[:1] in (b"\x1f", b"\xff", b"\xfe") for _, data, _ in inputs)
    is_open = may_say or any(part.rule in of_any for part in parts)
    told = {"message": "open" if is_open else None, "severity": "stray" if stray else None}
    parts.append(Part("head", _written(answer), key=min(unread, default=None), **told))
    return parts


def kms_instance(crn: str) -> bytes:
    """A list of service instances with a KMS instance alone: one of another group whose registrations are missing there."""
    named = {"id": crn, "guid": crn.split(":")[7], "crn": crn, "name": "", "account_id": crn.split(":")[6][2:]}
    record = {**named, "resource_plan_id": "", "resource_group_id": "", "state": "active", "type": "service_instance"}
    return _written({"rows_count": 1, "next_url": None, "resources": [record]}).encode()


def answer_of(parts: Iterable[Part], now: str) -> AuditAnswer:
    """The answer that one audit of all exports gives."""
    answer: dict[str, Any] = Inventory._of_inputs([]).audit(now=now).to_dict()
    of: dict[str, list[Any]] = {name: [] for name in ("finding", "undetermined", "problem", "input", "label", "head")}
    for part in parts:
        of[part.part].append(json.loads(part.json))
    findings = sorted(of["finding"], key=_order)
    answer["inputs"] = sorted(of["input"], key=lambda one: one["name"])
    named = {crn for one in findings for crn in (one.get("key"), *one["resources"])}
    answer["labels"] = {crn: label for crn, label in sorted(of["label"]) if crn in named}
    answer["checked"] = sorted({*answer["checked"], *(rule for head in of["head"] for rule in head["checked"])})
    answer["findings"] = findings
    answer["undetermined"] = _undetermined(of["undetermined"])
    answer["problems"] = sorted(of["problem"], key=lambda one: one.get("input", ""))
    severities = [finding["severity"] for finding in findings]
    rules = [finding["rule"] for finding in findings]
    answer["summary"] = {
        "by_severity": {severity: severities.count(severity) for severity in _SEVERITIES},
        "by_rule": {rule: rules.count(rule) for rule in sorted(set(rules))},
        "suppressed": 0,
    }
    answer["outcome"] = _outcome([head["outcome"] for head in of["head"]], severities, answer["undetermined"])
    return AuditAnswer._read(_written(answer) + "\n")


def _order(finding: dict[str, Any]) -> tuple[Any, ...]:
    """By severity, rule, account, key, first resource; what has none of them stands first."""
    first = next(iter(finding["resources"]), None)
    texts = (finding.get("account"), finding.get("key"), first)
    optional = ((text is not None, text or "") for text in texts)
    return _SEVERITIES.index(finding["severity"]), finding["rule"], *optional, finding["fingerprint"]


def _undetermined(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A rule once, with all that would settle it anywhere."""
    by_rule: dict[str, list[dict[str, Any]]] = {}
    for one in groups:
        by_rule.setdefault(one["rule"], []).append(one)
    return [
        {
            "rule": rule,
            "needs": _distinct((need for one in of for need in one["needs"]), _need_order),
            "count": sum(one["count"] for one in of),
            "examples": sorted({example for one in of for example in one["examples"]})[:10],
        }
        for rule, of in sorted(by_rule.items())
    ]


def _need_order(need: dict[str, Any]) -> tuple[Any, ...]:
    optional = ((name in need, need.get(name, "")) for name in ("of", "why", "command", "role"))
    return need["kind"] == "export", need["name"], *optional


def _distinct(ones: Iterable[dict[str, Any]], order: Callable[[dict[str, Any]], tuple[Any, ...]]) -> list[dict[str, Any]]:
    found = {order(one): one for one in ones}
    return [found[key] for key in sorted(found)]


def _outcome(outcomes: Collection[str], severities: Collection[str], undetermined: Collection[dict[str, Any]]) -> str:
    if "incomplete" in outcomes:
        return "incomplete"
    if any(severity != "info" for severity in severities):
        return "bad"
    if any(one["rule"] in _DECISIVE for one in undetermined):
        return "unknown"
    return "empty" if set(outcomes) <= {"empty"} else "fine"


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
