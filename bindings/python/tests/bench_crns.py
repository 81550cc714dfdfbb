"""Nanoseconds a CRN of ``crns``, beside a loop of ``re.fullmatch`` with the usual expression for a key."""

from __future__ import annotations

import re
import statistics
import time
from typing import Callable

import kmsguard

COUNT = 100_000
RUNS = 15

TEXTS = [
    "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:"
    f"44f9c10d-99f5-4547-9e9f-{number:012x}:key:f6c9f6d0-92f6-437a-b97c-{number * 7:012x}"
    for number in range(COUNT)
]
KEY = re.compile(
    r"crn:v1:bluemix:public:(kms|hs-crypto):([a-z0-9-]+):a/([0-9a-f]{32}):"
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):key:"
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
)


def medians(*works: Callable[[], int]) -> list[float]:
    """Of each, all in turns, so that none has a better moment than the others."""

    def once(work: Callable[[], int]) -> int:
        start = time.perf_counter_ns()
        assert work() == COUNT
        return time.perf_counter_ns() - start

    times = [[once(work) for work in works] for _ in range(RUNS)]
    return [statistics.median(of_one) / COUNT for of_one in zip(*times)]


def theirs() -> int:
    return len([text for text in TEXTS if KEY.fullmatch(text) is not None])


def ours() -> int:
    return len(kmsguard.crns(TEXTS))


def main() -> None:
    assert not any(kmsguard.crns(TEXTS).codes)
    peer, own = medians(theirs, ours)
    print(f"re.fullmatch in a loop  {peer:.0f} ns")
    print(f"crns                    {own:.0f} ns    {own / peer:.2f} of it; goal 0.25")


if __name__ == "__main__":
    main()
