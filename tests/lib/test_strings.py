"""The string functions against CPython's methods, on texts of every width."""

import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracewright.core.integers import MAX_INT
from tracewright.lib import strings
from tracewright.lib.builder import StringBuilder, needed_width
from tracewright.lib.lists import List
from tracewright.lib.unicode_tables import FLAGS, IGNORABLE, UNIFORM, record_of

FEW = st.text("ab \n", max_size=8)
LATIN = st.text(st.characters(max_codepoint=255), max_size=8)
SIGMAS = st.text("aΣΣ.\u0301\u00b7σ 1ßİŉǅ", max_size=6)
BREAKS = st.text("a\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029", max_size=6)
WHITE = st.text("a \t\x1f\x85\xa0\u1680\u2003\u200b\u3000", max_size=8)
TEXT = FEW | LATIN | SIGMAS | BREAKS | WHITE | st.text(max_size=8) | st.text("\ud800\udfff😀a", max_size=4)
PART = st.text("ab \n", max_size=3) | st.text(max_size=2)
INDEX = st.integers(-10, 10)
END = INDEX | st.just(MAX_INT)


def outcome(action: Callable[[], object]) -> object:
    try:
        return action()
    except (IndexError, ValueError, TypeError, OverflowError) as error:
        return type(error)


def parts(items: List[str]) -> list[str]:
    return [items[index] for index in range(len(items))]


def list_of(items: list[str]) -> List[str]:
    result: List[str] = List()
    for item in items:
        result.append(item)
    return result


@given(TEXT, INDEX, END)
def test_items_and_slices(text: str, start: int, stop: int) -> None:
    assert strings.str_get_slice(text, start, stop) == text[start:stop]
    assert outcome(lambda: strings.str_get_item(text, start)) == outcome(lambda: text[start])
    assert outcome(lambda: strings.str_code_at(text, start)) == outcome(lambda: ord(text[start]))


@given(TEXT, TEXT, st.integers(-1, 4))
def test_operators(a: str, b: str, times: int) -> None:
    assert strings.str_concat(a, b) == a + b
    assert strings.str_repeat(a, times) == a * times
    assert strings.str_equal(a, b) == (a == b) and strings.str_equal(a, a + "")
    assert strings.str_less(a, b) == (a < b)
    assert strings.str_compare(a, b) == (a > b) - (a < b)
    assert strings.str_hash(a) == strings.str_hash("".join(list(a))) != 0
    assert strings.str_contains(a, b) == (b in a)
    assert strings.str_length(a) == len(a)


def test_hashes_differ() -> None:
    assert len({strings.str_hash(f"key_{number}") for number in range(5000)}) == 5000


@settings(max_examples=300)
@given(TEXT, PART, INDEX, END)
def test_searching(text: str, part: str, start: int, stop: int) -> None:
    assert strings.str_find(text, part, start, stop) == text.find(part, start, stop)
    assert strings.str_rfind(text, part, start, stop) == text.rfind(part, start, stop)
    assert strings.str_find(text, part) == text.find(part)
    assert strings.str_rfind(text, part) == text.rfind(part)
    assert strings.str_startswith(text, part, start) == text.startswith(part, start)
    assert strings.str_startswith(text, part) == text.startswith(part)
    assert strings.str_startswith(text, part, start, stop) == text.startswith(part, start, stop)
    assert strings.str_endswith(text, part) == text.endswith(part)
    assert strings.str_endswith(text, part, start, stop) == text.endswith(part, start, stop)
    assert strings.str_count(text, part) == text.count(part)
    assert strings.str_count(text, part, start, stop) == text.count(part, start, stop)
    assert outcome(lambda: strings.str_index(text, part, start)) == outcome(lambda: text.index(part, start))
    assert outcome(lambda: strings.str_rindex(text, part, 0, stop)) == outcome(lambda: text.rindex(part, 0, stop))
    assert strings.str_removeprefix(text, part) == text.removeprefix(part)
    assert strings.str_removesuffix(text, part) == text.removesuffix(part)


@settings(max_examples=300)
@given(TEXT, PART, PART, st.integers(-1, 3))
def test_replacing_and_splitting(text: str, part: str, new: str, limit: int) -> None:
    assert strings.str_replace(text, part, new, limit) == text.replace(part, new, limit)
    assert parts(strings.str_split(text)) == text.split()
    assert parts(strings.str_split(text, None, limit)) == text.split(None, limit)
    assert outcome(lambda: parts(strings.str_split(text, part, limit))) == outcome(lambda: text.split(part, limit))
    assert outcome(lambda: strings.str_partition(text, part)) == outcome(lambda: text.partition(part))
    assert outcome(lambda: strings.str_rpartition(text, part)) == outcome(lambda: text.rpartition(part))
    assert outcome(lambda: parts(strings.str_rsplit(text, part, limit))) == outcome(lambda: text.rsplit(part, limit))
    assert parts(strings.str_rsplit(text, None, limit)) == text.rsplit(None, limit)
    assert parts(strings.str_splitlines(text)) == text.splitlines()
    assert parts(strings.str_splitlines(text, True)) == text.splitlines(True)


@given(TEXT, PART)
def test_stripping(text: str, characters: str) -> None:
    assert strings.str_strip(text) == text.strip()
    assert strings.str_lstrip(text) == text.lstrip()
    assert strings.str_rstrip(text) == text.rstrip()
    assert strings.str_strip(text, characters) == text.strip(characters)
    assert strings.str_lstrip(text, characters) == text.lstrip(characters)
    assert strings.str_rstrip(text, characters) == text.rstrip(characters)


@given(PART, st.lists(TEXT, max_size=5))
def test_joining(separator: str, items: list[str]) -> None:
    assert strings.str_join(separator, list_of(items)) == separator.join(items)


@settings(max_examples=400)
@given(TEXT)
def test_case_and_predicates(text: str) -> None:
    assert strings.str_upper(text) == text.upper()
    assert strings.str_lower(text) == text.lower()
    for name in ("title", "capitalize", "swapcase", "casefold"):
        assert getattr(strings, f"str_{name}")(text) == getattr(text, name)(), name
    plain = ("isalpha", "isdigit", "isdecimal", "isalnum", "isspace", "isprintable", "isascii")
    for name in (*plain, "isupper", "islower", "istitle"):
        assert getattr(strings, f"str_{name}")(text) == getattr(text, name)(), name


def test_every_code_point_below_plane_two() -> None:
    for code in [*range(0x20000), *range(0xE0000, 0xE0200)]:
        text = chr(code)
        assert strings.str_upper(text) == text.upper()
        assert strings.str_lower(text) == text.lower()
        assert strings.str_title(text) == text.title()
        assert strings.str_casefold(text) == text.casefold()
        assert strings.str_isspace(text) == text.isspace()


@pytest.mark.parametrize("method", ["isalpha", "isdigit", "isalnum", "isupper", "islower", "isprintable"])
def test_the_uniform_ranges_are_uniform(method: str) -> None:
    for first, last in UNIFORM:
        row = "".join(map(chr, range(first, min(last, first + 0x20000) + 1)))
        answers = set(map(getattr(str, method), row))
        assert answers == {getattr(strings, f"str_{method}")(chr(last))}
        assert row.lower() == row.upper() == row
        assert not FLAGS[record_of(first)] & IGNORABLE


@settings(max_examples=300)
@given(TEXT | st.text("'\"\\\t\r\x7f\x9f\xadé\u200b\U000e0001", max_size=6))
def test_repr(text: str) -> None:
    assert strings.str_repr(text) == repr(text)


SPECS = st.from_regex(r"([*é]?[<>=^])?[-+ ]?#?0?[1-9]?[0-9]?(\.[0-9])?[dxXobs]?", fullmatch=True)


@settings(max_examples=500)
@given(st.integers(-(2**63), 2**63 - 1) | st.integers(-300, 300), TEXT, SPECS)
def test_formats(number: int, text: str, spec: str) -> None:
    assert outcome(lambda: strings.str_format_int(number, spec)) == outcome(lambda: format(number, spec)), spec
    assert outcome(lambda: strings.str_format_str(text, spec)) == outcome(lambda: format(text, spec)), spec


@given(TEXT | st.from_regex(r"[-+]?[0-9]{0,4}", fullmatch=True), st.integers(-1, 12), st.text(max_size=2))
def test_padding(text: str, width: int, fill: str) -> None:
    assert strings.str_zfill(text, width) == text.zfill(width)
    assert strings.str_ljust(text, width) == text.ljust(width)
    assert strings.str_rjust(text, width) == text.rjust(width)
    if len(fill) == 1:
        assert strings.str_rjust(text, width, fill) == text.rjust(width, fill)
    else:
        assert outcome(lambda: strings.str_ljust(text, width, fill)) is TypeError


@given(st.integers(-5, sys.maxunicode + 5))
def test_characters(code: int) -> None:
    assert outcome(lambda: strings.str_chr(code)) == outcome(lambda: chr(code))
    if 0 <= code <= sys.maxunicode:
        assert strings.str_ord(chr(code)) == code
    assert outcome(lambda: strings.str_ord("")) is TypeError
    assert strings.str_of_bool(True) == "True" and strings.str_of_bool(False) == "False"


@settings(max_examples=200)
@given(st.lists(TEXT | st.integers(0, 0x10FFFF) | st.none(), max_size=12), st.integers(0, 3), st.integers(0, 300))
def test_builder(items: list[str | int | None], start: int, repeats: int) -> None:
    builder = StringBuilder()
    expected = ""
    for item in items:
        if item is None:
            assert builder.build() == expected
        elif isinstance(item, int):
            builder.append_code(item)
            expected += chr(item)
        else:
            builder.append(item)
            first = min(start, len(item))
            builder.append_slice(item, first, len(item))
            expected += item + item[first:]
        assert len(builder) == len(expected)
        assert builder.front(len(expected) // 2) == expected[: len(expected) // 2]
        assert builder.width == needed_width(expected, 0, len(expected))
    for number in (0, 7, -10, 4095, 10**18, -(1 << 63)):
        builder.append_decimal(number)
        expected += str(number)
    builder.append_repeated(120, repeats)
    expected += "x" * repeats
    assert builder.build() == builder.build() == expected
    builder.clear()
    assert builder.build() == ""


def test_building_moves_each_character_a_bounded_number_of_times() -> None:
    builder = StringBuilder()
    moved = 0
    for _ in range(5000):
        room = builder.room
        length = len(builder)
        builder.append_code(97)
        if builder.room is not room:
            moved += length
    assert moved < 5 * 5000


@given(TEXT | st.text("a\t\n\r", max_size=9), st.integers(-1, 12))
def test_columns(text: str, width: int) -> None:
    assert strings.str_expandtabs(text, width) == text.expandtabs(width)
    assert strings.str_center(text, width, "*") == text.center(width, "*")
