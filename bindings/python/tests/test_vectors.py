"""The cases of ``tests/vectors``: what every door must answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping

import pytest
from conftest import REPOSITORY, TARGET

import kmsguard

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
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _audit(request: Mapping[str, Any]) -> kmsguard.AuditAnswer:
    request = dict(request)
    return _inventory(request).audit(**request)


OPERATIONS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {"audit": _audit, "crn": _crn}


def _cases() -> Iterator[Any]:
    for path in sorted(VECTORS.glob("*/*.json")):
        operation = path.parent.name
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            yield pytest.param(operation, case, id=f"{operation}/{path.stem}: {case['name']}")


def _answers() -> dict[tuple[str, str], str]:
    if not ANSWERS.exists():
        return {}
    lines = map(json.loads, ANSWERS.read_text(encoding="utf-8").splitlines())
    return {(line["operation"], line["case"]): line["json"] for line in lines}


OTHERS = _answers()


@pytest.mark.parametrize(("operation", "case"), list(_cases()))
def test_case(operation: str, case: Mapping[str, Any]) -> None:
    assert operation in OPERATIONS, f"no test knows how to ask `{operation}`"
    answer = OPERATIONS[operation](case["request"])
    expect(case["expect"], answer.to_dict(), "")
    other = OTHERS.get((operation, case["name"]))
    if other is not None:
        assert answer.to_json() == other


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
