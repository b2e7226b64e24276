"""Casts the type checker cannot see."""

from typing import TypeVar

T = TypeVar("T")


def unsafe_cast(kind: type[T], value: object) -> T:
    """`value` as a `kind`: checked when hosted, free natively. Use it only where the class has just been proved."""
    assert isinstance(value, kind), f"unsafe_cast to {kind.__name__} of a {type(value).__name__}"
    return value
