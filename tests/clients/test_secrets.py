"""No secret stands in a plan: tokens are variables of the shell, and keys of an API variables of Terraform."""

from __future__ import annotations

import json
import re

from plans import Plan

BEARER = re.compile(r"Bearer (?!\$TOKEN\b)")
API_KEY = re.compile(r"ibmcloud_api_key\s*=(?!\s*var\.)", re.IGNORECASE)
JWT = re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.")


def test_no_secret(each_plan: Plan) -> None:
    text = json.dumps(each_plan.answer, ensure_ascii=False)
    for secret in (BEARER, API_KEY, JWT):
        assert not secret.search(text), secret.pattern
