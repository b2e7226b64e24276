"""What values can point to, besides strings."""

from __future__ import annotations

from typing import final

from tracewright.guest.objects import GuestObject
from tracewright.guest.register_code import RegisterCode
from tracewright.hints import immutable_fields


@final
@immutable_fields("code")
class Function(GuestObject):
    """A function as a value. Strings are `Text`, numbers and the rest no objects."""

    def __init__(self, code: RegisterCode) -> None:
        self.code = code

    def shown(self) -> str:
        return "<function>"
