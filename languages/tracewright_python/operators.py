"""Operators in full: built-in operands first, then the special methods of the operands' classes.

The functions `begin_...` are for the interpreter's loop, as in `access.py`.
"""

from __future__ import annotations

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside, elidable
from tracewright_python import builtin_types as types
from tracewright_python.arithmetic import invert_slowly, negate_slowly, number_slowly
from tracewright_python.big_ints import plain_number
from tracewright_python.byte_objects import PyByteArray, PyBytes
from tracewright_python.bytecode import CALLEE, FIRST
from tracewright_python.calls import call
from tracewright_python.comparison import compare, compare_plain_rows, compare_slowly, compare_texts
from tracewright_python.complex_numbers import quick_complex
from tracewright_python.containers import compare_containers, container_operator, values_equal
from tracewright_python.conversions import next_value, truth, values_of
from tracewright_python.dictionaries import PyDict
from tracewright_python.errors import Raised
from tracewright_python.exceptions import type_error
from tracewright_python.functions import as_function, is_objects_own
from tracewright_python.iterators import PyRange, iterator_of
from tracewright_python.keys import DEEPEST, DIFFERENT, EQUAL, NOT_PLAIN, plainly_equal
from tracewright_python.lists import PyList, PyTuple, joined_items, place_of_int
from tracewright_python.objects import PyType, special
from tracewright_python.plain_sets import compare_plain_sets, plain_set
from tracewright_python.session import Session
from tracewright_python.set_algebra import change_set, set_operator
from tracewright_python.sets import PySet
from tracewright_python.special_names import (
    BINARY_COUNT,
    BINARY_SIGNS,
    COMPARISON_SIGNS,
    IN_PLACE,
    REFLECTED,
    SWAPPED,
    Special,
)
from tracewright_python.syntax import BinaryOperator, Comparison, UnaryOperator
from tracewright_python.texts import InstanceOfStr, PyStr, as_str, concatenated
from tracewright_python.values import NONE, NOT_IMPLEMENTED, type_name, type_of


@dont_look_inside
def native_binary(session: Session, operator: int, left: Value, right: Value) -> Value:
    """A binary operator on built-in values; UNDEFINED where it is not theirs. Raises the program's errors."""
    result = number_slowly(operator, left, right)
    if result.same(Value.UNDEFINED):
        if operator == BinaryOperator.MODULO and as_str(left) is not None:
            return session.format_percent(session, left, right)
        result = container_operator(session, operator, left, right)
    return result


def begin_binary(session: Session, stack: VMStack, newbase: int, number: int, left: Value, right: Value) -> int:
    """`left OP right`; `number` is that of the special method, in place or not."""
    kind, other = type_of(left), type_of(right)
    operator = number % BINARY_COUNT
    if kind.is_builtin and other.is_builtin:
        quick = Value.UNDEFINED
        if is_plain_number(left) and is_plain_number(right):
            quick = number_slowly(operator, left, right)
        elif operator == BinaryOperator.ADD:
            quick = joined_rows(number, left, right)
        elif number < IN_PLACE:
            first, second = plain_set(left), plain_set(right)
            if first is not None and second is not None:
                quick = set_operator(session, operator, first, second)
        if quick.same(Value.UNDEFINED):
            quick = quick_complex(operator, left, right)
        stack[newbase] = builtin_binary(session, number, left, right) if quick.same(Value.UNDEFINED) else quick
        return 0
    if number >= IN_PLACE:
        method = special(kind, number)
        if as_function(method) is not None:
            return begin_two(stack, newbase, method, left, right)
        if not method.same(Value.UNDEFINED):
            stack[newbase] = binary_by_protocol(session, number, left, right)
            return 0
    method = special(kind, operator)
    if other is kind or not other.derives_from(kind):
        if as_function(method) is not None:
            return begin_two(stack, newbase, method, left, right)
        fills_in = operator == BinaryOperator.MODULO and not method.same(Value.UNDEFINED)  # a text takes any value
        if method.same(Value.UNDEFINED) or kind.is_builtin and not fills_in:
            reflected = special(other, operator + REFLECTED)
            if as_function(reflected) is not None:
                return begin_two(stack, newbase, reflected, right, left)
    stack[newbase] = binary_by_protocol(session, number, left, right)
    return 0


def is_plain_number(value: Value) -> bool:
    """Whether it is a number that is no object."""
    return value.is_int() or value.is_float() or value.is_bool()


def joined_rows(number: int, left: Value, right: Value) -> Value:
    """`left + right`, or `left += right`, of two plain texts, lists or tuples, which asks nobody; UNDEFINED for others."""
    if left.is_object() and right.is_object():
        first, second = left.as_object(), right.as_object()
        if isinstance(first, PyStr) and isinstance(second, PyStr):
            return concatenated(first, second)
        if isinstance(first, PyList) and isinstance(second, PyList):
            if number >= IN_PLACE:
                first.extend_by(second)
                return left
            return Value.of_object(first.joined(second))
        if isinstance(first, PyTuple) and isinstance(second, PyTuple):
            return Value.of_object(
                PyTuple(joined_items(first.items, len(first.items), second.items, len(second.items)))
            )
    return Value.UNDEFINED


def begin_two(stack: VMStack, newbase: int, method: Value, first: Value, second: Value) -> int:
    """Prepare the frame of a function of the program with two arguments."""
    stack[newbase + CALLEE] = method
    stack[newbase + FIRST] = first
    stack[newbase + FIRST + 1] = second
    return 2


@dont_look_inside
def builtin_binary(session: Session, number: int, left: Value, right: Value) -> Value:
    """The same of two built-in values. Raises TypeError."""
    operator = number % BINARY_COUNT
    if number >= IN_PLACE and left.is_object():
        result = in_place(session, operator, left, right)
        if not result.same(Value.UNDEFINED):
            return result
    result = native_binary(session, operator, left, right)
    return binary_by_protocol(session, number, left, right) if result.same(Value.UNDEFINED) else result


def in_place(session: Session, operator: int, left: Value, right: Value) -> Value:
    """Changes a list, set or dict; UNDEFINED where the operator does not."""
    thing = left.as_object()
    if isinstance(thing, PyList):
        if operator == BinaryOperator.ADD:
            extend_list(session, thing, right)
            return left
        if operator == BinaryOperator.MULTIPLY:
            product = native_binary(session, operator, left, right)
            if not product.same(Value.UNDEFINED):
                made = product.as_object()
                assert isinstance(made, PyList)
                thing.replace_by(0, thing.count, made)
                return left
    elif isinstance(thing, PySet) and type_of(left) is not types.FROZENSET and right.is_object():
        other = right.as_object()
        if isinstance(other, PySet):
            if change_set(session, operator, thing, other):
                return left
    elif isinstance(thing, PyDict) and operator == BinaryOperator.BITWISE_OR and right.is_object():
        other_dict = right.as_object()
        if isinstance(other_dict, PyDict):
            thing.update_from(session, other_dict)
            return left
    return Value.UNDEFINED


@dont_look_inside
def extend_list(session: Session, target: PyList, source: Value) -> None:
    """`target.extend(source)`"""
    if source.is_object() and type_of(source).is_builtin:
        thing = source.as_object()
        if isinstance(thing, PyList):
            target.extend_by(thing)
            return
        if isinstance(thing, PyTuple):
            target.extend(thing.items, len(thing.items))
            return
    for value in values_of(session, source):
        target.append(value)


@dont_look_inside
def binary(session: Session, number: int, left: Value, right: Value) -> Value:
    """`left OP right` in full, nested."""
    if type_of(left).is_builtin and type_of(right).is_builtin:
        return builtin_binary(session, number, left, right)
    return binary_by_protocol(session, number, left, right)


@dont_look_inside
def binary_by_protocol(session: Session, number: int, left: Value, right: Value) -> Value:
    """Ask the classes: in place, the left side, the right side; the right one first where its class derives from the left one's."""
    if number >= IN_PLACE:
        method = special(type_of(left), number)
        if not method.same(Value.UNDEFINED):
            result = call(session, method, [left, right])
            if not result.same(NOT_IMPLEMENTED):
                return result
    operator = number % BINARY_COUNT
    kind, other = type_of(left), type_of(right)
    method = special(kind, operator)
    reflected = special(other, operator + REFLECTED) if other is not kind else Value.UNDEFINED
    if not reflected.same(Value.UNDEFINED) and other.derives_from(kind):
        if not reflected.same(special(kind, operator + REFLECTED)):
            result = call(session, reflected, [right, left])
            if not result.same(NOT_IMPLEMENTED):
                return result
            reflected = Value.UNDEFINED
    if not method.same(Value.UNDEFINED):
        result = call(session, method, [left, right])
        if not result.same(NOT_IMPLEMENTED):
            return result
    if not reflected.same(Value.UNDEFINED):
        result = call(session, reflected, [right, left])
        if not result.same(NOT_IMPLEMENTED):
            return result
    raise unsupported(session, number, left, right)


@dont_look_inside
def binary_after_refusal(session: Session, number: int, left: Value, right: Value) -> Value:
    """A method that the loop has called gave NotImplemented: ask whoever is left."""
    kind, other = type_of(left), type_of(right)
    if number >= Special.EQ:
        return compare_after_refusal(session, number - Special.EQ, left, right)
    if number >= IN_PLACE:
        return binary_by_protocol(session, number - IN_PLACE, left, right)
    reflected = special(other, number + REFLECTED)
    if other is not kind and not reflected.same(Value.UNDEFINED) and as_function(special(kind, number)) is not None:
        result = call(session, reflected, [right, left])
        if not result.same(NOT_IMPLEMENTED):
            return result
    raise unsupported(session, number, left, right)


def unsupported(session: Session, number: int, left: Value, right: Value) -> Raised:
    """Nobody knows what the operator means."""
    operator = number % BINARY_COUNT
    sign = BINARY_SIGNS[operator]
    if operator in (BinaryOperator.ADD, BinaryOperator.MULTIPLY) and number < IN_PLACE:
        container_operator(session, operator, left, right)  # has words of its own
        for value, factor in ((left, right), (right, left)):
            if operator == BinaryOperator.MULTIPLY and value.is_object():
                if isinstance(value.as_object(), (PyList, PyTuple, PyStr, PyBytes, PyByteArray)):
                    return type_error(f"can't multiply sequence by non-int of type '{type_name(factor)}'")
    if number >= IN_PLACE:
        sign = ("**" if operator == BinaryOperator.POWER else sign) + "="
    return type_error(f"unsupported operand type(s) for {sign}: '{type_name(left)}' and '{type_name(right)}'")


# --- comparison ---


def begin_compare(session: Session, stack: VMStack, newbase: int, operator: int, left: Value, right: Value) -> int:
    """`left OP right`, one of the six comparisons."""
    kind, other = type_of(left), type_of(right)
    method = special(kind, Special.EQ + operator)
    if as_function(method) is not None and (other is kind or not other.derives_from(kind)):
        return begin_two(stack, newbase, method, left, right)
    first, second = plain_set(left), plain_set(right)
    quick = compare_plain_rows(operator, left, right)
    if not quick.same(Value.UNDEFINED):
        stack[newbase] = quick
    elif first is not None and second is not None:
        stack[newbase] = Value.of_bool(compare_plain_sets(operator, first, second))
    elif operator <= Comparison.NOT_EQUAL and compares_by_identity(kind) and compares_by_identity(other):
        stack[newbase] = default_comparison(operator, left, right)
    else:
        stack[newbase] = compare_values(session, operator, left, right)
    return 0


def compares_by_identity(kind: PyType) -> bool:
    """Whether `==` and `!=` of a class's objects are those of `object`."""
    return is_objects_own(special(kind, Special.EQ)) and is_objects_own(special(kind, Special.NE))


@dont_look_inside
def compare_values(session: Session, operator: int, left: Value, right: Value) -> Value:
    """The same, nested. Raises TypeError where nobody knows the order."""
    result = compare(operator, left, right)
    if not result.same(Value.UNDEFINED):
        return result
    if type_of(left).is_builtin and type_of(right).is_builtin:
        result = native_compare(session, operator, left, right)
        if not result.same(Value.UNDEFINED):
            return result
    kind, other = type_of(left), type_of(right)
    method = special(kind, Special.EQ + operator)
    swapped = special(other, Special.EQ + SWAPPED[operator])
    reflected_first = other is not kind and other.derives_from(kind)
    if reflected_first and not swapped.same(Value.UNDEFINED):
        result = call(session, swapped, [right, left])
        if not result.same(NOT_IMPLEMENTED):
            return result
    if not method.same(Value.UNDEFINED) and not method.same(NONE):
        result = call(session, method, [left, right])
        if not result.same(NOT_IMPLEMENTED):
            return result
    if reflected_first:
        return default_comparison(operator, left, right)
    return compare_after_refusal(session, operator, left, right)


def compare_after_refusal(session: Session, operator: int, left: Value, right: Value) -> Value:
    """The left side has no answer."""
    swapped = special(type_of(right), Special.EQ + SWAPPED[operator])
    if not swapped.same(Value.UNDEFINED) and not swapped.same(NONE):
        result = call(session, swapped, [right, left])
        if not result.same(NOT_IMPLEMENTED):
            return result
    return default_comparison(operator, left, right)


def default_comparison(operator: int, left: Value, right: Value) -> Value:
    """What is so where neither side has an answer."""
    if operator == Comparison.EQUAL:
        return Value.of_bool(left.same(right))
    if operator == Comparison.NOT_EQUAL:
        return Value.of_bool(not left.same(right))
    raise type_error(
        f"'{COMPARISON_SIGNS[operator]}' not supported between instances of '{type_name(left)}' and '{type_name(right)}'"
    )


@dont_look_inside
def native_compare(session: Session, operator: int, left: Value, right: Value) -> Value:
    """A comparison of built-in values; UNDEFINED where it is not theirs."""
    result = compare_slowly(operator, plain_number(left), plain_number(right))
    if not result.same(Value.UNDEFINED) or not left.is_object() or not right.is_object():
        return result
    a, b = left.as_object(), right.as_object()
    if isinstance(a, PyStr) and isinstance(b, PyStr):
        return compare_texts(operator, a, b)
    return compare_containers(session, operator, a, b)


# --- in ---


def begin_contains(session: Session, stack: VMStack, newbase: int, container: Value, value: Value) -> int:
    """`value in container`"""
    kind = type_of(container)
    if kind.is_builtin and container.is_object():
        thing = container.as_object()
        if isinstance(thing, PyDict):
            stack[newbase] = Value.of_bool(thing.find(session, value) >= 0)
            return 0
        if isinstance(thing, PySet):
            stack[newbase] = Value.of_bool(thing.has(session, value))
            return 0
        answer = NOT_PLAIN
        if isinstance(thing, PyList):
            answer = _list_has_plainly(thing, value)
        elif isinstance(thing, PyTuple):
            answer = _tuple_has_plainly(thing, value)
        elif isinstance(thing, PyStr) and value.is_object():
            part = value.as_object()
            if isinstance(part, PyStr):
                answer = EQUAL if text_has(thing, part) else DIFFERENT
        if answer != NOT_PLAIN:
            stack[newbase] = Value.of_bool(answer == EQUAL)
            return 0
    method = special(kind, Special.CONTAINS)
    if as_function(method) is not None:
        return begin_two(stack, newbase, method, container, value)
    stack[newbase] = Value.of_bool(contains(session, container, value))
    return 0


def _tuple_has_plainly(thing: PyTuple, value: Value) -> int:
    """The same as `row_has_plainly`, of a tuple, mostly one of constants."""
    if value.is_object():
        text = value.as_object()
        if isinstance(text, PyStr) and not isinstance(text, InstanceOfStr):
            answer = _tuple_has_text(thing, text.text())
            if answer != NOT_PLAIN:
                return answer
    return row_has_plainly(thing.items, len(thing.items), value)


@elidable
def _tuple_has_text(thing: PyTuple, text: str) -> int:
    """Whether a text is among items that are texts, numbers and the like; NOT_PLAIN where others are among them, or a rope."""
    for item in thing.items:
        if item.is_object():
            other = item.as_object()
            if not isinstance(other, PyStr) or isinstance(other, InstanceOfStr) or other.rope is not None:
                return NOT_PLAIN
            if other.flat == text:
                return EQUAL
    return DIFFERENT


@dont_look_inside
def _list_has_plainly(row: PyList, value: Value) -> int:
    """The same as `row_has_plainly`, of a list."""
    ints = row.ints()
    if ints is not None and value.is_int():
        return EQUAL if place_of_int(ints, row.count, value.as_int(), 0) >= 0 else DIFFERENT
    return row_has_plainly(row.values_now(), row.count, value)


@dont_look_inside
def row_has_plainly(items: Array[Value], count: int, value: Value) -> int:
    """Whether a value is among the first items: EQUAL, DIFFERENT (from all), or NOT_PLAIN where that is for the program to say."""
    for index in range(count):
        item = items[index]
        if value.is_int() and item.is_int():
            if value.as_int() == item.as_int():
                return EQUAL
            continue
        answer = plainly_equal(item, value, DEEPEST)
        if answer != DIFFERENT:
            return answer
    return DIFFERENT


@dont_look_inside
def text_has(text: PyStr, part: PyStr) -> bool:
    """Whether a text has a part like this."""
    return part.text() in text.text()


@dont_look_inside
def contains(session: Session, container: Value, value: Value) -> bool:
    """The same, nested."""
    kind = type_of(container)
    if container.is_object() and kind.is_builtin:
        thing = container.as_object()
        if isinstance(thing, PyStr):
            part = as_str(value)
            if part is None:
                raise type_error(f"'in <string>' requires string as left operand, not {type_name(value)}")
            return part.text() in thing.text()
        if isinstance(thing, PySet):
            return thing.has(session, value)
        if isinstance(thing, PyList):
            index = 0
            while index < thing.count:
                if values_equal(session, thing.at(index), value):
                    return True
                index += 1
            return False
        if isinstance(thing, PyTuple):
            for item in thing.items:
                if values_equal(session, item, value):
                    return True
            return False
        if isinstance(thing, PyRange):
            number = plain_number(value)
            if number.is_int():
                return range_has(thing, number.as_int())
    method = special(kind, Special.CONTAINS)
    if not method.same(Value.UNDEFINED) and not method.same(NONE):
        return truth(session, call(session, method, [container, value]))
    if method.same(NONE) or (
        special(kind, Special.ITER).same(Value.UNDEFINED) and special(kind, Special.GETITEM).same(Value.UNDEFINED)
    ):
        raise type_error(f"argument of type '{kind.name}' is not iterable")
    iterator = iterator_of(session, container)
    while True:
        item = next_value(session, iterator)
        if item.same(Value.UNDEFINED):
            return False
        if values_equal(session, item, value):
            return True


def range_has(thing: PyRange, number: int) -> bool:
    """Whether a range has a number."""
    if thing.stride > 0:
        return thing.start <= number < thing.stop and (number - thing.start) % thing.stride == 0
    return thing.stop < number <= thing.start and (thing.start - number) % -thing.stride == 0


# --- one operand ---

UNARY_SIGNS: list[str] = ["~", "not", "+", "-"]


def begin_unary(session: Session, stack: VMStack, newbase: int, operator: int, value: Value) -> int:
    """`OP value`, of UnaryOperator."""
    kind = type_of(value)
    if not kind.is_builtin:
        method = special(kind, Special.INVERT + operator)
        if as_function(method) is not None:
            stack[newbase + CALLEE] = method
            stack[newbase + FIRST] = value
            return 1
    stack[newbase] = unary(session, operator, value)
    return 0


@dont_look_inside
def unary(session: Session, operator: int, value: Value) -> Value:
    """The same, nested."""
    kind = type_of(value)
    if kind.is_builtin:
        result = native_unary(operator, value)
        if not result.same(Value.UNDEFINED):
            return result
    method = special(kind, Special.INVERT + operator)
    if method.same(Value.UNDEFINED):
        raise type_error(f"bad operand type for unary {UNARY_SIGNS[operator]}: '{kind.name}'")
    return call(session, method, [value])


def native_unary(operator: int, value: Value) -> Value:
    """`OP value` of a number, or UNDEFINED."""
    if operator == UnaryOperator.NEGATIVE:
        return negate_slowly(value)
    if operator == UnaryOperator.INVERT:
        return invert_slowly(value)
    plain = plain_number(value)
    return plain if type_of(plain) is types.INT or plain.is_float() else Value.UNDEFINED
