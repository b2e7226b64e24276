"""`/`, whose result of two ints is an int where it is whole, until a place in the code has given a fraction once.

An int and a double that are equal are the same number of the language, so which of them a quotient is only decides what later
instructions cost. `bytes / 2` of even numbers is an index, and should be an int; `sum / count` is a double nearly always, and where it
happens to be whole an int would make traces part, there and at each later instruction that meets it.
"""

from __future__ import annotations

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.integers import bits_of_float, truncated
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, inlined
from tracewright_javascript.arithmetic import divide_unlike
from tracewright_javascript.bytecode import Code, FractionPlaces
from tracewright_javascript.values import MAX_INT, MIN_INT


@inlined
def divide(code: Code, pc: int, left: Value, right: Value) -> Value:
    """`left / right`, by the instruction at `pc`."""
    if left.is_float() and right.is_float() and right.as_float() != 0.0:
        return Value.of_float(left.as_float() / right.as_float())
    return _divide_others(code, pc, left, right)


def _divide_others(code: Code, pc: int, left: Value, right: Value) -> Value:
    if not (left.is_int() and right.is_int() and right.as_int() != 0):
        return divide_unlike(left, right)
    quotient = float(left.as_int()) / float(right.as_int())
    places = code.fractions
    if places is not None and unchecked_get(places.has_given, pc):
        return Value.of_float(quotient)
    whole = truncated(quotient)
    if float(whole) != quotient:
        _note_fraction(code, pc)
        return Value.of_float(quotient)
    is_negative_zero = (whole == 0) & (bits_of_float(quotient) < 0)
    return Value.of_float(quotient) if is_negative_zero or not MIN_INT <= whole <= MAX_INT else Value.of_int(whole)


@dont_look_inside
def _note_fraction(code: Code, pc: int) -> None:
    """From now on all quotients of this instruction are doubles; machine code that took them for ints is discarded."""
    known = code.fractions
    places = Array(len(code.words), False)
    if known is not None:
        for k in range(len(places)):
            unchecked_set(places, k, unchecked_get(known.has_given, k))
    places[pc] = True
    code.fractions = FractionPlaces(places)
