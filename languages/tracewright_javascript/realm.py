"""The objects that a program finds when it starts: one Realm each time, passed down, never kept in a module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.shapes import root_shape
from tracewright.hints import dont_look_inside, immutable_fields, we_are_jitted
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.errors import GuestFault
from tracewright_javascript.objects import (
    INLINE_SLOTS,
    Family,
    JSArray,
    JSError,
    JSObject,
    NativeFunction,
)
from tracewright_javascript.values import EMPTY, string_value

STACK_SLOTS: Final = 1 << 22  # 32 MiB of address space: some 100,000 calls inside each other
ERROR_KINDS: Final = ["Error", "TypeError", "RangeError", "ReferenceError", "SyntaxError", "EvalError", "URIError"]


@final
@immutable_fields("name", "settled?")
class GlobalCell:
    """A global name. `settled` repeats the value while it was given only once: then it is a constant of every trace."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.value: Value = EMPTY
        self.settled: Value = EMPTY
        self.is_lexical = False  # declared by `let`, `const` or `class`
        self.is_written = False

    def read(self) -> Value:
        """EMPTY where it does not exist or is not initialized."""
        if we_are_jitted():
            settled = self.settled
            if not settled.same(EMPTY):
                return settled
        return self.value

    def load(self) -> Value:
        """The value. Raises GuestFault."""
        value = self.read()
        if value.same(EMPTY):
            raise self.missing()
        return value

    def missing(self) -> GuestFault:
        """Why there is no value."""
        if self.is_lexical:
            return GuestFault("ReferenceError", f"Cannot access '{self.name}' before initialization")
        return GuestFault("ReferenceError", f"{self.name} is not defined")

    def write(self, value: Value) -> None:
        """Give it a value, the first or another."""
        if not self.is_written:
            self.is_written = True
            self.settled = value
        elif not self.settled.same(EMPTY):
            self.settled = EMPTY
        self.value = value


@final
@immutable_fields(
    "object_prototype", "function_prototype", "array_prototype", "string_prototype", "number_prototype", "stack"
)
class Realm(AnyRealm):
    """Intrinsic objects, globals, and the stack that programs run on."""

    def __init__(self) -> None:
        self.stack: VMStack = VMStack(STACK_SLOTS)
        nothing: Array[Value] = Array(0, Value.UNDEFINED)
        self.object_prototype: JSObject = JSObject(root_shape(Family("null", None)), nothing)
        self.function_prototype: JSObject = self.new_object()
        self.array_prototype: JSObject = self.new_object()
        self.string_prototype: JSObject = self.new_object()
        self.number_prototype: JSObject = self.new_object()
        self.error_prototypes: dict[str, JSObject] = {}
        self.cells: dict[str, GlobalCell] = {}
        self.global_object: JSObject = self.new_object()

    def cell(self, name: str) -> GlobalCell:
        """The global of that name, made when first mentioned."""
        found = self.cells.get(name)
        if found is None:
            found = GlobalCell(name)
            self.cells[name] = found
        return found

    def new_object(self) -> JSObject:
        """`{}`"""
        return JSObject(self.object_prototype.shape_of_children(), Array(INLINE_SLOTS, Value.UNDEFINED))

    def new_array(self, items: Array[Value], count: int) -> JSArray:
        """An array of these elements, which it keeps."""
        return JSArray(self.array_prototype.shape_of_children(), items, count)

    def new_native(
        self, name: str, length: int, function: Callable[[AnyRealm, VMStack, int, int], Value], builds: bool = False
    ) -> NativeFunction:
        """A built-in function."""
        return NativeFunction(self.function_prototype.shape_of_children(), self, name, length, function, builds)

    def define(self, name: str, value: Value) -> None:
        """A global of the realm."""
        self.cell(name).write(value)

    @dont_look_inside
    def new_error(self, kind: str, message: str) -> JSError:
        """An error object of a built-in kind."""
        error = JSError(self.error_prototypes[kind].shape_of_children(), Array(1, Value.UNDEFINED))
        error.set_named("message", string_value(message))
        error.hide()
        return error

    def error_of(self, fault: GuestFault) -> Value:
        """The object for a fault."""
        return Value.of_object(self.new_error(fault.kind, fault.message))
