"""The audit in Spark is that of one machine, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from kmsguard import AuditAnswer, Inventory
from kmsguard.spark import Audit, audit
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from made_accounts import Export, made

NOW = "2026-11-21T12:00:00Z"
REPOSITORY = Path(__file__).resolve().parents[2]


def table(session: SparkSession, exports: list[Export]) -> DataFrame:
    rows = [(export.account, export.name, None if export.data is None else bytearray(export.data)) for export in exports]
    return session.createDataFrame(rows, "account string, path string, content binary").repartition(3)


def alone(exports: list[Export]) -> str:
    """What one machine says."""
    inputs = ((export.name, export.data or b"", export.data is None) for export in exports)
    return Inventory._of_inputs(inputs).audit(now=NOW).to_json()


def groups(found: Audit) -> dict[str, int]:
    """How many inputs each group has."""
    return {row["group"]: row["count"] for row in found.inputs.groupBy("group").count().collect()}


@pytest.mark.parametrize(
    ("seed", "shared", "missing"),
    [
        pytest.param(1, 0.0, 0.0, id="accounts that share nothing, one of them large"),
        pytest.param(2, 0.08, 0.0, id="some accounts share a key"),
        pytest.param(3, 0.03, 0.1, id="exports are missing"),
    ],
)
def test_many_accounts(session: SparkSession, seed: int, shared: float, missing: float) -> None:
    exports = made(seed, 25, shared=shared, missing=missing, damaged=0.0)
    found = audit(table(session, exports), now=NOW)
    assert found.answer().to_json() == alone(exports)
    sizes = groups(found)
    assert len(sizes) == 25 if shared == 0.0 else 1 < len(sizes) < 25
    found.unpersist()


def test_a_corrupt_export_is_a_problem_and_loses_no_other(session: SparkSession) -> None:
    exports = made(4, 10, shared=0.0, missing=0.0, damaged=0.0)
    place = next(place for place, export in enumerate(exports) if export.name.endswith("/registrations.json") and place > 5)
    broken = exports[place]
    assert broken.data is not None
    damaged = [*exports[:place], Export(broken.account, broken.name, b'{"resources":[{"id":"\xff'), *exports[place + 1 :]]
    damaged.append(Export(broken.account, "exports/unread.json", None))
    found = audit(table(session, damaged), now=NOW)
    answer = found.answer()
    assert answer.to_json() == alone(damaged)
    assert answer.outcome == "incomplete"
    assert {problem.input for problem in answer.problems if problem.severity == "error"} == {broken.name, "exports/unread.json"}
    assert _of_keys_elsewhere(answer, broken.account) == _of_keys_elsewhere(Inventory._of_inputs(_whole(exports)).audit(now=NOW), broken.account)
    found.unpersist()


def _of_keys_elsewhere(answer: AuditAnswer, account: str | None) -> list[str]:
    """What is found about the keys of other accounts."""
    found = [one.fingerprint for one in answer.findings if one.account != account and one.rule.startswith(("KEY", "SHARE"))]
    assert found
    return found


def test_a_list_of_keys_that_is_missing_is_told(session: SparkSession) -> None:
    exports = made(8, 5, shared=0.0, missing=0.0, damaged=0.0)
    kept = [export for export in exports if not (export.account == exports[0].account and export.name.endswith("/keys.json"))]
    assert len(kept) < len(exports)
    found = audit(table(session, kept), now=NOW)
    assert [row["group"] for row in found.strays.collect()] == [exports[0].account]
    others = Inventory._of_inputs(_whole([export for export in kept if export.account != exports[0].account])).audit(now=NOW)
    assert [finding for finding in found.answer().findings if finding.account != exports[0].account] == list(others.findings)
    found.unpersist()


def _whole(exports: list[Export]) -> list[tuple[str, bytes, bool]]:
    return [(export.name, export.data or b"", False) for export in exports]


def test_a_use_from_another_account_keeps_its_plan_and_its_resource_group(session: SparkSession) -> None:
    exports = made(5, 10, shared=0.5, missing=0.0, damaged=0.0)
    found = audit(table(session, exports), now=NOW)
    rows = found.findings.where(F.col("rule") == "SHARE002").collect()
    assert rows
    for row in rows:
        accounts = {crn.split("a/")[1][:32] for crn in json.loads(row["json"])["resources"]}
        assert len(accounts) > 1 and row["account"] == row["key"].split("a/")[1][:32]
    found.unpersist()


def test_a_file_of_nobody_belongs_to_the_accounts_that_it_names(session: SparkSession) -> None:
    exports = made(6, 6, shared=0.0, missing=0.0, damaged=0.0)
    place = next(place for place, export in enumerate(exports) if export.name.endswith("/keys.json"))
    account = exports[place].account
    exports[place] = Export(None, exports[place].name, exports[place].data)
    found = audit(table(session, exports), now=NOW)
    assert found.answer().to_json() == alone(exports)
    assert len(groups(found)) == 6 and account in groups(found)
    found.unpersist()


@pytest.mark.parametrize("name", ["example", "clean"])
def test_the_accounts_of_the_repository(session: SparkSession, name: str) -> None:
    folder = REPOSITORY / "tests" / "accounts" / name
    files = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(folder.as_uri())
    # One account is enough to have all of them in one group.
    of = F.lit("0123456789abcdef0123456789abcdef")
    exports = files.withColumn("account", of).withColumn("path", F.regexp_replace("path", "^file:/+", "/"))
    found = audit(exports, now=NOW)
    assert found.answer().to_json() == Inventory.read(str(folder)).audit(now=NOW).to_json()
    found.unpersist()


def test_nothing_is_an_answer_too(session: SparkSession) -> None:
    found = audit(table(session, []), now=NOW)
    assert found.answer().to_json() == alone([])
    found.unpersist()
