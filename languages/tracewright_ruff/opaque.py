"""Values that stand for something outside of the program: a connection, a socket, an image. Shared by reference."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.hints import immutable_fields
from tracewright_ruff.session import W_Object


@immutable_fields("kind")
class W_Opaque(W_Object):
    """What a program sees of it is its `type`, and the fields that its class has."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def field(self, name: str) -> Value:
        """The field of that name; UNDEFINED if there is none."""
        return Value.UNDEFINED
