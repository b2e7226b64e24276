"""Builtins that call a function for each element become loops in the caller's own code.

A loop inside the builtin would enter the interpreter again for every element, and the JIT would see neither the loop nor
what the function does there. As bytecode, each call site is a loop of its own, into which the function is inlined.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_ruff.bytecode import CALLEE, FIRST_ARGUMENT
from tracewright_ruff.compiler_operands import OperandCompiler
from tracewright_ruff.opcodes import Op
from tracewright_ruff.session import W_Native
from tracewright_ruff.syntax import Call, MethodCall

EXPANDED: Final[list[str]] = ["map", "filter", "reduce", "find", "any", "all"]
EXPANDED_METHODS: Final[list[str]] = ["map", "filter", "reduce"]
REDUCE_ARGUMENTS: Final = 3  # the array, the initial value, the function
OTHER_ARGUMENTS: Final = 2  # the array, the function


def expected_arguments(name: str) -> int:
    """How many arguments the builtin takes."""
    return REDUCE_ARGUMENTS if name == "reduce" else OTHER_ARGUMENTS


class CallbackCompiler(OperandCompiler):
    """Adds the loops that replace `map`, `filter`, `reduce`, `find`, `any` and `all`."""

    def is_expanded(self, native: W_Native, expression: Call) -> bool:
        """Whether the call becomes a loop."""
        return native.name in EXPANDED and len(expression.arguments) == expected_arguments(native.name)

    def expanded_call(self, expression: Call, name: str, target: int) -> None:
        """`map(array, function)` and its like."""
        arguments = expression.arguments
        state = self.temporaries(2)
        self.borrow(arguments[0], state, True)
        accumulator = self.temporary()
        if name == "reduce":
            self.value(arguments[1], accumulator, True)
        function = self.temporary()
        self.borrow(arguments[len(arguments) - 1], function, True)
        self.assembler.line = expression.line
        self.element_loop(name, state, accumulator, function, target)

    def expanded_method(self, expression: MethodCall, first: int, target: int, done: Label) -> None:
        """`array.map(function)` whose receiver and arguments lie from slot `first` on: a loop if it is an array."""
        name = expression.name
        count = len(expression.arguments)
        if name not in EXPANDED_METHODS or count + 1 != expected_arguments(name):
            return
        assembler = self.assembler
        top = self.next_slot
        generic = Label()
        assembler.jump(Op.JUMP_UNLESS_ARRAY, first, generic)
        state = self.temporaries(2)
        assembler.emit(Op.MOVE, state, first, 0)
        accumulator = self.temporary()
        if name == "reduce":
            assembler.emit(Op.COPY, accumulator, first + 1, 0)
        self.element_loop(name, state, accumulator, first + count, target)
        assembler.jump(Op.JUMP, 0, done)
        assembler.place(generic)
        self.next_slot = top

    def element_loop(self, name: str, state: int, accumulator: int, function: int, target: int) -> None:
        """Call the function in slot `function` for each element of the array in slot `state`."""
        assembler = self.assembler
        start = Label()
        next_element = Label()
        end = Label()
        done = Label()
        assembler.emit(Op.CHECK_CALLBACK, state, function, assembler.name_index(name))
        assembler.emit(Op.ITERATE, state, state, 0)
        if name == "map" or name == "filter":
            assembler.emit(Op.NEW_ARRAY, accumulator, 0, 0)
        item = self.temporary()
        window = self.temporaries(FIRST_ARGUMENT + 2)
        first = window + FIRST_ARGUMENT
        assembler.place(start)
        assembler.live(item)
        assembler.branch(Op.NEXT, state, item, 0, end)
        assembler.emit(Op.MOVE, window + CALLEE, function, 0)
        if name == "reduce":
            assembler.emit(Op.MOVE, first, accumulator, 0)
            assembler.emit(Op.MOVE, first + 1, item, 0)
            assembler.emit(Op.CALL, accumulator, window, 2 | 1 << 8)
        else:
            assembler.emit(Op.MOVE, first, item, 0)
            assembler.emit(Op.CALL, window, window, 1)
        match name:
            case "map":
                assembler.emit(Op.ARRAY_APPEND, accumulator, window, 0)
            case "filter":
                assembler.jump(Op.JUMP_IF_FALSE, window, next_element)
                assembler.emit(Op.COPY, window, item, 0)
                assembler.emit(Op.ARRAY_APPEND, accumulator, window, 0)
            case "all":
                self.leave_with_constant(Value.FALSE, accumulator, window, next_element, done)
            case "any":
                assembler.jump(Op.JUMP_IF_FALSE, window, next_element)
                assembler.emit_wide(Op.LOAD_CONSTANT, accumulator, assembler.constant(Value.TRUE))
                assembler.jump(Op.JUMP, 0, done)
            case "find":
                assembler.jump(Op.JUMP_IF_FALSE, window, next_element)
                assembler.emit(Op.COPY, accumulator, item, 0)
                assembler.jump(Op.JUMP, 0, done)
        assembler.place(next_element)
        assembler.jump(Op.LOOP, 0, start)
        assembler.place(end)
        self.nothing_found(name, accumulator)
        assembler.place(done)
        assembler.emit(Op.MOVE, target, accumulator, 0)

    def leave_with_constant(self, constant: Value, result: int, condition: int, go_on: Label, done: Label) -> None:
        """If the value in slot `condition` is false, the result is `constant` and the loop ends."""
        assembler = self.assembler
        failed = Label()
        assembler.jump(Op.JUMP_IF_FALSE, condition, failed)
        assembler.jump(Op.JUMP, 0, go_on)
        assembler.place(failed)
        assembler.emit_wide(Op.LOAD_CONSTANT, result, assembler.constant(constant))
        assembler.jump(Op.JUMP, 0, done)

    def nothing_found(self, name: str, result: int) -> None:
        """The result where the loop came to its end."""
        match name:
            case "any":
                self.assembler.emit_wide(Op.LOAD_CONSTANT, result, self.assembler.constant(Value.FALSE))
            case "all":
                self.assembler.emit_wide(Op.LOAD_CONSTANT, result, self.assembler.constant(Value.TRUE))
            case "find":
                self.assembler.emit(Op.LOAD_INT, result, 0, 0)
