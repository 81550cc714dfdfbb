"""The package as it is installed."""

from __future__ import annotations

import doctest
import importlib.metadata
from pathlib import Path

import kmsguard


def test_the_installed_wheel_is_what_is_tested() -> None:
    assert "site-packages" in Path(kmsguard.__file__).parts
    assert importlib.metadata.version("kmsguard") == kmsguard.__version__


def test_it_says_that_it_is_typed() -> None:
    folder = Path(kmsguard.__file__).parent
    assert (folder / "py.typed").exists() and (folder / "_kmsguard.pyi").exists()


def test_public_names_are_documented() -> None:
    classes = [value for name, value in vars(kmsguard).items() if isinstance(value, type) and not name.startswith("_")]
    assert kmsguard.CrnAnswer in classes
    assert [of.__name__ for of in classes if not of.__doc__] == []


def test_examples() -> None:
    assert doctest.testmod(kmsguard).failed == 0
