"""Reports, read by those who will read them: a schema of SARIF, a parser of JUnit, a reader of CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Iterator
from xml.etree import ElementTree

import pytest
from conftest import REPOSITORY, TARGET
from jsonschema import Draft7Validator
from junitparser import Error, Failure, JUnitXml, Skipped

import kmsguard

ACCOUNTS = REPOSITORY / "tests" / "accounts"
SAMPLES = TARGET / "vectors" / "reports.jsonl"
SAMPLES_OF_IMPACT = TARGET / "vectors" / "reports-of-impact.jsonl"
SAMPLES_OF_MIGRATE = TARGET / "vectors" / "reports-of-migrate.jsonl"
NOW = "2026-11-21T12:00:00Z"
AUDIT_COLUMNS = (
    "fingerprint,severity,rule,name,account,account_name,owner,key,key_name,resource,resource_name,message,fix,first_input"
).split(",")


def _samples(format: str) -> Iterator[Any]:
    """What the core's own tests wrote of hostile names and any findings, and the accounts of the repository."""
    if SAMPLES.exists():
        for number, line in enumerate(SAMPLES.read_text(encoding="utf-8").splitlines()):
            sample = json.loads(line)
            if sample["format"] == format:
                yield pytest.param(sample["text"], sample, id=f"sample-{number}")
    for account in ("clean", "example"):
        inventory = kmsguard.Inventory.read(ACCOUNTS / account)
        answer = inventory.audit(now=NOW)
        number = len(answer.findings)
        text = inventory.report("audit", format, now=NOW)  # type: ignore[call-overload]
        yield pytest.param(text, {"findings": number, "standing": number}, id=account)


def _samples_of_impact(format: str) -> Iterator[Any]:
    """What the core's own tests wrote of hostile names, and what deleting a key of the example account does."""
    if SAMPLES_OF_IMPACT.exists():
        for number, line in enumerate(SAMPLES_OF_IMPACT.read_text(encoding="utf-8").splitlines()):
            sample = json.loads(line)
            if sample["format"] == format:
                yield pytest.param(sample["text"], sample, id=f"impact-{number}")
    inventory = kmsguard.Inventory.read(ACCOUNTS / "example")
    actions = [{"kind": "delete-key", "target": "payments"}]
    text = inventory.report("impact", format, actions=actions, now=NOW)  # type: ignore[call-overload]
    yield pytest.param(text, {}, id="impact-example")


def _samples_of_migrate(format: str) -> Iterator[Any]:
    """What the core's own tests wrote of hostile names, and an account without anything to move."""
    if SAMPLES_OF_MIGRATE.exists():
        for number, line in enumerate(SAMPLES_OF_MIGRATE.read_text(encoding="utf-8").splitlines()):
            sample = json.loads(line)
            if sample["format"] == format:
                yield pytest.param(sample["text"], sample, id=f"migrate-{number}")
    text = kmsguard.Inventory.read(ACCOUNTS / "example").report("migrate", format, now=NOW)  # type: ignore[call-overload]
    yield pytest.param(text, {}, id="migrate-example")


SCHEMA = Draft7Validator(json.loads((REPOSITORY / "tests" / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(("text", "sample"), list(_samples("sarif")))
def test_sarif(text: str, sample: Any) -> None:
    log = json.loads(text)
    faults = [f"{fault.json_path}: {fault.message}" for fault in SCHEMA.iter_errors(log)]
    assert not faults, faults[:5]
    assert sum(len(run["results"]) for run in log["runs"]) == sample["findings"]


def test_the_schema_of_sarif_refuses_what_is_wrong() -> None:
    assert list(SCHEMA.iter_errors({"version": "2.1.0", "runs": [{"results": [{"message": {"text": "x"}}]}]}))


@pytest.mark.parametrize(("text", "sample"), list(_samples("junit")))
def test_junit(text: str, sample: Any) -> None:
    suites = JUnitXml.fromstring(text.encode())
    cases = [case for suite in suites for case in suite]
    results = [result for case in cases for result in case.result]
    of = {kind: sum(isinstance(result, kind) for result in results) for kind in (Failure, Error, Skipped)}
    assert (suites.tests, suites.failures, suites.errors, suites.skipped) == (len(cases), of[Failure], of[Error], of[Skipped])
    for suite in suites:
        own = list(suite)
        assert suite.tests == len(own)
        assert suite.failures == sum(isinstance(result, Failure) for case in own for result in case.result)
    assert of[Failure] >= sample["standing"]


@pytest.mark.parametrize(("text", "sample"), list(_samples("csv")))
def test_csv(text: str, sample: Any) -> None:
    head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == AUDIT_COLUMNS
    assert len(rows) == sample["standing"]
    assert all(len(row) == len(head) for row in rows)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(("text", "sample"), [*_samples("svg"), *_samples_of_impact("svg")])
def test_svg(text: str, sample: Any) -> None:
    """The picture is XML, and says in words what it shows."""
    picture = ElementTree.fromstring(text)
    space = "{http://www.w3.org/2000/svg}"
    assert picture.tag == f"{space}svg"
    ids = {element.get("id"): element for element in picture}
    labels = (picture.get("aria-labelledby") or "").split()
    assert labels and all(ids[label].text for label in labels)
    assert not [element for element in picture.iter() if element.tag == f"{space}script"]


@pytest.mark.parametrize(
    ("text", "sample"), [*_samples("markdown"), *_samples_of_impact("markdown"), *_samples_of_migrate("markdown")]
)
def test_markdown(text: str, sample: Any) -> None:
    assert len(text) < 60_000
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in tables)
