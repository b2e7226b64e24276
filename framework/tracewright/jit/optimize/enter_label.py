"""The end of a trace that comes to a loop: enter at its LABEL with bare numbers, not by way of slots.

    loop     r2 = read_slot(1)   guard_class(r2, 40)   r4 = load_ref(r2, 16, 7)      premises
             label(i8, r9)            slot 3 is the int i8 >= 0; slot 5 is r9
    here     ends with slot 3 = value_of_int(i4), slot 5 = r6
             the premises once more: what is known here folds away, loads are made, guards resume at the head of the loop
             guard_true(int_ge(i4, 0))         unless known
             enter_label(i4, r6, r14)          r14 is the load again: the loop keeps it

Whether it can be is looked at before anything is emitted: the values must be of the right sort now, the way they are while this is
recorded. A guard that fails later leaves for the interpreter, at the head of the loop. What the trace knows better than memory tells
may show while the premises are emitted: then that is taken back.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Final, final

from tracewright.core import operations as op
from tracewright.core import roles
from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright.core.kinds import FLOAT, INT
from tracewright.core.operation_tables import FIRST, REF_OPERANDS, RESULT, ROLE, SECOND
from tracewright.core.value import WORD_FALSE, WORD_TRUE
from tracewright.core.vm_stack import TOP_OFFSET
from tracewright.jit.optimize.boxing import unboxed
from tracewright.jit.optimize.checkpoint import WayBack
from tracewright.jit.optimize.draft import NO_REF, TAG_FLOAT, TAG_INT, TAG_POINTER, TAG_UNKNOWN
from tracewright.jit.trace.arithmetic import (
    GROUP,
    IMPURE,
    compute,
    has_result,
    is_float_word,
    is_pointer_word,
    is_small_word,
)
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.trace.label_state import NOTHING, TOP_IN_MEMORY, TOP_UNKNOWN, Facts, LabelState, Relation
from tracewright.jit.trace.snapshot import AS_IS, BOX_BOOL, BOX_FLOAT, BOX_INT

if TYPE_CHECKING:
    from tracewright.jit.optimize.emit import ForwardPass


_NO_FACTS: Final = Facts(MIN_INT, MAX_INT, TAG_UNKNOWN, -1)


class Present:
    """What the guest's state is while the trace is recorded."""

    @abstractmethod
    def slot(self, offset: int) -> int:
        """The word in slot trace_base + offset."""

    @abstractmethod
    def class_of(self, word: int) -> int:
        """The class id of the object at this address."""

    @abstractmethod
    def field(self, word: int, offset: int) -> int:
        """What the object at this address has there."""


@final
class EnterLabel:
    """One attempt to come to the LABEL of a loop, for a frame with the same trace_base."""

    def __init__(self, emitter: ForwardPass, loop: CompiledTrace, state: LabelState) -> None:
        self.emitter = emitter
        self.loop = loop
        self.trace = loop.trace
        self.state = state
        self._mine: list[int] = [NO_REF] * len(loop.trace.operations)  # what repeating a premise gave
        self._now: dict[int, int] = {}  # words of premises, where they are known

    def enter(self, present: Present) -> bool:
        """Emit the end of the trace; False, with nothing emitted, where it cannot be."""
        if not self._is_here() or not self._premises_suffice() or self.unmet_premise(present) >= 0:
            return False
        state = self.state
        for k in range(len(state.offsets)):
            if not self._fits(k, present):
                return False
        for relation in state.relations:
            if not self._may_hold(relation, present):
                return False
        way_back = WayBack(self.emitter)
        for k in range(len(state.premises)):
            self._repeat(state.premises[k], state.premise_facts[k])
        self._ask_top()
        values = self._carried_values()
        for relation in state.relations:
            answer = self.emitter.emit(
                relation.operation,
                self._side(relation.left, relation.left_slot),
                self._side(relation.right, relation.right_slot),
            )
            self.emitter.guard(op.GUARD_TRUE if relation.holds else op.GUARD_FALSE, answer, 0, None)
        for ref in self.loop.kept_refs:
            values.append(self._mine[ref])
        draft, slots = self.emitter.draft, self.emitter.slots
        if draft.impossible:
            way_back.go()
            return False
        self._flush()
        snapshot = slots.snapshot_here(len(draft.trace.operations))
        for value in values:
            draft.escape(value)
        draft.append_listed(op.ENTER_LABEL, 0, values, snapshot)
        draft.trace.enters = self.loop
        return True

    # --- may it be? --------------------------------------------------------------------------------------------------

    def _is_here(self) -> bool:
        slots, state = self.emitter.slots, self.state
        return slots.pc == state.pc and slots.base_offset == 0 and self.emitter.draft.word(slots.code) == state.code

    def _premises_suffice(self) -> bool:
        """All that the loop keeps, and all that premises are made of, are premises."""
        state, trace = self.state, self.trace
        for ref in self.loop.kept_refs:
            if ref not in state.premises:
                return False
        for index in state.premises:
            refs = REF_OPERANDS[trace.operations[index]]
            if refs & FIRST != 0 and trace.a[index] >= 0 and trace.a[index] not in state.premises:
                return False
            if refs & SECOND != 0 and trace.b[index] >= 0 and trace.b[index] not in state.premises:
                return False
        return True

    def unmet_premise(self, present: Present) -> int:
        """The first guard among the premises that does not hold, as far as words of slots and fields tell; -1 where there is none."""
        trace, now = self.trace, self._now
        for index in self.state.premises:
            operation = trace.operations[index]
            a = self._word(trace.a[index]) if REF_OPERANDS[operation] & FIRST != 0 else None
            b = self._word(trace.b[index]) if REF_OPERANDS[operation] & SECOND != 0 else 0
            if operation == op.READ_SLOT:
                now[index] = present.slot(trace.a[index])
            elif a is None or b is None:
                continue
            elif operation == op.GUARD_TRUE or operation == op.GUARD_FALSE:
                if (a != 0) != (operation == op.GUARD_TRUE):
                    return index
            elif operation == op.GUARD_CLASS:
                if not is_pointer_word(a) or present.class_of(a) != trace.b[index]:
                    return index
            elif operation == op.GUARD_INT or operation == op.GUARD_REF:
                if a != b:
                    return index
            elif operation == op.LOAD or operation == op.LOAD_REF:
                if is_pointer_word(a):
                    now[index] = present.field(a, trace.b[index])
            elif ROLE[operation] == roles.PURE and GROUP[operation] != IMPURE and has_result(operation, a, b):
                now[index] = compute(operation, a, b)
        return -1

    def _word(self, ref: int) -> int | None:
        if ref < 0:
            return self.trace.constants[~ref]
        return self._now[ref] if ref in self._now else None

    def _fits(self, k: int, present: Present) -> bool:
        """Whether a changed slot is now what the LABEL says."""
        state, draft = self.state, self.emitter.draft
        if state.refs[k] == NOTHING and not state.asked[k]:
            return True
        ref = self.emitter.slots.known(state.offsets[k])
        if state.refs[k] < 0 and state.refs[k] != NOTHING:
            same = ref < 0 and ref != NO_REF and draft.word(ref) == self.trace.constants[~state.refs[k]]
            return same and draft.kind(ref) == self.trace.constant_kinds[~state.refs[k]]
        kind, facts = state.boxings[k], self._facts(k)
        number = unboxed(draft, ref, kind)
        word = present.slot(state.offsets[k])
        if kind == BOX_BOOL:
            return number != NO_REF or word == WORD_TRUE or word == WORD_FALSE
        if kind == BOX_FLOAT:
            return number != NO_REF or is_float_word(word)
        if kind == BOX_INT:
            if not is_small_word(word):
                return number != NO_REF and facts.low == MIN_INT and facts.high == MAX_INT
            return facts.low <= compute(op.VALUE_SMALL, word, 0) <= facts.high
        if facts.class_id >= 0 or facts.tag == TAG_POINTER:
            if not is_pointer_word(word):
                return False
            return facts.class_id < 0 or present.class_of(word) == facts.class_id
        return facts.tag == TAG_UNKNOWN or (is_small_word(word) if facts.tag == TAG_INT else is_float_word(word))

    def _may_hold(self, relation: Relation, present: Present) -> bool:
        """Whether a relation holds now, as far as words of slots tell."""
        left = self._present_side(relation.left, relation.left_slot, present)
        right = self._present_side(relation.right, relation.right_slot, present)
        return left is None or right is None or (compute(relation.operation, left, right) == 1) == relation.holds

    def _present_side(self, ref: int, k: int, present: Present) -> int | None:
        if k < 0:
            return self._word(ref)
        word = present.slot(self.state.offsets[k])
        return compute(op.VALUE_SMALL, word, 0) if is_small_word(word) else None

    def _side(self, ref: int, k: int) -> int:
        """An operand of a relation here."""
        return self._operand(ref) if k < 0 else self._value(k)

    def _facts(self, k: int) -> Facts:
        return self.state.facts[k] if self.state.asked[k] else _NO_FACTS

    # --- let it be ---------------------------------------------------------------------------------------------------

    def _operand(self, ref: int) -> int:
        """A premise's operand here."""
        draft, trace = self.emitter.draft, self.trace
        if ref >= 0:
            return self._mine[ref]
        kind, word = trace.constant_kinds[~ref], trace.constants[~ref]
        if kind == INT:
            return draft.int_constant(word)
        return draft.float_constant_of_bits(word) if kind == FLOAT else draft.ref_constant(word)

    def _repeat(self, index: int, facts: Facts) -> None:
        """A premise once more."""
        emitter, trace = self.emitter, self.trace
        operation = trace.operations[index]
        a = self._operand(trace.a[index]) if REF_OPERANDS[operation] & FIRST != 0 else trace.a[index]
        b = self._operand(trace.b[index]) if REF_OPERANDS[operation] & SECOND != 0 else trace.b[index]
        if ROLE[operation] == roles.GUARD:
            emitter.guard(operation, a, b, None)
            return
        if operation == op.LOAD and b == TOP_OFFSET and emitter.draft.operation(a) == op.TRACE_STACK:
            self._mine[index] = emitter.read_top()
        elif operation == op.TRACE_STACK:
            self._mine[index] = emitter.stack_ref()
        else:
            emitter.set_frames(None)
            self._mine[index] = emitter.emit(operation, a, b, trace.c[index])
        if RESULT[operation] == INT:
            self._ask_interval(self._mine[index], facts)
        elif facts.class_id >= 0:
            self._ask_class(self._mine[index], facts.class_id)

    def _ask_top(self) -> None:
        """`top` is what the loop takes it for."""
        emitter, offset = self.emitter, self.state.top_offset
        if offset == TOP_UNKNOWN or offset == TOP_IN_MEMORY:
            return
        base = emitter.emit(op.TRACE_BASE)
        expected = base if offset == 0 else emitter.emit(op.INT_ADD, base, emitter.int_constant(offset))
        self._ask(emitter.emit(op.INT_EQ, emitter.read_top(), expected))

    def _carried_values(self) -> list[int]:
        """The values for LABEL's operands, in their order, made certain by guards."""
        trace, state = self.trace, self.state
        for k in range(len(state.refs)):
            if state.refs[k] == NOTHING and state.asked[k]:
                self._value(k)
        values: list[int] = []
        for position in range(trace.c[trace.label], trace.c[trace.label] + trace.d[trace.label]):
            values.append(self._value(state.refs.index(trace.extra[position])))
        return values

    def _value(self, k: int) -> int:
        emitter, state = self.emitter, self.state
        ref = emitter.slots.read(state.offsets[k])
        kind, facts = state.boxings[k], self._facts(k)
        if kind == AS_IS:
            if facts.class_id >= 0:
                self._ask_class(ref, facts.class_id)
            elif facts.tag == TAG_POINTER:
                self._ask(emitter.emit(op.VALUE_IS_REF, ref))
            elif facts.tag == TAG_INT:
                self._ask(emitter.emit(op.VALUE_IS_SMALL, ref))
            elif facts.tag == TAG_FLOAT:
                self._ask(emitter.emit(op.VALUE_IS_FLOAT, ref))
            return emitter.current(ref)
        number = unboxed(emitter.draft, ref, kind)
        if number == NO_REF:
            number = self._unbox(ref, kind)
        if kind == BOX_INT:
            self._ask_interval(number, facts)
        return emitter.current(number)

    def _unbox(self, ref: int, kind: int) -> int:
        emitter = self.emitter
        if kind == BOX_INT:
            self._ask(emitter.emit(op.VALUE_IS_SMALL, ref))
            return emitter.emit(op.VALUE_SMALL, ref)
        if kind == BOX_FLOAT:
            self._ask(emitter.emit(op.VALUE_IS_FLOAT, ref))
            return emitter.emit(op.VALUE_FLOAT, ref)
        word = emitter.emit(op.WORD_OF, ref)
        true = emitter.int_constant(WORD_TRUE)
        either = emitter.emit(op.INT_OR, word, emitter.int_constant(WORD_TRUE - WORD_FALSE))
        self._ask(emitter.emit(op.INT_EQ, either, true))
        return emitter.emit(op.INT_EQ, word, true)

    def _ask_interval(self, number: int, facts: Facts) -> None:
        emitter = self.emitter
        if facts.low > MIN_INT:
            self._ask(emitter.emit(op.INT_GE, number, emitter.int_constant(facts.low)))
        if facts.high < MAX_INT:
            self._ask(emitter.emit(op.INT_LE, number, emitter.int_constant(facts.high)))

    def _ask_class(self, ref: int, class_id: int) -> None:
        """A Value may be no object at all."""
        if self.emitter.known_class(ref) != class_id:
            self._ask(self.emitter.emit(op.VALUE_IS_REF, ref))
            self.emitter.guard(op.GUARD_CLASS, ref, class_id, None)

    def _ask(self, condition: int) -> None:
        self.emitter.guard(op.GUARD_TRUE, condition, 0, None)

    def _flush(self) -> None:
        """Memory gets the slots that the loop believes to be there, or of which it knows nothing, and `top`."""
        slots, state = self.emitter.slots, self.state
        slots.flush_top()  # first, as in `SlotMap.flush`
        for offset in slots.modified():
            if offset not in state.offsets or state.in_memory[state.offsets.index(offset)]:
                slots.write_to_memory(offset)
