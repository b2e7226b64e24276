"""Guards: what they check, and the jitcode frames they carry when the bytecode cannot simply be started again."""

from tracewright.core import kinds
from tracewright.core import operations as ops
from tracewright.core.kinds import kind_number
from tracewright.core.memory import load64
from tracewright.core.object_layout import BOXED_INT_OFFSET
from tracewright.core.operation_tables import ASKS_TAG
from tracewright.jit.execute.frames import FRAME_BASE, NO_REF, Frame
from tracewright.jit.record.recording import NOT_BASE, AbortRecording, Recording
from tracewright.jit.tables.abort import Abort
from tracewright.jit.tables.parameters import FEW
from tracewright.jit.trace.arithmetic import compute, is_small_word
from tracewright.jit.trace.compiled import Exit
from tracewright.jit.trace.snapshot import AS_IS, UNBOXED_FLOAT, FrameSnapshot


def guard(recording: Recording, operation: int, a: int, b: int) -> None:
    """Emit a guard that resumes before the current instruction of the innermost frame, or at the bytecode's start."""
    builder = recording.builder
    if recording.way is not None and not _asks_kind(recording, operation, a):
        raise AbortRecording(Abort.NO_SELECT)  # it would fail on the one way as often as the other is gone
    builder.guard(operation, a, b, frames_if_needed(recording))


def _asks_kind(recording: Recording, operation: int, a: int) -> bool:
    """Whether a guard is on the class or the sort of a Value."""
    if operation == ops.GUARD_CLASS:
        return True
    tested = recording.operation_of(recording.builder.current(a))
    return (operation == ops.GUARD_TRUE or operation == ops.GUARD_FALSE) and (tested < 0 or ASKS_TAG[tested])


def frames_if_needed(recording: Recording) -> list[FrameSnapshot] | None:
    """The frames as they are, if something observable has happened since the bytecode's start."""
    if not recording.builder.effects_since_bytecode:
        return None
    return capture(recording)


def guard_no_exception(recording: Recording) -> None:
    """After a call that may raise; the innermost frame already stands behind it. Failing, the blackhole or a bridge raises in there."""
    recording.builder.guard(ops.GUARD_NO_EXCEPTION, 0, 0, _capture(recording, True))


def capture(recording: Recording) -> list[FrameSnapshot]:
    """Snapshots of all frames, with the registers that still matter; those outside the innermost wait behind a call."""
    return _capture(recording, False)


def capture_behind_call(recording: Recording) -> list[FrameSnapshot]:
    """As `capture`, where the innermost frame stands behind a call as well, which may not have raised: the snapshot has its result."""
    result = _capture(recording, True)
    frame = recording.top_frame()
    register = frame.result_register
    if register >= 0 and frame.refs[register] != NO_REF:
        _capture_register(recording, frame, result[len(result) - 1], register)
    return result


def _capture(recording: Recording, innermost_waits: bool) -> list[FrameSnapshot]:
    result: list[FrameSnapshot] = []
    last = len(recording.frames) - 1
    for k in range(len(recording.frames)):
        frame = recording.frames[k]
        waiting = k < last or innermost_waits
        result.append(_capture_frame(recording, frame, frame.position - 1 if waiting else frame.position))
    return result


def _capture_frame(recording: Recording, frame: Frame, live_position: int) -> FrameSnapshot:
    code = frame.code
    snapshot = FrameSnapshot(code.number, frame.position, frame.result_register)
    snapshot.receiver = frame.receiver
    snapshot.guest_callee = frame.guest_callee
    row = code.live_row(live_position)
    if row < 0:
        raise AssertionError(f"{code.name} cannot resume at {frame.position}")
    end = code.live_starts[row + 1] if row + 1 < len(code.live_starts) else len(code.live_registers)
    for k in range(code.live_starts[row], end):
        _capture_register(recording, frame, snapshot, code.live_registers[k])
    return snapshot


def _capture_register(recording: Recording, frame: Frame, snapshot: FrameSnapshot, register: int) -> None:
    ref = recording.ref(frame, register)
    snapshot.registers.append(register)
    snapshot.refs.append(ref)
    snapshot.boxings.append(UNBOXED_FLOAT if recording.builder.kind_of(ref) == "f" else AS_IS)


def promote(recording: Recording, frame: Frame, register: int) -> None:
    """Make a register's value a constant of the trace."""
    if recording.is_constant(frame, register):
        return
    ref = recording.ref(frame, register)
    word = frame.words[register]
    kind = kind_number(recording.builder.kind_of(ref))
    if kind == kinds.FLOAT:
        bits = recording.builder.emit(ops.FLOAT_BITS, ref, 0, 0, 0)
        if bits >= 0:
            guard(recording, ops.GUARD_INT, bits, recording.constant(kinds.INT, word))
    elif kind == kinds.REF:
        _guard_value(recording, ref, word)
    else:
        guard(recording, ops.GUARD_INT, ref, recording.constant(kinds.INT, word))
    if register < frame.code.variable_count:
        recording.set_constant(frame, register, kind, word)


def meets_many(recording: Recording) -> bool:
    """Whether the current guest position has met many values of what `promote_few` asks for."""
    return recording.runtime.meets_many(recording.code, recording.pc)


def note_many(recording: Recording, parent: Exit) -> None:
    """A bridge begins: if it would be one more in a row of values that one guest position has been told apart by, all later recordings
    take what that position meets for a variable.

        guard_ref(r7, @f)      ->  bridge: guard_ref(r7, @g)      ->  bridge: guard_ref(r7, @h)      ->  ...
    """
    snapshot = parent.snapshot
    trace = parent.owner.trace
    code = trace.constants[~snapshot.code]
    count = 0
    exit: Exit | None = parent
    while exit is not None:
        trace = exit.owner.trace
        here = exit.snapshot
        if here.pc != snapshot.pc or here.base_offset != snapshot.base_offset or trace.constants[~here.code] != code:
            break
        if trace.operations[exit.guard] == ops.GUARD_REF:
            count += 1
        exit = exit.owner.parent
    if count >= recording.parameters.get(FEW):
        recording.runtime.cell(code, snapshot.pc).meets_many = True


def _guard_value(recording: Recording, ref: int, word: int) -> None:
    """A reference or Value is this word. Of a number that the trace has boxed itself, the number is compared: no box is needed."""
    builder = recording.builder
    match recording.operation_of(ref):
        case ops.VALUE_OF_INT:
            number = compute(ops.VALUE_SMALL, word, 0) if is_small_word(word) else load64(word + BOXED_INT_OFFSET)
            guard(recording, ops.GUARD_INT, recording.operand_of(ref), builder.int_constant(number))
        case ops.VALUE_OF_FLOAT:
            bits = builder.emit(ops.FLOAT_BITS, recording.operand_of(ref), 0, 0, 0)
            guard(recording, ops.GUARD_INT, bits, builder.int_constant(compute(ops.VALUE_FLOAT, word, 0)))
        case _:
            guard(recording, ops.GUARD_REF, ref, recording.constant(kinds.REF, word))


def offset_from_base(recording: Recording, frame: Frame, register: int) -> int:
    """The constant k for which the register is trace_base + k in this trace. Where that is not evident, a guard makes it so."""
    offset = recording.base_offset_in(frame, register)
    if offset != NOT_BASE:
        return offset
    ref = recording.ref(frame, register)
    offset = frame.words[register] - recording.trace_base
    difference = recording.builder.emit(ops.INT_SUB, ref, recording.base_ref, 0, 0)
    if difference >= 0:
        guard(recording, ops.GUARD_INT, difference, recording.constant(kinds.INT, offset))
    if register < frame.code.variable_count:
        frame.refs[register] = FRAME_BASE
    return offset


def guard_class(recording: Recording, ref: int, class_id: int) -> None:
    """The object is of exactly this class in this trace (nothing is emitted where that is known)."""
    if ref >= 0 and recording.builder.known_class(ref) != class_id:
        guard(recording, ops.GUARD_CLASS, ref, class_id)
