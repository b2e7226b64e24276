"""From a flow graph to jitcode.

function add_up(limit: int) -> int                  0 move    r1 <- c0
  b0(limit):       jump b1(0, 0)                    3 move    r2 <- c0
  b1(total, i):    t0 = int_lt(i, limit)            6 int_lt  r3 <- r2 r0
                   branch t0 b2() b3()             10 branch  r3 14 28
  b2():            t1 = int_add(total, i)          14 int_add r1 <- r1 r2
                   t2 = int_add(i, 1)              18 int_add r2 <- r2 c1
                   jump b1(t1, t2)                 22 jump    6
  b3():            return total                    24 return  r1
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, final

from tracewright.core import operations as ops
from tracewright.core.arrays import Array, array_of
from tracewright.core.effects import NONE
from tracewright.core.integers import bits_of_float
from tracewright.core.kinds import kind_number
from tracewright.core.memory import word_of_value
from tracewright.core.operations import TABLE
from tracewright.core.source_span import SourceSpan
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.jit.tables import control
from tracewright.jit.tables.jitcode import JitCode
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import (
    Block,
    Branch,
    Constant,
    Edge,
    FunctionGraph,
    Instruction,
    Jump,
    Operand,
    Raise,
    Return,
    Switch,
    Unreachable,
    Variable,
)
from tracewright.translate.flow.types import ClassLayout, FieldLayout, MethodSlot
from tracewright.translate.jitcode.liveness import LiveVariables, liveness_of
from tracewright.translate.jitcode.registers import Registers, sequential_moves
from tracewright.translate.jitcode.tables import Tables

# A table switch may have this many times as many entries as cases; beyond that a sorted list is searched.
_TABLE_SPARSENESS: Final = 4


@final
@dataclass(eq=False, slots=True)
class _Label:
    """A place in the words; `uses` are the words to patch when it is known."""

    position: int = -1
    uses: list[int] = field(default_factory=list)


def write_jitcode(graph: FunctionGraph, code: JitCode, tables: Tables) -> None:
    """Fill in the JitCode of a graph."""
    _Writer(graph, code, tables).write()


def new_jitcode(graph: FunctionGraph, number: int) -> JitCode:
    """An empty JitCode for a graph."""
    return JitCode(number, graph.name, len(graph.parameters), kind_number(graph.result_kind))


def is_stack_field(layout: FieldLayout) -> bool:
    """Whether the field is one of a VMStack's that is not simply in memory while a trace runs."""
    return layout.owner.python_class is VMStack and layout.name != "limit"


def frozen_array(items: list[int]) -> Array[int]:
    """A prebuilt array of words."""
    return array_of(items) if items else Array(0, 0)


@final
class _Writer:
    def __init__(self, graph: FunctionGraph, code: JitCode, tables: Tables) -> None:
        self.graph = graph
        self.code = code
        self.tables = tables
        self.liveness: LiveVariables = liveness_of(graph)
        self.registers = Registers(graph, self.liveness)
        self.words: list[int] = []
        self.constants: list[object] = []
        self.constant_kinds: list[int] = []
        self.constant_numbers: dict[tuple[object, ...], int] = {}
        self.labels = {block: _Label() for block in self.liveness.order}
        self.pending: list[tuple[_Label, Edge, bool]] = []  # edges whose moves are written after the block
        self.live_positions: list[int] = []
        self.live_starts: list[int] = []
        self.live_registers: list[int] = []
        self.lines: list[int] = []

    # --- the whole ---------------------------------------------------------------------------------------------------
    def write(self) -> None:
        order = self.liveness.order
        for index, block in enumerate(order):
            self.block(block, order[index + 1] if index + 1 < len(order) else None)
        for label in self.labels.values():
            for use in label.uses:
                self.words[use] = label.position
        code = self.code
        code.variable_count = self.registers.count
        code.words = frozen_array(self.words)
        code.constants = frozen_array([constant_word(value) for value in self.constants])
        code.constant_kinds = frozen_array(self.constant_kinds)
        code.live_positions = frozen_array(self.live_positions)
        code.live_starts = frozen_array(self.live_starts)
        code.live_registers = frozen_array(self.live_registers)
        code.lines = frozen_array(self.lines)

    def block(self, block: Block, following: Block | None) -> None:
        self.labels[block].position = len(self.words)
        rows = list(self.liveness.backward(block))[::-1]
        for instruction, before, after in rows:
            self.line(instruction.span)
            if may_resume_at(instruction.operation):
                self.live(before, len(self.words))
            self.instruction(instruction)
            if instruction.operation in _CALLS or instruction.operation == ops.NEW_ARRAY:
                self.live(after, len(self.words) - 1)
            if instruction.on_error is not None:
                self.emit(control.ON_ERROR, self.registers.exception)
                self.target(instruction.on_error, True)
        if isinstance(block.terminator, Branch | Switch):
            self.live(self.liveness.at_end(block), len(self.words))
        self.terminator(block, following)
        while self.pending:
            label, edge, raised = self.pending.pop()
            label.position = len(self.words)
            for use in label.uses:
                self.words[use] = label.position
            self.moves(edge, self.registers.exception if raised else -1)
            self.jump(edge.target)

    def live(self, row: int, position: int) -> None:
        """Note what must be kept if execution stops here. A call has two rows: at its start, and at its last word what
        matters while it runs (its result comes later)."""
        self.live_positions.append(position)
        self.live_starts.append(len(self.live_registers))
        self.live_registers.extend(sorted(self.registers.of[variable] for variable in self.liveness.members(row)))

    def line(self, span: SourceSpan) -> None:
        if span.line > 0 and (not self.lines or self.lines[-1] != span.line):
            self.lines += [len(self.words), span.line]

    def emit(self, *words: int) -> None:
        self.words.extend(words)

    # --- operands ----------------------------------------------------------------------------------------------------
    def operand(self, operand: Operand) -> int:
        """Its register; those of constants are counted from the end of the variables."""
        if isinstance(operand, Variable):
            return self.registers.of[operand]
        key = constant_key(operand)
        number = self.constant_numbers.get(key)
        if number is None:
            number = self.constant_numbers[key] = len(self.constants)
            self.constants.append(operand)
            self.constant_kinds.append(kind_number(operand.kind))
        return self.registers.count + number

    def result(self, instruction: Instruction) -> int:
        return -1 if instruction.result is None else self.registers.of[instruction.result]

    def call(self, operation: int, instruction: Instruction, what: int, operands: list[Operand]) -> None:
        self.emit(operation, self.result(instruction), what, len(operands), *map(self.operand, operands))

    # --- edges -------------------------------------------------------------------------------------------------------
    def target(self, edge: Edge, raised: bool = False) -> None:
        """A word that will be the position of the edge: of its target, or of the moves on the way to it."""
        if not self.needed_moves(edge, self.registers.exception if raised else -1):
            label = self.labels[edge.target]
        else:
            label = _Label()
            self.pending.append((label, edge, raised))
        label.uses.append(len(self.words))
        self.emit(-1)

    def needed_moves(self, edge: Edge, exception: int) -> list[tuple[int, int]]:
        sources = [exception] if exception >= 0 else []
        sources += [self.operand(argument) for argument in edge.arguments]
        targets = [self.registers.of[parameter] for parameter in edge.target.parameters]
        used = [self.is_used(parameter, edge.target) for parameter in edge.target.parameters]
        return [(t, s) for t, s, wanted in zip(targets, sources, used, strict=True) if wanted and t != s]

    def is_used(self, parameter: Variable, block: Block) -> bool:
        return bool(self.liveness.at_start[block] >> self.liveness.numbers[parameter] & 1)

    def moves(self, edge: Edge, exception: int) -> None:
        for target, source in sequential_moves(self.needed_moves(edge, exception), self.registers.helper):
            self.emit(control.MOVE, target, source)

    def jump(self, block: Block) -> None:
        self.labels[block].uses.append(len(self.words) + 1)
        self.emit(control.JUMP, -1)

    # --- terminators -------------------------------------------------------------------------------------------------
    def terminator(self, block: Block, following: Block | None) -> None:
        match block.terminator:
            case Jump(edge=edge):
                self.moves(edge, -1)
                if edge.target is not following or self.pending:
                    self.jump(edge.target)
            case Branch(condition=condition, true=true, false=false):
                self.emit(control.BRANCH, self.operand(condition))
                self.target(true)
                self.target(false)
            case Switch() as switch:
                self.switch(switch)
            case Return(value=value):
                kept = value is not None and self.graph.result_kind != "v"
                self.emit(control.RETURN, self.operand(value) if kept and value is not None else -1)
            case Raise(exception=exception, on_error=on_error):
                register = self.operand(exception)
                if on_error is None:
                    self.emit(control.RAISE, register)
                else:
                    self.moves(on_error, register)
                    self.jump(on_error.target)
            case Unreachable():
                self.emit(control.UNREACHABLE)
            case None:
                raise AssertionError(f"{self.graph.name}: block {block.number} has no end")

    def switch(self, switch: Switch) -> None:
        keys = sorted(switch.cases)
        span = keys[-1] - keys[0] + 1 if keys else 0
        if keys and span <= _TABLE_SPARSENESS * len(keys):
            self.emit(control.TABLE_SWITCH, self.operand(switch.value))
            self.target(switch.default)
            self.emit(keys[0], span)
            for key in range(keys[0], keys[-1] + 1):
                self.case(switch.cases.get(key, switch.default))
        else:
            self.emit(control.SWITCH, self.operand(switch.value))
            self.target(switch.default)
            self.emit(len(keys))
            for key in keys:
                self.emit(key)
                self.case(switch.cases[key])

    def case(self, edge: Edge) -> None:
        """As `target`, sharing the moves of an edge that several cases take."""
        for label, pending, _ in self.pending:
            if pending is edge:
                label.uses.append(len(self.words))
                self.emit(-1)
                return
        self.target(edge)

    # --- instructions ------------------------------------------------------------------------------------------------
    def instruction(self, instruction: Instruction) -> None:
        operands = instruction.operands
        result = self.result(instruction)
        immediate = instruction.immediate
        match instruction.operation:
            case ops.CALL:
                assert isinstance(immediate, FunctionGraph)
                self.direct_call(instruction, immediate)
            case ops.CALL_C:
                assert isinstance(immediate, External)
                self.call(control.RESIDUAL_CALL, instruction, self.tables.function(immediate), operands)
            case ops.CALL_METHOD:
                assert isinstance(immediate, MethodSlot)
                only = self.tables.implementations.get(immediate, [])
                if len(only) == 1:
                    self.direct_call(instruction, only[0])
                else:
                    self.call(control.METHOD_CALL, instruction, self.tables.slot(immediate), operands)
            case ops.CALL_POINTER:
                self.call(control.POINTER_CALL, instruction, self.operand(operands[0]), operands[1:])
            case ops.LOAD_FIELD | ops.STORE_FIELD:
                assert isinstance(immediate, FieldLayout)
                self.field(instruction, immediate)
            case ops.NEW_OBJECT | ops.NEW_ARRAY:
                assert isinstance(immediate, ClassLayout)
                self.emit(instruction.operation, result, immediate.first_id, *map(self.operand, operands))
            case ops.INSTANCE_OF:
                assert isinstance(immediate, ClassLayout)
                self.emit(ops.INSTANCE_OF, result, self.operand(operands[0]), immediate.first_id, immediate.last_id)
            case ops.LOAD_ITEM | ops.STORE_ITEM:
                assert isinstance(immediate, ClassLayout)
                self.emit(instruction.operation, result, *map(self.operand, operands), immediate.first_id)
            case ops.ENTER_JIT:
                self.emit(ops.ENTER_JIT, *(self.registers.of[variable] for variable in instruction.results))
                self.emit(*map(self.operand, operands))
            case ops.MERGE_POINT:
                self.merge_point(instruction)
            case operation:
                assert "#" not in TABLE[operation].takes, TABLE[operation].name
                self.emit(operation, result, *map(self.operand, operands))

    def direct_call(self, instruction: Instruction, callee: FunctionGraph) -> None:
        tables = self.tables
        if callee is tables.portal:
            self.call(control.PORTAL_CALL, instruction, tables.function(callee), instruction.operands)
        elif callee in tables.jitcodes:
            self.call(control.INLINE_CALL, instruction, tables.jitcodes[callee], instruction.operands)
        else:
            self.call(control.RESIDUAL_CALL, instruction, tables.function(callee), instruction.operands)

    def field(self, instruction: Instruction, layout: FieldLayout) -> None:
        registers = [self.operand(operand) for operand in instruction.operands]
        result = self.result(instruction)
        if is_stack_field(layout):
            assert layout.name == "top", f"{self.graph.name} uses VMStack.{layout.name}"
            self.emit(
                control.STACK_TOP if instruction.operation == ops.LOAD_FIELD else control.SET_STACK_TOP,
                result,
                *registers,
            )
            return
        self.emit(instruction.operation, result, registers[0], self.tables.field_number(layout), *registers[1:])

    def merge_point(self, instruction: Instruction) -> None:
        """The place where the interpreter and the trace meet: nothing but the driver's variables may be alive across it."""
        self.code.merge_position = len(self.words)
        allowed = {operand for operand in instruction.operands if isinstance(operand, Variable)}
        start = self.live_starts[-1]
        for register in self.live_registers[start:]:
            if register not in {self.registers.of[variable] for variable in allowed}:
                names = [variable.name or "?" for variable, r in self.registers.of.items() if r == register]
                raise StrayVariable(self.graph, instruction.span, names)
        self.emit(ops.MERGE_POINT, -1, *map(self.operand, instruction.operands))


class StrayVariable(Exception):
    """A variable of the portal that lives across the merge point and is none of the driver's."""

    def __init__(self, graph: FunctionGraph, span: SourceSpan, names: list[str]) -> None:
        super().__init__(
            f"{span}: in {graph.name} only the driver's greens and reds may be used after jit_merge_point if set before it; "
            f"one of these is too: {', '.join(sorted(set(names)))}"
        )


_CALLS: Final = frozenset({ops.CALL, ops.CALL_C, ops.CALL_METHOD, ops.CALL_POINTER})


def may_resume_at(operation: int) -> bool:
    """Whether the tracer may put a guard in front of the operation."""
    row = TABLE[operation]
    return row.meaning is None or row.effects != NONE or row.asks_tag


def constant_key(constant: Constant) -> tuple[object, ...]:
    """Equal keys for constants that can share a register."""
    value = constant.value
    if isinstance(value, float):
        return (constant.kind, bits_of_float(value))
    if isinstance(value, (bool, int)):
        return (constant.kind, int(value))
    if isinstance(value, (str, bytes)):
        return (constant.kind, value)
    return (constant.kind, id(value))


def constant_word(value: object) -> int:
    """What the constants' array holds: a number, or the Constant itself, which is frozen as the address it stands for."""
    assert isinstance(value, Constant)
    if isinstance(value.value, float):
        return bits_of_float(value.value)
    if isinstance(value.value, (bool, int)):
        return int(value.value)
    if value.value is None:
        return 0
    if isinstance(value.value, Value) and not value.value.is_object():
        return word_of_value(value.value)
    return value  # type: ignore[return-value] # the freezer of prebuilt objects knows what to do with it
