"""Tree to bytecode: `try`, `with`, and what must be done on the ways out of them."""

from __future__ import annotations

from typing import Final

from tracewright.guest.assembler import Label
from tracewright_python.bytecode import AFTER, FIRST, NO_SLOT, Awaited
from tracewright_python.compiler_names import Cleanup, NameCompiler, Unit
from tracewright_python.compiler_patterns import PatternCompiler
from tracewright_python.compiler_statements import NO_START, Surrounding
from tracewright_python.opcodes import Op
from tracewright_python.scopes import Scope
from tracewright_python.special_names import Special
from tracewright_python.syntax import Statement
from tracewright_python.syntax_statements import AsyncWith, ExceptHandler, TryStar, TryStatement, WithStatement

NO_STATEMENTS: Final[list[Statement]] = []


class TryCompiler(PatternCompiler):
    """Statements that protect code."""

    def __init__(self, unit: Unit, parent: NameCompiler | None, scope: Scope, name: str, qualified_name: str) -> None:
        super().__init__(unit, parent, scope, name, qualified_name)
        self.around: list[Surrounding] = []

    def surroundings(self) -> list[Surrounding]:
        return self.around

    def emit_yield(self, operation: int, slot: int, iterator: int) -> None:
        """While the frame waits, what it handles is nobody's business: its awaiter handles what it handled before.

        except E: yield x       UNHANDLE; YIELD x; HANDLE; RAISE_THROWN

        There the frame itself must go on, and not the one that it delegates to (`generators.py`).
        """
        handling = [one for one in self.around if one.kind == Cleanup.HANDLER]
        if len(handling) > 0:
            self.emit(Op.UNHANDLE, handling[0].slot)
        self.emit(operation, slot, slot, iterator if len(handling) == 0 else NO_SLOT)
        for one in handling:
            self.emit(Op.HANDLE, one.thrown, one.slot)
        if len(handling) > 0:
            self.emit(Op.RAISE_THROWN)

    # --- try ---

    def protect_body(self, kind: int, slot: int) -> Surrounding:
        """Code from here on is protected."""
        surrounding = Surrounding(kind, slot)
        surrounding.start = self.assembler.here()
        self.around.append(surrounding)
        return surrounding

    def end_protection(self, surrounding: Surrounding, handler: Label, slot: int) -> None:
        """The protected code ends here; what it raises goes to the handler."""
        self.around.pop()
        if surrounding.start != NO_START:
            surrounding.stretches.extend([surrounding.start, self.assembler.here()])
        for k in range(0, len(surrounding.stretches), 2):
            if surrounding.stretches[k] < surrounding.stretches[k + 1]:
                self.assembler.protect(surrounding.stretches[k], surrounding.stretches[k + 1], handler, slot)

    def clean_up(self, surrounding: Surrounding) -> None:
        match surrounding.kind:
            case Cleanup.HANDLER:
                self.emit(Op.UNHANDLE, surrounding.slot)
            case Cleanup.FINALLY:
                self.compile_statements(surrounding.body)
            case Cleanup.WITH:
                self.call_exit_normally(surrounding.slot, surrounding.body is not NO_STATEMENTS)
            case Cleanup.NAME:
                self.unbind(surrounding.name)
            case _:
                pass

    def compile_try(self, node: TryStatement) -> None:
        if len(node.finalbody) > 0:
            self.compile_finally(node)
        else:
            self.compile_excepts(node)

    def compile_excepts(self, node: TryStatement) -> None:
        """What is there besides `finally`."""
        if isinstance(node, TryStar):
            self.compile_group_handlers(node)
        else:
            self.compile_handlers(node)

    def compile_finally(self, node: TryStatement) -> None:
        """`try ... finally`: the statements behind `finally` are there for each way out."""
        thrown, before_it = self.slot(), self.slot()
        handler, end = Label(), Label()
        before = self.bound.copy()
        protected = self.protect_body(Cleanup.FINALLY, 0)
        protected.body = node.finalbody
        if len(node.handlers) > 0:
            self.compile_excepts(node)
        else:
            self.compile_statements(node.body)
        self.end_protection(protected, handler, thrown)
        self.compile_statements(node.finalbody)
        after = self.bound
        self.jump(Op.JUMP, 0, end)
        self.place(handler)
        self.bound = before
        self.emit(Op.HANDLE, thrown, before_it)
        handling = self.protect_body(Cleanup.HANDLER, before_it)
        handling.thrown = thrown
        self.compile_statements(node.finalbody)
        self.emit(Op.RERAISE, thrown)
        self.end_handling(handling)
        self.place(end)
        self.bound = after

    def end_handling(self, handling: Surrounding) -> None:
        """What a handler raises leaves it: the exception that was handled before is handled again."""
        again = Label()
        slot = self.slot()
        self.end_protection(handling, again, slot)
        self.place(again)
        self.emit(Op.UNHANDLE, handling.slot)
        self.emit(Op.RERAISE, slot)

    def compile_handlers(self, node: TryStatement) -> None:
        """`try ... except ... else`"""
        thrown, before_it = self.slot(), self.slot()
        handler, end = Label(), Label()
        before = self.bound.copy()
        protected = self.protect_body(Cleanup.TRY, 0)
        self.compile_statements(node.body)
        self.end_protection(protected, handler, thrown)
        self.compile_statements(node.orelse)
        merged = self.bound
        self.jump(Op.JUMP, 0, end)
        self.place(handler)
        self.emit(Op.HANDLE, thrown, before_it)
        handling = self.protect_body(Cleanup.HANDLER, before_it)
        handling.thrown = thrown
        for clause in node.handlers:
            self.bound = before.copy()
            self.compile_handler(clause, thrown, before_it, end)
            merged = merged & self.bound
        self.emit(Op.RERAISE, thrown)
        self.end_handling(handling)
        self.place(end)
        self.bound = merged

    def compile_handler(self, node: ExceptHandler, thrown: int, before_it: int, end: Label) -> None:
        """One `except`"""
        top = self.top
        following = Label()
        if node.type is not None:
            wanted = self.operand(node.type)
            matched = self.slot()
            self.at(node.type)
            self.emit(Op.MATCH_EXCEPTION, matched, thrown, wanted)
            self.jump(Op.JUMP_IF_FALSE, matched, following)
        self.compile_handler_body(node, thrown)
        self.emit(Op.UNHANDLE, before_it)
        self.jump(Op.JUMP, 0, end)
        self.place(following)
        self.top = top

    def compile_handler_body(self, node: ExceptHandler, thrown: int) -> None:
        """What stands behind `except ... as name:`; the name is bound while it runs."""
        self.at(node)
        name = node.name
        if name is None:
            self.compile_statements(node.body)
            return
        self.store_name(name, thrown)
        failed, slot = Label(), self.slot()
        named = self.protect_body(Cleanup.NAME, 0)
        named.name = name
        self.compile_statements(node.body)
        self.end_protection(named, failed, slot)
        self.unbind(name)
        done = self.jump(Op.JUMP)
        self.place(failed)
        after = self.bound.copy()
        self.unbind(name)
        self.emit(Op.RERAISE, slot)
        self.bound = after
        self.place(done)

    def compile_group_handlers(self, node: TryStar) -> None:
        """`try ... except* ... else`: every handler gets its part of what is left; what they raise is collected, and goes on at the end."""
        thrown, before_it = self.slot(), self.slot()
        handler, end = Label(), Label()
        before = self.bound.copy()
        protected = self.protect_body(Cleanup.TRY, 0)
        self.compile_statements(node.body)
        self.end_protection(protected, handler, thrown)
        self.compile_statements(node.orelse)
        merged = self.bound
        self.jump(Op.JUMP, 0, end)
        self.place(handler)
        self.emit(Op.HANDLE, thrown, before_it)
        handling = self.protect_body(Cleanup.HANDLER, before_it)
        handling.thrown = thrown
        outcomes, part = self.slot(), self.take(2)  # the part of one handler, and what is left
        self.emit(Op.LIST, outcomes, outcomes, 0)
        self.move(part + 1, thrown)
        for clause in node.handlers:
            self.bound = before.copy()
            self.compile_group_handler(clause, part, outcomes)
        self.at(node)
        self.emit(Op.LIST_APPEND, outcomes, part + 1)
        self.emit(Op.GROUP_RESULT, part, thrown, outcomes)
        goes_on = self.jump(Op.JUMP_IF_BOUND, part)
        self.emit(Op.UNHANDLE, before_it)
        self.jump(Op.JUMP, 0, end)
        self.place(goes_on)
        self.emit(Op.RERAISE, part)
        self.end_handling(handling)
        self.place(end)
        self.bound = merged & before

    def compile_group_handler(self, node: ExceptHandler, part: int, outcomes: int) -> None:
        """One `except*`"""
        top = self.top
        following, found, failed = Label(), Label(), Label()
        assert node.type is not None
        wanted = self.operand(node.type)
        self.at(node.type)
        self.emit(Op.MATCH_GROUP, part, part + 1, wanted)
        self.jump(Op.JUMP_IF_BOUND, part, found)
        self.jump(Op.JUMP, 0, following)
        self.place(found)
        before_it, raised = self.slot(), self.slot()
        self.emit(Op.HANDLE, part, before_it)
        handling = self.protect_body(Cleanup.HANDLER, before_it)
        handling.thrown = part
        self.compile_handler_body(node, part)
        self.end_protection(handling, failed, raised)
        self.emit(Op.UNHANDLE, before_it)
        self.jump(Op.JUMP, 0, following)
        self.place(failed)
        self.emit(Op.UNHANDLE, before_it)
        self.emit(Op.LIST_APPEND, outcomes, raised)
        self.place(following)
        self.top = top

    def unbind(self, name: str) -> None:
        """`name = None; del name`"""
        slot = self.slot()
        self.load_none(slot)
        self.store_name(name, slot)
        self.delete_name(name)

    # --- with ---

    def compile_with(self, node: WithStatement, first: int) -> None:
        """`with`, from the item number `first` on."""
        is_async = isinstance(node, AsyncWith)
        item = node.items[first]
        manager = self.slot()
        self.compile_into(item.context_expr, manager)
        leaving = self.take(2)  # the function and its first argument
        entering = self.take(2)
        block = self.take(FIRST + 1)
        self.at(item.context_expr)
        self.emit(Op.LOAD_SPECIAL, block, manager, Special.AENTER if is_async else Special.ENTER)
        self.move(entering, block + AFTER)
        self.move(entering + 1, block + FIRST)
        self.emit(Op.LOAD_SPECIAL, block, manager, Special.AEXIT if is_async else Special.EXIT)
        self.move(leaving, block + AFTER)
        self.move(leaving + 1, block + FIRST)
        self.move(block + AFTER, entering)
        self.move(block + FIRST, entering + 1)
        self.emit(Op.CALL_METHOD, manager, block, 0)
        self.top = entering
        if is_async:
            self.await_in_place(manager, Awaited.ENTER)
        thrown, before_it = self.slot(), self.slot()
        handler, end = Label(), Label()
        before = self.bound.copy()
        protected = self.protect_body(Cleanup.WITH, leaving)
        protected.body = node.body if is_async else NO_STATEMENTS
        if item.optional_vars is not None:
            self.compile_store(item.optional_vars, manager)
        if first + 1 < len(node.items):
            self.compile_with(node, first + 1)
        else:
            self.compile_statements(node.body)
        self.end_protection(protected, handler, thrown)
        after = self.bound
        self.bound = before
        self.at(item.context_expr)
        self.call_exit_normally(leaving, is_async)
        self.jump(Op.JUMP, 0, end)
        self.place(handler)
        self.emit(Op.HANDLE, thrown, before_it)
        handling = self.protect_body(Cleanup.HANDLER, before_it)
        handling.thrown = thrown
        answer = self.slot()
        block = self.exit_block(leaving)
        self.emit(Op.EXIT_ARGUMENTS, block + FIRST + 1, thrown)
        self.emit(Op.CALL_METHOD, answer, block, 3)
        self.top = block
        if is_async:
            self.await_in_place(answer, Awaited.EXIT)
        suppressed = self.jump(Op.JUMP_IF_TRUE, answer)
        self.emit(Op.RERAISE, thrown)
        self.end_handling(handling)
        self.place(suppressed)
        self.emit(Op.UNHANDLE, before_it)
        self.place(end)
        self.bound = after & before

    def exit_block(self, leaving: int) -> int:
        """A block for the call of `__exit__`, which lies in two slots."""
        block = self.take(FIRST + 4)
        self.move(block + AFTER, leaving)
        self.move(block + FIRST, leaving + 1)
        return block

    def call_exit_normally(self, leaving: int, is_async: bool) -> None:
        """`__exit__(None, None, None)`"""
        top = self.top
        answer = self.slot()
        block = self.exit_block(leaving)
        for k in range(3):
            self.load_none(block + FIRST + 1 + k)
        self.emit(Op.CALL_METHOD, answer, block, 3)
        if is_async:
            self.await_in_place(answer, Awaited.EXIT)
        self.top = top
