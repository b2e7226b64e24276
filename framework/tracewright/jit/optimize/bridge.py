"""The start of a bridge: the parent's snapshot, read backward.

    parent   guard_true(i7) [pc 14 base+0 {2: int i5, 3: virtual r6}]         refs of the exit: i5, i3 (stored in r6)
    bridge   i0 = input_int(0)      i1 = input_int(1)
             slot 2 is value_of_int(i0);      slot 3 is r3 = new_object(40), store(r3, 8, 2, i1)

Nothing has been written yet when the parent's guard jumps here, so every slot of the snapshot is modified.
"""

from typing import Final, final

from tracewright.core import operations as op
from tracewright.core import roles
from tracewright.core.arrays import Array
from tracewright.core.effects import SLOTS, WRITES
from tracewright.core.kinds import FLOAT, INT
from tracewright.core.operation_tables import (
    FIRST,
    IS_ALLOCATION,
    IS_ITEM,
    IS_RESIDUAL_CALL,
    IS_STORE,
    LISTED,
    REF_OPERANDS,
    RESULT,
    ROLE,
    SECOND,
)
from tracewright.jit.optimize.bridge_facts import learn_facts
from tracewright.jit.optimize.draft import NO_REF
from tracewright.jit.optimize.emit import ForwardPass
from tracewright.jit.trace.compiled import Exit
from tracewright.jit.trace.snapshot import BOX_BOOL, BOX_FLOAT, BOX_INT, STORE_NUMBERS, TOP_SLOT, VIRTUAL, FrameSnapshot
from tracewright.jit.trace.trace import Trace

_WRITES_ANYTHING: Final = [roles.GUEST_CALL, roles.RAW_WRITE, roles.STACK_ACCESS]


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
            self._read_untouched_slots()
            self._load_premises()
            learn_facts(emitter, parent, self.translated, guards_failed)
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

    def _read_untouched_slots(self) -> None:
        """Slots that the parent has read and nothing has written since hold what it read: its facts hold for them.

        (A bridge that does not want one of them drops the load again.) What the exit hands over anyway is not loaded.
        """
        trace, snapshot, slots = self.trace, self.parent.snapshot, self.emitter.slots
        written: set[int] = set(snapshot.offsets)
        for index in range(len(trace.operations)):
            operation = trace.operations[index]
            if operation == op.WRITE_SLOT:
                written.add(trace.a[index])
            elif ROLE[operation] == roles.GUEST_CALL or (
                IS_RESIDUAL_CALL[operation] and self._touches_slots(trace.a[index])
            ):
                return
        for index in range(self.parent.guard):
            if trace.operations[index] == op.READ_SLOT and trace.a[index] not in written:
                if self.translated[index] == NO_REF:
                    self.translated[index] = slots.read(trace.a[index])
                else:
                    slots.is_read_as(trace.a[index], self.translated[index])

    def _load_premises(self) -> None:
        """What the parent's loop has loaded before its LABEL and no turn changes is loaded again: what guards have found of it holds, and the LABEL
        asks the bridge that comes back for just that. (What is not wanted is dropped again.)

        A store of this turn may be undone by another before the next turn, so that what it writes is not loaded.
        """
        trace, state, draft = self.trace, self.trace.label_state, self.emitter.draft
        if state is None or self.parent.guard <= trace.label or not self.emitter.options.heap:
            return
        written = self._written_behind_label()
        for index in state.premises:
            operation = trace.operations[index]
            role, refs = ROLE[operation], REF_OPERANDS[operation]
            if (
                self.translated[index] != NO_REF
                or operation == op.WORD_OF
                or (role != roles.LOAD and role != roles.PURE)
            ):
                continue
            a, b = trace.a[index], trace.b[index]
            if role == roles.LOAD and trace.c[index] >= 0 and (written is None or trace.c[index] in written):
                continue
            if refs & FIRST != 0:
                # (Of `top` the slot map keeps account.)
                if a >= 0 and (self.translated[a] == NO_REF or trace.operations[a] == op.TRACE_STACK):
                    continue
                a = self._ref(a)
            if refs & SECOND != 0:
                if b >= 0 and self.translated[b] == NO_REF:
                    continue
                b = self._ref(b)
            self.translated[index] = draft.current(self.emitter.emit(operation, a, b, trace.c[index]))

    def _written_behind_label(self) -> set[int] | None:
        """The alias classes that the turn has written when it comes to the exit; None: all."""
        trace = self.trace
        written: set[int] = set()
        for index in range(trace.label, self.parent.guard):
            operation = trace.operations[index]
            if IS_STORE[operation]:
                written.add(trace.c[index])
            elif ROLE[operation] in _WRITES_ANYTHING:
                return None
            elif IS_RESIDUAL_CALL[operation]:
                function = self.emitter.draft.functions[trace.a[index]]
                writes = function.writes
                if function.effects & (WRITES | SLOTS) != 0:
                    if writes is None:
                        return None
                    for alias in writes:
                        written.add(alias)
        return written

    def _touches_slots(self, function: int) -> bool:
        return self.emitter.draft.functions[function].effects & SLOTS != 0

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
        draft = self.emitter.draft
        if ref >= 0:
            translated = self.translated[ref]
            return translated if translated != NO_REF else self._recompute(ref)
        kind, word = self.trace.constant_kinds[~ref], self.trace.constants[~ref]
        if kind == INT:
            return draft.int_constant(word)
        return draft.float_constant_of_bits(word) if kind == FLOAT else draft.ref_constant(word)

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
