"""The cases of ``tests/vectors``: what every door must answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping

import pytest
from conftest import REPOSITORY, TARGET
from jsonschema import Draft202012Validator
from schemas import validator

import kmsguard
from kmsguard._record import Record

VECTORS = REPOSITORY / "tests" / "vectors"
ANSWERS = TARGET / "vectors" / "answers.jsonl"


def _crn(request: Mapping[str, Any]) -> kmsguard.CrnAnswer:
    request = dict(request)
    return kmsguard.crn(request.pop("texts"), **request)


def _inventory(request: dict[str, Any]) -> kmsguard.Inventory:
    """Takes the inputs out of a request: raw text is as it is, everything else is written as JSON."""
    named = request.pop("named", True)
    documents = request.pop("inputs").items()
    texts = {name: data if isinstance(data, str) else _json(data) for name, data in documents}
    return kmsguard.Inventory._of_inputs((name, text, named) for name, text in texts.items())


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _audit(request: Mapping[str, Any]) -> kmsguard.AuditAnswer:
    request = dict(request)
    return _inventory(request).audit(**request)


def _baseline(request: Mapping[str, Any]) -> kmsguard.Baseline:
    request = dict(request)
    return _inventory(request).baseline(**request)


def _diff(request: Mapping[str, Any]) -> kmsguard.DiffAnswer:
    return kmsguard.diff(**request)


def _read(request: Mapping[str, Any]) -> kmsguard.InventoryAnswer:
    request = dict(request)
    return _inventory(request).inventory(**request)


def _authz(request: Mapping[str, Any]) -> kmsguard.AuthzAnswer:
    request = dict(request)
    return _inventory(request).authz(**request)


def _tighten(request: Mapping[str, Any]) -> kmsguard.TightenAnswer:
    request = dict(request)
    return _inventory(request).tighten(**request)


def _impact(request: Mapping[str, Any]) -> kmsguard.ImpactAnswer:
    request = dict(request)
    return _inventory(request).impact(**request)


def _migrate(request: Mapping[str, Any]) -> kmsguard.MigrateAnswer:
    request = dict(request)
    return _inventory(request).migrate(**request)


def _plan(request: Mapping[str, Any]) -> kmsguard.PlanAnswer:
    request = dict(request)
    inventory = _inventory(request) if "inputs" in request else None
    return kmsguard.plan(inventory=inventory, **request)


def _policy(request: Mapping[str, Any]) -> kmsguard.PolicyAnswer:
    return kmsguard.policy(**request)


def _snapshot(request: Mapping[str, Any]) -> kmsguard.Snapshot:
    request = dict(request)
    return _inventory(request).snapshot(**request)


class _Report:
    """A report that is JSON stands for itself, any other as the member of an object."""

    def __init__(self, format: str, text: str) -> None:
        other = json.dumps({"format": format, "text": text}, ensure_ascii=False, separators=(",", ":")) + "\n"
        self._json = text if format in ("json", "sarif") else other

    def to_json(self) -> str:
        return self._json

    def to_dict(self) -> Any:
        return json.loads(self._json)


def _report(request: Mapping[str, Any]) -> _Report:
    request = dict(request)
    inventory = _inventory(request)
    kind, format = request.pop("kind"), request.pop("format")
    return _Report(format, inventory.report(kind, format, **request))


OPERATIONS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "audit": _audit,
    "authz": _authz,
    "baseline": _baseline,
    "crn": _crn,
    "diff": _diff,
    "impact": _impact,
    "inventory": _read,
    "migrate": _migrate,
    "plan": _plan,
    "policy": _policy,
    "report": _report,
    "tighten": _tighten,
    "snapshot": _snapshot,
}


def _cases() -> Iterator[Any]:
    for path in sorted(VECTORS.glob("*/*.json")):
        operation = path.parent.name
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            name = f"{operation}/{path.stem}: {case['name']}"
            yield pytest.param(operation, name, case, id=name)


def _answers() -> dict[str, str]:
    """What the crate answers to each case, once its own tests have run."""
    if not ANSWERS.exists():
        return {}
    lines = map(json.loads, ANSWERS.read_text(encoding="utf-8").splitlines())
    return {line["case"]: line["json"] for line in lines}


OF_THE_CRATE = _answers()


@pytest.mark.parametrize(("operation", "name", "case"), list(_cases()))
def test_case(operation: str, name: str, case: Mapping[str, Any]) -> None:
    assert operation in OPERATIONS, f"no test knows how to ask `{operation}`"
    if "request_error" in case["expect"]:
        with pytest.raises(kmsguard.KmsguardError) as raised:
            OPERATIONS[operation](case["request"])
        error = raised.value
        told = {"code": error.code, "help": error.help, "message": error.message}
        expect(case["expect"], {"request_error": told}, "")
        if name in OF_THE_CRATE:
            assert _json({"request_error": told}) == OF_THE_CRATE[name]
        return
    answer = OPERATIONS[operation](case["request"])
    expect(case["expect"], answer.to_dict(), "")
    if name in OF_THE_CRATE:
        assert answer.to_json() == OF_THE_CRATE[name]
    if operation == "report":
        return
    assert look_everywhere(answer) > 0
    # A snapshot and a baseline are documents of their own, kept in files.
    validator(operation if operation in ("baseline", "snapshot") else f"{operation}-answer").validate(answer.to_dict())


@pytest.mark.parametrize("path", sorted(VECTORS.glob("*/*.json")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_file_of_cases(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    schema = json.loads((VECTORS / "cases.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(document)
    names = [case["name"] for case in document["cases"]]
    assert len(names) == len(set(names)), "two cases have one name"


def look_everywhere(value: Any) -> int:
    """Looks at every attribute, so that the types know every shape an answer has; counts what it saw."""
    if isinstance(value, Record):
        return 1 + sum(look_everywhere(getattr(value, name)) for name in value._fields)
    if isinstance(value, (tuple, kmsguard.Rows)):
        return sum(map(look_everywhere, value))
    if isinstance(value, Mapping):
        return sum(map(look_everywhere, value.values()))
    return 1


def expect(expected: Any, actual: Any, place: str) -> None:
    """Whether all that is expected is there; objects may hold more."""
    if isinstance(expected, dict):
        assert isinstance(actual, dict), f"{place}: {actual!r} is no object"
        for name, value in expected.items():
            assert name in actual, f"{place}/{name} is missing"
            expect(value, actual[name], f"{place}/{name}")
    elif isinstance(expected, list):
        assert isinstance(actual, list), f"{place}: {actual!r} is no list"
        assert len(actual) == len(expected), f"{place}: {len(actual)} elements, not {len(expected)}: {actual!r}"
        for index, value in enumerate(expected):
            expect(value, actual[index], f"{place}/{index}")
    else:
        same = type(expected) is type(actual) and expected == actual
        assert same, f"{place}: {actual!r}, not {expected!r}"
