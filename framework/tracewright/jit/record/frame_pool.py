"""Frames that recordings have finished with, to be used again: the portal's has hundreds of registers, and every recording begins with it."""

from typing import final

from tracewright.jit.execute.frames import NO_REF, Frame
from tracewright.jit.tables.jitcode import JitCode


@final
class FramePool:
    """Free frames by the number of their jitcode."""

    def __init__(self) -> None:
        self._free: list[list[Frame]] = []

    def take(self, code: JitCode, position: int) -> Frame:
        """A frame of this function standing at `position`; no register holds anything."""
        if code.number < len(self._free) and len(self._free[code.number]) > 0:
            frame = self._free[code.number].pop()
            frame.position = position
            frame.result_register = -1
            frame.receiver = frame.guest_callee = 0
            return frame
        frame = Frame(code, position, -1)
        frame.refs = [NO_REF] * code.variable_count
        return frame

    def give(self, frame: Frame) -> None:
        """Nobody refers to this frame any more. (Those that the blackhole has made have no refs, and go.)"""
        if len(frame.refs) == 0:
            return
        for register in range(len(frame.refs)):
            frame.refs[register] = NO_REF
            frame.words[register] = 0  # the collector would take it for an object that is needed
        number = frame.code.number
        while len(self._free) <= number:
            self._free.append([])
        self._free[number].append(frame)
