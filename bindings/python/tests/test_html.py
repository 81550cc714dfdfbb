"""Answers as notebooks show them."""

from __future__ import annotations

import base64
import pickle
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

from conftest import KEY, NOW, REPOSITORY

import kmsguard

EXAMPLE = kmsguard.Inventory.read(REPOSITORY / "tests" / "accounts" / "example")
VOID = {"br", "img"}


class Seen(HTMLParser):
    """What a text of HTML holds; that every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows = 0
        self.text = ""
        self.pictures: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.rows += tag == "tr"
        if tag == "img":
            self.pictures.append(dict(attributes)["src"] or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def picture(seen: Seen) -> ElementTree.Element:
    (source,) = seen.pictures
    assert source.startswith("data:image/svg+xml;base64,")
    return ElementTree.fromstring(base64.b64decode(source.partition(",")[2]))


def test_an_audit_shows_its_findings_and_the_graph() -> None:
    audit = EXAMPLE.audit(now=NOW)
    seen = Seen(audit._repr_html_())
    assert f"AuditAnswer: {audit.outcome}" in seen.text
    assert all(finding.rule in seen.text and finding.message in seen.text for finding in audit.findings)
    assert picture(seen).tag.endswith("svg")
    drawn = EXAMPLE.report("audit", "svg", now=NOW)
    assert base64.b64encode(drawn.encode()).decode() in audit._repr_html_()


def test_an_impact_shows_the_timeline() -> None:
    impact = EXAMPLE.impact(delete_key=EXAMPLE.keys[0].crn, now=NOW)
    seen = Seen(impact._repr_html_())
    assert all(event.at in seen.text for event in impact.timeline if isinstance(event.at, str))
    assert picture(seen).tag.endswith("svg")


def test_an_inventory_shows_its_tables_and_the_graph() -> None:
    seen = Seen(EXAMPLE.inventory(now=NOW)._repr_html_())
    assert all(key.crn in seen.text for key in EXAMPLE.keys)
    assert picture(seen).tag.endswith("svg")


def test_every_answer_and_every_part_is_shown() -> None:
    plain = [EXAMPLE.authz(now=NOW), EXAMPLE.migrate(now=NOW), EXAMPLE.tighten(now=NOW), kmsguard.crn("?", now=NOW)]
    for answer in plain:
        assert Seen(answer._repr_html_()).pictures == []
    decision = EXAMPLE.authz(now=NOW).decisions[0]
    assert decision.source in Seen(decision._repr_html_()).text


def test_a_copy_has_no_picture_and_shows_the_rest() -> None:
    audit = pickle.loads(pickle.dumps(EXAMPLE.audit(now=NOW)))
    seen = Seen(audit._repr_html_())
    assert seen.pictures == [] and audit.findings[0].message in seen.text


def test_texts_of_exports_are_escaped() -> None:
    evil = "<script>alert(1)</script>"
    html = kmsguard.crn([evil, KEY], now=NOW)._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html
    resources = kmsguard.Inventory.from_objects([{"keyId": KEY.rpartition(":")[2], "resourceCrn": evil}])
    assert "<script>" not in resources.inventory(now=NOW)._repr_html_()


def test_long_tables_end() -> None:
    rows = kmsguard.crn(["?"] * 250, now=NOW).crns
    seen = Seen(rows._repr_html_())
    assert seen.rows == 101 and "… 150 more" in seen.text
    assert not re.search(r"Rows\(", seen.text)
