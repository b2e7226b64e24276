"""Code objects: what the compiler makes of one function and the interpreter runs.

Instructions are words as in `tracewright.guest.instructions`. Conditional jumps and loop heads are followed by a second word,
the target pc.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.guest.assembler import AssembledCode
from tracewright.guest.frames import LINK_SLOTS
from tracewright.guest.instructions import field_c, opcode, wide
from tracewright.guest.shapes import Shape
from tracewright.guest.sites import MethodSite, PropertySite
from tracewright.hints import GuestCode, immutable_fields
from tracewright_ruff.opcodes import OPCODES
from tracewright_ruff.session import GlobalCell, Session, W_Native, arity_fits

# A frame: the link to its caller (`guest/frames.py`; NULL for the caller's code in a frame started by a native), then
CALLEE: Final = LINK_SLOTS  # the W_Function, for its captured variables; it sits where the call evaluated it
NO_GENERATOR: Final = -1
FIRST_ARGUMENT: Final = LINK_SLOTS + 1  # parameters, then other locals, then temporaries


@final
@immutable_fields("native", "count", "moved", "fits")
class NativeSite:
    """Where a bytecode calls a builtin that the compiler has identified."""

    def __init__(self, native: W_Native, count: int, moved: int) -> None:
        self.native = native
        self.count = count
        self.moved = moved
        self.fits: bool = arity_fits(native, count)  # else the call fails


@final
@immutable_fields("name", "captured", "slot", "cell")
class NameSite:
    """A name that the compiler could not pin down: the first of these places that holds a value.

    `captured` is an index into the closure's variables or -1, `slot` a frame slot or -1.
    """

    def __init__(self, name: str, captured: int, slot: int, cell: GlobalCell | None) -> None:
        self.name = name
        self.captured = captured
        self.slot = slot
        self.cell = cell


@final
@immutable_fields(
    "session", "file", "cells[*]", "shapes[*]", "names[*]", "codes[*]", "fields[*]",
    "methods[*]", "natives[*]", "lookups[*]", "captures[*]", "frame_size", "parameter_count", "receiver", "owning",
    "generator_slot", "plain_parameters",
)  # fmt: skip
class Code(AssembledCode):
    """One compiled function, or a whole program. Filled by the compiler, then never changed."""

    def __init__(self, session: Session, name: str, file: str) -> None:
        super().__init__(name)  # as in messages; "" for a program's top level
        self.session = session
        self.file = file
        self.names: Array[str] = Array(0, "")
        self.cells: Array[GlobalCell] = NO_CELLS
        self.shapes: Array[Shape] = NO_SHAPES
        self.codes: Array[Code] = NO_CODES  # functions made here
        self.fields: Array[PropertySite] = NO_FIELDS
        self.methods: Array[MethodSite] = NO_METHODS
        self.natives: Array[NativeSite] = NO_NATIVES
        self.lookups: Array[NameSite] = NO_LOOKUPS
        self.captures: Array[int] = Array(0, 0)  # for the maker: k >= 0 its slot k, else its captured variable ~k
        self.frame_size: int = FIRST_ARGUMENT
        self.parameter_count = 0  # slots filled by the caller, a method's receiver included
        self.receiver = 0  # 1 for methods: the receiver is not counted in messages
        self.generator_slot = NO_GENERATOR  # of a generator's frame: the slot that has the generator
        self.owning = 0  # bit i: the body changes parameter i in place, so it must own the value (see objects.py)
        self.plain_parameters = (
            -1
        )  # parameter_count where a call does no more than enter the frame: no generator, no bit in `owning`


# Tables of code objects that need none; Arrays cannot be empty and typed in any other way.
NO_CELLS: Final[Array[GlobalCell]] = array_of([])
NO_SHAPES: Final[Array[Shape]] = array_of([])
NO_CODES: Final[Array[Code]] = array_of([])
NO_FIELDS: Final[Array[PropertySite]] = array_of([])
NO_METHODS: Final[Array[MethodSite]] = array_of([])
NO_NATIVES: Final[Array[NativeSite]] = array_of([])
NO_LOOKUPS: Final[Array[NameSite]] = array_of([])


# --- what the operands of an instruction stand for ---
def global_cell(code: Code, word: int) -> GlobalCell:
    """The global variable of the field `w`."""
    return unchecked_get(code.cells, wide(word))


def name_site(code: Code, word: int) -> NameSite:
    """The name of the field `w`, looked up when the code runs."""
    return unchecked_get(code.lookups, wide(word))


def field_site(code: Code, word: int) -> PropertySite:
    """The name of the field `c`, of an element or field."""
    return unchecked_get(code.fields, field_c(word))


def describe(code: GuestCode, pc: int) -> str:
    """The place of a bytecode, for the JIT's listings."""
    if not isinstance(code, Code):
        return "?"
    name = code.name if code.name != "" else "top level"
    return f"{code.file}:{code.line_at(pc)} {name} {OPCODES[opcode(code.words[pc])].name}"
