"""Walking both ways of a branch that only compute, so that the trace chooses values in place of leaving.

    12  if a < b goto 15            i3 = int_lt(i1, i2)       no guard: slot 4 is chosen where the ways meet
    13  c := c + 1                  i6 = int_add_ovf(i5, 1)
    14  goto 16
    15  c := c + 2                  i7 = int_add_ovf(i5, 2)
    16  ...                         i8 = int_select(i3, i7, i6)        slot 4 is value_of_int(i8)

The way that the guest does not go is walked first, as if it went there, and what it has written in slots is put back. Whatever either way
emits is executed in every turn: so it has no effects, and its guards (of tags and classes, of sums that fit) leave for the branch's own
bytecode, whose state the slot map keeps meanwhile (`WaySlots`). A branch inside a way is walked both ways too, if it is known, or ends the attempt.

Which branches are worth it is known from bridges: `trace/meetings.py`.
"""

from typing import Final, final

from tracewright.core import operations as ops
from tracewright.core.arrays import Array, array_of
from tracewright.core.operation_tables import ASKS_TAG, JITCODE_OPERATIONS
from tracewright.hints import ALL_LIVE
from tracewright.jit.execute.frames import Frame
from tracewright.jit.optimize.slots import ALL_SLOTS, WaySlots
from tracewright.jit.record.folding import fold
from tracewright.jit.record.recording import AbortRecording, Recording
from tracewright.jit.tables import control
from tracewright.jit.tables.abort import Abort
from tracewright.jit.trace.arithmetic import GROUP, IMPURE
from tracewright.jit.trace.meetings import Branch, question

_MOST_BYTECODES: Final = 6  # of one way
_MOST_INSTRUCTIONS: Final = 24  # of one way, with those that read and open the slots it needs
_MOST_STEPS: Final = 500  # jitcode operations that are looked ahead
_DEEPEST: Final = 3  # branches inside each other

# What the interpreter does only where it has asked before: whether a reference is None, of which class an object is, how long an array is, whether
# a divisor is 0. In the bytecode of the branch that may have been the branch's own question, which nobody asks any more. In the next bytecode
# it is not: whatever a guest's condition says, the handlers of the bytecodes behind it ask for themselves, and their questions are guards.
_TRUSTING_ROWS: Final = (
    ops.LOAD_FIELD,
    ops.LOAD_ITEM,
    ops.ARRAY_LENGTH,
    ops.TEXT_WIDTH,
    ops.TEXT_CODE8,
    ops.TEXT_CODE16,
    ops.TEXT_CODE32,
    ops.CLASS_OF,
    ops.INSTANCE_OF,
    ops.INT_TRUNC_DIV,
    ops.INT_TRUNC_MOD,
    ops.UINT_DIV,
    ops.UINT_MOD,
)

# What a way may do besides pure rows. Calls are followed; those that cannot be are refused where they are made.
_QUIET_ROWS: Final = (
    ops.LOAD_FIELD,
    ops.LOAD_ITEM,
    ops.ARRAY_LENGTH,
    ops.TEXT_WIDTH,
    ops.TEXT_CODE8,
    ops.TEXT_CODE16,
    ops.TEXT_CODE32,
    ops.SLOT_LOAD,
    ops.SLOT_STORE,
    ops.CLASS_OF,
    ops.INSTANCE_OF,
    ops.VALUE_OF_INT,
    ops.VALUE_AS_INT,
    ops.VALUE_IS_INT,
    ops.VALUE_IS_OBJECT,
    ops.INT_ADD_OVF,
    ops.INT_SUB_OVF,
    ops.INT_MUL_OVF,
    ops.MERGE_POINT,
    ops.PROMOTE,
    ops.WE_ARE_JITTED,
    ops.IS_CONSTANT,
    control.MOVE,
    control.JUMP,
    control.BRANCH,
    control.SWITCH,
    control.TABLE_SWITCH,
    control.ON_ERROR,
    control.RETURN,
    control.STACK_TOP,
    control.INLINE_CALL,
    control.METHOD_CALL,
)
_IS_QUIET: Final[Array[bool]] = array_of(
    [
        operation in _QUIET_ROWS or GROUP[operation] != IMPURE or ASKS_TAG[operation]
        for operation in range(JITCODE_OPERATIONS)
    ]
)
_TRUSTS: Final[Array[bool]] = array_of([operation in _TRUSTING_ROWS for operation in range(JITCODE_OPERATIONS)])


@final
class Way:
    """One way of a branch, up to where it meets the other."""

    def __init__(self, recording: Recording, meeting: int, slots: WaySlots) -> None:
        self.outer = recording.way
        self.code = recording.code
        self.offset = recording.base_offset
        self.meeting = meeting
        self.slots = slots
        self.first: int = recording.builder.instruction_count()
        self.depth: int = 1 if self.outer is None else self.outer.depth + 1
        self.bytecodes = 0
        self.ended = False
        self._places: list[int] = []  # slots of memory that it has written, and what they held
        self._words: list[int] = []

    def note_slot(self, place: int, word: int) -> None:
        """The way, and with it those that it is in, is about to write a slot that holds this word."""
        way: Way | None = self
        while way is not None:
            way._places.append(place)
            way._words.append(word)
            way = way.outer

    def put_back(self, recording: Recording) -> None:
        """Memory as if the guest had not gone this way."""
        for k in range(len(self._places) - 1, -1, -1):
            recording.runtime.store_slot(recording.stack, self._places[k], self._words[k])


def branch_to_join(recording: Recording, condition: int) -> Branch | None:
    """The branch of the guest that asks this condition, if both of its ways are to be walked."""
    meetings = recording.meetings
    if meetings is None or recording.builder.effects_since_bytecode:
        return None
    branch = meetings.branch_at(recording.code, recording.pc)
    if branch is None or branch.refused or (recording.way is not None and recording.way.depth >= _DEEPEST):
        return None
    recording.passed_branch = branch
    return branch if branch.asked == question(recording.operation_of(condition)) else None


def leave_bytecode(recording: Recording) -> None:
    """The next bytecode begins. A branch whose condition was asked in no way that is known has its bridges like others."""
    branch = recording.passed_branch
    if branch is not None:
        branch.refuse()
        recording.passed_branch = None


def copies_of_frames(recording: Recording) -> list[Frame]:
    """The interpreter's frames, for the way that the guest does not go."""
    return [recording.pool.copy(frame) for frame in recording.frames]


def begin_way(recording: Recording, frames: list[Frame], position: int, branch: Branch) -> Way:
    """From here on one way of the branch is walked, which begins at this position of the innermost frame."""
    way = Way(recording, branch.meeting, recording.builder.begin_way())
    frames[len(frames) - 1].position = position
    recording.frames = frames
    recording.way = way
    recording.passed_branch = None
    return way


def end_way(recording: Recording, way: Way, pc: int) -> None:
    """The way has met the other, or is given up. `pc` is that of the branch."""
    recording.builder.end_way()
    recording.way = way.outer
    recording.pc = pc
    recording.passed_branch = None


def require_quiet(recording: Recording, way: Way, operation: int) -> None:
    """Give up a way that does more than compute, or too much of it."""
    leaves = operation == control.RETURN and len(recording.frames) == 1
    trusts = way.bytecodes == 0 and _TRUSTS[operation]
    if (
        leaves
        or trusts
        or not _IS_QUIET[operation]
        or recording.builder.instruction_count() - way.first > _MOST_INSTRUCTIONS
    ):
        raise AbortRecording(Abort.NO_SELECT)


def require_unlikely(recording: Recording, frame: Frame, position: int) -> None:
    """A question of a way may be a guard where the other answer, at this position, is work for the interpreter: a sum that does not fit, an
    object of another sort. One that only leads on elsewhere is a branch of the guest, and as likely as not."""
    ahead = recording.pool.copy(frame)
    ahead.position = position
    fold(recording, ahead, _MOST_STEPS)
    words, at = ahead.code.words, ahead.position
    leads_on = words[at] == ops.MERGE_POINT
    if words[at] == control.RETURN and words[at + 1] >= 0:
        leads_on = recording.is_constant(ahead, words[at + 1])
    recording.pool.give(ahead)
    if leads_on:
        raise AbortRecording(Abort.NO_SELECT)


def pass_bytecode(recording: Recording, way: Way, frame: Frame, code: int, pc: int, offset: int) -> None:
    """A way has come to the guest bytecode that begins at `frame`'s merge point."""
    leave_bytecode(recording)
    if len(recording.frames) != 1 or code != way.code or offset != way.offset:
        raise AbortRecording(Abort.NO_SELECT)
    if pc == way.meeting:
        way.ended = True
        return
    way.bytecodes += 1
    if way.bytecodes > _MOST_BYTECODES:
        raise AbortRecording(Abort.NO_SELECT)
    recording.pc = pc
    recording.separate_code = 0
    frame.position += 7


def join(recording: Recording, branch: Branch, condition: int, one: Way, other: Way) -> None:
    """Both ways have met: the slots that either has written, and that are read from here on, are chosen by the condition."""
    live = recording.runtime.live_slots(recording.code, branch.meeting)
    end = ALL_SLOTS if live == ALL_LIVE else recording.base_offset + live
    if not recording.builder.join_ways(condition, one.slots, other.slots, end):
        raise AbortRecording(Abort.NO_SELECT)
