"""Flow graphs: functions in SSA form over the one operation table, with block parameters instead of phis.

    function add_up(limit: int) -> int
      b0(limit:i):            jump b1(0, 0)
      b1(total:i, index:i):   t0 = int_lt(index, limit)      branch t0 b2() b3()
      b2():                   t1 = int_add(total, index)
                              t2 = int_add(index, 1)         jump b1(t1, t2)
      b3():                   return total

The builder (`translate/infer`) makes these from typed source; C emission and the jitcode writer read them. Every Variable
belongs to one block parameter or one instruction and is visible in the blocks its definition dominates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, final

from tracewright.core.operations import TABLE
from tracewright.core.source_span import SourceSpan

if TYPE_CHECKING:
    from tracewright.translate.flow.types import Type


@final
@dataclass(eq=False, slots=True, repr=False)
class Variable:
    """An SSA value: `kind` is its machine kind i, r or f; `type` its dialect type; `name` the source name where it has one."""

    type: Type
    kind: str
    name: str = ""


@final
@dataclass(frozen=True, slots=True)
class Constant:
    """An operand known at translation. `value` is an int or bool (kind i), a float (kind f), or for kind r: None, a prebuilt
    Python object, or a `core.value.Value`; for kind i it may also be a `FunctionGraph` or `CSymbol`, meaning its address."""

    value: object
    kind: str
    type: Type


Operand = Variable | Constant


@final
@dataclass(frozen=True, slots=True)
class CSymbol:
    """The address of a C function or variable, resolved by the linker."""

    name: str


@final
@dataclass(frozen=True, slots=True)
class FunctionAddress:
    """Put it into an int field of a prebuilt object: natively the field holds the function's machine address."""

    graph: FunctionGraph


@final
@dataclass(frozen=True, slots=True)
class WrapperAddress:
    """The same for the function's wrapper, `int64_t wrapper(int64_t *words)`, which takes its arguments from memory."""

    graph: FunctionGraph


@final
@dataclass(eq=False, slots=True, repr=False)
class Edge:
    """A jump to `target` with one argument for each of its parameters."""

    target: Block
    arguments: list[Operand] = field(default_factory=list)


@final
@dataclass(eq=False, slots=True, repr=False)
class Instruction:
    """One row of the operation table applied to operands.

    `immediate` is what the row's `#` letters stand for: a FieldLayout (load_field, store_field), a ClassLayout (new_object,
    new_array, instance_of, load_item, store_item, array_length), a FunctionGraph (call), a MethodSlot (call_method), a
    function type (call_pointer), an External (call_c), a JitDriver (merge_point, enter_jit, call_separately); else None.

    `on_error`: where a raised exception goes. None: it leaves the function. Otherwise the instruction must be the last of its
    block, and the target's first parameter receives the exception object (the edge's arguments fill the other parameters).
    `results` of enter_jit are the new (code, pc, base); of all other operations `result` is the value, or None.
    """

    operation: int
    operands: list[Operand]
    result: Variable | None
    span: SourceSpan
    immediate: object = None
    on_error: Edge | None = None
    results: list[Variable] = field(default_factory=list)

    @property
    def name(self) -> str:
        return TABLE[self.operation].name


@final
@dataclass(eq=False, slots=True, repr=False)
class Jump:
    edge: Edge


@final
@dataclass(eq=False, slots=True, repr=False)
class Branch:
    """`condition` is a word: nonzero goes to `true`. `likely` is 1, 0, or -1 for unknown."""

    condition: Operand
    true: Edge
    false: Edge
    likely: int = -1


@final
@dataclass(eq=False, slots=True, repr=False)
class Switch:
    """Multiway jump on an int."""

    value: Operand
    cases: dict[int, Edge]
    default: Edge


@final
@dataclass(eq=False, slots=True, repr=False)
class Return:
    """`value` is None in a function that returns nothing."""

    value: Operand | None


@final
@dataclass(eq=False, slots=True, repr=False)
class Raise:
    """Raise the exception object; `on_error` as in Instruction."""

    exception: Operand
    span: SourceSpan
    on_error: Edge | None = None


@final
@dataclass(eq=False, slots=True, repr=False)
class Unreachable:
    """Control cannot come here (after a call that never returns, or an exhaustive match)."""


Terminator = Jump | Branch | Switch | Return | Raise | Unreachable


@final
@dataclass(eq=False, slots=True, repr=False)
class Block:
    """Parameters, instructions, one terminator (None only while it is being built)."""

    number: int
    parameters: list[Variable] = field(default_factory=list)
    instructions: list[Instruction] = field(default_factory=list)
    terminator: Terminator | None = None


@final
@dataclass(eq=False, slots=True, repr=False)
class FunctionGraph:
    """A translated function: one per function and choice of type arguments.

    `name` is unique and readable (module.Class.method[int]); `hints` holds "elidable", "unroll_safe", "dont_look_inside"...;
    `portal` is the JitDriver when this function holds the driver's merge point.
    """

    name: str
    module: str
    span: SourceSpan
    parameters: list[Variable] = field(default_factory=list)
    result_type: Type | None = None
    result_kind: str = "v"
    blocks: list[Block] = field(default_factory=list)
    hints: frozenset[str] = frozenset()
    portal: object = None

    @property
    def entry(self) -> Block:
        """Its parameters are the function's parameters."""
        return self.blocks[0]
