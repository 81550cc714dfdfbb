"""Policies as keyword arguments: IBM's SDK takes them as they are, and sends the body that kmsguard wrote."""

from __future__ import annotations

import inspect
import json
from typing import Any, Iterator, Literal

import kmsguard
import pytest
from ibm_cloud_sdk_core.authenticators import BearerTokenAuthenticator
from ibm_platform_services import IamPolicyManagementV1

from plans import ROOT
from recorder import Recorder


def asked() -> list[Any]:
    """Every case of the vectors, by its name."""
    return [
        pytest.param(case["request"], id=f"{path.stem}: {case['name']}")
        for path in sorted((ROOT / "tests/vectors/policy").glob("*.json"))
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]
        if "request_error" not in case["expect"]
    ]


@pytest.fixture(scope="module")
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder


@pytest.fixture(scope="module")
def client(server: Recorder) -> IamPolicyManagementV1:
    client = IamPolicyManagementV1(authenticator=BearerTokenAuthenticator("the-token-of-the-test"))
    client.set_service_url(f"http://127.0.0.1:{server.port}")
    return client


SENT: list[str] = []


@pytest.mark.parametrize("request_", asked())
def test_the_sdk_sends_what_the_form_says(request_: dict[str, Any], server: Recorder, client: IamPolicyManagementV1) -> None:
    for authorization in kmsguard.policy(**request_).authorizations:
        for version, call in (("v1", client.create_policy), ("v2", client.create_v2_policy)):
            of: Literal["v1", "v2"] = "v1" if version == "v1" else "v2"
            body = getattr(authorization.forms, version)
            arguments = authorization.to_sdk(of)
            if body is None:
                assert arguments is None
                continue
            assert arguments is not None and arguments == body.to_sdk()
            assert set(arguments) <= set(inspect.signature(call).parameters) - {"self", "kwargs"}
            call(**arguments)
            [arrived] = server.take()
            assert (arrived.method, arrived.path) == ("POST", f"/{version}/policies")
            assert arrived.json() == body.to_dict()
            SENT.append(version)


def test_policies_of_both_versions_were_sent() -> None:
    assert SENT.count("v1") > 20 and SENT.count("v2") > 20


def test_what_an_inventory_suggests_is_sent(server: Recorder, client: IamPolicyManagementV1) -> None:
    inventory = kmsguard.Inventory.read(ROOT / "tests/accounts/example")
    suggested = inventory.tighten(now="2026-11-21T12:00:00Z").add
    for policy in suggested:
        assert policy.forms.v1 is not None
        client.create_policy(**policy.forms.v1.to_sdk())
        [arrived] = server.take()
        assert arrived.json() == policy.forms.v1.to_dict()
    assert suggested
