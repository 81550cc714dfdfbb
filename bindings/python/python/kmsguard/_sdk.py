"""Policies as the keyword arguments of IBM's SDK for Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

if TYPE_CHECKING:
    from ._types import Forms


class V1Body:
    """What a body of version 1 can do."""

    __slots__ = ()

    def to_sdk(self) -> dict[str, Any]:
        """The keyword arguments of ``create_policy`` of ``IamPolicyManagementV1``."""
        return _arguments(self)


class V2Body:
    """What a body of version 2 can do."""

    __slots__ = ()

    def to_sdk(self) -> dict[str, Any]:
        """The keyword arguments of ``create_v2_policy`` of ``IamPolicyManagementV1``."""
        return _arguments(self)


class InForms:
    """What an authorization in its forms can do."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def forms(self) -> Forms: ...

    def to_sdk(self, version: Literal["v1", "v2"] = "v1") -> dict[str, Any] | None:
        """The keyword arguments of ``create_policy`` of ``IamPolicyManagementV1``, or with ``"v2"`` of ``create_v2_policy``.

        None where that version cannot say all of it: ``problems`` tells what.
        """
        body = self.forms.v1 if version == "v1" else self.forms.v2
        return None if body is None else body.to_sdk()


def _arguments(body: object) -> dict[str, Any]:
    """The fields of a body are the arguments by name; the SDK takes plain dictionaries in place of its models."""
    return cast("dict[str, Any]", body.to_dict())  # type: ignore[attr-defined]
