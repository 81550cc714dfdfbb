"""What Spark costs on one and on two cores of this machine: `bench_audit.py` prints a line for each job and what it scales by."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Callable

from kmsguard import Inventory
from kmsguard.spark import audit, crns, uses
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from made_accounts import Export, made

NOW = "2026-11-21T12:00:00Z"
ACCOUNTS = 400
ROWS = 1_000_000
RUNS = 2


def best(work: Callable[[], object]) -> float:
    """Seconds of the best of a few runs, after one that starts the workers."""
    times = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times[1:])


def exports() -> list[Export]:
    return made(20261121, ACCOUNTS, shared=0.0, missing=0.0, damaged=0.0)


def session_on(cores: int) -> SparkSession:
    builder = SparkSession.builder.master(f"local[{cores}]")
    settings = {
        "spark.driver.memory": "1g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "10000",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def written(df: DataFrame) -> None:
    df.write.format("noop").mode("overwrite").save()


def measured(cores: int) -> dict[str, float]:
    """Seconds of each job on so many cores."""
    session = session_on(cores)
    rows = [(export.account, export.name, bytearray(export.data or b"")) for export in exports()]
    table = session.createDataFrame(rows, "account string, path string, content binary").repartition(8).cache()
    table.count()

    def audited() -> None:
        found = audit(table, now=NOW)
        written(found.parts)
        found.unpersist()

    key = F.concat(
        F.lit("crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:"),
        F.lit("f6c9f6d0-92f6-437a-b97c-"),
        F.lpad(F.conv((F.col("id") % 1000).cast("string"), 10, 16), 12, "0"),
    )
    numbers = session.range(0, ROWS, 1, 8)
    event = F.struct(
        F.lit("kms.secrets.unwrap").alias("action"),
        F.concat(F.lit("2026-01-"), F.lpad((F.col("id") % 28 + 1).cast("string"), 2, "0"), F.lit("T10:00:00.17+0000")).alias("eventTime"),
        F.lit("success").alias("outcome"),
        F.struct(F.concat(F.lit("crn-crn:v1:bluemix:public:cloud-object-storage:global:a/0123456789abcdef0123456789abcdef:"),
                          F.lit("7f2b7b8c-1bd6-4d0c-9d0a-5d1a3f1f2c11::")).alias("id")).alias("initiator"),
        F.struct(key.alias("id")).alias("target"),
    )  # fmt: skip
    lines = numbers.select(F.to_json(event).alias("value")).cache()
    lines.count()
    texts = numbers.select(key.alias("text"))
    seconds = {
        "audit": best(audited),
        "uses": best(lambda: written(uses(lines))),
        "crns": best(lambda: written(crns(texts, "text").select("crn.ok"))),
    }
    session.stop()
    return seconds


def alone() -> float:
    """Seconds of one audit of all, in this process."""
    inputs = [(export.name, export.data or b"", False) for export in exports()]
    return best(lambda: Inventory._of_inputs(inputs).audit(now=NOW).to_json())


def main() -> None:
    """Each number of cores in a process of its own: a Java machine knows one Spark."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    if sys.argv[1:]:
        print(json.dumps(measured(int(sys.argv[1]))))
        return
    of = {}
    for cores in (1, 2):
        ended = subprocess.run([sys.executable, __file__, str(cores)], check=True, stdout=subprocess.PIPE, text=True)
        of[cores] = json.loads(ended.stdout.splitlines()[-1])
    files = exports()
    size = sum(len(export.data or b"") for export in files)
    print(f"{ACCOUNTS} accounts, {len(files)} files, {size / 1e6:.1f} MB; {ROWS:,} events; {ROWS:,} CRNs")
    for job, count, what in (("audit", ACCOUNTS, "account"), ("uses", ROWS, "event"), ("crns", ROWS, "CRN")):
        one, two = of[1][job], of[2][job]
        each = f"{one / count * 1e6:,.1f} µs a core and {what}"
        print(f"{job:<6} {one:6.2f} s on one core  {two:6.2f} s on two  {one / two:4.2f} times as fast  {each}")
    print(f"one machine without Spark: {alone():.2f} s for the same audit, which uses all cores to read")


if __name__ == "__main__":
    main()
