"""The one exception of the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._types import Problem, Segment


class KmsguardError(ValueError):
    """A request that is none, or a text that was asked for as a CRN and is none.

    Whatever is wrong with inputs that are merely *read* is not raised: it is in the answers.
    """

    code: str
    """The code; ``kmsguard rule CODE`` explains it."""
    message: str
    """What is wrong, in one line."""
    help: str | None
    """What to do about it."""
    segment: Segment | None
    """The segment of a CRN that holds it."""
    span: tuple[int, int] | None
    """Where it stands in the text: offsets ``[start, end)`` into its UTF-8."""
    problems: tuple[Problem, ...]
    """All that is wrong or suspicious, of which this is the first error."""

    def __init__(
        self,
        code: str,
        message: str,
        help: str | None = None,
        *,
        segment: Segment | None = None,
        span: tuple[int, int] | None = None,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(code, message, help)
        self.code = code
        self.message = message
        self.help = help
        self.segment = segment
        self.span = span
        self.problems = problems

    def __str__(self) -> str:
        text = f"{self.code}: {self.message}"
        return f"{text}; {self.help}" if self.help else text
