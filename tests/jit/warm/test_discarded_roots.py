"""What hangs on a loop or function that has been discarded may still be entered, so it gets bridges of its own."""

import pytest

from tracewright.core import operations as ops
from tracewright.jit.tables.parameters import BOTH_WAYS
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.meetings import Meetings
from tracewright.jit.trace.snapshot import Snapshot
from tracewright.jit.trace.trace import KIND_BRIDGE, KIND_FUNCTION, Trace
from tracewright.jit.warm.bridge import copies_short_branch
from tracewright.jit.warm.state import JIT

CODE, PC = 4096, 7


@pytest.mark.parametrize("is_discarded", [False, True])
def test_a_copy_of_a_short_branch_waits_only_for_code_that_will_be_made_anew(is_discarded: bool) -> None:
    function = Trace(KIND_FUNCTION, 0)
    function.positions = [0, function.constant(0, CODE), PC, 0]  # it comes by the branch
    root = CompiledTrace(function, 1)
    root.meetings = Meetings()
    root.meetings.add_branch(CODE, PC, ops.INT_LT, PC + 2, 5)
    root.bridges = JIT.parameters.get(BOTH_WAYS)
    trace = Trace(KIND_BRIDGE, 0)
    guard = trace.append(ops.GUARD_TRUE, 0, 0, 0, 0, 0)
    snapshot = Snapshot(trace.constant(0, CODE), PC, 0, 0, 0)
    bridge = CompiledTrace(trace, 2)
    bridge.parent = Exit(root, 0, 0, snapshot, [], [])
    root.valid = not is_discarded
    assert copies_short_branch(JIT, Exit(bridge, 0, guard, snapshot, [], [])) is not is_discarded
