"""`id`: a number for each object, given when it is asked for. (Objects do not move, but their addresses are not for programs.)"""

from __future__ import annotations

from tracewright.core.cast import unsafe_cast
from tracewright.core.integers import bits_of_float
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_python.objects import PyObject
from tracewright_python.session import Session

FIRST_IDENTITY = 0x7F0000000000
APART = 32


@dont_look_inside
def identity_of(session: Session, value: Value) -> int:
    """`id(value)`; equal for what `is` finds identical."""
    if value.is_int():
        return (value.as_int() << 4 | 1) & ((1 << 62) - 1)
    if value.is_float():
        return (bits_of_float(value.as_float()) >> 2 & ((1 << 60) - 1)) << 1 | 8
    if not value.is_object():
        return 0x9000 + (16 if value.same(Value.TRUE) else 32 if value.same(Value.FALSE) else 0)
    thing = unsafe_cast(PyObject, value.as_object())
    known = session.identities.get(thing, 0)
    if known == 0:
        known = FIRST_IDENTITY + APART * len(session.identities)
        session.identities[thing] = known
    return known
