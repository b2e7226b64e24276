"""`yield`, `await`, and how functions of each kind return."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_javascript.bytecode import NO_SLOT, THIS, CodeKind
from tracewright_javascript.compiler import NO_CELL
from tracewright_javascript.compiler_patterns import PatternCompiler
from tracewright_javascript.generators import Resumption
from tracewright_javascript.opcodes import Op
from tracewright_javascript.syntax import Yield

RETURNS: Final[dict[int, int]] = {
    CodeKind.ORDINARY: Op.RETURN,
    CodeKind.GENERATOR: Op.GENERATOR_RETURN,
    CodeKind.ASYNC: Op.ASYNC_RETURN,
    CodeKind.ASYNC_GENERATOR: Op.ASYNC_GENERATOR_RETURN,
}


class GeneratorCompiler(PatternCompiler):
    """Compiles the places where a function stops."""

    @abstractmethod
    def leave_function(self, slot: int) -> None:
        """Return a value, by way of everything that has to be done before."""

    def begin_kind(self) -> None:
        """What a function that can stop does first: an async one makes its promise before its parameters are looked at."""
        if self.kind != CodeKind.ORDINARY:
            self.generator_slot = self.slot()
            self.load_constant(self.generator_slot, Value.UNDEFINED)
        if self.kind == CodeKind.ASYNC:
            self.emit(Op.START_ASYNC)

    def start_generator(self) -> None:
        """A generator's call ends here, behind the parameters; its first resumption goes on here."""
        if self.kind == CodeKind.GENERATOR or self.kind == CodeKind.ASYNC_GENERATOR:
            slot = self.slot()
            self.emit(Op.START_GENERATOR, slot)
            self._receive(slot)

    def return_slot(self, slot: int) -> None:
        """Return a value; nothing has to be done before."""
        if self.returned != NO_SLOT:
            self.move(self.returned, slot)
            self.assembler.jump(Op.JUMP, 0, self.end)
            return
        if self.this_cell != NO_CELL:
            self.emit(Op.LOAD_CELL, THIS, self.this_cell)
        self.emit(RETURNS[self.kind], slot)

    def await_slot(self, slot: int) -> None:
        self.emit(Op.AWAIT, slot)
        self._receive(slot)

    def _receive(self, slot: int) -> None:
        """What the frame is resumed with; a value that is to be returned is awaited in an async generator."""
        returns, goes_on = Label(), Label()
        self.assembler.branch(Op.RECEIVE, slot, 0, 0, returns)
        if self.kind == CodeKind.ASYNC:
            self.assembler.place(returns)  # nobody asks an async function to return
            return
        self.assembler.jump(Op.JUMP, 0, goes_on)
        self.assembler.place(returns)
        self._await_if_async(slot)
        self.leave_function(slot)
        self.assembler.place(goes_on)

    def _await_if_async(self, slot: int) -> None:
        if self.kind == CodeKind.ASYNC_GENERATOR:
            self.emit(Op.AWAIT, slot)
            # An await is never resumed by a return, so its label is anywhere.
            here = Label()
            self.assembler.branch(Op.RECEIVE, slot, 0, 0, here)
            self.assembler.place(here)

    def return_value_slot(self, slot: int) -> None:
        """`return value`: an async generator awaits it."""
        self._await_if_async(slot)
        self.leave_function(slot)

    def compile_yield(self, expression: Yield, target: int) -> None:
        slot = self.slot()
        operand = expression.operand
        if operand is None:
            self.load_constant(slot, Value.UNDEFINED)
        else:
            self.into(operand, slot)
        self.at(expression)
        if expression.is_delegate:
            self._delegate(slot, target)
            return
        if self.kind == CodeKind.ASYNC_GENERATOR:
            self._await_if_async(slot)
            self.emit(Op.ASYNC_YIELD, slot)
        else:
            self.emit(Op.YIELD, slot)
        self._receive(slot)
        self.move(target, slot)

    def _delegate(self, slot: int, target: int) -> None:
        """`yield*`: ask the inner iterator as this generator was asked, and hand out its results as they are."""
        is_async = self.kind == CodeKind.ASYNC_GENERATOR
        iterator, received, mode = self.slot(), self.slot(), self.slot()
        self.emit(Op.ITERATE_ASYNC if is_async else Op.ITERATE_OBJECT, iterator, slot)
        self.load_constant(received, Value.UNDEFINED)
        self.load_number(mode, float(Resumption.NEXT))
        returns, done, end = Label(), Label(), Label()
        again = self.assembler.loop_label(Op.JUMP)
        self.assembler.branch(Op.DELEGATE, slot, iterator, 0, returns)
        self._await_if_async(slot)
        self.assembler.branch(Op.DELEGATE_TEST, slot, 0, 1 if is_async else 0, done)
        if is_async:
            self.emit(Op.ASYNC_YIELD, slot)
        else:
            self.emit(Op.YIELD, slot, 1)
        self.emit(Op.RECEIVE_ANY, received, mode)
        self.assembler.jump(Op.REPEAT, 0, again)
        self.assembler.place(returns)
        self._await_if_async(slot)
        self.leave_function(slot)
        self.assembler.place(done)
        wanted, is_it = self.slot(), self.slot()
        self.load_number(wanted, float(Resumption.RETURN))
        self.emit(Op.SAME, is_it, mode, wanted)
        self.assembler.jump(Op.JUMP_IF_FALSE, is_it, end)
        self.leave_function(slot)
        self.assembler.place(end)
        self.move(target, slot)
