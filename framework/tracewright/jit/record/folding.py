"""Running ahead where all is known: most jitcode decodes guest bytecode, whose words are constants of the trace.

    word = code.words[pc]        code and pc are known, the words never change: the word is known
    match opcode(word)           so is the branch
    a = field_a(word)            and the operand,
    stack[base + a]              and where the slot lies from the trace's base; here the recorder takes over

What is done here emits nothing and asks nothing of the optimizer. It only says of each register that its word is known.
"""

from tracewright.core import operations as ops
from tracewright.core.arrays import Array
from tracewright.core.kinds import kind_number
from tracewright.core.memory import load64
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET
from tracewright.core.operation_tables import ASKS_TAG, RESULT
from tracewright.jit.execute.blackhole import switch_target
from tracewright.jit.execute.frames import FRAME_BASE, KNOWN_INT, KNOWN_ROW, Frame
from tracewright.jit.record.memory import ALWAYS_IMMUTABLE, known_field
from tracewright.jit.record.recording import Recording
from tracewright.jit.tables import control
from tracewright.jit.trace.arithmetic import GROUP, IMPURE, compute, operand_count


def fold(recording: Recording, frame: Frame, most: int) -> int:
    """Run the innermost frame up to the next operation that has to be recorded; gives how many it did, at most `most`."""
    words = frame.code.words
    registers = frame.words
    position = frame.position
    steps = 0
    while steps < most:
        following = -1
        match words[position]:
            case control.MOVE:
                source = words[position + 2]
                recording.set(frame, words[position + 1], registers[source], recording.held(frame, source))
                following = position + 3
            case control.JUMP:
                following = words[position + 1]
            case control.ON_ERROR:
                following = position + 3
            case control.BRANCH:
                if recording.is_constant(frame, words[position + 1]):
                    following = words[position + 2] if registers[words[position + 1]] != 0 else words[position + 3]
            case control.SWITCH | control.TABLE_SWITCH:
                if recording.is_constant(frame, words[position + 1]):
                    following = switch_target(words, position, registers[words[position + 1]])
            case ops.LOAD_FIELD:
                following = _field(recording, frame, words, position)
            case ops.LOAD_ITEM:
                following = _item(recording, frame, words, position)
            case _:
                if GROUP[words[position]] != IMPURE and not ASKS_TAG[words[position]]:
                    following = _pure(recording, frame, words, position)
        if following < 0:
            break
        position = following
        steps += 1
    frame.position = position
    return steps


def _field(recording: Recording, frame: Frame, words: Array[int], position: int) -> int:
    """An immutable field of a known object."""
    source = words[position + 2]
    field = recording.assembly.fields[words[position + 3]]
    if field.immutable != ALWAYS_IMMUTABLE or not recording.is_constant(frame, source):
        return -1
    word = load64(frame.words[source] + field.offset)
    recording.set(frame, words[position + 1], word, known_field(field))
    return position + 4


def _item(recording: Recording, frame: Frame, words: Array[int], position: int) -> int:
    """A known item of a known array that never changes."""
    row = words[position + 2]
    index = words[position + 3]
    if recording.held(frame, row) != KNOWN_ROW or not recording.is_constant(frame, index):
        return -1
    word = load64(frame.words[row] + ARRAY_ITEMS_OFFSET + 8 * frame.words[index])
    kind = kind_number(recording.assembly.classes[words[position + 4]].item_kind)
    recording.set_constant(frame, words[position + 1], kind, word)
    return position + 5


def _pure(recording: Recording, frame: Frame, words: Array[int], position: int) -> int:
    """Arithmetic on what is known, and sums of a frame's base and what is known."""
    operation = words[position]
    binary = operand_count(GROUP[operation]) == 2
    a = words[position + 2]
    b = words[position + 3] if binary else a
    held = KNOWN_INT + RESULT[operation]
    if not recording.is_constant(frame, a) or not recording.is_constant(frame, b):
        if operation != ops.INT_ADD or not _is_base_and_constant(recording, frame, a, b):
            return -1
        held = FRAME_BASE
    recording.set(frame, words[position + 1], compute(operation, frame.words[a], frame.words[b]), held)
    return position + 4 if binary else position + 3


def _is_base_and_constant(recording: Recording, frame: Frame, a: int, b: int) -> bool:
    return recording.held(frame, a) == FRAME_BASE and recording.is_constant(frame, b)
