"""Facts that the tests share."""

from __future__ import annotations

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target"))

NOW = "2026-11-21T12:00:00Z"

KEY = (
    "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef"
    ":44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"
)
