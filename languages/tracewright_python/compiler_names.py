"""Tree to bytecode, the ground: slots, constants, and where the variables of one function live.

    a variable of a function                     a slot of the frame
    one that a function inside uses, too         a cell in a slot; functions inside take the cell along
    a name of the module                         a cell of the module's namespace (`namespaces.py`)
    a name of a class body                       its namespace, which lies in the body's first slot; then as from outside

Whether a variable is bound where it is read is followed along the code (`bound`); only where that is not certain, it is tested.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.guest.assembler import Assembler, Label
from tracewright.guest.diagnostics import Span
from tracewright.guest.instructions import encode
from tracewright.lib.array_tools import array_from
from tracewright_python.attribute_sites import AttributeSite
from tracewright_python.bytecode import FIRST, Code, CodeKind
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.namespaces import Namespace
from tracewright_python.opcodes import Op
from tracewright_python.scopes import Resolution, Scope, ScopeKind, Symbol
from tracewright_python.session import Session
from tracewright_python.syntax import Node

SHOW_VARIABLES: Final[list[str]] = ["locals", "vars", "dir", "eval", "exec"]
"""Names of what looks at all variables of the function that calls it: there those that are not bound yet must be empty."""


@final
class Unit:
    """One source text, and the namespace that its module's names are in."""

    def __init__(self, session: Session, namespace: Namespace, file: str) -> None:
        self.session = session
        self.namespace = namespace
        self.file = file
        self.future_annotations = False


class Cleanup:
    """What must be done when `return`, `break` or `continue` lead out of a piece of code."""

    LOOP: Final = 0  # nothing; `break` and `continue` end here
    HANDLER: Final = 1  # the exception in `slot` is handled again
    FINALLY: Final = 2  # the statements of `finally`
    WITH: Final = 3  # `__exit__`, prepared in the block `slot`
    NAME: Final = 4  # the name of `except ... as name` is unbound
    TRY: Final = 5  # nothing, but the code outside is not protected


def not_compiled(what: str, node: Node) -> SyntaxFault:
    """A part of the language that the compiler does not know yet."""
    return SyntaxFault(f"Tracewright Python: not there yet: {what}", node.span)


class NameCompiler:
    """Slots, constants and names of one function, class body or module."""

    def __init__(self, unit: Unit, parent: NameCompiler | None, scope: Scope, name: str, qualified_name: str) -> None:
        self.unit = unit
        self.parent = parent
        self.scope = scope
        self.qualified_name = qualified_name
        self.assembler: Assembler = Assembler(name)
        self.slots: dict[str, int] = {}  # of variables and their cells
        self.variables: list[str] = []  # those with slots, in order
        self.captured: dict[str, int] = {}
        self.captures: list[int] = []
        self.bound: set[str] = set()  # variables in slots that have a value here for certain
        self.tested: set[str] = set()  # those that are tested somewhere, so that they must begin unbound
        self.texts: dict[str, int] = {}  # constants
        self.global_cells: dict[str, int] = {}
        self.top: int = FIRST  # the first free slot
        self.frame_size: int = FIRST
        self.first_temporary: int = FIRST
        self.generator_slot: int = 0
        self.kind: int = CodeKind.FUNCTION
        self.shows_values = False  # of expressions that are statements, as a prompt does

    # --- slots ---

    def slot(self) -> int:
        """A free slot, taken until `top` is set back."""
        return self.take(1)

    def take(self, count: int) -> int:
        """So many free slots beside each other."""
        result = self.top
        self.top += count
        self.frame_size = max(self.frame_size, self.top)
        return result

    def is_variable(self, slot: int) -> bool:
        """Whether a variable lives in this slot."""
        return slot < self.first_temporary

    # --- instructions ---

    def at(self, node: Node) -> None:
        """What is emitted from here on comes from this node."""
        self.assembler.at(node.span)

    def at_span(self, span: Span) -> None:
        """What is emitted from here on comes from this place."""
        self.assembler.at(span)

    def emit(self, operation: int, a: int = 0, b: int = 0, c: int = 0) -> None:
        """One instruction."""
        self.assembler.emit(operation, a, b, c)

    def note_live_slots(self) -> None:
        """What lies above the slots that are taken now is left over from the code before. (A generator keeps its whole frame.)"""
        if self.kind == CodeKind.FUNCTION:
            self.assembler.live(self.top)

    def jump(self, operation: int, slot: int = 0, label: Label | None = None) -> Label:
        """A jump, to a new label if none is given."""
        return self.assembler.jump(operation, slot, label)

    def place(self, label: Label) -> None:
        """The label is here."""
        self.assembler.place(label)

    def move(self, target: int, source: int) -> None:
        """`target := source`"""
        if target != source:
            self.emit(Op.MOVE, target, source)

    # --- constants ---

    def constant(self, value: Value) -> int:
        """The number of a constant."""
        return self.assembler.constant(value)

    def load_constant(self, target: int, value: Value) -> None:
        """`target := value`"""
        self.assembler.emit_wide(Op.CONSTANT, target, self.constant(value))

    def load_none(self, target: int) -> None:
        """`target := None`"""
        self.load_constant(target, Value.NULL)

    def text_constant(self, text: str) -> int:
        """The number of a constant text."""
        found = self.texts.get(text, -1)
        if found < 0:
            found = self.assembler.new_constant(Value.of_object(self.unit.session.intern(text)))
            self.texts[text] = found
        return found

    def load_text(self, target: int, text: str) -> None:
        """`target := text`"""
        self.assembler.emit_wide(Op.CONSTANT, target, self.text_constant(text))

    def site(self, name: str, is_store: bool = False) -> int:
        """The number of a new site for an attribute, whose name is as written."""
        mangled = self.scope.mangled(name)
        site = AttributeSite(mangled, self.unit.session.intern(mangled), is_store)
        return self.assembler.new_constant(Value.of_object(site))

    def global_cell(self, name: str) -> int:
        """The number of the constant that is a global name's cell."""
        found = self.global_cells.get(name, -1)
        if found < 0:
            found = self.assembler.new_constant(Value.of_object(self.unit.namespace.cell(name)))
            self.global_cells[name] = found
        return found

    # --- variables ---

    def declare_variables(self) -> None:
        """Slots for the variables of this scope, and cells for those that scopes inside use."""
        scope = self.scope
        if scope.is_comprehension() and len(scope.parameters) == 0:
            self.slot()  # the iterator of the first `for`
            self.variables.append(".0")
        for name in scope.parameters:
            self.slots[name] = self.slot()
            self.variables.append(name)
            self.bound.add(name)
        if scope.is_function():
            for symbol in scope.symbols.values():
                if symbol.name not in self.slots and symbol.resolution in (Resolution.LOCAL, Resolution.CELL):
                    self.slots[symbol.name] = self.slot()
                    self.variables.append(symbol.name)
        elif scope.kind == ScopeKind.CLASS:
            self.slot()  # the namespace
            for name in scope.cells():
                self.slots[name] = self.slot()
        if self.kind != CodeKind.FUNCTION:
            self.generator_slot = self.slot()
        self.first_temporary = self.top
        for name in scope.free():
            self.capture(name)
        for name in scope.cells():
            if name in self.bound:
                self.emit(Op.NEW_CELL, self.slots[name], self.slots[name])
            else:
                self.emit(Op.EMPTY_CELL, self.slots[name])

    def capture(self, name: str) -> int:
        """The number of a captured value: the cell of a variable of a function around."""
        known = self.captured.get(name, -1)
        if known >= 0:
            return known
        parent = self.parent
        assert parent is not None, name
        source = parent.slots.get(name, -1)
        if source >= 0 and parent.is_cell_here(name):
            code = 2 * source
        else:
            code = 2 * parent.capture(name) + 1
        result = len(self.captures)
        self.captures.append(code)
        self.captured[name] = result
        return result

    def is_cell_here(self, name: str) -> bool:
        """Whether this scope makes the cell of the name."""
        symbol = self.scope.symbols.get(name)
        return symbol is not None and symbol.resolution == Resolution.CELL

    def symbol_of(self, name: str) -> Symbol:
        """What a name means here; its mangled form."""
        mangled = self.scope.mangled(name)
        found = self.scope.symbols.get(mangled)
        return found if found is not None else Symbol(mangled)

    def variable_slot(self, name: str) -> int:
        """The slot of a variable that lives in one and is bound for certain; or -1."""
        symbol = self.symbol_of(name)
        if symbol.resolution == Resolution.LOCAL and self.scope.is_function() and symbol.name in self.bound:
            return self.slots[symbol.name]
        return -1

    def local_slot(self, name: str) -> int:
        """The slot of a variable that lives in one, bound or not; or -1."""
        symbol = self.symbol_of(name)
        if symbol.resolution == Resolution.LOCAL and self.scope.is_function():
            return self.slots[symbol.name]
        return -1

    def load_name(self, target: int, name: str) -> None:
        """`target := name`"""
        symbol = self.symbol_of(name)
        name = symbol.name
        match symbol.resolution:
            case Resolution.LOCAL if self.scope.is_function():
                slot = self.slots[name]
                if name not in self.bound:
                    self.tested.add(name)
                    self.assembler.emit_wide(Op.CHECK, slot, self.text_constant(name))
                    self.bound.add(name)
                self.move(target, slot)
            case Resolution.CELL:
                self.emit(Op.LOAD_CELL, target, self.slots[name], self.text_constant(name))
            case Resolution.FREE:
                if self.scope.kind == ScopeKind.CLASS:
                    self.emit(Op.LOAD_NAME, target, FIRST, self.text_constant(name))
                    found = self.jump(Op.JUMP_IF_BOUND, target)
                    self.load_captured(target, name)
                    self.place(found)
                else:
                    self.load_captured(target, name)
            case Resolution.GLOBAL_EXPLICIT:
                self.assembler.emit_wide(Op.LOAD_GLOBAL, target, self.global_cell(name))
            case _:
                if self.scope.kind == ScopeKind.CLASS:
                    self.emit(Op.LOAD_NAME, target, FIRST, self.text_constant(name))
                    known = self.jump(Op.JUMP_IF_BOUND, target)
                    self.assembler.emit_wide(Op.LOAD_GLOBAL, target, self.global_cell(name))
                    self.place(known)
                else:
                    self.assembler.emit_wide(Op.LOAD_GLOBAL, target, self.global_cell(name))

    def load_captured(self, target: int, name: str) -> None:
        """`target :=` what is in a cell that was taken along."""
        top = self.top
        cell = self.slot()
        self.assembler.emit_wide(Op.CAPTURED, cell, self.capture(name))
        self.emit(Op.LOAD_CELL, target, cell, self.text_constant(name))
        self.top = top

    def store_name(self, name: str, source: int) -> None:
        """`name := source`"""
        symbol = self.symbol_of(name)
        name = symbol.name
        match symbol.resolution:
            case Resolution.LOCAL if self.scope.is_function():
                self.move(self.slots[name], source)
                self.bound.add(name)
            case Resolution.CELL if self.scope.is_function():
                self.emit(Op.STORE_CELL, source, self.slots[name])
            case Resolution.FREE:
                top = self.top
                cell = self.slot()
                self.assembler.emit_wide(Op.CAPTURED, cell, self.capture(name))
                self.emit(Op.STORE_CELL, source, cell)
                self.top = top
            case Resolution.GLOBAL_EXPLICIT:
                self.assembler.emit_wide(Op.STORE_GLOBAL, source, self.global_cell(name))
            case _:
                if self.scope.kind == ScopeKind.CLASS:
                    self.emit(Op.STORE_NAME, source, FIRST, self.text_constant(name))
                else:
                    self.assembler.emit_wide(Op.STORE_GLOBAL, source, self.global_cell(name))

    def delete_name(self, name: str) -> None:
        """`del name`"""
        symbol = self.symbol_of(name)
        name = symbol.name
        match symbol.resolution:
            case Resolution.LOCAL if self.scope.is_function():
                slot = self.slots[name]
                self.tested.add(name)
                self.assembler.emit_wide(Op.CHECK, slot, self.text_constant(name))
                self.load_constant(slot, Value.UNDEFINED)
                self.bound.discard(name)
            case Resolution.CELL if self.scope.is_function():
                self.emit(Op.DELETE_CELL, 0, self.slots[name], self.text_constant(name))
            case Resolution.FREE:
                top = self.top
                cell = self.slot()
                self.assembler.emit_wide(Op.CAPTURED, cell, self.capture(name))
                self.emit(Op.DELETE_CELL, 0, cell, self.text_constant(name))
                self.top = top
            case Resolution.GLOBAL_EXPLICIT:
                self.assembler.emit_wide(Op.DELETE_GLOBAL, 0, self.global_cell(name))
            case _:
                if self.scope.kind == ScopeKind.CLASS:
                    self.emit(Op.DELETE_NAME, 0, FIRST, self.text_constant(name))
                else:
                    self.assembler.emit_wide(Op.DELETE_GLOBAL, 0, self.global_cell(name))

    # --- the end ---

    def finish(
        self, positional_only: int, positional: int, keyword_only: int, first_line: int, documentation: Value
    ) -> Code:
        """The code object."""
        prologue: list[int] = []
        shows_all = any([name in self.scope.symbols for name in SHOW_VARIABLES])
        for name in self.variables:
            if (name in self.tested or shows_all) and name not in self.scope.parameters and not self.is_cell_here(name):
                prologue.append(encode(Op.CLEAR, self.slots[name], 1, 0))
        code = Code(
            self.unit.session,
            self.unit.namespace,
            self.assembler.name,
            self.qualified_name,
            self.unit.file,
            first_line,
            positional_only,
            positional,
            keyword_only,
            self.scope.has_variadic_positional,
            self.scope.has_variadic_keywords,
            self.kind,
            self.frame_size,
            self.generator_slot,
            array_from(self.captures, 0),
            array_from(self.variables, ""),
            documentation,
        )
        code.free_names = list(self.captured)
        self.assembler.fill(code, prologue)
        return code
