"""The tracing API: what an interpreter's author tells the JIT. Hosted, and in a build without the JIT, all of it does nothing.

Put a `JitDriver` beside the dispatch loop: `greens` say where the guest program is (constants in every trace), `reds` are the
other live variables. Greens are always `("code", "pc")`, with `code` a subclass of `GuestCode`; reds are `("stack", "base", "bottom")`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., object])
C = TypeVar("C", bound=type)

IMMUTABLE_FIELDS: Final = "_immutable_fields_"  # class attribute in which the decorator leaves its names
HINTS: Final = "_tracewright_hints_"  # function attribute: a tuple of the names of the hints it carries


class JitCell:
    """What the JIT keeps for one loop header or function entry. Machine code and the interpreter's inline count know the first three offsets."""

    def __init__(self, counter: int) -> None:
        self.counter = counter  # at JIT_CELL_COUNTER_OFFSET; counts down, and below zero the slow path looks at `state`
        self.entry = 0  # at JIT_CELL_ENTRY_OFFSET; address of the machine code, 0 while there is none
        self.typed_entry = (
            0  # at JIT_CELL_TYPED_ENTRY_OFFSET; where calls begin that pass bare ints, 0 while there is none
        )
        self.typed_slots = (
            0  # as bits, the slots of the callee's frame for which they do; set once, for callers rely on it
        )
        self.state = 0  # see jit/tables/cells.py
        self.failures = 0
        self.compiled: object | None = None
        self.start = counter  # what `counter` counts down from
        self.counted = 0  # what had been counted when it was set to that
        self.wanted = False  # a trace waits for its machine code
        self.meets_many = False  # bytecodes at this position have met many values of what `promote_few` asks for
        self.enterable = False  # the loop's LABEL must be one that bridges can come to
        self.other: JitCell | None = None  # one more loop of this header, for other facts (`record/loops.py`)
        self.end = (
            -1
        )  # of a loop that has been recorded: the bytecode from which it came round; -1 where that is not known
        self.deaths = 0  # times that machine code of this position has been discarded
        self.short_calls = 0  # recordings of a function that were too short for machine code of their own


JIT_CELL_COUNTER_OFFSET: Final = 8
JIT_CELL_ENTRY_OFFSET: Final = 16
JIT_CELL_TYPED_ENTRY_OFFSET: Final = 24


GUEST_CODE_CELLS_OFFSET: Final = 8


ALL_LIVE: Final = -1  # in `GuestCode.live_slots`: every slot of the frame may be read


DEAD: Final = Value.of_int(-0xDEAD)  # what dead slots are overwritten with


class GuestCode:
    """Base class of a language's code objects. `jit_cells`, at GUEST_CODE_CELLS_OFFSET, has one entry per bytecode position, filled when
    first counted.

    `live_slots` may say for each position how many slots of the frame, from its base on, can be read before they are written again when
    the guest goes on from there. The others are dead: traces neither carry them round loops nor write them when they leave, so
    memory holds anything in them. None: nothing is known, and every slot is kept.

    `first_parameter` and `parameter_slots` say which slots of the frame its callers fill with arguments: machine code passes ints for
    them in registers. No slots: all arguments go through memory.

    `linkage_slots` says how many slots of a frame, from its base on, others may look at while it waits for a callee: the link to its
    caller, say. The rest need not be in memory then. ALL_LIVE: programs may see the variables of waiting frames.
    """

    def __init__(self, length: int) -> None:
        self.jit_cells: Array[JitCell | None] = Array(length, None)
        self.live_slots: Array[int] | None = None
        self.first_parameter = 0
        self.parameter_slots = 0
        self.linkage_slots: int = ALL_LIVE

    def set_length(self, length: int) -> None:
        """For compilers that make the code object first and know its length last. Nothing has run it yet."""
        self.jit_cells = Array(length, None)


@final
class JitDriver:
    """One dispatch loop that the JIT may trace.

    `location` says for listings where an instruction stands: `PATH:LINE`, and what there is to say besides behind a blank. `FUNCTION:LINE` alone means
    a line of the program that was run. `results_in_frame`: the portal's callers read more of a frame that has returned than its result.
    `small_ints`: the language keeps numbers beyond 51 bits in other forms, so that no Value of an int is ever boxed; traces rely on it.
    """

    def __init__(
        self,
        greens: tuple[str, ...],
        reds: tuple[str, ...],
        location: Callable[[GuestCode, int], str],
        results_in_frame: bool = False,
        small_ints: bool = False,
    ) -> None:
        self.greens: Final = greens
        self.reds: Final = reds
        self.location = location  # "file.ruff:12 name ADD"
        self.results_in_frame = results_in_frame
        self.small_ints = small_ints

    def jit_merge_point(self, code: GuestCode, pc: int, stack: VMStack, base: int, bottom: int) -> None:
        """The head of the dispatch loop: a guest bytecode starts here, and a failed guard may resume here.

        `bottom` is the base of the frame whose return ends this call of the portal. Hosted, slots that are said to be dead
        (`GuestCode.live_slots`) are overwritten, so that a program which reads one goes wrong there as well.
        """
        live = code.live_slots
        if live is not None and live[pc] != ALL_LIVE:
            for index in range(base + live[pc], stack.top):
                stack[index] = DEAD

    def can_enter_jit(self, code: GuestCode, pc: int, stack: VMStack, base: int, bottom: int) -> None:
        """Directly after a backward jump to `pc`, and at the start of the portal: counts, traces when hot, runs compiled code.

        Position 0 stands for the function: a loop that begins there is not compiled by itself, so begin it at another one.

        Every argument must be a local variable of the portal. When compiled code has run, the translated portal goes on with
        new values in the variables given for `code`, `pc` and `base`, or returns (or raises) at once where the frame at
        `bottom` has returned (raised) meanwhile.
        """

    def call_separately(self, callee: GuestCode) -> bool:
        """Whether the call handler should call the portal (`run`) for this callee instead of pushing a frame.

        Always False when cold; a constant while tracing.
        """
        return False


def _hinted(function: F, hint: str) -> F:
    setattr(function, HINTS, (*getattr(function, HINTS, ()), hint))
    return function


def promote(value: T) -> T:
    """A guard makes `value` a constant of the trace from here on."""
    return value


def promote_few(value: T) -> T:
    """As `promote`, but where a bytecode has met many different values the trace goes for all of them, and `value` stays a variable.
    Such a trace calls guest code that it does not know: promote the callee's code so before `call_separately`."""
    return value


def elidable(function: F) -> F:
    """Same arguments, same result, no visible effect: folded on constants, called once for equal arguments."""
    return _hinted(function, "elidable")


def unroll_safe(function: F) -> F:
    """The loops of this function may be unrolled into a trace."""
    return _hinted(function, "unroll_safe")


def rare(function: F) -> F:
    """Seldom called: the C compiler keeps it out of its callers and the way to it out of their way. No matter to the tracer."""
    return _hinted(function, "rare")


def inlined(function: F) -> F:
    """Part of its callers, such as a piece that several handlers share: C compiler and tracer see no call. Not for what calls itself."""
    return _hinted(function, "inlined")


def dont_look_inside(function: F) -> F:
    """Traces call this function; they never record its inside."""
    return _hinted(function, "dont_look_inside")


def follow_raw_memory(function: F) -> F:
    """Traces look into this function although it loads and stores raw memory. That must be bytes of a block, never fields or
    items of objects: traces take those for unchanged behind such a store."""
    return _hinted(function, "follow_raw_memory")


def immutable_fields(*names: str) -> Callable[[C], C]:
    """Class decorator. Each named field never changes after `__init__`; `"name?"` changes rarely, and a write discards the
    machine code that relied on it (quasi-immutable); `"name[*]"` is an `Array` whose elements never change either.
    Fields of frozen dataclasses and named tuples, and `Final` ones, need not be named."""

    def mark(cls: C) -> C:
        setattr(cls, IMMUTABLE_FIELDS, names)
        return cls

    return mark


def we_are_jitted() -> bool:
    """True in traced code, False in the interpreter."""
    return False


def isconstant(value: object) -> bool:
    """Whether the tracer knows `value` as a constant; only for heuristics. False in the interpreter."""
    return False


def stack_value(stack: VMStack, index: int) -> Value:
    """`stack[index]`, spelled as a function."""
    return stack[index]
