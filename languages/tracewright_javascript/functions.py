"""Functions: of the program, built-in, and bound. Their `length`, `name` and `prototype` are properties once somebody asks (`Kind.LAZY`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_javascript.bytecode import AnyRealm, Code, CodeKind
from tracewright_javascript.families import Kind, family_of
from tracewright_javascript.keys import is_private_name, is_symbol_name
from tracewright_javascript.objects import JSObject
from tracewright_javascript.properties import HIDDEN, NOT_CONFIGURABLE, NOT_ENUMERABLE, NOT_WRITABLE, READ_ONLY
from tracewright_javascript.prototypes import bare_orphan_shape
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import string_value

Native = Callable[[AnyRealm, VMStack, int, int], Value]


class LazyFunction(JSObject):
    """A function: what all kinds of functions have in common."""

    def class_text(self) -> str:
        return "Function"

    def can_call(self) -> bool:
        return True

    def complete(self) -> None:
        if family_of(self.shape).kind == Kind.LAZY:
            self._become_ordinary()
            self.add_properties()

    @dont_look_inside
    def _become_ordinary(self) -> None:
        prototype = family_of(self.shape).prototype
        self.move_to(bare_orphan_shape(Kind.ORDINARY) if prototype is None else prototype.bare_shape_of_children())

    def add_properties(self) -> None:
        """`length`, `name` and the like."""
        raise NotImplementedError


@final
class MethodFacts:
    """What methods and classes have that other functions have not."""

    def __init__(self) -> None:
        self.home: JSObject | None = None  # where it was defined: `super` begins to search behind it
        self.fields: Value = Value.UNDEFINED  # of a class: the function that gives instances their fields
        self.name: Value = Value.UNDEFINED  # where the code does not know it: its key was computed


@final
@immutable_fields("code", "captured[*]")
class JSFunction(LazyFunction):
    """A function of the program, with what it took along from around."""

    def __init__(self, shape: Shape, code: Code, captured: Array[Value]) -> None:
        super().__init__(shape, NO_ROW)
        self.code = code
        self.captured = captured
        self.facts: MethodFacts | None = None

    def make_facts(self) -> MethodFacts:
        """Its facts, to be changed."""
        facts = self.facts
        if facts is None:
            facts = MethodFacts()
            self.facts = facts
        return facts

    def home(self) -> JSObject | None:
        """Of a method: the object where it was defined."""
        facts = self.facts
        return None if facts is None else facts.home

    def fields(self) -> Value:
        """Of a class: the function that gives instances their fields, or undefined."""
        facts = self.facts
        return Value.UNDEFINED if facts is None else facts.fields

    def realm(self) -> Realm:
        """The realm that it belongs to."""
        return unsafe_cast(Realm, self.code.realm)

    def can_construct(self) -> bool:
        return self.code.is_constructor

    def name(self) -> Value:
        """The name that it begins with."""
        facts = self.facts
        return string_value(self.code.name) if facts is None or facts.name.same(Value.UNDEFINED) else facts.name

    @dont_look_inside
    def add_properties(self) -> None:
        code = self.code
        self.add("length", Value.of_int(code.length), READ_ONLY)
        self.add("name", self.name(), READ_ONLY)
        if code.is_constructor:
            prototype = self.realm().new_object()
            prototype.add("constructor", Value.of_object(self), HIDDEN)
            self.add("prototype", Value.of_object(prototype), NOT_ENUMERABLE | NOT_CONFIGURABLE)
        elif code.kind == CodeKind.GENERATOR or code.kind == CodeKind.ASYNC_GENERATOR:
            realm = self.realm()
            is_async = code.kind == CodeKind.ASYNC_GENERATOR
            parent = realm.async_generator_prototype if is_async else realm.generator_prototype
            self.add("prototype", Value.of_object(realm.new_child(parent)), NOT_ENUMERABLE | NOT_CONFIGURABLE)

    def set_class_prototype(self, prototype: JSObject) -> None:
        """Of a class: the prototype of its instances, which stays."""
        self.complete()
        self.set_named("prototype", Value.of_object(prototype))
        self.set_attributes("prototype", NOT_WRITABLE | NOT_ENUMERABLE | NOT_CONFIGURABLE)


def function_or_none(value: Value) -> JSFunction | None:
    """The function of the program that a value is, or None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, JSFunction):
            return thing
    return None


class Special:
    """What the interpreter does itself instead of calling a built-in."""

    NONE: Final = 0
    NEXT: Final = 1  # `next` of generators: the frame is resumed as in a call
    STEP: Final = 2  # `next` of other built-in iterators: loops ask for the value, and make no result object
    SEES_CALLS: Final = 3  # it is told who calls it (`stack_traces.link_native`)
    SELF_HOSTED: Final = 4  # its code is run as that of a function of the program
    CALL: Final = 5  # `call` of functions: the function that is `this` is called instead
    APPLY: Final = 6  # `apply`
    VIEW_LENGTH: Final = 7  # `length` of typed arrays


@final
@immutable_fields("realm", "name", "length", "function", "builds", "special", "text", "code?")
class NativeFunction(LazyFunction):
    """A built-in: called with its realm, the stack, the base of its frame, and the number of arguments."""

    def __init__(
        self,
        shape: Shape,
        realm: Realm,
        name: str,
        length: int,
        function: Native,
        builds: bool,
        special: int = Special.NONE,
        text: str = "",
    ) -> None:
        super().__init__(shape, NO_ROW)
        self.special = special
        self.text = text  # that it is compiled from, if it is self-hosted
        self.code: Code | None = None  # of one that is self-hosted and has been called
        self.data: Value = Value.UNDEFINED  # what this one was made for; no property
        self.realm = realm
        self.name = name
        self.length = length
        self.function = function
        self.builds = builds  # may stand behind `new`

    def can_construct(self) -> bool:
        return self.builds

    @dont_look_inside
    def add_properties(self) -> None:
        self.add("length", Value.of_int(self.length), READ_ONLY)
        self.add("name", string_value(self.name), READ_ONLY)


@final
@immutable_fields("target", "this", "arguments", "length", "name")
class BoundFunction(LazyFunction):
    """What `bind` makes."""

    def __init__(
        self, shape: Shape, target: JSObject, this: Value, arguments: Array[Value], length: Value, name: Value
    ) -> None:
        super().__init__(shape, NO_ROW)
        self.target = target
        self.this = this
        self.arguments = arguments
        self.length = length
        self.name = name

    def can_construct(self) -> bool:
        return self.target.can_construct()

    @dont_look_inside
    def add_properties(self) -> None:
        self.add("length", self.length, READ_ONLY)
        self.add("name", self.name, READ_ONLY)


def new_native(
    realm: Realm, name: str, length: int, function: Native, builds: bool = False, special: int = Special.NONE
) -> NativeFunction:
    """A built-in function."""
    return NativeFunction(realm.function_shape, realm, name, length, function, builds, special)


def function_shape(realm: Realm, code: Code) -> Shape:
    """The shape of functions with this code."""
    if code.kind == CodeKind.ORDINARY:
        return realm.function_shape
    if code.kind == CodeKind.GENERATOR:
        return realm.generator_function_prototype.special_shape_of_children(Kind.LAZY)
    if code.kind == CodeKind.ASYNC:
        return realm.async_function_prototype.special_shape_of_children(Kind.LAZY)
    return realm.async_generator_function_prototype.special_shape_of_children(Kind.LAZY)


def name_of_key(realm: Realm, key: str) -> str:
    """The name of a function that is the value of a property: a symbol's description in brackets."""
    if is_symbol_name(key):
        symbol = realm.agent.symbols[key]
        return f"[{symbol.description}]" if symbol.has_description else ""
    return key[1:] if is_private_name(key) else key
