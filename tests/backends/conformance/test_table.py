"""The backends know every operation that traces are made of, and no other."""

from tracewright.core import operations as ops
from tracewright.core import roles
from tracewright_x86_64.select import SELECTORS, refuse


def test_each_traced_row_has_a_selector() -> None:
    for row in ops.TABLE:
        assert (SELECTORS[row.number] is refuse) == (row.role == roles.UNTRACED), row.name
