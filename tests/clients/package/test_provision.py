"""The example that makes a deployment with IBM's SDK, against a server on this machine: what is sent, and what is not."""

from __future__ import annotations

import json
import runpy
from types import SimpleNamespace
from typing import Any, Callable, Iterator

import pytest
from ibm_cloud_sdk_core.authenticators import BearerTokenAuthenticator
from ibm_platform_services import IamPolicyManagementV1, ResourceControllerV2
from keyprotect.ibm_key_protect_api_v2 import IbmKeyProtectApiV2

from plans import ROOT
from recorder import Call, Recorder

EXAMPLE = runpy.run_path(str(ROOT / "bindings/python/examples/provision_check.py"))
NOW = "2026-11-21T12:00:00Z"
ACCOUNT = "0123456789abcdef0123456789abcdef"
INSTANCE = "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"
KEY = f"crn:v1:bluemix:public:kms:ca-mon:a/{ACCOUNT}:{INSTANCE}:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"
REQUEST = {
    "service": "event-streams-gen2",
    "name": "orders",
    "region": "ca-mon",
    "resource_group": {"id": "5c49eabcf5e85881a37e2d100a33b3df"},
    "key": {"crn": KEY},
}


def answers(state: int) -> dict[str, Any]:
    """What the service answers, by the path of the call."""
    made = {
        "id": f"crn:v1:bluemix:public:messagehub:ca-mon:a/{ACCOUNT}:0ba5d1e8-2a1c-4f0a-9e9f-44f9c10d0000::",
        "state": "active",
        "parameters": {"dataservices": {"encryption": {"disk": KEY}}},
        "extensions": {"dataservices": {"encryption": {"disk": KEY}}},
    }
    kms = f"crn:v1:bluemix:public:kms:ca-mon:a/{ACCOUNT}:{INSTANCE}::"
    row = {
        "id": kms,
        "crn": kms,
        "guid": INSTANCE,
        "name": "keys",
        "account_id": ACCOUNT,
        "region_id": "ca-mon",
        "resource_group_id": "5c49eabcf5e85881a37e2d100a33b3df",
        "resource_id": "ee41347f-b18e-4ca6-bf80-b5467c63f9a6",
        "resource_plan_id": "eedd3585-90c6-4c8f-be3d-062069e99fc3",
        "state": "active",
        "type": "service_instance",
    }
    key = {
        "type": "application/vnd.ibm.kms.key+json",
        "id": KEY.rpartition(":")[2],
        "name": "orders",
        "state": state,
        "extractable": False,
        "crn": KEY,
        "keyRingID": "default",
    }
    return {
        "GET /v1/policies": {"policies": []},
        "GET /v2/resource_instances": {"rows_count": 1, "next_url": None, "resources": [row]},
        "GET /api/v2/keys": {
            "metadata": {"collectionType": "application/vnd.ibm.kms.key+json", "collectionTotal": 1},
            "resources": [key],
        },
        "POST /v1/policies": {"id": "10000000-0000-4000-8000-000000000001"},
        "POST /v2/resource_instances": made,
    }


class Service(Recorder):
    """Answers each call with what belongs to its path."""

    def answers_of(self, state: int) -> None:
        self.by_path = answers(state)

    def answer_to(self, call: Call) -> Any:
        return self.by_path[f"{call.method} {call.path.partition('?')[0]}"]


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as service:
        yield service


@pytest.fixture
def clients(service: Service) -> Any:
    def client(kind: Callable[..., Any]) -> Any:
        made = kind(authenticator=BearerTokenAuthenticator("the-token-of-the-test"))
        made.set_service_url(f"http://127.0.0.1:{service.port}")
        return made

    return SimpleNamespace(
        iam=client(IamPolicyManagementV1), resources=client(ResourceControllerV2), keys=client(IbmKeyProtectApiV2)
    )


def test_what_is_in_order_is_made(service: Service, clients: Any) -> None:
    service.answers_of(state=1)
    made = EXAMPLE["provision"](REQUEST, ACCOUNT, clients, NOW)
    assert made.get_result()["state"] == "active"
    calls = service.take()
    assert [call.method for call in calls] == ["GET", "GET", "GET", "POST", "POST"]
    policy, instance = (json.loads(call.body) for call in calls[3:])
    assert policy["type"] == "authorization" and instance["name"] == "orders"
    assert instance["parameters"]["dataservices"]["encryption"]["disk"] == KEY


def test_a_key_that_is_destroyed_makes_nothing(service: Service, clients: Any) -> None:
    service.answers_of(state=5)
    with pytest.raises(EXAMPLE["Refused"]):
        EXAMPLE["provision"](REQUEST, ACCOUNT, clients, NOW)
    assert {call.method for call in service.take()} == {"GET"}
