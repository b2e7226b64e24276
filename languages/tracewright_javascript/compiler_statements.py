"""Statements, functions and whole scripts to bytecode."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_javascript.bytecode import FIRST, Code
from tracewright_javascript.compiler import (
    Exit,
    Finalizer,
    JumpTarget,
    NameCompiler,
    Place,
    PlaceKind,
    Unit,
    is_global_scope,
    not_compiled,
)
from tracewright_javascript.compiler_patterns import PatternCompiler
from tracewright_javascript.opcodes import Op
from tracewright_javascript.realm import Realm
from tracewright_javascript.scopes import Scope, Variable, VariableKind
from tracewright_javascript.syntax import (
    ArrayPattern,
    Default,
    Expression,
    Function,
    FunctionKind,
    Identifier,
    ObjectPattern,
    Rest,
    Statement,
)
from tracewright_javascript.syntax_statements import (
    Block,
    Break,
    Continue,
    Debugger,
    DoWhile,
    Empty,
    ExpressionStatement,
    For,
    ForEach,
    FunctionDeclaration,
    If,
    IterationKind,
    Labelled,
    Program,
    Return,
    Switch,
    Throw,
    Try,
    VariableDeclaration,
    While,
)
from tracewright_javascript.tokens import Kind
from tracewright_javascript.values import EMPTY


@final
class FunctionCompiler(PatternCompiler):
    """Compiles one function, or the script."""

    def __init__(self, unit: Unit, parent: NameCompiler | None, name: str) -> None:
        super().__init__(unit, parent, name)
        self.finalizers: list[Finalizer] = []

    # Functions

    def compile_function(self, target: int, function: Function, name: str) -> None:
        if function.is_async or function.is_generator:
            raise not_compiled("async functions and generators", function)
        if function.kind > FunctionKind.METHOD:
            raise not_compiled("getters, setters and classes", function)
        inner = FunctionCompiler(self.unit, self, function.name if function.name != "" else name)
        code = inner.whole_function(function)
        self.assembler.emit_wide(Op.CLOSURE, target, self.assembler.new_constant(Value.of_object(code)))

    def whole_function(self, function: Function) -> Code:
        """The code of a function, captures included."""
        scope = function.scope
        name_scope = function.name_scope
        if name_scope is not None:
            self.open_scope(name_scope)
        self._parameters(function)
        self.open_scope(scope)
        if not function.is_strict and "this" in scope.variables:
            self.emit(Op.SLOPPY_THIS)
        if function.body_scope is not scope:
            self._open_body(function.body_scope, scope)
        self._hoist(function.body)
        for statement in function.body:
            self.statement(statement)
        self._return_undefined()
        is_constructor = function.kind == FunctionKind.ORDINARY
        source = self.unit.source[function.start : function.end]
        return self.finish(len(function.parameters), function.length, is_constructor, source)

    def _parameters(self, function: Function) -> None:
        """The first slots; what needs all arguments comes first, before anything overwrites those beyond the parameters."""
        scope = function.scope
        self.top = FIRST + len(function.parameters)
        self.frame_size = max(self.frame_size, self.top)
        arguments = scope.variables.get("arguments")
        slot = self.slot()
        if arguments is not None and arguments.kind == VariableKind.ARGUMENTS:
            self.emit(Op.ARGUMENTS, slot)
        for index, parameter in enumerate(function.parameters):
            if isinstance(parameter, Rest):
                self.assembler.emit_wide(Op.REST, FIRST + index, index)
        if arguments is not None and arguments.kind == VariableKind.ARGUMENTS:
            self.declare_parameter(arguments, slot)
        for index, parameter in enumerate(function.parameters):
            self._parameter(parameter, FIRST + index)
        for variable in scope.variables.values():
            assert variable.kind != VariableKind.PARAMETER or variable in self.places

    def _parameter(self, parameter: Expression, slot: int) -> None:
        """Give a parameter's names their places, once its default value, which earlier ones may be part of, is known."""
        target = parameter.target if isinstance(parameter, Rest) else parameter
        if isinstance(target, Default):
            given = Label()
            self.assembler.jump(Op.JUMP_IF_DEFINED, slot, given)
            inner = target.target
            self.named(target.value, slot, inner.name if isinstance(inner, Identifier) else "")
            self.assembler.place(given)
            target = inner
        if isinstance(target, Identifier):
            variable = target.variable
            assert variable is not None
            self.declare_parameter(variable, slot)  # of two with one name, the last one counts
            return
        for name in names_of(target):
            variable = name.variable
            assert variable is not None
            inside = self.slot()
            self.load_constant(inside, Value.UNDEFINED)
            self.declare_parameter(variable, inside)
        self.assign_pattern(target, slot, True)

    def _open_body(self, body_scope: Scope, scope: Scope) -> None:
        """The names of a body that the parameters' expressions must not see; a `var` named as a parameter begins as that."""
        self.open_scope(body_scope)
        for variable in body_scope.variables.values():
            outer = scope.variables.get(variable.name)
            if outer is not None and variable.kind == VariableKind.VAR:
                top = self.top
                slot = self.slot()
                self.load_place(slot, self.places[outer])
                self.store_place(self.places[variable], slot)
                self.top = top

    def _return_undefined(self) -> None:
        slot = self.slot()
        self.load_constant(slot, Value.UNDEFINED)
        self.emit(Op.RETURN, slot)

    def whole_script(self, program: Program) -> Code:
        """The code of a script, which returns the value of its last expression statement."""
        for variable in program.scope.variables.values():
            self._declare_global(variable)
        self._hoist(program.statements)
        for statement in program.statements:
            self.statement(statement)
        self._return_undefined()
        return self.finish(0, 0, False, "")

    def _declare_global(self, variable: Variable) -> None:
        cell = self.unit.realm.cell(variable.name)
        if variable.starts_uninitialized():
            cell.is_lexical = True
        elif variable.kind == VariableKind.VAR and cell.value.same(EMPTY):
            top = self.top
            slot = self.slot()
            self.load_constant(slot, Value.UNDEFINED)
            self.assembler.emit_wide(Op.DECLARE_GLOBAL, slot, self.assembler.constant(Value.of_object(cell)))
            self.top = top

    # Scopes and declarations

    def _hoist(self, statements: list[Statement]) -> None:
        """Functions are there from the beginning of their scope."""
        for statement in statements:
            declaration = _unlabelled(statement)
            if isinstance(declaration, FunctionDeclaration):
                top = self.top
                slot = self.slot()
                self.compile_function(slot, declaration.function, declaration.target.name)
                self._initialize(declaration.target, slot)
                self.top = top

    def _initialize(self, target: Identifier, slot: int) -> None:
        """The first value of a declared name."""
        self.store_place(self.place_of(target), slot)

    def block(self, statements: list[Statement], scope: Scope) -> None:
        """Statements with a scope of their own."""
        top = self.top
        self.open_scope(scope)
        self._hoist(statements)
        for statement in statements:
            self.statement(statement)
        self.top = top

    def _declaration(self, declaration: VariableDeclaration) -> None:
        for declarator in declaration.declarators:
            target = declarator.target
            top = self.top
            value = declarator.value
            self.at(declarator)
            if not isinstance(target, Identifier):
                assert value is not None
                slot = self.slot()
                self.into(value, slot)
                self.assign_pattern(target, slot, True)
                self.top = top
                continue
            if value is not None:
                place = self.place_of(target)
                if place.kind == PlaceKind.SLOT and declaration.keyword != Kind.VAR and not _was_early(target):
                    self.named(value, place.number, target.name)
                else:
                    slot = self.slot()
                    self.named(value, slot, target.name)
                    self._initialize(target, slot)
            elif declaration.keyword != Kind.VAR:
                slot = self.slot()
                self.load_constant(slot, Value.UNDEFINED)
                self._initialize(target, slot)
            self.top = top

    # Statements

    def statement(self, statement: Statement) -> None:
        """One statement. Raises SyntaxFault for what is not compiled yet."""
        top = self.top
        self._statement(statement)
        self.top = top

    def _statement(self, statement: Statement) -> None:
        if isinstance(statement, ExpressionStatement):
            self.effect(statement.expression)
        elif isinstance(statement, VariableDeclaration):
            self._declaration(statement)
        elif isinstance(statement, Return):
            self._return(statement)
        elif isinstance(statement, If):
            self._if(statement)
        elif isinstance(statement, Block):
            self._block_statement(statement)
        elif isinstance(statement, For):
            self._for(statement)
        elif isinstance(statement, (While, DoWhile)):
            self._while(statement)
        elif isinstance(statement, ForEach):
            self._for_each(statement)
        elif isinstance(statement, FunctionDeclaration):
            self._also_var(statement)
        elif isinstance(statement, (Break, Continue)):
            self._jump_out(statement)
        else:
            self._rarer_statement(statement)

    def _rarer_statement(self, statement: Statement) -> None:
        if isinstance(statement, Throw):
            slot = self.operand(statement.value)
            self.at(statement)
            self.emit(Op.THROW, slot)
        elif isinstance(statement, Try):
            self._try(statement)
        elif isinstance(statement, Switch):
            self._switch(statement)
        elif isinstance(statement, Labelled):
            self.pending_labels.append(statement.label)
            self._labelled(statement.body)
        elif not isinstance(statement, (Empty, Debugger)):
            raise not_compiled("classes, modules and `with`", statement)

    def _block_statement(self, statement: Block) -> None:
        self.block(statement.statements, statement.scope)

    def _also_var(self, statement: FunctionDeclaration) -> None:
        """A function of a block, when control comes to it, is the value of the `var` of its name, too."""
        function = statement.block_function
        if function is None or not function.is_also_var:
            return
        place = self._outer_var(function.name, statement.target.variable)
        slot = self.operand(statement.target)
        self.store_place(place, slot)

    def _outer_var(self, name: str, inner: Variable | None) -> Place:
        """The place of the function's variable that a block's function of the same name hides."""
        for variable, place in self.places.items():
            if variable.name == name and variable is not inner and not variable.is_lexical():
                return place
        return self.global_place(name)

    def _return(self, statement: Return) -> None:
        value = statement.value
        if value is None:
            slot = self.slot()
            self.load_constant(slot, Value.UNDEFINED)
        else:
            slot = self.operand(value)
        self._leave_function(slot)

    def _leave_function(self, slot: int) -> None:
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

    def _if(self, statement: If) -> None:
        done = Label()
        for branch in statement.branches:
            other = Label()
            self.branch(branch.test, other, False)
            self.statement(branch.body)
            self.assembler.jump(Op.JUMP, 0, done)
            self.assembler.place(other)
        otherwise = statement.otherwise
        if otherwise is not None:
            self.statement(otherwise)
        self.assembler.place(done)

    # Jumps

    def _enter_target(self, leave: Label, again: Label | None) -> JumpTarget:
        target = JumpTarget(self.pending_labels, leave, again)
        target.finalizers = len(self.finalizers)
        self.pending_labels = []
        self.targets.append(target)
        return target

    def _labelled(self, body: Statement) -> None:
        if isinstance(body, (For, ForEach, While, DoWhile, Switch, Labelled)):
            self.statement(body)
            return
        leave = Label()
        self._enter_target(leave, None).is_breakable = False
        self.statement(body)
        self.targets.pop()
        self.assembler.place(leave)

    def _jump_out(self, statement: Statement) -> None:
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

    def _while(self, statement: Statement) -> None:
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

    def _for(self, statement: For) -> None:
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

    def _for_each(self, statement: ForEach) -> None:
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

    def _switch(self, statement: Switch) -> None:
        subject = self.slot()
        self.into(statement.subject, subject)
        leave = Label()
        self._enter_target(leave, None)
        self.open_scope(statement.scope)
        for case in statement.cases:
            self._hoist(case.statements)
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

    def _try(self, statement: Try) -> None:
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
            self._block_statement(statement.body)
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
        self._block_statement(body)
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
                self._leave_function(finalizer.value)
            else:
                self._leave_to(way.target, way.again)
            self.assembler.place(other)

    def _try_catch(self, statement: Try) -> None:
        error = self.slot()
        handler, done = Label(), Label()
        start = self.assembler.here()
        self._block_statement(statement.body)
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
            self._block_statement(body)
        self.assembler.place(done)


def names_of(target: Expression) -> list[Identifier]:
    """The names that a pattern declares."""
    if isinstance(target, Identifier):
        return [target]
    names: list[Identifier] = []
    if isinstance(target, Default):
        names.extend(names_of(target.target))
    elif isinstance(target, Rest):
        names.extend(names_of(target.target))
    elif isinstance(target, ArrayPattern):
        for element in target.elements:
            names.extend(names_of(element))
    elif isinstance(target, ObjectPattern):
        for property in target.properties:
            names.extend(names_of(property.value))
    return names


def _was_early(target: Identifier) -> bool:
    """Whether something may look at the variable while its initializer runs."""
    variable = target.variable
    return variable is None or variable.used_before or variable.captured


def _unlabelled(statement: Statement) -> Statement:
    while isinstance(statement, Labelled):
        statement = statement.body
    return statement


def compile_script(realm: Realm, program: Program, source: str, file: str) -> Code:
    """The code of a script. Raises SyntaxFault for what is not compiled yet."""
    if program.is_module:
        raise not_compiled("modules", program)
    assert is_global_scope(program.scope)
    return FunctionCompiler(Unit(realm, source, file), None, "").whole_script(program)
