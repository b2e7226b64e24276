"""Running the toy machine with its traces in the reference interpreter."""

from __future__ import annotations

from dataclasses import dataclass

from tracewright.core.integers import bits_of_float
from tracewright.core.memory import address_of, load64
from tracewright.core.operations import TABLE
from tracewright.core.vm_stack import CELLS_OFFSET
from tracewright.jit.execute.blackhole import Blackhole
from tracewright.jit.execute.frames import Frame, set_variable
from tracewright.jit.execute.free_frames import FreeFrames
from tracewright.jit.execute.guest_state import MOVED, RETURNED, GuestState
from tracewright.jit.record.recorder import Recorder
from tracewright.jit.tables.cells import MOST_TYPED_SLOTS
from tracewright.jit.tables.parameters import Parameters
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.run import FrameState, NativeWorld, Outcome, Word, run_trace
from tracewright.jit.trace.trace import Trace
from tracewright_testing.toy_machine import Toy

BASE = 100  # of the guest frames of all tests


class ToyWorld(NativeWorld):
    """The toy's memory, as the reference interpreter sees it."""

    def __init__(self, toy: Toy) -> None:
        runtime, assembly = toy.runtime, toy.assembly

        def allocate(class_id: int, length: int) -> int:
            info = assembly.classes[class_id]
            return runtime.new_object(info) if length < 0 else runtime.new_array(info, length)

        def call(function: int, arguments: list[Word]) -> Word:
            words = [bits_of_float(word) if isinstance(word, float) else word for word in arguments]
            return runtime.functions[function](words)

        super().__init__(load64(toy.stack + CELLS_OFFSET), allocate, call, runtime.box_int)
        self.toy = toy
        self.stack = toy.stack

    @property
    def exception(self) -> int:
        return self.toy.runtime.pending

    @exception.setter
    def exception(self, word: int) -> None:
        self.toy.runtime.pending = word

    def call_guest(self, cell: int, base: int, numbers: list[int]) -> int:
        """The callee is interpreted."""
        toy = self.toy
        typed = next(known.typed_slots for known in toy.runtime.cells.values() if address_of(known) == cell)
        slots = [slot for slot in range(MOST_TYPED_SLOTS) if typed >> slot & 1] if numbers else []
        for slot, number in zip(slots, numbers, strict=True):
            toy.runtime.store_slot(toy.stack, base + slot, toy.runtime.box_int(number))
        return self.toy.call_portal([self.toy.code_of_cell(cell), self.toy.stack, base])

    def call_code(self, code: int, base: int) -> int:
        return self.toy.call_portal([code, self.toy.stack, base])


def recorder(toy: Toy) -> Recorder:
    return Recorder(toy.assembly, toy.runtime, Parameters())


def frames_of(toy: Toy, states: list[FrameState]) -> list[Frame]:
    """The blackhole's frames for those of an exit."""
    frames = []
    for state in states:
        frame = Frame(toy.assembly.jitcodes[state.jitcode], state.pc, state.result_register)
        for register, word in state.registers.items():
            set_variable(frame, register, word)
        frames.append(frame)
    return frames


def finish(toy: Toy, left: Outcome, bottom: int) -> GuestState:
    """Go on from where a trace was left until the guest's frame at `bottom` returns."""
    if left.how == "finish":
        return GuestState(RETURNED, 0, 0, 0, left.word)
    assert left.how in ("exit", "leave"), left.how
    state = GuestState(MOVED, left.code, left.pc, left.base, 0)
    if left.frames:
        state = Blackhole(toy.assembly, toy.runtime, FreeFrames()).run(frames_of(toy, left.frames))
    if state.kind != MOVED:
        return state
    return toy.interpret(state.code, state.pc, state.base, bottom)


@dataclass
class Place:
    """A guard at which a trace may be left, and the turn of the loop."""

    guard: int
    turn: int


def guards_of(trace: Trace) -> list[int]:
    """The guards that stand in the trace and have a snapshot."""
    return [
        index
        for index, operation in enumerate(trace.operations)
        if TABLE[operation].guard
        and not trace.sunk[index]
        and TABLE[operation].name not in ("link", "guard_no_exception", "guard_exception")
    ]


def exit_of(trace: Trace, guard: int) -> Exit:
    """An Exit for a guard, naming every live instruction before it."""
    snapshot = trace.snapshots[trace.snapshot_of[guard]]
    refs = [index for index in range(guard) if TABLE[trace.operations[index]].gives in "irf" and not trace.sunk[index]]
    return Exit(CompiledTrace(trace, 1), 0, guard, snapshot, refs, [0] * len(refs))


def run_until_left(toy: Toy, trace: Trace, base: int, bottom: int, place: Place | None = None) -> Outcome:
    """Run the trace for the frame at `base`, leaving at a place if one is given."""

    def fail(index: int, turns: int) -> bool:
        return place is not None and index == place.guard and turns == place.turn

    world = ToyWorld(toy)
    world.stack_top = toy.runtime.stack_top(toy.stack)
    left = run_trace(trace, world, base, bottom, fail=fail)
    toy.runtime.set_stack_top(toy.stack, world.stack_top)
    return left
