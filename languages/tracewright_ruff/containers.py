"""What arrays, dictionaries and structs have in common: sharing, and growing rows of values."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, copy_items, unchecked_get
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_ruff.session import W_Object


class W_Container(W_Object):
    """Something with value semantics: a `shared` one is never changed in place again (protocol in objects.py)."""

    def __init__(self) -> None:
        self.shared = False

    def copied(self) -> W_Container:
        """An unshared copy whose elements are marked shared."""
        raise NotImplementedError


def share(value: Value) -> Value:
    """The same value, fit to be held in one more place."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Container):
            thing.shared = True
    return value


EMPTY_ITEMS: Final[Array[Value]] = Array(0, Value.UNDEFINED)


@dont_look_inside
def shared_items(items: Array[Value], count: int) -> Array[Value]:
    """A copy of the first `count` values, each of which is now held twice."""
    result: Array[Value] = Array(count, Value.UNDEFINED)
    copy_items(items, 0, result, 0, count)
    for index in range(count):
        share(unchecked_get(result, index))
    return result


LONG_ROW: Final = 1 << 16  # values; shorter rows double when they grow, longer ones grow by half, to waste less memory


@dont_look_inside
def grown(items: Array[Value], count: int) -> Array[Value]:
    """A longer row that starts with the `count` values of `items`, moved."""
    room = count if count < LONG_ROW else count >> 1
    result: Array[Value] = Array(count + room + 4, Value.UNDEFINED)
    copy_items(items, 0, result, 0, count)
    return result
