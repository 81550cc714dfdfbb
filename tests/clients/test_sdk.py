"""IBM's own SDKs send the bodies of the plans, and what they read of the answers is judged by `--verify`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, Callable, Iterator
from urllib.parse import urlsplit

import pytest
from ibm_cloud_sdk_core.authenticators import BearerTokenAuthenticator
from ibm_platform_services import IamPolicyManagementV1, ResourceControllerV2
from ibm_platform_services.iam_policy_management_v1 import PolicyResource, PolicyRole, PolicySubject
from ibm_schematics.schematics_v1 import KMSSettingsPrimaryCrk, KMSSettingsSecondaryCrk, SchematicsV1

from conftest import CALLS as PLANNED
from plans import Step, ask
from recorder import Recorder

TOKEN = "the-token-of-the-test"


def authorize(client: IamPolicyManagementV1, body: dict[str, Any]) -> Any:
    return client.create_policy(
        type=body["type"],
        subjects=[PolicySubject.from_dict(one) for one in body["subjects"]],
        roles=[PolicyRole.from_dict(one) for one in body["roles"]],
        resources=[PolicyResource.from_dict(one) for one in body["resources"]],
    )


def settings(client: SchematicsV1, body: dict[str, Any]) -> Any:
    keys: dict[str, Any] = {"primary_crk": KMSSettingsPrimaryCrk.from_dict(body["primary_crk"])}
    if "secondary_crk" in body:
        keys["secondary_crk"] = KMSSettingsSecondaryCrk.from_dict(body["secondary_crk"])
    rest = {name: value for name, value in body.items() if not name.endswith("_crk")}
    return client.update_kms_settings(**rest, **keys)


IAM = "https://iam.cloud.ibm.com"
RESOURCE_CONTROLLER = "https://resource-controller.cloud.ibm.com"
SCHEMATICS = "https://schematics.cloud.ibm.com"

# By the host of a call: the client that makes it.
CLIENTS: dict[str, Any] = {
    host: client(authenticator=BearerTokenAuthenticator(TOKEN))
    for host, client in (
        (IAM, IamPolicyManagementV1),
        (RESOURCE_CONTROLLER, ResourceControllerV2),
        (SCHEMATICS, SchematicsV1),
    )
}

# By the method, the host and the path of a call: how the client makes it.
CALLS: dict[tuple[str, str, str], Callable[[Any, dict[str, Any]], Any]] = {
    ("POST", IAM, "/v1/policies"): authorize,
    ("POST", RESOURCE_CONTROLLER, "/v2/resource_instances"): lambda client, body: client.create_resource_instance(**body),
    ("PUT", SCHEMATICS, "/v2/settings/kms"): settings,
}


@pytest.fixture(scope="module")
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder


def kind(step: Step) -> tuple[str, str, str]:
    """The method, the host and the path of a call."""
    rest = step.rest
    assert rest is not None
    parts = urlsplit(rest["url"])
    return rest["method"], f"{parts.scheme}://{parts.netloc}", parts.path


KNOWN = [step for step in PLANNED if kind(step) in CALLS and step.rest and "body" in step.rest]


@pytest.mark.parametrize("step", KNOWN, ids=str)
def test_the_sdk_sends_what_the_plan_says(step: Step, server: Recorder) -> None:
    rest = step.rest
    assert rest is not None
    method, host, path = kind(step)
    client = CLIENTS[host]
    client.set_service_url(f"http://127.0.0.1:{server.port}")
    CALLS[method, host, path](client, rest["body"])
    [arrived] = server.take()
    assert (arrived.method, host + arrived.path) == (method, rest["url"])
    assert arrived.json() == rest["body"]
    assert arrived.headers["authorization"] == rest["headers"]["Authorization"].replace("$TOKEN", TOKEN)


def test_every_kind_of_call_is_among_the_plans() -> None:
    assert {kind(step) for step in KNOWN} == set(CALLS)


KEY = (
    "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:"
    "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"
)
INSTANCE = "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:0ba5d1e8-2a1c-4f0a-9e9f-44f9c10d0000::"


@pytest.mark.parametrize(("effective", "verdict"), [(KEY, "planned"), (KEY[:-1] + "1", "other-key")])
def test_what_the_sdk_reads_of_an_instance_is_verified(effective: str, verdict: str, server: Recorder) -> None:
    server.answer = {
        "id": INSTANCE,
        "crn": INSTANCE,
        "name": "my-streams",
        "state": "active",
        "parameters": {"dataservices": {"encryption": {"disk": KEY}}},
        "extensions": {"dataservices": {"encryption": {"disk": effective}}},
    }
    client = CLIENTS[RESOURCE_CONTROLLER]
    client.set_service_url(f"http://127.0.0.1:{server.port}")
    read = client.get_resource_instance(id=INSTANCE).get_result()
    assert verified({"service": "event-streams-gen2", "key": {"crn": KEY}}, read) == verdict


@pytest.mark.parametrize(("effective", "verdict"), [(KEY, "planned"), (KEY[:-1] + "1", "other-key")])
def test_what_the_sdk_reads_of_settings_is_verified(effective: str, verdict: str, server: Recorder) -> None:
    server.answer = {"location": "US", "encryption_scheme": "byok", "primary_crk": {"key_crn": effective}}
    client = CLIENTS[SCHEMATICS]
    client.set_service_url(f"http://127.0.0.1:{server.port}")
    read = client.get_kms_settings(location="US").get_result()
    request = {"service": "schematics", "location": "US", "scheme": "byok", "key": {"crn": KEY}}
    assert verified(request, read) == verdict


def verified(request: dict[str, Any], read: Any) -> str:
    """What the command says of an answer that an SDK has read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.json"
        path.write_text(json.dumps(read), encoding="utf-8")
        verdict = ask(request, "--verify", str(path))["verify"]["verdict"]
    assert isinstance(verdict, str)
    return verdict
