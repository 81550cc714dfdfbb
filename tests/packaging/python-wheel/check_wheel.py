"""Looks into a wheel: everything that belongs there, and nothing else. `python check_wheel.py WHEEL`."""

from __future__ import annotations

import sys
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

MODULES = {
    "kmsguard/__init__.py",
    "kmsguard/__main__.py",
    "kmsguard/_kmsguard.pyi",
    "kmsguard/_types.py",
    "kmsguard/arrow.py",
    "kmsguard/spark.py",
    "kmsguard/py.typed",
}


def main(path: str) -> None:
    """Raises for whatever is missing or too much."""
    wheel = ZipFile(path)
    names = set(wheel.namelist())
    info = next(name.split("/")[0] for name in names if name.endswith(".dist-info/METADATA"))
    metadata = Parser().parsestr(wheel.read(f"{info}/METADATA").decode())

    assert names >= MODULES, f"missing: {sorted(MODULES - names)}"
    compiled = [name for name in names if name.startswith("kmsguard/_kmsguard.") and not name.endswith(".pyi")]
    assert len(compiled) == 1, f"one compiled module: {compiled}"
    stray = [name for name in names if not name.startswith(("kmsguard/", f"{info}/", "kmsguard.libs/"))]
    assert not stray, f"too much: {stray}"
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]

    assert metadata["Name"] == "kmsguard" and metadata["Requires-Python"] == ">=3.10"
    assert metadata["License-Expression"] == "Apache-2.0"
    needed = metadata.get_all("Requires-Dist") or []
    assert all("extra == 'spark'" in name.replace('"', "'") for name in needed), "without an extra the wheel depends on nothing"
    assert f"kmsguard-{metadata['Version']}-cp310-abi3-" in Path(path).name
    assert any(Path(name).name.startswith("LICENSE") for name in names), "the licence comes along"
    assert "kmsguard.__main__:main" in wheel.read(f"{info}/entry_points.txt").decode()
    assert {entry.date_time[0] for entry in wheel.infolist()} == {1980}, "no file bears the time of the build"


if __name__ == "__main__":
    main(sys.argv[1])
