"""Answers: frozen, lazy, and the core's own bytes."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import datetime, timedelta, timezone

import pytest
from conftest import KEY, NOW

import kmsguard


def test_json_is_one_line_that_says_what_the_attributes_say() -> None:
    answer = kmsguard.crn("?", now=NOW)
    text = answer.to_json()
    assert text.endswith("}\n") and text.count("\n") == 1
    assert json.loads(text) == answer.to_dict()
    assert text.startswith('{"schema_version":1,"tool":{"name":"kmsguard","version":"')
    assert answer.tool.version == kmsguard.__version__


def test_json_of_a_part_is_the_part_of_the_json() -> None:
    answer = kmsguard.crn("crn:v1:„\\\u0001\x7f\"", now=NOW)
    assert answer.crns[0].to_json().rstrip("\n") in answer.to_json()


def test_dictionaries_are_the_callers() -> None:
    answer = kmsguard.crn(KEY, now=NOW)
    for made in (answer.to_dict(), answer.crns[0].to_dict()):
        made.clear()
    assert answer.outcome == "fine" and answer.crns[0].ok


def test_nothing_is_read_before_one_looks() -> None:
    answer = kmsguard.crn(KEY, now=NOW)
    assert "_data" not in {name for name in ("_data", "_made") if _is_set(answer, name)}
    assert answer.outcome == "fine"
    assert _is_set(answer, "_data") and answer.crns is answer.crns


def _is_set(answer: kmsguard.CrnAnswer, name: str) -> bool:
    try:
        object.__getattribute__(answer, name)
    except AttributeError:
        return False
    return True


def test_answers_are_frozen() -> None:
    answer = kmsguard.crn(KEY, now=NOW)
    for record, name in ((answer, "outcome"), (answer.crns[0], "ok"), (answer, "new")):
        with pytest.raises(AttributeError):
            setattr(record, name, "x")
        with pytest.raises(AttributeError):
            delattr(record, name)


def test_equal_answers_are_equal() -> None:
    one, other = kmsguard.crn(KEY, now=NOW), kmsguard.crn(KEY, now=NOW)
    assert one == other and hash(one) == hash(other) and one.crns == other.crns
    assert hash(one.crns[0]) == hash(other.crns[0])
    assert one != kmsguard.crn("?", now=NOW) and one != KEY


def test_copies_and_pickles() -> None:
    answer = kmsguard.crn([KEY, "?"], now=NOW)
    for record in (answer, answer.crns[0], kmsguard.Crn.parse(KEY)):
        assert pickle.loads(pickle.dumps(record)) == record
        assert copy.deepcopy(record) == record


def test_repr_names_the_type_and_its_fields() -> None:
    answer = kmsguard.crn(["?"] * 5, now=NOW)
    assert repr(answer.tool) == f"Tool(name='kmsguard', version={kmsguard.__version__!r})"
    assert "… 2 more)" in repr(answer)
    assert repr(kmsguard.Crn.parse(KEY)) == f"Crn({KEY!r})"


def test_patterns() -> None:
    answer = kmsguard.crn(KEY, now=NOW)
    match answer:
        case kmsguard.CrnAnswer(outcome="fine", crns=(kmsguard.CrnReport(kind=kind),)):
            assert kind == "kms-key"
        case _:
            pytest.fail("no match")


def test_now() -> None:
    def now(given: str | datetime | None) -> str:
        return kmsguard.crn(KEY, now=given).now

    assert now("2026-11-21T12:00:00+02:00") == "2026-11-21T10:00:00Z"
    assert now(datetime(2026, 11, 21, 12, 0, 0, 999_999, tzinfo=timezone.utc)) == NOW
    assert now(datetime(2026, 11, 21, 14, 0, tzinfo=timezone(timedelta(hours=2)))) == NOW
    before = datetime.now(timezone.utc).replace(microsecond=0)
    taken = datetime.fromisoformat(now(None).replace("Z", "+00:00"))
    assert before <= taken <= datetime.now(timezone.utc)


@pytest.mark.parametrize("now", ["yesterday", "2026-11-21T12:00:00", datetime(2026, 11, 21, 12)])
def test_a_moment_without_a_zone_is_misuse(now: str | datetime) -> None:
    with pytest.raises(kmsguard.KmsguardError, match="is not a moment"):
        kmsguard.crn(KEY, now=now)


def test_misuse_is_raised() -> None:
    with pytest.raises(kmsguard.KmsguardError, match="`nope`") as caught:
        kmsguard.crn(KEY, require="nope", now=NOW)  # type: ignore[arg-type]
    assert "line" not in caught.value.message
    assert pickle.loads(pickle.dumps(caught.value)).code == caught.value.code
