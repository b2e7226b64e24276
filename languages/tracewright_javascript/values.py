"""Guest values: what a `Value` holds for each JavaScript type, and what is cheap to ask of all of them.

    undefined, null, true, false     the Values of these names
    number                           an int of 51 bits or a double; one number may have both forms, so identity is not `===`
    string                           a JSString: units of UTF-16, or a rope of two strings
    bigint                           a JSBigInt: a machine word, or what does not fit one
    object                           a JSObject (`objects.py`)

EMPTY is no value of the language: it stands in variables that are not initialized.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.integers import bits_of_float, truncated
from tracewright.core.mathematics import is_infinite, is_nan
from tracewright.core.text import code_at
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.hints import dont_look_inside, immutable_fields, inlined, rare
from tracewright.lib.big_integers import BigInteger, equals, from_int
from tracewright.lib.digits import digit_count
from tracewright.lib.float_text import float_positional, shortest_decimal
from tracewright.lib.numbers import text_and_decimal
from tracewright.lib.ropes import SHORT, Rope
from tracewright.lib.ropes import concatenated as rope_of
from tracewright_javascript.errors import GuestFault

MAX_INT: Final = (1 << 50) - 1  # numbers beyond are doubles, so that no number is boxed
MIN_INT: Final = -(1 << 50)
# A part of a text is copied when somebody asks for it, as groups of a match often are never looked at. Until then it keeps the text in memory:
# so the text must not be longer than this, or than so many times the part.
MOST_KEPT: Final = 256
MOST_KEPT_TIMES: Final = 4
MAX_STRING_LENGTH: Final = 536870888  # units


@final
class Empty(GuestObject):
    """What a variable holds before its declaration ran."""


EMPTY: Final = Value.of_object(Empty())


@final
class Cell(GuestObject):
    """A variable that a function and closures inside it share."""

    def __init__(self, value: Value) -> None:
        self.value = value


@final
class Part(Rope):
    """Marks a string whose text still is a part of another one."""


PART: Final = Part(0)
INTERNED: Final = -1
AT_START: Final = 0


@final
@immutable_fields("begin")
class JSString(GuestObject):
    """A string. It is a rope (`lib/ropes.py`) until somebody asks for its text, or a part of a longer text: then `flat` is that, and `begin`
    the place where the part begins. Two that are interned have different texts."""

    def __init__(self, text: str, begin: int = AT_START) -> None:
        self.begin = begin
        self.flat = text
        self.length: int = len(text)
        self.rope: Rope | None = None

    def text(self) -> str:
        """The units."""
        return self.flat if self.rope is None else self._flatten()

    @dont_look_inside
    def _flatten(self) -> str:
        rope = self.rope
        assert rope is not None
        self.flat = self.flat[self.begin : self.begin + self.length] if rope is PART else rope.text()
        self.rope = None
        return self.flat

    def is_interned(self) -> bool:
        """Whether no other string with this mark has the same text."""
        return self.begin == INTERNED

    def settle(self) -> None:
        """Not to be a part any more: before it becomes a piece of a rope."""
        if self.rope is PART:
            self._flatten()


UNITS: Final[list[JSString]] = [JSString(chr(unit), INTERNED) for unit in range(256)]  # strings of one unit of Latin-1


def new_string(text: str) -> JSString:
    """A string; one of a single unit is always the same one, so that comparing it asks nothing."""
    if len(text) == 1:
        unit = code_at(text, 0)
        if unit < 256:
            return UNITS[unit]
    return JSString(text)


def string_value(text: str) -> Value:
    """A string as a Value."""
    return Value.of_object(new_string(text))


def part_value(text: str, start: int, stop: int) -> Value:
    """A part of a string; its bounds are right."""
    if stop == start + 1:
        unit = code_at(text, start)
        if unit < 256:
            return Value.of_object(UNITS[unit])
    return _long_part(text, start, stop)


@dont_look_inside
def _long_part(text: str, start: int, stop: int) -> Value:
    length = stop - start
    if len(text) > MOST_KEPT and len(text) > MOST_KEPT_TIMES * length:
        return Value.of_object(JSString(text[start:stop]))
    result = JSString(text, start)
    result.length = length
    result.rope = PART
    return Value.of_object(result)


def as_string(value: Value) -> JSString | None:
    """The string that a value is, or None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, JSString):
            return thing
    return None


def too_long() -> GuestFault:
    """What is thrown instead of a string that is too long."""
    return GuestFault("RangeError", "Invalid string length")


def joined(left: JSString, right: JSString) -> JSString:
    """`left + right`: copied where it is short, else a rope. Raises GuestFault where it is too long."""
    length = left.length + right.length
    if length > MAX_STRING_LENGTH:
        raise too_long()
    if length <= SHORT:
        return new_string(left.text() + right.text())
    left.settle()
    right.settle()
    result = JSString("")
    result.length = length
    result.rope = rope_of(left.flat, left.rope, right.flat, right.rope, length)
    return result


def concatenated(left: JSString, right: JSString) -> Value:
    """The same as a Value. Raises GuestFault where it is too long."""
    return Value.of_object(joined(left, right))


def with_number(left: JSString, number: int) -> Value:
    """`left + number`. Short ones are written at once, without a text of the number. Raises GuestFault where it is too long."""
    if number >= 0 and left.length > 0 and left.length + digit_count(number) <= SHORT:
        return Value.of_object(JSString(text_and_decimal(left.text(), number)))
    return concatenated(left, new_string(str(number)))


@final
@immutable_fields("word", "large")
class JSBigInt(GuestObject):
    """A BigInt: `word`, or `large` where it does not fit a word; so small ones need no memory in traces."""

    def __init__(self, word: int, large: BigInteger | None) -> None:
        self.word = word
        self.large = large

    def integer(self) -> BigInteger:
        """The number in the form that arithmetic of any size has."""
        large = self.large
        return from_int(self.word) if large is None else large


def small_bigint(word: int) -> Value:
    """The BigInt of a machine word."""
    return Value.of_object(JSBigInt(word, None))


def bigint_value(number: BigInteger) -> Value:
    """A BigInt as a Value."""
    if number.fits_int():
        return small_bigint(number.low_word())
    return Value.of_object(JSBigInt(0, number))


def as_bigint(value: Value) -> JSBigInt | None:
    """The BigInt that a value is, or None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, JSBigInt):
            return thing
    return None


def same_bigint(left: JSBigInt, right: JSBigInt) -> bool:
    """Whether two BigInts are one number."""
    a = left.large
    b = right.large
    if a is None or b is None:
        return a is None and b is None and left.word == right.word
    return equals(a, b)


def int_number(number: int) -> Value:
    """A number that is an int of at most 63 bits."""
    if MIN_INT <= number <= MAX_INT:
        return Value.of_int(number)
    return _beyond_ints(number)


@rare
def _beyond_ints(number: int) -> Value:
    return Value.of_float(float(number))


def number_value(number: float) -> Value:
    """A number; an int where it is one that fits, and not -0. (One question for a number with a fraction.)"""
    whole = truncated(number)
    if float(whole) == number and MIN_INT <= whole <= MAX_INT and (whole != 0 or bits_of_float(number) == 0):
        return Value.of_int(whole)
    return Value.of_float(number)


def is_number(value: Value) -> bool:
    """Whether it is a number, in either form."""
    return value.is_int() or value.is_float()


def as_number(value: Value) -> float:
    """The double that a number is or equals; only after `is_number`."""
    return float(value.as_int()) if value.is_int() else value.as_float()


def is_nullish(value: Value) -> bool:
    """undefined or null."""
    return value.same(Value.UNDEFINED) or value.same(Value.NULL)


@dont_look_inside
def number_text(number: float) -> str:
    """A number as the language writes it: shortest digits, an exponent below 1e-6 and from 1e21 on."""
    if is_nan(number):
        return "NaN"
    if is_infinite(number):
        return "Infinity" if number > 0.0 else "-Infinity"
    if number == 0.0:
        return "0"
    size = abs(number)
    if 1e-6 <= size < 1e21:
        return float_positional(number)
    decimal = shortest_decimal(bits_of_float(size))
    digits = str(decimal.digits)
    exponent = decimal.exponent + len(digits) - 1
    mantissa = digits if len(digits) == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{'-' if number < 0.0 else ''}{mantissa}e{'+' if exponent >= 0 else '-'}{abs(exponent)}"


def identical(left: Value, right: Value) -> bool:
    """SameValue: as `===`, but NaN is itself, and 0 is not -0."""
    if left.is_float() or right.is_float():
        if not is_number(left) or not is_number(right):
            return False
        a, b = as_number(left), as_number(right)
        return bits_of_float(a) == bits_of_float(b) or (is_nan(a) and is_nan(b))
    return same_word_or_text(left, right)


def same_value_zero(left: Value, right: Value) -> bool:
    """SameValueZero: as `===`, but NaN is itself."""
    if is_number(left) and is_number(right):
        a, b = as_number(left), as_number(right)
        return a == b or (is_nan(a) and is_nan(b))
    return same_word_or_text(left, right)


def same_word_or_text(left: Value, right: Value) -> bool:
    """Whether two Values that are no doubles are the same, strings by their units, BigInts by their numbers."""
    if left.same(right):
        return True
    first = as_string(left)
    if first is not None:
        second = as_string(right)
        return second is not None and same_text(first, second)
    a = as_bigint(left)
    b = as_bigint(right)
    return a is not None and b is not None and same_bigint(a, b)


@inlined
def are_different_at_once(left: JSString, right: JSString) -> bool:
    """Whether two strings have different units, as far as that is known without a look at these."""
    return left.length != right.length or (left.is_interned() and right.is_interned() and left is not right)


def same_text(left: JSString, right: JSString) -> bool:
    """Whether two strings have the same units."""
    if are_different_at_once(left, right):
        return False
    if left.length == 1:
        return code_at(left.text(), 0) == code_at(right.text(), 0)
    return _same_units(left, right)


@dont_look_inside
def _same_units(left: JSString, right: JSString) -> bool:
    return left.text() == right.text()


def compare_texts(left: JSString, right: JSString) -> int:
    """-1, 0 or 1 as the units of the left string come before the right one's."""
    if left.length == 1 and right.length == 1:
        first = code_at(left.text(), 0)
        second = code_at(right.text(), 0)
        return -1 if first < second else 1 if first > second else 0
    return _compare_units(left, right)


@dont_look_inside
def _compare_units(left: JSString, right: JSString) -> int:
    first, second = left.text(), right.text()
    return -1 if first < second else 1 if second < first else 0
