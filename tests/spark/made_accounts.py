"""Exports of many made accounts, the same for the same seed: some share keys, some are large, some are cut or damaged."""

from __future__ import annotations

import gzip
import json
import random
import uuid
from dataclasses import dataclass, field
from typing import Any, Callable, Iterator

IBM = "ffffffffffffffffffffffffffffffff"
"""An account of IBM's: managed volumes of all customers are in it, and nobody exports it."""

PLANS: dict[str, tuple[str, Callable[[str], dict[str, Any]]]] = {
    "messagehub": ("ibm.message.hub.enterprise.3nodes.2tb", lambda key: {"kms_key_crn": key}),
    "databases-for-postgresql": ("databases-for-postgresql-standard", lambda key: {"disk_encryption_key_crn": key}),
    "cloud-object-storage": ("744bfc56-d12c-4866-88d5-dac9139e0e5d", lambda key: {}),
}
KEY_PROTECT = "eedd3585-90c6-4c8f-be3d-062069e99fc3"


@dataclass
class Account:
    """What is in an account."""

    id: str
    instances: list[dict[str, Any]] = field(default_factory=list)
    policies: list[dict[str, Any]] = field(default_factory=list)
    kms: list[str] = field(default_factory=list)
    keys: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    registrations: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Export:
    """A file."""

    account: str | None
    name: str
    data: bytes | None


class Maker:
    """Makes accounts."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def uuid(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def digits(self) -> str:
        return f"{self.random.getrandbits(128):032x}"

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def account(self, size: int) -> Account:
        """An account with KMS instances, and ``size`` keys in each."""
        account = Account(self.digits())
        for _ in range(self.random.choice((0, 1, 1, 2))):
            service = "hs-crypto" if self.chance(0.15) else "kms"
            crn = f"crn:v1:bluemix:public:{service}:us-south:a/{account.id}:{self.uuid()}::"
            account.kms.append(crn)
            account.instances.append(self.instance(account, crn, KEY_PROTECT, {}))
            account.keys[crn] = [self.key(crn) for _ in range(size)]
            account.registrations[crn] = []
        return account

    def instance(self, account: Account, crn: str, plan: str, parameters: dict[str, Any] | None) -> dict[str, Any]:
        record: dict[str, Any] = {
            "id": crn, "guid": crn.split(":")[7], "crn": crn, "name": f"instance {len(account.instances)}",
            "account_id": account.id, "resource_plan_id": plan, "resource_group_id": self.digits(), "state": "active",
            "type": "service_instance", "created_at": "2026-04-11T07:55:02.331Z",
        }  # fmt: skip
        return record if parameters is None else {**record, "parameters": parameters}

    def key(self, instance: str) -> dict[str, Any]:
        id = self.uuid()
        return {
            "type": "application/vnd.ibm.kms.key+json", "id": id, "name": f"key {id[:4]}", "crn": f"{instance[:-1]}key:{id}",
            "state": self.random.choice((1, 1, 1, 1, 2, 5)), "extractable": self.chance(0.1), "imported": False,
            "creationDate": "2025-03-02T09:14:31Z", "lastRotateDate": self.random.choice(("2025-03-02T09:14:31Z", "2026-10-01T00:00:12Z")),
            "keyRingID": "default", "dualAuthDelete": {"enabled": self.chance(0.5)},
        }  # fmt: skip

    def use(self, user: Account, owner: Account) -> None:
        """A deployment of one account that uses a key of another one, or of its own."""
        if not owner.kms:
            return
        kms = self.random.choice(owner.kms)
        key = self.random.choice(owner.keys[kms])
        service = self.random.choice(list(PLANS))
        plan, parameters = PLANS[service]
        crn = f"crn:v1:bluemix:public:{service}:us-south:a/{user.id}:{self.uuid()}::"
        named = self.random.choice((key["crn"], key["crn"], key["id"]))
        given = self.random.choice((parameters(named), parameters(named), {}, None))
        user.instances.append(self.instance(user, crn, plan, given))
        if self.chance(0.7):
            bucket = f"{crn[:-1]}bucket:bucket-{len(user.instances)}" if service == "cloud-object-storage" else crn
            owner.registrations[kms].append(self.registration(key["id"], bucket))
        if self.chance(0.2):
            volume = f"crn:v1:bluemix:public:is:us-south-1:a/{IBM}::volume:r006-{self.uuid()}"
            owner.registrations[kms].append(self.registration(key["id"], volume))
        if self.chance(0.8):
            owner.policies.append(self.policy(user, owner, service, kms if self.chance(0.7) else None))

    def registration(self, key: str, resource: str) -> dict[str, Any]:
        made = {"createdBy": f"crn-{resource}", "creationDate": "2026-03-02T09:14:31Z", "lastUpdated": "2026-03-02T09:14:31Z"}
        return {"keyId": key, "resourceCrn": resource, **made, "preventKeyDeletion": False, "keyVersion": {"id": key}}

    def policy(self, user: Account, owner: Account, service: str, kms: str | None) -> dict[str, Any]:
        def side(account: Account, **values: str) -> list[dict[str, Any]]:
            named = {"accountId": account.id, **values}
            return [{"attributes": [{"name": name, "value": value, "operator": "stringEquals"} for name, value in named.items()]}]

        roles = ["crn:v1:bluemix:public:iam::::serviceRole:Reader"]
        if self.chance(0.3):
            roles.append("crn:v1:bluemix:public:iam::::role:AuthorizationDelegator")
        target = {"serviceName": "kms"}
        if kms is not None:
            target = {"serviceName": kms.split(":")[4], "serviceInstance": kms.split(":")[7]}
        return {
            "id": self.uuid(), "type": "authorization", "state": "active", "subjects": side(user, serviceName=service),
            "roles": [{"role_id": role, "display_name": role.rpartition(":")[2]} for role in roles], "resources": side(owner, **target),
            "created_at": "2026-03-02T09:20:00.114Z", "created_by_id": "IBMid-000000EXAMPLE",
        }  # fmt: skip

    def files(self, account: Account, missing: float) -> Iterator[tuple[str, str, str | None, str, list[dict[str, Any]]]]:
        """Name, kind, KMS instance, member and rows of each file but those that are missing."""
        files: list[tuple[str, str, str | None, str, list[dict[str, Any]]]] = [
            ("resource-instances.json", "resource-instances", None, "resources", account.instances),
            ("iam-authorizations.json", "iam-policies", None, "policies", account.policies),
        ]
        for number, kms in enumerate(account.kms):
            files.append((f"kms-{number}/keys.json", "kms-keys", kms, "resources", account.keys[kms]))
            files.append((f"kms-{number}/registrations.json", "kms-registrations", kms, "resources", account.registrations[kms]))
        # A key that is in no list may be of any account to one machine that reads all, and is of its own account here.
        return (file for file in files if file[1] == "kms-keys" or not self.chance(missing))

    def exports(self, folder: str, account: Account, *, missing: float, damaged: float) -> Iterator[Export]:
        """The files of an account, some with a manifest, some compressed, some damaged."""
        calls: list[dict[str, Any]] = []
        for name, kind, kms, member, rows in self.files(account, missing):
            data = json.dumps({member: rows}, indent=self.random.choice((None, 1))).encode()
            call = {"file": name, "kind": kind, "account": account.id, "url": "https://example.com/", "status": 200, "pages": 1}
            calls.append({**call, "rows": len(rows), "total": len(rows), **({"instance": kms} if kms else {})})
            if kind != "kms-keys" and self.chance(damaged):
                data = data[: len(data) * 2 // 3]
            elif self.chance(0.1):
                data = gzip.compress(data, mtime=0)
            yield Export(account.id, f"{folder}/{account.id}/{name}", data)
        if self.chance(0.7):
            times = {"started_at": "2026-11-21T10:00:00Z", "finished_at": "2026-11-21T11:00:00Z"}
            manifest = {"manifest_version": 1, **times, "calls": calls}
            yield Export(account.id, f"{folder}/{account.id}/kmsguard-export.json", json.dumps(manifest).encode())


def made(
    seed: int, count: int, *, large: int = 120, shared: float = 0.2, missing: float = 0.05, damaged: float = 0.02
) -> list[Export]:
    """Exports of ``count`` accounts: one has ``large`` uses, of all ``shared`` take a key of another account."""
    maker = Maker(seed)
    accounts = [maker.account(1 + large // 4 if number == 0 else maker.random.randint(1, 4)) for number in range(count)]
    for number, user in enumerate(accounts):
        for _ in range(large if number == 0 else maker.random.randint(0, 8)):
            maker.use(user, maker.random.choice(accounts) if maker.chance(shared) else user)
    return [
        export for account in accounts for export in maker.exports("exports", account, missing=missing, damaged=damaged)
    ]
