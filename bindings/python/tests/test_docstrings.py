"""Everything that a user can reach says what it is."""

from __future__ import annotations

import inspect
from typing import Any, Iterator

import kmsguard
import kmsguard.arrow


def reached(of: Any, name: str) -> Iterator[tuple[str, Any]]:
    """A class or function and, of a class, what it defines itself."""
    yield name, of
    if not inspect.isclass(of):
        return
    for inner, value in vars(of).items():
        value = value.__func__ if isinstance(value, (classmethod, staticmethod)) else value
        if not inner.startswith("_") and (callable(value) or isinstance(value, property)):
            yield f"{name}.{inner}", value


def public() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for module in (kmsguard, kmsguard.arrow):
        for name, value in vars(module).items():
            ours = getattr(value, "__module__", "").startswith("kmsguard")
            if not name.startswith("_") and ours and (inspect.isclass(value) or callable(value)):
                found.extend(reached(value, f"{module.__name__}.{name}"))
    return found


def test_everything_has_a_docstring() -> None:
    found = public()
    assert len(found) > 500
    assert {"kmsguard.crn", "kmsguard.Inventory.audit", "kmsguard.Finding.rule", "kmsguard.arrow.parse"} < {name for name, _ in found}
    assert [name for name, value in found if not inspect.getdoc(value)] == []
