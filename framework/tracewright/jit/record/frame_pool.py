"""Frames that recordings have finished with, to be used again: the portal's has hundreds of registers, and every recording begins with it."""

from typing import Final, final

from tracewright.core.arrays import Array, copy_items
from tracewright.jit.execute.frames import Frame
from tracewright.jit.tables.jitcode import JitCode

_NO_REFS: Final[Array[int]] = Array(0, 0)


@final
class FramePool:
    """Free frames by the number of their jitcode, and what `refs` are in a frame that nothing has been put into."""

    def __init__(self) -> None:
        self._free: list[list[Frame]] = []
        self._empty_refs: list[Array[int]] = []

    def take(self, code: JitCode, position: int) -> Frame:
        """A frame of this function standing at `position`; no register holds anything."""
        if code.number < len(self._free) and len(self._free[code.number]) > 0:
            frame = self._free[code.number].pop()
            frame.position = position
            frame.result_register = -1
            frame.receiver = frame.guest_callee = 0
            return frame
        frame = Frame(code, position, -1)
        frame.begin_refs()
        return frame

    def copy(self, frame: Frame) -> Frame:
        """A frame in the same state."""
        copy = self.take(frame.code, frame.position)
        copy.result_register, copy.receiver, copy.guest_callee = (
            frame.result_register,
            frame.receiver,
            frame.guest_callee,
        )
        copy_items(frame.refs, 0, copy.refs, 0, len(frame.refs))
        for register in range(frame.code.variable_count):
            copy.words[register] = frame.words[register]
        return copy

    def give(self, frame: Frame) -> None:
        """Nobody refers to this frame any more. (Those that the blackhole has made have no refs, and go.)"""
        if len(frame.refs) == 0:
            return
        words = frame.words
        for register in range(frame.code.variable_count):
            words[register] = 0  # the collector would take it for an object that is needed
        number = frame.code.number
        while len(self._free) <= number:
            self._free.append([])
            self._empty_refs.append(_NO_REFS)
        if len(self._empty_refs[number]) == 0:
            frame.begin_refs()
            self._empty_refs[number] = Array(len(frame.refs), 0)
            copy_items(frame.refs, 0, self._empty_refs[number], 0, len(frame.refs))
        copy_items(self._empty_refs[number], 0, frame.refs, 0, len(frame.refs))
        self._free[number].append(frame)
