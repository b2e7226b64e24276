"""The kinds of elements of typed arrays, which `DataView` and `Atomics` read and write, too: how a value lies in a block's bytes.

What is read and written here has been checked to lie in the block.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.integers import i8, i16, i32
from tracewright.core.mathematics import floor
from tracewright.core.text import BytesBuffer
from tracewright.core.value import Value
from tracewright.hints import elidable
from tracewright.lib.big_integers import from_unsigned
from tracewright.lib.small_floats import float32_bits, float_of_float32_bits
from tracewright_javascript.bigints import to_bigint
from tracewright_javascript.conversions import int32_of, to_number
from tracewright_javascript.values import (
    as_bigint,
    as_number,
    bigint_value,
    is_number,
    number_value,
    small_bigint,
)


class ElementKind:
    """Numbers of the kinds, in the order of the standard's table 71."""

    INT8: Final = 0
    UINT8: Final = 1
    UINT8_CLAMPED: Final = 2
    INT16: Final = 3
    UINT16: Final = 4
    INT32: Final = 5
    UINT32: Final = 6
    BIGINT64: Final = 7
    BIGUINT64: Final = 8
    FLOAT32: Final = 9
    FLOAT64: Final = 10


NAMES: Final = (
    ["Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Int32", "Uint32", "BigInt64", "BigUint64", "Float32", "Float64"]
)  # fmt: skip
KIND_COUNT: Final = 11


def shift_of(kind: int) -> int:
    """`SHIFTS[kind]`, a constant in traces that know the kind."""
    match kind:
        case ElementKind.INT8 | ElementKind.UINT8 | ElementKind.UINT8_CLAMPED:
            return 0
        case ElementKind.INT16 | ElementKind.UINT16:
            return 1
        case ElementKind.INT32 | ElementKind.UINT32 | ElementKind.FLOAT32:
            return 2
        case _:
            return 3


def holds_bigints(kind: int) -> bool:
    """Whether the elements are BigInts."""
    return kind == ElementKind.BIGINT64 or kind == ElementKind.BIGUINT64


def holds_floats(kind: int) -> bool:
    """Whether the elements may have fractions."""
    return kind == ElementKind.FLOAT32 or kind == ElementKind.FLOAT64


def load(block: BytesBuffer, kind: int, place: int) -> Value:
    """The element at a place."""
    match kind:
        case ElementKind.INT8:
            return Value.of_int(i8(block.get(place)))
        case ElementKind.UINT8 | ElementKind.UINT8_CLAMPED:
            return Value.of_int(block.get(place))
        case ElementKind.INT16:
            return Value.of_int(i16(block.get16(place)))
        case ElementKind.UINT16:
            return Value.of_int(block.get16(place))
        case ElementKind.INT32:
            return Value.of_int(i32(block.get32(place)))
        case ElementKind.UINT32:
            return Value.of_int(block.get32(place))
        case ElementKind.FLOAT64:
            return Value.of_float(block.get_float(place))
        case ElementKind.FLOAT32:
            return Value.of_float(_float_of_bits(block.get32(place)))
        case ElementKind.BIGINT64:
            return small_bigint(block.get64(place))
        case _:
            return _unsigned_bigint(block.get64(place))


def store(block: BytesBuffer, kind: int, place: int, number: Value) -> None:
    """Write a number, or the BigInt that `numeric_for` has made of a value."""
    match kind:
        case ElementKind.INT8 | ElementKind.UINT8:
            block.put(place, _low_bits(number) & 0xFF)
        case ElementKind.UINT8_CLAMPED:
            block.put(place, clamped(number))
        case ElementKind.INT16 | ElementKind.UINT16:
            block.put16(place, _low_bits(number))
        case ElementKind.INT32 | ElementKind.UINT32:
            block.put32(place, _low_bits(number))
        case ElementKind.FLOAT64:
            block.put_float(place, as_number(number))
        case ElementKind.FLOAT32:
            block.put32(place, _bits_of_float(as_number(number)))
        case _:
            block.put64(place, low_word(number))


def numeric_for(kind: int, value: Value) -> Value:
    """What a value is converted to before it becomes an element: a number or a BigInt. Raises GuestFault and Thrown."""
    if holds_bigints(kind):
        return Value.of_object(to_bigint(value))
    return value if is_number(value) else number_value(to_number(value))


def _low_bits(number: Value) -> int:
    """An integer with the low 32 bits of a number."""
    return number.as_int() if number.is_int() else int32_of(number.as_float())


def clamped(number: Value) -> int:
    """The nearest integer of 0..255."""
    return min(max(number.as_int(), 0), 255) if number.is_int() else _clamped_float(number.as_float())


@elidable
def _clamped_float(number: float) -> int:
    """The same; halves go to the even one, NaN to 0."""
    if not number > 0.0:
        return 0
    if number >= 255.0:
        return 255
    below = int(floor(number))
    rest = number - float(below)
    if rest > 0.5 or (rest == 0.5 and below & 1 == 1):
        return below + 1
    return below


def low_word(number: Value) -> int:
    """The lowest 64 bits of a BigInt."""
    found = as_bigint(number)
    assert found is not None
    large = found.large
    return found.word if large is None else large.low_word()


def _unsigned_bigint(word: int) -> Value:
    return small_bigint(word) if word >= 0 else bigint_value(from_unsigned(word))


@elidable
def _float_of_bits(bits: int) -> float:
    return float_of_float32_bits(bits)


@elidable
def _bits_of_float(number: float) -> int:
    return float32_bits(number)


SHIFTS: Final = [shift_of(kind) for kind in range(KIND_COUNT)]  # an element has 1 << shift bytes
