"""Tree to bytecode: calls, and the frames that stop: `yield`, `yield from`, `await`."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright.lib.array_tools import array_from
from tracewright_python.arguments import CallShape
from tracewright_python.bytecode import AFTER, FIRST, NO_SLOT
from tracewright_python.compiler_expressions import ExpressionCompiler
from tracewright_python.opcodes import Op
from tracewright_python.scopes import Resolution
from tracewright_python.syntax import Attribute, Await, Call, Expression, Keyword, Name, Starred, Yield, YieldFrom
from tracewright_python.texts import PyStr

MOST_TOGETHER: Final = 8  # arguments that are put into slots beside each other before a list is made of them


class CallCompiler(ExpressionCompiler):
    """A call's block lies above everything that is in use; the callee's frame begins in it (`calls.py`)."""

    def compile_call(self, node: Call, target: int) -> None:
        """`func(args, keywords)`"""
        if self.is_spread(node.args, node.keywords):
            self.compile_spread_call(node, target)
            return
        block = self.take(FIRST + 1)
        is_method = False
        func = node.func
        if isinstance(func, Attribute):
            is_method = True
            receiver = self.operand(func.value)
            self.at(func)
            self.emit(Op.LOAD_METHOD, block, receiver, self.site(func.attr))
            self.top = block + FIRST + 1
        else:
            self.compile_into(func, block + FIRST)
        arguments = self.take(len(node.args) + len(node.keywords))
        count = len(node.args)
        for k in range(count):
            self.compile_into(node.args[k], arguments + k)
        for k in range(len(node.keywords)):
            self.compile_into(node.keywords[k].value, arguments + count + k)
        if count == 0 and isinstance(func, Name) and func.id == "super" and len(node.keywords) == 0:
            count = self.compile_super_arguments(node)
        self.at(node)
        if len(node.keywords) > 0:
            shape = self.shape_constant(count, node.keywords)
            self.emit(Op.CALL_METHOD_SHAPED if is_method else Op.CALL_SHAPED, target, block, shape)
        else:
            self.emit(Op.CALL_METHOD if is_method else Op.CALL, target, block, count)

    def shape_constant(self, count: int, keywords: list[Keyword]) -> int:
        """The number of the constant that says which arguments a call has."""
        names: list[PyStr] = []
        for keyword in keywords:
            assert keyword.arg is not None
            names.append(self.unit.session.intern(keyword.arg))
        return self.assembler.new_constant(Value.of_object(CallShape(count, array_from(names, PyStr("")))))

    def compile_super_arguments(self, node: Call) -> int:
        """`super()` without arguments gets the class of the method and its first argument; gives their number."""
        symbol = self.scope.symbols.get("__class__")
        if symbol is None or symbol.resolution != Resolution.FREE or not self.scope.is_function():
            return 0
        if len(self.scope.parameters) == 0:
            return 0
        arguments = self.take(2)
        self.at(node)
        self.load_captured(arguments, "__class__")
        self.load_name(arguments + 1, self.scope.parameters[0])
        return 2

    def is_spread(self, args: list[Expression], keywords: list[Keyword]) -> bool:
        """Whether the number of arguments is known only when they are there."""
        for keyword in keywords:
            if keyword.arg is None:
                return True
        return self.has_star(args)

    def compile_spread_call(self, node: Call, target: int) -> None:
        """`func(*a, **b)`"""
        block = self.take(FIRST + 3)
        self.compile_into(node.func, block + FIRST)
        self.compile_spread_arguments(node.args, node.keywords, block)
        self.at(node)
        self.emit(Op.CALL_SPREAD, target, block)

    def compile_spread_arguments(self, args: list[Expression], keywords: list[Keyword], block: int) -> None:
        """A list of the positional arguments and a dict of the others, or None, behind the callable."""
        positional = block + FIRST + 1
        plain = 0  # arguments before the first star are there from the beginning
        while plain < len(args) and not isinstance(args[plain], Starred) and plain < MOST_TOGETHER:
            plain += 1
        first = self.take(max(plain, 1))
        for k in range(plain):
            self.compile_into(args[k], first + k)
        self.emit(Op.LIST, positional, first, plain)
        self.top = first
        for argument in args[plain:]:
            top = self.top
            if isinstance(argument, Starred):
                slot = self.operand(argument.value)
                self.at(argument)
                self.emit(Op.LIST_EXTEND, positional, slot, block + FIRST if len(args) == 1 else 0)
            else:
                self.emit(Op.LIST_APPEND, positional, self.operand(argument))
            self.top = top
        named = positional + 1
        if len(keywords) == 0:
            self.load_none(named)
            return
        self.emit(Op.DICT, named, named, 0)
        for keyword in keywords:
            top = self.top
            if keyword.arg is None:
                slot = self.operand(keyword.value)
                self.at(keyword)
                self.emit(Op.DICT_MERGE, named, slot, block + FIRST)
            else:
                single = self.take(3)
                self.load_text(single, keyword.arg)
                self.compile_into(keyword.value, single + 1)
                self.at(keyword)
                self.emit(Op.DICT, single + 2, single, 1)
                self.emit(Op.DICT_MERGE, named, single + 2, block + FIRST)
            self.top = top

    # --- frames that stop ---

    def compile_yield(self, node: Expression, target: int) -> None:
        """`yield value`, `yield from value`, `await value`"""
        if isinstance(node, Yield):
            slot = self.slot()
            if node.value is None:
                self.load_none(slot)
            else:
                self.compile_into(node.value, slot)
            self.at(node)
            self.emit_yield(self.yielding(), slot, NO_SLOT)
            self.move(target, slot)
            return
        iterator = self.slot()
        if isinstance(node, YieldFrom):
            self.compile_into(node.value, iterator)
            self.at(node)
            self.emit(Op.DELEGATE, iterator, iterator)
        else:
            assert isinstance(node, Await)
            self.compile_into(node.value, iterator)
            self.at(node)
            self.emit(Op.AWAITABLE, iterator, iterator)
        self.compile_delegation(iterator, target)

    def yielding(self) -> int:
        """The operation of `yield` in this code."""
        raise NotImplementedError("yielding")

    def emit_yield(self, operation: int, slot: int, iterator: int) -> None:
        """`slot := yield slot`, by an operation that hands it out; in `yield from` what the iterator in a slot gave, else NO_SLOT"""
        raise NotImplementedError("emit_yield")

    def compile_delegation(self, iterator: int, target: int) -> None:
        """Hand out what an iterator yields, and send and throw into it what comes, until it ends; its value comes to the target."""
        received = self.slot()
        thrown = self.slot()
        done, handing_out, handler = Label(), Label(), Label()
        self.load_none(received)
        again = self.assembler.loop_label(Op.JUMP)
        self.assembler.branch(Op.SEND, received, iterator, 0, done)
        self.place(handing_out)
        start = self.assembler.here()
        self.emit_yield(Op.YIELD, received, iterator)
        end = self.assembler.here()
        self.jump(Op.REPEAT, 0, again)
        self.place(handler)
        self.assembler.branch(Op.THROW_INTO, received, iterator, thrown, done)
        self.jump(Op.JUMP, 0, handing_out)
        self.assembler.protect(start, end, handler, thrown)
        self.place(done)
        self.move(target, received)

    def compile_block_call(self, target: int, block: int, count: int) -> None:
        """Call what a block was prepared for as a method."""
        assert block > AFTER
        self.emit(Op.CALL_METHOD, target, block, count)
