"""Configurations, baselines and differences, as Python has them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from conftest import KEY, NOW

import kmsguard

ACCOUNT = "0123456789abcdef0123456789abcdef"


def _inventory(*services: str) -> kmsguard.Inventory:
    key_id = KEY.rpartition(":")[2]
    keys = [{"id": key_id, "name": "the-key", "state": 1, "extractable": False, "crn": KEY}]
    crn = "crn:v1:bluemix:public:{}:us-south:a/" + ACCOUNT + ":11111111-1111-4111-8111-111111111111::"
    registrations = [{"keyId": key_id, "resourceCrn": crn.format(service)} for service in services]
    return kmsguard.Inventory.from_objects(keys, registrations)


def _config(**entry: Any) -> dict[str, Any]:
    suppression = {"rule": "SHARE001", "resource": KEY, "reason": "known", **entry}
    return {"rules": {"select": ["SHARE001"]}, "suppressions": [suppression]}


SHARED = ("databases-for-redis", "messagehub")


def test_a_configuration_is_what_tomllib_reads() -> None:
    tomllib = pytest.importorskip("tomllib", reason="tomllib came with Python 3.11")
    config = tomllib.loads(f"""
        [rules]
        select = ["SHARE001"]
        [accounts.{ACCOUNT}]
        owner = "payments team"
        [[suppressions]]
        rule = "SHARE001"
        resource = "{KEY}"
        reason = "known"
        expires = 2027-01-31
    """)
    audit = _inventory(*SHARED).audit(config=config, now=NOW)
    assert audit.outcome == "fine"
    (finding,) = audit.findings
    assert finding.owner == "payments team"
    assert finding.suppressed is not None and finding.suppressed.expires == "2027-01-31"


def test_days_are_written_as_toml_writes_them() -> None:
    audit = _inventory(*SHARED).audit(config=_config(expires=datetime.date(2026, 11, 20)), now=NOW)
    assert audit.suppressions[0].state == "expired" and audit.outcome == "bad"
    audit = _inventory(*SHARED).audit(config=_config(expires=datetime.time(12)), now=NOW)
    assert audit.suppressions[0].state == "malformed" and audit.outcome == "bad"
    with pytest.raises(TypeError, match="`set` is neither JSON"):
        _inventory().audit(config=_config(expires={1}), now=NOW)


def test_what_is_said_beside_a_configuration_wins() -> None:
    config = {"rules": {"select": ["SHARE001"], "fail_on": "never"}}
    assert _inventory(*SHARED).audit(config=config, now=NOW).outcome == "fine"
    assert _inventory(*SHARED).audit(config=config, fail_on="low", now=NOW).outcome == "bad"
    assert _inventory(*SHARED).audit(config=config, select=["KEY001"], now=NOW).checked == ("KEY001",)


def test_a_wrong_configuration_is_misuse() -> None:
    with pytest.raises(kmsguard.KmsguardError) as raised:
        _inventory().audit(config={"rule": {}}, now=NOW)
    assert (raised.value.code, raised.value.help) == ("CONF001", "did you mean `rules`?")


def test_a_baseline_is_taken_as_it_was_given_or_as_it_was_kept() -> None:
    inventory = _inventory(*SHARED)
    baseline = inventory.baseline(select=["SHARE001"], now=NOW)
    for kept in (baseline, baseline.to_dict()):
        audit = inventory.audit(select=["SHARE001"], baseline=kept, now=NOW)
        assert audit.outcome == "fine" and audit.baseline is not None and audit.baseline.used == 1
    more = _inventory(*SHARED, "cloudantnosqldb").audit(select=["SHARE001"], baseline=baseline, now=NOW)
    assert more.outcome == "bad" and more.baseline is not None and more.baseline.worse == 1


def test_audits_are_compared_as_they_are_or_as_they_were_kept() -> None:
    old = _inventory(*SHARED).audit(select=["SHARE001"], now=NOW)
    new = _inventory("messagehub").audit(select=["SHARE001"], now=NOW)
    for before, after in ((old, new), (old.to_dict(), new.to_dict())):
        diff = kmsguard.diff(before, after, now=NOW)
        assert diff.outcome == "fine" and diff.summary.fixed == 1
        assert kmsguard.diff(after, before, now=NOW).outcome == "bad"
        assert kmsguard.diff(after, before, fail_on="critical", now=NOW).outcome == "fine"
    with pytest.raises(kmsguard.KmsguardError) as raised:
        kmsguard.diff({}, new, now=NOW)
    assert raised.value.code == "REQ015"
