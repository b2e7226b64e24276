"""The backends know every operation that traces are made of, and no other."""

from types import ModuleType

import pytest

import tracewright_aarch64.select
import tracewright_x86_64.select
from tracewright.core import operations as ops
from tracewright.core import roles
from tracewright.jit.codegen.shared_selectors import SHARED_SELECTORS, by_machine
from tracewright_riscv64.emitter import not_there
from tracewright_riscv64.select import SELECTORS


@pytest.mark.parametrize(
    "machine", [tracewright_x86_64.select, tracewright_aarch64.select], ids=lambda module: module.__name__
)
def test_each_traced_row_has_one_selector(machine: ModuleType) -> None:
    for row in ops.TABLE:
        shared = SHARED_SELECTORS[row.number] is not by_machine
        own = machine.SELECTORS[row.number] is not machine.refuse
        assert shared + own == (row.role != roles.UNTRACED), row.name


def test_the_skeleton_has_words_guards_and_slots() -> None:
    """Traces of its tests that need another operation are skipped, so what it has is written down here."""
    has = {row.name for row in ops.TABLE if SELECTORS[row.number] is not not_there}
    words = {
        row.name for row in ops.TABLE if set(row.takes) <= set("i") and row.gives == "i" and row.role == roles.PURE
    }
    assert has >= words - {"int_clz", "int_ctz", "int_popcount", "int_fits", "int_select", "trace_base", "trace_bottom"}
    assert has >= {
        "int_add_ovf",
        "int_sub_ovf",
        "int_mul_ovf",
        "guard_true",
        "guard_false",
        "guard_int",
        "read_slot",
        "write_slot",
    }
