"""What the translated interpreter calls: counting is inline there; here is what happens when a counter runs out.

turn 1..600 of a loop      counted inline, interpreted
turn 601                   enter_hot: record, optimize, assemble; the guest has moved on meanwhile
turn 602...                enter_hot: straight into machine code
"""

from typing import Final

from tracewright.core.memory import address_of, call_native, object_at, symbol_address, value_of_word
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import GuestCode, JitCell
from tracewright.jit.execute.guest_state import RETURNED, GuestState
from tracewright.jit.tables.cells import BLACKLISTED, COMPILED, COUNTING, NEVER, count_from, is_short_loop, turns_of
from tracewright.jit.tables.parameters import FUNCTION_THRESHOLD, OFF, SHORT_LOOP, THRESHOLD
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.warm.compile import LONGER, compile_recording
from tracewright.jit.warm.invalidate import discard_dependents
from tracewright.jit.warm.state import JIT, Jit
from tracewright.jit.warm.statistics import RUNNING

# What enter_hot answers.
GO_ON: Final = 0  # nothing has changed
STATE_MOVED: Final = 1  # read resumed_code(), resumed_pc(), resumed_base()
FRAME_LEFT: Final = 2  # the portal's frame has returned left_value(), or raised: an exception is pending

# A loop that has so many words of code behind its header is taken for one of half as many bytecodes.
_HALVES: Final = 2

# Portals inside each other that machine code has called. Each takes a kilobyte or two of the native stack, which every young collection
# looks through: recursion that goes by way of them and deeper than this is better interpreted.
MOST_PORTALS: Final = 500


def enter_hot(code: GuestCode, pc: int, stack: VMStack, base: int, bottom: int) -> int:
    """A counter of the portal has run out at `pc` (0: at the portal's start)."""
    jit = JIT
    if jit.resume_pending:
        jit.resume_pending = False
        cell = code.jit_cells[pc]
        if cell is not None:
            cell.counter = jit.resume_counter
        return STATE_MOVED
    if pc == 0 and base != bottom:
        return GO_ON  # a loop that begins where its function does: what is compiled for position 0 is the function
    cell = code.jit_cells[pc]
    if cell is None:
        code.jit_cells[pc] = JitCell(first_count(jit, pc))
        return GO_ON
    if cell.state == COMPILED:
        cell.counter = -1  # keep asking
        compiled = cell.compiled
        assert isinstance(compiled, CompiledTrace)
        return run_compiled(jit, compiled, stack, base, bottom)
    if cell.state == COUNTING and not jit.recording and not is_too_deep(jit):
        if looks_short(jit, cell, code, pc) or not is_hot(jit, cell, pc):
            return GO_ON
        return apply_state(jit, compile_recording(jit, cell, code, pc, stack, base, bottom))
    count_from(cell, NEVER if cell.state == BLACKLISTED else first_count(jit, pc))
    return GO_ON


def first_count(jit: Jit, pc: int) -> int:
    """How often a new cell is counted before it is hot."""
    if jit.parameters.get(OFF) != 0:
        return NEVER
    return jit.parameters.get(FUNCTION_THRESHOLD if pc == 0 else THRESHOLD)


def is_hot(jit: Jit, cell: JitCell, pc: int) -> bool:
    """Whether a place whose counter has run out is to be recorded. If not, because thresholds have risen, it counts on."""
    threshold = jit.parameters.risen(FUNCTION_THRESHOLD if pc == 0 else THRESHOLD, jit.statistics.instructions)
    missing = threshold - turns_of(cell)
    if missing <= 0 or cell.wanted:
        return True
    count_from(cell, missing)
    return False


def looks_short(jit: Jit, cell: JitCell, code: GuestCode, pc: int) -> bool:
    """Whether a loop turns so seldom before it is left, and has so little code behind its header, that its recording would most likely be given up
    for that. It is put off once, because the loop may call functions that are longer."""
    if pc == 0 or cell.counted > 0 or cell.wanted:
        return False
    most = _HALVES * jit.parameters.get(SHORT_LOOP) // (len(code.jit_cells) - pc)
    if most == 0 or not is_short_loop(code, pc, most):
        return False
    count_from(cell, LONGER * turns_of(cell))
    return True


def run_compiled(jit: Jit, compiled: CompiledTrace, stack: VMStack, base: int, bottom: int) -> int:
    """Enter machine code for the frame at `base`."""
    backend = jit.backend
    if backend is None or is_too_deep(jit):
        return GO_ON
    compiled.entries += 1
    jit.statistics.entries += 1
    before = jit.statistics.switch(RUNNING)
    status = FRAME_LEFT
    try:
        status = backend.enter(compiled, address_of(stack), base, bottom)
        jit.left_value = value_of_word(backend.finished_value())
    except BaseException as error:  # the guest's: it has left the frame
        jit.runtime.pending = error
    jit.statistics.switch(before)
    return STATE_MOVED if status == STATE_MOVED else FRAME_LEFT


def apply_state(jit: Jit, state: GuestState) -> int:
    """Tell the portal where a recording has left the guest."""
    if state.kind >= RETURNED:
        jit.left_value = value_of_word(state.value) if state.kind == RETURNED else Value.UNDEFINED
        return FRAME_LEFT
    jit.exit_code = object_at(GuestCode, state.code)
    jit.exit_pc = state.pc
    jit.exit_base = state.base
    return STATE_MOVED


def is_too_deep(jit: Jit) -> bool:
    """Whether machine code must not be entered any deeper: the interpreter goes on without nesting."""
    return jit.portals > MOST_PORTALS or call_native(symbol_address("tw_native_stack_is_low"), 0, 0, 0, 0) != 0


def resumed_code() -> GuestCode:
    """The guest code to go on in after STATE_MOVED."""
    code = JIT.exit_code
    assert code is not None
    return code


def resumed_pc() -> int:
    """The position to go on at after STATE_MOVED."""
    return JIT.exit_pc


def resumed_base() -> int:
    """The frame to go on in after STATE_MOVED."""
    return JIT.exit_base


def left_value() -> Value:
    """What the portal returns after FRAME_LEFT; or the exception that has left the frame is pending again."""
    runtime = JIT.runtime
    if runtime.pending is not None:
        runtime.hand_over_exception()
    return JIT.left_value


def call_separately(callee: GuestCode) -> bool:
    """Whether the interpreter should call the portal for this callee: to run its machine code, or to record it."""
    jit = JIT
    cell = callee.jit_cells[0]
    if cell is None:
        callee.jit_cells[0] = JitCell(first_count(jit, 0))
        return False
    if cell.counter >= 0:
        return False
    if cell.state == COMPILED:
        cell.counter = -1  # keep asking
        return not is_too_deep(jit)
    if cell.state == BLACKLISTED:
        cell.counter = NEVER
        return False
    return cell.state == COUNTING and not jit.recording and not is_too_deep(jit) and is_hot(jit, cell, 0)


def field_changed(thing: object) -> None:
    """A quasi-immutable field of this object has been written: the code that relied on it must not run on."""
    discard_dependents(JIT, address_of(thing))
