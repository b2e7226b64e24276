"""`id`: of an object its address, as in CPython, for objects do not move; so it says nothing any more once the object is gone."""

from __future__ import annotations

from tracewright.core.integers import bits_of_float
from tracewright.core.memory import address_of
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside


@dont_look_inside
def identity_of(value: Value) -> int:
    """`id(value)`; equal for what `is` finds identical."""
    if value.is_int():
        return (value.as_int() << 4 | 1) & ((1 << 62) - 1)
    if value.is_float():
        return (bits_of_float(value.as_float()) >> 2 & ((1 << 60) - 1)) << 1 | 8
    if not value.is_object():
        return 0x9000 + (16 if value.same(Value.TRUE) else 32 if value.same(Value.FALSE) else 0)
    return address_of(value.as_object())
