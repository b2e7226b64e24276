"""From a hot place to machine code: record, assemble, publish; or count the failure and back off."""

from typing import Final

from tracewright.core import operations as ops
from tracewright.core import roles
from tracewright.core.memory import address_of
from tracewright.core.operation_tables import IS_GUARD, ROLE
from tracewright.core.vm_stack import VMStack
from tracewright.hints import GuestCode, JitCell
from tracewright.jit.codegen.code_memory import CodeMemoryFull
from tracewright.jit.codegen.locations import TooManySpills
from tracewright.jit.execute.guest_state import GuestState
from tracewright.jit.record.outcome import Outcome
from tracewright.jit.tables.abort import Abort
from tracewright.jit.tables.cells import BLACKLISTED, COMPILED, COUNTING, NEVER, RECORDING, count_from, turns_of
from tracewright.jit.tables.parameters import (
    ATTEMPTS,
    FIRST_TRACE,
    FUNCTION_THRESHOLD,
    LAST_TRACE,
    SHORT_FUNCTION,
    THRESHOLD,
)
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.meetings import Meetings
from tracewright.jit.trace.trace import KIND_FUNCTION, KIND_LOOP, NUMBERS_OF_POSITION, Trace
from tracewright.jit.warm.report import name_for_perf
from tracewright.jit.warm.state import GivenUp, Jit, hold_memory_errors, location_text
from tracewright.jit.warm.statistics import ASSEMBLING, TRACING

LONGER: Final = 4  # a loop or function that was too short is looked at again after so many times the turns

# A function that returns soon this time, as recursive ones do in half of their calls, is looked at again so often, each time so many calls later.
_LOOKS: Final = 4
_BETWEEN_LOOKS: Final = 7


def compile_recording(
    jit: Jit,
    cell: JitCell,
    code: GuestCode,
    pc: int,
    stack: VMStack,
    base: int,
    bottom: int,
    meetings: Meetings | None = None,
) -> GuestState:
    """Record from a loop header, from where ways through a loop meet, or from a function's start where `pc` is 0; gives where
    the guest is afterwards."""
    cell.state = RECORDING
    jit.recording = True
    hold_memory_errors(1)
    before = jit.statistics.switch(TRACING)
    former = cell.compiled
    if meetings is None and isinstance(former, CompiledTrace):
        meetings = former.meetings  # what was learned of its ways while the discarded code ran
    recorder = jit.recorder()
    recorder.meetings = meetings
    if pc == 0:
        outcome = recorder.record_function(address_of(code), address_of(stack), base)
    else:
        last_chance = cell.failures == jit.parameters.get(ATTEMPTS) - 1 and code.jit_cells[pc] is cell
        outcome = recorder.record_loop(address_of(code), pc, address_of(stack), base, bottom, last_chance, cell)
    jit.statistics.switch(before)
    jit.statistics.recorded += recorder.steps
    jit.statistics.folded += recorder.folded
    jit.recording = False
    compiled: CompiledTrace | None = None
    trace = outcome.trace
    short = trace is not None and is_short_function(trace, jit.parameters.get(SHORT_FUNCTION))
    if short and not cell.wanted:
        outcome.reason = Abort.SHORT_FUNCTION
    elif trace is not None:
        compiled = assemble(jit, trace, None, outcome)
    if compiled is not None:
        compiled.meetings = meetings
        publish(cell, compiled)
        if short:
            count_from(cell, NEVER)  # for machine code that calls it; the interpreter does better without
    else:
        give_up(jit, cell, code, pc, outcome)
    hold_memory_errors(-1)
    return outcome.state


def is_short_function(trace: Trace, most: int) -> bool:
    """Whether the trace is of a call that returns within so many bytecodes and calls no guest function that it does not follow. Coming into
    machine code and leaving it takes the interpreter as long; callers that are recorded follow such a call."""
    if trace.kind != KIND_FUNCTION or len(trace.positions) > NUMBERS_OF_POSITION * most:
        return False
    operations = trace.operations
    if operations[len(operations) - 1] != ops.FINISH:
        return False
    for operation in operations:
        if ROLE[operation] == roles.GUEST_CALL:
            return False
    return True


def publish(cell: JitCell, compiled: CompiledTrace) -> None:
    """From now on the cell's position runs this code."""
    cell.compiled = compiled
    cell.entry = compiled.entry
    if compiled.typed_entry != 0:
        cell.typed_entry = compiled.typed_entry
        cell.typed_slots = typed_slots(compiled.trace)
    cell.state = COMPILED
    cell.counter = -1


def typed_slots(trace: Trace) -> int:
    """As bits, the slots whose ints come in registers."""
    slots = 0
    for i in range(len(trace.operations)):
        if trace.operations[i] == ops.ARGUMENT_INT:
            slots |= 1 << trace.a[i]
    return slots


def give_up(jit: Jit, cell: JitCell, code: GuestCode, pc: int, outcome: Outcome) -> None:
    """Count a failed recording; wait twice as long each time, and in the end for ever. One that only has to wait for other code
    to be compiled is no failure."""
    reason = outcome.reason
    jit.statistics.count_abort(reason)
    waits = outcome.waits_for is not None and outcome.waits_for.state != BLACKLISTED
    too_short = reason == Abort.SHORT_LOOP or reason == Abort.SHORT_FUNCTION
    if not waits and not too_short and reason != Abort.NO_SELECT:
        cell.failures += 1
    final = cell.failures >= jit.parameters.get(ATTEMPTS) or reason == Abort.RESUMED_RECURSION
    if final:
        cell.state = BLACKLISTED
        cell.counter = NEVER
    else:
        cell.state = COUNTING
        again = jit.parameters.get(FUNCTION_THRESHOLD if pc == 0 else THRESHOLD) << cell.failures
        if too_short:
            again = LONGER * turns_of(cell)
        elif cell.wanted and reason == Abort.LEFT_LOOP:
            again = 0  # the loop around it waits: the next time that it is come to, its first turn is recorded
        if reason == Abort.SHORT_FUNCTION:
            cell.short_calls += 1
            if cell.short_calls % _LOOKS != 0:
                again = _BETWEEN_LOOKS
        count_from(cell, again)
    note_given_up(jit, location_text(jit, address_of(code), pc), reason, final)


def note_given_up(jit: Jit, location: str, reason: int, final: bool) -> None:
    """Remember for the report why a place is not compiled."""
    for known in jit.given_up:
        if known.location == location and known.reason == reason:
            known.times += 1
            known.final = known.final or final
            return
    jit.given_up.append(GivenUp(location, reason))
    jit.given_up[len(jit.given_up) - 1].final = final


def assemble(jit: Jit, trace: Trace, parent: Exit | None, outcome: Outcome) -> CompiledTrace | None:
    """Machine code for the trace; None, with the reason in `outcome`, where there is no room for it."""
    backend = jit.assembler()
    if backend is None:
        return None
    jit.trace_numbers += 1
    number = jit.trace_numbers
    if number < jit.parameters.get(FIRST_TRACE) or number > jit.parameters.get(LAST_TRACE):
        outcome.reason = Abort.NONE
        return None
    before = jit.statistics.switch(ASSEMBLING)
    compiled: CompiledTrace | None = None
    try:
        compiled = backend.compile(trace, number, parent, jit.assembly.functions, jit.assembly.classes)
    except CodeMemoryFull:
        outcome.reason = Abort.CODE_MEMORY
    except TooManySpills:
        outcome.reason = Abort.SPILLS
    jit.statistics.switch(before)
    if compiled is not None:
        compiled.roots = outcome.roots
        jit.traces.append(compiled)
        note_dependencies(jit, compiled, outcome)
        count_trace(jit, trace, compiled)
        if jit.names_for_perf:
            name_for_perf(jit, compiled)
    return compiled


def note_dependencies(jit: Jit, compiled: CompiledTrace, outcome: Outcome) -> None:
    """Remember which quasi-immutable fields the code relies on."""
    for dependency in outcome.dependencies:
        jit.dependencies.add(dependency.thing, compiled)


def count_trace(jit: Jit, trace: Trace, compiled: CompiledTrace) -> None:
    """Add a new trace to the statistics."""
    statistics = jit.statistics
    if trace.kind == KIND_LOOP:
        statistics.loops += 1
    elif trace.kind == KIND_FUNCTION:
        statistics.functions += 1
    else:
        statistics.bridges += 1
    statistics.instructions += len(trace.operations)
    statistics.code_bytes += compiled.size
    for operation in trace.operations:
        if IS_GUARD[operation]:
            statistics.guards += 1
