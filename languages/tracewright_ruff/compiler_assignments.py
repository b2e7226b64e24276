"""Code for declarations and assignments."""

from __future__ import annotations

from typing import Final

from tracewright_ruff.compiler_moves import MoveCompiler, path_of
from tracewright_ruff.compiler_names import PlaceKind
from tracewright_ruff.compiler_operands import is_temporary
from tracewright_ruff.errors import CompileError
from tracewright_ruff.objects import texts_array
from tracewright_ruff.opcodes import REBIND, Op
from tracewright_ruff.session import CONST, LET, MUTABLE
from tracewright_ruff.syntax import (
    ArrayPattern,
    Assignment,
    BindingKind,
    Call,
    Declaration,
    DictionaryPattern,
    Expression,
    IgnorePattern,
    Name,
    NamePattern,
    Pattern,
)

GLOBAL_KINDS: Final = [LET, MUTABLE, CONST]  # indexed by BindingKind


class AssignmentCompiler(MoveCompiler):
    """Adds declarations and assignments."""

    # --- declarations ---
    def declaration(self, statement: Declaration) -> None:
        """`let`, `mut`, `const` and destructuring."""
        slot = self.temporary()
        value = statement.value
        if isinstance(value, Call):
            self.call_of_bound(value, slot, "")
        else:
            self.value(value, slot, True)
        self.assembler.line = statement.line
        pattern = statement.pattern
        if isinstance(pattern, NamePattern):
            self.declare(pattern.name, statement.kind, slot, not statement.keyword, statement.line)
            variable = self.blocks[-1].get(pattern.name)
            if variable is None or variable.slot != slot:
                self.next_slot = slot
        else:
            self.destructure(pattern, slot, statement, is_temporary(value))

    def destructure(self, pattern: Pattern, source: int, statement: Declaration, owned: bool) -> None:
        """Bind the names of a pattern to parts of the value in `source`, which nobody reads afterwards if it is `owned`."""
        assembler = self.assembler
        rebind = not statement.keyword
        match pattern:
            case NamePattern():
                self.declare(pattern.name, statement.kind, source, rebind, statement.line)
            case ArrayPattern():
                for index in range(len(pattern.items)):
                    item = pattern.items[index]
                    if not isinstance(item, IgnorePattern):
                        slot = self.temporary()
                        assembler.emit(Op.TAKE_ITEM_OR_NULL if owned else Op.ITEM_OR_NULL, slot, source, index)
                        self.destructure(item, slot, statement, owned)
                if pattern.rest is not None:
                    slot = self.temporary()
                    assembler.emit(Op.REST_OF_ARRAY, slot, source, len(pattern.items))
                    self.declare(pattern.rest, statement.kind, slot, rebind, statement.line)
            case DictionaryPattern():
                for key in pattern.keys:
                    slot = self.temporary()
                    assembler.emit(Op.KEY_OR_NULL, slot, source, assembler.field_index(key))
                    self.declare(key, statement.kind, slot, rebind, statement.line)
                if pattern.rest is not None:
                    slot = self.temporary()
                    names = assembler.constant(texts_array(pattern.keys))
                    assembler.emit(Op.REST_OF_DICT, slot, source, names)
                    self.declare(pattern.rest, statement.kind, slot, rebind, statement.line)

    def declare(self, name: str, kind: int, slot: int, rebind: bool, line: int) -> None:
        """A new variable of the current scope; its value lies in `slot`, which a local variable keeps."""
        assembler = self.assembler
        existing = self.blocks[-1].get(name)
        if self.at_top_level() and not self.unit.is_private(name):
            cell = assembler.cell_index(self.unit.namespace.cell(name))
            assembler.emit(Op.DECLARE_GLOBAL, slot, GLOBAL_KINDS[kind] + (REBIND if rebind else 0), cell)
        elif existing is None:
            self.bind_slot(name, kind, slot, True).declared = True
        elif existing.declared and not rebind:
            message = "Duplicate declaration in the same scope: " + name
            if self.parent is not None:
                raise CompileError(message, line)
            assembler.emit_wide(Op.FAIL, 0, assembler.name_index(message))
        else:
            existing.kind = kind
            existing.site = None
            assembler.emit(Op.MOVE, existing.slot, slot, 0)
            self.defined.add(existing.slot)

    # --- assignment ---
    def assignment(self, statement: Assignment) -> None:
        """`target := value`."""
        target = statement.target
        value = statement.value
        if not isinstance(target, Name):
            self.element_assignment(target, value)
            return
        place = self.resolve(target.name)
        direct = place.kind == PlaceKind.SLOT and place.variable is not None and place.binding() == BindingKind.MUT
        slot = place.index if direct else self.temporary()
        if isinstance(value, Call):
            self.call_of_bound(value, slot, target.name)
        else:
            self.assigned_value(value, slot)
        self.assembler.line = statement.line
        self.store(place, slot)

    def element_assignment(self, target: Expression, value: Expression) -> None:
        """`a[i].f[...] := value`: evaluate keys and value, then go down from the variable, unsharing each level."""
        assembler = self.assembler
        steps, root = path_of(target)
        keys = [self.key_slot(step) for step in steps]
        given = self.replaced_by_call(target, value)
        slot = self.temporary()
        if given is None:
            self.assigned_value(value, slot)
        elif len(given.arguments) > 1:
            self.temporaries(len(given.arguments) - 1)
            self.later_arguments(given, slot)
        assembler.line = target.line
        container = self.root_slot(root)
        if given is not None:
            container = self.give_element(given, steps, keys, container, slot, 0)
            if self.native_callee(given) is not None:
                self.set_element(steps[-1], keys[-1], container, slot)
                return
            container = self.root_slot(root)  # the function has done all sorts of things: this is a change of its own
        for index in range(len(steps) - 1):
            container = self.step_down(steps[index], keys[index], container)
        self.set_element(steps[-1], keys[-1], container, slot)

    def root_slot(self, root: Expression) -> int:
        """A slot with the outermost container, to be changed in place."""
        if isinstance(root, Name):
            return self.container_slot(self.resolve(root.name))
        container = self.temporary()
        self.value(root, container, True)
        return container
