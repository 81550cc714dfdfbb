"""What the clients of IBM's SDKs give, as it comes: responses, models and pages are read as the JSON that they came from."""

from __future__ import annotations

import json
from typing import Any, Callable, Iterator

import kmsguard
import pytest
from ibm_cloud_sdk_core.authenticators import BearerTokenAuthenticator
from ibm_platform_services import IamPolicyManagementV1, ResourceControllerV2
from ibm_platform_services.iam_policy_management_v1 import PolicyCollection
from ibm_platform_services.resource_controller_v2 import ResourceInstancesList, ResourceInstancesPager
from keyprotect.ibm_key_protect_api_v2 import IbmKeyProtectApiV2

from plans import ROOT
from recorder import Recorder

EXAMPLE = ROOT / "tests/accounts/example"
NOW = "2026-11-21T12:00:00Z"
INSTANCES = "resource-instances.json"
ACCOUNT = "a1b2c3d4e5f60718293a4b5c6d7e8f90"


def exported(name: str) -> Any:
    return json.loads((EXAMPLE / name).read_text(encoding="utf-8"))


def tables(*documents: Any) -> list[str]:
    """Everything that is read from documents, and what an audit finds."""
    inventory = kmsguard.Inventory.from_objects(*documents)
    every = [inventory.keys, inventory.deployments, inventory.uses, inventory.authorizations, inventory.gaps]
    return [*(rows.to_json() for rows in every), inventory.audit(now=NOW).findings.to_json()]


@pytest.fixture(scope="module")
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder


@pytest.fixture
def client(server: Recorder) -> Callable[[Any], Any]:
    def made(kind: Any) -> Any:
        made = kind(authenticator=BearerTokenAuthenticator("the-token-of-the-test"))
        made.set_service_url(f"http://127.0.0.1:{server.port}")
        return made

    return made


def listed(name: str) -> Any:
    """An export as its API lists it: where the command prints the rows alone, in the object that holds them."""
    document = exported(name)
    if not isinstance(document, list):
        return document
    if name == INSTANCES:
        return {"rows_count": len(document), "next_url": None, "resources": document}
    return {"metadata": {"collectionTotal": len(document)}, "resources": document}


CALLS: dict[str, Callable[[Callable[[Any], Any]], Any]] = {
    INSTANCES: lambda client: client(ResourceControllerV2).list_resource_instances(),
    "iam-authorizations.json": lambda client: client(IamPolicyManagementV1).list_policies(account_id=ACCOUNT),
    "kms-production/keys.json": lambda client: client(IbmKeyProtectApiV2).get_keys("6f3f4c1e-2f0a-4a55-8f0e-0d9c1b7a5e21"),
    "kms-production/registrations.json": lambda client: client(IbmKeyProtectApiV2).get_registrations_all_keys(
        "6f3f4c1e-2f0a-4a55-8f0e-0d9c1b7a5e21"
    ),
}


def test_responses_are_read_as_their_json(server: Recorder, client: Callable[[Any], Any]) -> None:
    documents, responses = [], []
    for name, call in CALLS.items():
        server.answer = listed(name)
        documents.append(server.answer)
        responses.append(call(client))
    assert {type(response).__name__ for response in responses} == {"DetailedResponse"}
    read = tables(*responses)
    assert read == tables(*documents)
    assert kmsguard.Inventory.from_objects(*responses).uses and kmsguard.Inventory.from_objects(*responses).authorizations


def test_models_are_read_as_their_json() -> None:
    # The models are stricter than the API: no null for the page that does not follow, and no operation that is told in part.
    rows = [{name: value for name, value in row.items() if name != "last_operation"} for row in exported(INSTANCES)]
    models = [
        ResourceInstancesList.from_dict({"rows_count": len(rows), "next_url": "", "resources": rows}),
        PolicyCollection.from_dict(exported("iam-authorizations.json")),
    ]
    # A model writes only what its SDK knows, so it is held against what it writes itself.
    assert tables(*models) == tables(*(model.to_dict() for model in models))
    nested = [{"resources": models[0].resources}, {"policies": models[1].policies}]
    read = kmsguard.Inventory.from_objects(*nested)
    whole = kmsguard.Inventory.from_objects(exported("iam-authorizations.json"))
    assert [one.id for one in read.authorizations] == [one.id for one in whole.authorizations] and len(whole.authorizations) > 5
    assert len(read.deployments) > 0


def test_pages_are_read_as_one_list(server: Recorder, client: Callable[[Any], Any]) -> None:
    server.answer = listed(INSTANCES)
    pages = ResourceInstancesPager(client=client(ResourceControllerV2), limit=100).get_all()
    assert tables(pages) == tables(exported(INSTANCES))


def test_policies_and_plans_take_responses_too(server: Recorder, client: Callable[[Any], Any]) -> None:
    server.answer = exported("iam-authorizations.json")
    response = client(IamPolicyManagementV1).list_policies(account_id=ACCOUNT)
    assert kmsguard.policy(response, now=NOW).to_json() == kmsguard.policy(server.answer, now=NOW).to_json()

    key = kmsguard.Inventory.from_objects(exported("kms-production/keys.json")).keys[0].crn
    plan = {"service": "event-streams-gen2", "key": {"crn": key}, "region": "ca-mon"}
    server.answer = {
        "id": "crn:v1:bluemix:public:messagehub:ca-mon:a/a1b2c3d4e5f60718293a4b5c6d7e8f90:0ba5d1e8-2a1c-4f0a-9e9f-44f9c10d0000::",
        "state": "active",
        "parameters": {"dataservices": {"encryption": {"disk": key}}},
        "extensions": {"dataservices": {"encryption": {"disk": key}}},
    }
    made = client(ResourceControllerV2).get_resource_instance(id="0ba5d1e8-2a1c-4f0a-9e9f-44f9c10d0000")
    verified = kmsguard.plan(plan, verify=made, now=NOW)
    assert verified.to_json() == kmsguard.plan(plan, verify=server.answer, now=NOW).to_json()
    assert verified.verify is not None


def test_what_is_no_answer_is_misuse() -> None:
    for document in (object(), ResourceInstancesList, {"resources": {1, 2}}):
        with pytest.raises(TypeError, match="neither JSON nor an answer"):
            kmsguard.Inventory.from_objects(document)
