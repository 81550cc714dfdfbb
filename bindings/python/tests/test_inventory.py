"""Inventories in Python."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import KEY, NOW, REPOSITORY

import kmsguard

ACCOUNT = "0123456789abcdef0123456789abcdef"


def _registrations(*services: str) -> dict[str, Any]:
    """As Key Protect lists what is registered to a key."""
    rows = [
        {
            "keyId": KEY.rsplit(":", 1)[1],
            "keyName": "the-key",
            "resourceCrn": f"crn:v1:bluemix:public:{service}:us-south:a/{ACCOUNT}:{place:08d}-0000-4000-8000-000000000000::",
            "createdBy": "IBMid-0",
            "creationDate": "2026-01-01T00:00:00Z",
            "lastUpdated": "2026-01-01T00:00:00Z",
            "keyVersion": {"id": KEY.rsplit(":", 1)[1], "creationDate": "2026-01-01T00:00:00Z"},
            "preventKeyDeletion": False,
        }
        for place, service in enumerate(services)
    ]
    return {
        "metadata": {"collectionType": "application/vnd.ibm.kms.registration+json", "collectionTotal": len(rows)},
        "resources": rows,
    }


def _keys() -> dict[str, Any]:
    """As Key Protect lists the keys of an instance."""
    row = {
        "type": "application/vnd.ibm.kms.key+json",
        "id": KEY.rsplit(":", 1)[1],
        "name": "the-key",
        "state": 1,
        "extractable": False,
        "crn": KEY,
        "keyRingID": "default",
        "imported": False,
        "algorithmType": "AES",
        "creationDate": "2026-01-01T00:00:00Z",
        "deleted": False,
    }
    return {
        "metadata": {"collectionType": "application/vnd.ibm.kms.key+json", "collectionTotal": 1},
        "resources": [row],
    }


def test_the_three_ways_to_read_answer_alike(tmp_path: Path) -> None:
    document = _registrations("cloudantnosqldb", "databases-for-postgresql")
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    path = tmp_path / "registrations.json"
    path.write_text(text, encoding="utf-8")
    by_bytes = kmsguard.Inventory.from_bytes({str(path): text.encode()}).audit(now=NOW)
    assert kmsguard.Inventory.read(path).audit(now=NOW) == by_bytes
    assert kmsguard.Inventory.from_bytes({str(path): text}).audit(now=NOW) == by_bytes
    by_object = kmsguard.Inventory.from_objects(document).audit(now=NOW)
    assert [given.name for given in by_object.inputs] == ["objects[0]"]
    assert by_object.to_json().replace("objects[0]", str(path)) == by_bytes.to_json()


def test_a_folder_is_named_by_its_relative_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "exports" / "one").mkdir(parents=True)
    (tmp_path / "exports" / "one" / "b.json").write_text(json.dumps(_registrations("cloudantnosqldb")))
    (tmp_path / "exports" / "notes.txt").write_text("nothing to see")
    monkeypatch.chdir(tmp_path)
    audit = kmsguard.Inventory.read("exports/").audit(now=NOW)
    assert [(given.name, given.kind) for given in audit.inputs][0] == ("exports/notes.txt", "other")
    assert [given.name for given in audit.inputs] == ["exports/notes.txt", "exports/one/b.json"]
    assert audit.problems == ()


def test_a_shared_key_is_found() -> None:
    registrations = _registrations("cloudantnosqldb", "databases-for-postgresql")
    audit = kmsguard.Inventory.from_objects(registrations, _keys()).audit(now=NOW)
    assert audit.outcome == "bad"
    assert "SHARE001" in {finding.rule for finding in audit.findings}
    finding = next(finding for finding in audit.findings if finding.rule == "SHARE001")
    assert len(finding.resources) == 2 and finding.key == KEY
    assert {evidence.input for evidence in finding.evidence} <= {"objects[0]", "objects[1]"}
    assert audit.labels[KEY].name == "the-key"
    assert audit.summary.by_rule["SHARE001"] == 1
    with pytest.raises(TypeError):
        audit.summary.by_rule["SHARE001"] = 2  # type: ignore[index]


def test_rules_are_chosen() -> None:
    inventory = kmsguard.Inventory.from_objects(_registrations("cloudantnosqldb", "databases-for-postgresql"), _keys())

    def rules(**options: Any) -> set[str]:
        return {finding.rule for finding in inventory.audit(now=NOW, **options).findings}

    assert rules(select="SHARE001") == rules(select=["SHARE"]) == {"SHARE001"}
    assert "SHARE001" not in rules(ignore=["SHARE001"])
    assert inventory.audit(select=["SHARE001"], fail_on="never", now=NOW).outcome == "fine"
    with pytest.raises(kmsguard.KmsguardError, match="`SHORE001`") as caught:
        inventory.audit(select=["SHORE001"], now=NOW)
    assert caught.value.code == "REQ005" and caught.value.help == "did you mean `SHARE001`?"


def test_an_example_account() -> None:
    inventory = kmsguard.Inventory.read(REPOSITORY / "tests" / "accounts" / "example")
    answer = inventory.inventory(now=NOW)
    assert answer.outcome == "fine"
    assert inventory.keys == answer.keys and inventory.keys is inventory.keys
    assert inventory.deployments == answer.deployments
    assert inventory.authorizations == answer.authorizations
    assert inventory.gaps == answer.gaps
    assert {use.resource for key in answer.keys for use in key.uses} <= {use.resource for use in inventory.uses}
    assert {key.instance for key in inventory.keys} <= set(answer.labels)


def test_who_may_use_which_key() -> None:
    inventory = kmsguard.Inventory.read(REPOSITORY / "tests" / "accounts" / "example")
    answer = inventory.authz(now=NOW)
    verdicts = [decision.verdict for decision in answer.decisions]
    summary = answer.summary
    assert [summary.covered, summary.not_covered, summary.unknown] == [
        verdicts.count(verdict) for verdict in ("covered", "not-covered", "unknown")
    ]
    key = answer.decisions[0].key
    assert {decision.key for decision in inventory.authz(key=key, now=NOW).decisions} == {key}


def test_tables_of_a_key_and_what_uses_it() -> None:
    inventory = kmsguard.Inventory.from_objects(_keys(), _registrations("cloudantnosqldb", "is"))
    (key,) = inventory.keys
    assert (key.crn, key.name, key.state, key.type, key.key_ring) == (KEY, "the-key", "active", "root", "default")
    assert [use.service for use in key.uses] == ["cloudantnosqldb", "is"]
    witness = inventory.uses[0].witnesses[0]
    assert (witness.kind, witness.input, witness.line) == ("registration", "objects[1]", 1)


def test_what_cannot_be_read_is_in_the_answer(tmp_path: Path) -> None:
    inventory = kmsguard.Inventory.read(tmp_path / "absent.json")
    audit = inventory.audit(now=NOW)
    assert audit.outcome == "incomplete" and audit.problems[0].severity == "error"
    assert inventory.audit(now=NOW, keep_going=True).outcome == "empty"
    assert kmsguard.Inventory.from_bytes({"cut.json": b'{"resources": ['}).audit(now=NOW).outcome == "incomplete"
    assert kmsguard.Inventory.read().audit(now=NOW).outcome == "empty"


def test_many_threads_ask_one_inventory() -> None:
    inventory = kmsguard.Inventory.from_objects(_registrations("cloudantnosqldb", "is"))
    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(lambda _: inventory.audit(now=NOW), range(32)))
    assert len(answers) == 1


def test_an_inventory_is_made_by_reading_and_never_changes() -> None:
    with pytest.raises(TypeError, match="Inventory.read"):
        kmsguard.Inventory()
    with pytest.raises(AttributeError):
        kmsguard.Inventory.read().extra = 1  # type: ignore[attr-defined]


def test_objects_that_are_no_json_are_misuse() -> None:
    with pytest.raises(TypeError):
        kmsguard.Inventory.from_objects({"resources": {1, 2}})
    with pytest.raises(ValueError):
        kmsguard.Inventory.from_objects([float("nan")])
