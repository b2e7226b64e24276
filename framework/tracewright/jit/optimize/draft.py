"""A trace while it is written, with everything known so far about each of its refs.

    i5 = load(r2, 8, 7)
    guard_true(uint_lt(i5, 10))      ->  low[i5] = 0, high[i5] = 9, and the comparison is replaced by the constant 1

All facts are lists indexed by instruction, so that the hot path does no hashing and makes no objects. A fact holds from the
present end of the draft on. It must follow from the instructions alone, for *whatever* slots and heap the trace is entered with: the
second copy of a peeled loop uses the facts of the first, and relies on them being true of every turn (`peel.py`).
"""

from typing import Final, final

from tracewright.core.integers import MAX_INT, MIN_INT, bits_of_float, float_of_bits
from tracewright.core.kinds import FLOAT, INT, REF
from tracewright.core.operation_tables import RESULT
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.trace import Trace

NO_REF: Final = -(1 << 40)  # neither an instruction nor a constant

# What a reference is known to be (`tag`).
TAG_UNKNOWN: Final = 0
TAG_INT: Final = 1  # a Value that is an int
TAG_FLOAT: Final = 2
TAG_POINTER: Final = 3  # a heap pointer, not null

# How an allocation stands (`fresh`).
NOT_FRESH: Final = 0
FRESH: Final = 1  # allocated in this trace, and nothing but the trace can reach it
ESCAPED: Final = 2  # allocated in this trace, but stored or passed somewhere


_FEWEST_CACHED: Final = -16
_MOST_CACHED: Final = 255


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
    ) -> None:
        self.trace = Trace(kind, cell)
        self.functions = functions
        self.classes = classes
        self.options = options
        self.floor = -1  # rules that make new instructions do not look inside refs up to here (the label)
        self.impossible = False  # a guard was met that cannot hold
        self.relied_stores = False  # the second copy of a loop has taken a value from a store of the first
        # Chains: the latest instruction of an operation, and for each instruction the one before it of the same operation.
        self.chain_head: list[int] = [-1] * len(RESULT)
        self.chain: list[int] = []
        # The same for loads and stores of one alias class; nothing up to `clobbered` is known any more.
        self.memory_head: list[int] = []
        self.memory_chain: list[int] = []
        self.clobbered: list[int] = []
        self.clobbered_all = -1
        self.last_write = -1  # latest instruction that may have changed heap memory
        self.last_barrier = -1  # latest instruction at which memory must be as the program has it: guard, call
        self.killed: list[bool] = []  # stores that a later store made void
        self.refers_to_nothing: list[
            bool
        ] = []  # stores of words that are no heap pointers: as known when they were emitted
        # Facts.
        self.low: list[int] = []
        self.high: list[int] = []
        self.tag: list[int] = []
        self.class_id: list[int] = []
        self.tag_at_label: list[int] = []  # what was known when the second copy of a loop began
        self.fresh: list[int] = []
        self.replacement: list[int] = []
        self.constant_class: list[int] = []
        # Which fresh objects hold which: when a container escapes, so do its contents.
        self.containers: list[int] = []
        self.contents: list[int] = []
        self._small_ints: list[int] = [NO_REF] * (_MOST_CACHED - _FEWEST_CACHED + 1)
        self._ints: dict[int, int] = {}
        self._refs: dict[int, int] = {}
        self._floats: dict[int, int] = {}
        self.rule_hits: list[int] = []

    def append(self, operation: int, a: int, b: int, c: int, d: int, snapshot: int) -> int:
        """Add an instruction as it is, with no facts; gives its ref."""
        index = self.trace.append(operation, a, b, c, d, snapshot)
        self.chain.append(self.chain_head[operation])
        self.chain_head[operation] = index
        self.memory_chain.append(-1)
        self.killed.append(False)
        self.refers_to_nothing.append(False)
        self.low.append(MIN_INT)
        self.high.append(MAX_INT)
        self.tag.append(TAG_UNKNOWN)
        self.class_id.append(-1)
        self.fresh.append(NOT_FRESH)
        self.replacement.append(NO_REF)
        return index

    def truncate(self, count: int, snapshots: int, positions: int) -> None:
        """Drop everything from instruction `count` on, and with it what guards have shown since: only good for ending the trace."""
        trace = self.trace
        for operation in range(len(self.chain_head)):
            while self.chain_head[operation] >= count:
                self.chain_head[operation] = self.chain[self.chain_head[operation]]
        for alias in range(len(self.memory_head)):
            while self.memory_head[alias] >= count:
                self.memory_head[alias] = self.memory_chain[self.memory_head[alias]]
        for column in (trace.operations, trace.a, trace.b, trace.c, trace.d, trace.snapshot_of):
            del column[count:]
        for column in (self.chain, self.memory_chain, self.low, self.high, self.tag, self.class_id, self.fresh):
            del column[count:]
        del self.killed[count:]
        del self.refers_to_nothing[count:]
        del trace.snapshots[snapshots:]
        del trace.positions[positions:]
        self.containers.clear()
        self.contents.clear()
        self.replacement = [NO_REF] * count
        self.impossible = False

    def append_listed(self, operation: int, a: int, operands: list[int], snapshot: int) -> int:
        """Add an instruction whose further operands live in the side list."""
        start = len(self.trace.extra)
        self.trace.extra.extend(operands)
        return self.append(operation, a, 0, start, len(operands), snapshot)

    def _constant(self, kind: int, word: int) -> int:
        self.constant_class.append(-1)
        return self.trace.constant(kind, word)

    def int_constant(self, word: int) -> int:
        """The shared constant of kind i."""
        if _FEWEST_CACHED <= word <= _MOST_CACHED:
            ref = self._small_ints[word - _FEWEST_CACHED]
            if ref == NO_REF:
                ref = self._constant(INT, word)
                self._small_ints[word - _FEWEST_CACHED] = ref
            return ref
        ref = self._ints.get(word, NO_REF)
        if ref == NO_REF:
            ref = self._constant(INT, word)
            self._ints[word] = ref
        return ref

    def ref_constant(self, word: int) -> int:
        """The shared constant of kind r."""
        ref = self._refs.get(word, NO_REF)
        if ref == NO_REF:
            ref = self._constant(REF, word)
            self._refs[word] = ref
        return ref

    def float_constant(self, value: float) -> int:
        """The shared constant of kind f; zeros of both signs and all NaNs are told apart."""
        return self.float_constant_of_bits(bits_of_float(value))

    def float_constant_of_bits(self, bits: int) -> int:
        """The shared constant of kind f with this encoding."""
        ref = self._floats.get(bits, NO_REF)
        if ref == NO_REF:
            ref = self._constant(FLOAT, bits)
            self._floats[bits] = ref
        return ref

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

    def replace(self, ref: int, constant: int) -> None:
        """From here on `ref` is this constant."""
        if ref >= 0:
            self.replacement[ref] = constant
            if self.class_id[ref] >= 0 and constant < 0:
                self.constant_class[~constant] = self.class_id[ref]

    def escape(self, ref: int) -> None:
        """Something outside the trace can reach this object from here on, and all that it holds."""
        if ref < 0 or self.fresh[ref] != FRESH:
            return
        self.fresh[ref] = ESCAPED
        self.escape_contents(ref)

    def escape_contents(self, container: int) -> None:
        """What this fresh object holds is no longer known by its refs alone."""
        for position in range(len(self.containers)):
            if self.containers[position] == container:
                self.escape(self.contents[position])
