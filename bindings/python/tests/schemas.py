"""The JSON Schemas that the command prints, as tests hold documents against them."""

from __future__ import annotations

import functools
import json
from typing import Any

from conftest import REPOSITORY
from jsonschema import Draft202012Validator

SCHEMAS = REPOSITORY / "crates" / "kmsguard-cli" / "schemas"


@functools.cache
def validator(name: str) -> Draft202012Validator:
    """Of a schema that the command prints, with nothing allowed that it does not name."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    _close(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _close(schema: Any) -> None:
    if isinstance(schema, dict):
        if "properties" in schema and "oneOf" not in schema and "anyOf" not in schema:
            schema.setdefault("additionalProperties", False)
        for name, value in schema.items():
            for inner in value.values() if name in ("properties", "$defs") else [value]:
                _close(inner)
    elif isinstance(schema, list):
        for inner in schema:
            _close(inner)
