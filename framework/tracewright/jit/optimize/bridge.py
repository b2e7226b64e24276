"""The start of a bridge: the parent's snapshot, read backward.

    parent   guard_true(i7) [pc 14 base+0 {2: int i5, 3: virtual r6}]         refs of the exit: i5, i3 (stored in r6)
    bridge   i0 = input_int(0)      i1 = input_int(1)
             slot 2 is value_of_int(i0);      slot 3 is r3 = new_object(40), store(r3, 8, 2, i1)

Nothing has been written yet when the parent's guard jumps here, so every slot of the snapshot is modified.
"""

from typing import final

from tracewright.core import operations as op
from tracewright.core.arrays import Array
from tracewright.core.kinds import FLOAT, INT
from tracewright.core.operation_tables import (
    IS_ALLOCATION,
    IS_ITEM,
    LISTED,
    REF_OPERANDS,
    RESULT,
    SECOND,
)
from tracewright.jit.optimize.ancestors import Ancestors
from tracewright.jit.optimize.draft import NO_REF
from tracewright.jit.optimize.emit import ForwardPass
from tracewright.jit.trace.compiled import Exit
from tracewright.jit.trace.snapshot import BOX_BOOL, BOX_FLOAT, BOX_INT, STORE_NUMBERS, TOP_SLOT, VIRTUAL, FrameSnapshot
from tracewright.jit.trace.trace import Trace


@final
class BridgeStart:
    """Fills an emitter's draft and slot map from an exit."""

    def __init__(self, emitter: ForwardPass, parent: Exit, guards_failed: bool) -> None:
        self.emitter = emitter
        self.parent = parent
        self.trace: Trace = parent.owner.trace
        self.translated: Array[int] = emitter.workspace.numbers(len(self.trace.operations), NO_REF)
        self.frame_refs: list[list[int]] = []
        self._make_entry_values()
        self._make_inputs()
        self._fill_slots()
        if emitter.options.guards:
            Ancestors(emitter).learn(parent, self.translated, guards_failed)
        for frame in parent.snapshot.frames:
            self.frame_refs.append(self._frame(frame))
        self._make_stores()
        emitter.slots.effects = len(parent.snapshot.frames) > 0

    def _make_stores(self) -> None:
        """What the parent's loop has left to its exits."""
        snapshot, emitter = self.parent.snapshot, self.emitter
        for k in range(len(snapshot.stored_refs)):
            row = STORE_NUMBERS * k
            operation, place = snapshot.stores[row], snapshot.stores[row + 2]
            if IS_ITEM[operation]:
                place = emitter.int_constant(place)
            value = self._value(snapshot.stored_refs[k], snapshot.stored_boxings[k])
            emitter.emit(operation, self._ref(snapshot.stores[row + 1]), place, snapshot.stores[row + 3], value)

    def _make_entry_values(self) -> None:
        """What the native frame holds for the parent it holds for the bridge: not inputs, so that the slots' places stay evident."""
        emitter = self.emitter
        for index in range(self.parent.guard):
            match self.trace.operations[index]:
                case op.TRACE_STACK:
                    self.translated[index] = emitter.stack_ref()
                case op.TRACE_BASE | op.TRACE_BOTTOM:
                    self.translated[index] = emitter.emit(self.trace.operations[index])
                case op.INT_ADD:
                    base, added = self.trace.a[index], self.trace.b[index]
                    if added < 0 and base >= 0 and self.trace.operations[base] == op.TRACE_BASE:
                        self.translated[index] = emitter.emit(op.INT_ADD, self._ref(base), self._ref(added))
                case _:
                    pass

    def _make_inputs(self) -> None:
        draft = self.emitter.draft
        for number, ref in enumerate(self.parent.refs):
            if ref < 0 or self.translated[ref] != NO_REF:
                continue
            kind = RESULT[self.trace.operations[ref]]
            operation = op.INPUT_INT if kind == INT else op.INPUT_FLOAT if kind == FLOAT else op.INPUT
            self.translated[ref] = draft.append(operation, number, 0, 0, 0, -1)

    def _fill_slots(self) -> None:
        snapshot, slots = self.parent.snapshot, self.emitter.slots
        slots.at_bytecode(self._ref(snapshot.code), snapshot.pc, snapshot.base_offset)
        for position, offset in enumerate(snapshot.offsets):
            value = self._value(snapshot.refs[position], snapshot.boxings[position])
            if offset == TOP_SLOT:
                slots.write_top(value)
            else:
                slots.write(offset, value)
        slots.at_bytecode(self._ref(snapshot.code), snapshot.pc, snapshot.base_offset)

    def _frame(self, frame: FrameSnapshot) -> list[int]:
        return [self._value(ref, frame.boxings[position]) for position, ref in enumerate(frame.refs)]

    def _value(self, ref: int, boxing: int) -> int:
        emitter = self.emitter
        if boxing == VIRTUAL:
            return self._virtual(ref)
        value = self._ref(ref)
        if boxing == BOX_INT:
            return emitter.emit(op.VALUE_OF_INT, value)
        if boxing == BOX_FLOAT:
            return emitter.emit(op.VALUE_OF_FLOAT, value)
        if boxing == BOX_BOOL:
            shifted = emitter.emit(op.INT_LSHIFT, value, emitter.int_constant(3))
            return emitter.emit(op.REF_OF, emitter.emit(op.INT_ADD, shifted, emitter.int_constant(16)))
        return value

    def _ref(self, ref: int) -> int:
        """The bridge's ref for a live value of the parent, or for a constant of its trace."""
        if ref < 0:
            return self.emitter.draft.constant_of(self.trace, ref)
        translated = self.translated[ref]
        return translated if translated != NO_REF else self._recompute(ref)

    def _recompute(self, ref: int) -> int:
        """A sunk instruction that stores of virtuals mention: boxing, or a virtual inside a virtual."""
        operation = self.trace.operations[ref]
        if IS_ALLOCATION[operation]:
            return self._virtual(ref)
        assert self.trace.sunk[ref] and not LISTED[operation] and REF_OPERANDS[operation] & SECOND == 0
        made = self.emitter.emit(operation, self._ref(self.trace.a[ref]))
        self.translated[ref] = made
        return made

    def _virtual(self, ref: int) -> int:
        """Allocate a sunk object again and replay its stores; it may well be sunk in the bridge too."""
        if self.translated[ref] != NO_REF:
            return self.translated[ref]
        trace, emitter = self.trace, self.emitter
        length = self._ref(trace.b[ref]) if trace.operations[ref] == op.NEW_ARRAY else 0
        made = emitter.emit(trace.operations[ref], trace.a[ref], length)
        self.translated[ref] = made
        for store in trace.sunk_stores:
            if store >= self.parent.snapshot.position:
                break
            if trace.a[store] == ref:
                operation = trace.operations[store]
                place = self._ref(trace.b[store]) if REF_OPERANDS[operation] & SECOND != 0 else trace.b[store]
                emitter.emit(operation, made, place, trace.c[store], self._ref(trace.d[store]))
        return made
