"""Comparisons of sets whose members are numbers and texts: they use the hashes that the sets have, and ask no function of the program."""

from __future__ import annotations

from tracewright.core.arrays import unchecked_get
from tracewright.core.integers import count_trailing_zeros, wrap_sub
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_python.functions import is_native
from tracewright_python.sets import REMOVED, WORD, PySet
from tracewright_python.special_names import Special
from tracewright_python.syntax import Comparison
from tracewright_python.values import type_of


def plain_set(value: Value) -> PySet | None:
    """Such a set, of a built-in class; None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PySet) and thing.is_plain and is_native(type_of(value), Special.EQ):
            return thing if type_of(value).is_builtin else None
    return None


@dont_look_inside
def is_plain_subset(left: PySet, right: PySet) -> bool:
    """Whether all members of one are members of the other."""
    if left.count > right.count:
        return False
    keys, hashes = left.keys, left.hashes
    if len(keys) <= WORD:
        bits = left.bits
        while bits != 0:
            place = count_trailing_zeros(bits)
            if right.lacks(unchecked_get(keys, place), unchecked_get(hashes, place)):
                return False
            bits &= wrap_sub(bits, 1)
        return True
    remaining = left.count
    place = 0
    while remaining > 0:
        key = unchecked_get(keys, place)
        if not key.same(Value.UNDEFINED) and not key.same(REMOVED):
            if right.lacks(key, unchecked_get(hashes, place)):
                return False
            remaining -= 1
        place += 1
    return True


def compare_plain_sets(operator: int, left: PySet, right: PySet) -> bool:
    """One of the six comparisons."""
    match operator:
        case Comparison.EQUAL:
            return left.count == right.count and is_plain_subset(left, right)
        case Comparison.NOT_EQUAL:
            return left.count != right.count or not is_plain_subset(left, right)
        case Comparison.LESS_EQUAL:
            return is_plain_subset(left, right)
        case Comparison.LESS:
            return left.count < right.count and is_plain_subset(left, right)
        case Comparison.GREATER_EQUAL:
            return is_plain_subset(right, left)
        case _:
            return right.count < left.count and is_plain_subset(right, left)
