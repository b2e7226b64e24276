"""Loops, jumps, `switch`, `try`: statements that change where the program goes on."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright.guest.assembler import Label
from tracewright_javascript.compiler import Exit, Finalizer, JumpTarget, OpenIterator
from tracewright_javascript.compiler_classes import ClassCompiler
from tracewright_javascript.opcodes import Op
from tracewright_javascript.scopes import Scope
from tracewright_javascript.syntax import Binary, Expression, Identifier, Statement
from tracewright_javascript.syntax_statements import (
    Break,
    Continue,
    DoWhile,
    ExpressionStatement,
    For,
    ForEach,
    IterationKind,
    Labelled,
    Switch,
    Try,
    While,
)
from tracewright_javascript.tokens import Kind

ITERATIONS: Final[dict[int, int]] = {
    IterationKind.KEYS: Op.KEYS,
    IterationKind.VALUES: Op.ITERATE,
    IterationKind.ASYNC_VALUES: Op.ITERATE_ASYNC,
}


def _name_of(target: Expression) -> str:
    return target.name if isinstance(target, Identifier) else ""


class ControlCompiler(ClassCompiler):
    """Compiles them; the statements inside are compiled by a subclass."""

    @abstractmethod
    def statement(self, statement: Statement) -> None:
        """One statement. Raises SyntaxFault for what is not compiled yet."""

    @abstractmethod
    def block(self, statements: list[Statement], scope: Scope) -> None:
        """Statements with a scope of their own."""

    @abstractmethod
    def hoist(self, statements: list[Statement]) -> None:
        """Functions are there from the beginning of their scope."""

    # Jumps

    def leave_function(self, slot: int) -> None:
        """Return a value, by way of everything that has to be done before."""
        exitways = self.exitways
        while len(self.exitways) > 0:
            last = self.exitways[-1]
            if isinstance(last, Finalizer):
                self.move(last.value, slot)
                self._leave_through(last, Exit(None, False))
                self.exitways = exitways
                return
            self.exitways = self.exitways[:-1]
            if isinstance(last, OpenIterator):
                self._close_on_the_way(last)
        self.return_slot(slot)
        self.exitways = exitways

    def _leave_through(self, finalizer: Finalizer, way: Exit) -> None:
        finalizer.exits.append(way)
        self.load_number(finalizer.how, float(len(finalizer.exits) + 1))
        self.assembler.jump(Op.JUMP, 0, finalizer.begin)

    def _leave_to(self, target: JumpTarget, again: bool) -> None:
        """Jump to a target, by way of everything that has to be done between."""
        exitways = self.exitways
        kept = target.exitways_inside if again and target.exitways_inside >= 0 else target.exitways
        while len(self.exitways) > kept:
            last = self.exitways[-1]
            if isinstance(last, Finalizer):
                self._leave_through(last, Exit(target, again))
                self.exitways = exitways
                return
            self.exitways = self.exitways[:-1]
            if isinstance(last, OpenIterator):
                self._close_on_the_way(last)
        place = target.again if again else target.leave
        assert place is not None
        self.assembler.jump(Op.JUMP, 0, place)
        self.exitways = exitways

    def _close_on_the_way(self, opened: OpenIterator) -> None:
        """Close an iterator; if that fails, it is closed already, so that the handler around does nothing."""
        if opened.is_async:
            top = self.top
            slot = self.slot()
            self.emit(Op.CLOSE_ASYNC, slot, opened.slot)
            self._await_unless_empty(slot)
            self.emit(Op.REQUIRE_RESULT, slot)
            self.top = top
        else:
            self.emit(Op.CLOSE, opened.slot)

    def _await_unless_empty(self, slot: int) -> None:
        done = Label()
        self.assembler.jump(Op.JUMP_IF_EMPTY, slot, done)
        self.await_slot(slot)
        self.assembler.place(done)

    def close_after_error(self, opened: OpenIterator) -> None:
        if not opened.is_async:
            self.emit(Op.CLOSE_AFTER_ERROR, opened.slot)
            return
        top = self.top
        slot, error = self.slot(), self.slot()
        handler = Label()
        start = self.assembler.here()
        self.emit(Op.CLOSE_ASYNC, slot, opened.slot)
        self._await_unless_empty(slot)
        self.assembler.protect(start, self.assembler.here(), handler, error)
        self.assembler.place(handler)
        self.top = top

    def _enter_target(self, leave: Label, again: Label | None) -> JumpTarget:
        target = JumpTarget(self.pending_labels, leave, again)
        target.exitways = len(self.exitways)
        self.pending_labels = []
        self.targets.append(target)
        return target

    def labelled(self, body: Statement) -> None:
        if isinstance(body, (For, ForEach, While, DoWhile, Switch, Labelled)):
            self.statement(body)
            return
        leave = Label()
        self._enter_target(leave, None).is_breakable = False
        self.statement(body)
        self.targets.pop()
        self.assembler.place(leave)

    def jump_out(self, statement: Statement) -> None:
        for index in range(len(self.targets) - 1, -1, -1):
            target = self.targets[index]
            if isinstance(statement, Break):
                name = statement.label
                if target.is_breakable if name is None else name in target.labels:
                    self._leave_to(target, False)
                    return
            elif isinstance(statement, Continue):
                wanted = statement.label
                again = target.again
                if again is not None and (wanted is None or wanted in target.labels):
                    self._leave_to(target, True)
                    return
        raise AssertionError("the parser has checked all jumps")

    # Loops

    def compile_while(self, statement: Statement) -> None:
        """The test stands at the end, so that a turn has one jump."""
        assert isinstance(statement, (While, DoWhile))
        leave, again = Label(), Label()
        self._enter_target(leave, again)
        if isinstance(statement, While):
            self.assembler.jump(Op.JUMP, 0, again)
            head = self.loop_head()
            self.statement(statement.body)
            self._loop_end(again, statement.test, head)
        elif isinstance(statement, DoWhile):
            head = self.loop_head()
            self.statement(statement.body)
            self._loop_end(again, statement.test, head)
        self.targets.pop()
        self.assembler.place(leave)

    def loop_head(self) -> Label:
        """A label that is here, for a loop to come back to; what the last turn has left in temporaries is dead."""
        head = self.assembler.loop_label(Op.JUMP)
        self.assembler.live(self.top)
        return head

    def _loop_end(self, again: Label, test: Expression, head: Label) -> None:
        self.assembler.place(again)
        done = Label()
        self._repeat_if(test, head, done)
        self.assembler.place(done)

    def _repeat_if(self, test: Expression, head: Label, done: Label) -> None:
        """Back to the head while a test holds, which for the usual ones is a single instruction."""
        if isinstance(test, Binary) and test.operator == Kind.LESS:
            top = self.top
            self.compare(Op.REPEAT_LESS, test, head, False)
            self.top = top
        else:
            self.branch(test, done, False)
            self.assembler.jump(Op.REPEAT, 0, head)

    def compile_for(self, statement: For) -> None:
        labels = self.pending_labels
        self.pending_labels = []
        self.open_scope(statement.scope)
        initializer = statement.initializer
        if isinstance(initializer, ExpressionStatement):  # whose value is nobody's: the loop is the body's
            self.effect(initializer.expression)
        elif initializer is not None:
            self.statement(initializer)
            self.renew_cells(statement.scope)  # what the initializer's own functions see is not the first turn's
        self.pending_labels = labels
        leave, again, test_label = Label(), Label(), Label()
        self._enter_target(leave, again)
        self.assembler.jump(Op.JUMP, 0, test_label)
        head = self.loop_head()
        self.statement(statement.body)
        self.assembler.place(again)
        self.renew_cells(statement.scope)
        update = statement.update
        if update is not None:
            self.effect(update)
        self.assembler.place(test_label)
        test = statement.test
        if test is not None:
            self._repeat_if(test, head, leave)
        else:
            self.assembler.jump(Op.REPEAT, 0, head)
        self.targets.pop()
        self.assembler.place(leave)

    def compile_for_each(self, statement: ForEach) -> None:
        labels = self.pending_labels
        self.pending_labels = []
        iterator = self.slot()
        subject = self.slot()
        top = self.top
        value = statement.value
        if value is not None:
            self.named(value, subject, _name_of(statement.target))
            self._assign_turn(statement, subject)
        self.open_scope(statement.scope)
        self.into(statement.subject, subject)
        self.top = top
        self.at(statement.subject)
        is_async = statement.kind == IterationKind.ASYNC_VALUES
        self.emit(ITERATIONS[statement.kind], iterator, subject)
        self.pending_labels = labels
        leave, again = Label(), Label()
        self._enter_target(leave, again)
        self.assembler.jump(Op.JUMP, 0, again)
        head = self.loop_head()
        opened = OpenIterator(iterator, is_async)
        is_open = statement.kind != IterationKind.KEYS
        if is_open:
            self.exitways.append(opened)
            self.targets[-1].exitways_inside = len(self.exitways)
        start = self.assembler.here()
        self.open_scope(statement.scope)
        self._assign_turn(statement, subject)
        self.statement(statement.body)
        self.top = top
        end = self.assembler.here()
        if is_open:
            self.exitways.pop()
        self.assembler.place(again)
        self.at(statement.subject)
        if is_async:
            self.emit(Op.NEXT_ASYNC, subject, iterator)
            self.await_slot(subject)
        else:
            self.emit(Op.NEXT, subject, iterator)
        self.assembler.branch(Op.UNPACK, subject, iterator, 0, leave)
        self.assembler.jump(Op.REPEAT, 0, head)
        self.targets.pop()
        if is_open:
            self.close_on_error(opened, start, end)
        self.assembler.place(leave)

    def _assign_turn(self, statement: ForEach, slot: int) -> None:
        self.assign_pattern(statement.target, slot, statement.keyword != 0)

    # Switch and try

    def compile_switch(self, statement: Switch) -> None:
        subject = self.slot()
        self.into(statement.subject, subject)
        leave = Label()
        self._enter_target(leave, None)
        self.open_scope(statement.scope)
        for case in statement.cases:
            self.hoist(case.statements)
        places: list[Label] = [Label() for _ in statement.cases]
        otherwise = leave
        for index, case in enumerate(statement.cases):
            test = case.test
            if test is None:
                otherwise = places[index]
                continue
            top = self.top
            number = self.constant_operand(test)
            operation = self.with_constant(Op.JUMP_SAME, number)
            self.assembler.branch(operation, subject, self.operand(test) if number < 0 else number, 1, places[index])
            self.top = top
        self.assembler.jump(Op.JUMP, 0, otherwise)
        for index, case in enumerate(statement.cases):
            self.assembler.place(places[index])
            for inner in case.statements:
                self.statement(inner)
        self.targets.pop()
        self.assembler.place(leave)

    def compile_try(self, statement: Try) -> None:
        body = statement.finally_body
        if body is None:
            self._try_catch(statement)
            return
        finalizer = Finalizer(self.slot(), self.slot())
        self.load_number(finalizer.how, 0.0)
        self.exitways.append(finalizer)
        start = self.assembler.here()
        if statement.catch_body is not None:
            self._try_catch(statement)
        else:
            self.block(statement.body.statements, statement.body.scope)
        end = self.assembler.here()
        self.exitways.pop()
        self.load_number(finalizer.how, 0.0)
        self.assembler.jump(Op.JUMP, 0, finalizer.begin)
        handler = Label()
        if end > start:
            self.assembler.protect(start, end, handler, finalizer.value)
        self.assembler.place(handler)
        self.load_number(finalizer.how, 1.0)
        self.assembler.place(finalizer.begin)
        self.block(body.statements, body.scope)
        self._go_on(finalizer)

    def _go_on(self, finalizer: Finalizer) -> None:
        """Behind a `finally`: leave as the `try` was left."""
        wanted = self.slot()
        for number in range(1, len(finalizer.exits) + 2):
            other = Label()
            self.load_number(wanted, float(number))
            self.assembler.branch(Op.JUMP_SAME, finalizer.how, wanted, 0, other)
            way = finalizer.exits[number - 2] if number > 1 else None
            if way is None:
                self.emit(Op.THROW, finalizer.value)
            elif way.target is None:
                self.leave_function(finalizer.value)
            else:
                self._leave_to(way.target, way.again)
            self.assembler.place(other)

    def _try_catch(self, statement: Try) -> None:
        error = self.slot()
        handler, done = Label(), Label()
        start = self.assembler.here()
        self.block(statement.body.statements, statement.body.scope)
        end = self.assembler.here()
        self.assembler.jump(Op.JUMP, 0, done)
        if end > start:
            self.assembler.protect(start, end, handler, error)
        self.assembler.place(handler)
        scope = statement.catch_scope
        body = statement.catch_body
        if scope is not None and body is not None:
            self.open_scope(scope)
            target = statement.catch_target
            if target is not None:
                self.assign_pattern(target, error, True)
            self.block(body.statements, body.scope)
        self.assembler.place(done)
