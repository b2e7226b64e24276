"""Step 6: objects. `{ x = 1 }` makes one, `p.x` reads a field, `p.x = 2` sets or adds it; methods are functions in fields.

    let p = { x = 1, move = fun (self, by) { self.x = self.x + by } }
    p.move(p, 5)

A shape says which field is where. Objects made alike share one, so a trace asks for the shape once; then a field is a load.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of, copy_items, unchecked_get, unchecked_set
from tracewright.core.system import run_as_program
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.command import run_command
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.instructions import field_a, field_b, field_c, opcode
from tracewright.guest.tokens import TokenStream, tokenize
from tracewright.hints import dont_look_inside, elidable, immutable_fields, promote, unroll_safe
from tracewright.lib.array_tools import array_from
from tracewright_tutorial.step2_bytecode import RULES
from tracewright_tutorial.step4_functions import STACK_SLOTS
from tracewright_tutorial.step5_closures import ClosureCompiler, ClosureOp, ClosureScope, Code, Thing, run


class ObjectOp:
    """Operations of this step."""

    NEW_OBJECT: Final = ClosureOp.NEXT  # a := object with the fields layouts[b], values from register c on
    GET_FIELD: Final = ClosureOp.NEXT + 1  # a := b.names[c]
    SET_FIELD: Final = ClosureOp.NEXT + 2  # a.names[c] := b
    NEXT: Final = ClosureOp.NEXT + 3


# --- the compiler ----------------------------------------------------------------------------------------------------
class ObjectScope(ClosureScope):
    """A function that may mention fields."""

    def __init__(self, name: str, outer: ClosureScope | None) -> None:
        super().__init__(name, outer)
        self.field_names: list[str] = []
        self.layouts: list[Shape] = []

    def code(self) -> Code:
        return ObjectCode(self)


class ObjectCompiler(ClosureCompiler):
    """Also compiles what has to do with objects."""

    def new_scope(self, name: str, outer: ClosureScope | None) -> ClosureScope:
        return ObjectScope(name, outer)

    def objects(self) -> ObjectScope:
        """The function being compiled."""
        here = self.here
        assert isinstance(here, ObjectScope)
        return here

    def operand(self, target: int) -> int:
        tokens = self.tokens
        register = self.literal(target) if tokens.accept("{") else super().operand(target)
        while tokens.at("."):
            register = self.field(register, target)
            while tokens.at("("):
                register = self.call(register, target)
        return register

    def field(self, thing: int, target: int) -> int:
        """`.name`, or `.name = value`"""
        tokens, here = self.tokens, self.objects()
        line = tokens.next().line
        here.field_names.append(tokens.name())
        number = len(here.field_names) - 1
        if tokens.accept("="):
            value = self.expression(target + 1)
            here.emit(line, ObjectOp.SET_FIELD, thing, value, number)
            return value
        here.emit(line, ObjectOp.GET_FIELD, target, thing, number)
        return target

    def literal(self, target: int) -> int:
        """`{ name = value, ... }`: its shape is known at compile time."""
        tokens, here = self.tokens, self.objects()
        line = tokens.line()
        shape = EMPTY_SHAPE
        first = target + 1
        while not tokens.accept("}"):
            shape = shape.extended(tokens.name())
            tokens.expect("=")
            self.into(first + shape.count - 1)
            tokens.accept(",")
        here.layouts.append(shape)
        here.emit(line, ObjectOp.NEW_OBJECT, target, len(here.layouts) - 1, first)
        return target


# --- the interpreter -------------------------------------------------------------------------------------------------
@final
@immutable_fields("parent", "name", "count")
class Shape:
    """The fields of `parent`, then `name`."""

    def __init__(self, parent: Shape | None, name: str, count: int) -> None:
        self.parent = parent
        self.name = name
        self.count = count
        self.extensions: dict[str, Shape] = {}

    def extended(self, name: str) -> Shape:
        """With one more field: always the same shape."""
        found = self.extensions.get(name)
        if found is None:
            found = Shape(self, name, self.count + 1)
            self.extensions[name] = found
        return found


EMPTY_SHAPE: Final = Shape(None, "", 0)
NO_SHAPES: Final[Array[Shape]] = array_of([])


@elidable
def index_of(shape: Shape, name: str) -> int:
    """new: where the field is, -1: nowhere. Of a shape and a name that are constants, a constant: nothing is searched."""
    here: Shape | None = shape
    while here is not None:
        if here.count > 0 and here.name == name:
            return here.count - 1
        here = here.parent
    return -1


@final
class Object(Thing):
    """An object."""

    def __init__(self, shape: Shape, values: Array[Value]) -> None:
        self.shape = shape
        self.values = values

    @dont_look_inside
    def add(self, name: str, value: Value) -> None:
        """A new field."""
        values: Array[Value] = Array(len(self.values) + 1, value)
        copy_items(self.values, 0, values, 0, len(self.values))
        self.shape = self.shape.extended(name)
        self.values = values


@immutable_fields("names[*]", "layouts[*]")
class ObjectCode(Code):
    """Code that may mention fields."""

    def __init__(self, scope: ObjectScope) -> None:
        super().__init__(scope)
        self.names: Array[str] = array_from(scope.field_names, "")
        self.layouts: Array[Shape] = array_from(scope.layouts, EMPTY_SHAPE) if len(scope.layouts) > 0 else NO_SHAPES

    def compute_more(self, word: int, stack: VMStack, base: int) -> None:
        a = base + field_a(word)
        b = field_b(word)
        c = field_c(word)
        match opcode(word):
            case ObjectOp.NEW_OBJECT:
                stack[a] = new_object(unchecked_get(self.layouts, b), stack, base + c)
            case ObjectOp.GET_FIELD:
                stack[a] = get_field(as_object(stack[base + b]), unchecked_get(self.names, c))
            case ObjectOp.SET_FIELD:
                set_field(as_object(stack[a]), unchecked_get(self.names, c), stack[base + b])
            case _:
                raise AssertionError("unknown operation")


@unroll_safe
def new_object(shape: Shape, stack: VMStack, first: int) -> Value:
    """An object of the values in adjacent registers. One that does not leave the loop is never made."""
    values: Array[Value] = Array(shape.count, Value.NULL)
    for k in range(shape.count):
        unchecked_set(values, k, stack[first + k])
    return Value.of_object(Object(shape, values))


def as_object(value: Value) -> Object:
    """The object; an error for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, Object):
            return thing
    raise SourceError("this is not an object", 0)


def get_field(thing: Object, name: str) -> Value:
    """A field's value, nil if there is none."""
    index = index_of(promote(thing.shape), name)  # new: one guard, and the search is done at recording time
    return unchecked_get(thing.values, index) if index >= 0 else Value.NULL


def set_field(thing: Object, name: str, value: Value) -> None:
    """Change a field, or add it."""
    index = index_of(promote(thing.shape), name)
    if index >= 0:
        unchecked_set(thing.values, index, value)
    else:
        thing.add(name, value)


def compiled(text: str) -> Code:
    """The code of a program."""
    captured: list[bool] = []
    ObjectCompiler(TokenStream(tokenize(text, RULES)), captured).program()
    compiler = ObjectCompiler(TokenStream(tokenize(text, RULES)), captured)
    compiler.program()
    return compiler.here.code()


def run_text(text: str) -> None:
    """Compile and run a program."""
    code = compiled(text)
    stack = VMStack(STACK_SLOTS)
    stack.reserve(code.frame_size)
    run(code, 0, stack, 0)


def main() -> int:
    """The command."""
    return run_command("step6", run_text)


if __name__ == "__main__":
    run_as_program(main)
