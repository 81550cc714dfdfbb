"""The plans that are proved: the answers to all vectors of plans, and plans of the same requests under names that are hard to quote."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

ROOT = Path(os.environ["KMSGUARD_ROOT"])
TARGET = Path(os.environ["KMSGUARD_TARGET"])
NATIVE = os.environ["KMSGUARD_NATIVE"]

NAMES = {
    "a quote": "it's mine",
    "quotes": "'a' \"b\" 'c'",
    "a space": "two words  and more",
    "a variable": "$HOME ${PATH} $(id) `id`",
    "signs": "a;b|c&d>e<f*g?h[i]~j!k#l%m=n{o,p}",
    "a backslash": "back\\slash\\n",
    "other letters": "Schlüssel für 東京 🔑",
    "a template": "${var.name} %{if true} $${x}",
}
"""Names of deployments that a shell, JSON or Terraform would take for something else."""


@dataclass(frozen=True)
class Step:
    """One step of one plan."""

    case: str
    place: int
    data: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.case} [{self.place} {self.data['id']}]"

    @property
    def rest(self) -> dict[str, Any] | None:
        return self.data.get("rest")


@dataclass(frozen=True)
class Plan:
    """One plan that has steps."""

    case: str
    answer: dict[str, Any]
    name: str | None = None

    @property
    def steps(self) -> list[Step]:
        return [Step(self.case, place, data) for place, data in enumerate(self.answer["steps"])]

    def step(self, wanted: str) -> Step:
        return next(step for step in self.steps if step.data["id"] == wanted)


def plans() -> list[Plan]:
    """Every plan that the vectors show, and every service of theirs again under each hard name."""
    lines = (TARGET / "vectors/answers.jsonl").read_text(encoding="utf-8").splitlines()
    answered = [line for line in map(json.loads, lines) if line["operation"] == "plan"]
    found = [Plan(line["case"], json.loads(line["json"])) for line in answered]
    found = [plan for plan in found if plan.answer["steps"]]
    assert found, "no vector shows a plan"
    return found + list(_renamed({plan.case for plan in found}))


def _renamed(good: set[str]) -> Iterator[Plan]:
    """One request of each service and shape, under every hard name."""
    seen: set[str] = set()
    for path in sorted((ROOT / "tests/vectors/plan").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            document = case["request"]["document"]
            if f"plan/{path.stem}: {case['name']}" not in good or "name" not in document:
                continue
            if document["service"] in seen:
                continue
            seen.add(document["service"])
            for what, name in NAMES.items():
                request = {**document, "name": name}
                answer = ask(request, now=case["request"]["now"])
                # A service may refuse a name; then there is nothing to send.
                if answer["steps"]:
                    yield Plan(f"{document['service']} named with {what}", answer, name)


def ask(request: dict[str, Any], *arguments: str, now: str = "2026-11-26T00:00:00Z") -> dict[str, Any]:
    """What the native command answers."""
    command = [NATIVE, "plan", "-", "--json", "--now", now, *arguments]
    done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer
