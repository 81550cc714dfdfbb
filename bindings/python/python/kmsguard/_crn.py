"""CRNs: what a text is, what is wrong with it, and the right one."""

from __future__ import annotations

import json
from typing import Iterable, Iterator, Sequence, get_args, overload

from . import _kmsguard
from ._errors import KmsguardError
from ._now import Moment, as_text
from ._types import CrnAnswer, CrnParts, Kind, PositionEncoding, Problem, Require

_KINDS: tuple[Kind, ...] = get_args(Kind)


def crn(
    text: str | Iterable[str],
    require: Require = "any",
    *,
    encoding: PositionEncoding = "utf-8",
    extract: bool = False,
    now: Moment | None = None,
) -> CrnAnswer:
    """Says what a text is, or each of many, and what is wrong with it.

    ``require`` is what it is wanted for; spans are counted in ``encoding``. With ``extract`` the texts are logs, HTML or
    HCL: each CRN in them has its report, with the place at which it stands. Nothing wrong with a text is raised.
    """
    texts = [text] if isinstance(text, str) else list(text)
    request = {"texts": texts, "require": require, "encoding": encoding, "extract": extract, "now": as_text(now)}
    return CrnAnswer._read(_kmsguard.crn_json(json.dumps(request)))


class Crn(CrnParts):
    """A Cloud Resource Name that is right, in its segments as written."""

    __slots__ = ("_kind", "_problems", "_text")

    _kind: Kind
    _problems: tuple[Problem, ...]
    _text: str

    @classmethod
    def parse(cls, text: str, require: Require = "any") -> Crn:
        """Reads a CRN.

        Raises :class:`KmsguardError` with the first error if it is wrong, or is not what is required.
        """
        # The moment plays no part in what a CRN is.
        report = crn(text, require, now="1970-01-01T00:00:00Z").crns[0]
        errors = (problem for problem in report.problems if problem.severity == "error")
        error = next(errors, None)
        if error is not None:
            raise KmsguardError(
                error.code,
                error.message,
                error.help,
                segment=error.segment,
                span=error.span,
                problems=tuple(report.problems),
            )
        assert report.crn is not None
        parsed = cls._of(report.crn._data)
        object.__setattr__(parsed, "_kind", report.kind)
        object.__setattr__(parsed, "_problems", report.problems)
        object.__setattr__(parsed, "_text", text)
        return parsed

    @property
    def kind(self) -> Kind:
        """What it names."""
        return self._kind

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is suspicious about it."""
        return self._problems

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Crn({self._text!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return Crn.parse, (self._text,)


class CrnColumn(Sequence["tuple[Kind, str | None]"]):
    """Of many texts, in their order, the kind and the code of the first problem."""

    __slots__ = ("_codes", "_kinds")

    def __init__(self, kinds: bytes, codes: list[str | None]) -> None:
        self._kinds = kinds
        self._codes = codes

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds."""
        return tuple([_KINDS[kind] for kind in self._kinds])

    @property
    def codes(self) -> tuple[str | None, ...]:
        """The code of the first problem of each, or ``None`` where there is none."""
        return tuple(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Iterator[tuple[Kind, str | None]]:
        return zip(self.kinds, self._codes)

    @overload
    def __getitem__(self, index: int) -> tuple[Kind, str | None]: ...

    @overload
    def __getitem__(self, index: slice) -> CrnColumn: ...

    def __getitem__(self, index: int | slice) -> tuple[Kind, str | None] | CrnColumn:
        if isinstance(index, slice):
            return CrnColumn(self._kinds[index], self._codes[index])
        return _KINDS[self._kinds[index]], self._codes[index]

    def __repr__(self) -> str:
        return f"CrnColumn({len(self)} texts)"


def crns(texts: Iterable[str]) -> CrnColumn:
    """Reads many texts at once, without an object for each: millions are a matter of seconds."""
    return CrnColumn(*_kmsguard.crns(texts if isinstance(texts, list) else list(texts)))


def is_key_crn(text: str) -> bool:
    """Whether a text is the CRN of a key, with an account and GUIDs for the instance and the key."""
    return _kmsguard.is_key_crn(text)
