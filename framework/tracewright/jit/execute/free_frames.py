"""Frames that the blackhole has finished with, to be used again.

The portal's frame has hundreds of registers and as many constants: making one for each exit in the middle of a bytecode would take longer than
what the blackhole does, and be the larger part of what some programs allocate.
"""

from typing import Final, final

from tracewright.jit.execute.frames import Frame
from tracewright.jit.tables.jitcode import JitCode

MOST_KEPT: Final = (
    64  # of one function: a recursion that left machine code in ten thousand places needs no more memory afterwards
)


@final
class FreeFrames:
    """Free frames by the number of their jitcode. (The recorder's have refs as well: `record/frame_pool.py`.)"""

    def __init__(self) -> None:
        self._free: list[list[Frame]] = []

    def take(self, code: JitCode, position: int, result_register: int) -> Frame:
        """A frame of this function standing at `position`; no register holds anything."""
        number = code.number
        if number < len(self._free) and len(self._free[number]) > 0:
            frame = self._free[number].pop()
            frame.position = position
            frame.result_register = result_register
            frame.receiver = frame.guest_callee = 0
            return frame
        return Frame(code, position, result_register)

    def give(self, frame: Frame) -> None:
        """Nobody refers to this frame any more. Those of recordings go another way."""
        if len(frame.refs) > 0:
            return
        words = frame.words
        for register in range(frame.code.variable_count):
            words[register] = 0  # the collector would take it for an object that is needed
        number = frame.code.number
        while len(self._free) <= number:
            self._free.append([])
        if len(self._free[number]) < MOST_KEPT:
            self._free[number].append(frame)
