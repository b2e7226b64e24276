"""Ints that cross calls of compiled guest functions as bare numbers in registers.

    callee   i2 = argument_int(4) [s0]              slot 4 is value_of_int(i2), and memory need not have it
             finish(r9 = value_of_int(i8))          the machine returns i8 and says so
    caller   r20 = call_guest(cell, 13, i17)        slot 13 + 4 is not written
             i22 = result_int(r20) [s7]             leaves where something else has come back

A function is recorded for the kinds of the arguments of that call. Callers that pass others, or do not know, use the entry that takes all
arguments from memory.
"""

from tracewright.core import operations as ops
from tracewright.core.memory import address_of
from tracewright.hints import JitCell
from tracewright.jit.execute.frames import Frame
from tracewright.jit.optimize.draft import NO_REF
from tracewright.jit.record.guards import capture_behind_call
from tracewright.jit.record.recording import Recording
from tracewright.jit.record.values import SMALL, learn_kind
from tracewright.jit.tables.cells import MOST_TYPED_ARGUMENTS, MOST_TYPED_SLOTS
from tracewright.jit.trace.arithmetic import is_small_word
from tracewright.jit.trace.trace import KIND_FUNCTION


def choose_typed_slots(recording: Recording, code: int) -> int:
    """For a function about to be recorded: the slots, as bits, whose ints its typed entry takes in registers. Callers rely on what was
    chosen the first time; where that does not fit the arguments of today, the new code has no typed entry."""
    cell = recording.runtime.cell(code, 0)
    first, end = recording.runtime.parameters(code)
    chosen = 0
    count = 0
    for slot in range(first, min(end, MOST_TYPED_SLOTS)):
        wanted = count < MOST_TYPED_ARGUMENTS if cell.typed_slots == 0 else cell.typed_slots >> slot & 1 != 0
        if wanted and _is_small(recording, slot):
            chosen |= 1 << slot
            count += 1
    return chosen if cell.typed_slots == 0 or chosen == cell.typed_slots else 0


def _is_small(recording: Recording, offset: int) -> bool:
    """Whether the slot at trace_base + offset holds a small int now."""
    return is_small_word(recording.runtime.load_slot(recording.stack, recording.base_word(offset)))


def is_own(recording: Recording, cell: JitCell) -> bool:
    """Whether the cell is that of the function which is being recorded."""
    return recording.kind == KIND_FUNCTION and recording.builder.draft.trace.cell == address_of(cell)


def typed_slots_of(recording: Recording, cell: JitCell) -> int:
    """The slots of the callee's frame that a call of the code in this cell may pass in registers."""
    if is_own(recording, cell):
        return recording.typed_slots
    return cell.typed_slots if cell.typed_entry != 0 else 0


def bare_numbers(recording: Recording, offset: int, typed_slots: int) -> list[int]:
    """The refs of the ints for these slots of the frame at trace_base + offset, guarded where the trace did not know them for ints.
    None at all where one is something else now."""
    numbers: list[int] = []
    if typed_slots == 0:
        return numbers
    for slot in range(MOST_TYPED_SLOTS):
        if typed_slots >> slot & 1 != 0 and not _is_small(recording, offset + slot):
            return numbers
    builder = recording.builder
    for slot in range(MOST_TYPED_SLOTS):
        if typed_slots >> slot & 1 != 0:
            ref = builder.current(builder.read_slot(offset + slot))
            if ref >= 0:
                word = recording.runtime.load_slot(recording.stack, recording.base_word(offset + slot))
                learn_kind(recording, ref, word, SMALL)
            numbers.append(builder.emit(ops.VALUE_SMALL, ref))
    return numbers


def open_result(recording: Recording, frame: Frame) -> None:
    """A guest call has returned, and its result is an int now: go on with the bare number."""
    register = frame.result_register
    if register < 0 or not is_small_word(frame.words[register]):
        return
    ref = frame.refs[register]
    if ref == NO_REF or ref < 0:
        return
    builder = recording.builder
    builder.set_frames(capture_behind_call(recording))
    number = builder.emit(ops.RESULT_INT, ref)
    builder.set_frames(None)
    recording.set(frame, register, frame.words[register], builder.emit(ops.VALUE_OF_INT, number))
