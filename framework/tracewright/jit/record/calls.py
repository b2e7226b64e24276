"""Recording calls: what is followed, what stays a call of native code, what becomes a call of compiled guest code."""

from typing import Final

from tracewright.core import kinds
from tracewright.core import operations as ops
from tracewright.core.arrays import Array
from tracewright.core.effects import RAISES, SLOTS, WRITES
from tracewright.core.kinds import kind_number
from tracewright.core.memory import address_of
from tracewright.hints import JitCell
from tracewright.jit.execute.executor import call_function
from tracewright.jit.execute.frames import Frame
from tracewright.jit.record.exceptions import follow_pending
from tracewright.jit.record.guards import capture, guard_no_exception, meets_many, offset_from_base, promote
from tracewright.jit.record.memory import class_of_register
from tracewright.jit.record.recording import AbortRecording, Recording
from tracewright.jit.record.typed_calls import bare_numbers, is_own, open_result, typed_slots_of
from tracewright.jit.tables import control
from tracewright.jit.tables.abort import Abort
from tracewright.jit.tables.cells import BLACKLISTED, COMPILED
from tracewright.jit.tables.jitcode import JitCode
from tracewright.jit.tables.parameters import INLINE_DEPTH, INLINE_LENGTH, RECURSION_DEPTH, RECURSION_LENGTH
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.trace.snapshot import FrameSnapshot
from tracewright.jit.trace.trace import KIND_FUNCTION, KIND_LOOP

_DEEPEST: Final = 100  # jitcode frames inside each other; deeper is recursion without end
_DEEPEST_RECURSION: Final = 8  # of one recursive interpreter function; deeper it is called instead
_ALL_SLOTS: Final = -(1 << 40)


LARGEST_INLINED: Final = 120  # instructions of a compiled function that a trace still follows


def record_call(recording: Recording, frame: Frame, operation: int) -> None:
    """Any call operation."""
    words = frame.code.words
    position = frame.position
    match operation:
        case control.INLINE_CALL:
            _follow(recording, frame, words[position + 2])
        case control.METHOD_CALL:
            class_id = class_of_register(recording, frame, words[position + 4])
            info = recording.assembly.classes[class_id]
            slot = words[position + 2]
            if info.vtable[slot] >= 0:
                _follow(recording, frame, info.vtable[slot])
            else:
                _residual(recording, frame, info.vfunctions[slot])
        case control.POINTER_CALL:
            promote(recording, frame, words[position + 2])
            number = recording.assembly.function_at(frame.words[words[position + 2]])
            if number < 0:
                raise AbortRecording(Abort.UNKNOWN_FUNCTION)
            jitcode = recording.assembly.function_jitcodes[number]
            if jitcode >= 0:
                _follow(recording, frame, jitcode)
            else:
                _residual(recording, frame, number)
        case control.PORTAL_CALL:
            _portal_call(recording, frame)
        case _:
            _residual(recording, frame, words[position + 2])


# --- calls that are followed ------------------------------------------------------------------------------------------
def _follow(recording: Recording, frame: Frame, number: int) -> None:
    """Go on recording inside the callee."""
    words = frame.code.words
    position = frame.position
    code = recording.assembly.jitcodes[number]
    receiver = _constant_receiver(recording, frame)
    if code.function >= 0 and activations(recording, code, receiver) >= _DEEPEST_RECURSION:
        _residual(recording, frame, code.function)
        return
    if len(recording.frames) >= _DEEPEST:
        raise AbortRecording(Abort.TOO_DEEP)
    callee = recording.pool.take(code, 0)
    callee.receiver = receiver
    count = words[position + 3]
    for k in range(count):
        register = words[position + 4 + k]
        recording.set(callee, k, frame.words[register], recording.held(frame, register))
    frame.result_register = words[position + 1]
    frame.position = position + 4 + count
    recording.frames.append(callee)


def _constant_receiver(recording: Recording, frame: Frame) -> int:
    """The first argument of the call where it is an object that the trace knows, else 0."""
    words = frame.code.words
    position = frame.position
    if words[position + 3] == 0 or not recording.is_constant(frame, words[position + 4]):
        return 0
    return frame.words[words[position + 4]]


def activations(recording: Recording, code: JitCode, receiver: int) -> int:
    """How often the function is inside itself. A method that calls itself for other constant objects each time walks a
    structure, such as a syntax tree, and comes to an end by itself; so only equal receivers count."""
    count = 0
    for frame in recording.frames:
        if frame.code is code and frame.receiver == receiver:
            count += 1
    return count


# --- calls that stay calls --------------------------------------------------------------------------------------------
def _residual(recording: Recording, frame: Frame, number: int) -> None:
    """Call native code now, and from the trace."""
    words = frame.code.words
    position = frame.position
    info = recording.assembly.functions[number]
    count = words[position + 3]
    result = words[position + 1]
    if info.elidable and _all_constant(recording, frame, words, position + 4, count):
        word = call_function(recording.runtime, info, words, position + 4, count, frame.words)
        if recording.runtime.exception() == 0:
            recording.set_constant(frame, result, kind_number(info.gives), word)
            frame.position = position + 4 + count
            return
        recording.runtime.set_exception(0)  # it may be called once more: it has no visible effects
    if recording.way is not None:
        raise AbortRecording(Abort.NO_SELECT)
    arguments = _argument_refs(recording, frame, words, position + 4, count)
    touches_slots = info.effects & SLOTS != 0
    if touches_slots:
        recording.builder.flush_slots()
    ref = recording.builder.call(_residual_operation(info.gives), number, arguments)
    if touches_slots and info.writes_slots:
        recording.builder.forget_slots_from(_ALL_SLOTS)
    if info.effects & WRITES != 0:
        recording.valid = False
    _finish_call(recording, frame, number, ref, info.effects & RAISES != 0)


def _finish_call(recording: Recording, frame: Frame, number: int, ref: int, may_raise: bool) -> bool:
    """Make the call concretely; the innermost frame then stands behind it. False where it has raised."""
    words = frame.code.words
    position = frame.position
    count = words[position + 3]
    result = words[position + 1]
    info = recording.assembly.functions[number]
    word = call_function(recording.runtime, info, words, position + 4, count, frame.words)
    frame.position = position + 4 + count
    frame.result_register = result
    raised = recording.runtime.exception() != 0
    recording.set(frame, result, 0 if raised else word, ref)
    if raised:
        follow_pending(recording)
    elif may_raise:
        guard_no_exception(recording)
    return not raised


def _argument_refs(recording: Recording, frame: Frame, words: Array[int], start: int, count: int) -> list[int]:
    arguments: list[int] = []
    for k in range(count):
        arguments.append(recording.ref(frame, words[start + k]))
    return arguments


def _all_constant(recording: Recording, frame: Frame, words: Array[int], start: int, count: int) -> bool:
    for k in range(count):
        if not recording.is_constant(frame, words[start + k]):
            return False
    return True


def _residual_operation(gives: str) -> int:
    match gives:
        case "i":
            return ops.RESIDUAL_I
        case "r":
            return ops.RESIDUAL_R
        case "f":
            return ops.RESIDUAL_F
        case _:
            return ops.RESIDUAL_V


def _starts_at_zero(recording: Recording, frame: Frame) -> bool:
    """Compiled functions begin at position 0; so must the call of a portal that can begin anywhere."""
    pc = recording.assembly.portal_pc
    return pc < 0 or frame.words[frame.code.words[frame.position + 4 + pc]] == 0


# --- guest calls ------------------------------------------------------------------------------------------------------
def record_call_separately(recording: Recording, frame: Frame) -> None:
    """Decide for a guest call: 0, the interpreter pushes a frame and the trace follows; 1, it calls the portal."""
    words = frame.code.words
    position = frame.position
    source = words[position + 2]
    callee = frame.words[source]
    if not recording.is_constant(frame, source) and meets_many(recording):
        separately = True  # whoever it is
    else:
        promote(recording, frame, source)
        separately = _is_separate(recording, callee)
    if separately:
        # Should there be no room on the native stack, the interpreter goes on from here with an ordinary frame.
        recording.separate_code = callee
        recording.separate_frames = capture(recording)
    elif len(recording.frames) > 1:
        frame.guest_callee = callee
    recording.set_constant(frame, words[position + 1], kinds.INT, int(separately))
    frame.position = position + 3


def _is_separate(recording: Recording, callee: int) -> bool:
    """Guest calls are inside each other as guest frames where the portal goes on in the callee, and as frames of the
    interpreter's own functions where those call each other for it."""
    cell = recording.runtime.cell(callee, 0)
    depth = 0
    inside = len(recording.guest_frames)
    for guest_frame in recording.guest_frames:
        if guest_frame.code == callee:
            depth += 1
    for frame in recording.frames:
        if frame.guest_callee != 0:
            inside += 1
            if frame.guest_callee == callee:
                depth += 1
    if _is_long(recording):
        return True
    deepest = _deepest_recursion(recording)
    if has_code_of_kind(cell, KIND_FUNCTION):
        return depth >= deepest or not _is_worth_inlining(recording, cell, inside)
    if depth >= deepest:
        if recording.kind == KIND_FUNCTION and callee == recording.start_code:
            return True
        if cell.state != BLACKLISTED:
            cell.counter = 0  # its next call from the interpreter is recorded as a function
            cell.wanted = True
        recording.waits_for = cell
        raise AbortRecording(Abort.RECURSION)
    if inside > recording.parameters.get(INLINE_DEPTH):
        raise AbortRecording(Abort.TOO_DEEP)
    return False


def _deepest_recursion(recording: Recording) -> int:
    """How often a function may be in the trace that calls itself now. Only once, where it has done much before it came to the call: it branches
    on data then, and each way through two or three activations inside each other would become a trace of its own.

        return n < 2 ? n : fib(n - 1) + fib(n - 2)                                               two activations
        if key in known: return known[key]        known[key] = result = count(a - 1) + ...        one
    """
    frames = recording.guest_frames
    if len(frames) > 0:
        length = recording.builder.instruction_count() - frames[len(frames) - 1].start
        if length > recording.parameters.get(RECURSION_LENGTH):
            return min(1, recording.parameters.get(RECURSION_DEPTH))
    return recording.parameters.get(RECURSION_DEPTH)


def _is_worth_inlining(recording: Recording, cell: JitCell, inside: int) -> bool:
    """Whether to follow a call although the callee has machine code: yes while all stays small and the callee runs straight
    to its return, because a call costs more than its instructions: slots written, values boxed, facts forgotten."""
    compiled = cell.compiled
    if not isinstance(compiled, CompiledTrace) or compiled.parent is not None:
        return False
    operations = compiled.trace.operations
    if operations[len(operations) - 1] != ops.FINISH or len(operations) > LARGEST_INLINED:
        return False
    return inside <= recording.parameters.get(INLINE_DEPTH)


def _is_long(recording: Recording) -> bool:
    """Whether the trace is so long already that it calls whatever is called. Each guard makes it less likely that the guest goes on to the end
    of the trace, so what a long one goes on to follow is recorded for few: in a walk over a tree, whose nodes are of many kinds, for
    hardly anyone. The callee's own machine code, perhaps made later, serves all that call it."""
    return recording.builder.instruction_count() >= recording.parameters.get(INLINE_LENGTH)


def has_code_of_kind(cell: JitCell, kind: int) -> bool:
    """Whether the cell has machine code of a trace of this kind."""
    if cell.state != COMPILED or cell.entry == 0:
        return False
    compiled = cell.compiled
    return isinstance(compiled, CompiledTrace) and compiled.trace.kind == kind


def _portal_call(recording: Recording, frame: Frame) -> None:
    """A call of the portal: of compiled guest code where there is some to be called, else like any native function."""
    words = frame.code.words
    position = frame.position
    assembly = recording.assembly
    code = words[position + 4 + assembly.portal_code]
    separately = frame.words[code] == recording.separate_code and _starts_at_zero(recording, frame)
    recording.separate_code = 0
    if separately and not recording.is_constant(frame, code):
        _call_code(recording, frame, recording.ref(frame, code), recording.separate_frames)
        return
    if separately:
        cell = recording.runtime.cell(frame.words[code], 0)
        if cell.entry != 0 or is_own(recording, cell):
            _call_guest(recording, frame, cell, recording.separate_frames)
        else:
            _call_code(recording, frame, recording.ref(frame, code), recording.separate_frames)
        return
    loop = _compiled_loop(recording, frame)
    if loop is not None:
        _call_guest(recording, frame, loop, capture(recording))
    else:
        _residual(recording, frame, assembly.portal_function)


def _call_guest(recording: Recording, frame: Frame, cell: JitCell, frames: list[FrameSnapshot]) -> None:
    """Call the machine code of a cell: a function's, or that of a loop in the frame of this one (of an interpreter whose
    portal runs one loop)."""
    assembly = recording.assembly
    builder = recording.builder
    offset = offset_from_base(recording, frame, frame.code.words[frame.position + 4 + assembly.portal_base])
    typed_slots = typed_slots_of(recording, cell)
    numbers = bare_numbers(recording, offset, typed_slots)
    builder.flush_for_call(offset, typed_slots if len(numbers) > 0 else 0)
    builder.set_frames(frames if builder.effects_since_bytecode else None)
    ref = builder.call_guest(recording.constant(kinds.REF, address_of(cell)), offset, numbers)
    if _finish_guest_call(recording, frame, offset, ref):
        open_result(recording, frame)


def _call_code(recording: Recording, frame: Frame, code: int, frames: list[FrameSnapshot]) -> None:
    """Call guest code that is a variable of the trace, compiled or not. What many functions return is of no kind to rely on."""
    builder = recording.builder
    offset = offset_from_base(recording, frame, frame.code.words[frame.position + 4 + recording.assembly.portal_base])
    builder.flush_for_call(offset, 0)
    builder.set_frames(frames if builder.effects_since_bytecode else None)
    _finish_guest_call(recording, frame, offset, builder.call_code(code, offset))


def _finish_guest_call(recording: Recording, frame: Frame, offset: int, ref: int) -> bool:
    builder = recording.builder
    builder.set_frames(None)
    builder.forget_slots_from(offset)
    recording.valid = False
    return _finish_call(recording, frame, recording.assembly.portal_function, ref, True)


def _compiled_loop(recording: Recording, frame: Frame) -> JitCell | None:
    """The cell of the compiled loop that a call of the portal is about to run, if it is one."""
    words = frame.code.words
    first = frame.position + 4
    assembly = recording.assembly
    if assembly.portal_pc < 0 or frame.words[words[first + assembly.portal_stack]] != recording.stack:
        return None
    code, pc = words[first + assembly.portal_code], words[first + assembly.portal_pc]
    if frame.words[pc] == 0 or not recording.is_constant(frame, code) or not recording.is_constant(frame, pc):
        return None
    cell = recording.runtime.cell(frame.words[code], frame.words[pc])
    return cell if has_code_of_kind(cell, KIND_LOOP) else None
