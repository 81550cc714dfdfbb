"""Columns of CRNs and lines of events in Spark."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import kmsguard
from kmsguard.spark import crns, uses
from pyspark.sql import SparkSession

KEY = (
    "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef"
    ":44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"
)
BUCKETS = "crn:v1:bluemix:public:cloud-object-storage:global:a/0123456789abcdef0123456789abcdef:7f2b7b8c-1bd6-4d0c-9d0a-5d1a3f1f2c11::"


def test_crns(session: SparkSession) -> None:
    texts = [KEY, None, "nonsense", KEY.replace("kms", "cloud-object-storage"), KEY.upper()]
    df = session.createDataFrame(list(enumerate(texts)), "number int, text string").repartition(2)
    rows = sorted(crns(df, "text", require="key").collect())
    assert [row["text"] for row in rows] == texts, "no row and no column is lost"
    assert rows[0]["crn"]["scope"]["id"] == "0123456789abcdef0123456789abcdef" and rows[0]["crn"]["service_name"] == "kms"
    assert rows[1]["crn"] is None
    for text, row in zip(texts, rows):
        if text is not None:
            told = kmsguard.crn(text, require="key").crns[0]
            seen = row["crn"]
            assert (seen["kind"], seen["ok"], seen["fixed"]) == (told.kind, told.ok, told.fixed)
            assert seen["code"] == next((problem.code for problem in told.problems), None)


def event(time: str, action: str = "kms.secrets.unwrap", by: str = f"crn-{BUCKETS}", **more: Any) -> dict[str, Any]:
    return {"action": action, "eventTime": time, "outcome": "success", "initiator": {"id": by}, "target": {"id": KEY}, **more}


def test_uses(session: SparkSession) -> None:
    bucket = BUCKETS[:-1] + "bucket:orders"
    lines = [
        json.dumps(event("2026-01-02T23:30:00.17+0000")),
        json.dumps(event("2026-01-03T01:30:00.17+02:00", outcome="failure")),
        json.dumps({"payload": event("2026-01-03T00:00:01Z")}),
        json.dumps(event("2026-01-03T08:00:00Z", responseData={"resourceCRN": bucket})),
        json.dumps(event("2026-01-03T08:00:00Z", "kms.secrets.read", "IBMid-000000EXAMPLE")),
        json.dumps(event("2026-01-03T08:00:00Z", target={"id": BUCKETS})),
        json.dumps(event("2026-01-03T08:00:00Z", "cloud-object-storage.bucket.info")),
        "{cut",
        "",
    ]
    rows = uses(session.createDataFrame([(line,) for line in lines], "value string").repartition(2)).collect()
    told = {(row["key"], row["source"], row["source_kind"], row["action"], row["day"]): row for row in rows}
    second, third = date(2026, 1, 2), date(2026, 1, 3)
    wanted = {
        (KEY, BUCKETS, "service", "kms.secrets.unwrap", second): (2, 1),
        (KEY, BUCKETS, "service", "kms.secrets.unwrap", third): (1, 0),
        (KEY, bucket, "resource", "kms.secrets.unwrap", third): (1, 0),
        (KEY, "IBMid-000000EXAMPLE", "initiator", "kms.secrets.read", third): (1, 0),
        (None, None, None, None, third): (2, 0),
        (None, None, None, None, None): (2, 0),
    }
    assert {row: (seen["events"], seen["failures"]) for row, seen in told.items()} == wanted


def test_what_proves_a_use_is_a_use_of_the_inventory(session: SparkSession) -> None:
    lines = [
        json.dumps(event("2026-01-03T08:00:00Z", action, by, **more))
        for action in ("kms.secrets.wrap", "kms.secrets.ack-rotate", "kms.secrets.read", "kms.registrations.create")
        for by in (f"crn-{BUCKETS}", "IBMid-000000EXAMPLE")
        for more in ({}, {"requestData": {"resourceCrn": BUCKETS[:-1] + f"bucket:{action}"}})
    ]
    df = uses(session.createDataFrame([(line,) for line in lines], "value string"))
    proved = df.where("source_kind in ('resource', 'service')").select("key", "source").distinct().collect()
    inventory = kmsguard.Inventory.from_bytes({"events.json": "\n".join(lines)})
    assert {tuple(row) for row in proved} == {(KEY, use.resource) for use in inventory.uses}
