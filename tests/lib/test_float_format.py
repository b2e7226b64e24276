"""Format specifications of floats give what Python gives; `//` and `%` of floats too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewright.lib.float_format import str_format_float
from tracewright.lib.numbers import float_floor_div, float_floor_mod

heads = st.sampled_from(["", "+", " ", "0", "<", "*>", "^+", "=", "x=+"])
widths = st.sampled_from(["", "1", "12", "30"])
precisions = st.sampled_from(["", ".0", ".1", ".3", ".6", ".17", ".25"])
kinds = st.sampled_from(["", "e", "E", "f", "F", "g", "G", "%"])
edges = st.sampled_from([0.0, -0.0, 0.5, 1.5, 2.5, 9.995, 999999.5, 1e16, 1e22, 1e23, 5e-324, 1.7976931348623157e308])
floats = st.one_of(st.floats(), edges, st.floats(-1000, 1000))


@given(floats, heads, widths, precisions, kinds)
def test_format(x: float, head: str, width: str, precision: str, kind: str) -> None:
    spec = head + width + precision + kind
    assert str_format_float(x, spec) == format(x, spec)


@pytest.mark.parametrize("spec", ["d", "s", "10q", ".", "1.2.3f"])
def test_what_is_no_specification(spec: str) -> None:
    with pytest.raises(ValueError):
        str_format_float(1.0, spec)


@given(floats, floats.filter(bool))
def test_floor_division(a: float, b: float) -> None:
    assert repr(float_floor_div(a, b)) == repr(a // b)
    assert repr(float_floor_mod(a, b)) == repr(a % b)


def test_division_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        float_floor_div(1.0, 0.0)
    with pytest.raises(ZeroDivisionError):
        float_floor_mod(1.0, -0.0)
