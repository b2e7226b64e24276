"""Jitcode frames, as the recorder and the blackhole run them."""

from typing import Final, final

from tracewright.core.arrays import Array, Words
from tracewright.jit.tables.jitcode import JitCode

NO_REF: Final = -(1 << 62)  # the register holds nothing that the trace knows
# In place of a ref, what the trace knows about a register's word without having said so yet. Nearly all jitcode decodes guest
# bytecode, whose every result is known: most of what is put into registers is never named by an instruction.
KNOWN_INT: Final = NO_REF + 1  # a constant of kind i; the others in the order of KIND_...
KNOWN_REF: Final = NO_REF + 2
KNOWN_FLOAT: Final = NO_REF + 3
KNOWN_ROW: Final = NO_REF + 4  # a constant of kind r: an array whose items never change
FRAME_BASE: Final = NO_REF + 5  # trace_base plus a constant


@final
class Frame:
    """A function being walked: `position` is the next instruction, `result_register` receives the result of the frame above.

    `words` are the concrete values. `refs` are the trace's, or KNOWN_..., of constants too (empty in the blackhole).
    `receiver` is the first argument where the trace knows it as a constant, else 0; `guest_callee` the guest code that a
    CALL_SEPARATELY of this frame has just decided to follow.
    """

    def __init__(self, code: JitCode, position: int, result_register: int) -> None:
        self.code = code
        self.position = position
        self.result_register = result_register
        count = code.variable_count
        self.words = Words(count + len(code.constants))
        self.refs: Array[int] = Array(0, 0)
        self.receiver = 0
        self.guest_callee = 0
        for k in range(len(code.constants)):
            self.words[count + k] = code.constants[k]

    def begin_refs(self) -> None:
        """No variable holds anything, and constants what they are."""
        code = self.code
        count = code.variable_count
        if len(self.refs) == 0:
            self.refs = Array(count + len(code.constants), NO_REF)
        for register in range(count):
            self.refs[register] = NO_REF
        for k in range(len(code.constants)):
            self.refs[count + k] = KNOWN_INT + code.constant_kinds[k]


def set_portal_arguments(frame: Frame, guest_code: int, pc: int, stack: int, base: int, bottom: int) -> None:
    """Give a frame of the portal that stands at its merge point the variables of the merge point. The arguments are words."""
    code = frame.code
    position = code.merge_position + 2
    set_variable(frame, code.words[position], guest_code)
    set_variable(frame, code.words[position + 1], pc)
    set_variable(frame, code.words[position + 2], stack)
    set_variable(frame, code.words[position + 3], base)
    set_variable(frame, code.words[position + 4], bottom)


def set_variable(frame: Frame, register: int, word: int) -> None:
    """Set a register, unless it is that of a constant."""
    if register < frame.code.variable_count:
        frame.words[register] = word
