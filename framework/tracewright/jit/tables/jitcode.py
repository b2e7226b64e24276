"""Jitcode: a function of the interpreter as words that the tracer and the blackhole walk.

A frame has one file of 64-bit registers (a double as its bits): variables first, then the function's constants. Parameters
are registers 0, 1, 2... Where execution may have to resume, a row of live registers says which ones matter.
"""

from typing import final

from tracewright.core.arrays import Array


@final
class JitCode:
    """One function. Filled in by the translator, never changed at run time.

    `constants[k]` is the word of register `variable_count + k` and `constant_kinds[k]` its kind. `live_positions` (ascending)
    are the resume points (the last word of a call is that of a frame waiting for it), `live_starts[k]` where in `live_registers` the row of point k begins; it ends where the next begins.
    `lines` are pairs: a position, and the source line of what follows it. `merge_position` is that of the portal's merge point, or -1.
    """

    def __init__(self, number: int, name: str, parameter_count: int, result_kind: int) -> None:
        self.number = number
        self.name = name
        self.parameter_count = parameter_count
        self.result_kind = result_kind
        self.variable_count = 0
        self.merge_position = -1
        self.function = (
            -1
        )  # its number in the table of functions, for a recursive function that is also called from traces
        self.words: Array[int] = Array(0, 0)
        self.constants: Array[int] = Array(0, 0)
        self.constant_kinds: Array[int] = Array(0, 0)
        self.live_positions: Array[int] = Array(0, 0)
        self.live_starts: Array[int] = Array(0, 0)
        self.live_registers: Array[int] = Array(0, 0)
        self.lines: Array[int] = Array(0, 0)

    def live_row(self, position: int) -> int:
        """The number of the row of live registers for a resume point; -1 where nothing resumes."""
        low = 0
        high = len(self.live_positions)
        while low < high:
            middle = (low + high) >> 1
            if self.live_positions[middle] < position:
                low = middle + 1
            else:
                high = middle
        if low < len(self.live_positions) and self.live_positions[low] == position:
            return low
        return -1

    def line_at(self, position: int) -> int:
        """The source line of the instruction at a position, 0 where unknown."""
        line = 0
        for k in range(0, len(self.lines), 2):
            if self.lines[k] > position:
                break
            line = self.lines[k + 1]
        return line
