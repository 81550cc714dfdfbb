"""The commands of `ibmcloud`, taken apart by real shells: every word arrives as the plan means it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from plans import Plan, ask

# Functions in place of the programs that the plans call: each writes down its words, and the end of a call. A function is found
# before any program, so nothing is started, and the shell itself takes the line apart.
STUBS = """
record() { for word in "$@"; do printf '%s\\0' "$word" >&3; done; printf '\\1\\0' >&3; }
ibmcloud() { record ibmcloud "$@"; }
sleep() { record sleep "$@"; }
curl() { record curl "$@"; }
"""

SHELLS = [shell for shell in ("bash", "dash") if shutil.which(shell)]


def called(lines: list[str], shell: str, folder: Path) -> list[list[str]]:
    """The calls that a shell makes of these lines, each by its words."""
    calls = folder / "calls"
    # What a request leaves open is a variable, which the shell demands.
    names = set(re.findall(r"\$\{(\w+):\?", "\n".join(lines)))
    environment = {"PATH": "/nowhere", "TOKEN": "the-token-of-the-test", **{name: f"the {name}" for name in names}}
    work = folder / "work"
    work.mkdir(exist_ok=True)
    script = STUBS + "\n".join(lines)
    with calls.open("wb") as file:
        program = shutil.which(shell)
        assert program
        done = subprocess.run(
            ["sh", "-c", 'exec 3>&1 1>&2; exec "$0" -euc "$1"', program, script],
            executable=shutil.which("sh"),
            env=environment,
            cwd=work,
            stdout=file,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr, list(work.iterdir())) == (0, "", []), f"{script}\n{done.stderr}"
    words = calls.read_bytes().decode().split("\0")[:-1]
    found: list[list[str]] = [[]]
    for word in words:
        if word == "\1":
            found.append([])
        else:
            found[-1].append(word)
    return found[:-1]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_word_arrives(each_plan: Plan, shell: str, tmp_path: Path) -> None:
    lines = [line for step in each_plan.steps for line in step.data["cli"]]
    words = called(lines, shell, tmp_path)
    assert len(words) >= len(lines) > 0
    assert any(name == "ibmcloud" for name, *_ in words)
    created = [call for call in words if call[1:3] == ["resource", "service-instance-create"]]
    body = (each_plan.step("provision").rest or {}).get("body")
    for call in created:
        assert body is not None
        assert call[3] == body["name"]
        if "-p" in call:
            assert json.loads(call[call.index("-p") + 1]) == body["parameters"]
    if each_plan.name is not None and created:
        assert any(each_plan.name in call for call in words), each_plan.name


def test_a_name_that_would_end_a_line_is_refused() -> None:
    """A line break cannot stand in a command that people copy, so no plan holds one."""
    key = (
        "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:"
        "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"
    )
    for name in ("two\nlines", "a\rb", "a\x00b", "--force"):
        answer = ask({"service": "event-streams-gen2", "key": {"crn": key}, "name": name})
        assert answer["steps"] == []
        assert any(problem["pointer"] == "/name" and problem["severity"] == "error" for problem in answer["problems"])
