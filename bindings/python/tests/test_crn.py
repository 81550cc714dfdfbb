"""CRNs in Python."""

from __future__ import annotations

import pytest
from conftest import KEY, NOW

import kmsguard


def test_one_text() -> None:
    answer = kmsguard.crn(KEY, require="key", now=NOW)
    assert answer.outcome == "fine"
    (report,) = answer.crns
    assert report.ok and report.kind == "kms-key" and report.input == KEY
    assert report.crn is not None and report.crn.scope is not None
    assert (report.crn.scope.type, report.crn.scope.id) == ("account", "0123456789abcdef0123456789abcdef")
    assert report.problems == () and report.fixed is None


def test_many_texts_and_none() -> None:
    answer = kmsguard.crn([KEY, "nonsense"], now=NOW)
    assert [report.ok for report in answer.crns] == [True, False]
    assert answer.outcome == "bad"
    assert kmsguard.crn([], now=NOW).outcome == "empty"
    assert kmsguard.crn((text for text in [KEY]), now=NOW).outcome == "fine"


def test_spans_in_either_encoding() -> None:
    # Before the ä stand 15 characters; it takes two bytes of UTF-8 and one unit of UTF-16.
    text = KEY.replace("bluemix", "blüemix").replace("us-south", "nowhere")
    in_bytes = kmsguard.crn(text, now=NOW).crns[0].problems[-1].span
    in_units = kmsguard.crn(text, encoding="utf-16", now=NOW).crns[0].problems[-1].span
    assert in_bytes is not None and in_units is not None
    assert text.encode()[slice(*in_bytes)] == b"nowhere"
    assert text[slice(*in_units)] == "nowhere"


def test_parse() -> None:
    crn = kmsguard.Crn.parse(KEY)
    assert str(crn) == KEY and crn.kind == "kms-key" and crn.problems == ()
    assert crn.service_name == "kms" and crn.resource_type == "key"
    assert crn == kmsguard.Crn.parse(KEY) and len({crn, kmsguard.Crn.parse(KEY)}) == 1


def test_parse_raises_the_first_error() -> None:
    with pytest.raises(kmsguard.KmsguardError) as caught:
        kmsguard.Crn.parse(KEY.replace("44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4", "my-instance"), "key")
    error = caught.value
    assert isinstance(error, ValueError)
    assert error.code.startswith("CRN") and error.segment == "service_instance" and error.help
    start = KEY.index("44f9c10d")
    assert error.span == (start, start + len("my-instance"))
    assert error.problems[0].code == error.code


def test_parse_requires() -> None:
    viewer = "crn:v1:bluemix:public:iam::::role:Viewer"
    assert kmsguard.Crn.parse(viewer).kind == "role"
    with pytest.raises(kmsguard.KmsguardError):
        kmsguard.Crn.parse(viewer, "key")


def test_columns() -> None:
    column = kmsguard.crns([KEY, "?", "crn:v1:bluemix:public:iam::::role:Viewer"])
    assert column.kinds == ("kms-key", "unknown", "role")
    assert column.codes[0] is None and column.codes[2] is None
    assert column.codes[1] == kmsguard.crn("?", now=NOW).crns[0].problems[0].code
    assert len(column) == 3 and column[0] == ("kms-key", None) and column[-1] == ("role", None)
    assert list(column[1:]) == list(column)[1:]
    assert len(kmsguard.crns(iter([KEY]))) == 1


def test_is_key_crn() -> None:
    assert kmsguard.is_key_crn(KEY)
    assert not kmsguard.is_key_crn(KEY.replace("kms", "cloudantnosqldb"))
