"""Exports: read and joined once, asked often."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Callable, Iterable, Literal, Mapping, TypeVar, Union, final, overload

from . import _kmsguard
from ._now import Moment, as_text
from ._record import Record
from ._request import as_json, document_json
from ._rows import Rows
from ._types import (
    AuditAnswer,
    AuditFormat,
    AuthorizationParts,
    AuthzAnswer,
    AuthzFormat,
    Baseline,
    DeploymentReport,
    FailOn,
    GapReport,
    ImpactAnswer,
    ImpactFormat,
    InventoryAnswer,
    InventoryFormat,
    KeyReport,
    KeyUse,
    MigrateAnswer,
    MigrateFormat,
    Snapshot,
    TightenAnswer,
)

R = TypeVar("R", bound=Record)

Data = Union[bytes, bytearray, str]
"""What a file holds; text is taken as UTF-8."""


@final
class Inventory:
    """Exports, read and joined. It never changes, and may be asked from many threads at once.

    Reading never fails: what could not be read is in every answer, and makes its outcome ``incomplete``.
    """

    __slots__ = ("_core", "_tables")

    _core: _kmsguard.Inventory
    _tables: dict[str, Rows[Any]]

    def __init__(self) -> None:
        raise TypeError("use `Inventory.read`, `Inventory.from_bytes` or `Inventory.from_objects`")

    @classmethod
    def read(cls, *paths: str | os.PathLike[str]) -> Inventory:
        """Reads files, and folders with all that is in them; ``-`` is standard input."""
        return cls._of(_kmsguard.Inventory.read_paths([os.fspath(path) for path in paths]))

    @classmethod
    def from_bytes(cls, inputs: Mapping[str, Data]) -> Inventory:
        """Takes the contents of files by their names."""
        return cls._of_inputs((name, data, True) for name, data in inputs.items())

    @classmethod
    def from_objects(cls, *documents: Any) -> Inventory:
        """Takes parsed JSON documents; answers call them ``objects[0]`` and so on.

        What the clients of IBM's SDKs give is taken as it comes: ``DetailedResponse``, models, and lists and dictionaries of them.
        """
        texts = map(document_json, documents)
        return cls._of_inputs((f"objects[{index}]", text, True) for index, text in enumerate(texts))

    def audit(
        self,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        fail_on: FailOn | None = None,
        strict: bool = False,
        config: Mapping[str, Any] | None = None,
        baseline: Baseline | Mapping[str, Any] | None = None,
        keep_going: bool = False,
        now: Moment | None = None,
    ) -> AuditAnswer:
        """Findings about the keys.

        ``select`` and ``ignore`` take ids of rules, or the letters of a family. From ``fail_on`` on, ``low`` if nothing else is said,
        a finding makes the outcome ``bad``; with ``strict`` a rule that could not be decided makes it ``unknown``; with
        ``keep_going`` an input that cannot be read is passed over, and only reported. ``config`` is what ``tomllib`` reads from a
        ``kmsguard.toml``; what is said beside it wins. Findings of the ``baseline`` are suppressed.
        """
        request = {
            "select": _texts(select),
            "ignore": _texts(ignore),
            "fail_on": fail_on,
            "strict": strict,
            "config": config,
            "baseline": baseline.to_dict() if isinstance(baseline, Baseline) else baseline,
            "keep_going": keep_going,
            "now": as_text(now),
        }
        return AuditAnswer._read(self._core.audit_json(as_json(request)), self._drawn("audit", request))

    def baseline(
        self,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        config: Mapping[str, Any] | None = None,
        keep_going: bool = False,
        now: Moment | None = None,
    ) -> Baseline:
        """The findings that stand, written down: an audit that is given them counts only what came since then."""
        request = {
            "select": _texts(select),
            "ignore": _texts(ignore),
            "config": config,
            "keep_going": keep_going,
            "now": as_text(now),
        }
        return Baseline._read(self._core.baseline_json(as_json(request)))

    def authz(
        self, *, source: str | None = None, key: str | None = None, keep_going: bool = False, now: Moment | None = None
    ) -> AuthzAnswer:
        """Who may use which key, and why or why not.

        ``source`` is the CRN of a resource or a deployment, the name of a deployment, or ``SERVICE-ID@ACCOUNT`` for one that is
        not made yet; ``key`` is a CRN, an id, a name, or ``INSTANCE/KEY``. One of them alone: also what it may use, or who may.
        """
        request = {"source": source, "key": key, "keep_going": keep_going, "now": as_text(now)}
        return AuthzAnswer._read(self._core.authz_json(json.dumps(request)))

    def tighten(self, *, keep_going: bool = False, now: Moment | None = None) -> TightenAnswer:
        """The smallest authorizations that keep covered every use that the exports show."""
        request = {"keep_going": keep_going, "now": as_text(now)}
        return TightenAnswer._read(self._core.tighten_json(json.dumps(request)))

    def impact(
        self,
        actions: Iterable[Mapping[str, str]] = (),
        *,
        delete_key: str | Iterable[str] = (),
        disable_key: str | Iterable[str] = (),
        restore_key: str | Iterable[str] = (),
        rotate_key: str | Iterable[str] = (),
        revoke_policy: str | Iterable[str] = (),
        delete_instance: str | Iterable[str] = (),
        untangle_key: str | Iterable[str] = (),
        terraform: str | Iterable[str] = (),
        force: bool = False,
        order: bool = False,
        keep_going: bool = False,
        now: Moment | None = None,
    ) -> ImpactAnswer:
        """What a set of actions breaks, when, and for how long it can be undone.

        Keys are named by CRN, id, name, or ``INSTANCE/KEY``, authorizations by their ids, deployments and KMS instances by CRN, GUID
        or name; what may be two raises :class:`KmsguardError`. ``actions`` are mappings with ``kind`` and ``target``, in an order of
        their own: ``[{"kind": "delete-instance", "target": "orders"}, {"kind": "delete-key", "target": "payments"}]``. With ``order``
        the answer also holds the order in which all this goes without harm to what stays, or says why there is none. ``untangle_key``
        gives each deployment that shares the key one of its own; ``terraform`` names the inputs that hold a plan of Terraform, whose
        removals are taken.
        """
        asked = _asked(
            actions,
            delete_key=delete_key,
            disable_key=disable_key,
            restore_key=restore_key,
            rotate_key=rotate_key,
            revoke_policy=revoke_policy,
            delete_instance=delete_instance,
            untangle_key=untangle_key,
            terraform=terraform,
        )
        request = {"actions": asked, "force": force, "keep_going": keep_going, "order": order, "now": as_text(now)}
        return ImpactAnswer._read(self._core.impact_json(json.dumps(request)), self._drawn("impact", request))

    def migrate(
        self,
        *,
        since: MigrateAnswer | Mapping[str, Any] | None = None,
        keep_going: bool = False,
        now: Moment | None = None,
    ) -> MigrateAnswer:
        """Which keys of Hyper Protect Crypto Services are ready to move to Key Protect Dedicated, what is missing, and what comes next.

        Tables of pairs, as IBM's migration tool takes and writes them, are read with the other exports. ``since`` is an earlier answer:
        what has moved since then is in ``progress``.
        """
        request = {
            "since": since.to_dict() if isinstance(since, MigrateAnswer) else since,
            "keep_going": keep_going,
            "now": as_text(now),
        }
        return MigrateAnswer._read(self._core.migrate_json(json.dumps(request)))

    def inventory(self, *, keep_going: bool = False, now: Moment | None = None) -> InventoryAnswer:
        """What was read, which key protects what, and what is missing."""
        request = {"keep_going": keep_going, "now": as_text(now)}
        return InventoryAnswer._read(self._core.inventory_json(json.dumps(request)), self._drawn("audit", request))

    @overload
    def report(self, kind: Literal["audit"], format: AuditFormat, *, now: Moment | None = None, **options: Any) -> str: ...
    @overload
    def report(self, kind: Literal["authz"], format: AuthzFormat, *, now: Moment | None = None, **options: Any) -> str: ...
    @overload
    def report(self, kind: Literal["impact"], format: ImpactFormat, *, now: Moment | None = None, **options: Any) -> str: ...
    @overload
    def report(
        self, kind: Literal["inventory"], format: InventoryFormat, *, now: Moment | None = None, **options: Any
    ) -> str: ...
    @overload
    def report(self, kind: Literal["migrate"], format: MigrateFormat, *, now: Moment | None = None, **options: Any) -> str: ...
    def report(self, kind: str, format: str, *, now: Moment | None = None, **options: Any) -> str:
        """An answer as text: ``report("audit", "sarif")`` is what ``kmsguard audit --output-format sarif`` writes.

        ``options`` are those of the method that is named by ``kind``.
        """
        if kind == "impact":
            named = {name: options.pop(name) for name in _ACTIONS if name in options}
            options["actions"] = _asked(options.get("actions", ()), **named)
        for name in ("select", "ignore"):
            if name in options:
                options[name] = _texts(options[name])
        request = {"kind": kind, "format": format, "request": {**options, "now": as_text(now)}}
        return self._core.report(json.dumps(request))

    def snapshot(self, *, redact: bool = False) -> Snapshot:
        """The exports in one file: ``snapshot().to_json()``, read in place of them, gives the same answers.

        Key material, passwords and tokens are written over. With ``redact`` the names of accounts, users and resources stand
        under pseudonyms, which are no anonymity: whoever guesses a name can check it.
        """
        return Snapshot._read(self._core.snapshot_json(json.dumps({"redact": redact})))

    @property
    def keys(self) -> Rows[KeyReport]:
        """The keys and what they protect, by CRN."""
        return self._table(KeyReport, self._core.keys_json)

    @property
    def deployments(self) -> Rows[DeploymentReport]:
        """The deployments and their keys, by CRN."""
        return self._table(DeploymentReport, self._core.deployments_json)

    @property
    def uses(self) -> Rows[KeyUse]:
        """The resources that use keys."""
        return self._table(KeyUse, self._core.uses_json)

    @property
    def authorizations(self) -> Rows[AuthorizationParts]:
        """The authorizations on keys."""
        return self._table(AuthorizationParts, self._core.authorizations_json)

    @property
    def gaps(self) -> Rows[GapReport]:
        """What was not exported."""
        return self._table(GapReport, self._core.gaps_json)

    def _drawn(self, kind: str, request: Mapping[str, Any]) -> Callable[[], str]:
        """What draws the picture of an answer: of an audit and of an inventory the graph, of an impact the timeline."""
        return lambda: self._core.report(as_json({"kind": kind, "format": "svg", "request": request}))

    def _table(self, row: type[R], read: Callable[[], str]) -> Rows[R]:
        """The rows of a table, the same whenever one asks."""
        return self._tables.setdefault(row.__name__, Rows._of(row, read))

    @classmethod
    def _of_inputs(cls, inputs: Iterable[tuple[str, Data, bool]]) -> Inventory:
        """``named`` tells an input that was asked for from one that was found in a folder."""
        taken = [(name, data.encode() if isinstance(data, str) else bytes(data), named) for name, data, named in inputs]
        return cls._of(_kmsguard.Inventory(taken))

    @classmethod
    def _of(cls, core: _kmsguard.Inventory) -> Inventory:
        inventory = cls.__new__(cls)
        object.__setattr__(inventory, "_core", core)
        object.__setattr__(inventory, "_tables", {})
        return inventory

    # Hidden from type checkers, which would take any attribute for one that can be set.
    if not TYPE_CHECKING:

        def __setattr__(self, name: str, value: object) -> None:
            raise AttributeError("an inventory cannot be changed")


def _texts(texts: Iterable[str]) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts)


_ACTIONS = (
    "delete_key",
    "disable_key",
    "restore_key",
    "rotate_key",
    "revoke_policy",
    "delete_instance",
    "untangle_key",
    "terraform",
)


def _asked(actions: Iterable[Mapping[str, str]], **named: str | Iterable[str]) -> list[dict[str, str]]:
    """The actions of an impact: those that are given whole first, then those that are given by their kinds."""
    asked = [dict(action) for action in actions]
    for kind in _ACTIONS:
        targets = named.get(kind, ())
        listed = (targets,) if isinstance(targets, str) else targets
        asked.extend({"kind": kind.replace("_", "-"), "target": target} for target in listed)
    return asked
