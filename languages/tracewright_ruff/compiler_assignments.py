"""Code for declarations and assignments."""

from __future__ import annotations

from typing import Final

from tracewright_ruff.compiler_expressions import ExpressionCompiler
from tracewright_ruff.compiler_facts import bound_name, bound_value, count_name
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
    FieldAccess,
    IgnorePattern,
    IndexAccess,
    IntegerLiteral,
    Name,
    NamePattern,
    Pattern,
    Statement,
    StringLiteral,
    Unary,
)

GLOBAL_KINDS: Final = [LET, MUTABLE, CONST]  # indexed by BindingKind


class AssignmentCompiler(ExpressionCompiler):
    """Adds declarations and assignments."""

    def at_top_level(self) -> bool:
        """Whether declarations made here are globals."""
        return self.parent is None and len(self.blocks) == 1

    # --- declarations ---
    def declaration(self, statement: Declaration) -> None:
        """`let`, `mut`, `const` and destructuring."""
        slot = self.temporary()
        value = statement.value
        if isinstance(value, Call):
            top = self.next_slot
            self.assembler.line = value.line
            self.call(value, slot, self.dying_in(value, ""))
            self.next_slot = top
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
            self.destructure(pattern, slot, statement)

    def destructure(self, pattern: Pattern, source: int, statement: Declaration) -> None:
        """Bind the names of a pattern to parts of the value in `source`."""
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
                        assembler.emit(Op.ITEM_OR_NULL, slot, source, index)
                        self.destructure(item, slot, statement)
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
            top = self.next_slot
            self.assembler.line = value.line
            self.call(value, slot, self.dying_in(value, target.name))
            self.next_slot = top
        elif self.forget_move(value):
            self.move_first(value, slot)
        else:
            self.value(value, slot, True)
        self.assembler.line = statement.line
        self.store(place, slot)

    # --- `r := pop(st)  st := r[0]` ---
    def replaced_soon(self, statements: list[Statement], index: int, later: int) -> Call | None:
        """The call of statement `index` if its first argument is a variable which statement `later` replaces by the rest,
        and which nobody can see in between: then it is given away.

        Behind the call only an error could show the variable. None can come between adjacent statements, whose result is
        known to be a pair; elsewhere the variable must die with the function.
        """
        statement, replacing = statements[index], statements[later]
        value = bound_value(statement)
        if not isinstance(value, Call) or not isinstance(replacing, Assignment) or len(value.arguments) == 0:
            return None
        variable, target = value.arguments[0], replacing.target
        native = self.native_callee(value)
        if native is None or not native.gives_rest or not isinstance(variable, Name) or not isinstance(target, Name):
            return None
        name = bound_name(statement)
        if target.name != variable.name or target.name == name or not self.binds_surely(statement, name):
            return None
        if later > index + 1:
            if self.resolve(target.name).kind != PlaceKind.SLOT or self.try_depth > 0:
                return None
            for between in range(index + 1, later):
                other = bound_value(statements[between])
                mentions = other is None or count_name(other, target.name) > 0
                if mentions or bound_name(statements[between]) == target.name:
                    return None
        return value

    def binds_surely(self, statement: Statement, name: str) -> bool:
        """Whether giving the name its value cannot fail."""
        if isinstance(statement, Declaration):
            return name not in self.blocks[-1] and not (self.at_top_level() and not self.unit.is_private(name))
        place = self.resolve(name)
        return place.kind == PlaceKind.SLOT and place.variable is not None and place.binding() == BindingKind.MUT

    def dying_in(self, value: Call, replaced: str) -> str:
        """The variable that is not used again after the call."""
        if value is self.given:
            variable = value.arguments[0]
            if isinstance(variable, Name):
                return variable.name
        return replaced

    def note_move(self, name: str, statement: Statement) -> None:
        """The statement is `x := name[0]`: remember it if nothing else can see that element."""
        place = self.resolve(name)
        hidden = self.facts.exposed.get(name, 0) == self.facts.taken.get(name, 0)
        if hidden and place.kind == PlaceKind.SLOT and place.variable is not None and isinstance(statement, Assignment):
            self.moves.append(statement.value)

    def forget_move(self, value: Expression) -> bool:
        """Whether this very `r[0]` has been remembered; it no longer is."""
        for index in range(len(self.moves)):
            if self.moves[index] is value:
                self.moves.pop(index)
                return True
        return False

    def move_first(self, value: Expression, target: int) -> None:
        """`r[0]`, out of r."""
        if isinstance(value, IndexAccess):
            receiver = self.operand(value.receiver, False)
            self.assembler.line = value.line
            self.assembler.emit(Op.TAKE_ITEM, target, receiver, 0)

    def element_assignment(self, target: Expression, value: Expression) -> None:
        """`a[i].f[...] := value`: evaluate keys and value, then go down from the variable, unsharing each level."""
        assembler = self.assembler
        steps: list[Expression] = []
        current = target
        while True:
            if isinstance(current, IndexAccess):
                steps.append(current)
                current = current.receiver
            elif isinstance(current, FieldAccess):
                steps.append(current)
                current = current.receiver
            else:
                break
        steps.reverse()
        keys = [self.key_slot(step) for step in steps]
        given = self.replaced_by_call(target, value)
        slot = self.temporary()
        if given is None:
            self.value(value, slot, True)
        elif len(given.arguments) > 1:
            self.temporaries(len(given.arguments) - 1)
            for index in range(1, len(given.arguments)):
                self.value(given.arguments[index], slot + index, not is_temporary(given.arguments[index]))
        assembler.line = target.line
        if isinstance(current, Name):
            container = self.container_slot(self.resolve(current.name))
        else:
            container = self.temporary()
            self.value(current, container, True)
        for index in range(len(steps) - 1):
            container = self.step_down(steps[index], keys[index], container)
        if given is not None:
            native = self.native_callee(given)
            assert native is not None
            element = self.step_down(steps[-1], keys[-1], container)
            assembler.emit(Op.MOVE, slot, element, 0)
            count = len(given.arguments)
            site = assembler.native_index(native, count, (1 << min(count, 8)) - 1)
            assembler.emit(Op.CALL_NATIVE, slot, slot, site)
        self.set_element(steps[-1], keys[-1], container, slot)

    def key_slot(self, step: Expression) -> int:
        """Evaluate the index of one step; -1 for constant names."""
        if isinstance(step, IndexAccess) and not isinstance(step.index, StringLiteral):
            return self.operand(step.index, False)
        return -1

    def step_down(self, step: Expression, key: int, container: int) -> int:
        """A slot with the element of `container`, to be changed in place."""
        assembler = self.assembler
        slot = self.temporary()
        if isinstance(step, FieldAccess):
            assembler.emit(Op.UPDATE_FIELD, slot, container, assembler.field_index(step.name))
        elif isinstance(step, IndexAccess):
            if isinstance(step.index, StringLiteral):
                assembler.emit(Op.UPDATE_KEY, slot, container, assembler.field_index(step.index.value))
            else:
                assembler.emit(Op.UPDATE_INDEX, slot, container, key)
        return slot

    def set_element(self, step: Expression, key: int, container: int, value: int) -> None:
        """The last step."""
        assembler = self.assembler
        if isinstance(step, FieldAccess):
            assembler.emit(Op.SET_FIELD, container, value, assembler.field_index(step.name))
        elif isinstance(step, IndexAccess):
            if isinstance(step.index, StringLiteral):
                assembler.emit(Op.SET_KEY, container, value, assembler.field_index(step.index.value))
            else:
                assembler.emit(Op.SET_INDEX, container, key, value)

    def replaced_by_call(self, target: Expression, value: Expression) -> Call | None:
        """The call in `p.xs := push(p.xs, v)`, which may change the element in place."""
        if not isinstance(value, Call) or len(value.arguments) == 0 or not same_path(target, value.arguments[0]):
            return None
        native = self.native_callee(value)
        if native is None or native.calls_back or self.any_may_call(value.arguments, 0):
            return None
        return value


def same_path(left: Expression, right: Expression) -> bool:
    """Whether two paths certainly mean the same element: built from equal names, literals and paths only."""
    match left:
        case Name():
            return isinstance(right, Name) and left.name == right.name
        case FieldAccess():
            return (
                isinstance(right, FieldAccess) and left.name == right.name and same_path(left.receiver, right.receiver)
            )
        case IndexAccess():
            if not isinstance(right, IndexAccess) or not same_path(left.receiver, right.receiver):
                return False
            return same_path(left.index, right.index)
        case StringLiteral():
            return isinstance(right, StringLiteral) and left.value == right.value
        case IntegerLiteral():
            return isinstance(right, IntegerLiteral) and left.value == right.value
        case Unary():
            return isinstance(right, Unary) and left.operator == right.operator and same_literal(left, right)
    return False


def same_literal(left: Unary, right: Unary) -> bool:
    """Whether both are the same number with a minus sign."""
    return isinstance(left.operand, IntegerLiteral) and same_path(left.operand, right.operand)
