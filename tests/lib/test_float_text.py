"""Float printing and reading against CPython, on random bit patterns and on the hard cases."""

import math
import struct
from decimal import Decimal as Exact
from decimal import getcontext

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracewright.core.integers import bits_of_float, float_of_bits, wrap
from tracewright.lib.float_fixed import float_fixed
from tracewright.lib.float_text import float_positional, float_repr, parse_float
from tracewright_testing.float_texts import disagreement, hard_texts

getcontext().prec = 2000
BIT_PATTERNS = st.integers(0, 2**64 - 1).map(wrap).map(float_of_bits)
SHORT_DECIMALS = st.builds(
    lambda digits, power: float(f"{digits}e{power}"), st.integers(0, 10**17), st.integers(-330, 310)
)
INTEGERS = st.integers(-(2**70), 2**70).map(float)
FLOATS = BIT_PATTERNS | SHORT_DECIMALS | INTEGERS | st.floats()
HARD = [
    0.0,
    -0.0,
    5e-324,
    1e-323,
    2.2250738585072014e-308,
    2.225073858507201e-308,
    1.7976931348623157e308,
    1e16,
    9999999999999998.0,
]
HARD += [
    1e22,
    1e23,
    9007199254740993.0,
    0.1,
    0.3,
    1 / 3,
    1e-5,
    0.0001,
    123456.789,
    4.5e15,
    1e15,
    2.0**-1022,
    2.0**1023,
    1e100,
]


def same(a: float, b: float) -> bool:
    return struct.pack("<d", a) == struct.pack("<d", b) or (math.isnan(a) and math.isnan(b))


def neighbours_of_powers() -> list[float]:
    powers = [math.ldexp(1.0, exponent) for exponent in range(-1074, 1024)] + [
        float(f"1e{e}") for e in range(-323, 309)
    ]
    return [near for power in powers for near in (power, math.nextafter(power, 0), math.nextafter(power, math.inf))]


@pytest.mark.parametrize("x", HARD)
def test_hard_cases(x: float) -> None:
    for number in (x, -x):
        assert float_repr(number) == repr(number)
        assert same(parse_float(repr(number)), number)


def test_powers_and_their_neighbours() -> None:
    for x in neighbours_of_powers():
        assert float_repr(x) == repr(x)
        if math.isfinite(x):
            assert same(parse_float(repr(x)), x)


@settings(max_examples=500, deadline=None)
@given(FLOATS)
def test_repr_is_pythons(x: float) -> None:
    assert float_repr(x) == repr(x)


@settings(max_examples=300, deadline=None)
@given(FLOATS)
def test_positional_reads_back_and_has_the_digits_of_repr(x: float) -> None:
    text = float_positional(x)
    assert same(float(text), x)
    if math.isfinite(x):
        assert "e" not in text and not text.endswith(".0")
        assert text == format(Exact(repr(x)), "f").removesuffix(".0")


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (1.0, "1"),
        (1e20, "100000000000000000000"),
        (-0.0, "-0"),
        (math.nan, "NaN"),
        (-math.inf, "-inf"),
        (1e-7, "0.0000001"),
    ],
)
def test_positional_samples(x: float, text: str) -> None:
    assert float_positional(x) == text


@settings(max_examples=500, deadline=None)
@given(FLOATS, st.integers(1, 25))
def test_parses_any_number_of_digits(x: float, places: int) -> None:
    text = f"{x:.{places}e}"
    assert same(parse_float(text), float(text))


def midpoint(x: float) -> Exact:
    """Exactly halfway from `x` to the next float."""
    above = math.nextafter(x, math.inf)
    return (Exact(x) + Exact(above)) / 2


@settings(max_examples=80, deadline=None)
@given(st.integers(0, bits_of_float(1.7976931348623155e308)).map(float_of_bits), st.sampled_from(["", "000", "0001"]))
@example(5e-324, "")
@example(0.0, "1")
def test_ties_and_their_neighbours(x: float, tail: str) -> None:
    mantissa, _, exponent = f"{midpoint(x):e}".lower().partition("e")
    point = "" if "." in mantissa or not tail else "."
    text = f"{mantissa}{point}{tail}e{exponent}"
    assert same(parse_float(text), float(text))
    below = f"{mantissa[:-1]}e{exponent}"
    assert same(parse_float(below), float(below))


def test_more_digits_than_can_be_kept() -> None:
    text = f"{midpoint(5e-324):f}"
    for tail in ("", "0" * 500, "0" * 500 + "1"):
        assert same(parse_float(text + tail), float(text + tail))
    assert parse_float("0." + "0" * 400 + "1e401") == 1.0
    assert parse_float("1" + "0" * 400 + "e-400") == 1.0
    assert parse_float("1e99999999999999999999999") == math.inf


@settings(max_examples=500, deadline=None)
@given(
    st.text("0123456789.eE+-_ \tinfaty\x85\x1f٣𝟠", max_size=8)
    | st.from_regex(r"\s?[+-]?\d?[0-9_]{0,5}\.?[0-9_]{0,5}([eE][+-]?[0-9_]{0,3})?")
)
def test_accepts_what_python_accepts(text: str) -> None:
    try:
        expected = float(text)
    except ValueError as error:
        with pytest.raises(ValueError) as caught:
            parse_float(text)
        assert str(caught.value) == str(error)
    else:
        assert same(parse_float(text), expected)


@settings(max_examples=300, deadline=None)
@given(
    FLOATS | st.integers(-(10**6), 10**6).map(lambda number: number / 16), st.integers(0, 30) | st.integers(1000, 1100)
)
@example(0.5, 0)
@example(1.5, 0)
@example(5e-324, 1074)
@example(1e300, 3)
def test_fixed_places(x: float, places: int) -> None:
    assert float_fixed(x, places) == f"{x:.{places}f}"
    with pytest.raises(ValueError, match="places"):
        float_fixed(x, -1 - places)


def test_hard_texts_read_and_print_as_in_python() -> None:
    """A slice; `python -m tracewright_testing.float_texts` goes through a million."""
    problems = [problem for problem in map(disagreement, hard_texts(seed=1, count=6000)) if problem]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4503599627370497.5", 4503599627370498.0),
        ("3981706713994531.75", 3981706713994532.0),
        ("86463202926296856.0", 86463202926296860.0),
        ("20795432266854286.0", 20795432266854290.0),
        ("4503599627370496.5", 4503599627370496.0),
        ("4503599627370497.4999", 4503599627370497.0),
    ],
)
def test_ties_of_few_digits_go_to_the_even_neighbour(text: str, number: float) -> None:
    assert parse_float(text) == number == float(text)
