"""Leaving machine code: a guard has failed, and the guest's state goes back to the VM stack.

The exit routine of the backend calls `leave_trace` with the failing guard's Exit and the block of saved registers. Afterwards
either the interpreter goes on (STATE_MOVED), or the frame at `bottom` is done (FRAME_LEFT).
"""

from tracewright.core.arrays import Words
from tracewright.core.memory import address_of, load64, object_at, store64, symbol_address, word_of_value
from tracewright.core.value import Value
from tracewright.core.vm_stack import CELLS_OFFSET, VMStack
from tracewright.hints import GuestCode
from tracewright.jit.codegen.machine_code import FRAME_LEFT, STATE_MOVED
from tracewright.jit.codegen.saved_registers import exit_base_address, exit_bottom_address, exit_stack_word
from tracewright.jit.execute.blackhole import Blackhole
from tracewright.jit.execute.frames import Frame, set_variable
from tracewright.jit.execute.guest_state import MOVED, RAISED, RETURNED, GuestState
from tracewright.jit.resume.exit_values import ExitValues
from tracewright.jit.resume.recipe import prepare, write_recipe
from tracewright.jit.tables.cells import COUNTING, count_from
from tracewright.jit.tables.parameters import BRIDGE_THRESHOLD, FAIL_EVERY
from tracewright.jit.trace.compiled import Exit
from tracewright.jit.trace.snapshot import STORE_NUMBERS, TOP_SLOT
from tracewright.jit.warm.bridge import bridge_is_due, record_bridge
from tracewright.jit.warm.state import JIT, Jit, hold_memory_errors
from tracewright.jit.warm.statistics import BLACKHOLE, INTERPRETING


def leave_trace(exit_address: int, saved: int) -> int:
    """What machine code calls when a guard fails; gives the status for its caller. A guest exception is pending before and after."""
    jit = JIT
    jit.runtime.take_exception()  # before anything that would take it for its own
    hold_memory_errors(1)
    status = leave_by(jit, object_at(Exit, exit_address), saved)
    hold_memory_errors(-1)
    if jit.runtime.pending is not None:
        jit.runtime.hand_over_exception()  # nothing that may raise comes after this
    return status


def leave_by(jit: Jit, leaving: Exit, saved: int) -> int:
    """Put the guest's state back; go on recording a bridge if this exit is hot, or finish the bytecode."""
    jit.statistics.exits += 1
    rearm_failing_guards(jit)
    leaving.failures += 1
    trace = leaving.owner.trace
    if not leaving.prepared:
        prepare(leaving)
        leaving.deadline = jit.parameters.get(BRIDGE_THRESHOLD)
    assert jit.backend is not None, "machine code has left, so there is a backend"
    registers = jit.backend.registers
    stack_word = exit_stack_word(saved, registers)
    stack = object_at(VMStack, stack_word)
    cells = load64(stack_word + CELLS_OFFSET)
    first_slot = exit_base_address(saved, registers)
    base = (first_slot - cells) >> 3
    if leaving.simple and leaving.failures < leaving.deadline:
        write_recipe(leaving.recipe, saved, first_slot, base, stack)
        jit.exit_code = object_at(GuestCode, trace.constants[~leaving.snapshot.code])
        jit.exit_pc = leaving.snapshot.pc
        jit.exit_base = base + leaving.snapshot.base_offset
        jit.exit_stack = stack
        return STATE_MOVED
    bottom = (exit_bottom_address(saved, registers) - cells) >> 3
    places = jit.places_for(len(leaving.owner.trace.operations))
    values = ExitValues(leaving, saved, jit.assembly.classes, stack_word, base, bottom, places)
    write_slots(values, stack, cells, base)
    make_stores(values)
    snapshot = leaving.snapshot
    code = values.word(snapshot.code)
    frames = restore_frames(jit, values)
    if bridge_is_due(jit, leaving):
        guest_base = base + snapshot.base_offset
        return apply(jit, stack, record_bridge(jit, leaving, frames, code, stack_word, guest_base, bottom))
    if len(frames) == 0:
        return apply(jit, stack, GuestState(MOVED, code, snapshot.pc, base + snapshot.base_offset, 0))
    jit.statistics.blackholes += 1
    before = jit.statistics.switch(BLACKHOLE)
    state = Blackhole(jit.assembly, jit.runtime, jit.free_frames).run(frames)
    jit.statistics.switch(before)
    if state.kind == RAISED:
        jit.runtime.leaves_portal(code, snapshot.pc)
    return apply(jit, stack, state)


def rearm_failing_guards(jit: Jit) -> None:
    """`--jit fail_every=N`: after a guard has been made to fail, N others hold."""
    every = jit.parameters.get(FAIL_EVERY)
    if every > 0 and load64(symbol_address("tw_fail_counter")) <= 0:
        store64(symbol_address("tw_fail_counter"), every)


def write_slots(values: ExitValues, stack: VMStack, cells: int, base: int) -> None:
    """Write the snapshot's modified slots, and `top`, which the first entry may be: making a box for a slot may collect, and the
    collector looks at what lies below `top`."""
    snapshot = values.exit.snapshot
    offsets = snapshot.offsets
    for k in range(len(offsets)):
        word = values.boxed(snapshot.refs[k], snapshot.boxings[k])
        if offsets[k] == TOP_SLOT:
            stack.top = word
        else:
            store64(cells + 8 * (base + offsets[k]), word)


def make_stores(values: ExitValues) -> None:
    """Make the stores that the loop has left to its exits."""
    snapshot = values.exit.snapshot
    for k in range(len(snapshot.stored_refs)):
        row = STORE_NUMBERS * k
        word = values.boxed(snapshot.stored_refs[k], snapshot.stored_boxings[k])
        values.store(snapshot.stores[row], values.word(snapshot.stores[row + 1]), snapshot.stores[row + 2], word)


def restore_frames(jit: Jit, values: ExitValues) -> list[Frame]:
    """The jitcode frames of a guard in mid-bytecode, outermost first."""
    frames: list[Frame] = []
    for row in values.exit.snapshot.frames:
        frame = jit.free_frames.take(jit.assembly.jitcodes[row.jitcode], row.pc, row.result_register)
        for k in range(len(row.registers)):
            set_variable(frame, row.registers[k], values.boxed(row.refs[k], row.boxings[k]))
        frames.append(frame)
    return frames


def apply(jit: Jit, stack: VMStack, state: GuestState) -> int:
    """Leave word of where the guest is for whoever goes on; gives the status."""
    if state.kind == MOVED:
        jit.exit_code = object_at(GuestCode, state.code)
        jit.exit_pc = state.pc
        jit.exit_base = state.base
        jit.exit_stack = stack
        return STATE_MOVED
    word = state.value if state.kind == RETURNED else word_of_value(Value.UNDEFINED)
    store64(symbol_address("tw_left_word"), word)
    return FRAME_LEFT


def finish_call(bottom: int) -> int:
    """A callee that machine code called has left its trace: interpret it to its end. Gives its result, or leaves an exception pending."""
    jit = JIT
    code = jit.exit_code
    stack = jit.exit_stack
    assert code is not None and stack is not None
    jit.resume_pending = True
    cell = code.jit_cells[jit.exit_pc]
    if cell is not None:  # the portal asks only where a counter runs out
        jit.resume_counter = cell.counter
        cell.counter = 0
    return run_portal(jit, address_of(code), jit.exit_pc, address_of(stack), bottom)


def start_call(bottom: int, code: int, stack: int) -> int:
    """Machine code calls guest code that has no machine code: run it to its end. Gives its result, or leaves an exception pending."""
    cell = object_at(GuestCode, code).jit_cells[0]
    if cell is not None and cell.short_calls > 0 and cell.state == COUNTING and not cell.wanted:
        cell.wanted = True  # too short for the interpreter to enter it, but not for being called from here
        count_from(cell, 0)
    return run_portal(JIT, code, 0, stack, bottom)


def run_portal(jit: Jit, code: int, pc: int, stack: int, base: int) -> int:
    """Run the portal for machine code."""
    assembly = jit.assembly
    words = Words(4)
    for k in range(4):
        words[k] = pc
    words[assembly.portal_code] = code
    words[assembly.portal_stack] = stack
    words[assembly.portal_base] = base
    before = jit.statistics.switch(INTERPRETING)
    jit.portals += 1
    result = jit.runtime.call(assembly.portal_wrapper, words)
    jit.portals -= 1
    jit.statistics.switch(before)
    if jit.runtime.pending is not None:
        jit.runtime.hand_over_exception()
    return result
