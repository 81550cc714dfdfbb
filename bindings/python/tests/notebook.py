"""Runs the notebook of the examples, and holds what it shows against what it was committed with. `notebook.py [--write]`."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

import nbformat  # type: ignore[import-untyped,import-not-found,unused-ignore]
from conftest import REPOSITORY
from nbclient import NotebookClient  # type: ignore[import-untyped,import-not-found,unused-ignore]

NOTEBOOK = REPOSITORY / "bindings" / "python" / "examples" / "keys.ipynb"


def shown(cell: Any) -> list[tuple[str, dict[str, str]]]:
    """What a cell shows, by the kind of its data; that there is a picture, and not each line of it."""
    without = re.compile(r"base64,[^\"]*")
    return [
        (output.output_type, {kind: without.sub("…", text) for kind, text in output.get("data", {}).items()})
        for output in cell.get("outputs", [])
    ]


def main(words: list[str]) -> int:
    """The exit code: 1 where a cell shows something else."""
    # Paths stand in answers as they were given, so the folder is given as one below the repository.
    os.environ["KMSGUARD_EXPORTS"] = "tests/accounts/example"
    committed = nbformat.read(NOTEBOOK, as_version=4)
    ran = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(ran, timeout=120, resources={"metadata": {"path": str(REPOSITORY)}}).execute()
    for cell in ran.cells:
        # When a cell ran is of no interest.
        cell.metadata.pop("execution", None)
    if "--write" in words:
        nbformat.write(ran, NOTEBOOK)
        return 0
    code = [(before, after) for before, after in zip(committed.cells, ran.cells) if after.cell_type == "code"]
    differing = [number for number, (before, after) in enumerate(code) if shown(before) != shown(after)]
    pictures = sum("<img" in data.get("text/html", "") for _, after in code for _, data in shown(after))
    assert pictures == 2, f"{pictures} pictures"
    print(f"{len(code) - len(differing)} passed, {len(differing)} failed{''.join(f'; cell {number}' for number in differing)}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
