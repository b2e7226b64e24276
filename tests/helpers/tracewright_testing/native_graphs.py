"""Small programs built as graphs by hand, compiled to a native executable and run."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType

from tracewright.core.source_span import NOWHERE
from tracewright.translate.emit_c.build import Build
from tracewright.translate.emit_c.modules import ProgramEmitter
from tracewright.translate.emit_c.view import ProgramView
from tracewright.translate.flow.graph import (
    Block,
    Branch,
    Constant,
    Edge,
    FunctionGraph,
    Instruction,
    Jump,
    Operand,
    Return,
    Variable,
)
from tracewright.translate.flow.types import FLOAT, INT, NONE, OBJECT, ClassLayout, Type
from tracewright.translate.infer.type_table import ERROR_TEXT, TypeTable

BUMP_HEAP = Path(__file__).parent / "bump_heap.c"
TYPE_OF_KIND: dict[str, Type] = {"i": INT, "f": FLOAT, "r": OBJECT}


@dataclass
class HandMade:
    """A program for `ProgramView`."""

    entry: FunctionGraph
    graphs: list[FunctionGraph]
    layouts: list[ClassLayout] = field(default_factory=list)
    functions: dict[FunctionType, FunctionGraph] = field(default_factory=dict)
    function_values: dict[FunctionType, FunctionGraph] = field(default_factory=dict)
    objects: dict[int, tuple[object, ClassLayout]] = field(default_factory=dict)

    def files(self) -> ProgramEmitter:
        return ProgramEmitter(ProgramView(self))

    def run(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Compile, run, and give exit code and output."""
        output = folder / "program"
        Build(cache=folder.parent / "object_cache").executable(self.files().files(), output, [BUMP_HEAP])
        return subprocess.run([output, *arguments], capture_output=True, text=True, check=False, timeout=60)


class Graph:
    """Builds one function: `b = graph.block("i")`, `x = b.op(INT_ADD, y, 1)`, `b.end = Jump(...)`."""

    def __init__(self, name: str, takes: str = "", gives: str = "i", module: str = "hand") -> None:
        parameters = [Variable(TYPE_OF_KIND[kind], kind, f"p{index}") for index, kind in enumerate(takes)]
        self.function = FunctionGraph(f"{module}.{name}", module, NOWHERE, parameters, result_kind=gives)
        self.entry = self._new_block(parameters)

    def _new_block(self, parameters: list[Variable]) -> BlockBuilder:
        block = Block(len(self.function.blocks), parameters)
        self.function.blocks.append(block)
        return BlockBuilder(block)

    def block(self, takes: str = "") -> BlockBuilder:
        return self._new_block([Variable(TYPE_OF_KIND[kind], kind) for kind in takes])


def number(value: float) -> Constant:
    return Constant(value, "f", FLOAT) if isinstance(value, float) else Constant(value, "i", INT)


def _operand(value: Operand | float) -> Operand:
    return value if isinstance(value, (Variable, Constant)) else number(value)


class BlockBuilder:
    """Appends instructions to one block."""

    def __init__(self, block: Block) -> None:
        self.block = block

    def __getitem__(self, index: int) -> Variable:
        return self.block.parameters[index]

    def op(
        self,
        operation: int,
        *operands: Operand | float,
        gives: str = "i",
        immediate: object = None,
        on_error: Edge | None = None,
    ) -> Variable:
        result = None if gives == "v" else Variable(TYPE_OF_KIND[gives], gives)
        words = [_operand(operand) for operand in operands]
        self.block.instructions.append(Instruction(operation, words, result, NOWHERE, immediate, on_error))
        return result or Variable(NONE, "v")

    def to(self, *arguments: Operand | float) -> Edge:
        return Edge(self.block, [_operand(argument) for argument in arguments])

    def jump(self, edge: Edge) -> None:
        self.block.terminator = Jump(edge)

    def branch(self, condition: Operand, true: Edge, false: Edge, likely: int = -1) -> None:
        self.block.terminator = Branch(condition, true, false, likely)

    def give(self, value: Operand | float | None) -> None:
        self.block.terminator = Return(None if value is None else _operand(value))


def basic_layouts() -> TypeTable:
    """A type table whose built-in layouts are numbered as a program's are: 1 BoxedInt, 2 str, 3 bytes, 4 Words, then the rest."""
    table = TypeTable()
    for layout in table.layouts:
        if layout.python_class is not None and issubclass(layout.python_class, BaseException):
            table.add_field(layout, ERROR_TEXT, table.optional(table.str))
    table.add_field(table.exception(OSError).layout, "errno", INT)
    number_classes(table)
    return table


def number_classes(table: TypeTable) -> None:
    """Give every layout its id, subclasses behind their base."""
    counter = 1

    def visit(layout: ClassLayout) -> None:
        nonlocal counter
        layout.first_id = counter
        counter += 1
        for subclass in layout.subclasses:
            visit(subclass)
        layout.last_id = counter - 1

    for layout in table.layouts:
        if layout.base is None:
            visit(layout)
