"""The lists of answers and the tables of inventories, as Python sees them."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import KEY, NOW, REPOSITORY

import kmsguard

EXAMPLE = REPOSITORY / "tests" / "accounts" / "example"


@pytest.fixture(scope="module")
def inventory() -> kmsguard.Inventory:
    return kmsguard.Inventory.read(EXAMPLE)


def test_rows_are_a_list_that_cannot_be_changed(inventory: kmsguard.Inventory) -> None:
    uses = inventory.uses
    assert isinstance(uses, kmsguard.Rows) and len(uses) > 2
    assert list(uses) == [uses[place] for place in range(len(uses))]
    assert uses[-1] is list(uses)[-1] and uses[0] in uses
    assert uses.index(uses[1]) == 1 and uses.count(uses[1]) == 1
    assert list(reversed(uses)) == list(uses)[::-1]
    assert tuple(uses[1:]) == tuple(uses)[1:] and isinstance(uses[1:], kmsguard.Rows)
    with pytest.raises(AttributeError):
        uses.extra = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        kmsguard.Rows()
    with pytest.raises(IndexError):
        uses[len(uses)]


def test_rows_are_equal_to_rows_and_to_tuples_of_the_same(inventory: kmsguard.Inventory) -> None:
    answer = inventory.inventory(now=NOW)
    assert answer.keys == inventory.keys == tuple(inventory.keys)
    assert hash(answer.keys) == hash(inventory.keys)
    assert answer.keys != answer.deployments and answer.keys != list(inventory.keys)
    assert kmsguard.crn(KEY, now=NOW).crns[0].problems == ()


def test_rows_are_copied_and_pickled(inventory: kmsguard.Inventory) -> None:
    for rows in (inventory.keys, inventory.audit(now=NOW).findings):
        assert pickle.loads(pickle.dumps(rows)) == rows
        assert copy.deepcopy(rows) == rows


def test_rows_as_plain_data(inventory: kmsguard.Inventory) -> None:
    findings = inventory.audit(now=NOW).findings
    assert findings.to_list() == [finding.to_dict() for finding in findings]
    assert findings.to_list() is not findings.to_list()
    assert findings.to_json().rstrip("\n") in inventory.audit(now=NOW).to_json()


def test_texts_are_rows_too(inventory: kmsguard.Inventory) -> None:
    resources = inventory.audit(now=NOW).findings[0].resources
    assert isinstance(resources, kmsguard.Rows) and ", ".join(resources)
    assert resources == tuple(resources) and resources.to_list() == list(resources)


def test_nothing_is_made_before_one_looks(inventory: kmsguard.Inventory) -> None:
    rows = kmsguard.Inventory.read(EXAMPLE).keys
    assert callable(rows._source) and rows._made is None
    assert len(rows) > 0
    assert not callable(rows._source) and rows._made is None
    assert rows[0] is rows[0] and rows._made is not None


def test_many_threads_look_at_one_answer(inventory: kmsguard.Inventory) -> None:
    audit = inventory.audit(now=NOW)
    expected = [finding.to_dict() for finding in inventory.audit(now=NOW).findings]
    rows = kmsguard.Inventory.read(EXAMPLE)

    def look(_: int) -> tuple[bool, int, object]:
        same = [finding.to_dict() for finding in audit.findings] == expected
        return same, len(list(rows.uses)), rows.keys

    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(look, range(64)))
    assert {(same, count) for same, count, _ in seen} == {(True, len(inventory.uses))}
    assert len({id(keys) for _, _, keys in seen}) == 1


def test_patterns_take_rows_for_sequences(inventory: kmsguard.Inventory) -> None:
    match inventory.keys:
        case [kmsguard.KeyReport() as first, *_]:
            assert first is inventory.keys[0]
        case _:
            pytest.fail("no match")
