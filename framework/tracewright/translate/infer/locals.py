"""What the names of a function mean: locals with their types and what is known of them here, cells, objects known at translation.

best: Token | None = find()        declared Token | None
if best is not None:
    best.text                      narrowed: read as a Token
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, final

from tracewright.core import operations as op
from tracewright.translate.flow.graph import Instruction, Operand, Variable
from tracewright.translate.flow.types import INT, NEVER, NONE, OBJECT, Instance, Optional, Type, kind_of
from tracewright.translate.infer import explain
from tracewright.translate.infer.emission import Emission
from tracewright.translate.infer.facts import Path
from tracewright.translate.infer.sources import MISSING
from tracewright.translate.infer.values import Typed, as_stored

if TYPE_CHECKING:
    from tracewright.translate.infer.context import FunctionContext


@final
class Locals:
    """The locals of one function. A local's first assignment decides its type."""

    def __init__(self, context: FunctionContext, emission: Emission) -> None:
        self.context = context
        self.emission = emission
        self.builder = emission.builder
        self.declared: dict[str, Type] = {}
        self.decided: dict[str, ast.AST] = {}  # where locals got their types
        # Names that mean another local here: in comprehensions, except clauses, lambdas applied where they stand.
        self.renamed: dict[str, str] = {}
        self.objects: dict[str, object] = {}  # names of things known at translation: imports inside the function, `cls`
        self.own_names: frozenset[str] = frozenset()  # all that the function assigns: none of them is ever a global
        self.doubtful: set[str] = set()  # names that a statement with an error would have assigned
        self.cells: frozenset[str] = frozenset()  # locals that nested functions share while they change
        self.reserved_cells: dict[str, Instruction] = {}  # made before the types of their locals are known
        self.reads: list[tuple[Operand, ast.Name]] = []  # of locals, to find those never assigned

    def name(self, name: str) -> str:
        """The local that a name of the source means here."""
        return self.renamed.get(name, name)

    def declare(self, name: str, type: Type) -> None:
        self.declared[name] = type
        self.builder.types[name] = type
        if name in self.cells:
            cell = self.context.translator.table.cell(type)
            self.context.translator.instantiate(cell.layout)
            reserved = self.reserved_cells.get(name)
            if reserved is not None and reserved.result is not None:
                reserved.result.type, reserved.immediate = cell, cell.layout
                self.builder.types[_cell_name(name)] = cell
                return
            made = Instruction(op.NEW_OBJECT, [], Variable(cell, "r", name), self.context.span, cell.layout)
            self.builder.types[_cell_name(name)] = cell
            self.builder.insert_at_entry(_cell_name(name), made)

    def reserve_cell(self, name: str) -> None:
        """Make the cell of a local here, and not where the function begins: each run of a comprehension has its own."""
        self.cells |= {name}
        cell = self.context.translator.table.cell(INT)  # until the local is declared
        self.context.translator.instantiate(cell.layout)
        made = Instruction(op.NEW_OBJECT, [], Variable(cell, "r", name), self.context.span, cell.layout)
        self.emission.append(made)
        assert made.result is not None
        self.reserved_cells[name] = made
        self.builder.write(_cell_name(name), made.result)

    def adopt_cell(self, name: str, type: Type, cell: Operand) -> None:
        """Declare a local that lives in a cell of the function around this one."""
        self.declared[name] = self.builder.types[name] = type
        self.builder.types[_cell_name(name)] = self.context.translator.table.cell(type)
        self.builder.write(_cell_name(name), cell)

    def cell(self, name: str) -> Typed:
        """The cell of a local that nested functions share."""
        return Typed(self.builder.read(_cell_name(name)), self.builder.types[_cell_name(name)])

    def store(self, name: str, operand: Operand) -> None:
        """Give a declared local its value, wherever it lives."""
        if name in self.cells:
            cell = self.cell(name)
            assert isinstance(cell.type, Instance)
            self.emission.store_field(cell.operand, cell.type.layout.fields["value"], operand)
        else:
            self.builder.write(name, operand)

    def write(self, name: str, value: Typed, node: ast.AST | None = None) -> None:
        """Assign to a local; its first assignment decides its type."""
        name = self.name(name)
        if name == "_" and name not in self.declared:
            return
        declared = self.declared.get(name)
        if declared is None:
            if value.type is NONE:
                if isinstance(self.context.value_of(node), ast.Call):
                    raise self.context.error("no-result", "this call gives no result", node=self.context.value_of(node))
                raise self.context.error(
                    "untyped-none",
                    f"`{name} = None` does not say what `{name}` may be later",
                    f"declare it: `{name}: T | None = None`",
                    node,
                )
            declared = value.type
            self.declare(name, declared)
            self.decided[name] = node or self.context.node
        operand = self.context.conversions.try_convert(value, declared)
        if operand is None:
            raise explain.mismatch(
                self.context,
                value.type,
                declared,
                self.context.value_of(node),
                *explain.local_label(self.context, name),
            )
        if isinstance(operand, Variable) and not operand.name:
            operand.name = name.partition("%")[0]
        self.store(name, operand)
        self.emission.facts.forget_path((name,))
        if name in self.cells:
            return
        known = as_stored(value.type, declared)
        if known is not declared and declared is not OBJECT and is_narrower(known, declared):
            self.emission.handled.add((name,))
            self.emission.facts.set((name,), known)

    def forget(self, name: str) -> None:
        """The local has no value any more, where it had one."""
        local = self.name(name)
        if local not in self.declared:
            return
        if local in self.cells:
            help = "let the name be, or use another one"
            raise self.context.error("delete", f"`{name}`, which a nested function uses, cannot lose its value", help)
        self.emission.facts.forget_path((local,))
        self.builder.write(local, self.builder.unassigned(self.declared[local]))

    def read(self, name: str) -> Typed | None:
        """The value of a local, as narrow as it is known; None if there is no local of this name."""
        name = self.name(name)
        declared = self.declared.get(name)
        if declared is None:
            return None
        if name in self.cells:
            cell = self.cell(name)
            assert isinstance(cell.type, Instance)
            return Typed(self.emission.load_field(cell.operand, cell.type.layout.fields["value"]), declared)
        known = self.emission.facts.get((name,))
        operand = self.builder.read(name)
        if known is not None and isinstance(declared, Optional):
            return self.context.conversions.narrowed(operand, known)
        return Typed(operand, declared if known is None else known)

    # --- names ---

    def path(self, node: ast.expr) -> Path | None:
        """The path of a local, of an object of the module, or of attributes of these, by which facts are kept."""
        match node:
            case ast.Name(id=name):
                local = self.name(name)
                if local in self.declared:
                    return None if local in self.cells else (local,)
                return None if self.static(node) is MISSING else (f"module {name}",)
            case ast.Attribute(value=value, attr=attribute):
                inner = self.path(value)
                return None if inner is None else (*inner, attribute)
            case ast.NamedExpr(target=ast.Name() as target):
                return self.path(target)
            case _:
                return None

    def static(self, node: ast.expr) -> object:
        """The Python object that a name means at translation time, or MISSING where it is a run-time value."""
        match node:
            case ast.Name(id=name):
                if self.name(name) in self.declared:
                    return MISSING
                if name in self.objects:
                    return self.objects[name]
                return MISSING if name in self.own_names else self.context.source.lookup(name)
            case ast.Attribute(value=value, attr=attribute):
                return self.context.translator.static_attribute(self.static(value), attribute)
            case _:
                return MISSING


def is_narrower(type: Type, declared: Type) -> bool:
    """Whether knowing `type` says more than `declared`."""
    if type is declared or type is NEVER:
        return False
    if isinstance(declared, Optional):
        return True
    return kind_of(type) == "r" and kind_of(declared) == "r"


def _cell_name(name: str) -> str:
    return f"{name}%cell"
