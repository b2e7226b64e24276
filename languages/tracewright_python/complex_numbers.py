"""`complex`: the values and their arithmetic, which rounds as CPython's does."""

from __future__ import annotations

from typing import final

from tracewright.core import mathematics
from tracewright.core.integers import bits_of_float
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright.lib.float_text import float_repr
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import int_as_float, is_plain_int, is_small, plain_number
from tracewright_python.exceptions import error
from tracewright_python.float_parts import length_of
from tracewright_python.objects import PyInstance, PyObject, PyType
from tracewright_python.syntax import BinaryOperator

MOST_STEPS = 100  # powers with an int up to here are products


@immutable_fields("real", "imaginary")
class PyComplex(PyObject):
    """`complex`"""

    def __init__(self, real: float, imaginary: float) -> None:
        self.real = real
        self.imaginary = imaginary

    def type_of(self) -> PyType:
        return types.COMPLEX


@final
@immutable_fields("instance")
class InstanceOfComplex(PyComplex):
    """An object of a class of the program that derives from `complex`."""

    def __init__(self, real: float, imaginary: float, instance: PyInstance) -> None:
        super().__init__(real, imaginary)
        self.instance = instance

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


def complex_value(real: float, imaginary: float) -> Value:
    """A complex number as a Value."""
    return Value.of_object(PyComplex(real, imaginary))


def as_complex(value: Value) -> PyComplex | None:
    """The complex number, also of a derived class, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyComplex):
            return thing
    return None


def complex_of(value: Value) -> PyComplex | None:
    """The complex number that a number of any kind is; None for what is no number. Raises OverflowError of the program."""
    known = as_complex(value)
    if known is not None:
        return known
    number = plain_number(value)
    if number.is_float():
        return PyComplex(number.as_float(), 0.0)
    return PyComplex(int_as_float(number), 0.0) if is_plain_int(number) else None


def is_negative(number: float) -> bool:
    """Whether a float has a minus, also before zero or NaN."""
    return bits_of_float(number) < 0


def part_text(number: float) -> str:
    """A part as it is shown: without `.0`."""
    text = float_repr(number)
    return text[:-2] if text.endswith(".0") else text


def complex_text(number: PyComplex) -> str:
    """`repr` of a complex number."""
    imaginary = part_text(number.imaginary)
    if number.real == 0.0 and not is_negative(number.real):
        return f"{imaginary}j"
    sign = "" if imaginary.startswith("-") else "+"
    return f"({part_text(number.real)}{sign}{imaginary}j)"


def quick_complex(operator: int, left: Value, right: Value) -> Value:
    """`left OP right` where one is complex and the other that, a float or a small int; UNDEFINED where it is not quick."""
    if as_complex(left) is None and as_complex(right) is None:
        return Value.UNDEFINED
    a, b = _quickly_complex(left), _quickly_complex(right)
    if a is None or b is None:
        return Value.UNDEFINED
    match operator:
        case BinaryOperator.ADD:
            return complex_value(a.real + b.real, a.imaginary + b.imaginary)
        case BinaryOperator.SUBTRACT:
            return complex_value(a.real - b.real, a.imaginary - b.imaginary)
        case BinaryOperator.MULTIPLY:
            return product(a, b)
        case _:
            return complex_binary(operator, a, b)


def _quickly_complex(value: Value) -> PyComplex | None:
    if value.is_float():
        return PyComplex(value.as_float(), 0.0)
    return PyComplex(float(value.as_int()), 0.0) if is_small(value) else as_complex(value)


@dont_look_inside
def complex_binary(operator: int, a: PyComplex, b: PyComplex) -> Value:
    """`a OP b`; UNDEFINED for operators that complex numbers do not have. Raises ZeroDivisionError, OverflowError."""
    match operator:
        case BinaryOperator.ADD:
            return complex_value(a.real + b.real, a.imaginary + b.imaginary)
        case BinaryOperator.SUBTRACT:
            return complex_value(a.real - b.real, a.imaginary - b.imaginary)
        case BinaryOperator.MULTIPLY:
            return product(a, b)
        case BinaryOperator.DIVIDE:
            return quotient(a, b)
        case BinaryOperator.POWER:
            return power(a, b)
        case _:
            return Value.UNDEFINED


def product(a: PyComplex, b: PyComplex) -> Value:
    """`a * b`"""
    return complex_value(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)


def quotient(a: PyComplex, b: PyComplex) -> Value:
    """`a / b`: scaled by the larger part of the divisor."""
    if abs(b.real) >= abs(b.imaginary):
        if abs(b.real) == 0.0:
            raise error(types.ZERO_DIVISION_ERROR, "complex division by zero")
        ratio = b.imaginary / b.real
        size = b.real + b.imaginary * ratio
        return complex_value((a.real + a.imaginary * ratio) / size, (a.imaginary - a.real * ratio) / size)
    if abs(b.imaginary) >= abs(b.real):
        ratio = b.real / b.imaginary
        size = b.real * ratio + b.imaginary
        return complex_value((a.real * ratio + a.imaginary) / size, (a.imaginary * ratio - a.real) / size)
    nan = float("nan")
    return complex_value(nan, nan)


def power(a: PyComplex, b: PyComplex) -> Value:
    """`a ** b`. Raises ZeroDivisionError, OverflowError."""
    if b.imaginary == 0.0 and b.real == mathematics.floor(b.real) and abs(b.real) <= MOST_STEPS:
        result = integer_power(a, int(b.real))
    else:
        result = general_power(a, b)
    if result.real - result.real != 0.0 or result.imaginary - result.imaginary != 0.0:
        if is_finite(a) and is_finite(b):
            raise error(types.OVERFLOW_ERROR, "complex exponentiation")
    return Value.of_object(result)


def is_finite(number: PyComplex) -> bool:
    """Whether both parts are numbers and no infinities."""
    return number.real - number.real == 0.0 and number.imaginary - number.imaginary == 0.0


def general_power(a: PyComplex, b: PyComplex) -> PyComplex:
    """By logarithms."""
    if b.real == 0.0 and b.imaginary == 0.0:
        return PyComplex(1.0, 0.0)
    if a.real == 0.0 and a.imaginary == 0.0:
        if b.imaginary != 0.0 or b.real < 0.0:
            raise error(types.ZERO_DIVISION_ERROR, "0.0 to a negative or complex power")
        return PyComplex(0.0, 0.0)
    size = length_of([abs(a.real), abs(a.imaginary)])
    length = mathematics.power(size, b.real)
    angle = mathematics.atan2(a.imaginary, a.real)
    phase = angle * b.real
    if b.imaginary != 0.0:
        length *= mathematics.exp(-angle * b.imaginary)
        phase += b.imaginary * mathematics.log(size)
    return PyComplex(length * mathematics.cos(phase), length * mathematics.sin(phase))


def integer_power(a: PyComplex, exponent: int) -> PyComplex:
    """By products."""
    size = abs(exponent)
    result, factor = PyComplex(1.0, 0.0), a
    bit = 1
    while bit <= size:
        if size & bit:
            result = multiplied(result, factor)
        bit <<= 1
        if bit <= size:
            factor = multiplied(factor, factor)
    if exponent >= 0:
        return result
    if result.real == 0.0 and result.imaginary == 0.0:
        raise error(types.ZERO_DIVISION_ERROR, "0.0 to a negative or complex power")
    made = as_complex(quotient(PyComplex(1.0, 0.0), result))
    assert made is not None
    return made


def multiplied(a: PyComplex, b: PyComplex) -> PyComplex:
    """The product as a number."""
    made = as_complex(product(a, b))
    assert made is not None
    return made
