"""Holds the types of the installed package against what it is when it runs, with mypy's `stubtest`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal, get_origin

import kmsguard._types

KNOWN = [
    # To a type checker a list of an answer is a sequence; at run time it only has all that one has.
    r"kmsguard\._rows\._Sequence\..*",
    # What a mixin asks of the class it is mixed into.
    r"kmsguard\._sdk\.InForms\.forms",
    # Not to be imported without Spark: `cargo xtask test --all` checks it where Spark is.
    r"kmsguard\.spark",
]

# `stubtest` takes a choice of texts for a union, which it is not when it runs.
CHOICES = [rf"kmsguard\._types\.{name}" for name, value in vars(kmsguard._types).items() if get_origin(value) is Literal]


def main() -> int:
    """The exit code of `stubtest`."""
    with tempfile.TemporaryDirectory() as folder:
        allowed = Path(folder) / "allowed.txt"
        allowed.write_text("\n".join(KNOWN + CHOICES), encoding="utf-8")
        command = [sys.executable, "-m", "mypy.stubtest", "kmsguard", "--concise", "--allowlist", str(allowed)]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
