"""What is shared is found, and the audits of groups are the audit of all: without Spark, so that many seeds are tried."""

from __future__ import annotations

import gzip

import pytest
from kmsguard import Inventory
from kmsguard._audit_joined import answer_of, kms_instance, parts_of
from kmsguard._exports_linked import groups_of, tokens_of

from made_accounts import Export, made

NOW = "2026-11-21T12:00:00Z"
OF_ANY_INSTANCE = ("AUTH015", "DEP001")


def grouped(exports: list[Export]) -> dict[str, list[tuple[str, bytes, bool]]]:
    """What :mod:`kmsguard.spark` does with tables."""
    nodes = [export.account or f"file:{export.name}" for export in exports]
    known = frozenset(nodes)
    by_token: dict[str, set[str]] = {}
    for node, export in zip(nodes, exports):
        for token in tokens_of(export.data or b"", known):
            by_token.setdefault(token, {token} if token in known else set()).add(node)
    of = groups_of(by_token.values())
    groups: dict[str, list[tuple[str, bytes, bool]]] = {}
    for node, export in zip(nodes, exports):
        groups.setdefault(of.get(node, node), []).append((export.name, export.data or b"", export.data is None))
    return groups


def joined(exports: list[Export]) -> str:
    first = {group: parts_of(files, NOW, OF_ANY_INSTANCE, False) for group, files in grouped(exports).items()}
    heads = {group: part for group, parts in first.items() for part in parts if part.part == "head"}
    unread = min((head.key for head in heads.values() if head.key is not None), default=None)
    for group, files in grouped(exports).items():
        if unread is not None and heads[group].message == "open" and heads[group].key != unread:
            files.append(("kmsguard", kms_instance(unread), False))
            kept = [part for part in first[group] if part.rule not in OF_ANY_INSTANCE]
            first[group] = kept + parts_of(files, NOW, OF_ANY_INSTANCE, True)
    return answer_of((part for parts in first.values() for part in parts), NOW).to_json()


def alone(exports: list[Export]) -> str:
    return Inventory._of_inputs((export.name, export.data or b"", export.data is None) for export in exports).audit(now=NOW).to_json()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("shared", [0.0, 0.05])
def test_the_audits_of_groups_are_the_audit_of_all(seed: int, shared: float) -> None:
    exports = made(seed, 7, large=20, shared=shared, missing=0.1 if seed % 2 else 0.0, damaged=0.03 if seed % 3 else 0.0)
    assert joined(exports) == alone(exports)


def test_what_is_named_from_elsewhere_links() -> None:
    first, second, third = "1" * 32, "2" * 32, "3" * 32
    known = frozenset((first, second))
    uuid = "f6c9f6d0-92f6-437a-b97c-4b617cb3d320"
    crn = f"crn:v1:bluemix:public:kms:us-south:a/{third}:{uuid}:key:{uuid}"
    volume = f"crn:v1:bluemix:public:is:us-south-1:a/{third}::volume:r006-{uuid}"
    cases = [
        (f'{{"accountId":"{first}"}}', {first}),
        (f'{{"resource_group_id":"{third}"}}', set()),
        (f'{{"keyId":"{uuid}"}}', {uuid}),
        (f'{{"resource_plan_id": "{uuid}"}}', set()),
        (f'{{"crn":"{crn}"}}', {f"account:{third}", uuid}),
        (f'{{"crn":"{volume}"}}', {volume}),
    ]
    for text, tokens in cases:
        assert set(tokens_of(text.encode(), known)) == tokens
        assert set(tokens_of(gzip.compress(text.encode()), known)) == tokens
        assert set(tokens_of(text.encode("utf-16"), known)) == tokens
    # A file that was cut tells what is left of it.
    assert set(tokens_of(gzip.compress(cases[0][0].encode())[:-8], known)) == {first}


def test_links_are_followed() -> None:
    assert groups_of([["c", "b"], ["d", "e"], ["b", "a"]]) == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "d"}
