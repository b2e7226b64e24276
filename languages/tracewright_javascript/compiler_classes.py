"""Classes: constructor, methods, `super`, fields and static blocks.

class B extends A { x = 1; m() { } static y = 2 }

f := the constructor's function, its prototype an object whose prototype is A.prototype, its own prototype A
f.prototype.m := ...           each method knows its home, where `super` begins to search
f's fields := () { this.x = 1 }        called when `this` is made: at the start of a base class's constructor, behind `super(...)`
() { this.y = 2 } called with f
"""

from __future__ import annotations

from abc import abstractmethod

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_javascript.bytecode import CALLEE, THIS, Code
from tracewright_javascript.compiler import NO_CELL, not_compiled
from tracewright_javascript.compiler_patterns import PatternCompiler
from tracewright_javascript.opcodes import Op
from tracewright_javascript.scopes import Scope
from tracewright_javascript.syntax import (
    Call,
    Class,
    ClassMember,
    Function,
    Member,
    MemberKind,
    StringLiteral,
    Super,
)
from tracewright_javascript.syntax_statements import Return


class ClassCompiler(PatternCompiler):
    """Compiles classes; the functions in them are compiled by a subclass."""

    @abstractmethod
    def method_code(self, function: Function, name: str) -> Code:
        """The code of a function inside this one."""

    @abstractmethod
    def constructor_code(self, definition: Class, name: str) -> Code:
        """The code of a class's constructor, written or not."""

    @abstractmethod
    def initializer_code(self, members: list[ClassMember], name: str) -> Code:
        """The code of a function that gives `this` its fields, and runs static blocks."""

    def compile_class(self, target: int, definition: Class, name: str) -> None:
        top = self.top
        self._open_class_scope(definition.scope)
        made = self.slot()
        parent = definition.parent
        if parent is not None:
            self.into(parent, made)
        own_name = definition.name if definition.name != "" else name
        code = self.assembler.new_constant(Value.of_object(self.constructor_code(definition, own_name)))
        home = self.slot()
        self.assembler.emit(Op.CLASS, made, 0 if parent is None else 1, code)
        self.emit(Op.GET, home, made, self.site("prototype"))
        for member in definition.members:
            if member.kind != MemberKind.FIELD and member.kind != MemberKind.STATIC_BLOCK:
                self._method(member, made if member.is_static else home)
        self.emit(Op.HIDE, made)
        self.emit(Op.HIDE, home)
        self._fields(definition, made, home)
        for variable in definition.scope.variables.values():
            self.store_place(self.places[variable], made)
        statics = [member for member in definition.members if member.is_static and _runs(member)]
        if len(statics) > 0:
            self._run_statics(statics, made)
        self.move(target, made)
        self.top = top

    def _open_class_scope(self, scope: Scope) -> None:
        self.open_scope(scope)

    def _method(self, member: ClassMember, home: int) -> None:
        function = member.function
        if member.kind != MemberKind.METHOD or function is None:
            raise not_compiled("getters and setters of classes", member)
        if member.private_name is not None:
            raise not_compiled("private names", member)
        top = self.top
        key = member.key
        slot = self.slot()
        if member.is_computed or not isinstance(key, StringLiteral):
            key_slot = self.slot()
            self.into(key, key_slot)
            self._closure(slot, self.method_code(function, ""), home)
            self.emit(Op.SET_INDEX, home, key_slot, slot)
        else:
            self._closure(slot, self.method_code(function, key.value), home)
            self.emit(Op.DEFINE, home, slot, self.site(key.value))
        self.top = top

    def _closure(self, slot: int, code: Code, home: int) -> None:
        self.assembler.emit_wide(Op.CLOSURE, slot, self.assembler.new_constant(Value.of_object(code)))
        self.emit(Op.SET_HOME, slot, home)

    def _fields(self, definition: Class, made: int, home: int) -> None:
        fields = [member for member in definition.members if not member.is_static and _runs(member)]
        if len(fields) > 0:
            top = self.top
            slot = self.slot()
            self._closure(slot, self.initializer_code(fields, definition.name), home)
            self.emit(Op.SET_FIELDS, made, slot)
            self.top = top

    def _run_statics(self, statics: list[ClassMember], made: int) -> None:
        frame = self._open_frame()
        self._closure(frame + CALLEE, self.initializer_code(statics, ""), made)
        self.move(frame + THIS, made)
        self.assembler.emit_wide(Op.CALL, frame, 0)

    # Inside of methods and constructors

    def initialize_fields(self) -> None:
        """Call the function that gives `this` the fields of the class whose constructor runs."""
        frame = self._open_frame()
        done = Label()
        self.emit(Op.FIELDS, frame + CALLEE, CALLEE)
        self.assembler.jump(Op.JUMP_IF_NULLISH, frame + CALLEE, done)
        self.move(frame + THIS, THIS)
        self.assembler.emit_wide(Op.CALL, frame, 0)
        self.assembler.place(done)
        self.top = frame

    def define_field(self, member: ClassMember) -> None:
        """One field of `this`, in the function that does this for all of them."""
        if member.private_name is not None:
            raise not_compiled("private names", member)
        key = member.key
        if member.is_computed or not isinstance(key, StringLiteral):
            raise not_compiled("fields with a computed or numeric name", member)
        top = self.top
        slot = self.slot()
        function = member.function
        if function is None:
            self.load_constant(slot, Value.UNDEFINED)
        else:
            self.open_scope(function.scope)
            body = function.body[0]
            value = body.value if isinstance(body, Return) else None
            assert value is not None
            self.named(value, slot, key.value)
        self.at(member)
        self.emit(Op.SET, THIS, slot, self.site(key.value))
        self.top = top

    def super_member(self, expression: Member, target: int) -> None:
        """`super.name`"""
        assert isinstance(expression.object, Super)
        function = self.operand(expression.object)
        self.at(expression)
        self.emit(Op.SUPER_GET, target, function, self.site(expression.name))

    def super_call(self, expression: Call, target: int) -> None:
        """`super(...)`"""
        if not self.is_derived:
            raise not_compiled("`super(...)` inside an arrow function", expression)
        frame = self._open_frame()
        self._arguments(frame, expression.arguments)
        self.at(expression)
        self.assembler.emit_wide(Op.SUPER, frame, len(expression.arguments))
        self.emit(Op.BIND_THIS, frame)
        if self.this_cell != NO_CELL:
            self.emit(Op.STORE_CELL, frame, self.this_cell)
        self.top = frame + 1
        self.initialize_fields()
        self.move(target, THIS)

    def default_constructor(self) -> None:
        """The body of a derived class's constructor that nobody wrote: it hands all arguments on."""
        frame = self._open_frame()
        self.emit(Op.SUPER_ALL, frame)
        self.emit(Op.BIND_THIS, frame)
        self.top = frame + 1
        self.initialize_fields()


def _runs(member: ClassMember) -> bool:
    return member.kind == MemberKind.FIELD or member.kind == MemberKind.STATIC_BLOCK
