"""The trace builder: what the recorder talks to.

    builder = TraceBuilder(KIND_LOOP, cell, functions, classes, JitOptions())
    builder.at_bytecode(code, 4, 0)
    value = builder.read_slot(0)
    ...
    trace = builder.close_loop()       # optimized, peeled, renumbered: ready for a backend

Positions: `at_bytecode` for the place where a trace ends (the header again, the header of another loop, the place to leave at) comes before
`close_loop`, `link` and `leave`.
"""

from typing import final

from tracewright.core import operations as op
from tracewright.core.operation_tables import IS_LOAD, IS_RESIDUAL_CALL
from tracewright.jit.optimize.backward import BackwardPass
from tracewright.jit.optimize.bridge import BridgeStart
from tracewright.jit.optimize.draft import NO_REF, TAG_FLOAT, TAG_INT
from tracewright.jit.optimize.emit import ForwardPass
from tracewright.jit.optimize.enter_label import EnterLabel, Present
from tracewright.jit.optimize.finish import Finisher
from tracewright.jit.optimize.merge_guards import MovedInstructions, merge_guards
from tracewright.jit.optimize.open_label import finished_state
from tracewright.jit.optimize.peel import Peeler
from tracewright.jit.optimize.selects import choose
from tracewright.jit.optimize.slots import ALL_SLOTS, WaySlots
from tracewright.jit.optimize.store_sinking import StoreSinking
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.trace import Trace


@final
class TraceBuilder(ForwardPass):
    """Starts, fills and ends one trace."""

    def __init__(
        self,
        kind: int,
        cell: int,
        functions: list[FunctionInfo],
        classes: list[ClassInfo],
        options: JitOptions,
    ) -> None:
        super().__init__(kind, cell, functions, classes, options)
        self.bridge: BridgeStart | None = None
        self.peeled = False

    def begin(self, kind: int, cell: int) -> None:
        """Start another trace in the memory of the last one."""
        super().begin(kind, cell)
        self.bridge = None
        self.peeled = False

    def set_top_alias(self, top_alias: int) -> None:
        """The alias class of `VMStack.top`."""
        self.slots.top_alias = top_alias

    # --- bridges -----------------------------------------------------------------------------------------------------

    def start_bridge(self, parent: Exit, guards_failed: bool = True) -> None:
        """Begin where `parent` left: its values are INPUTs, its slots are in the slot map (and not in memory).

        `guards_failed`: exits are taken only where their guards do not hold, so that is known.
        """
        self.workspace.begin()
        self.bridge = BridgeStart(self, parent, guards_failed)

    def frame_refs(self, frame: int) -> list[int]:
        """The refs of the registers that the parent's snapshot has for this jitcode frame, in its order."""
        bridge = self.bridge
        assert bridge is not None
        return bridge.frame_refs[frame]

    # --- both ways of a branch ---------------------------------------------------------------------------------------
    def begin_way(self) -> WaySlots:
        """From here to `end_way`, slots are written on one way of a branch only."""
        self.slots.way = WaySlots(self.slots.way)
        return self.slots.way

    def end_way(self) -> None:
        """The way that was begun last has come to where it meets the other, or is given up."""
        way = self.slots.way
        assert way is not None
        self.slots.way = way.outer

    def join_ways(self, condition: int, one: WaySlots, other: WaySlots, end: int) -> bool:
        """The ways have met: a slot below `end` holds what `one` has written where the condition is not 0, else what `other` has. False
        where a slot cannot be chosen so."""
        offsets = [offset for offset in sorted(set(one.offsets + other.offsets)) if offset < end]
        values: list[int] = []
        for offset in offsets:
            value = choose(self, self.current(condition), self._on_way(one, offset), self._on_way(other, offset))
            if value == NO_REF:
                return False
            values.append(value)
        for k in range(len(offsets)):
            self.slots.write(offsets[k], values[k])
        return True

    def _on_way(self, way: WaySlots, offset: int) -> int:
        ref = way.get(offset)
        return self.slots.read(offset) if ref == NO_REF else self.current(ref)

    # --- ends --------------------------------------------------------------------------------------------------------

    def close_loop(self, enterable: bool = False, long_running: bool = True) -> Trace | None:
        """The trace has come back to its start, with the same base: peel it; where that cannot be, write all slots and start again.

        `enterable`: bridges come round as often as the loop itself, so its LABEL is to be open (`open_label.py`) even where that
        means to allocate objects which the loop could carry as their fields. `long_running`: one entry is followed by many turns, which
        is what a widened LABEL needs to be worth it: exits of both copies get bridges.
        """
        if self.options.peel:
            if enterable:
                self._allocate_objects_in_slots()
            if self.options.boxes and self.options.rules:
                self._unbox_modified_slots()
            trace = self._peeled(True, False)
            if trace is None and long_running:
                trace = self._peeled(True, True)
            if trace is not None:
                return trace
        return self.link(self.draft.ref_constant(self.draft.trace.cell))

    def _peeled(self, may_reload: bool, widened: bool) -> Trace | None:
        """The loop with its second copy (behind a `widened` LABEL); None, with the recorded turn as it was, where there can be none.

        Where the LABEL could be open but for values that come from stores of the first copy, and these stores are not left to the exits,
        the copy is made again with loads: one load a turn costs less than bridges that cannot enter.
        """
        draft, peeler = self.draft, Peeler(self, widened)
        if peeler.copy():
            sunk = False
            if self.options.stores and (peeler.opened is None or draft.relied_stores):
                sunk = StoreSinking(peeler).run()
            if may_reload and peeler.opened is not None and draft.relied_stores and not sunk:
                peeler.undo()
                draft.relies_on_stores = False
                trace = self._peeled(False, widened)
                draft.relies_on_stores = True
                return self._peeled(False, widened) if trace is None else trace
            self.workspace.begin()
            moved = merge_guards(draft, peeler.label, self.workspace)
            liveness = BackwardPass(draft, peeler.label, peeler.becomes, self.workspace)
            if liveness.carries_well():
                return self._finished_loop(peeler, liveness, moved)
        peeler.undo()
        return None

    def _finished_loop(self, peeler: Peeler, liveness: BackwardPass, moved: MovedInstructions) -> Trace:
        self.peeled = True
        finisher = Finisher(liveness, moved)
        trace = finisher.finish()
        if peeler.opened is not None:
            trace.label_state = finished_state(peeler.opened, finisher)
        return trace

    def _unbox_modified_slots(self) -> None:
        """Restate Values of known type in modified slots as boxes of the bare number.

            a := b   b := a + b        slot 5 is r2 = read_slot(6), slot 6 is value_of_int(i9)
                                  ->   slot 5 is value_of_int(i3), i3 = value_small(r2)

        Next turn slot 5 holds value_of_int(i9): now both are boxes, so the loop carries i3 and i9, and boxes nothing.

        Not what was loaded into a slot that the turn has not read: the loop needs it for its exits only, and then the Value does, whatever
        it is on other ways through the loop.

            for x in items: t := t + x            slot 5 is r7 = load_ref_at(r4, i2), a number here
        """
        draft, slots = self.draft, self.slots
        for offset in slots.modified():
            ref = slots.known(offset)
            made_by = draft.operation(ref)
            if ref < 0 or made_by == op.VALUE_OF_INT or made_by == op.VALUE_OF_FLOAT:
                continue
            if (IS_LOAD[made_by] or IS_RESIDUAL_CALL[made_by]) and slots.first_read(offset) == NO_REF:
                continue
            if draft.tag[ref] == TAG_INT:
                number, box = self.emit(op.VALUE_SMALL, ref), op.VALUE_OF_INT
            elif draft.tag[ref] == TAG_FLOAT:
                number, box = self.emit(op.VALUE_FLOAT, ref), op.VALUE_OF_FLOAT
            else:
                continue
            boxed = draft.append(box, number, 0, 0, 0, -1)  # not emitted: the rules would give `ref` back
            draft.tag[boxed] = draft.tag[ref]
            slots.restate(offset, boxed)

    def _allocate_objects_in_slots(self) -> None:
        """Objects that modified slots hold exist when the turn ends.

        slot 5 is r9 = new_object(472), not reachable yet     ->      slot 5 is r9, which may be reached
        """
        for offset in self.slots.modified():
            self.draft.escape(self.slots.known(offset))

    def link(self, cell_ref: int) -> Trace:
        """Write all slots and go on in the code of this cell."""
        self.slots.flush(ALL_SLOTS)
        snapshot = self.slots.snapshot_here(len(self.draft.trace.operations))
        self.draft.append(op.LINK, self.draft.current(cell_ref), 0, 0, 0, snapshot)
        return self._finished()

    def enter_label(self, loop: CompiledTrace, present: Present) -> Trace | None:
        """Go on at the LABEL of this loop, whose frame is at trace_base too; None where what the LABEL takes for granted cannot be had."""
        state = loop.trace.label_state
        if state is None or not EnterLabel(self, loop, state).enter(present):
            return None
        return self._finished()

    def unmet_premise(self, loop: CompiledTrace, present: Present) -> int:
        """The guard before this loop's LABEL, on something that no turn changes, that would fail now; -1 where none is seen to."""
        state = loop.trace.label_state
        return -1 if state is None else EnterLabel(self, loop, state).unmet_premise(present)

    def leave(self) -> Trace:
        """Leave for the interpreter at the current bytecode."""
        snapshot = self.slots.snapshot_here(len(self.draft.trace.operations))
        self.draft.append(op.LEAVE, 0, 0, 0, 0, snapshot)
        return self._finished()

    def leave_before_bytecode(self) -> Trace:
        """Leave for the interpreter at the start of the current bytecode, since which nothing observable has happened."""
        self.draft.append(op.LEAVE, 0, 0, 0, 0, self.slots.snapshot_of_start())
        return self._finished()

    def finish(self, value_ref: int, frame_goes_on: bool = False) -> Trace:
        """The portal's call returns this Value; `top` is given back. The slots are dead, unless only a loop has ended
        and the frame goes on, or results are in it."""
        if frame_goes_on:
            self.slots.flush(ALL_SLOTS)
        self.slots.flush_top()
        self.draft.append(op.FINISH, self._opened(value_ref), 0, 0, 0, -1)
        return self._finished()

    def _opened(self, value_ref: int) -> int:
        """A Value known to be an int as the box of the bare number: machine code returns the number."""
        draft = self.draft
        ref = draft.current(value_ref)
        if ref < 0 or draft.tag[ref] != TAG_INT or draft.operation(ref) == op.VALUE_OF_INT or not self.options.boxes:
            return ref
        boxed = draft.append(
            op.VALUE_OF_INT, self.emit(op.VALUE_SMALL, ref), 0, 0, 0, -1
        )  # the rules would give `ref` back
        draft.tag[boxed] = TAG_INT
        return boxed

    def finish_raising(self, exception_ref: int) -> Trace:
        """This exception leaves the portal's call. The slots are written: whoever catches it may want to see the frames that it has left."""
        self.slots.flush(ALL_SLOTS)
        exception = self.draft.current(exception_ref)
        self.draft.escape(exception)
        self.draft.append(op.FINISH_RAISING, exception, 0, 0, 0, -1)
        return self._finished()

    def _finished(self) -> Trace:
        self.workspace.begin()
        moved = merge_guards(self.draft, -1, self.workspace)
        return Finisher(BackwardPass(self.draft, -1, [], self.workspace), moved).finish()
