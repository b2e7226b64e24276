"""Tree to bytecode: `await`, and what `async for` and `async with` are made of.

async for x in xs: body           iterator = type(xs).__aiter__(xs)
                           again: item = await type(iterator).__anext__(iterator)     StopAsyncIteration: to the end
                                  x = item; body; to `again`
"""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_python import builtin_types as types
from tracewright_python.bytecode import FIRST, Awaited, CodeKind
from tracewright_python.compiler_calls import CallCompiler
from tracewright_python.opcodes import Op
from tracewright_python.special_names import Special


class AsyncCompiler(CallCompiler):
    """What waits."""

    def await_in_place(self, slot: int, reason: int = Awaited.EXPRESSION) -> None:
        """`slot := await slot`"""
        top = self.top
        iterator = self.slot()
        self.emit(Op.AWAITABLE, iterator, slot, reason)
        self.compile_delegation(iterator, slot)
        self.top = top

    def emit_method_call(self, target: int, receiver: int, number: int) -> None:
        """`target := type(receiver).name(receiver)`, of the special name with a number"""
        top = self.top
        block = self.take(FIRST + 1)
        self.emit(Op.LOAD_SPECIAL, block, receiver, number)
        self.emit(Op.CALL_METHOD, target, block, 0)
        self.top = top

    def emit_async_iterator(self, slot: int) -> None:
        """`slot := ` the asynchronous iterator of what is in it"""
        self.emit_method_call(slot, slot, Special.AITER)

    def emit_async_next(self, iterator: int, item: int, ended: Label, stop: int) -> None:
        """`item := ` the next value of an asynchronous iterator; what is raised instead goes to `ended`, in the slot `stop`."""
        start = self.assembler.here()
        step = Label()
        self.assembler.branch(Op.ASYNC_NEXT, item, iterator, 0, step)
        self.emit_method_call(item, iterator, Special.ANEXT)
        self.place(step)
        self.await_in_place(item, Awaited.NEXT)
        self.assembler.protect(start, self.assembler.here(), ended, stop)

    def emit_async_end(self, stop: int) -> None:
        """Go on if the exception in the slot says that an asynchronous iterator has ended; else it goes on."""
        top = self.top
        kind, matched = self.slot(), self.slot()
        finished = Label()
        self.load_constant(kind, Value.of_object(types.STOP_ASYNC_ITERATION))
        self.emit(Op.MATCH_EXCEPTION, matched, stop, kind)
        self.jump(Op.JUMP_IF_TRUE, matched, finished)
        self.emit(Op.RERAISE, stop)
        self.place(finished)
        self.top = top

    def yielding(self) -> int:
        """The operation of `yield` in this code."""
        return Op.YIELD_ASYNC if self.kind == CodeKind.ASYNC_GENERATOR else Op.YIELD
