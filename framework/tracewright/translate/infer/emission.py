"""The graph of a function as it grows: instructions, blocks and jumps, with what is known about locals on each way.

context.emission.branch(test, there, absent, {("x",): item})        `there` begins knowing that x is not None
context.emission.start(there)
context.emission.emit(op.CALL, [operand], type, callee)             what memory was known to hold is forgotten
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from tracewright.core import operations as op
from tracewright.core.effects import NONE as NO_EFFECTS
from tracewright.core.effects import RAISES
from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright.core.operations import TABLE
from tracewright.translate.flow.build import GraphBuilder
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import Block, Constant, Instruction, Operand, Variable
from tracewright.translate.flow.types import BOOL, INT, NEVER, NONE, FieldLayout, Type, kind_of
from tracewright.translate.infer.facts import Facts, Path
from tracewright.translate.infer.scopes import FinallyScope, HandlerScope, Scope
from tracewright.translate.infer.values import NONE_CONSTANT

if TYPE_CHECKING:
    from tracewright.translate.infer.context import FunctionContext


@final
class Emission:
    """Appends to the graph under construction; where control cannot come, it appends nothing."""

    def __init__(self, context: FunctionContext, builder: GraphBuilder) -> None:
        self.context = context
        self.builder = builder
        self.facts = Facts(context.translator.table)  # what is known here
        self.arriving: dict[Block, Facts] = {}  # what is known on all ways into a block so far
        self.handled: set[Path] = set()  # paths that some test or assignment has narrowed
        self.scopes: list[Scope] = []
        self.temporaries = 0

    @property
    def reachable(self) -> bool:
        """Whether control can come here."""
        return self.builder.block is not None

    # --- instructions ---

    def handler(self) -> Block | None:
        """Where an exception raised here goes; None leaves the function."""
        for scope in reversed(self.scopes):
            if isinstance(scope, (HandlerScope, FinallyScope)):
                return scope.handler
        return None

    def emit(self, operation: int, operands: list[Operand], type: Type, immediate: object = None) -> Operand:
        """Append an instruction; its result, where it has one."""
        kind = "v" if type is NONE or type is NEVER else kind_of(type)
        result = None if kind == "v" else Variable(type, kind)
        instruction = Instruction(operation, operands, result, self.context.span, immediate)
        self.append(instruction)
        return result if result is not None else NONE_CONSTANT

    def append(self, instruction: Instruction) -> None:
        operation = instruction.operation
        effects = TABLE[operation].effects
        if operation == op.CALL_C:
            external = instruction.immediate
            assert isinstance(external, External)
            effects = external.effects
        if effects & ~1:
            self.facts.forget_memory()
        handler = self.handler() if effects & RAISES else None
        if handler is not None:
            self.arrive(handler, self.facts)
        self.builder.append(instruction, handler)

    def compute(self, operation: int, *operands: Operand, type: Type = INT) -> Operand:
        """A pure operation; folded where its operands are known numbers."""
        row = TABLE[operation]
        if row.meaning is not None and row.effects == NO_EFFECTS:
            values = [operand.value for operand in operands if isinstance(operand, Constant)]
            if len(values) == len(operands) and all(isinstance(value, (int, float)) for value in values):
                folded = _fold(operation, values)
                if folded is not None:
                    return Constant(bool(folded) if type is BOOL else folded, kind_of(type), type)
        return self.emit(operation, list(operands), type)

    def load_field(self, value: Operand, field: FieldLayout) -> Operand:
        if field.type is NONE:  # of a tuple such as `(None, 1)`
            return NONE_CONSTANT
        return self.emit(op.LOAD_FIELD, [value], field.type, field)

    def store_field(self, value: Operand, field: FieldLayout, stored: Operand) -> None:
        self.emit(op.STORE_FIELD, [value, stored], NONE, field)

    def call_c(self, external: External, operands: list[Operand], type: Type) -> Operand:
        return self.emit(op.CALL_C, operands, type, external)

    # --- flow ---

    def new_block(self) -> Block:
        return self.builder.new_block()

    def arrive(self, block: Block, facts: Facts) -> None:
        """Note what is known on one way into the block."""
        known = self.arriving.get(block)
        self.arriving[block] = facts.copy() if known is None else known.meet(facts)

    def start(self, block: Block, *, seal: bool = True) -> None:
        """Go on in the block; where nothing leads to it, what follows is dead."""
        if seal:
            self.builder.seal(block)
            if not self.builder.incoming[block]:
                self.builder.block = None
                return
        self.facts = self.arriving.get(block, self.facts).copy()
        self.builder.start(block)

    def jump(self, block: Block) -> None:
        """End the current block, if there is one, with a jump."""
        if self.builder.block is not None:
            self.arrive(block, self.facts)
            self.builder.jump(block)

    def branch(
        self,
        condition: Operand,
        true: Block,
        false: Block,
        when_true: dict[Path, Type] | None = None,
        when_false: dict[Path, Type] | None = None,
        likely: int = -1,
    ) -> None:
        """End the block by a branch; the dicts are what each side learns."""
        self.handled.update(when_true or (), when_false or ())
        if isinstance(condition, Constant) and isinstance(condition.value, int):
            learned = when_true if condition.value else when_false
            self.arrive(true if condition.value else false, self.facts.learn(learned))
            self.builder.jump(true if condition.value else false)
            return
        self.arrive(true, self.facts.learn(when_true))
        self.arrive(false, self.facts.learn(when_false))
        self.builder.branch(condition, true, false, likely)

    def require(self, condition: Operand, exception: type, message: str) -> None:
        """Raise unless the condition holds."""
        if isinstance(condition, Constant) and condition.value:
            return
        good, bad = self.new_block(), self.new_block()
        self.branch(condition, good, bad, likely=1)
        self.start(bad)
        if self.reachable:
            self.throw_prebuilt(exception, message)
        self.start(good)

    def throw_prebuilt(self, exception: type, message: str) -> None:
        self.throw(self.context.translator.prebuilt_error(exception, message))

    def throw(self, exception: Operand) -> None:
        handler = self.handler()
        if handler is not None:
            self.arrive(handler, self.facts)
        self.builder.throw(exception, self.context.span, handler)

    # --- values that the source has no name for ---

    def temporary(self, type: Type) -> str:
        """A fresh name that no source name can be."""
        self.temporaries += 1
        name = f"%{self.temporaries}"
        self.builder.types[name] = type
        return name

    def write_new(self, value: Operand, type: Type) -> str:
        name = self.temporary(type)
        self.builder.write(name, value)
        return name


def _fold(operation: int, values: list[object]) -> int | float | None:
    row = TABLE[operation]
    assert row.meaning is not None
    if operation in (op.INT_LSHIFT, op.INT_RSHIFT, op.UINT_RSHIFT) and not 0 <= int(values[1]) < 64:  # type: ignore[call-overload]
        return None
    try:
        folded = row.meaning(*values)
    except (ArithmeticError, ValueError):
        return None
    if isinstance(folded, int) and not MIN_INT <= folded <= MAX_INT:
        return None
    return folded
