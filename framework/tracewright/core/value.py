"""`Value`: the guest word.

Natively a NaN-boxed 64-bit word (constants below; unsigned reading):

    0x0000_0000_0000_0000 .. 0x0000_ffff_ffff_ffff   heap pointers as they are; below 4096 the special constants
    0x0002_0000_0000_0000 .. 0xfff2_0000_0000_0000   doubles: IEEE bits + DOUBLE_OFFSET (NaNs made canonical)
    0xfff8_0000_0000_0000 .. 0xffff_ffff_ffff_ffff   ints of 51 bits, sign in bit 50

An int outside 51 bits lives in a heap box that `of_int` and `as_int` hide. Hosted, a Value wraps the Python object.
"""

from __future__ import annotations

from typing import ClassVar, final

SMALL_INT_BITS = 51
INT_TAG = -(1 << 51)  # as a signed word: 0xfff8_0000_0000_0000; unsigned(word) >= unsigned(INT_TAG) says small int
DOUBLE_OFFSET = 2 << 48  # added to the IEEE bits; unsigned(word) >= DOUBLE_OFFSET and below INT_TAG says double
CANONICAL_NAN = 0x7FF8 << 48
WORD_UNDEFINED, WORD_NULL, WORD_FALSE, WORD_TRUE = 0, 8, 16, 24  # bools differ in bit 3 only
FIRST_POINTER = 4096  # every heap and static object lies above


class _Special:
    __slots__ = ("name", "word")

    def __init__(self, name: str, word: int) -> None:
        self.name = name
        self.word = word


@final
class Value:
    """One guest value: int, float, heap object, or one of the constants undefined, null, false, true. Immutable."""

    __slots__ = ("payload",)

    UNDEFINED: ClassVar[Value]
    NULL: ClassVar[Value]
    FALSE: ClassVar[Value]
    TRUE: ClassVar[Value]

    def __init__(self, payload: object) -> None:
        self.payload = payload

    @staticmethod
    def of_int(number: int) -> Value:
        """Any 64-bit int; outside 51 bits it is boxed on the heap, which nobody can tell."""
        return Value(int(number))

    @staticmethod
    def of_small_int(number: int) -> Value:
        """The same of an int that has at most 51 bits for sure: natively nothing is asked."""
        assert -(1 << 50) <= number < 1 << 50
        return Value(int(number))

    @staticmethod
    def of_float(number: float) -> Value:
        """A double."""
        return Value(float(number))

    @staticmethod
    def of_bool(flag: bool) -> Value:
        """TRUE or FALSE."""
        return Value.TRUE if flag else Value.FALSE

    @staticmethod
    def of_object(thing: object) -> Value:
        """A heap object: an instance of a dialect class (never an int, float or bool; str, list... only inside objects)."""
        return Value(thing)

    def is_int(self) -> bool:
        return type(self.payload) is int

    def is_float(self) -> bool:
        return type(self.payload) is float

    def is_bool(self) -> bool:
        return self is Value.TRUE or self is Value.FALSE

    def is_object(self) -> bool:
        """A heap object made by `of_object` (boxed ints are ints, not objects)."""
        return not isinstance(self.payload, (int, float, _Special))

    def as_int(self) -> int:
        """The int; only after `is_int()`."""
        assert type(self.payload) is int
        return self.payload

    def as_small_int(self) -> int:
        """The int; only where `of_int` made it of at most 51 bits, as of what counts something: natively nothing is asked."""
        assert type(self.payload) is int and -(1 << 50) <= self.payload < 1 << 50
        return self.payload

    def as_float(self) -> float:
        """The float; only after `is_float()`."""
        assert type(self.payload) is float
        return self.payload

    def as_bool(self) -> bool:
        """The bool; only after `is_bool()`."""
        assert self.is_bool()
        return self is Value.TRUE

    def as_object(self) -> object:
        """The object; only after `is_object()`. Narrow it with isinstance or `unsafe_cast`."""
        assert self.is_object()
        return self.payload

    def same(self, other: Value) -> bool:
        """Identity of the words: the same constant, object, or equal small ints; may be False for equal big ints and NaN."""
        if self is other:
            return True
        if isinstance(self.payload, (int, float)):
            return type(self.payload) is type(other.payload) and self.payload == other.payload
        return self.payload is other.payload


Value.UNDEFINED = Value(_Special("undefined", WORD_UNDEFINED))
Value.NULL = Value(_Special("null", WORD_NULL))
Value.FALSE = Value(_Special("false", WORD_FALSE))
Value.TRUE = Value(_Special("true", WORD_TRUE))
