"""Position 0 of guest code stands for the whole function."""

from tracewright.core.vm_stack import VMStack
from tracewright.hints import GuestCode
from tracewright.jit.warm.driver import GO_ON, enter_hot


def test_a_loop_at_position_0_of_an_inner_frame_is_not_taken_for_the_function() -> None:
    stack = VMStack(100)
    code = GuestCode(3)
    assert enter_hot(code, 0, stack, 20, 10) == GO_ON
    assert code.jit_cells[0] is None  # not counted, so never recorded
    assert enter_hot(code, 0, stack, 20, 20) == GO_ON
    assert code.jit_cells[0] is not None
