"""Documents that people and programs write: each has a JSON Schema, and real ones are what it says."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, Iterator, Mapping

import pytest
from conftest import REPOSITORY, TARGET
from schemas import SCHEMAS, validator

VECTORS = REPOSITORY / "tests" / "vectors"
MANIFEST = "kmsguard-export.json"


def _cases() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted(VECTORS.glob("*/*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            yield path.parent.name, case


def _asked(operation: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked, without the exports that stand beside it in a case."""
    request = {name: value for name, value in given.items() if name not in ("inputs", "named")}
    if operation == "report":
        kind, format = request.pop("kind"), request.pop("format")
        return {"kind": kind, "format": format, "request": request}
    return request


def _is_accepted(case: Mapping[str, Any]) -> bool:
    """Whether what is asked is right in all its parts: what is refused may be refused for its shape, and a malformed suppression is
    told and passed over."""
    return "request_error" not in case["expect"] and '"malformed"' not in json.dumps(case["expect"])


def _configurations(malformed: bool = False) -> list[Mapping[str, Any]]:
    cases = [case for _, case in _cases() if "config" in case["request"] and "request_error" not in case["expect"]]
    return [case["request"]["config"] for case in cases if _is_accepted(case) != malformed]


def test_every_schema_is_of_a_document_that_is_held_against_it() -> None:
    operations = {operation for operation, _ in _cases()}
    answers = {name if name in ("baseline", "snapshot") else f"{name}-answer" for name in operations - {"report"}}
    requests = {f"{name}-request" for name in operations}
    known = {path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.schema.json")}
    assert known == answers | requests | {"configuration", "manifest"}


def test_what_is_asked_is_what_the_schema_of_the_request_says() -> None:
    held = 0
    for operation, case in _cases():
        if _is_accepted(case):
            validator(f"{operation}-request").validate(_asked(operation, case["request"]))
            held += 1
    assert held > 1000


def test_configurations_are_what_their_schema_says() -> None:
    accepted, malformed = _configurations(), _configurations(malformed=True)
    assert len(accepted) > 5 and len(malformed) > 5
    for config in accepted:
        validator("configuration").validate(config)
    # That a rule is none, or a pattern, its shape does not tell.
    assert sum(not validator("configuration").is_valid(config) for config in malformed) >= 5


def test_a_key_that_a_configuration_has_not_is_refused_by_its_schema_too() -> None:
    given = max(_configurations(), key=lambda config: len(json.dumps(config, default=str)))
    assert not list(validator("configuration").iter_errors(given))
    for place in ((), ("rules",), ("windows",)):
        config = copy.deepcopy(dict(given))
        inner: Any = config
        for name in place:
            inner = inner.setdefault(name, {})
        inner["seletc"] = []
        assert list(validator("configuration").iter_errors(config)), place


def _manifests() -> list[Path]:
    """Those of the accounts, and those that the script of `collect` has written, once its own tests have run."""
    accounts = sorted((REPOSITORY / "tests" / "accounts").glob(f"*/{MANIFEST}"))
    return accounts + sorted((TARGET / "vectors" / "manifests").glob("*.json"))


@pytest.mark.parametrize("path", _manifests(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_manifests_are_what_their_schema_says(path: Path) -> None:
    manifest = json.loads(path.read_text(encoding="utf-8"))
    validator("manifest").validate(manifest)
    assert manifest["calls"], "a manifest without a call shows nothing"
    del manifest["calls"][0]["kind"]
    assert list(validator("manifest").iter_errors(manifest)), "a call without a kind is none"
