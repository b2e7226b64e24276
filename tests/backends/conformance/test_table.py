"""The backends know every operation that traces are made of, and no other."""

from types import ModuleType

import pytest

import tracewright_aarch64.select
import tracewright_x86_64.select
from tracewright.core import operations as ops
from tracewright.core import roles


@pytest.mark.parametrize(
    "machine", [tracewright_x86_64.select, tracewright_aarch64.select], ids=lambda module: module.__name__
)
def test_each_traced_row_has_a_selector(machine: ModuleType) -> None:
    for row in ops.TABLE:
        assert (machine.SELECTORS[row.number] is machine.refuse) == (row.role == roles.UNTRACED), row.name
