"""CRNs, events and exports in Apache Spark: for what one machine is too small for.

Exports are rows: the account that a file was exported from, its name, its bytes, as ``spark.read.format("binaryFile")`` gives them.
Workers need nothing but this package and pyarrow, which Spark's own functions over Arrow need as well: ``pip install kmsguard[spark]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable, Iterator

from . import arrow
from ._audit_joined import Part, answer_of, kms_instance, parts_of
from ._exports_linked import groups_of, tokens_of
from ._now import Moment, as_text
from ._types import AuditAnswer, Require

try:
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyspark.sql import DataFrame  # type: ignore[import-not-found, unused-ignore]
    from pyspark.sql import functions as F
    from pyspark.sql import types as T
except ImportError as _error:
    raise ImportError("kmsguard.spark needs pyspark and pyarrow: pip install 'kmsguard[spark]'") from _error

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["Audit", "audit", "crns", "uses"]

_Batches = Iterator[pa.RecordBatch]

_TEXT = T.StringType()
_CRN = T.StructType(
    [
        *(T.StructField(name, _TEXT) for name in ("version", "cname", "ctype", "service_name", "location")),
        T.StructField("scope", T.StructType([T.StructField("type", _TEXT), T.StructField("id", _TEXT)])),
        *(T.StructField(name, _TEXT) for name in ("service_instance", "resource_type", "resource", "kind")),
        T.StructField("ok", T.BooleanType()),
        *(T.StructField(name, _TEXT) for name in ("code", "fixed")),
    ]
)

_PARTS = T.StructType(
    [
        *(T.StructField(name, _TEXT) for name in ("group", "part")),
        T.StructField("place", T.IntegerType()),
        *(T.StructField(name, _TEXT) for name in Part._fields[1:]),
    ]
)


def crns(df: DataFrame, column: str, *, into: str = "crn", require: Require = "any") -> DataFrame:
    """The rows with one more column, a struct: the segments of each CRN of a column, and whether it is right.

    The fields are those of :func:`kmsguard.arrow.parse` and :func:`kmsguard.arrow.check`. Of a text that is null the whole struct is
    null.
    """

    def read(batches: _Batches) -> _Batches:
        for batch in batches:
            texts = batch.column(column)
            parsed, checked = pa.table(arrow.parse(texts)), pa.table(arrow.check(texts, require))
            columns = [field.combine_chunks() for field in (*parsed.columns, *checked.columns)]
            names = [*parsed.column_names, *checked.column_names]
            struct = pa.StructArray.from_arrays(columns, names, mask=texts.is_null())
            yield pa.RecordBatch.from_arrays([*batch.columns, struct], [*batch.schema.names, into])

    return df.mapInArrow(read, T.StructType([*df.schema.fields, T.StructField(into, _CRN)]))


def uses(df_events: DataFrame, *, column: str = "value") -> DataFrame:
    """Activity events, one a line, to one row for each key, source, action and day (in UTC).

    ``column`` holds the JSON of the events, also wrapped in ``payload``, as ``spark.read.text`` gives it. ``source`` is the CRN of the
    resource that the event names, and else whoever did it; ``source_kind`` says which: ``resource``; ``service``, that itself did what
    takes the key; or ``initiator``, which proves no use. ``events`` and ``failures`` are counts, ``first`` and ``last`` moments. Lines
    that are no event on a key are not lost but counted: their ``key``, ``source`` and ``action`` are null.
    """
    party, body = "struct<id:string>", "action:string,eventTime:string,outcome:string"
    fields = f"{body},initiator:{party},target:{party},requestData:string,responseData:string"
    wrapped = F.from_json(column, f"struct<{fields},payload:struct<{fields}>>")
    event = df_events.select(wrapped.alias("e")).select(
        F.when(F.col("e.action").isNull() & F.col("e.payload").isNotNull(), F.col("e.payload"))
        .otherwise(F.struct(*(F.col(f"e.{field.split(':')[0]}") for field in fields.split(","))))
        .alias("e")
    )
    # Offsets of some services lack their colon.
    time = F.regexp_replace("e.eventTime", r"([+-]\d\d)(\d\d)$", "$1:$2")
    named = [F.get_json_object(F.col(f"e.{of}Data"), f"$.{crn}") for of in ("response", "request") for crn in _RESOURCE]
    doer = F.col("e.initiator.id")
    operation = F.regexp_replace("e.action", r"^(kms|hs-crypto)\.", "")
    does = doer.startswith("crn-") & operation.rlike(r"wrap|ack|^registrations\.")
    resource = F.coalesce(*named)
    rows = event.select(
        F.when(F.col("e.action").rlike(r"^(kms|hs-crypto)\."), F.col("e.target.id")).alias("key"),
        F.coalesce(resource, F.when(does, F.substring(doer, 5, 1 << 20)), doer).alias("source"),
        F.when(resource.isNotNull(), "resource").when(does, "service").when(doer.isNotNull(), "initiator").alias("source_kind"),
        F.col("e.action").alias("action"),
        F.try_to_timestamp(time).alias("at"),
        (F.col("e.outcome").isNotNull() & (F.col("e.outcome") != "success")).cast("long").alias("failed"),
    )
    day = F.to_date(F.to_utc_timestamp("at", F.current_timezone())).alias("day")
    by = ["key", "source", "source_kind", "action", "day"]
    counts = [("events", "sum"), ("failures", "sum"), ("first", "min"), ("last", "max")]
    counted = rows.groupBy("key", "source", "source_kind", "action", day).agg(
        F.count("*").alias("events"), F.sum("failed").alias("failures"), F.min("at").alias("first"), F.max("at").alias("last")
    )
    # What is left is small: each text that should be a key is looked at once, and what is none tells of none.
    checked = crns(counted, "key", into="crn")
    is_key = F.coalesce(F.col("crn.kind") == "kms-key", F.lit(False))
    told = [F.when(is_key, F.col(name)).alias(name) for name in by[:4]]
    folded = checked.select(*told, "day", *(name for name, _ in counts)).groupBy(*by)
    return folded.agg(*(getattr(F, how)(name).alias(name) for name, how in counts))


_RESOURCE = ("resourceCRN", "resourceCrn")


@dataclass(frozen=True)
class Audit:
    """What an audit found: tables of Spark, kept until :meth:`unpersist`."""

    parts: DataFrame
    """All of it: a row for each finding, undecided rule, problem, input and label, with its JSON."""
    now: str
    """For which moment it was asked."""

    @property
    def findings(self) -> DataFrame:
        """A row for each finding, ``json`` as :class:`kmsguard.Finding` has it; ``account`` is that of the key."""
        return self._part("finding", "rule", "severity", "account", "key", "message", "fingerprint", "json")

    @property
    def undetermined(self) -> DataFrame:
        """A row for each group of accounts and rule that could not be decided there, ``json`` as :class:`kmsguard.Undetermined`."""
        return self._part("undetermined", "rule", "json")

    @property
    def problems(self) -> DataFrame:
        """A row for each thing that was wrong with an input: what is in none of the other tables may hide there."""
        return self._part("problem", "message", "json")

    @property
    def inputs(self) -> DataFrame:
        """A row for each input, with what was read of it."""
        return self._part("input", "json")

    @property
    def strays(self) -> DataFrame:
        """The groups with ids of keys that are in no list of keys there: the lists of these groups were not exported, or cut.

        One machine that reads all takes such an id for a key of any account, and authorizations elsewhere for ones it may rest on
        (AUTH004, AUTH005). Here it is a key of its group.
        """
        return self.parts.where((F.col("part") == "head") & (F.col("severity") == "stray")).select("group")

    def answer(self) -> AuditAnswer:
        """All of it on this machine, where it fits into its memory: without :attr:`strays` byte for byte what one audit of all exports
        says."""
        rows = self.parts.orderBy("group", "part", "place").toLocalIterator()
        return answer_of((Part(row["part"], *row[3:]) for row in rows), self.now)

    def unpersist(self) -> None:
        """Lets go of what Spark keeps."""
        self.parts.unpersist()

    def _part(self, part: str, *columns: str) -> DataFrame:
        return self.parts.where(F.col("part") == part).select("group", *columns)


def audit(
    df_exports: DataFrame,
    *,
    account: str = "account",
    name: str = "path",
    data: str = "content",
    now: Moment | None = None,
) -> Audit:
    """Findings about all keys, each group of accounts by itself; what is found is what one machine finds that reads all at once.

    Columns: ``account`` is the id of the account that a file was exported from, ``name`` what the answers call the file, ``data`` its
    bytes.
    A file is never split: it belongs to the account, and accounts whose exports name each other, one resource or one key are one group,
    so that a use from another account keeps its plan and its resource group. A file whose account is null belongs to all accounts
    that it names. What cannot be read is a problem of its own file and its group.

    Exports are read twice, so a table that is costly to make is better cached or written down before.
    """
    moment = as_text(now)
    exports = df_exports.select(F.col(account).alias("account"), F.col(name).alias("name"), F.col(data).alias("data"))
    exports = exports.withColumn("node", F.coalesce("account", F.concat(F.lit("file:"), F.col("name"))))
    session = exports.sparkSession
    grouped = exports.join(F.broadcast(_groups(session, exports)), "node", "left")
    grouped = grouped.select(F.coalesce("group", "node").alias("group"), "name", "data")
    parts = grouped.groupBy("group").applyInArrow(_audited(moment, None), _PARTS).persist()
    # A rule asks whether the registrations of any KMS instance are missing, in whatever account it is: one answer for all groups.
    heads = parts.where(F.col("part") == "head")
    missing = heads.agg(F.min("key")).head()
    unread: str | None = missing[0] if missing is not None else None
    if unread is None:
        return Audit(parts, moment)
    open_groups = heads.where((F.col("message") == "open") & (F.col("key").isNull() | (F.col("key") != unread))).select("group")
    again = grouped.join(F.broadcast(open_groups), "group", "left_semi")
    settled = again.groupBy("group").applyInArrow(_audited(moment, unread), _PARTS)
    replaced = F.broadcast(open_groups.withColumn("replaced", F.lit(True)))
    kept = parts.join(replaced, "group", "left").where(
        F.col("replaced").isNull() | F.col("rule").isNull() | ~F.col("rule").isin(*_OF_ANY_INSTANCE)
    )
    joined = kept.drop("replaced").unionByName(settled).persist()
    joined.count()
    parts.unpersist()
    return Audit(joined, moment)


_OF_ANY_INSTANCE = ("AUTH015", "DEP001")
"""The rules that ask whether the registrations of any KMS instance at all are missing."""


def _groups(session: SparkSession, exports: DataFrame) -> DataFrame:
    """Of each account that is not alone the group that it is in."""
    accounts = {row[0] for row in exports.select("node").distinct().collect()}
    known = session.sparkContext.broadcast(frozenset(accounts))

    def read(batches: _Batches) -> _Batches:
        for batch in batches:
            found: set[tuple[str, str]] = set()
            for node, data in zip(batch.column("node").to_pylist(), batch.column("data")):
                found.update((node, token) for token in tokens_of(data.as_py() or b"", known.value))
            yield pa.RecordBatch.from_pydict(
                {"node": [node for node, _ in found], "token": [token for _, token in found]},
                schema=pa.schema([("node", pa.string()), ("token", pa.string())]),
            )

    pairs = exports.select("node", "data").mapInArrow(read, "node string, token string").distinct()
    # An account of the table is linked with whoever names it, even if nobody else does.
    named = pairs.where(F.length("token") == 32).select(F.col("token").alias("node"), "token")
    pairs = pairs.unionByName(named).distinct()
    shared = pairs.groupBy("token").agg(F.sort_array(F.collect_set("node")).alias("nodes")).where(F.size("nodes") > 1)
    links = (row["nodes"] for row in shared.select("nodes").distinct().toLocalIterator())
    return session.createDataFrame(sorted(groups_of(links).items()), "node string, group string")


def _audited(now: str, unread: str | None) -> Callable[[pa.Table], pa.Table]:
    """Audits one group. With ``unread``, a KMS instance whose registrations are missing elsewhere, only what that changes."""

    def read(table: pa.Table) -> pa.Table:
        group: str = table.column("group")[0].as_py()
        files = [(name.as_py(), data.as_py()) for name, data in zip(table.column("name"), table.column("data"))]
        # Bytes that are missing are no empty file: as an input that was asked for they are a problem.
        inputs = [(str(name), data or b"", data is None) for name, data in files]
        if unread is not None:
            inputs.append((f"kmsguard: {unread}", kms_instance(unread), False))
        parts = parts_of(inputs, now, _OF_ANY_INSTANCE, unread is not None)
        rows = [(group, part.part, place, *part[1:]) for place, part in enumerate(parts)]
        types = [(name, pa.int32() if name == "place" else pa.string()) for name in _PARTS.fieldNames()]
        arrays = [pa.array([row[number] for row in rows], type) for number, (_, type) in enumerate(types)]
        return pa.Table.from_arrays(arrays, schema=pa.schema(types))

    return read
