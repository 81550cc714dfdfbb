"""Tables and lists in columns: read by pyarrow, Polars, DuckDB and pandas, each without a helper."""

from __future__ import annotations

import json
import re
from typing import Any

import duckdb
import pandas  # type: ignore[import-untyped]
import polars
import pyarrow  # type: ignore[import-untyped]
import pytest
from conftest import NOW, REPOSITORY

import kmsguard
from kmsguard._record import Record

EXAMPLE = kmsguard.Inventory.read(REPOSITORY / "tests" / "accounts" / "example")
ANSWERS: dict[str, kmsguard.Answer] = {
    "audit": EXAMPLE.audit(now=NOW),
    "authz": EXAMPLE.authz(now=NOW),
    "impact": EXAMPLE.impact(delete_key=EXAMPLE.keys[0].crn, now=NOW),
    "inventory": EXAMPLE.inventory(now=NOW),
    "migrate": EXAMPLE.migrate(now=NOW),
    "crn": kmsguard.crn(["?", "crn:v1:bluemix:public:kms:us-south:a/1::key:2"], now=NOW),
    "policy": kmsguard.policy("ibmcloud iam authorization-policy-create messagehub kms Reader", now=NOW),
}
TABLES = ["keys", "deployments", "uses", "authorizations", "gaps"]


def lists(value: Any, place: str = "") -> list[tuple[str, Any]]:
    """Every list in an answer, and in its parts."""
    if isinstance(value, Record):
        return [found for name in value._fields for found in lists(getattr(value, name), f"{place}.{name}")]
    if isinstance(value, kmsguard.Rows):
        return [(place, value), *(found for row in value[:3] for found in lists(row, f"{place}[]"))]
    return []


LISTS = [(f"{name}{place}", rows) for name, answer in ANSWERS.items() for place, rows in lists(answer)]


def as_rows(rows: Any) -> list[dict[str, Any]]:
    """What the columns should say: the JSON, with what is absent as null, and what may be any JSON as its text."""
    if rows._row is str:
        return [{"value": value} for value in rows]
    return [_filled(row, rows._row) for row in rows.to_list()]


def _filled(row: Any, record: type[Record]) -> dict[str, Any]:
    return {name: _cell(row.get(name), getattr(record, name).fget.__annotations__["return"]) for name in record._fields}


def _cell(value: Any, annotation: str) -> Any:
    names = re.findall(r"\w+", annotation)
    if value is None:
        return None
    if "Any" in names or "V2Value" in names:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    records: list[Any] = [of for of in (getattr(kmsguard, name, None) for name in names) if _is_record(of)]
    if isinstance(value, list):
        return [_filled(one, records[0]) if records else one for one in value]
    if "Mapping" in names:
        return [(name, _filled(one, records[0]) if records else one) for name, one in value.items()]
    return _filled(value, records[0]) if records else value


def _is_record(of: object) -> bool:
    return isinstance(of, type) and issubclass(of, Record)


@pytest.mark.parametrize("rows", [rows for _, rows in LISTS], ids=[name for name, _ in LISTS])
def test_every_list_is_a_table_of_what_its_json_says(rows: Any) -> None:
    table = pyarrow.table(rows)
    table.validate(full=True)
    assert pyarrow.Schema._import_from_c_capsule(rows.__arrow_c_schema__()) == table.schema
    assert table.to_pylist() == as_rows(rows)


def test_all_kinds_of_lists_were_seen() -> None:
    assert len(LISTS) > 60
    assert {kmsguard.Finding, kmsguard.DecisionReport, kmsguard.TimelineEvent, str} < {rows._row for _, rows in LISTS}


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_an_inventory(name: str) -> None:
    rows = getattr(EXAMPLE, name)
    table = pyarrow.table(rows)
    assert table.num_rows == len(rows)
    assert table.column_names == [field for field in rows._row._fields]
    assert table.to_pylist() == as_rows(rows)


def test_polars() -> None:
    frame = polars.DataFrame(EXAMPLE.uses)
    assert frame["resource"].to_list() == [use.resource for use in EXAMPLE.uses]
    assert frame["service"].dtype == polars.String
    assert frame.explode("witnesses").unnest("witnesses", separator=".").height >= frame.height
    findings = EXAMPLE.audit(now=NOW).findings
    assert polars.DataFrame(findings)["rule"].to_list() == [finding.rule for finding in findings]
    assert polars.DataFrame(findings[0].resources)["value"].to_list() == list(findings[0].resources)


def test_duckdb() -> None:
    with duckdb.connect() as database:
        uses, findings = EXAMPLE.uses, EXAMPLE.audit(now=NOW).findings
        counted = database.sql("select service, count(*) from uses group by service order by service").fetchall()
        services = [use.service for use in uses]
        assert counted == [(service, services.count(service)) for service in sorted(set(services))]
        first = database.sql("select rule, evidence[1].input from findings").fetchall()
        assert first == [(one.rule, one.evidence[0].input if one.evidence else None) for one in findings]
        resources = findings[0].resources
        assert database.sql("from resources").fetchall() == [(one,) for one in resources]


def test_pandas() -> None:
    frame = pandas.DataFrame.from_arrow(EXAMPLE.uses)
    assert list(frame["resource"]) == [use.resource for use in EXAMPLE.uses]
    assert list(pyarrow.table(EXAMPLE.gaps).to_pandas()["what"]) == [gap.what for gap in EXAMPLE.gaps]


def test_a_table_without_rows_has_its_columns() -> None:
    empty = kmsguard.Inventory.from_objects([]).uses
    assert len(empty) == 0
    assert pyarrow.table(empty).schema == pyarrow.table(EXAMPLE.uses).schema
    assert polars.DataFrame(empty).columns == polars.DataFrame(EXAMPLE.uses).columns


def test_a_slice_is_a_table_too() -> None:
    assert pyarrow.table(EXAMPLE.uses[1:3]).to_pylist() == as_rows(EXAMPLE.uses)[1:3]


def test_many_rows_come_in_batches() -> None:
    answer = kmsguard.crn(["?"] * 20_001, now=NOW)
    table = pyarrow.table(answer.crns)
    assert table.num_rows == 20_001 and table.column("input").num_chunks == 3
    assert set(table.column("kind").to_pylist()) == {"unknown"}


def test_a_stream_may_be_asked_for_again_and_left_unread() -> None:
    uses = EXAMPLE.uses
    uses.__arrow_c_stream__()
    assert pyarrow.table(uses) == pyarrow.table(uses)
    assert pyarrow.RecordBatchReader.from_stream(uses).read_all() == pyarrow.table(uses)
