"""Running ahead where all is known: most jitcode decodes guest bytecode, whose words are constants of the trace.

    word = code.words[pc]        code and pc are known, the words never change: the word is known
    match opcode(word)           so is the branch
    a = field_a(word)            and the operand,
    stack[base + a]              and where the slot lies from the trace's base; here the recorder takes over

What is done here emits nothing and asks nothing of the optimizer. It only says of each register that its word is known. Neither positions
nor registers are checked against the ends of their rows: the translator has written the jitcode.
"""

from typing import Final

from tracewright.core import operations as ops
from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.core.memory import load64
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET
from tracewright.core.operation_tables import ASKS_TAG, JITCODE_OPERATIONS, RESULT
from tracewright.jit.execute.blackhole import switch_target
from tracewright.jit.execute.frames import FRAME_BASE, KNOWN_INT, KNOWN_ROW, Frame
from tracewright.jit.record.memory import ALWAYS_IMMUTABLE, known_field
from tracewright.jit.record.recording import Recording
from tracewright.jit.tables import control
from tracewright.jit.trace.arithmetic import GROUP, IMPURE, compute, operand_count

# Of a foldable row: how many operands it has; 0 of all others.
_OPERANDS: Final[Array[int]] = array_of(
    [
        0 if GROUP[operation] == IMPURE or ASKS_TAG[operation] else operand_count(GROUP[operation])
        for operation in range(JITCODE_OPERATIONS)
    ]
)


def fold(recording: Recording, frame: Frame, most: int) -> int:
    """Run the innermost frame up to the next operation that has to be recorded; gives how many it did, at most `most`."""
    words = frame.code.words
    registers = frame.words
    refs = frame.refs
    position = frame.position
    steps = 0
    while steps < most:
        following = -1
        operation = unchecked_get(words, position)
        match operation:
            case control.MOVE:
                source = unchecked_get(words, position + 2)
                recording.set(frame, unchecked_get(words, position + 1), registers[source], unchecked_get(refs, source))
                following = position + 3
            case control.JUMP:
                following = unchecked_get(words, position + 1)
            case control.ON_ERROR:
                following = position + 3
            case control.BRANCH:
                condition = unchecked_get(words, position + 1)
                if recording.is_known(unchecked_get(refs, condition)):
                    following = unchecked_get(words, position + 2 if registers[condition] != 0 else position + 3)
            case control.SWITCH | control.TABLE_SWITCH:
                value = unchecked_get(words, position + 1)
                if recording.is_known(unchecked_get(refs, value)):
                    following = switch_target(words, position, registers[value])
            case ops.LOAD_FIELD:
                following = _field(recording, frame, words, position)
            case ops.LOAD_ITEM:
                following = _item(recording, frame, words, position)
            case _:
                match unchecked_get(_OPERANDS, operation):
                    case 1:
                        following = _unary(recording, frame, words, position)
                    case 2:
                        following = _binary(recording, frame, words, position)
        if following < 0:
            break
        position = following
        steps += 1
    frame.position = position
    return steps


def _field(recording: Recording, frame: Frame, words: Array[int], position: int) -> int:
    """An immutable field of a known object."""
    source = unchecked_get(words, position + 2)
    field = recording.assembly.fields[unchecked_get(words, position + 3)]
    if field.immutable != ALWAYS_IMMUTABLE or not recording.is_known(unchecked_get(frame.refs, source)):
        return -1
    word = load64(frame.words[source] + field.offset)
    recording.set(frame, unchecked_get(words, position + 1), word, known_field(field))
    return position + 4


def _item(recording: Recording, frame: Frame, words: Array[int], position: int) -> int:
    """A known item of a known array that never changes."""
    row = unchecked_get(words, position + 2)
    index = unchecked_get(words, position + 3)
    if unchecked_get(frame.refs, row) != KNOWN_ROW or not recording.is_known(unchecked_get(frame.refs, index)):
        return -1
    word = load64(frame.words[row] + ARRAY_ITEMS_OFFSET + 8 * frame.words[index])
    kind = recording.assembly.classes[unchecked_get(words, position + 4)].item_kind
    recording.set(frame, unchecked_get(words, position + 1), word, KNOWN_INT + kind)
    return position + 5


def _unary(recording: Recording, frame: Frame, words: Array[int], position: int) -> int:
    operation = unchecked_get(words, position)
    a = unchecked_get(words, position + 2)
    if not recording.is_known(unchecked_get(frame.refs, a)):
        return -1
    result = compute(operation, frame.words[a], 0)
    recording.set(frame, unchecked_get(words, position + 1), result, KNOWN_INT + RESULT[operation])
    return position + 3


def _binary(recording: Recording, frame: Frame, words: Array[int], position: int) -> int:
    """Arithmetic on what is known, and sums of a frame's base and what is known."""
    operation = unchecked_get(words, position)
    a = unchecked_get(words, position + 2)
    b = unchecked_get(words, position + 3)
    if not recording.is_known(unchecked_get(frame.refs, b)):
        return -1
    held = KNOWN_INT + RESULT[operation]
    if not recording.is_known(unchecked_get(frame.refs, a)):
        if operation != ops.INT_ADD or unchecked_get(frame.refs, a) != FRAME_BASE:
            return -1
        held = FRAME_BASE
    recording.set(frame, unchecked_get(words, position + 1), compute(operation, frame.words[a], frame.words[b]), held)
    return position + 4
