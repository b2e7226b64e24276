"""`int`: a machine word in the Value where it fits, else a PyBigInt; and the objects of classes that derive from `int` and `float`.

What is calculated comes back small where it fits: so equal ints have one form.
"""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright.lib import big_integers as big
from tracewright.lib.big_integers import BigInteger
from tracewright.lib.big_integers_floats import compare_with_float, to_float
from tracewright.lib.big_integers_text import from_digits
from tracewright_python import builtin_types as types
from tracewright_python.exceptions import error
from tracewright_python.objects import PyInstance, PyObject, PyType

EXACT_FLOAT: int = 1 << 53  # ints up to here are floats, too
MOST_BITS: int = 1 << 33  # of an int: a gibibyte


@final
@immutable_fields("number")
class PyBigInt(PyObject):
    """An int that does not fit the machine word."""

    def __init__(self, number: BigInteger) -> None:
        self.number = number

    def type_of(self) -> PyType:
        return types.INT


@final
@immutable_fields("number")
class InstanceOfNumber(PyObject):
    """An object of a class of the program that derives from `int` or `float`; `number` is the plain one."""

    def __init__(self, number: Value, instance: PyInstance) -> None:
        self.number = number
        self.instance = instance

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


def int_value(number: BigInteger) -> Value:
    """An int as a Value."""
    return Value.of_int(number.low_word()) if number.fits_int() else Value.of_object(PyBigInt(number))


def as_big(value: Value) -> PyBigInt | None:
    """The big int, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyBigInt):
            return thing
    return None


def is_big(value: Value) -> bool:
    """Whether it is an int that does not fit the machine word."""
    return as_big(value) is not None


def is_small(value: Value) -> bool:
    """Whether it is an int that is a float, too."""
    return value.is_int() and -EXACT_FLOAT <= value.as_int() <= EXACT_FLOAT


def plain_number(value: Value) -> Value:
    """The int or float that a bool or an object of a derived class stands for; anything else as it is."""
    return value if value.is_int() or value.is_float() else _plain_slowly(value)


@dont_look_inside
def _plain_slowly(value: Value) -> Value:
    if value.is_bool():
        return Value.of_int(1 if value.as_bool() else 0)
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, InstanceOfNumber):
            return thing.number
    return value


def is_plain_int(value: Value) -> bool:
    """Whether it is an int in one of its two forms."""
    return value.is_int() or is_big(value)


def integer(value: Value) -> BigInteger:
    """An int in either form as a BigInteger."""
    found = as_big(value)
    return big.from_int(value.as_int()) if found is None else found.number


def int_as_float(value: Value) -> float:
    """The float nearest to an int in either form. Raises OverflowError of the program."""
    if value.is_int():
        return float(value.as_int())
    try:
        return to_float(integer(value))
    except OverflowError:
        raise error(types.OVERFLOW_ERROR, "int too large to convert to float")


@dont_look_inside
def compare_numbers(left: Value, right: Value) -> int:
    """-1, 0 or 1 for plain numbers, exactly; 2 where one is NaN."""
    if left.is_float():
        if right.is_float():
            x, y = left.as_float(), right.as_float()
            return 0 if x == y else -1 if x < y else 1 if x > y else 2
        order = compare_numbers(right, left)
        return order if order == 2 else -order
    if right.is_float():
        y = right.as_float()
        if y != y:
            return 2
        if left.is_int() and -EXACT_FLOAT <= left.as_int() <= EXACT_FLOAT:
            x = float(left.as_int())
            return 0 if x == y else -1 if x < y else 1
        return compare_with_float(integer(left), y)
    if left.is_int() and right.is_int():
        a, b = left.as_int(), right.as_int()
        return 0 if a == b else -1 if a < b else 1
    return big.compare(integer(left), integer(right))


def is_number(value: Value) -> bool:
    """Whether it is a plain number."""
    return value.is_int() or value.is_float() or is_big(value)


@dont_look_inside
def number_equal(left: Value, right: Value) -> bool:
    """Equality of values that are no objects, or numbers in any form: by worth of numbers, by identity of others."""
    a, b = plain_number(left), plain_number(right)
    if is_number(a) and is_number(b):
        return compare_numbers(a, b) == 0
    return left.same(right)


def big_hash(thing: PyBigInt) -> int:
    """`hash` of a big int."""
    code = big.hash_of_integer(thing.number)
    return code if code != -1 else -2


def big_constant(digits: str) -> Value:
    """An int of the source that does not fit the machine word."""
    radix = 10
    start = 0
    if len(digits) > 2 and digits[0] == "0":
        match digits[1]:
            case "x" | "X":
                radix, start = 16, 2
            case "o" | "O":
                radix, start = 8, 2
            case "b" | "B":
                radix, start = 2, 2
            case _:
                pass
    return int_value(from_digits(digits, start, len(digits), radix, False))
