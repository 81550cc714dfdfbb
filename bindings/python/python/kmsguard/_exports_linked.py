"""Which accounts belong together: those whose exports name each other, or name one thing.

Only what no account shares with another can be audited by itself. Whatever is seen here as shared and is not costs time alone:
accounts that share nothing are then read together. So the bytes are searched, whatever kind of export they are.
"""

from __future__ import annotations

import re
import zlib
from typing import Iterable, Iterator

_MOST = 1 << 30
"""How much of a compressed file is looked at, in bytes."""

_ACCOUNT = re.compile(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")

_UUID = re.compile(
    # What the catalogue of IBM Cloud calls a plan or a service is the same in all accounts.
    rb'"(?:resource_plan_id|resource_id|plan_id)"\s*:\s*"[^"]*"'
    rb"|(?<=[\"':/,\t\r\n])([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?=[\"':/,\\\t\r\n])"
)

_CRN = re.compile(rb"crn:v1:[^:\s\"]*:[^:\s\"]*:[^:\s\"]*:[^:\s\"]*:a/([0-9a-f]{32}):([^:\s\"]*):([^\s\",\\]*)")


def tokens_of(data: bytes, accounts: frozenset[str]) -> Iterator[str]:
    """What a file names that another may name as well; ``accounts`` are those of which there are exports."""
    text = _text(data)
    for named in {*_ACCOUNT.findall(text)}:
        account = named.decode()
        if account in accounts:
            yield account
    for uuid in {*_UUID.findall(text)}:
        if uuid:
            yield uuid.decode()
    for match in _CRN.finditer(text):
        account = match[1].decode()
        if account not in accounts:
            # IBM keeps what belongs to many customers in accounts of its own, without instances: there each thing is by itself.
            yield f"account:{account}" if match[2] else match[0].decode("utf-8", "replace")


def groups_of(links: Iterable[Iterable[str]]) -> dict[str, str]:
    """Of each member of a link the group that it is in, called after the first of its members."""
    parents: dict[str, str] = {}

    def root(member: str) -> str:
        while (parent := parents.setdefault(member, member)) != member:
            # Each look makes the way shorter for the next one.
            parents[member] = parents[parent]
            member = parent
        return member

    for link in links:
        first, *rest = sorted({root(member) for member in link})
        for other in rest:
            parents[other] = first
    return {member: root(member) for member in list(parents)}


def _text(data: bytes) -> bytes:
    """The bytes to search: inflated, and of the letters that are searched for in one byte each."""
    if data[:2] == b"\x1f\x8b":
        data = _inflated(data)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").encode()
    return data


def _inflated(data: bytes) -> bytes:
    """As much as can be: the rest of a file that was cut is a problem of the audit."""
    inflated = bytearray()
    while data and len(inflated) < _MOST:
        member = zlib.decompressobj(wbits=31)
        try:
            inflated += member.decompress(data, _MOST - len(inflated))
        except zlib.error:
            break
        data = member.unused_data.lstrip(b"\0")
    return bytes(inflated)
