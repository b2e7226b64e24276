"""The verifier finds each way in which a trace can be wrong."""

from __future__ import annotations

import pytest

from tracewright.jit.trace.check import InvalidTrace, check_trace
from tracewright.jit.trace.parse import parse_trace
from tracewright_testing.trace_scripts_random import function_table

GOOD = """
loop cell 8192
  guard_valid(0) [s0]
  r1 = read_slot(0)
  i2 = value_small(r1)
  sunk r3 = new_object(40)
  sunk store(r3, 8, 0, i2)
  i5 = residual_i(3, r1)
  label(i2)
  i7 = int_add_ovf(i2, i5) [s1]
  jump(i7) [s1]
s0: at @20480 pc 0 base+0 after 0 {}
s1: at @20480 pc 1 base+0 after 5 {0: int i2, 1: virtual r3}
"""

WRONG = {
    "used before it is computed": ("int_add_ovf(i2, i5)", "int_add_ovf(i2, i8)"),
    "not of kind i": ("int_add_ovf(i2, i5)", "int_add_ovf(i2, r1)"),
    "is sunk": ("residual_i(3, r1)", "residual_i(3, r3)"),
    "has a snapshot, or lacks one": ("guard_valid(0) [s0]", "guard_valid(0)"),
    "no such function": ("residual_i(3, r1)", "residual_i(99, r1)"),
    "peek takes r": ("residual_i(3, r1)", "residual_i(3, i2)"),
    "a trace ends with": ("jump(i7) [s1]", "jump(i7) [s1]\n  i9 = int_neg(i2)"),
    "jump gives": ("jump(i7)", "jump(r1)"),
    "label and jump belong together": ("jump(i7) [s1]", "link(@8192) [s0]"),
    "holds no Value": ("0: int i2", "0: i2"),
    "cannot be boxed": ("0: int i2", "0: float i2"),
    "named virtual": ("1: virtual r3", "1: r3"),
    "code is no constant": ("s1: at @20480", "s1: at r1"),
    "not made yet": ("after 5", "after 50"),
    "not ascending": ("0: int i2, 1:", "4: int i2, 1:"),
    "the snapshot names": ("0: int i2", "0: int i9"),
}


def test_a_right_trace_passes() -> None:
    check_trace(parse_trace(GOOD), function_table())


@pytest.mark.parametrize("fault", WRONG)
def test_fault_is_found(fault: str) -> None:
    right, wrong = WRONG[fault]
    assert right in GOOD
    with pytest.raises(InvalidTrace, match=fault):
        check_trace(parse_trace(GOOD.replace(right, wrong)), function_table())
