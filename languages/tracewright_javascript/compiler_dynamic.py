"""Names that are found when the program runs: inside `with`, and beside a sloppy direct `eval`, which may add variables.

    with (o) { x }              scope object o; then whatever `x` is outside
    function f() { eval(s); x } scope object: the variables that the text has declared; then whatever `x` is outside

Each such scope has an object in a hidden variable. A use of a name that may mean a property of it asks the objects between itself and the place
where its variable is declared, the innermost first. All other names of such functions are compiled as ever.
"""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_javascript.bytecode import CALLEE, THIS
from tracewright_javascript.compiler import NameCompiler, PlaceKind, ScopeObject
from tracewright_javascript.opcodes import Op
from tracewright_javascript.scopes import VariableKind
from tracewright_javascript.syntax import NameReference
from tracewright_javascript.values import EMPTY

NO_BASE = -1


class DynamicNameCompiler(NameCompiler):
    """Reads and writes names, dynamic or not."""

    def objects_between(self, reference: NameReference) -> list[ScopeObject]:
        """The scope objects that a use of a name has to ask, the innermost first."""
        variable = reference.variable
        is_added = variable is not None and variable in self.unit.added_variables
        if not reference.is_dynamic and not is_added:
            return []
        depth = 0
        if variable is not None and not is_added:
            depth = self.unit.depths.get(variable, 0)
        objects = self.scope_objects[depth:]
        objects.reverse()
        return objects

    def resolve_name(self, reference: NameReference) -> int:
        """A slot with the scope object that has the name now, EMPTY if none has; NO_BASE where none needs to be asked."""
        objects = self.objects_between(reference)
        if len(objects) == 0:
            return NO_BASE
        base, key, found = self.slot(), self.slot(), self.slot()
        done = Label()
        self.load_text(key, reference.name)
        for each in objects:
            self.load_place(base, self.hidden_place(each.variable))
            self.emit(Op.SCOPE_HAS, found, base, key)
            self.assembler.jump(Op.JUMP_IF_TRUE, found, done)
        self.load_constant(base, EMPTY)
        self.assembler.place(done)
        return base

    def load_name(self, target: int, reference: NameReference) -> None:
        """The value of a name, tested where it may not be initialized."""
        top = self.top
        self.load_resolved(target, reference, self.resolve_name(reference), False)
        self.top = top

    def load_resolved(self, target: int, reference: NameReference, base: int, is_typeof: bool) -> None:
        """The value of a name that was resolved; `typeof` makes no error of one that does not exist."""
        if base == NO_BASE:
            self._load_static(target, reference, is_typeof)
            return
        top = self.top
        outside, done = Label(), Label()
        self.assembler.jump(Op.JUMP_IF_EMPTY, base, outside)
        key = self.slot()
        self.load_text(key, reference.name)
        self.emit(Op.SCOPE_GET, key, base, key)
        self.move(target, key)
        self.assembler.jump(Op.JUMP, 0, done)
        self.assembler.place(outside)
        self._load_static(target, reference, is_typeof)
        self.assembler.place(done)
        self.top = top

    def _load_static(self, target: int, reference: NameReference, is_typeof: bool) -> None:
        place = self.place_of(reference)
        if is_typeof and place.kind == PlaceKind.GLOBAL:
            self.assembler.emit_wide(Op.LOAD_GLOBAL_OR_UNDEFINED, target, place.number)
        else:
            super().load_name(target, reference)

    def store_name(self, reference: NameReference, source: int) -> None:
        """An assignment to a name."""
        top = self.top
        self.store_resolved(reference, self.resolve_name(reference), source)
        self.top = top

    def store_resolved(self, reference: NameReference, base: int, source: int) -> None:
        """An assignment to a name that was resolved before the value was there."""
        if base == NO_BASE:
            super().store_name(reference, source)
            return
        top = self.top
        outside, done = Label(), Label()
        self.assembler.jump(Op.JUMP_IF_EMPTY, base, outside)
        key = self.slot()
        self.load_text(key, reference.name)
        self.emit(Op.SCOPE_SET, base, key, source)
        self.assembler.jump(Op.JUMP, 0, done)
        self.assembler.place(outside)
        super().store_name(reference, source)
        self.assembler.place(done)
        self.top = top

    def initialize_name(self, reference: NameReference, source: int) -> None:
        """The declaration of a name gives it its value; that of a `var` is an assignment."""
        variable = reference.variable
        if variable is not None and not variable.is_lexical() and len(self.objects_between(reference)) > 0:
            self.store_name(reference, source)
        else:
            self.initialize_place(self.place_of(reference), source)

    def call_name(self, reference: NameReference, frame: int) -> None:
        """The function and `this` of a call of a name: a property of a `with` object is its method."""
        base = self.resolve_name(reference)
        self.at(reference)
        self.load_constant(frame + THIS, Value.UNDEFINED)
        if base != NO_BASE:
            self.emit(Op.SCOPE_THIS, frame + THIS, base)
        self.load_resolved(frame + CALLEE, reference, base, False)

    def delete_name(self, reference: NameReference, target: int) -> None:
        """`delete name`, of sloppy code: only what an `eval` or an assignment has made can go."""
        base = self.resolve_name(reference)
        key = self.slot()
        self.load_text(key, reference.name)
        done = Label()
        if base != NO_BASE:
            outside = Label()
            self.assembler.jump(Op.JUMP_IF_EMPTY, base, outside)
            self.emit(Op.DELETE, target, base, key)
            self.assembler.jump(Op.JUMP, 0, done)
            self.assembler.place(outside)
        is_private = reference.name in self.unit.private_cells
        if self.place_of(reference).kind == PlaceKind.GLOBAL and not is_private and not _is_lexical(reference):
            self.emit(Op.DELETE_GLOBAL, target, key)
        else:
            self.load_constant(target, Value.FALSE)
        self.assembler.place(done)


def _is_lexical(reference: NameReference) -> bool:
    variable = reference.variable
    return variable is not None and variable.kind >= VariableKind.LET
