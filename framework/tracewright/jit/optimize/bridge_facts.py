"""What a bridge knows of its parent's values: the parent's guards before the exit held, and the exit's own did not.

    parent   i4 = int_and(i2, 7)   guard_class(r3, 40)   i8 = int_lt(i5, i6)   guard_true(i8) [exit: i4, i5, i6, r3]
    bridge   i0 .. r3 = input(..)          i0 is from 0 to 7, r3 of class 40, int_lt(i1, i2) is 0

The tests of the guards are made once more, as far as what they look at is at hand, and are dropped again unless the bridge asks the same.
Nothing is stored for this: intervals follow from the operation that made a value, everything else from the guards.
"""

from typing import Final, final

from tracewright.core import operations as op
from tracewright.core import roles
from tracewright.core.arrays import Array
from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright.core.kinds import INT, REF
from tracewright.core.operation_tables import CONDITION, FIRST, IS_ALLOCATION, REF_OPERANDS, RESULT, ROLE, SECOND, THIRD
from tracewright.jit.optimize import guards, ranges
from tracewright.jit.optimize.draft import NO_REF, TAG_UNKNOWN, Draft
from tracewright.jit.optimize.emit import ForwardPass
from tracewright.jit.trace.arithmetic import SMALL_MAX, SMALL_MIN
from tracewright.jit.trace.compiled import Exit
from tracewright.jit.trace.label_state import LabelState
from tracewright.jit.trace.trace import KIND_LOOP, Trace

_SHIFTED: Final = [op.INT_ADD, op.INT_ADD_OVF]  # subtractions of constants are additions
_LONGEST: Final = 12  # additions and bridges between a number and the one it comes from
_DEEPEST: Final = 4  # operations that are made again for one test
_NOT_ASKED: Final = NO_REF + 1


def interval_of(parent: Exit, ref: int, depth: int) -> tuple[int, int]:
    """Where a number lies that an exit hands over, as far as it is another one and a constant, in this trace or the ones it hangs on.

        i4 = value_small(r3)   i5 = int_add(i4, -1)   exit: i5          in the bridge on the bridge: i0 = input_int(0)   i1 = int_add(i0, -1)

    So a recursion that counts down boxes its number without asking whether it is still small.
    """
    trace = parent.owner.trace
    everything = (MIN_INT, MAX_INT)
    if ref < 0:
        return trace.constants[~ref], trace.constants[~ref]
    operation = trace.operations[ref]
    if depth == 0 or (ref < trace.label < parent.guard):  # perhaps carried, and another number in every turn
        return everything
    if operation == op.VALUE_SMALL:
        return (SMALL_MIN, SMALL_MAX) if trace.kind != KIND_LOOP else everything
    if ROLE[operation] == roles.INPUT:
        before = parent.owner.parent
        return everything if before is None else interval_of(before, before.refs[trace.a[ref]], depth - 1)
    if operation not in _SHIFTED or trace.b[ref] >= 0:
        return everything
    low, high = interval_of(parent, trace.a[ref], depth - 1)
    added = trace.constants[~trace.b[ref]]
    if not ranges.sum_fits(low, added) or not ranges.sum_fits(high, added):
        return everything
    return low + added, high + added


@final
class BridgeFacts:
    """What holds at one exit, for an emitter that has the refs `translated`."""

    def __init__(self, emitter: ForwardPass, parent: Exit, translated: Array[int]) -> None:
        self.emitter = emitter
        self.draft: Draft = emitter.draft
        self.trace: Trace = parent.owner.trace
        self.exit = parent
        self.translated = translated
        # Of what the bridge does not have: its refs, once asked for.
        self._made: Array[int] = emitter.workspace.numbers(parent.guard, _NOT_ASKED)
        self._carried: set[int] = (
            set()
        )  # before LABEL these stand for their first turn's values, behind it for this turn's
        label = self.trace.label
        if 0 <= label < parent.guard:
            start, count = self.trace.c[label], self.trace.d[label]
            for k in range(start, start + count):
                self._carried.add(self.trace.extra[k])

    def learn(self, guard_failed: bool) -> None:
        """Teach the emitter everything. `guard_failed`: the exit is taken only where its guard does not hold."""
        trace = self.trace
        for ref in self.exit.refs:
            if ref >= 0 and self.translated[ref] >= 0 and ref not in self._carried:
                self._learn_interval(ref)
        state = trace.label_state
        if state is not None and trace.label < self.exit.guard:
            self._learn_label(state)
        for index in range(self.exit.guard):
            operation = trace.operations[index]
            if operation == op.GUARD_CLASS:
                self._learn_class(trace.a[index], trace.b[index])
            elif IS_ALLOCATION[operation]:
                self._learn_class(index, trace.a[index])
            elif ROLE[operation] == roles.GUARD:
                self._learn_guard(index, operation, False)
        if guard_failed:
            self._learn_guard(self.exit.guard, trace.operations[self.exit.guard], True)

    def _learn_interval(self, ref: int) -> None:
        """What numbers the operation gives, whatever its first operand is. The result stands in for that; what is known of it already is not the
        operand's.

            i4 = int_rshift(i3, 28), of which a later guard has found i4 < 12: no reason to believe i4 < 12 >> 28
        """
        trace, operation = self.trace, self.trace.operations[ref]
        if RESULT[operation] != INT or not self.emitter.options.ranges:
            return
        if REF_OPERANDS[operation] & THIRD != 0:
            return
        if REF_OPERANDS[operation] & SECOND != 0 and trace.b[ref] >= 0 and not CONDITION[operation]:
            return
        mine = self.translated[ref]
        if operation in _SHIFTED or ROLE[operation] == roles.INPUT:
            low, high = interval_of(self.exit, ref, _LONGEST)
            ranges.tighten(self.draft, mine, low, high)
            return
        second = trace.b[ref]
        if REF_OPERANDS[operation] & SECOND != 0:
            second = mine if second >= 0 else self.draft.int_constant(trace.constants[~second])
        draft = self.draft
        low, high = draft.low[mine], draft.high[mine]
        draft.low[mine], draft.high[mine] = MIN_INT, MAX_INT
        ranges.set_result(draft, mine, operation, mine, second)
        ranges.tighten(draft, mine, low, high)

    def _learn_label(self, state: LabelState) -> None:
        """What is so at the head of every turn: whoever comes to the LABEL sees to it."""
        draft = self.draft
        for k in range(len(state.refs)):
            ref = state.refs[k]
            if ref < 0 or not state.asked[k] or self.translated[ref] < 0:
                continue
            facts, mine = state.facts[k], self.translated[ref]
            if RESULT[self.trace.operations[ref]] == INT:
                if self.emitter.options.ranges:
                    ranges.tighten(draft, mine, facts.low, facts.high)
            elif facts.class_id >= 0:
                draft.set_class(mine, facts.class_id)
            elif facts.tag != TAG_UNKNOWN:
                draft.tag[mine] = facts.tag

    def _learn_class(self, ref: int, class_id: int) -> None:
        if ref >= 0 and self.translated[ref] >= 0:
            self.draft.set_class(self.translated[ref], class_id)

    def _learn_guard(self, index: int, operation: int, failed: bool) -> None:
        trace, draft = self.trace, self.draft
        match operation:
            case op.GUARD_TRUE | op.GUARD_FALSE:
                test = self._again(trace.a[index], index, _DEEPEST)
                if test >= 0:
                    holds = operation == op.GUARD_TRUE
                    guards.learn(draft, op.GUARD_TRUE if holds != failed else op.GUARD_FALSE, test, 0)
            case op.GUARD_INT | op.GUARD_REF:
                value = self._again(trace.a[index], index, _DEEPEST)
                if value < 0:
                    return
                constant = self._again(trace.b[index], index, 0)
                if constant >= 0 or constant == NO_REF:
                    return
                if not failed:
                    guards.learn(draft, operation, value, constant)
                    return
                equal = op.INT_EQ if operation == op.GUARD_INT else op.REF_EQ
                test = self.emitter.emit(equal, value, constant)
                if test >= 0:
                    guards.learn(draft, op.GUARD_FALSE, test, 0)
            case _:
                pass

    def _again(self, ref: int, user: int, depth: int) -> int:
        """The bridge's ref for what the parent's instruction `user` has found under `ref`; NO_REF where it is not at hand."""
        trace = self.trace
        if ref < 0:
            if trace.constant_kinds[~ref] == INT:
                return self.draft.int_constant(trace.constants[~ref])
            return self.draft.ref_constant(trace.constants[~ref]) if trace.constant_kinds[~ref] == REF else NO_REF
        if user < trace.label and ref in self._carried:
            return NO_REF
        if self.translated[ref] != NO_REF:
            return self.translated[ref]
        if self._made[ref] != _NOT_ASKED:
            return self._made[ref]
        made = NO_REF
        if depth > 0 and ROLE[trace.operations[ref]] == roles.PURE and trace.operations[ref] != op.WORD_OF:
            made = self._make(ref, depth - 1)
        self._made[ref] = made
        return made

    def _make(self, ref: int, depth: int) -> int:
        trace, operation = self.trace, self.trace.operations[ref]
        refs = REF_OPERANDS[operation]
        a, b, c = trace.a[ref], trace.b[ref], trace.c[ref]
        if refs & FIRST != 0:
            a = self._again(a, ref, depth)
            if a == NO_REF:
                return NO_REF
        if refs & SECOND != 0:
            b = self._again(b, ref, depth)
            if b == NO_REF:
                return NO_REF
        if refs & THIRD != 0:
            c = self._again(c, ref, depth)
            if c == NO_REF:
                return NO_REF
        return self.emitter.emit(operation, a, b, c)
