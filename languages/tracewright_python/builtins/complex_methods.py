"""Members of `complex`, and what makes complex numbers."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import array_of
from tracewright.core.integers import wrap_add, wrap_mul
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.float_parse import parse_float
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import compare_numbers, is_plain_int, plain_number
from tracewright_python.calls import call
from tracewright_python.complex_numbers import (
    InstanceOfComplex,
    PyComplex,
    as_complex,
    complex_binary,
    complex_of,
    complex_text,
    complex_value,
    is_finite,
)
from tracewright_python.complex_texts import format_complex
from tracewright_python.conversions import index_value, required_text
from tracewright_python.exceptions import error, type_error, value_error
from tracewright_python.float_parts import length_of
from tracewright_python.functions import Native, PyBuiltin, PyGetSet
from tracewright_python.keys import float_hash
from tracewright_python.lists import tuple_of
from tracewright_python.modules.building import real
from tracewright_python.objects import PyType, as_type, new_instance, special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.syntax import BinaryOperator, Comparison
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, NOT_IMPLEMENTED, type_name, type_of

IMAGINARY_FACTOR: Final = 1000003  # of hashes


def the_complex(value: Value) -> PyComplex:
    """A value that is a complex number."""
    found = as_complex(value)
    assert found is not None
    return found


def binary_method(operator: int, is_reflected: bool) -> Native:
    """`__op__` or `__rop__`"""

    def apply(session: Session, stack: VMStack, first: int, count: int) -> Value:
        left, right = complex_of(stack[first]), complex_of(stack[first + 1])
        if left is None or right is None:
            return NOT_IMPLEMENTED
        return complex_binary(operator, right, left) if is_reflected else complex_binary(operator, left, right)

    return apply


def power(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`__pow__(exponent, modulus)`"""
    if not stack[first + 2].same(Value.UNDEFINED) and not stack[first + 2].same(NONE):
        raise value_error("complex modulo")
    left, right = complex_of(stack[first]), complex_of(stack[first + 1])
    if left is None or right is None:
        return NOT_IMPLEMENTED
    return complex_binary(BinaryOperator.POWER, left, right)


def equality(operator: int) -> Native:
    """`==` and `!=`: exact also where the other side is an int."""

    def compared(session: Session, stack: VMStack, first: int, count: int) -> Value:
        own, other = the_complex(stack[first]), as_complex(stack[first + 1])
        if other is not None:
            is_same = own.real == other.real and own.imaginary == other.imaginary
        else:
            number = plain_number(stack[first + 1])
            if not number.is_float() and not is_plain_int(number):
                return NOT_IMPLEMENTED
            is_same = own.imaginary == 0.0 and compare_numbers(Value.of_float(own.real), number) == 0
        return Value.of_bool(is_same == (operator == Comparison.EQUAL))

    return compared


def no_order(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return NOT_IMPLEMENTED


def truth_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = the_complex(stack[first])
    return Value.of_bool(number.real != 0.0 or number.imaginary != 0.0)


def negative(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = the_complex(stack[first])
    return complex_value(-number.real, -number.imaginary)


def itself(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`+z`, `complex(z)` of a derived class: the plain number."""
    number = the_complex(stack[first])
    if type_of(stack[first]).is_builtin:
        return stack[first]
    return complex_value(number.real, number.imaginary)


def size_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`abs(z)`. Raises OverflowError."""
    number = the_complex(stack[first])
    size = length_of([abs(number.real), abs(number.imaginary)])
    if size - size != 0.0 and is_finite(number):
        raise error(types.OVERFLOW_ERROR, "absolute value too large")
    return Value.of_float(size)


def hash_complex(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = the_complex(stack[first])
    if number.real != number.real or number.imaginary != number.imaginary:
        return Value.of_int(314159)
    code = wrap_add(float_hash(number.real), wrap_mul(IMAGINARY_FACTOR, float_hash(number.imaginary)))
    return Value.of_int(code if code != -1 else -2)


def show(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(complex_text(the_complex(stack[first])))


def conjugate(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = the_complex(stack[first])
    return complex_value(number.real, -number.imaginary)


def format_method(session: Session, stack: VMStack, first: int, count: int) -> Value:
    specification = required_text(stack[first + 1], "__format__() argument")
    return text_value(format_complex(the_complex(stack[first]), specification, stack[first]))


def arguments_for_new(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`__getnewargs__`"""
    number = the_complex(stack[first])
    return tuple_of([Value.of_float(number.real), Value.of_float(number.imaginary)])


def get_real(session: Session, value: Value) -> Value:
    return Value.of_float(the_complex(value).real)


def get_imaginary(session: Session, value: Value) -> Value:
    return Value.of_float(the_complex(value).imaginary)


# --- construction ---


def new_complex(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`complex(real=0, imag=0)`"""
    kind = as_type(stack[first])
    if kind is None or not kind.derives_from(types.COMPLEX):
        raise type_error("complex.__new__(X): X is not a subtype of complex")
    source, other = stack[first + 1], stack[first + 2]
    if kind.is_builtin and other.same(Value.UNDEFINED) and as_complex(source) is not None:
        if type_of(source).is_builtin:
            return source
    number = made_complex(session, source, other)
    if kind.is_builtin:
        return Value.of_object(number)
    return Value.of_object(InstanceOfComplex(number.real, number.imaginary, new_instance(kind)))


@dont_look_inside
def made_complex(session: Session, source: Value, other: Value) -> PyComplex:
    """The number of the two arguments. Raises TypeError, ValueError."""
    text = as_str(source) if not source.same(Value.UNDEFINED) else None
    if text is not None:
        if not other.same(Value.UNDEFINED):
            raise type_error("complex() can't take second arg if first is a string")
        return complex_of_text(text.text())
    if not other.same(Value.UNDEFINED) and as_str(other) is not None:
        raise type_error("complex() second arg can't be a string")
    if source.same(Value.UNDEFINED):
        first = PyComplex(0.0, 0.0)
        is_first_complex = False
    else:
        first = complex_argument(session, source, "first", True)
        is_first_complex = as_complex(source) is not None or not_a_real(source)
    if other.same(Value.UNDEFINED):
        return first
    second = complex_argument(session, other, "second", False)
    # Only what is complex counts crosswise, so that signs of zeros stay.
    real_part, imaginary_part = first.real, second.real
    if as_complex(other) is not None:
        real_part -= second.imaginary
    if is_first_complex:
        imaginary_part += first.imaginary
    return PyComplex(real_part, imaginary_part)


def not_a_real(value: Value) -> bool:
    """Whether a value is made complex by a method of its own."""
    return not special(type_of(value), Special.COMPLEX).same(Value.UNDEFINED)


def complex_argument(session: Session, value: Value, which: str, asks_method: bool) -> PyComplex:
    """One argument. Raises TypeError."""
    method = special(type_of(value), Special.COMPLEX) if asks_method else Value.UNDEFINED
    if not method.same(Value.UNDEFINED) and not type_of(value).is_builtin:
        made = as_complex(call(session, method, [value]))
        if made is None:
            raise type_error(f"{type_name(value)}.__complex__ returned non-complex")
        return made
    known = complex_of(value)
    if known is not None:
        return known
    kind = type_of(value)
    if special(kind, Special.FLOAT).same(Value.UNDEFINED) and special(kind, Special.INDEX).same(Value.UNDEFINED):
        wanted = "a string or a number" if which == "first" else "a number"
        raise type_error(f"complex() {which} argument must be {wanted}, not '{kind.name}'")
    if special(kind, Special.FLOAT).same(Value.UNDEFINED):
        whole = complex_of(index_value(session, value))
        assert whole is not None
        return whole
    return PyComplex(real(session, value), 0.0)


def complex_of_text(given: str) -> PyComplex:
    """The number of a text such as `1+2j`, `(3j)`. Raises ValueError."""
    text = given.strip()
    wrong = value_error("complex() arg is a malformed string")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if "_" in text:
        text = without_underscores(text)
    if text == "":
        raise wrong
    try:
        if text[-1] not in "jJ":
            return PyComplex(parse_float(text), 0.0)
        body = text[:-1]
        place = len(body) - 1
        while place > 0 and not (body[place] in "+-" and body[place - 1] not in "eE"):
            place -= 1
        if place <= 0:
            return PyComplex(0.0, imaginary_of(body))
        return PyComplex(parse_float(body[:place]), imaginary_of(body[place:]))
    except ValueError:
        raise wrong


def without_underscores(text: str) -> str:
    """Digits may be grouped. Raises ValueError."""
    for place in range(len(text)):
        if text[place] == "_":
            if place == 0 or place + 1 == len(text) or not text[place - 1].isdigit() or not text[place + 1].isdigit():
                raise value_error("complex() arg is a malformed string")
    return text.replace("_", "")


def imaginary_of(text: str) -> float:
    """The number before the `j`, which may be just a sign."""
    if text == "" or text == "+":
        return 1.0
    return -1.0 if text == "-" else parse_float(text)


ARITHMETIC: Final[list[tuple[str, int]]] = [
    ("add", BinaryOperator.ADD),
    ("sub", BinaryOperator.SUBTRACT),
    ("mul", BinaryOperator.MULTIPLY),
    ("truediv", BinaryOperator.DIVIDE),
]
KIND: Final = types.COMPLEX
METHODS: Final[list[PyBuiltin]] = [
    *[PyBuiltin(f"__{name}__", binary_method(number, False), 2, 2, KIND) for name, number in ARITHMETIC],
    *[PyBuiltin(f"__r{name}__", binary_method(number, True), 2, 2, KIND) for name, number in ARITHMETIC],
    PyBuiltin("__pow__", power, 2, 3, KIND),
    PyBuiltin("__rpow__", binary_method(BinaryOperator.POWER, True), 2, 3, KIND),
    PyBuiltin("__eq__", equality(Comparison.EQUAL), 2, 2, KIND),
    PyBuiltin("__ne__", equality(Comparison.NOT_EQUAL), 2, 2, KIND),
    *[PyBuiltin(name, no_order, 2, 2, KIND) for name in ("__lt__", "__le__", "__gt__", "__ge__")],
    PyBuiltin("__bool__", truth_of, 1, 1, KIND),
    PyBuiltin("__neg__", negative, 1, 1, KIND),
    PyBuiltin("__pos__", itself, 1, 1, KIND),
    PyBuiltin("__complex__", itself, 1, 1, KIND),
    PyBuiltin("__abs__", size_of, 1, 1, KIND),
    PyBuiltin("__hash__", hash_complex, 1, 1, KIND),
    PyBuiltin("__repr__", show, 1, 1, KIND),
    PyBuiltin("__format__", format_method, 2, 2, KIND),
    PyBuiltin("conjugate", conjugate, 1, 1, KIND),
    PyBuiltin("__getnewargs__", arguments_for_new, 1, 1, KIND),
]
ATTRIBUTES: Final[list[PyGetSet]] = [
    PyGetSet("real", KIND, get_real, None),
    PyGetSet("imag", KIND, get_imaginary, None),
]
CONSTRUCTORS: Final[list[tuple[PyType, PyBuiltin]]] = [
    (KIND, PyBuiltin("__new__", new_complex, 1, 3, None, array_of(["real", "imag"]))),
]
