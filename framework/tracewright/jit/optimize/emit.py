"""Emission: every instruction, recorded or copied, passes through here and comes out as a constant, an older ref or itself.

    emit(INT_ADD, i3, 0)          ->  i3
    emit(INT_LT, i3, 10) twice    ->  the same ref
    guard(GUARD_TRUE, that ref)   ->  a guard, and from now on the ref is 1 and i3 at most 9
    guard(GUARD_TRUE, that ref)   ->  nothing

In order: operands are replaced by what is known of them; constants are folded; operands are put in order; rules; intervals; boxing; common
subexpressions. The order is listed, with reasons, in `pipeline.py`.
"""

from tracewright.core import operations as op
from tracewright.core import roles
from tracewright.core.arrays import Words
from tracewright.core.effects import RAISES, SLOTS, WRITES
from tracewright.core.kinds import INT, LETTERS, REF
from tracewright.core.operation_tables import (
    CHECKED,
    COMPARES_INTS,
    CONDITION,
    FIRST,
    FOURTH,
    INVERSE,
    LOAD_OF_STORE,
    REF_OPERANDS,
    RESULT,
    ROLE,
    SECOND,
    SWAPPED,
    THIRD,
    UNCHECKED,
)
from tracewright.core.value import WORD_FALSE, WORD_TRUE
from tracewright.jit.optimize import boxing, calls, guards, heap, ranges, ratios, selects, stack_room, sums
from tracewright.jit.optimize.barriers import may_refer
from tracewright.jit.optimize.boxing import BOOL_SHIFT
from tracewright.jit.optimize.checkpoint import Checkpoint
from tracewright.jit.optimize.draft import FRESH, NO_REF, TAG_FLOAT, TAG_INT, TAG_POINTER, TAG_UNKNOWN, Draft
from tracewright.jit.optimize.merge_guards import note_index_bound
from tracewright.jit.optimize.rules import OPERATION, RULES, Bindings, Pattern, match_rule, result_operand
from tracewright.jit.optimize.slots import ALL_SLOTS, SlotMap
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.arithmetic import GROUP, IMPURE, SMALL_MAX, SMALL_MIN, compute, has_result, is_small_word
from tracewright.jit.trace.snapshot import FrameSnapshot
from tracewright.jit.trace.trace import KIND_BRIDGE
from tracewright.jit.trace.workspace import Workspace


class ForwardPass:
    """The recorder's side of the optimizer, without starting and ending traces (`builder.py`)."""

    def __init__(
        self,
        kind: int,
        cell: int,
        functions: list[FunctionInfo],
        classes: list[ClassInfo],
        options: JitOptions,
    ) -> None:
        self.draft = Draft(kind, cell, functions, classes, options, len(RULES))
        self.slots = SlotMap(self.draft)
        self.options = options
        self.frames: list[FrameSnapshot] | None = None
        self.begun = False  # a guest bytecode has been met
        self.may_raise = False  # the last call may have left an exception
        self.valid_checked = False  # GUARD_VALID still holds
        self._bindings = Bindings()
        self.checkpoint = Checkpoint()
        self.workspace = Workspace()  # for what looks at the whole of this trace, or of another

    def begin(self, kind: int, cell: int) -> None:
        """Start another trace in the memory of the last one."""
        self.draft.begin(kind, cell)
        self.slots.begin()
        self.frames = None
        self.begun = self.may_raise = self.valid_checked = False

    # --- constants ---------------------------------------------------------------------------------------------------

    def int_constant(self, word: int) -> int:
        """The ref of an int constant."""
        return self.draft.int_constant(word)

    def ref_constant(self, word: int) -> int:
        """The ref of a constant reference or Value."""
        return self.draft.ref_constant(word)

    def float_constant(self, value: float) -> int:
        """The ref of a float constant."""
        return self.draft.float_constant(value)

    def is_constant(self, ref: int) -> bool:
        """Whether the ref is known to be a constant by now."""
        return self.draft.current(ref) < 0

    def constant_word(self, ref: int) -> int:
        """The word of a constant ref (a float's bits)."""
        return self.draft.word(self.draft.current(ref))

    def kind_of(self, ref: int) -> str:
        """i, r or f."""
        return LETTERS[self.draft.kind(ref)]

    def current(self, ref: int) -> int:
        """The ref, or the constant that it is known to be by now."""
        return self.draft.current(ref)

    def known_class(self, ref: int) -> int:
        """The exact class id of the object, -1 where unknown. Of constants only what guards have shown."""
        return self.draft.known_class(self.draft.current(ref))

    def known_nonnull(self, ref: int) -> bool:
        """Whether this is surely a heap pointer."""
        ref = self.draft.current(ref)
        if ref < 0:
            return self.draft.word(ref) != 0
        null = self.draft.ref_constant(0)
        shown = self._find_pure(op.REF_NE, ref, null, 0)
        return self.draft.tag[ref] == TAG_POINTER or (shown < 0 and shown != NO_REF and self.draft.word(shown) == 1)

    def assume_class(self, ref: int, class_id: int) -> None:
        """The recorder knows (from `record_exact_class`, say) the exact class."""
        self.draft.set_class(self.draft.current(ref), class_id)

    def assume_range(self, ref: int, low: int, high: int) -> None:
        """The recorder knows, for every execution of this code, that `low <= ref <= high`."""
        if self.options.ranges:
            ranges.tighten(self.draft, self.draft.current(ref), low, high)

    def objects(self) -> Words:
        """The constants of kind r and the trace's cell: who keeps the trace keeps these alive."""
        draft = self.draft
        objects = Words(draft.object_count + 1)
        for place in range(draft.object_count):
            objects[place] = draft.objects[place]
        objects[draft.object_count] = draft.trace.cell
        return objects

    def instruction_count(self) -> int:
        """Instructions so far, for the trace limit."""
        return len(self.draft.trace.operations)

    # --- slots -------------------------------------------------------------------------------------------------------

    @property
    def effects_since_bytecode(self) -> bool:
        """Whether something observable has happened since the guest bytecode started: guards then need frames."""
        return self.slots.effects

    def at_bytecode(self, code_ref: int, pc: int, base_offset: int) -> None:
        """A guest bytecode starts."""
        first = not self.begun
        self.begun = True
        self.slots.at_bytecode(code_ref, pc, base_offset)
        self.frames = None
        if first and self.draft.trace.kind != KIND_BRIDGE:
            self.guard(op.GUARD_VALID, 0, 0, None)

    def read_slot(self, offset: int) -> int:
        """The Value in slot `trace_base + offset`."""
        return self.slots.read(offset)

    def write_slot(self, offset: int, ref: int) -> None:
        """Slot `trace_base + offset` now holds this Value."""
        self.slots.write(offset, self.draft.current(ref))

    def stack_ref(self) -> int:
        """The VMStack that the trace was entered with."""
        return self.slots.stack_ref()

    def read_top(self) -> int:
        """`stack.top`, an int."""
        return self.slots.read_top()

    def write_top(self, ref: int) -> None:
        """`stack.top` is now this int."""
        self.slots.write_top(self.draft.current(ref))

    def flush_slots(self, limit_offset: int = ALL_SLOTS) -> None:
        """Write modified slots below `limit_offset`, and `top`, to memory."""
        self.slots.flush(limit_offset)

    def flush_for_call(self, callee: int, typed_slots: int) -> None:
        """Write what memory must have while a guest function runs, its frame at `trace_base + callee`."""
        self.slots.flush_for_call(callee, typed_slots)

    def forget_slots_from(self, offset: int) -> None:
        """Slots from `offset` on are dead, or somebody else has written them."""
        self.slots.forget_from(offset)

    def set_frames(self, frames: list[FrameSnapshot] | None) -> None:
        """The jitcode frames for checked arithmetic and calls emitted from here on (until the next bytecode or `set_frames`)."""
        self.frames = frames

    def _snapshot(self) -> int:
        frames = self.frames
        if frames is None:
            return self.slots.snapshot_of_start()
        return self.slots.snapshot_with_frames(frames)

    # --- guards ------------------------------------------------------------------------------------------------------

    def guard(self, operation: int, a: int, b: int, frames: list[FrameSnapshot] | None) -> None:
        """Leave the trace here unless the guard holds. `frames`: None where the guest bytecode can start afresh."""
        draft = self.draft
        refs = REF_OPERANDS[operation]
        if refs & FIRST != 0:
            a = draft.current(a)
        if refs & SECOND != 0:
            b = draft.current(b)
        if self.options.guards:
            operation, a, b = guards.reduce(draft, operation, a, b)
            if guards.holds(draft, operation, a, b) or self._holds_already(operation):
                return
        if guards.fails(draft, operation, a, b):
            draft.impossible = True
        snapshot = self.slots.snapshot_of_start() if frames is None else self.slots.snapshot_with_frames(frames)
        draft.last_barrier = draft.append(operation, a, b, 0, 0, snapshot)
        self.may_raise = False
        if operation == op.GUARD_VALID:
            self.valid_checked = True
        if self.options.guards:
            note_index_bound(draft, draft.last_barrier)
            guards.learn(draft, operation, a, b)
            if operation == op.GUARD_TRUE and draft.operation(a) == op.VALUE_IS_FLOAT and self.options.cse:
                self.emit(op.VALUE_FLOAT, draft.trace.a[a])  # at once: code generators open the Value as they test it
            if operation == op.GUARD_TRUE or operation == op.GUARD_FALSE:
                self._settle_bool(a, operation == op.GUARD_TRUE)

    def _settle_bool(self, condition: int, answer: bool) -> None:
        """The Value that has been made of the condition is known, as the condition is: slots may hold it."""
        draft = self.draft
        if condition < 0 or draft.chain_head[op.INT_LSHIFT] < condition or not draft.is_bool(condition):
            return
        shifted = self.find_same(op.INT_LSHIFT, condition, draft.int_constant(BOOL_SHIFT), 0)
        word = NO_REF if shifted < 0 else self.find_same(op.INT_ADD, shifted, draft.int_constant(WORD_FALSE), 0)
        value = NO_REF if word < 0 else self.find_same(op.REF_OF, word, 0, 0)
        if value >= 0:
            draft.replace(value, draft.ref_constant(WORD_TRUE if answer else WORD_FALSE))

    def _holds_already(self, operation: int) -> bool:
        """For the guards on the world rather than on refs."""
        if operation == op.GUARD_NO_EXCEPTION:
            return not self.may_raise
        return operation == op.GUARD_VALID and self.valid_checked

    # --- emission ----------------------------------------------------------------------------------------------------

    def emit(self, operation: int, a: int = 0, b: int = 0, c: int = 0, d: int = 0) -> int:
        """The ref of the result: a constant, an older instruction or a new one."""
        draft = self.draft
        refs = REF_OPERANDS[operation]
        if refs & FIRST != 0:
            a = draft.current(a)
        if refs & SECOND != 0:
            b = draft.current(b)
        if refs & THIRD != 0:
            c = draft.current(c)
        if refs & FOURTH != 0:
            d = draft.current(d)
        match ROLE[operation]:
            case roles.PURE:
                return self._emit_pure(operation, a, b, c)
            case roles.CHECKED:
                return self._emit_checked(operation, a, b)
            case roles.LOAD:
                return self._emit_load(operation, a, b, c)
            case roles.STORE:
                return self._emit_store(operation, a, b, c, d)
            case roles.RAW_LOAD:
                return self._emit_raw_load(operation, a)
            case roles.RAW_WRITE:
                return self._emit_raw_write(operation, a, b, c)
            case roles.ALLOCATION:
                return self._emit_new(operation, a, b)
            case roles.SLOT_READ:
                return self.slots.read(a)
            case roles.SLOT_WRITE:
                self.slots.write(a, b)
                return NO_REF
            case roles.GUEST_CALL:
                return self.call_code(a, b) if operation == op.CALL_CODE else self.call_guest(a, b, [])
            case roles.UNBOXING:
                return self._emit_unboxing(operation, a)
            case roles.TAKING:
                return self._emit_take(operation, a)
        return draft.append(operation, a, b, c, d, -1)

    def _emit_pure(self, operation: int, a: int, b: int, c: int) -> int:
        draft, options = self.draft, self.options
        if REF_OPERANDS[operation] & THIRD != 0:
            return selects.emit(self, operation, a, b, c)
        if options.ranges and options.rules:
            operation = ranges.unsigned_division(draft, operation, a, b)
        refs = REF_OPERANDS[operation]
        two = refs & SECOND != 0
        if options.fold and a < 0 and refs & FIRST != 0 and (not two or b < 0):
            folded = self._fold(operation, a, b)
            if folded != NO_REF:
                return folded
        if operation == op.VALUE_OF_SMALL:
            operation = op.VALUE_OF_INT  # from another trace that is finished
        if two and a < b and SWAPPED[operation] >= 0 and (options.rules or options.cse):
            a, b, operation = b, a, SWAPPED[operation]
        if options.rules:
            found = self._apply_rules(operation, a, b)
            if found == NO_REF:
                found = boxing.simplify(draft, operation, a, b, c)
            if found == NO_REF and options.ranges:
                found = ratios.simplify(self, operation, a, b)
            if found == NO_REF and b < 0 and two and CONDITION[operation]:
                found = self._unwrap_equality(operation, a, b)
            if found != NO_REF:
                if options.ranges and operation == op.INT_TRUNC_MOD:
                    ranges.bound_remainder(draft, found, a, b)
                return found
        if options.ranges and COMPARES_INTS[operation]:
            found = self._settle_comparison(operation, a, b)
            if found != NO_REF:
                return found
            operation = ranges.signed_form(draft, operation, a, b)
        if options.ranges and operation == op.INT_FITS and ranges.decide(draft, operation, a, b) != ranges.UNDECIDED:
            return draft.int_constant(ranges.decide(draft, operation, a, b))
        if options.cse:
            found = self._find_pure(operation, a, b, c)
            if found != NO_REF:
                return found
        if options.ranges:
            operation = ranges.natural_division(draft, operation, a, b)
        ref = draft.append(operation, a, b, c, 0, -1)
        self._set_facts(ref, operation, a, b)
        if operation == op.WORD_OF:  # raw memory operations can reach it
            draft.escape(a)
        return ref

    def _set_facts(self, ref: int, operation: int, a: int, b: int) -> None:
        if RESULT[operation] == INT:
            if self.options.ranges:
                ranges.set_result(self.draft, ref, operation, a, b)
        elif self.options.rules:
            if operation == op.VALUE_OF_INT:
                self.draft.tag[ref] = TAG_INT
                if self.options.ranges and self.draft.small_ints:
                    ranges.tighten(self.draft, a, SMALL_MIN, SMALL_MAX)
                if self.options.ranges:  # of a box: where the number lay when it was made (`finish.py`)
                    self.draft.low[ref], self.draft.high[ref] = self.draft.low_of(a), self.draft.high_of(a)
            elif operation == op.VALUE_OF_FLOAT:
                self.draft.tag[ref] = TAG_FLOAT

    def _fold(self, operation: int, a: int, b: int) -> int:
        """The constant that a row gives for constants, or NO_REF."""
        draft = self.draft
        x, y = draft.word(a), draft.word(b) if REF_OPERANDS[operation] & SECOND != 0 else 0
        if GROUP[operation] == IMPURE or not has_result(operation, x, y):
            return NO_REF
        word = compute(operation, x, y)
        if RESULT[operation] == INT:
            return draft.int_constant(word)
        return draft.ref_constant(word) if RESULT[operation] == REF else draft.float_constant_of_bits(word)

    def _apply_rules(self, operation: int, a: int, b: int) -> int:
        rule = match_rule(self.draft, self._bindings, operation, a, b)
        if rule is None:
            return NO_REF
        self.draft.rule_hits[rule.number] += 1
        result = rule.result
        if result.kind != OPERATION:
            return result_operand(self.draft, self._bindings, result)
        bindings = self._bindings.copy() if rule.is_nested else self._bindings  # emitting matches further rules
        return self._result(result, bindings)

    def _result(self, pattern: Pattern, bindings: Bindings) -> int:
        if pattern.kind != OPERATION:
            return result_operand(self.draft, bindings, pattern)
        first, second = pattern.first, pattern.second
        left = 0 if first is None else self._result(first, bindings)
        right = 0 if second is None else self._result(second, bindings)
        return self.emit(pattern.value, left, right)

    def _unwrap_equality(self, operation: int, a: int, b: int) -> int:
        """A reference or word compared with a constant, asked of what it is made from instead."""
        draft = self.draft
        equal = operation == op.INT_EQ or operation == op.REF_EQ
        word, made_by = draft.word(b), draft.operation(a)
        if operation == op.REF_EQ or operation == op.REF_NE:
            if made_by == op.REF_OF:
                return self.emit(op.INT_EQ if equal else op.INT_NE, draft.trace.a[a], draft.int_constant(word))
            if made_by == op.VALUE_OF_INT and is_small_word(word):
                number = draft.int_constant(compute(op.VALUE_SMALL, word, 0))
                return self.emit(op.INT_EQ if equal else op.INT_NE, draft.trace.a[a], number)
        elif made_by == op.WORD_OF and (operation == op.INT_EQ or operation == op.INT_NE):
            return self.emit(op.REF_EQ if equal else op.REF_NE, draft.trace.a[a], draft.ref_constant(word))
        return NO_REF

    def _settle_comparison(self, operation: int, a: int, b: int) -> int:
        """What intervals say of an int comparison."""
        draft = self.draft
        signed = ranges.signed_form(draft, operation, a, b)
        decided = ranges.decide(draft, signed, a, b)
        if decided == ranges.UNDECIDED:
            decided = sums.decide(draft, signed, a, b)
        if decided != ranges.UNDECIDED:
            return draft.int_constant(decided)
        simpler = ranges.compared_with_zero(draft, operation, a, b)
        if simpler != a:
            return self.emit(operation, simpler, b)
        if operation != op.INT_EQ and operation != op.INT_NE:
            return NO_REF
        if b < 0 and draft.is_bool(a):
            same = (draft.word(b) == 1) == (operation == op.INT_EQ)
            return a if same else self._negated(a)
        wanted = boxing.shifted_equality(draft, a, b)
        if wanted != NO_REF:
            return self.emit(operation, draft.trace.a[a], wanted)
        return NO_REF

    def _negated(self, a: int) -> int:
        """1 - a for a 0-or-1 int that is a comparison, as the inverse comparison; NO_REF for others."""
        operation = self.draft.operation(a)
        if operation < 0 or INVERSE[operation] < 0:
            return NO_REF
        return self.emit(INVERSE[operation], self.draft.trace.a[a], self.draft.trace.b[a])

    def _find_pure(self, operation: int, a: int, b: int, c: int) -> int:
        """An older instruction with this result; for comparisons also what a guard showed of the opposite one."""
        found = self.find_same(operation, a, b, c)
        if found != NO_REF:
            return found
        if CHECKED[operation] >= 0:
            return self.find_same(CHECKED[operation], a, b, c)
        if operation == op.INT_TRUNC_DIV or operation == op.INT_TRUNC_MOD:
            return self.find_same(op.NATURAL_DIV if operation == op.INT_TRUNC_DIV else op.NATURAL_MOD, a, b, c)
        if INVERSE[operation] >= 0:
            opposite = self.find_same(INVERSE[operation], a, b, c)
            if NO_REF < opposite < 0:
                return self.draft.int_constant(1 - self.draft.word(opposite))
        return NO_REF

    def find_same(self, operation: int, a: int, b: int, c: int) -> int:
        """An older instruction like this one; NO_REF where there is none."""
        draft = self.draft
        trace = draft.trace
        limit = -1
        refs = REF_OPERANDS[operation]
        if refs & FIRST != 0:
            limit = max(a, b, -1) if refs & SECOND != 0 else max(a, -1)
        if refs & THIRD != 0:
            limit = max(limit, c)
        index = draft.chain_head[operation]
        while index > limit:
            if trace.a[index] == a and trace.b[index] == b and trace.c[index] == c:
                draft.note_known(index)
                return draft.current(index)
            index = draft.chain[index]
        return NO_REF

    def _emit_checked(self, operation: int, a: int, b: int) -> int:
        """Arithmetic that leaves the trace on overflow."""
        draft, options = self.draft, self.options
        plain = UNCHECKED[operation]
        if options.ranges and ranges.cannot_overflow(draft, operation, a, b):
            return self._emit_pure(plain, a, b, 0)
        if a < b and SWAPPED[operation] >= 0 and (options.rules or options.cse):
            a, b = b, a
        if options.rules:
            found = self._apply_rules(operation, a, b)
            if found != NO_REF:
                return found
        if options.cse:
            found = self.find_same(operation, a, b, 0)
            if found != NO_REF:
                return found
        ref = draft.append(operation, a, b, 0, 0, self._snapshot())
        draft.last_barrier = ref
        self._set_facts(ref, operation, a, b)
        return ref

    def _emit_load(self, operation: int, a: int, b: int, c: int) -> int:
        draft = self.draft
        if self.options.heap:
            found = heap.find(draft, operation, a, b, c)
            if found != NO_REF:
                return found
        ref = draft.append(operation, a, b, c, 0, -1)
        heap.note_access(draft, ref, c)
        if a >= 0 and RESULT[operation] == REF and draft.fresh[a] == FRESH:
            draft.escape_contents(a)  # the result may be one of them
        return ref

    def _restated(self, ref: int) -> int:
        """A Value known to be a number, as a box of the number: a loop that leaves the object to its exits carries the number, not the Value.

        Where the object is made after all, `backward.py` goes back to the Value.
        """
        draft = self.draft
        if ref < 0 or draft.tag[ref] == TAG_UNKNOWN or not (self.options.boxes and self.options.rules):
            return ref
        is_int = draft.tag[ref] == TAG_INT
        box = op.VALUE_OF_INT if is_int else op.VALUE_OF_FLOAT
        if draft.tag[ref] == TAG_POINTER or draft.trace.operations[ref] == box:
            return ref
        number = self.find_same(op.VALUE_SMALL if is_int else op.VALUE_FLOAT, ref, 0, 0)
        if number < 0:
            return ref
        boxed = self.find_same(box, number, 0, 0)
        if boxed == NO_REF:
            boxed = draft.append(box, number, 0, 0, 0, -1)
            draft.tag[boxed] = draft.tag[ref]
        return boxed

    def _emit_store(self, operation: int, a: int, b: int, c: int, d: int) -> int:
        draft = self.draft
        if a >= 0 and draft.fresh[a] == FRESH and (operation == op.STORE_REF or operation == op.STORE_REF_AT):
            d = self._restated(d)
        if self.options.heap and heap.find(draft, LOAD_OF_STORE[operation], a, b, c) == d:
            return NO_REF
        ref = draft.append(operation, a, b, c, d, -1)
        draft.refers_to_nothing[ref] = not may_refer(draft, d)  # later guards may show more, but only for later stores
        heap.note_store(draft, ref, c)
        if a < 0 or draft.fresh[a] != FRESH or a < self.slots.start:
            self.slots.effects = True  # an object made by this bytecode would be made again
        return ref

    def _emit_raw_load(self, operation: int, a: int) -> int:
        draft = self.draft
        if self.options.heap:
            index = draft.chain_head[operation]
            limit = max(a, draft.last_write)
            while index > limit:
                if draft.trace.a[index] == a:
                    return draft.current(index)
                index = draft.chain[index]
        ref = draft.append(operation, a, 0, 0, 0, -1)
        draft.last_barrier = ref
        self._set_facts(ref, operation, a, 0)
        return ref

    def _emit_raw_write(self, operation: int, a: int, b: int, c: int) -> int:
        ref = self.draft.append(operation, a, b, c, 0, -1)
        if operation == op.COPY_MEMORY or operation == op.ZERO_MEMORY:
            heap.forget_all(self.draft, ref)
        else:  # bytes of a block: fields and items are what they were (`hints.follow_raw_memory`)
            self.draft.last_write = ref
        self.slots.effects = True
        return ref

    def _emit_new(self, operation: int, a: int, b: int) -> int:
        draft = self.draft
        ref = draft.append(operation, a, b, 0, 0, -1)
        draft.fresh[ref] = FRESH
        draft.set_class(ref, a)
        return ref

    def _emit_take(self, operation: int, a: int) -> int:
        """TAKE_EXCEPTION of a class id."""
        ref = self.draft.append(operation, a, 0, 0, 0, -1)
        self.draft.set_class(ref, a)
        return ref

    def _emit_unboxing(self, operation: int, a: int) -> int:
        """The bare number of a Value that another frame's code has made: behind it, the Value's kind is known."""
        draft = self.draft
        ref = draft.append(operation, a, 0, 0, 0, self._snapshot())
        draft.last_barrier = ref
        if operation == op.RESULT_INT and a >= 0 and self.options.rules:
            draft.tag[a] = TAG_INT
        return ref

    def arguments_are_ints(self, slots: list[int]) -> None:
        """At the very start of a function: the ints of these slots are numbers that callers may pass bare, and memory need not have
        them."""
        draft = self.draft
        snapshot = self.slots.snapshot_here(len(draft.trace.operations))
        numbers = [draft.append(op.ARGUMENT_INT, slot, 0, 0, 0, snapshot) for slot in slots]
        for k in range(len(slots)):
            self.slots.write(slots[k], self.emit(op.VALUE_OF_INT, numbers[k]))

    def call_guest(self, cell: int, offset: int, numbers: list[int]) -> int:
        """A call of the compiled code in a cell, for the frame at `trace_base + offset`, with these ints for its typed slots."""
        draft, start = self.draft, len(self.draft.trace.extra)
        draft.trace.extra.extend([draft.current(number) for number in numbers])
        ref = draft.append(op.CALL_GUEST, draft.current(cell), offset, start, len(numbers), self._snapshot())
        return self._guest_called(ref)

    def call_code(self, code: int, offset: int) -> int:
        """A call of the guest code in a variable, for the frame at `trace_base + offset`."""
        ref = self.draft.append(op.CALL_CODE, self.draft.current(code), offset, 0, 0, self._snapshot())
        return self._guest_called(ref)

    def _guest_called(self, ref: int) -> int:
        heap.forget_all(self.draft, ref)
        stack_room.after_call(self.draft, self.draft.current(self.slots.top))
        self.slots.effects, self.may_raise, self.valid_checked = True, True, False
        return ref

    def call(self, operation: int, function_number: int, arguments: list[int]) -> int:
        """A call of a native function."""
        draft = self.draft
        function = draft.functions[function_number]
        arguments = [draft.current(ref) for ref in arguments]
        if function.elidable and self.options.calls:
            found = calls.find(draft, operation, function_number, arguments)
            if found != NO_REF:
                self.may_raise = False  # it returned the first time
                return found
        ref = draft.append_listed(operation, function_number, arguments, -1)
        for argument in arguments:
            draft.escape(argument)
        heap.note_call(draft, ref, function)
        if not function.elidable and function.effects & (WRITES | SLOTS) != 0:
            self.slots.effects = True
            self.valid_checked = False
            stack_room.after_call(draft, draft.current(self.slots.top))
        self.may_raise = function.effects & RAISES != 0
        return ref
