"""The backends know every operation, or say why they need not."""

from tracewright.core import operations as ops
from tracewright_x86_64.select import NEVER_IN_TRACES, SELECTORS, refuse


def test_each_row_has_a_selector_or_a_reason() -> None:
    for row in ops.TABLE:
        assert (SELECTORS[row.number] is refuse) == (row.name in NEVER_IN_TRACES), row.name
    assert set(NEVER_IN_TRACES) <= set(ops.BY_NAME)
