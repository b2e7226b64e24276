"""The blackhole: runs jitcode frames without recording, from the middle of a guest bytecode to the next merge point.

A guard may fail after its bytecode has done something that cannot be undone. The exit then rebuilds the jitcode frames, and
this finishes the bytecode; so does a recording that is given up.
"""

from typing import final

from tracewright.core.arrays import Array
from tracewright.core.memory import load32
from tracewright.core.operations import ENTER_JIT, MERGE_POINT
from tracewright.jit.execute.executor import call_function, execute
from tracewright.jit.execute.frames import Frame
from tracewright.jit.execute.free_frames import FreeFrames
from tracewright.jit.execute.guest_state import MOVED, RAISED, RETURNED, GuestState
from tracewright.jit.execute.runtime import Runtime
from tracewright.jit.tables import control
from tracewright.jit.tables.assembly import Assembly


@final
class Blackhole:
    """One run of frames, the last of the list being the innermost. Frames that it is done with are given to `free`."""

    def __init__(self, assembly: Assembly, runtime: Runtime, free: FreeFrames) -> None:
        self.assembly = assembly
        self.runtime = runtime
        self.free = free
        self.frames: list[Frame] = []
        self.steps = 0  # for the statistics

    def run(self, frames: list[Frame]) -> GuestState:
        """To the portal's next merge point, or until the portal has returned or raised. A pending exception is raised first."""
        self.frames = frames
        state = self._run()
        while len(frames) > 0 and len(frames[len(frames) - 1].refs) == 0:
            self.free.give(frames.pop())
        return state

    def _run(self) -> GuestState:
        frames = self.frames
        if self.runtime.exception() != 0 and not self._unwind():
            return GuestState(RAISED, 0, 0, 0, 0)
        while True:
            frame = frames[len(frames) - 1]
            operation = self._run_straight(frame)
            if operation == MERGE_POINT:
                words, position, registers = frame.code.words, frame.position, frame.words
                code, pc = registers[words[position + 2]], registers[words[position + 3]]
                return GuestState(MOVED, code, pc, registers[words[position + 5]], 0)
            if operation == control.RETURN:
                source = frame.code.words[frame.position + 1]
                value = frame.words[source] if source >= 0 else 0
                self.free.give(frames.pop())
                if len(frames) == 0:
                    return GuestState(RETURNED, 0, 0, 0, value)
                self._give_result(value)
            elif not self._call(frame, operation) and not self._unwind():
                return GuestState(RAISED, 0, 0, 0, 0)

    def _run_straight(self, frame: Frame) -> int:
        """Run one frame up to a call, a return, a raise or a merge point; gives that operation, where the frame then stands."""
        words = frame.code.words
        registers = frame.words
        position = frame.position
        while True:
            operation = words[position]
            self.steps += 1
            match operation:
                case control.MOVE:
                    registers[words[position + 1]] = registers[words[position + 2]]
                    position += 3
                case control.JUMP:
                    position = words[position + 1]
                case control.BRANCH:
                    position = words[position + 2] if registers[words[position + 1]] != 0 else words[position + 3]
                case control.SWITCH | control.TABLE_SWITCH:
                    position = switch_target(words, position, registers[words[position + 1]])
                case control.ON_ERROR:
                    position += 3
                case _:
                    if is_break(operation):
                        frame.position = position
                        return operation
                    if operation == ENTER_JIT:
                        position = pass_enter_jit(frame, position)
                        continue
                    position = execute(self.runtime, self.assembly, words, position, registers)
                    if position < 0:
                        frame.position = -position
                        return control.ON_ERROR

    def _give_result(self, value: int) -> None:
        caller = self.frames[len(self.frames) - 1]
        if caller.result_register >= 0:
            caller.words[caller.result_register] = value

    def _call(self, frame: Frame, operation: int) -> bool:
        """Do a call; False if an exception is now pending."""
        words = frame.code.words
        position = frame.position
        match operation:
            case control.ON_ERROR:  # an operation has raised
                return False
            case control.RAISE:
                self.runtime.set_exception(frame.words[words[position + 1]])
                self.free.give(self.frames.pop())  # a raise that this function handles is a jump
                return False
            case control.INLINE_CALL:
                return self._enter(frame, words[position + 2])
            case control.METHOD_CALL:
                receiver = frame.words[words[position + 4]]
                info = self.assembly.classes[load32(receiver)]
                slot = words[position + 2]
                if info.vtable[slot] >= 0:
                    return self._enter(frame, info.vtable[slot])
                return self._residual(frame, info.vfunctions[slot])
            case control.POINTER_CALL:
                number = self.assembly.function_at(frame.words[words[position + 2]])
                if number < 0:
                    raise AssertionError("a code pointer that the JIT does not know")
                return self._residual(frame, number)
            case control.RESIDUAL_CALL | control.PORTAL_CALL:
                return self._residual(frame, words[position + 2])
            case _:
                raise AssertionError("control came to a place that cannot be reached")

    def _enter(self, frame: Frame, number: int) -> bool:
        """Go into a function of the interpreter; False if an exception is now pending. A recursive one, which may run for
        long, is called instead: its C is a hundred times faster."""
        code = self.assembly.jitcodes[number]
        if code.function >= 0:
            return self._residual(frame, code.function)
        words = frame.code.words
        position = frame.position
        count = words[position + 3]
        callee = self.free.take(code, 0, -1)
        for k in range(count):
            callee.words[k] = frame.words[words[position + 4 + k]]
        frame.result_register = words[position + 1]
        frame.position = position + 4 + count
        self.frames.append(callee)
        return True

    def _residual(self, frame: Frame, number: int) -> bool:
        words = frame.code.words
        position = frame.position
        count = words[position + 3]
        info = self.assembly.functions[number]
        result = call_function(self.runtime, info, words, position + 4, count, frame.words)
        frame.position = position + 4 + count
        if words[position + 1] >= 0:
            frame.words[words[position + 1]] = result
        return self.runtime.exception() == 0

    def _unwind(self) -> bool:
        """Go to the innermost handler of the pending exception; False if it leaves the portal."""
        frames = self.frames
        while len(frames) > 0:
            frame = frames[len(frames) - 1]
            words = frame.code.words
            position = frame.position
            if position < len(words) and words[position] == control.ON_ERROR:
                frame.words[words[position + 1]] = self.runtime.exception()
                self.runtime.set_exception(0)
                frame.position = words[position + 2]
                return True
            self.free.give(frames.pop())
        return False


def is_break(operation: int) -> bool:
    """Whether straight running ends here."""
    match operation:
        case control.RETURN | control.RAISE | control.UNREACHABLE | control.INLINE_CALL | control.RESIDUAL_CALL:
            return True
        case control.PORTAL_CALL | control.METHOD_CALL | control.POINTER_CALL:
            return True
        case _:
            return operation == MERGE_POINT


def switch_target(words: Array[int], position: int, value: int) -> int:
    """Where a SWITCH or TABLE_SWITCH goes for a value."""
    if words[position] == control.TABLE_SWITCH:
        index = value - words[position + 3]
        if index < 0 or index >= words[position + 4]:
            return words[position + 2]
        return words[position + 5 + index]
    low = 0
    high = words[position + 3]
    while low < high:
        middle = (low + high) >> 1
        key = words[position + 4 + 2 * middle]
        if key == value:
            return words[position + 5 + 2 * middle]
        if key < value:
            low = middle + 1
        else:
            high = middle
    return words[position + 2]


def pass_enter_jit(frame: Frame, position: int) -> int:
    """ENTER_JIT without entering anything: the new code, pc and base are the old ones."""
    words = frame.code.words
    code = frame.words[words[position + 4]]
    pc = frame.words[words[position + 5]]
    base = frame.words[words[position + 7]]
    frame.words[words[position + 1]] = code
    frame.words[words[position + 2]] = pc
    frame.words[words[position + 3]] = base
    return position + 9
