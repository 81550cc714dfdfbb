"""``python -m kmsguard``: the command, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import KEY, NOW, REPOSITORY

import kmsguard

NATIVE = os.environ.get("KMSGUARD_NATIVE")


def command(*words: str, given: bytes = b"", program: tuple[str, ...] = (sys.executable, "-m", "kmsguard")):  # type: ignore[no-untyped-def]
    """Runs the command and gives exit code, standard output and standard error."""
    ran = subprocess.run([*program, *words], input=given, capture_output=True, timeout=60)
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["crn", KEY], 0),
        (["crn", "nonsense"], 1),
        (["--nonsense"], 2),
        (["crn", KEY, "--now", "yesterday"], 2),
        (["audit", "/absent.json"], 2),
        (["--version"], 0),
    ],
)
def test_exit_codes(words: list[str], code: int) -> None:
    ran, stdout, stderr = command(*words)
    assert ran == code, stderr.decode()
    assert bool(stderr) == (code == 2) and bool(stdout) == (code != 2 or words[0] == "audit")


def test_the_command_gives_the_bytes_of_the_module() -> None:
    _, stdout, _ = command("crn", KEY, "nonsense", "--json", "--now", NOW)
    assert stdout.decode() == kmsguard.crn([KEY, "nonsense"], now=NOW).to_json()


def test_standard_input_and_the_script() -> None:
    with_script = (str(Path(sys.executable).with_name("kmsguard")),)
    line = KEY.encode() + b"\n"
    assert command("crn", "-", given=line) == command("crn", "-", given=line, program=with_script)


@pytest.mark.skipif(NATIVE is None, reason="no native command is given")
@pytest.mark.parametrize(
    "words",
    [["--help"], ["--version"], ["crn", KEY], ["crn", "x:y", "--json", "--now", NOW], ["audit"], ["rule"], ["nonsense"]]
    + [[verb, str(REPOSITORY / "tests" / "accounts" / "example"), "--now", NOW, *json]
       for verb in ("audit", "inventory") for json in ([], ["--json"])],
    ids=lambda words: " ".join(words).replace(str(REPOSITORY), ""),
)
def test_the_native_command_answers_alike(words: list[str]) -> None:
    assert command(*words) == command(*words, program=(str(NATIVE),))


@pytest.mark.skipif(os.name == "nt", reason="paths are text there")
def test_a_word_that_is_no_text() -> None:
    ran = subprocess.run([sys.executable, "-m", "kmsguard", "crn", b"crn:\xff"], capture_output=True)
    assert ran.returncode == 1 and b"Traceback" not in ran.stderr


def test_the_command_leaves_the_streams_of_python_alone() -> None:
    program = "import kmsguard._kmsguard as core; print('before', flush=True); core.run(['crn', 'x']); print('after')"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stdout.startswith("before\n") and ran.stdout.endswith("after\n")
