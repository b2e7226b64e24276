"""Byte strings, UTF-8 and integer helpers against CPython."""

import math
from collections.abc import Callable
from functools import partial
from operator import contains

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracewright.core.integers import MAX_INT, MIN_INT, wrap
from tracewright.lib import byte_strings, number_methods, numbers, utf8
from tracewright.lib.digits import digit_count
from tracewright.lib.lists import List

DATA = st.binary(max_size=8) | st.lists(st.sampled_from(b"ab\x00"), max_size=8).map(bytes)
PART = st.binary(max_size=2) | st.lists(st.sampled_from(b"ab\x00"), max_size=3).map(bytes)
BROKEN = st.lists(
    st.sampled_from([0x41, 0x80, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xA0, 0xED, 0xF0, 0x90, 0x8F, 0xF4, 0xF5]), max_size=7
).map(bytes)
INDEX = st.integers(-10, 10)
WORD = st.integers(MIN_INT, MAX_INT) | st.integers(-20, 20) | st.sampled_from([MIN_INT, MAX_INT, MIN_INT + 1])


def outcome(action: Callable[[], object]) -> object:
    try:
        return action()
    except (IndexError, ValueError, OverflowError, ZeroDivisionError) as error:
        return type(error)


@settings(max_examples=300)
@given(DATA, PART, INDEX, INDEX | st.just(MAX_INT))
def test_bytes(data: bytes, part: bytes, start: int, stop: int) -> None:
    assert outcome(lambda: byte_strings.bytes_get_item(data, start)) == outcome(lambda: data[start])
    assert byte_strings.bytes_get_slice(data, start, stop) == data[start:stop]
    assert byte_strings.bytes_concat(data, part) == data + part
    assert byte_strings.bytes_repeat(data, start) == data * start
    assert byte_strings.bytes_equal(data, part) == (data == part)
    assert byte_strings.bytes_less(data, part) == (data < part)
    assert byte_strings.bytes_find(data, part, start) == data.find(part, start)
    assert byte_strings.bytes_contains(data, part) == (part in data)
    assert byte_strings.bytes_startswith(data, part) == data.startswith(part)
    assert byte_strings.bytes_endswith(data, part) == data.endswith(part)
    assert byte_strings.bytes_hash(data) == byte_strings.bytes_hash(bytes(list(data))) != 0
    assert byte_strings.bytes_length(data) == len(data)
    for byte in (start, 97, 256):
        assert outcome(partial(byte_strings.bytes_contains_byte, data, byte)) == outcome(partial(contains, data, byte))


@given(st.lists(st.integers(-1, 256), max_size=5), PART, st.lists(DATA, max_size=4))
def test_bytes_from_parts(items: list[int], separator: bytes, pieces: list[bytes]) -> None:
    numbers_list: List[int] = List()
    for item in items:
        numbers_list.append(item)
    assert outcome(lambda: byte_strings.bytes_from_list(numbers_list)) == outcome(lambda: bytes(items))
    pieces_list: List[bytes] = List()
    for piece in pieces:
        pieces_list.append(piece)
    assert byte_strings.bytes_join(separator, pieces_list) == separator.join(pieces)
    assert byte_strings.bytes_of_size(3) == bytes(3)


@settings(max_examples=300)
@given(st.text(max_size=8) | st.text("\ud800\udfffaé€😀", max_size=5))
def test_encoding(text: str) -> None:
    assert outcome(lambda: utf8.str_encode(text)) == outcome_of_encoding(text)
    replaced = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    assert utf8.encode_lossy(text) == replaced.encode()


def outcome_of_encoding(text: str) -> object:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return ValueError


@settings(max_examples=800)
@given(DATA | BROKEN | st.text(max_size=5).map(str.encode))
@example(b"\xf0\x9f\x98")
@example(b"\xed\xa0\x80")
@example(b"\xf4\x90\x80\x80")
def test_decoding(data: bytes) -> None:
    assert utf8.decode_lossy(data) == data.decode(errors="replace")
    try:
        expected = data.decode()
    except UnicodeDecodeError as error:
        start = utf8.find_malformed(data)
        assert start == error.start
        assert utf8.failure_text(data, start) == str(error)
        with pytest.raises(TypeError):  # see the comment in bytes_decode
            utf8.bytes_decode(data)
    else:
        assert utf8.find_malformed(data) == -1
        assert utf8.bytes_decode(data) == expected


@settings(max_examples=300)
@given(WORD, WORD)
def test_integer_arithmetic(a: int, b: int) -> None:
    assert outcome(lambda: numbers.floor_div(a, b)) == outcome(lambda: wrap(a // b))
    assert outcome(lambda: numbers.floor_mod(a, b)) == outcome(lambda: a % b)
    assert numbers.int_abs(a) == wrap(abs(a))
    assert numbers.int_min(a, b) == min(a, b) and numbers.int_max(a, b) == max(a, b)


@given(WORD, st.integers(-1, 70))
def test_powers(base: int, exponent: int) -> None:
    if exponent < 0:
        assert outcome(lambda: numbers.int_power(base, exponent)) is ValueError
        assert outcome(lambda: numbers.wrap_power(base, exponent)) is ValueError
        return
    exact = base**exponent
    assert outcome(lambda: numbers.int_power(base, exponent)) == (exact if wrap(exact) == exact else OverflowError)
    assert numbers.wrap_power(base, exponent) == wrap(exact)


@settings(max_examples=300)
@given(st.floats() | st.floats(-(2.0**65), 2.0**65))
@example(-(2.0**63))
@example(2.0**63)
@example(math.nextafter(2.0**63, 0))
@example(-0.5)
def test_int_of_float(x: float) -> None:
    expected = outcome(lambda: int(x))
    if isinstance(expected, int) and wrap(expected) != expected:
        expected = OverflowError
    assert outcome(lambda: numbers.int_of_float(x)) == expected


@given(WORD, st.integers(2, 36))
def test_ints_as_text(number: int, base: int) -> None:
    assert numbers.str_of_int(number) == str(number)
    assert numbers.int_of_str(str(number)) == number
    text = numbers.str_of_int_in_base(number, base)
    assert int(text, base) == number and text == text.lower()
    assert numbers.int_of_str_in_base(text.upper(), base) == number


@given(st.integers(0, 18), st.integers(-1, 1))
def test_digit_count_around_powers_of_ten(power: int, offset: int) -> None:
    number = max(10**power + offset, 0)
    assert digit_count(number) == len(str(number))
    assert digit_count(MAX_INT) == 19


@given(st.text(max_size=12), WORD)
def test_text_and_decimal(text: str, number: int) -> None:
    assert numbers.text_and_decimal(text, number) == text + str(number)


@settings(max_examples=400)
@given(st.text("0123456789_-+ \t\x1f\x85٣𝟠a.", max_size=6) | st.integers(-(2**66), 2**66).map(str))
def test_reading_ints(text: str) -> None:
    expected = outcome(lambda: int(text))
    if isinstance(expected, int) and wrap(expected) != expected:
        expected = OverflowError
    assert outcome(lambda: numbers.int_of_str(text)) == expected
    if expected is ValueError:
        assert message(lambda: numbers.int_of_str(text)) == message(lambda: int(text))


@settings(max_examples=600)
@given(st.text("0011xXboaf_- ", max_size=6), st.sampled_from([0, 2, 8, 10, 12, 16, 36]))
@example("0x_f", 16)
@example("0_0", 0)
@example("010", 0)
@example("0b", 0)
def test_reading_ints_with_prefixes(text: str, base: int) -> None:
    expected = outcome(lambda: int(text, base))
    assert outcome(lambda: numbers.int_of_str_in_base(text, base)) == expected
    if expected is ValueError:
        assert message(lambda: numbers.int_of_str_in_base(text, base)) == message(lambda: int(text, base))


def message(action: Callable[[], object]) -> str:
    with pytest.raises(ValueError) as caught:
        action()
    return str(caught.value)


def items_of(items: List[bytes]) -> list[bytes]:
    return [items[index] for index in range(len(items))]


@settings(max_examples=300)
@given(
    DATA | st.lists(st.sampled_from(b" \t\x1c\x85a\r\nB'\"\\"), max_size=8).map(bytes), PART, PART, st.integers(-1, 3)
)
def test_methods_of_bytes(data: bytes, part: bytes, new: bytes, limit: int) -> None:
    for name in ("rfind", "index", "rindex", "count", "partition", "rpartition", "removeprefix", "removesuffix"):
        ours, theirs = getattr(byte_strings, f"bytes_{name}"), getattr(data, name)
        assert outcome(partial(ours, data, part)) == outcome(partial(theirs, part)), name
    for name in ("strip", "lstrip", "rstrip"):
        ours, theirs = getattr(byte_strings, f"bytes_{name}"), getattr(data, name)
        assert (ours(data), ours(data, part)) == (theirs(), theirs(part)), name
    for name in ("upper", "lower", "isdigit", "isalpha", "isalnum", "isspace", "hex"):
        assert getattr(byte_strings, f"bytes_{name}")(data) == getattr(data, name)(), name
    assert byte_strings.bytes_find(data, part, limit, 5) == data.find(part, limit, 5)
    assert byte_strings.bytes_replace(data, part, new, limit) == data.replace(part, new, limit)
    assert items_of(byte_strings.bytes_split(data, None, limit)) == data.split(None, limit)
    assert items_of(byte_strings.bytes_splitlines(data, limit > 0)) == data.splitlines(limit > 0)
    if part:
        assert items_of(byte_strings.bytes_split(data, part, limit)) == data.split(part, limit)
        assert items_of(byte_strings.bytes_rsplit(data, part, limit)) == data.rsplit(part, limit)
    assert byte_strings.bytes_repr(data) == repr(data)


@given(st.binary(max_size=5).map(bytes.hex) | st.text("0aF g\t\xa0", max_size=6))
def test_bytes_from_hex(text: str) -> None:
    if "\xa0" not in text:  # not white space of bytes, so an error in newer versions of Python only
        assert outcome(lambda: byte_strings.bytes_from_hex(text)) == outcome(lambda: bytes.fromhex(text))


@given(WORD, st.integers(-1, 12), st.sampled_from(["little", "big", "middle"]), st.booleans())
@example(-128, 1, "big", True)
@example(128, 1, "big", True)
@example(0, 0, "big", False)
@example(-1, 0, "big", True)
def test_numbers_as_bytes(number: int, length: int, order: str, signed: bool) -> None:
    ours = outcome(lambda: number_methods.int_to_bytes(number, length, order, signed))
    assert ours == outcome(lambda: number.to_bytes(length, order, signed=signed))  # type: ignore[arg-type]
    assert number_methods.int_bit_length(number) == number.bit_length()
    assert number_methods.int_bit_count(number) == number.bit_count()


@given(st.binary(max_size=10), st.sampled_from(["little", "big"]), st.booleans())
def test_numbers_from_bytes(data: bytes, order: str, signed: bool) -> None:
    theirs: object = int.from_bytes(data, order, signed=signed)  # type: ignore[arg-type]
    if not MIN_INT <= theirs <= MAX_INT:  # type: ignore[operator]
        theirs = OverflowError
    assert outcome(lambda: number_methods.int_from_bytes(data, order, signed)) == theirs


@settings(max_examples=400)
@given(st.floats() | st.integers(-9, 9).map(lambda half: half / 2) | st.floats(-100, 100), st.integers(0, 25))
@example(0.49999999999999994, 0)
@example(-0.49999999999999994, 0)
@example(4503599627370495.5, 0)
@example(2.675, 2)
@example(5e-324, 323)
def test_rounding_and_methods_of_floats(x: float, places: int) -> None:
    whole = outcome(lambda: round(x))
    if isinstance(whole, int) and not MIN_INT <= whole <= MAX_INT:
        whole = OverflowError
    assert outcome(lambda: number_methods.round_to_int(x)) == whole
    assert repr(number_methods.round_to_places(x, places)) == repr(round(x, places))
    assert number_methods.float_is_integer(x) == x.is_integer()
    assert number_methods.float_hex(x) == x.hex()


@settings(max_examples=400)
@given(st.floats() | st.integers(-9, 9).map(float), st.floats() | st.integers(-9, 9).map(lambda half: half / 2))
@example(10.0, 400.0)
@example(-2.0, 0.5)
@example(-math.inf, 0.5)
@example(0.0, -1.0)
def test_powers_of_floats(x: float, y: float) -> None:
    expected = outcome(lambda: x**y)
    if x < 0 and math.isfinite(x) and math.isfinite(y) and not y.is_integer():
        expected = ValueError  # Python goes on with complex numbers
    assert repr(outcome(lambda: number_methods.float_power(x, y))) == repr(expected)
