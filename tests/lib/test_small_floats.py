"""Floats of 32 bits against `struct`."""

import math
import struct

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracewright.lib.small_floats import float32_bits, float_of_float32_bits, rounded_to_float32


def packed(x: float) -> int:
    try:
        return int(struct.unpack("<I", struct.pack("<f", x))[0])
    except OverflowError:
        return 0x7F800000 | (0x80000000 if x < 0 else 0)


@settings(max_examples=1000, deadline=None)
@given(
    st.floats(allow_nan=False) | st.floats(width=32, allow_nan=False) | st.floats(-1e-37, 1e-37) | st.floats(3e38, 4e38)
)
@example(2.0**-149)
@example(2.0**-150)
@example(2.0**-150 * 1.5)
@example(-(2.0**-126))
def test_rounding(x: float) -> None:
    assert float32_bits(x) == packed(x)
    expected = struct.unpack("<f", struct.pack("<I", packed(x)))[0]
    assert rounded_to_float32(x) == expected
    assert math.copysign(1, rounded_to_float32(x)) == math.copysign(1, x)


@given(st.integers(0, 2**32 - 1))
def test_decoding(bits: int) -> None:
    expected = struct.unpack("<f", struct.pack("<I", bits))[0]
    found = float_of_float32_bits(bits)
    assert found == expected or (math.isnan(found) and math.isnan(expected))


def test_nan_has_one_form() -> None:
    assert float32_bits(math.nan) == 0x7FC00000
