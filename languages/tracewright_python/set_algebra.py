"""What is done with whole sets, in CPython's steps: they decide in which order a program meets the members.

set(range(9))       one after the other: the table grows when it is filled by three fifths
s.copy()            a table large enough for all of them, filled in the order of the other table
a & b               those of the smaller one that are in the larger
a - b               where b is small, a copy without its members; else those of a that are not in b
s -= b              they leave marks behind; a quarter of marks is swept out
"""

from __future__ import annotations

from tracewright.core.arrays import unchecked_get
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.conversions import values_of
from tracewright_python.dictionaries import PyDict, as_dict
from tracewright_python.keys import key_hash
from tracewright_python.session import Session
from tracewright_python.sets import ABSENT, PyFrozenSet, PySet, as_set
from tracewright_python.syntax import BinaryOperator
from tracewright_python.values import type_of


def empty_like(source: PySet) -> PySet:
    """A set of the kind that an operation on this one gives."""
    return PyFrozenSet() if source.type_of().derives_from(types.FROZENSET) else PySet()


def set_of(session: Session, value: Value) -> PySet:
    """A set as it is; of anything else that can be iterated a new one. Raises TypeError."""
    found = as_set(value)
    if found is not None:
        return found
    result = PySet()
    update(session, result, value)
    return result


@dont_look_inside
def copy_of(session: Session, source: PySet) -> PySet:
    """The same members in a new set of the same kind."""
    result = empty_like(source)
    merge(session, result, source)
    return result


@dont_look_inside
def merge(session: Session, target: PySet, source: PySet) -> None:
    """`target |= source`"""
    if source is target or source.count == 0:
        return
    target.reserve(source.count)
    if target.filled == 0:
        target.take_all(source)
        return
    place = source.next_place(0)
    while place != ABSENT:
        target.add_hashed(session, source.keys[place], source.hashes[place])
        place = source.next_place(place + 1)


@dont_look_inside
def update(session: Session, target: PySet, value: Value) -> None:
    """Add all that can be iterated over. Raises TypeError."""
    other = as_set(value)
    if other is not None:
        merge(session, target, other)
        return
    table = plain_dict(value)
    if table is not None:
        target.reserve(table.count)
    for item in values_of(session, value):
        target.add(session, item)


def plain_dict(value: Value) -> PyDict | None:
    """A dict that is of no derived class; else None."""
    return as_dict(value) if type_of(value) is types.DICT else None


@dont_look_inside
def common(session: Session, left: PySet, value: Value) -> PySet:
    """`left & value`, where `value` can be anything that can be iterated over. Raises TypeError."""
    other = as_set(value)
    if other is left:
        return copy_of(session, left)
    result = empty_like(left)
    if other is None:
        for item in values_of(session, value):
            code = key_hash(session, item)
            if left.find(session, item, code) != ABSENT:
                result.add_hashed(session, item, code)
        return result
    smaller, larger = (left, other) if other.count > left.count else (other, left)
    _add_those(session, result, smaller, larger, True)
    return result


def _add_those(session: Session, result: PySet, source: PySet, other: PySet, wanted: bool) -> None:
    """The members of `source` of which it is as wanted whether `other` has them."""
    place = source.next_place(0)
    are_plain = source.is_plain and other.is_plain
    while place != ABSENT:
        key, code = unchecked_get(source.keys, place), unchecked_get(source.hashes, place)
        if are_plain:
            if other.lacks(key, code) != wanted:
                result.add_new(key, code)
        elif (other.find(session, key, code) != ABSENT) == wanted:
            result.add_hashed(session, key, code)
        place = source.next_place(place + 1)


@dont_look_inside
def without(session: Session, left: PySet, value: Value) -> PySet:
    """`left - value`, where `value` can be anything that can be iterated over. Raises TypeError."""
    other = as_set(value)
    table = plain_dict(value)
    size = other.count if other is not None else table.count if table is not None else 0
    if other is None and table is None or left.count >> 2 > size:
        result = copy_of(session, left)
        take_out(session, result, value)
        return result
    result = empty_like(left)
    if other is not None:
        _add_those(session, result, left, other, False)
    elif table is not None:
        for key in left.members():
            if table.get(session, key).same(Value.UNDEFINED):
                result.add(session, key)
    return result


@dont_look_inside
def take_out(session: Session, target: PySet, value: Value) -> None:
    """`target -= value`, where `value` can be anything that can be iterated over. Raises TypeError."""
    other = as_set(value)
    if other is target:
        target.clear()
        return
    if other is None:
        for item in values_of(session, value):
            target.discard(session, item)
    else:
        if other.count >> 3 > target.count:
            other = common(session, target, value)
        place = other.next_place(0)
        while place != ABSENT:
            target.discard_hashed(session, other.keys[place], other.hashes[place])
            place = other.next_place(place + 1)
    target.sweep()


@dont_look_inside
def exchange(session: Session, target: PySet, value: Value) -> None:
    """`target ^= value`, where `value` can be anything that can be iterated over. Raises TypeError."""
    other = as_set(value)
    if other is target:
        target.clear()
        return
    table = plain_dict(value)
    if table is not None:
        for key in table.all_keys():
            _exchange_one(session, target, key, key_hash(session, key))
        return
    if other is None:
        other = set_of(session, value)
    place = other.next_place(0)
    while place != ABSENT:
        _exchange_one(session, target, other.keys[place], other.hashes[place])
        place = other.next_place(place + 1)


def _exchange_one(session: Session, target: PySet, key: Value, code: int) -> None:
    if not target.discard_hashed(session, key, code):
        target.add_hashed(session, key, code)


@dont_look_inside
def in_one_only(session: Session, left: PySet, value: Value) -> PySet:
    """`left ^ value`: a copy of the right one, to which the left one's members are added or from which they are taken."""
    result = empty_like(left)
    update(session, result, value)
    exchange(session, result, Value.of_object(left))
    return result


@dont_look_inside
def set_operator(session: Session, operator: int, left: PySet, right: PySet) -> Value:
    """`| & - ^` of sets; UNDEFINED for other operators."""
    other = Value.of_object(right)
    match operator:
        case BinaryOperator.BITWISE_OR:
            result = copy_of(session, left)
            merge(session, result, right)
        case BinaryOperator.BITWISE_AND:
            result = common(session, left, other)
        case BinaryOperator.SUBTRACT:
            result = without(session, left, other)
        case BinaryOperator.BITWISE_XOR:
            result = in_one_only(session, left, other)
        case _:
            return Value.UNDEFINED
    return Value.of_object(result)


@dont_look_inside
def change_set(session: Session, operator: int, target: PySet, right: PySet) -> bool:
    """`|= &= -= ^=`; False for other operators."""
    other = Value.of_object(right)
    match operator:
        case BinaryOperator.BITWISE_OR:
            merge(session, target, right)
        case BinaryOperator.BITWISE_AND:
            target.become(common(session, target, other))
        case BinaryOperator.SUBTRACT:
            take_out(session, target, other)
        case BinaryOperator.BITWISE_XOR:
            exchange(session, target, other)
        case _:
            return False
    return True
