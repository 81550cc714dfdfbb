"""What the package costs: its import, columns of CRNs, and an audit beside the command. `bench_package.py COMMAND FOLDER`."""

from __future__ import annotations

import os
import re
import resource
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable

import pyarrow  # type: ignore[import-untyped]
import pyarrow.compute  # type: ignore[import-untyped]

import kmsguard
import kmsguard.arrow

COUNT = 1_000_000
RUNS = 7

TEXTS = [
    "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:"
    f"44f9c10d-99f5-4547-9e9f-{number:012x}:key:f6c9f6d0-92f6-437a-b97c-{number * 7:012x}"
    for number in range(COUNT)
]
GUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
SEGMENTS = (
    r"crn:(?P<version>v1):(?P<cname>bluemix):(?P<ctype>public):(?P<service_name>kms|hs-crypto):(?P<location>[a-z0-9-]+):"
    rf"(?P<scope>a/[0-9a-f]{{32}}):(?P<service_instance>{GUID}):(?P<resource_type>key):(?P<resource>{GUID})"
)
"""The usual expression for a key: it looks into no list of regions, gives no reason, and knows no other kind of CRN."""


def medians(*works: Callable[[], Any], runs: int = RUNS) -> list[float]:
    """Seconds of each, all in turns, so that none has a better moment than the others."""

    def once(work: Callable[[], Any]) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    times = [[once(work) for work in works] for _ in range(runs)]
    return [statistics.median(of_one) for of_one in zip(*times)]


def told(what: str, measured: str, ratio: float, goal: float, least: bool = True) -> None:
    met = ratio >= goal if least else ratio <= goal
    print(f"{what:<64}{measured:>22}  {ratio:8.2f}  {'at least' if least else 'at most'} {goal:g}  {'' if met else 'MISSED'}")


def imports() -> None:
    """Milliseconds of the processor in fresh interpreters, all in turns: what else the machine does plays no part."""

    def once(module: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-I", "-c", f"import {module}"], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1e3

    # The first one writes the bytecode, as an installed package has it.
    once("kmsguard")
    took = [(once("kmsguard"), once("json")) for _ in range(21)]
    package, peer = (statistics.median(of_one) for of_one in zip(*took))
    told("import kmsguard, beyond import json", f"{package:.1f} - {peer:.1f} ms", package - peer, 30, least=False)


def columns() -> None:
    """Columns of a million CRNs, parsed and checked, by one thread and by two."""
    column = pyarrow.chunked_array([pyarrow.array(TEXTS[start : start + 65_536]) for start in range(0, COUNT, 65_536)])
    whole = re.compile(SEGMENTS)
    halves = [column.slice(0, COUNT // 2), column.slice(COUNT // 2)]

    def loop() -> None:
        assert len([text for text in TEXTS if whole.fullmatch(text) is not None]) == COUNT

    def loop_segments() -> None:
        assert len([match.groupdict() for text in TEXTS if (match := whole.fullmatch(text)) is not None]) == COUNT

    def theirs_check() -> None:
        assert pyarrow.compute.sum(pyarrow.compute.match_substring_regex(column, f"^(?:{SEGMENTS})$")).as_py() == COUNT

    def theirs_parse() -> None:
        assert len(pyarrow.compute.extract_regex(column, f"^(?:{SEGMENTS})$")) == COUNT

    def check(threads: int) -> Callable[[], None]:
        def work() -> None:
            assert len(kmsguard.arrow.check(column, "key", threads=threads)) == COUNT

        return work

    def parse(threads: int) -> Callable[[], None]:
        def work() -> None:
            assert len(kmsguard.arrow.parse(column, threads=threads)) == COUNT

        return work

    def callers(work: Callable[[Any], Any]) -> Callable[[], None]:
        def both() -> None:
            with ThreadPoolExecutor(2) as threads:
                assert sum(len(table) for table in threads.map(work, halves)) == COUNT

        return both

    rows = pyarrow.table(kmsguard.arrow.check(column, "key"))
    assert pyarrow.compute.all(rows["ok"]).as_py() and rows["code"].null_count == COUNT
    works = {
        "a loop of re.fullmatch": loop,
        "a loop of re.fullmatch with its groups": loop_segments,
        "pyarrow.compute.match_substring_regex": theirs_check,
        "pyarrow.compute.extract_regex": theirs_parse,
        "kmsguard.arrow.check": check(1),
        "kmsguard.arrow.parse": parse(1),
        "kmsguard.arrow.check(threads=2)": check(2),
        "kmsguard.arrow.parse(threads=2)": parse(2),
        "kmsguard.arrow.check by two threads of the caller": callers(lambda half: kmsguard.arrow.check(half, "key")),
        "kmsguard.arrow.parse by two threads of the caller": callers(kmsguard.arrow.parse),
    }
    took = dict(zip(works, medians(*works.values())))
    for name, seconds in took.items():
        print(f"{name:<64}{seconds / COUNT * 1e9:>15.0f} ns a CRN")
    for name, loop_, peer in (
        ("check", took["a loop of re.fullmatch"], took["pyarrow.compute.match_substring_regex"]),
        ("parse", took["a loop of re.fullmatch with its groups"], took["pyarrow.compute.extract_regex"]),
    ):
        for how, factor in (("", 1), ("(threads=2)", 2), (" by two threads of the caller", 2)):
            own = took[f"kmsguard.arrow.{name}{how}"]
            told(f"{name}{how}, times as fast as the loop", "", loop_ / own, 6 * factor)
            told(f"{name}{how}, times as fast as pyarrow.compute", "", peer / own, 1.5 * factor)


def audits(command: str, folder: str) -> None:
    """An audit of a large account, written as JSON by either; what an interpreter takes to start is not counted."""
    now = "2026-11-21T12:00:00Z"

    def native() -> None:
        words = [command, "audit", folder, "--json", "--now", now, "--quiet", "--no-config", "--exit-zero"]
        subprocess.run(words, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ours() -> None:
        text = kmsguard.Inventory.read(folder).audit(now=now).to_json()
        with open(os.devnull, "w", encoding="utf-8") as file:
            file.write(text)

    package, peer = medians(ours, native, runs=3)
    told("an audit in Python, of the time of the command", f"{package:.2f} / {peer:.2f} s", package / peer, 1.1, least=False)


def main() -> None:
    print(f"{'':<64}{'measured':>22}  {'':>8}  goal")
    imports()
    columns()
    audits(*sys.argv[1:])


if __name__ == "__main__":
    main()
