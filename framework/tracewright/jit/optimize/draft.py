"""A trace while it is written, with everything known so far about each of its refs.

    i5 = load(r2, 8, 7)
    guard_true(uint_lt(i5, 10))      ->  low[i5] = 0, high[i5] = 9, and the comparison is replaced by the constant 1

All facts are lists indexed by instruction, so that the hot path does no hashing and makes no objects. A fact holds from the
present end of the draft on. It must follow from the instructions alone, for *whatever* slots and heap the trace is entered with: the
second copy of a peeled loop uses the facts of the first, and relies on them being true of every turn (`peel.py`).
"""

from typing import Final, final

from tracewright.core.arrays import Array, Words, copy_items
from tracewright.core.integers import MAX_INT, MIN_INT, bits_of_float, float_of_bits
from tracewright.core.kinds import FLOAT, INT, REF
from tracewright.core.operation_tables import RESULT
from tracewright.jit.optimize.constants import ConstantTable
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.trace import Trace
from tracewright.lib.array_fill import fill

NO_REF: Final = -(1 << 40)  # neither an instruction nor a constant
NOTHING_GRANTED: Final = -(1 << 40)

# What a reference is known to be (`tag`).
TAG_UNKNOWN: Final = 0
TAG_INT: Final = 1  # a Value that is an int
TAG_FLOAT: Final = 2
TAG_POINTER: Final = 3  # a heap pointer, not null

# How an allocation stands (`fresh`).
NOT_FRESH: Final = 0
FRESH: Final = 1  # allocated in this trace, and nothing but the trace can reach it
ESCAPED: Final = 2  # allocated in this trace, but stored or passed somewhere

_FIRST_OBJECTS: Final = 64
_FIRST_ROOM: Final = 512


@final
class Assumed:
    """Neighbouring instructions that are known from the beginning, and which of them have been asked about."""

    def __init__(self) -> None:
        self.start = 0
        self.stop = 0
        self.asked: list[bool] = []

    def begin(self, start: int, stop: int) -> None:
        """From now on these; nobody has asked."""
        self.start = start
        self.stop = stop
        self.asked = [False] * (stop - start)


@final
class Draft:
    """The growing trace, its interned constants, its per-operation chains and its facts."""

    def __init__(
        self,
        kind: int,
        cell: int,
        functions: list[FunctionInfo],
        classes: list[ClassInfo],
        options: JitOptions,
        rule_count: int,
    ) -> None:
        self.trace = Trace(kind, cell)
        self.functions = functions
        self.classes = classes
        self.options = options
        self.floor = -1  # rules that make new instructions do not look inside refs up to here (the label)
        self.impossible = False  # a guard was met that cannot hold
        self.relied_stores = False  # the second copy of a loop has taken a value from a store of the first
        self.relies_on_stores = True  # and may do so
        self.assumed = (
            Assumed()
        )  # comparisons of the second copy that hold whenever its LABEL is come to (`open_label.py`)
        self.small_ints = False  # the language never makes a Value of an int beyond 51 bits
        # Chains: the latest instruction of an operation, and for each instruction the one before it of the same operation.
        self.chain_head: Array[int] = Array(len(RESULT), -1)
        self.chain: Array[int] = Array(_FIRST_ROOM, -1)
        # The same for loads and stores of one alias class; nothing up to `clobbered` is known any more.
        # (Of a program's many alias classes a trace touches a few: what another trace has left for a class is void.)
        self.memory_head: list[int] = []
        self.memory_chain: Array[int] = Array(_FIRST_ROOM, -1)
        self.clobbered: list[int] = []
        self.alias_generation: list[int] = []
        self.generation = 0
        self.clobbered_all = -1
        self.last_write = -1  # latest instruction that may have changed heap memory
        self.last_barrier = -1  # latest instruction at which memory must be as the program has it: guard, call
        self.granted = NOTHING_GRANTED  # slots above `trace_base` that fit the VM stack (`stack_room.py`)
        # Rows of so many places; behind the last instruction stands what is known of nothing yet, so that adding one writes none of them.
        self.room = _FIRST_ROOM
        self.killed: Array[bool] = Array(_FIRST_ROOM, False)  # stores that a later store made void
        self.refers_to_nothing: Array[bool] = Array(
            _FIRST_ROOM, False
        )  # stores of words that are no heap pointers: as known when they were emitted
        # Facts.
        self.low: Array[int] = Array(_FIRST_ROOM, MIN_INT)
        self.high: Array[int] = Array(_FIRST_ROOM, MAX_INT)
        self.tag: Array[int] = Array(_FIRST_ROOM, TAG_UNKNOWN)
        self.class_id: Array[int] = Array(_FIRST_ROOM, -1)
        self.tag_at_label: Array[int] = Array(
            _FIRST_ROOM, TAG_UNKNOWN
        )  # what was known when the second copy of a loop began
        self.fresh: Array[int] = Array(_FIRST_ROOM, NOT_FRESH)
        self.replacement: Array[int] = Array(_FIRST_ROOM, NO_REF)
        self.constant_class: list[int] = []
        self.index_bounds: list[
            int
        ] = []  # guards that an index is below a bound which is not negative (`merge_guards.py`)
        self._escaped_at: dict[
            int, int
        ] = {}  # of ESCAPED allocations: the latest instruction when something else could reach them
        # Which fresh objects hold which: when a container escapes, so do its contents.
        self.containers: list[int] = []
        self.contents: list[int] = []
        self._constants = ConstantTable()
        self.objects = Words(_FIRST_OBJECTS)  # the words of all constants of kind r: the collector finds them here
        self.object_count = 0
        self.rule_hits: Array[int] = Array(rule_count, 0)

    def begin(self, kind: int, cell: int) -> None:
        """Forget everything and start another trace. The memory of the last one is used again."""
        self._forget_all_facts()
        self.trace.begin(kind, cell)
        self.floor = self.clobbered_all = self.last_write = self.last_barrier = -1
        self.granted = NOTHING_GRANTED
        self.impossible = self.relied_stores = False
        self.assumed.begin(0, 0)
        self.relies_on_stores = True
        for column in (self.constant_class, self.index_bounds, self.containers, self.contents):
            del column[:]
        fill(self.chain_head, len(self.chain_head), -1)
        self.generation += 1
        fill(self.rule_hits, len(self.rule_hits), 0)
        self._constants.clear()
        self._escaped_at.clear()
        for place in range(self.object_count):
            self.objects[place] = 0
        self.object_count = 0

    def knows_alias(self, alias: int) -> bool:
        """Whether the trace has touched this alias class."""
        return alias < len(self.alias_generation) and self.alias_generation[alias] == self.generation

    def reach_alias(self, alias: int) -> None:
        """The trace is about to touch this alias class."""
        if self.knows_alias(alias):
            return
        while len(self.alias_generation) <= alias:
            self.alias_generation.append(-1)
            self.memory_head.append(-1)
            self.clobbered.append(-1)
        self.alias_generation[alias] = self.generation
        self.memory_head[alias] = self.clobbered[alias] = -1

    def append(self, operation: int, a: int, b: int, c: int, d: int, snapshot: int) -> int:
        """Add an instruction as it is, with no facts; gives its ref."""
        index = self.trace.append(operation, a, b, c, d, snapshot)
        if index == self.room:
            self._make_room()
        self.chain[index] = self.chain_head[operation]
        self.chain_head[operation] = index
        return index

    def _make_room(self) -> None:
        """Twice as many places in all rows."""
        room = 2 * self.room
        self.chain = _longer(self.chain, room, -1)
        self.memory_chain = _longer(self.memory_chain, room, -1)
        self.killed = _longer_flags(self.killed, room)
        self.refers_to_nothing = _longer_flags(self.refers_to_nothing, room)
        self.low = _longer(self.low, room, MIN_INT)
        self.high = _longer(self.high, room, MAX_INT)
        self.tag = _longer(self.tag, room, TAG_UNKNOWN)
        self.class_id = _longer(self.class_id, room, -1)
        self.tag_at_label = _longer(self.tag_at_label, room, TAG_UNKNOWN)
        self.fresh = _longer(self.fresh, room, NOT_FRESH)
        self.replacement = _longer(self.replacement, room, NO_REF)
        self.room = room

    def _forget_all_facts(self) -> None:
        count = len(self.trace.operations)
        fill(self.memory_chain, count, -1)
        fill(self.killed, count, False)
        fill(self.refers_to_nothing, count, False)
        fill(self.low, count, MIN_INT)
        fill(self.high, count, MAX_INT)
        fill(self.tag, count, TAG_UNKNOWN)
        fill(self.class_id, count, -1)
        fill(self.fresh, count, NOT_FRESH)
        fill(self.replacement, count, NO_REF)

    def _forget_facts_from(self, start: int) -> None:
        for index in range(start, len(self.trace.operations)):
            self.memory_chain[index] = -1
            self.killed[index] = self.refers_to_nothing[index] = False
            self.low[index], self.high[index] = MIN_INT, MAX_INT
            self.tag[index], self.class_id[index] = TAG_UNKNOWN, -1
            self.fresh[index], self.replacement[index] = NOT_FRESH, NO_REF

    def truncate(self, count: int, snapshots: int, positions: int) -> None:
        """Drop everything from instruction `count` on. What is known of those before it may rest on what is dropped: `Checkpoint.restore`
        puts back what it was."""
        trace = self.trace
        for operation in range(len(self.chain_head)):
            while self.chain_head[operation] >= count:
                self.chain_head[operation] = self.chain[self.chain_head[operation]]
        for alias in range(len(self.memory_head)):
            while self.knows_alias(alias) and self.memory_head[alias] >= count:
                self.memory_head[alias] = self.memory_chain[self.memory_head[alias]]
        self._forget_facts_from(count)
        for column in (trace.operations, trace.a, trace.b, trace.c, trace.d, trace.snapshot_of):
            del column[count:]
        while len(self.index_bounds) > 0 and self.index_bounds[-1] >= count:
            self.index_bounds.pop()
        del trace.snapshots[snapshots:]
        del trace.positions[positions:]
        self.impossible = False

    def append_listed(self, operation: int, a: int, operands: list[int], snapshot: int) -> int:
        """Add an instruction whose further operands live in the side list."""
        start = len(self.trace.extra)
        self.trace.extra.extend(operands)
        return self.append(operation, a, 0, start, len(operands), snapshot)

    def _constant(self, kind: int, word: int) -> int:
        number = self._constants.find(self.trace, kind, word)
        if number >= 0:
            return ~number
        ref = self.trace.constant(kind, word)
        self._constants.enter(self.trace, ~ref)
        self.constant_class.append(-1)
        if kind == REF:
            self._keep(word)
        return ref

    def _keep(self, word: int) -> None:
        """Keep the object at this address alive, if it is one."""
        if self.object_count == len(self.objects):
            larger = Words(2 * self.object_count)
            for place in range(self.object_count):
                larger[place] = self.objects[place]
            self.objects = larger
        self.objects[self.object_count] = word
        self.object_count += 1

    def int_constant(self, word: int) -> int:
        """The shared constant of kind i."""
        return self._constant(INT, word)

    def ref_constant(self, word: int) -> int:
        """The shared constant of kind r."""
        return self._constant(REF, word)

    def float_constant(self, value: float) -> int:
        """The shared constant of kind f; zeros of both signs and all NaNs are told apart."""
        return self._constant(FLOAT, bits_of_float(value))

    def float_constant_of_bits(self, bits: int) -> int:
        """The shared constant of kind f with this encoding."""
        return self._constant(FLOAT, bits)

    def constant_of(self, trace: Trace, ref: int) -> int:
        """The same constant as another trace's."""
        return self._constant(trace.constant_kinds[~ref], trace.constants[~ref])

    def zero(self, kind: int) -> int:
        """What a fresh field of this kind holds."""
        if kind == INT:
            return self.int_constant(0)
        return self.ref_constant(0) if kind == REF else self.float_constant(0.0)

    def word(self, ref: int) -> int:
        """The word of a constant."""
        return self.trace.constants[~ref]

    def float_of(self, ref: int) -> float:
        """The number of a float constant."""
        return float_of_bits(self.trace.constants[~ref])

    def kind(self, ref: int) -> int:
        """INT, REF, FLOAT (or VOID)."""
        return RESULT[self.trace.operations[ref]] if ref >= 0 else self.trace.constant_kinds[~ref]

    def operation(self, ref: int) -> int:
        """The operation that gives this ref, -1 for constants."""
        return self.trace.operations[ref] if ref >= 0 else -1

    def current(self, ref: int) -> int:
        """The ref itself, or the constant that a guard has found it to be."""
        if ref >= 0 and self.replacement[ref] != NO_REF:
            return self.replacement[ref]
        return ref

    def is_int_constant(self, ref: int, word: int) -> bool:
        """Whether the ref is this constant."""
        return ref < 0 and self.trace.constants[~ref] == word and self.trace.constant_kinds[~ref] == INT

    def low_of(self, ref: int) -> int:
        """The least that this int can be."""
        return self.low[ref] if ref >= 0 else self.trace.constants[~ref]

    def high_of(self, ref: int) -> int:
        """The greatest that this int can be."""
        return self.high[ref] if ref >= 0 else self.trace.constants[~ref]

    def is_bool(self, ref: int) -> bool:
        """Whether this int is 0 or 1."""
        return self.low_of(ref) >= 0 and self.high_of(ref) <= 1

    def known_class(self, ref: int) -> int:
        """The class id of this object, -1 where it is not known."""
        return self.class_id[ref] if ref >= 0 else self.constant_class[~ref]

    def set_class(self, ref: int, class_id: int) -> None:
        """From here on `ref` is an object of exactly this class."""
        if ref >= 0:
            self.class_id[ref] = class_id
            self.tag[ref] = TAG_POINTER
        else:
            self.constant_class[~ref] = class_id

    def note_known(self, ref: int) -> None:
        """Something makes use of what is known of this comparison."""
        if self.assumed.start <= ref < self.assumed.stop:
            self.assumed.asked[ref - self.assumed.start] = True

    def replace(self, ref: int, constant: int) -> None:
        """From here on `ref` is this constant."""
        if ref >= 0:
            self.replacement[ref] = constant
            if self.class_id[ref] >= 0 and constant < 0:
                self.constant_class[~constant] = self.class_id[ref]

    def is_fresh(self, ref: int) -> bool:
        """Whether this is an object of this trace that nothing else can reach yet."""
        return ref >= 0 and self.fresh[ref] == FRESH

    def escape(self, ref: int) -> None:
        """Something outside the trace can reach this object from here on, and all that it holds."""
        if ref < 0 or self.fresh[ref] != FRESH:
            return
        self.fresh[ref] = ESCAPED
        self._escaped_at[ref] = len(self.trace.operations) - 1
        self.escape_contents(ref)

    def is_older_than_escape(self, ref: int, thing: int) -> bool:
        """Whether a ref was there before `thing`, an ESCAPED allocation, could be reached: then it is something else.

        In the second copy of a loop, allocations of the first are those of any turn before, where they may have escaped sooner.
        """
        return thing > self.floor and ref < self._escaped_at.get(thing, 0)

    def escape_contents(self, container: int) -> None:
        """What this fresh object holds is no longer known by its refs alone."""
        for position in range(len(self.containers)):
            if self.containers[position] == container:
                self.escape(self.contents[position])


def _longer(row: Array[int], room: int, default: int) -> Array[int]:
    longer = Array(room, default)
    copy_items(row, 0, longer, 0, len(row))
    return longer


def _longer_flags(row: Array[bool], room: int) -> Array[bool]:
    longer = Array(room, False)
    copy_items(row, 0, longer, 0, len(row))
    return longer
