"""An open LABEL: one that bridges can come to, because the body knows nothing of the slots that the loop changes but what is written down.

    first copy ends with      slot 3 = value_of_int(i7), i7 = int_add(i2, 1), i7 >= 1       slot 5 = r6, a number? an object? not known
    then                      i8 = same_int(i7)      r9 = same_ref(r6)
                              label(i8, r9)
    the body starts with      slot 3 = value_of_int(i8), i8 >= 1        slot 5 = r9

The body cannot see that i8 is i2 + 1, so it relies on no relation between slots but those below. What it relies on is written down, in the `LabelState`:
facts about the slots, relations, and the premises: results of the first copy that no turn changes, with the guards on them.

Where what the turn has written as a constant contradicts a guard of the next turn, the LABEL is widened, for other ways through the loop bring
other numbers, and they enter here:

    guard_true(int_lt(i3, i2)), i3 an item, i2 = value_small(read_slot(4))        slot 4 := 0 at the end
    i8 = same_int(0)      label(i8)      the body: guard_true(int_lt(i9, i8))

What is known of a changed int beside something else holds in each turn, if it is asked again at the end:

    first copy ends with      i8 = int_lt(i7, i3), which is 1: the loop's own test, say
    the body relies on        i10 = int_lt(i9, i3): so an index below a length is not tested twice
    and ends with             guard_true(int_lt(i12, i3)), i12 what i9 is next; it folds away where the turn has asked that

A loop that carries objects it has not allocated yet (virtuals) keeps the closed LABEL of `peel.py`: its fields are carried instead, under no slot's name.
Where most turns go by bridges, which then cannot enter, it is compiled anew and allocates them (`TraceBuilder.close_loop`, `enterable`).
"""

from typing import Final, final

from tracewright.core import operations as op
from tracewright.core import roles
from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright.core.kinds import FLOAT, INT
from tracewright.core.operation_tables import FIRST, REF_OPERANDS, RESULT, ROLE, SECOND, SWAPPED, THIRD
from tracewright.core.value import WORD_FALSE
from tracewright.jit.optimize import boxing
from tracewright.jit.optimize.draft import FRESH, NO_REF, TAG_FLOAT, TAG_INT, TAG_UNKNOWN, Draft
from tracewright.jit.optimize.emit import ForwardPass
from tracewright.jit.optimize.finish import Finisher
from tracewright.jit.optimize.sums import COMPARISONS, MOST_LOOKED_AT
from tracewright.jit.trace.label_state import NOTHING, TOP_IN_MEMORY, TOP_UNKNOWN, Facts, LabelState, Relation
from tracewright.jit.trace.snapshot import AS_IS, BOX_BOOL, BOX_FLOAT, BOX_INT

_SAME: Final = [op.SAME_INT, op.SAME_REF, op.SAME_FLOAT]  # by kind
# Roles of premises: what another trace can do again.
REPEATABLE: Final = [roles.PURE, roles.CHECKED, roles.LOAD, roles.RAW_LOAD, roles.SLOT_READ]
_BOUND: Final = 1 << 62  # intervals that reach beyond this are not worth a guard


def may_be_open(emitter: ForwardPass) -> bool:
    """Whether the loop changes only slots that hold numbers and objects which exist."""
    draft, slots, options = emitter.draft, emitter.slots, emitter.options
    if not (options.boxes and options.rules and options.ranges):
        return False
    if not slots.top_is_clean() and base_offset(draft, draft.current(slots.top)) == TOP_UNKNOWN:
        return False
    for offset in slots.offsets:
        ref = slots.known(offset)
        if ref >= 0 and draft.fresh[ref] == FRESH:
            return False
    return True


def base_offset(draft: Draft, ref: int) -> int:
    """k where the ref is trace_base + k, else TOP_UNKNOWN."""
    operation = draft.operation(ref)
    if operation == op.TRACE_BASE:
        return 0
    if operation == op.INT_ADD and draft.operation(draft.trace.a[ref]) == op.TRACE_BASE and draft.trace.b[ref] < 0:
        return draft.word(draft.trace.b[ref])
    return TOP_UNKNOWN


@final
class OpenLabel:
    """The changed slots of a loop under new names."""

    def __init__(self, emitter: ForwardPass, widened: bool) -> None:
        self.emitter = emitter
        self.widened = widened
        self.has_widened = False
        self._values: list[int] = []  # per changed slot: what it holds after LABEL
        self._relations: list[Relation] = []  # per instruction of `draft.assumed`
        self.state = LabelState()  # its refs are the draft's until `finished_state`
        draft, slots = emitter.draft, emitter.slots
        self.state.pc = slots.pc
        self.state.code = draft.word(slots.code)
        self.state.top_offset = self._top()
        for offset in slots.offsets:
            ref = slots.known(offset)
            if ref != NO_REF and not slots.is_as_read(offset):
                self._rename(offset, ref)

    def _assume_relations(self) -> None:
        """Comparisons of what is renamed with each other and with what was there before."""
        draft = self.emitter.draft
        names: dict[int, int] = {}
        for k in range(len(self.state.refs)):
            name = self.state.refs[k]
            if name >= 0 and self.state.boxings[k] == BOX_INT:
                names[draft.trace.a[name]] = name
        start = len(draft.trace.operations)
        for operation in COMPARISONS:
            index = draft.chain_head[operation]
            looked_at = 0
            while index >= 0 and looked_at < MOST_LOOKED_AT:
                self._assume_relation(names, index)
                index = draft.chain[index]
                looked_at += 1
        draft.assumed.begin(start, len(draft.trace.operations))

    def _assume_relation(self, names: dict[int, int], index: int) -> None:
        draft = self.emitter.draft
        a, b = draft.trace.a[index], draft.trace.b[index]
        outcome = draft.replacement[index]
        if outcome == NO_REF or a < 0 or b < 0 or not (a in names or b in names):
            return
        left, right, operation = names.get(a, a), names.get(b, b), draft.trace.operations[index]
        if left < right:
            left, right, operation = right, left, SWAPPED[operation]
        relation = draft.append(operation, left, right, 0, 0, -1)
        draft.low[relation], draft.high[relation] = 0, 1
        draft.replace(relation, outcome)
        self._relations.append(Relation(operation, draft.word(outcome) == 1, left, right))

    def confirm_relations(self, becomes: list[int]) -> None:
        """At the end of the body: what it has made use of holds for the next turn, too."""
        emitter = self.emitter
        asked = emitter.draft.assumed.asked
        for k in range(len(self._relations)):
            if asked[k]:
                relation = self._relations[k]
                self.state.relations.append(relation)
                answer = emitter.emit(relation.operation, becomes[relation.left], becomes[relation.right])
                emitter.guard(op.GUARD_TRUE if relation.holds else op.GUARD_FALSE, answer, 0, None)

    def _top(self) -> int:
        draft, slots = self.emitter.draft, self.emitter.slots
        if slots.top == NO_REF:
            return TOP_UNKNOWN
        offset = base_offset(draft, draft.current(slots.top))
        return TOP_IN_MEMORY if offset == TOP_UNKNOWN else offset

    def _rename(self, offset: int, ref: int) -> None:
        """A constant stays one: what the loop has written as such (unless the LABEL is `widened`). What guards have shown to be one is a
        number like others, for on another way through the loop it is another."""
        draft, state = self.emitter.draft, self.state
        kind, number = AS_IS, ref
        if ref >= 0:
            kind, number = self._boxing_of(ref)
        name, facts = number, Facts(MIN_INT, MAX_INT, TAG_UNKNOWN, -1)
        if number < 0 and self.widened and self._began_as_another(offset, ref):
            kind, name = self._widened(ref)
            self.has_widened = True
            if kind == BOX_BOOL:
                facts.low, facts.high = 0, 1
            draft.low[name], draft.high[name] = facts.low, facts.high
        elif number >= 0:
            name = draft.append(_SAME[RESULT[draft.trace.operations[number]]], number, 0, 0, 0, -1)
            facts = facts_of(draft, number)
            if kind == BOX_BOOL:
                facts.low, facts.high = 0, 1
            elif facts.low == facts.high:
                facts.low, facts.high = MIN_INT, MAX_INT
            draft.low[name], draft.high[name] = facts.low, facts.high
            draft.tag[name], draft.class_id[name] = facts.tag, facts.class_id
        state.offsets.append(offset)
        state.boxings.append(kind)
        state.in_memory.append(self.emitter.slots.is_clean(offset))
        state.refs.append(name)
        state.facts.append(facts)

    def _began_as_another(self, offset: int, constant: int) -> bool:
        """Whether the turn has read this slot, before it wrote the constant, and not found the same."""
        read = self.emitter.slots.first_read(offset)
        return read != NO_REF and self.emitter.draft.current(read) != constant

    def _widened(self, constant: int) -> tuple[int, int]:
        """How a Value is boxed that was written as a constant, and a new name for the number in it: any number of its kind may come."""
        draft = self.emitter.draft
        for kind in (BOX_INT, BOX_FLOAT, BOX_BOOL):
            number = boxing.unboxed(draft, constant, kind)
            if number != NO_REF:
                return kind, draft.append(_SAME[FLOAT if kind == BOX_FLOAT else INT], number, 0, 0, 0, -1)
        return AS_IS, draft.append(op.SAME_REF, constant, 0, 0, 0, -1)

    def _boxing_of(self, ref: int) -> tuple[int, int]:
        """How a slot's Value is boxed, and the number in it."""
        draft = self.emitter.draft
        match draft.operation(ref):
            case op.VALUE_OF_INT:
                return BOX_INT, draft.trace.a[ref]
            case op.VALUE_OF_FLOAT:
                return BOX_FLOAT, draft.trace.a[ref]
            case op.REF_OF:
                number = boxing.bool_of(draft, draft.trace.a[ref])
                if number != NO_REF:
                    return BOX_BOOL, number
        return AS_IS, ref

    def restate_slots(self) -> None:
        """After LABEL: the slots hold the new names, boxed."""
        emitter, state = self.emitter, self.state
        draft, slots = emitter.draft, emitter.slots
        for k in range(len(state.offsets)):
            name = state.refs[k]
            if name < 0:
                self._values.append(name)
                continue
            value = name
            if state.boxings[k] == BOX_INT:
                value = draft.append(op.VALUE_OF_INT, name, 0, 0, 0, -1)
                draft.tag[value] = TAG_INT
            elif state.boxings[k] == BOX_FLOAT:
                value = draft.append(op.VALUE_OF_FLOAT, name, 0, 0, 0, -1)
                draft.tag[value] = TAG_FLOAT
            elif state.boxings[k] == BOX_BOOL:
                shifted = emitter.emit(op.INT_LSHIFT, name, emitter.int_constant(3))
                value = emitter.emit(op.REF_OF, emitter.emit(op.INT_ADD, shifted, emitter.int_constant(WORD_FALSE)))
            self._values.append(value)
            slots.restate(state.offsets[k], value)
            if state.in_memory[k]:
                slots.confirm(state.offsets[k], value)
        self._assume_relations()

    def is_asked(self, k: int) -> bool:
        """Whether the body has read the slot before it wrote it: then it may have made use of what was known of it."""
        return self.emitter.slots.asked.get(self._values[k]) != 0

    def next_values(self) -> list[int]:
        """At the end of the body: what each new name is in the next turn, NO_REF where that has another boxing."""
        emitter, state = self.emitter, self.state
        draft = emitter.draft
        values: list[int] = []
        for k in range(len(state.offsets)):
            if state.refs[k] < 0:
                continue
            ref = emitter.slots.known(state.offsets[k])
            value = boxing.unboxed(draft, ref, state.boxings[k])
            if value == NO_REF and ref >= 0:
                if state.boxings[k] == BOX_INT and draft.tag[ref] == TAG_INT:
                    value = emitter.emit(op.VALUE_SMALL, ref)
                elif state.boxings[k] == BOX_FLOAT and draft.tag[ref] == TAG_FLOAT:
                    value = emitter.emit(op.VALUE_FLOAT, ref)
            values.append(value)
        return values


def facts_of(draft: Draft, ref: int) -> Facts:
    """What is worth asking of whoever brings this value."""
    low, high = draft.low[ref], draft.high[ref]
    return Facts(
        low if low > -_BOUND else MIN_INT, high if high < _BOUND else MAX_INT, draft.tag[ref], draft.class_id[ref]
    )


def finished_state(opened: OpenLabel, finisher: Finisher) -> LabelState | None:
    """The state in terms of the finished trace; None where the body relies on more than it says."""
    liveness, state = finisher.liveness, opened.state
    draft = liveness.draft
    if draft.relied_stores:
        return None
    for ref in range(liveness.label):
        if liveness.carried[ref] and ref not in state.refs:
            return None
    names = state.refs.copy()
    for k in range(len(state.refs)):
        ref = state.refs[k]
        if ref >= 0 and liveness.real[ref] and not liveness.carried[ref]:
            return None  # a changed slot that never changes
        state.refs[k] = finisher.final_ref(ref) if ref < 0 or liveness.carried[ref] else NOTHING
        state.asked.append(opened.is_asked(k))
    fixed = _add_premises(state, finisher)
    for relation in state.relations:
        if not _finish_relation(relation, names, fixed, finisher):
            return None
    return None if _relies_on_last_turn(names, fixed, finisher) else state


def _finish_relation(relation: Relation, names: list[int], fixed: list[bool], finisher: Finisher) -> bool:
    """A relation in terms of the finished trace; False where it is with something that nobody else can say."""
    for operand in (relation.left, relation.right):
        if operand not in names and not fixed[operand]:
            return False
    relation.left_slot = names.index(relation.left) if relation.left in names else -1
    relation.right_slot = names.index(relation.right) if relation.right in names else -1
    relation.left = finisher.final_ref(relation.left) if relation.left_slot < 0 else NOTHING
    relation.right = finisher.final_ref(relation.right) if relation.right_slot < 0 else NOTHING
    return True


def _relies_on_last_turn(names: list[int], fixed: list[bool], finisher: Finisher) -> bool:
    """Whether the body has made use of something that each turn finds out anew, so that nobody else can say it.

    r1 = read_slot(8)     i2 = load(r1, 96)     guard_false(i2)               the first copy
    residual call, which may write slots
    r4 = read_slot(8)     i5 = load(r4, 96)     guard_false(i5)
    label()               r1 becomes r4, and what the guard asks is known     the body

    r4 is in no operand of LABEL, for nothing but the guard that is gone has asked for it.
    """
    liveness = finisher.liveness
    draft, label = finisher.draft, liveness.label
    for index in range(label):
        becomes, role = liveness.becomes[index], ROLE[draft.trace.operations[index]]
        if 0 <= becomes < label and liveness.real[becomes] and not fixed[becomes] and becomes not in names:
            return True
        if (role == roles.LOAD or role == roles.RAW_LOAD) and becomes < 0 and becomes != NO_REF:
            if draft.current(index) != becomes:
                return True  # a guard behind this load has shown that it is constant
    return False


def _add_premises(state: LabelState, finisher: Finisher) -> list[bool]:
    """Results of the first copy that no turn changes (or that are constant from the second on), and guards on such; gives which they are."""
    liveness, draft = finisher.liveness, finisher.draft
    trace = draft.trace
    fixed = [False] * liveness.label
    for index in range(liveness.label):
        operation = trace.operations[index]
        role, refs, becomes = ROLE[operation], REF_OPERANDS[operation], liveness.becomes[index]
        if not liveness.real[index] or operation == op.GUARD_VALID or operation == op.GUARD_NO_EXCEPTION:
            continue
        if role != roles.GUARD and (
            (becomes != index and (becomes >= 0 or becomes == NO_REF)) or role not in REPEATABLE
        ):
            continue
        if refs & THIRD != 0:
            continue  # a select that no turn changes: `enter_label.py` repeats what has two operands
        if refs & FIRST != 0 and trace.a[index] >= 0 and not fixed[trace.a[index]]:
            continue
        if refs & SECOND != 0 and trace.b[index] >= 0 and not fixed[trace.b[index]]:
            continue
        fixed[index] = True
        state.premises.append(finisher.final_ref(index))
        state.premise_facts.append(facts_of(draft, index))
    return fixed
