"""Loops, jumps, `switch`, `try`: statements that change where the program goes on."""

from __future__ import annotations

from abc import abstractmethod

from tracewright.guest.assembler import Label
from tracewright_javascript.compiler import Exit, Finalizer, JumpTarget, NameCompiler, Unit, not_compiled
from tracewright_javascript.compiler_classes import ClassCompiler
from tracewright_javascript.opcodes import Op
from tracewright_javascript.scopes import Scope
from tracewright_javascript.syntax import Expression, Statement
from tracewright_javascript.syntax_statements import (
    Break,
    Continue,
    DoWhile,
    For,
    ForEach,
    IterationKind,
    Labelled,
    Switch,
    Try,
    While,
)


class ControlCompiler(ClassCompiler):
    """Compiles them; the statements inside are compiled by a subclass."""

    def __init__(self, unit: Unit, parent: NameCompiler | None, name: str) -> None:
        super().__init__(unit, parent, name)
        self.finalizers: list[Finalizer] = []

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
        """Return a value, by way of the innermost `finally` if there is one."""
        if len(self.finalizers) == 0:
            self.emit(Op.RETURN, slot)
            return
        self.move(self.finalizers[-1].value, slot)
        self._leave_through(self.finalizers[-1], Exit(None, False))

    def _leave_through(self, finalizer: Finalizer, way: Exit) -> None:
        finalizer.exits.append(way)
        self.load_number(finalizer.how, float(len(finalizer.exits) + 1))
        self.assembler.jump(Op.JUMP, 0, finalizer.begin)

    def _leave_to(self, target: JumpTarget, again: bool) -> None:
        """Jump to a target, by way of each `finally` between."""
        if len(self.finalizers) > target.finalizers:
            self._leave_through(self.finalizers[-1], Exit(target, again))
            return
        place = target.again if again else target.leave
        assert place is not None
        self.assembler.jump(Op.JUMP, 0, place)

    def _enter_target(self, leave: Label, again: Label | None) -> JumpTarget:
        target = JumpTarget(self.pending_labels, leave, again)
        target.finalizers = len(self.finalizers)
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
            head = self.assembler.loop_label(Op.JUMP)
            self.statement(statement.body)
            self._loop_end(again, statement.test, head)
        elif isinstance(statement, DoWhile):
            head = self.assembler.loop_label(Op.JUMP)
            self.statement(statement.body)
            self._loop_end(again, statement.test, head)
        self.targets.pop()
        self.assembler.place(leave)

    def _loop_end(self, again: Label, test: Expression, head: Label) -> None:
        self.assembler.place(again)
        done = Label()
        self.branch(test, done, False)
        self.assembler.jump(Op.REPEAT, 0, head)
        self.assembler.place(done)

    def compile_for(self, statement: For) -> None:
        labels = self.pending_labels
        self.pending_labels = []
        self.open_scope(statement.scope)
        initializer = statement.initializer
        if initializer is not None:
            self.statement(initializer)
        self.pending_labels = labels
        leave, again, test_label = Label(), Label(), Label()
        self._enter_target(leave, again)
        self.assembler.jump(Op.JUMP, 0, test_label)
        head = self.assembler.loop_label(Op.JUMP)
        self.statement(statement.body)
        self.assembler.place(again)
        self.renew_cells(statement.scope)
        update = statement.update
        if update is not None:
            self.effect(update)
        self.assembler.place(test_label)
        test = statement.test
        if test is not None:
            self.branch(test, leave, False)
        self.assembler.jump(Op.REPEAT, 0, head)
        self.targets.pop()
        self.assembler.place(leave)

    def compile_for_each(self, statement: ForEach) -> None:
        if statement.kind == IterationKind.ASYNC_VALUES:
            raise not_compiled("`for await`", statement)
        labels = self.pending_labels
        self.pending_labels = []
        value = statement.value
        if value is not None:
            raise not_compiled("a value in the head of `for ... in`", value)
        iterator = self.slot()
        subject = self.slot()
        top = self.top
        self.open_scope(statement.scope)
        self.into(statement.subject, subject)
        self.top = top
        self.at(statement.subject)
        if statement.kind == IterationKind.KEYS:
            self.emit(Op.KEYS, subject, subject)
        self.emit(Op.ITERATE, iterator, subject)
        self.pending_labels = labels
        leave, again = Label(), Label()
        self._enter_target(leave, again)
        self.assembler.jump(Op.JUMP, 0, again)
        head = self.assembler.loop_label(Op.JUMP)
        self.open_scope(statement.scope)
        self._assign_turn(statement, subject)
        self.statement(statement.body)
        self.top = top
        self.assembler.place(again)
        self.assembler.branch(Op.NEXT, subject, iterator, 0, leave)
        self.assembler.jump(Op.REPEAT, 0, head)
        self.targets.pop()
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
            slot = self.operand(test)
            result = self.slot()
            self.emit(Op.SAME, result, subject, slot)
            self.assembler.jump(Op.JUMP_IF_TRUE, result, places[index])
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
        self.finalizers.append(finalizer)
        start = self.assembler.here()
        if statement.catch_body is not None:
            self._try_catch(statement)
        else:
            self.block(statement.body.statements, statement.body.scope)
        end = self.assembler.here()
        self.finalizers.pop()
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
        is_it = self.slot()
        for number in range(1, len(finalizer.exits) + 2):
            other = Label()
            self.load_number(wanted, float(number))
            self.emit(Op.SAME, is_it, finalizer.how, wanted)
            self.assembler.jump(Op.JUMP_IF_FALSE, is_it, other)
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
