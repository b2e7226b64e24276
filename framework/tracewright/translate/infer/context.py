"""One function being translated: the graph under construction, what its locals are, and what is known about them here."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, final

from tracewright.core import operations as op
from tracewright.core.effects import NONE as NO_EFFECTS
from tracewright.core.effects import RAISES
from tracewright.core.errors import DialectError
from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright.core.operations import TABLE
from tracewright.core.source_span import SourceSpan
from tracewright.translate.flow.build import GraphBuilder
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import Block, Constant, FunctionGraph, Instruction, Operand, Variable
from tracewright.translate.flow.types import (
    BOOL,
    FLOAT,
    INT,
    NEVER,
    NONE,
    OBJECT,
    ClassLayout,
    FieldLayout,
    FunctionType,
    Instance,
    Optional,
    Type,
    is_word,
    kind_of,
    show_type,
)
from tracewright.translate.infer import explain
from tracewright.translate.infer.annotations import TypeScope
from tracewright.translate.infer.facts import Facts, Path
from tracewright.translate.infer.fits import fits
from tracewright.translate.infer.scopes import FinallyScope, HandlerScope, Scope
from tracewright.translate.infer.sources import MISSING, ModuleSource

if TYPE_CHECKING:
    from tracewright.translate.infer.signatures import Definition, Parameter
    from tracewright.translate.infer.translator import Translator


@final
@dataclass(frozen=True, slots=True)
class Typed:
    """A value and its static type. (The type of the variable that holds it may be wider: narrowing makes no copies.)"""

    operand: Operand
    type: Type


@final
@dataclass(frozen=True, slots=True)
class Services:
    """The mutually recursive parts, so that each can be a module of its own."""

    evaluate: Callable[[FunctionContext, ast.expr, Type | None], Typed]
    condition: Callable[[FunctionContext, ast.expr, Block, Block], None]
    statements: Callable[[FunctionContext, Sequence[ast.stmt]], None]
    call_function: Callable[[FunctionContext, object, list[Typed]], Typed]
    call_method: Callable[[FunctionContext, Typed, str, list[Typed]], Typed]
    construct: Callable[[FunctionContext, type, list[Typed], Type | None], Typed]
    assign: Callable[[FunctionContext, ast.expr, Typed], None]
    function_value: Callable[[FunctionContext, ast.expr, tuple[Type, ...], Type | None], Typed]


@final
@dataclass(frozen=True, slots=True)
class NestedSignature:
    """How a nested function may be called; the values of defaults are kept in fields of its closure object."""

    parameters: tuple[Parameter, ...]
    types: tuple[Type, ...]
    defaults: dict[str, FieldLayout]


@final
@dataclass(eq=False, slots=True)
class FunctionContext:
    """State of the translation of one function. Every part of `infer` works through it."""

    translator: Translator
    services: Services
    graph: FunctionGraph
    builder: GraphBuilder
    scope: TypeScope
    owner: ClassLayout | None
    result: Type
    node: ast.AST
    facts: Facts = field(default_factory=Facts)
    arriving: dict[Block, Facts] = field(default_factory=dict)
    declared: dict[str, Type] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    local_objects: dict[str, object] = field(default_factory=dict)
    scopes: list[Scope] = field(default_factory=list)
    temporaries: int = 0
    own_names: frozenset[str] = frozenset()  # every name that the function assigns: none of them is ever a global
    definition: Definition | None = None
    doubtful: set[str] = field(default_factory=set)  # names that a statement with an error would have assigned
    decided: dict[str, ast.AST] = field(default_factory=dict)  # where locals got their types
    came_from: dict[Variable, ast.expr] = field(default_factory=dict)  # the expressions of values that may be None
    handled: set[Path] = field(default_factory=set)  # paths that some test or assignment has narrowed
    cells: frozenset[str] = frozenset()  # locals that nested functions share while they change
    sole_functions: frozenset[str] = frozenset()  # names of nested functions that never mean anything else
    defined_after: dict[str, list[ast.FunctionDef]] = field(default_factory=dict)  # nested functions and those behind
    nested_functions: dict[str, NestedSignature] = field(default_factory=dict)  # those defined so far
    reserved_cells: dict[str, Instruction] = field(
        default_factory=dict
    )  # made before the types of their locals are known
    reads: list[tuple[Operand, ast.Name]] = field(default_factory=list)  # of locals, to find those never assigned

    @property
    def source(self) -> ModuleSource:
        return self.scope.source

    @property
    def reachable(self) -> bool:
        return self.builder.block is not None

    # --- services ---

    def evaluate(self, node: ast.expr, expected: Type | None = None) -> Typed:
        """Translate an expression; `expected` guides displays and generic calls, it does not convert."""
        before, self.node = self.node, node
        try:
            value = self.services.evaluate(self, node, expected)
            if isinstance(value.type, Optional) and isinstance(value.operand, Variable):
                self.came_from[value.operand] = node
            return value
        finally:
            self.node = before

    def evaluate_as(self, node: ast.expr, wanted: Type) -> Operand:
        """Translate an expression and convert it to the wanted type."""
        return self.convert(self.evaluate(node, wanted), wanted, node)

    def library(self, module: str, name: str, arguments: list[Typed]) -> Typed:
        """Call a function of tracewright.lib."""
        return self.services.call_function(self, self.translator.library(module, name, self), arguments)

    # --- errors ---

    def error(self, code: str, message: str, help: str = "", node: ast.AST | None = None) -> DialectError:
        return self.source.error(node or self.node, code, message, help)

    @property
    def callee(self) -> ast.expr:
        """What the current expression calls."""
        node = self.node
        found = node.func if isinstance(node, ast.Call) else node
        return found if isinstance(found, ast.expr) else ast.Name("this")

    @property
    def span(self) -> SourceSpan:
        return self.source.span(self.node)

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
        instruction = Instruction(operation, operands, result, self.span, immediate)
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
        self.throw(self.translator.prebuilt_error(exception, message))

    def throw(self, exception: Operand) -> None:
        handler = self.handler()
        if handler is not None:
            self.arrive(handler, self.facts)
        self.builder.throw(exception, self.span, handler)

    # --- locals ---

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

    def local_name(self, name: str) -> str:
        return self.renamed.get(name, name)

    def declare(self, name: str, type: Type) -> None:
        self.declared[name] = type
        self.builder.types[name] = type
        if name in self.cells:
            cell = self.translator.table.cell(type)
            self.translator.instantiate(cell.layout)
            reserved = self.reserved_cells.get(name)
            if reserved is not None and reserved.result is not None:
                reserved.result.type, reserved.immediate = cell, cell.layout
                self.builder.types[_cell_name(name)] = cell
                return
            made = Instruction(op.NEW_OBJECT, [], Variable(cell, "r", name), self.span, cell.layout)
            self.builder.types[_cell_name(name)] = cell
            self.builder.insert_at_entry(_cell_name(name), made)

    def reserve_cell(self, name: str) -> None:
        """Make the cell of a local here, and not where the function begins: each run of a comprehension has its own."""
        self.cells |= {name}
        cell = self.translator.table.cell(INT)  # until the local is declared
        self.translator.instantiate(cell.layout)
        made = Instruction(op.NEW_OBJECT, [], Variable(cell, "r", name), self.span, cell.layout)
        self.append(made)
        assert made.result is not None
        self.reserved_cells[name] = made
        self.builder.write(_cell_name(name), made.result)

    def adopt_cell(self, name: str, type: Type, cell: Operand) -> None:
        """Declare a local that lives in a cell of the function around this one."""
        self.declared[name] = self.builder.types[name] = type
        self.builder.types[_cell_name(name)] = self.translator.table.cell(type)
        self.builder.write(_cell_name(name), cell)

    def cell(self, name: str) -> Typed:
        """The cell of a local that nested functions share."""
        return Typed(self.builder.read(_cell_name(name)), self.builder.types[_cell_name(name)])

    def store_local(self, name: str, operand: Operand) -> None:
        """Give a declared local its value, wherever it lives."""
        if name in self.cells:
            cell = self.cell(name)
            assert isinstance(cell.type, Instance)
            self.store_field(cell.operand, cell.type.layout.fields["value"], operand)
        else:
            self.builder.write(name, operand)

    def write_local(self, name: str, value: Typed, node: ast.AST | None = None) -> None:
        """Assign to a local; its first assignment decides its type."""
        name = self.local_name(name)
        if name == "_" and name not in self.declared:
            return
        declared = self.declared.get(name)
        if declared is None:
            if value.type is NONE:
                if isinstance(self.value_of(node), ast.Call):
                    raise self.error("no-result", "this call gives no result", node=self.value_of(node))
                raise self.error(
                    "untyped-none",
                    f"`{name} = None` does not say what `{name}` may be later",
                    f"declare it: `{name}: T | None = None`",
                    node,
                )
            declared = value.type
            self.declare(name, declared)
            self.decided[name] = node or self.node
        operand = self.try_convert(value, declared)
        if operand is None:
            raise explain.mismatch(self, value.type, declared, self.value_of(node), *explain.local_label(self, name))
        if isinstance(operand, Variable) and not operand.name:
            operand.name = name.partition("%")[0]
        self.store_local(name, operand)
        self.facts.forget_path((name,))
        if name in self.cells:
            return
        known = as_stored(value.type, declared)
        if known is not declared and declared is not OBJECT and self.narrower(known, declared):
            self.handled.add((name,))
            self.facts.set((name,), known)

    def forget_local(self, name: str) -> None:
        """The local has no value any more, where it had one."""
        local = self.local_name(name)
        if local not in self.declared:
            return
        if local in self.cells:
            help = "let the name be, or use another one"
            raise self.error("delete", f"`{name}`, which a nested function uses, cannot lose its value", help)
        self.facts.forget_path((local,))
        self.builder.write(local, self.builder.unassigned(self.declared[local]))

    def value_of(self, target: ast.AST | None) -> ast.AST | None:
        """What the current statement assigns to a target: an error about its type is best shown there."""
        statement = self.node
        if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and statement.value is not None:
            if target is statement or target in _targets(statement):
                return statement.value
        return target

    def read_local(self, name: str) -> Typed | None:
        """The value of a local, as narrow as it is known; None if there is no local of this name."""
        name = self.local_name(name)
        declared = self.declared.get(name)
        if declared is None:
            return None
        if name in self.cells:
            cell = self.cell(name)
            assert isinstance(cell.type, Instance)
            return Typed(self.load_field(cell.operand, cell.type.layout.fields["value"]), declared)
        known = self.facts.get((name,))
        operand = self.builder.read(name)
        if known is not None and isinstance(declared, Optional):
            return self.narrowed(operand, known)
        return Typed(operand, declared if known is None else known)

    def path(self, node: ast.expr) -> Path | None:
        """The path of a local, of an object of the module, or of attributes of these, by which facts are kept."""
        match node:
            case ast.Name(id=name):
                local = self.local_name(name)
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

    def narrower(self, type: Type, declared: Type) -> bool:
        """Whether knowing `type` says more than `declared`."""
        if type is declared or type is NEVER:
            return False
        if isinstance(declared, Optional):
            return True
        return kind_of(type) == "r" and kind_of(declared) == "r"

    # --- conversion ---

    def convert(self, value: Typed, wanted: Type, node: ast.AST | None = None) -> Operand:
        """The value as one of the wanted type; an error where it is not."""
        result = self.try_convert(value, wanted)
        if result is None:
            raise explain.mismatch(self, value.type, wanted, node)
        return result

    def try_convert(self, value: Typed, wanted: Type) -> Operand | None:
        type = value.type
        if type is wanted or type is NEVER:
            return value.operand
        if isinstance(wanted, Optional):
            if type is NONE:
                return null(wanted)
            if is_word(wanted.item):
                return self._optional_word(value, wanted)
            inner = type.item if isinstance(type, Optional) else type
            return self.try_convert(Typed(value.operand, inner), wanted.item)
        if isinstance(type, Optional):
            return self.try_convert(self.not_none(value), wanted)
        if wanted is OBJECT and isinstance(type, Instance):
            return value.operand
        if isinstance(wanted, Instance) and isinstance(type, Instance):
            return value.operand if self.translator.table.is_subclass(type.layout, wanted.layout) else None
        if isinstance(wanted, FunctionType):
            return value.operand if fits(self.translator.table, type, wanted) else None
        return None

    def _optional_word(self, value: Typed, wanted: Optional) -> Operand | None:
        """A number, or one that may be None, as one that may be None."""
        if isinstance(value.type, Optional):
            if not is_word(value.type.item):
                return None
            name = self.write_new(null(wanted), wanted)
            there, after = self.new_block(), self.new_block()
            self.branch(self.is_there(value), there, after)
            self.start(there)
            packed = self._optional_word(self.present(value), wanted)
            if packed is not None:
                self.builder.write(name, packed)
            self.jump(after)
            self.start(after)
            return None if packed is None else self.builder.read(name)
        operand = self.try_convert(value, wanted.item)
        if operand is None:
            return None
        operation = op.VALUE_OF_FLOAT if wanted.item is FLOAT else op.VALUE_OF_INT
        return self.emit(operation, [operand], wanted)

    def present(self, value: Typed) -> Typed:
        """An optional value that is known to be there."""
        if not isinstance(value.type, Optional):
            return value
        return self.narrowed(value.operand, value.type.item)

    def narrowed(self, operand: Operand, known: Type) -> Typed:
        """The operand of an optional type as what it is known to be."""
        if not is_word(known):
            return Typed(operand, known)
        operation = op.VALUE_FLOAT if known is FLOAT else op.VALUE_AS_INT
        return Typed(self.emit(operation, [operand], known), known)

    def as_number(self, value: Typed, wanted: Type) -> Operand:
        """The value as an int or float in arithmetic, where Python too makes a bool an int and an int a float. (Elsewhere it
        would stay what it is, and print as that, so there it must be said: `float(x)`.)"""
        if wanted is INT and value.type is BOOL:
            return value.operand
        if wanted is FLOAT and value.type in (INT, BOOL):
            return self.to_float(value.operand)
        return self.convert(value, wanted)

    def to_float(self, operand: Operand) -> Operand:
        return self.compute(op.INT_TO_FLOAT, operand, type=FLOAT)

    def not_none(self, value: Typed) -> Typed:
        """The value without None in its type, checked: the type checker may know more than the translator about what was
        tested before. What no test and no assignment speaks of is refused."""
        if not isinstance(value.type, Optional):
            return value
        item = value.type.item
        node = self.came_from.get(value.operand) if isinstance(value.operand, Variable) else None
        if node is not None and self.path(node) not in self.handled:
            raise self.none_error(node, item)
        if not isinstance(value.operand, Constant) or value.operand.value is None:
            self.require(self.is_there(value), AttributeError, f"None where {show_type(item)} is needed")
        return self.present(value)

    def none_error(self, node: ast.expr, item: Type) -> DialectError:
        """Something that may be None is used as if it were there."""
        text = ast.unparse(node)
        shown = f"`{text}`" if len(text) <= 30 else "this"
        if self.path(node) is not None:
            help = f"test it first, `if {text} is not None:`, or claim it: `assert {text} is not None`"
        else:
            help = "assign it to a local and test that: `if found is not None:`"
        return self.error("none", f"{shown} may be None, where {show_type(item)} is needed", help, node)

    def is_there(self, value: Typed) -> Operand:
        """A bool: whether an optional value is not None."""
        operation = op.REF_NE if kind_of(value.type) == "r" else op.INT_NE
        return self.compute(operation, value.operand, null(value.type), type=BOOL)

    def is_absent(self, value: Typed) -> Operand:
        """A bool: whether an optional value is None."""
        operation = op.REF_EQ if kind_of(value.type) == "r" else op.INT_EQ
        return self.compute(operation, value.operand, null(value.type), type=BOOL)

    # --- names ---

    def static(self, node: ast.expr) -> object:
        """The Python object that a name means at translation time, or MISSING where it is a run-time value."""
        match node:
            case ast.Name(id=name):
                if self.local_name(name) in self.declared:
                    return MISSING
                if name in self.local_objects:
                    return self.local_objects[name]
                return MISSING if name in self.own_names else self.source.lookup(name)
            case ast.Attribute(value=value, attr=attribute):
                return self.translator.static_attribute(self.static(value), attribute)
            case _:
                return MISSING


def _cell_name(name: str) -> str:
    return f"{name}%cell"


def _targets(node: ast.Assign | ast.AnnAssign | ast.NamedExpr) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


NONE_CONSTANT = Constant(None, "r", NONE)


def as_stored(type: Type, declared: Type) -> Type:
    """What is known of a value of this type once it is stored where another type is declared: an int may have become a float."""
    if isinstance(declared, Optional) and is_word(declared.item) and type is not NONE:
        return declared if isinstance(type, Optional) else declared.item
    return type


def null(type: Type) -> Constant:
    """None, as a value of an optional type."""
    return Constant(None, "r", type) if kind_of(type) == "r" else Constant(0, "i", type)


def integer(value: int, type: Type = INT) -> Constant:
    return Constant(value, "i", type)


def boolean(value: bool) -> Constant:
    return Constant(value, "i", BOOL)


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
