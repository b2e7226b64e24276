"""Classes: constructor, methods, `super`, fields and static blocks.

class B extends A { x = 1; m() { } static y = 2 }

f := the constructor's function, its prototype an object whose prototype is A.prototype, its own prototype A
f.prototype.m := ...           each method knows its home, where `super` begins to search
f's fields := () { this.x = 1 }        called when `this` is made: at the start of a base class's constructor, behind `super(...)`
() { this.y = 2 } called with f
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_javascript.bytecode import CALLEE, NEW_TARGET, THIS, Code
from tracewright_javascript.compiler import PlaceKind, PrivateNames
from tracewright_javascript.compiler_generators import GeneratorCompiler
from tracewright_javascript.compiler_members import super_of
from tracewright_javascript.keys import NO_INDEX, index_of_text
from tracewright_javascript.opcodes import Op
from tracewright_javascript.scopes import Scope, Variable
from tracewright_javascript.syntax import (
    Call,
    Class,
    ClassMember,
    Expression,
    Function,
    Index,
    Member,
    MemberKind,
    StringLiteral,
    Super,
)
from tracewright_javascript.syntax_statements import Return

PREFIXES: Final = ["", "get ", "set "]  # of a function's name, by MemberKind
PRIVATE_OPERATIONS: Final = [Op.ADD_PRIVATE_METHOD, Op.ADD_PRIVATE_GETTER, Op.ADD_PRIVATE_SETTER]  # by MemberKind


class ClassCompiler(GeneratorCompiler):
    """Compiles classes; the functions in them are compiled by a subclass."""

    @abstractmethod
    def method_code(self, function: Function, name: str) -> Code:
        """The code of a function inside this one."""

    @abstractmethod
    def constructor_code(self, definition: Class, name: str) -> Code:
        """The code of a class's constructor, written or not."""

    @abstractmethod
    def initializer_code(self, members: list[ClassMember], name: str, keys: dict[int, Variable]) -> Code:
        """The code of a function that gives `this` its fields, and runs static blocks."""

    def compile_class(self, target: int, definition: Class, name: str, key_slot: int = -1) -> None:
        top = self.top
        self._open_class_scope(definition.scope)
        names = PrivateNames(self.private_names)
        made, home = self.slot(), self.slot()
        self._declare_private_names(definition, names)
        self.private_names = names
        parent = definition.parent
        if parent is not None:
            self.into(parent, made)
        own_name = definition.name if definition.name != "" else name
        code = self.assembler.new_constant(Value.of_object(self.constructor_code(definition, own_name)))
        self.at(definition)
        self.assembler.emit_wide(Op.CLASS if parent is None else Op.DERIVED_CLASS, made, code)
        self.read_property(home, made, "prototype")
        self.emit(Op.SET_HOME, made, home)
        if key_slot >= 0:
            self.emit(Op.SET_NAME, made, key_slot, 0)
        keys: dict[int, Variable] = {}
        for member in definition.members:
            if member.kind == MemberKind.FIELD:
                self._field_key(member, keys)
            elif member.kind != MemberKind.STATIC_BLOCK:
                self._method(member, made if member.is_static else home, names)
        self._fields(definition, made, home, keys)
        for variable in definition.scope.variables.values():
            self.store_place(self.places[variable], made)
        statics = [member for member in definition.members if member.is_static and _is_instances(member)]
        if len(statics) > 0:
            self._run_statics(statics, made, keys)
        self.move(target, made)
        self.private_names = names.outer
        self.top = top

    def _open_class_scope(self, scope: Scope) -> None:
        self.open_scope(scope)

    def _declare_private_names(self, definition: Class, names: PrivateNames) -> None:
        """Their keys; and places for the functions of private methods, which instances get when they are made."""
        for member in definition.members:
            private = member.private_name
            if private is None:
                continue
            if private.name not in names.names:
                variable = self.hidden_variable(private.name)
                names.names[private.name] = variable
                self.assembler.emit_wide(Op.NEW_PRIVATE, self.places[variable].number, self.text_constant(private.name))
            if member.kind != MemberKind.FIELD:
                names.functions[private_function(member)] = self.hidden_variable(private_function(member))

    def _field_key(self, member: ClassMember, keys: dict[int, Variable]) -> None:
        """The key of a field that is no plain name is evaluated once, with the class."""
        if member.private_name is None and (member.is_computed or not isinstance(member.key, StringLiteral)):
            variable = self.hidden_variable("field")
            keys[member.start] = variable
            top = self.top
            slot = self.key_operand(member.key, member.is_computed)
            self.move(self.places[variable].number, slot)
            self.top = top

    def _method(self, member: ClassMember, home: int, names: PrivateNames) -> None:
        function = member.function
        assert function is not None
        top = self.top
        slot = self.slot()
        private = member.private_name
        if private is not None:
            self._closure(slot, self.method_code(function, private_function(member)), home)
            self.move(self.places[names.functions[private_function(member)]].number, slot)
            self.top = top
            return
        key = member.key
        key_slot = self.key_operand(key, member.is_computed)
        is_named = isinstance(key, StringLiteral) and not member.is_computed
        name = PREFIXES[member.kind] + key.value if isinstance(key, StringLiteral) and is_named else ""
        self._closure(slot, self.method_code(function, name), home)
        if not is_named:
            self.emit(Op.SET_NAME, slot, key_slot, member.kind)
        self.at(member)
        if member.kind == MemberKind.METHOD:
            self.emit(Op.DEFINE_METHOD, home, key_slot, slot)
        else:
            self.emit(Op.DEFINE_GETTER if member.kind == MemberKind.GETTER else Op.DEFINE_SETTER, home, key_slot, slot)
            self.emit(Op.HIDE, home, key_slot)
        self.top = top

    def _closure(self, slot: int, code: Code, home: int) -> None:
        self.assembler.emit_wide(Op.CLOSURE, slot, self.assembler.new_constant(Value.of_object(code)))
        self.emit(Op.SET_HOME, slot, home)

    def _fields(self, definition: Class, made: int, home: int, keys: dict[int, Variable]) -> None:
        members = fields_of(definition)
        if len(members) > 0:
            top = self.top
            slot = self.slot()
            self._closure(slot, self.initializer_code(methods_first(members), "", keys), home)
            self.emit(Op.SET_FIELDS, made, slot)
            self.top = top

    def _run_statics(self, statics: list[ClassMember], made: int, keys: dict[int, Variable]) -> None:
        frame = self.open_frame()
        self._closure(frame + CALLEE, self.initializer_code(methods_first(statics), "", keys), made)
        self.move(frame + THIS, made)
        self.assembler.emit_wide(Op.CALL, frame, 0)

    # Inside of methods and constructors

    def initialize_fields(self, function: int, this: int) -> None:
        """Call the function that gives an object the fields of a class, if there are any."""
        if not self.has_fields:
            return
        top = self.top
        frame = self.open_frame()
        done = Label()
        self.emit(Op.FIELDS, frame + CALLEE, function)
        self.assembler.jump(Op.JUMP_IF_NULLISH, frame + CALLEE, done)
        self.move(frame + THIS, this)
        self.assembler.emit_wide(Op.CALL, frame, 0)
        self.assembler.place(done)
        self.top = top

    def define_member(self, member: ClassMember, keys: dict[int, Variable]) -> None:
        """One field or private method of `this`, in the function that does this for all of them."""
        top = self.top
        slot = self.slot()
        private = member.private_name
        self.at(member)
        if member.kind != MemberKind.FIELD:
            assert private is not None and self.private_names is not None
            self.load_place(slot, self.hidden_place(self.private_names.functions[private_function(member)]))
            key_slot = self.slot()
            self.load_place(key_slot, self.private_place(private.name))
            self.emit(PRIVATE_OPERATIONS[member.kind], THIS, key_slot, slot)
            self.top = top
            return
        key = member.key
        if private is not None:
            self._field_value(member, slot, private.name, -1)
            key_slot = self.slot()
            self.load_place(key_slot, self.private_place(private.name))
            self.at(member)
            self.emit(Op.ADD_PRIVATE, THIS, key_slot, slot)
        elif member.start in keys:
            key_slot = self.slot()
            self.load_place(key_slot, self.hidden_place(keys[member.start]))
            self._field_value(member, slot, "", key_slot)
            self.at(member)
            self.emit(Op.DEFINE_COMPUTED, THIS, key_slot, slot)
        elif isinstance(key, StringLiteral):
            self._field_value(member, slot, key.value, -1)
            self.at(member)
            if index_of_text(key.value) == NO_INDEX:
                self.define_property(THIS, key.value, slot)
            else:
                key_slot = self.slot()
                self.load_text(key_slot, key.value)
                self.emit(Op.DEFINE_COMPUTED, THIS, key_slot, slot)
        self.top = top

    def _field_value(self, member: ClassMember, slot: int, name: str, key_slot: int) -> None:
        function = member.function
        if function is None:
            self.load_constant(slot, Value.UNDEFINED)
            return
        self.open_scope(function.scope)
        body = function.body[0]
        value = body.value if isinstance(body, Return) else None
        assert value is not None
        if key_slot >= 0:
            self.keyed(value, slot, key_slot, 0)
        else:
            self.named(value, slot, name)

    def super_reference(self, expression: Super) -> int:
        """The first of two slots with the function and `this`."""
        function = self.slot()
        this = self.slot()
        receiver = expression.receiver
        assert receiver is not None
        self.into(receiver, this)
        self.load_name(function, expression)
        return function

    def super_member(self, expression: Expression, target: int) -> None:
        """`super.name` and `super[key]`"""
        base = super_of(expression)
        assert base is not None
        reference = self.super_reference(base)
        if isinstance(expression, Member):
            self.at(expression)
            self.read_super(target, reference, expression.name)
        elif isinstance(expression, Index):
            key = self.operand(expression.property)
            self.at(expression)
            self.emit(Op.SUPER_GET_INDEX, target, reference, key)

    def super_call(self, expression: Call, target: int) -> None:
        """`super(...)`, also in an arrow function inside of the constructor."""
        callee = expression.callee
        assert isinstance(callee, Super)
        receiver, new_target = callee.receiver, callee.new_target
        assert receiver is not None and new_target is not None
        function = self.operand(callee)
        frame = self.open_frame()
        self.at(expression)
        self.emit(Op.PARENT, frame + CALLEE, function)
        self.load_name(frame + NEW_TARGET, new_target)
        self.call_with(frame, expression.arguments, expression, Op.SUPER, Op.SUPER_SPREAD)
        self.top = frame + 1
        place = self.place_of(receiver)
        if place.kind == PlaceKind.SLOT:
            self.emit(Op.BIND_THIS, frame)
        else:
            old = self.slot()
            self.load_place(old, place)
            self.emit(Op.CHECK_NO_THIS, old)
            self.store_place(place, frame)
        self.initialize_fields(function, frame)
        self.move(target, frame)

    def default_constructor(self) -> None:
        """The body of a derived class's constructor that nobody wrote: it hands all arguments on."""
        frame = self.open_frame()
        self.emit(Op.SUPER_ALL, frame)
        self.emit(Op.BIND_THIS, frame)
        self.top = frame + 1
        self.initialize_fields(CALLEE, THIS)


def fields_of(definition: Class) -> list[ClassMember]:
    """What each object gets when it is made."""
    return [member for member in definition.members if not member.is_static and _is_instances(member)]


def _is_instances(member: ClassMember) -> bool:
    """Whether it is there for each object, or done once for the class: fields, static blocks, private methods."""
    return member.kind == MemberKind.FIELD or member.kind == MemberKind.STATIC_BLOCK or member.private_name is not None


def methods_first(members: list[ClassMember]) -> list[ClassMember]:
    """Private methods are there before the first field is."""
    methods = [member for member in members if member.kind < MemberKind.FIELD]
    return methods + [member for member in members if member.kind >= MemberKind.FIELD]


def private_function(member: ClassMember) -> str:
    """The name of the function of a private method or accessor."""
    private = member.private_name
    assert private is not None
    return PREFIXES[member.kind] + private.name
