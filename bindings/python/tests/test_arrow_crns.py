"""Columns of CRNs: parsed and checked for pyarrow, Polars, DuckDB and pandas."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import duckdb
import pandas  # type: ignore[import-untyped]
import polars
import pyarrow  # type: ignore[import-untyped]
import pytest
from conftest import KEY, NOW, REPOSITORY

import kmsguard
import kmsguard.arrow

VECTORS = REPOSITORY / "tests" / "vectors" / "crn"

TEXTS: list[str | None] = [
    KEY,
    None,
    "?",
    "",
    "crn:v1:bluemix:public:iam::::role:Viewer",
    "crn:v1:bluemix:public:kms:us-south:a/1:key:2",
    f" {KEY}",
    KEY.replace("bluemix", "blümix"),
    *sorted({text for path in VECTORS.glob("*.json") for case in json.loads(path.read_text(encoding="utf-8"))["cases"]
             for text in case["request"]["texts"]}),
]


def reports(require: Any = "any") -> list[kmsguard.CrnReport | None]:
    """What a report says of each text."""
    return [None if text is None else kmsguard.crn(text, require, now=NOW).crns[0] for text in TEXTS]


SEGMENTS = kmsguard.CrnParts._fields


def parsed() -> list[dict[str, Any]]:
    rows = [None if report is None or report.crn is None else report.crn.to_dict() for report in reports()]
    return [dict.fromkeys(SEGMENTS) if row is None else row for row in rows]


COLUMNS = {
    "string": pyarrow.array(TEXTS, pyarrow.string()),
    "large_string": pyarrow.array(TEXTS, pyarrow.large_string()),
    "string_view": pyarrow.array(TEXTS, pyarrow.string_view()),
    "dictionary": pyarrow.array(TEXTS).dictionary_encode(),
    "chunks": pyarrow.chunked_array([TEXTS[:3], [], TEXTS[3:]], pyarrow.string()),
    "slice": pyarrow.array(["x", *TEXTS, None])[1:-1],
    "polars": polars.Series(TEXTS),
    "pandas": pandas.Series(TEXTS, dtype="string"),
}


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS.keys())
def test_columns_of_every_layout_are_parsed(column: Any) -> None:
    table = pyarrow.table(kmsguard.arrow.parse(column))
    table.validate(full=True)
    assert tuple(table.column_names) == SEGMENTS
    assert table.to_pylist() == parsed()


@pytest.mark.parametrize("require", ["any", "key", "instance"])
def test_a_check_says_what_a_report_says(require: Any) -> None:
    rows = pyarrow.table(kmsguard.arrow.check(COLUMNS["string"], require)).to_pylist()
    for row, report, text in zip(rows, reports(require), TEXTS):
        if report is None:
            assert set(row.values()) == {None}
            continue
        code = report.problems[0].code if report.problems else None
        assert row == {"kind": report.kind, "ok": report.ok, "code": code, "fixed": report.fixed}, text


def test_polars() -> None:
    frame = polars.DataFrame({"crn": TEXTS})
    both = polars.concat([frame, polars.DataFrame(kmsguard.arrow.parse(frame["crn"]))], how="horizontal")
    assert both.row(0, named=True)["service_name"] == "kms"
    assert both["scope"].struct.field("id").to_list()[0] == "0123456789abcdef0123456789abcdef"


def test_duckdb() -> None:
    with duckdb.connect() as database:
        events = pyarrow.table({"crn": TEXTS})
        checked = kmsguard.arrow.check(database.sql("select crn from events").to_arrow_table()["crn"])
        found = database.sql("select count(*) from checked where ok and kind = 'kms-key'").fetchall()
        assert found == [(sum(report is not None and report.ok and report.kind == "kms-key" for report in reports()),)]


def test_pandas() -> None:
    frame = pandas.DataFrame.from_arrow(kmsguard.arrow.check(pandas.Series([KEY, "?"], dtype="string")))
    assert list(frame["ok"]) == [True, False] and list(frame["kind"]) == ["kms-key", "unknown"]


def test_threads_change_nothing() -> None:
    column = pyarrow.array(TEXTS * (40_000 // len(TEXTS) + 1))
    one = pyarrow.table(kmsguard.arrow.parse(column))
    assert one.num_rows == len(column) and one.column("version").num_chunks > 2
    assert pyarrow.table(kmsguard.arrow.parse(column, threads=4)) == one
    checked = pyarrow.table(kmsguard.arrow.check(column))
    assert pyarrow.table(kmsguard.arrow.check(column, threads=3)) == checked
    with ThreadPoolExecutor(4) as threads:
        tables = list(threads.map(lambda _: pyarrow.table(kmsguard.arrow.parse(column)), range(4)))
    assert all(table == one for table in tables)


def test_columns_without_rows() -> None:
    for column in (pyarrow.array([], pyarrow.string()), pyarrow.chunked_array([], pyarrow.string()), pyarrow.nulls(0)):
        table = kmsguard.arrow.parse(column)
        assert len(table) == 0 and tuple(pyarrow.table(table).column_names) == SEGMENTS
    assert pyarrow.table(kmsguard.arrow.check(pyarrow.nulls(2))).to_pylist()[1]["ok"] is None


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (pyarrow.array([1]), "Int64"),
        (pyarrow.table({"crn": [KEY]}), "Struct"),
        ([KEY], "`list` is no column of Arrow"),
        (pyarrow.array([b"crn"]), "Binary"),
    ],
)
def test_what_is_no_column_of_texts_is_misuse(column: Any, told: str) -> None:
    with pytest.raises(TypeError, match=told):
        kmsguard.arrow.parse(column)


def test_what_is_required_must_be_something() -> None:
    with pytest.raises(kmsguard.KmsguardError, match="`keys`"):
        kmsguard.arrow.check(pyarrow.array([KEY]), "keys")  # type: ignore[arg-type]


def test_texts_that_are_no_utf8_are_refused() -> None:
    broken = pyarrow.StringArray.from_buffers(1, pyarrow.py_buffer(b"\0\0\0\0\2\0\0\0"), pyarrow.py_buffer(b"\xff\xfe"))
    with pytest.raises(ValueError, match="(?i)utf-?8"):
        kmsguard.arrow.parse(broken)


def test_the_table_tells_what_it_is() -> None:
    table = kmsguard.arrow.check(pyarrow.array([KEY]))
    assert repr(table) == "Table(1 rows: kind, ok, code, fixed)" and len(table) == 1
