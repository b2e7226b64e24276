"""The backends know every operation that traces are made of, and no other."""

from types import ModuleType

import pytest

import tracewright_aarch64.select
import tracewright_x86_64.select
from tracewright.core import operations as ops
from tracewright.core import roles
from tracewright.jit.codegen.shared_selectors import SHARED_SELECTORS, by_machine


@pytest.mark.parametrize(
    "machine", [tracewright_x86_64.select, tracewright_aarch64.select], ids=lambda module: module.__name__
)
def test_each_traced_row_has_one_selector(machine: ModuleType) -> None:
    for row in ops.TABLE:
        shared = SHARED_SELECTORS[row.number] is not by_machine
        own = machine.SELECTORS[row.number] is not machine.refuse
        assert shared + own == (row.role != roles.UNTRACED), row.name
