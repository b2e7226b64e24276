"""What the traces that led to a bridge have read and found: a slot, or a field of something, that nothing has written since is read again, so that
what their guards found of it holds.

    loop      r1 = read_slot(7)   guard_class(r1, 40)   i2 = load(r1, 32)   guard_true(i2 < 8)   label(..)   ... exit to the first bridge
    bridge    ...                                                                                                exit to the second
    second    r3 = read_slot(7)   i4 = load(r3, 32)     neither is asked for its class or its size; what the bridge does not want is dropped again

So each of the bridges that a chain of `else if` becomes may go back to the LABEL without asking once more what the loop has asked for all of them.
"""

from typing import Final, final

from tracewright.core import operations as op
from tracewright.core import roles
from tracewright.core.arrays import Array
from tracewright.core.effects import SLOTS, WRITES
from tracewright.core.operation_tables import FIRST, IS_RESIDUAL_CALL, IS_STORE, REF_OPERANDS, ROLE, SECOND
from tracewright.jit.optimize.bridge_facts import BridgeFacts
from tracewright.jit.optimize.draft import NO_REF
from tracewright.jit.optimize.emit import ForwardPass
from tracewright.jit.trace.compiled import Exit
from tracewright.jit.trace.trace import Trace

MOST_ANCESTORS: Final = 3
_WRITES_ANYTHING: Final = [roles.GUEST_CALL, roles.RAW_WRITE, roles.STACK_ACCESS]


@final
class Ancestors:
    """The exits that led to a bridge, the last one first; and what the traces have written on the way to them."""

    def __init__(self, emitter: ForwardPass) -> None:
        self.emitter = emitter
        self.written_slots: set[int] = set()
        self.wrote_any_slot = False
        self.written: set[int] = set()  # alias classes
        self.wrote_anything = False

    def learn(self, parent: Exit, translated: Array[int], guards_failed: bool) -> None:
        """Teach the emitter what holds. `translated`: the bridge's refs of the values of the trace that is left at the exit; `guards_failed`: exits are
        taken only where their guards do not hold (which a stress test may have otherwise)."""
        for _ in range(MOST_ANCESTORS):
            self._read_untouched_slots(parent, translated)
            self._load_premises(parent, translated)
            BridgeFacts(self.emitter, parent, translated).learn(guards_failed)
            before = parent.owner.parent
            if before is None:
                return
            self._note_writes(parent.owner.trace, 0, parent.guard)
            translated = self._translated_inputs(parent.owner.trace, before, translated)
            parent = before

    def _translated_inputs(self, bridge: Trace, before: Exit, translated: Array[int]) -> Array[int]:
        """The refs of what a bridge has been given by the exit that it hangs on."""
        given = self.emitter.workspace.numbers(len(before.owner.trace.operations), NO_REF)
        for index in range(len(bridge.operations)):
            if ROLE[bridge.operations[index]] == roles.INPUT and translated[index] != NO_REF:
                given[before.refs[bridge.a[index]]] = translated[index]
        return given

    def _read_untouched_slots(self, parent: Exit, translated: Array[int]) -> None:
        """Slots that the trace has read and nothing has written since hold what it read.

        What the exit hands over anyway is not loaded.
        """
        trace, slots = parent.owner.trace, self.emitter.slots
        for offset in parent.snapshot.offsets:
            self.written_slots.add(offset)
        for index in range(len(trace.operations)):
            operation = trace.operations[index]
            if operation == op.WRITE_SLOT:
                self.written_slots.add(trace.a[index])
            elif ROLE[operation] == roles.GUEST_CALL or (
                IS_RESIDUAL_CALL[operation] and self._touches_slots(trace.a[index])
            ):
                self.wrote_any_slot = True
        if self.wrote_any_slot:
            return
        for index in range(parent.guard):
            if trace.operations[index] == op.READ_SLOT and trace.a[index] not in self.written_slots:
                if translated[index] == NO_REF:
                    translated[index] = slots.read(trace.a[index])
                else:
                    slots.is_read_as(trace.a[index], translated[index])

    def _touches_slots(self, function: int) -> bool:
        return self.emitter.draft.functions[function].effects & SLOTS != 0

    def _load_premises(self, parent: Exit, translated: Array[int]) -> None:
        """What a loop has loaded before its LABEL and no turn changes is loaded again: the LABEL asks the bridge that comes back for just that.

        A store of this turn may be undone by another before the next turn, so that what it writes is not loaded.
        """
        trace, draft = parent.owner.trace, self.emitter.draft
        state = trace.label_state
        if state is None or parent.guard <= trace.label or not self.emitter.options.heap:
            return
        self._note_writes(trace, trace.label, parent.guard)
        for index in state.premises:
            operation = trace.operations[index]
            role, refs = ROLE[operation], REF_OPERANDS[operation]
            if translated[index] != NO_REF or operation == op.WORD_OF or (role != roles.LOAD and role != roles.PURE):
                continue
            a, b = trace.a[index], trace.b[index]
            if role == roles.LOAD and trace.c[index] >= 0 and (self.wrote_anything or trace.c[index] in self.written):
                continue
            if refs & FIRST != 0:
                # (Of `top` the slot map keeps account.)
                if a >= 0 and (translated[a] == NO_REF or trace.operations[a] == op.TRACE_STACK):
                    continue
                a = translated[a] if a >= 0 else draft.constant_of(trace, a)
            if refs & SECOND != 0:
                if b >= 0 and translated[b] == NO_REF:
                    continue
                b = translated[b] if b >= 0 else draft.constant_of(trace, b)
            translated[index] = draft.current(self.emitter.emit(operation, a, b, trace.c[index]))

    def _note_writes(self, trace: Trace, start: int, stop: int) -> None:
        """Note the alias classes that a trace writes from one instruction up to another."""
        for index in range(start, stop):
            operation = trace.operations[index]
            if IS_STORE[operation]:
                self.written.add(trace.c[index])
            elif ROLE[operation] in _WRITES_ANYTHING:
                self.wrote_anything = True
            elif IS_RESIDUAL_CALL[operation]:
                function = self.emitter.draft.functions[trace.a[index]]
                writes = function.writes
                if function.effects & (WRITES | SLOTS) != 0:
                    if writes is None:
                        self.wrote_anything = True
                        return
                    for alias in writes:
                        self.written.add(alias)
