"""Statements, functions and whole scripts to bytecode."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_javascript.bytecode import CALLEE, FIRST, NO_SLOT, THIS, Code, CodeKind
from tracewright_javascript.compiler import (
    Place,
    PlaceKind,
    ScopeObject,
    Unit,
    is_global_scope,
    not_compiled,
)
from tracewright_javascript.compiler_classes import fields_of
from tracewright_javascript.compiler_control import ControlCompiler
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.opcodes import GlobalKind, Op
from tracewright_javascript.parser_modules import DEFAULT_EXPORT
from tracewright_javascript.properties import NOT_WRITABLE
from tracewright_javascript.realm import Realm
from tracewright_javascript.scopes import Scope, Variable, VariableKind
from tracewright_javascript.syntax import (
    ArrayPattern,
    Class,
    ClassMember,
    Default,
    Expression,
    Function,
    FunctionKind,
    Identifier,
    MemberKind,
    ObjectPattern,
    Rest,
    Statement,
)
from tracewright_javascript.syntax_statements import (
    Block,
    Break,
    ClassDeclaration,
    Continue,
    Debugger,
    DoWhile,
    Empty,
    ExportDeclaration,
    ExportDefault,
    ExportNames,
    ExpressionStatement,
    For,
    ForEach,
    FunctionDeclaration,
    If,
    Import,
    Labelled,
    Program,
    Return,
    Switch,
    Throw,
    Try,
    VariableDeclaration,
    While,
    With,
)
from tracewright_javascript.tokens import Kind
from tracewright_javascript.values import EMPTY


@final
class FunctionCompiler(ControlCompiler):
    """Compiles one function, or the script."""

    # Functions

    def compile_function(self, target: int, function: Function, name: str) -> None:
        code = self.method_code(function, name)
        self.assembler.emit_wide(Op.CLOSURE, target, self.assembler.new_constant(Value.of_object(code)))

    def method_code(self, function: Function, name: str) -> Code:
        inner = FunctionCompiler(self.unit, self, shown_name(function.name if function.name != "" else name))
        inner.kind = kind_of(function)
        return inner.whole_function(function)

    def constructor_code(self, definition: Class, name: str) -> Code:
        inner = FunctionCompiler(self.unit, self, name)
        inner.is_class = True
        inner.is_derived = definition.parent is not None
        inner.has_fields = len(fields_of(definition)) > 0
        constructor = definition.constructor
        source = self.unit.source[definition.start : definition.end]
        if constructor is not None:
            return inner.whole_function(constructor, source)
        if inner.is_derived:
            inner.default_constructor()
        else:
            inner.initialize_fields(CALLEE, THIS)
        inner.return_undefined()
        return inner.finish(0, 0, True, source)

    def initializer_code(self, members: list[ClassMember], name: str, keys: dict[int, Variable]) -> Code:
        inner = FunctionCompiler(self.unit, self, name)
        inner.is_strict = True
        for member in members:
            function = member.function
            if member.kind != MemberKind.STATIC_BLOCK:
                inner.define_member(member, keys)
            elif function is not None:
                inner.block(function.body, function.scope)
        inner.return_undefined()
        return inner.finish(0, 0, False, "")

    def whole_function(self, function: Function, source: str = "") -> Code:
        """The code of a function, captures included; `source` is its text where that is not all there is, as of a class."""
        scope = function.scope
        self.is_strict = function.is_strict
        self.adds_variables = scope.calls_sloppy_eval or function.body_scope.calls_sloppy_eval
        name_scope = function.name_scope
        if name_scope is not None:
            self.open_scope(name_scope)
        self._parameters(function)
        self.start_generator()
        self.open_scope(scope)
        if self.is_class and not self.is_derived:
            self.initialize_fields(CALLEE, THIS)
        if function.body_scope is not scope:
            self._open_body(function.body_scope, scope)
        if self.is_derived:
            self.returned = self.slot()
        self.hoist(function.body)
        for statement in function.body:
            self.statement(statement)
        self._end_function()
        is_constructor = function.kind == FunctionKind.ORDINARY and self.kind == CodeKind.ORDINARY or self.is_class
        source = self.unit.source[function.start : function.end] if source == "" else source
        return self.finish(len(function.parameters), function.length, is_constructor, source)

    def _parameters(self, function: Function) -> None:
        """The first slots; what needs all arguments comes first, before anything overwrites those beyond the parameters."""
        scope = function.scope
        self.top = FIRST + len(function.parameters)
        self.frame_size = max(self.frame_size, self.top)
        arguments = scope.variables.get("arguments")
        has_arguments = arguments is not None and arguments.kind == VariableKind.ARGUMENTS
        shares = has_arguments and not function.is_strict and function.is_simple
        slot = self.slot()
        if shares:
            self._share_parameters(function)
        if has_arguments:
            self.emit(Op.ARGUMENTS, slot, 1 if shares else 0)
        for index, parameter in enumerate(function.parameters):
            if isinstance(parameter, Rest) and has_arguments:
                self.emit(Op.REST_OF_ARGUMENTS, FIRST + index, slot, index)
            elif isinstance(parameter, Rest):
                self.assembler.emit_wide(Op.REST, FIRST + index, index)
        self.begin_kind()
        if not function.is_strict and "this" in scope.variables:
            self.emit(Op.SLOPPY_THIS)
        for variable in scope.variables.values():  # default values may use `this` and `super`
            if variable.kind == VariableKind.RECEIVER:
                self.declare(variable)
        if self.adds_variables:
            hidden = self.hidden_variable("added variables")
            self.emit(Op.NEW_VARIABLES, self.places[hidden].number)
            self.scope_objects.append(ScopeObject(hidden, False))
        if arguments is not None and has_arguments:
            self.declare_parameter(arguments, slot)
        if shares:
            return
        if not function.is_simple:
            self._predeclare(function)
        for index, parameter in enumerate(function.parameters):
            self._parameter(parameter, FIRST + index)
        for variable in scope.variables.values():
            assert variable.kind != VariableKind.PARAMETER or variable in self.places

    def _predeclare(self, function: Function) -> None:
        """Where a parameter has a default value, functions in it may use parameters that come later: their cells are there before."""
        for parameter in function.parameters:
            for name in names_of(parameter):
                variable = name.variable
                if variable is not None and variable not in self.places:
                    slot = self.slot()
                    self.load_constant(slot, EMPTY)
                    if variable.captured:
                        self.emit(Op.NEW_CELL, slot, slot)
                    self.places[variable] = Place(PlaceKind.CELL if variable.captured else PlaceKind.SLOT, slot)
                    self.waiting_parameters[variable] = True

    def _share_parameters(self, function: Function) -> None:
        """Parameters that `arguments` shares are cells; of two with one name, the last one counts."""
        for index, parameter in enumerate(function.parameters):
            if isinstance(parameter, Identifier):
                variable = parameter.variable
                assert variable is not None
                self.places[variable] = Place(PlaceKind.CELL, FIRST + index)
        for place in self.places.values():
            if place.kind == PlaceKind.CELL:
                self.emit(Op.NEW_CELL, place.number, place.number)

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
            self.waiting_parameters.pop(variable, True)
            if variable in self.places:
                self.store_place(self.places[variable], slot)
            else:
                self.declare_parameter(variable, slot)  # of two with one name, the last one counts
            return
        self.assign_pattern(target, slot, True)
        for name in names_of(target):
            known = name.variable
            if known is not None:
                self.waiting_parameters.pop(known, True)

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

    def _end_function(self) -> None:
        returned = self.returned
        if returned == NO_SLOT:
            self.return_undefined()
            return
        self.returned = NO_SLOT
        self.load_constant(returned, Value.UNDEFINED)
        self.assembler.place(self.end)
        self.return_slot(returned)

    def return_undefined(self) -> None:
        slot = self.slot()
        self.load_constant(slot, Value.UNDEFINED)
        self.return_slot(slot)

    def whole_script(self, program: Program) -> Code:
        """The code of a script, which returns the value of its last expression statement."""
        self.is_strict = program.is_strict
        self._declare_globals(program.scope)
        return self._whole_top(program)

    def whole_common(self, program: Program) -> Code:
        """The code of a CommonJS module, whose names have their cells."""
        self.is_strict = program.is_strict
        return self._whole_top(program)

    def whole_input(self, program: Program) -> Code:
        """The code of an input at a prompt, which returns what it evaluates to, or a promise of that where it awaits something."""
        self.is_strict = program.is_strict
        if program.has_top_level_await:
            self.kind = CodeKind.ASYNC
            self.begin_kind()
        self.completion = self.slot()
        self.load_constant(self.completion, Value.UNDEFINED)
        self.hoist(program.statements)
        for statement in program.statements:
            self.statement(statement)
        self.return_slot(self.completion)
        return self.finish(0, 0, False, "")

    def _whole_top(self, program: Program) -> Code:
        self.hoist(program.statements)
        for statement in program.statements:
            self.statement(statement)
        self.return_undefined()
        return self.finish(0, 0, False, "")

    def _declare_globals(self, scope: Scope) -> None:
        """What the script declares: all of it is checked before any of it is made."""
        for operation in (Op.CHECK_GLOBAL, Op.DECLARE_GLOBAL):
            for variable in scope.variables.values():
                self.assembler.emit_wide(operation, global_kind(variable), self.text_constant(variable.name))

    def whole_eval(self, program: Program) -> Code:
        """The code of the text of an `eval`, whose variables have their places; it returns what the text evaluates to."""
        self.completion = self.slot()
        self.load_constant(self.completion, Value.UNDEFINED)
        self.hoist(program.statements)
        for statement in program.statements:
            self.statement(statement)
        self.emit(Op.RETURN, self.completion)
        return self.finish(0, 0, False, "")

    # Scopes and declarations

    def hoist(self, statements: list[Statement]) -> None:
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
        self.initialize_name(target, slot)

    def block(self, statements: list[Statement], scope: Scope) -> None:
        """Statements with a scope of their own."""
        top = self.top
        self.open_scope(scope)
        self.hoist(statements)
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
                place = self.place_of(target)
                if place.kind == PlaceKind.SLOT and not _was_early(target):
                    self.load_constant(place.number, Value.UNDEFINED)
                else:
                    slot = self.slot()
                    self.load_constant(slot, Value.UNDEFINED)
                    self._initialize(target, slot)
            self.top = top

    # Statements

    def statement(self, statement: Statement) -> None:
        """One statement. Raises SyntaxFault for what is not compiled yet."""
        top = self.top
        self.assembler.live(top)
        self._statement(statement)
        self.top = top

    def _statement(self, statement: Statement) -> None:
        if self.completion >= 0 and _has_completion(statement):
            self.load_constant(self.completion, Value.UNDEFINED)
        if isinstance(statement, ExpressionStatement):
            if self.completion >= 0:
                self.into(statement.expression, self.completion)
            else:
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
            self.compile_for(statement)
        elif isinstance(statement, (While, DoWhile)):
            self.compile_while(statement)
        elif isinstance(statement, ForEach):
            self.compile_for_each(statement)
        elif isinstance(statement, FunctionDeclaration):
            self._also_var(statement)
        elif isinstance(statement, (Break, Continue)):
            self.jump_out(statement)
        else:
            self._rarer_statement(statement)

    def _rarer_statement(self, statement: Statement) -> None:
        if isinstance(statement, Throw):
            slot = self.operand(statement.value)
            self.at(statement)
            self.emit(Op.THROW, slot)
        elif isinstance(statement, Try):
            self.compile_try(statement)
        elif isinstance(statement, Switch):
            self.compile_switch(statement)
        elif isinstance(statement, ClassDeclaration):
            slot = self.slot()
            self.compile_class(slot, statement.definition, shown_name(statement.target.name))
            self._initialize(statement.target, slot)
        elif isinstance(statement, Labelled):
            self.pending_labels.append(statement.label)
            self.labelled(statement.body)
        elif isinstance(statement, With):
            self._with(statement)
        elif isinstance(statement, ExportDeclaration):
            self.statement(statement.declaration)
        elif isinstance(statement, ExportDefault):
            self._export_default(statement.declaration)
        elif not isinstance(statement, (Empty, Debugger, Import, ExportNames)):
            raise not_compiled("this statement", statement)

    def _with(self, statement: With) -> None:
        hidden = self.hidden_variable("with")
        slot = self.places[hidden].number
        self.into(statement.object, slot)
        self.at(statement.object)
        self.emit(Op.TO_OBJECT, slot, slot)
        self.scope_objects.append(ScopeObject(hidden, True))
        self.open_scope(statement.scope)
        self.statement(statement.body)
        self.scope_objects.pop()

    def _export_default(self, declaration: Statement) -> None:
        if not isinstance(declaration, ExpressionStatement):
            self.statement(declaration)
            return
        slot = self.slot()
        self.named(declaration.expression, slot, "default")
        for variable, place in self.captured.items():
            if variable.name == DEFAULT_EXPORT:
                self.store_place(place, slot)

    def _block_statement(self, statement: Block) -> None:
        self.block(statement.statements, statement.scope)

    def _also_var(self, statement: FunctionDeclaration) -> None:
        """A function of a block, when control comes to it, is the value of the `var` of its name, too."""
        function = statement.block_function
        if function is None or not function.is_also_var:
            return
        slot = self.operand(statement.target)
        if self.parent is None and self.unit.eval_in_function and self._also_added(function.name, slot):
            return
        self.store_place(self._outer_var(function.name, statement.target.variable), slot)

    def _also_added(self, name: str, source: int) -> bool:
        """The same in a direct `eval`, whose `var` belongs to the function around it; False where that has no such name."""
        for variable in self.unit.added_variables:
            if variable.name == name and not variable.is_lexical():
                top = self.top
                scope, key = self.slot(), self.slot()
                added = [each for each in self.scope_objects if not each.is_with][-1]
                self.load_place(scope, self.hidden_place(added.variable))
                self.load_text(key, name)
                self.emit(Op.SCOPE_SET, scope, key, source)
                self.top = top
                return True
        for variable, place in self.captured.items():
            if variable.name == name and not variable.is_lexical():
                self.store_place(place, source)
                return True
        return False

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
            self.leave_function(slot)  # which an async generator does not await
            return
        slot = self.operand(value)
        if self.kind == CodeKind.ASYNC_GENERATOR:  # which awaits it, in a slot of its own
            self.move(self.slot(), slot)
            slot = self.top - 1
        self.return_value_slot(slot)

    def _if(self, statement: If) -> None:
        done = Label()
        otherwise = statement.otherwise
        for index, branch in enumerate(statement.branches):
            other = Label()
            self.branch(branch.test, other, False)
            self.statement(branch.body)
            if otherwise is not None or index + 1 < len(statement.branches):
                self.assembler.jump(Op.JUMP, 0, done)
            self.assembler.place(other)
        if otherwise is not None:
            self.statement(otherwise)
        self.assembler.place(done)


def kind_of(function: Function) -> int:
    """The kind of a function's code."""
    if function.is_generator:
        return CodeKind.ASYNC_GENERATOR if function.is_async else CodeKind.GENERATOR
    return CodeKind.ASYNC if function.is_async else CodeKind.ORDINARY


def global_kind(variable: Variable) -> int:
    """How a variable at the top of a script is declared."""
    if variable.kind == VariableKind.CONST:
        return GlobalKind.CONSTANT
    if variable.is_lexical():
        return GlobalKind.LEXICAL
    return GlobalKind.FUNCTION if variable.kind == VariableKind.FUNCTION else GlobalKind.VAR


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


def _has_completion(statement: Statement) -> bool:
    """Whether a statement evaluates to undefined where nothing in it evaluates to anything else."""
    return isinstance(statement, (If, For, ForEach, While, DoWhile, Switch, Try, With))


def _unlabelled(statement: Statement) -> Statement:
    """A declaration, without labels and `export`."""
    if isinstance(statement, ExportDeclaration):
        return statement.declaration
    if isinstance(statement, ExportDefault):
        return statement.declaration
    while isinstance(statement, Labelled):
        statement = statement.body
    return statement


def shown_name(name: str) -> str:
    """The name of a function or class with the name of its variable."""
    return "default" if name == DEFAULT_EXPORT else name


def compile_script(realm: Realm, program: Program, source: str, file: str) -> Code:
    """The code of a script. Raises SyntaxFault for what is not compiled yet."""
    if program.is_module:
        raise not_compiled("modules", program)
    assert is_global_scope(program.scope)
    realm.agent.sources[file] = source
    return FunctionCompiler(Unit(realm, source, file), None, "").whole_script(program)


def compile_common(
    realm: Realm, program: Program, source: str, file: str, cells: dict[str, GlobalCell], this: Value
) -> Code:
    """The code of a CommonJS module. `cells` are the names that it is given; what it declares is added. Raises SyntaxFault."""
    realm.agent.sources[file] = source
    unit = Unit(realm, source, file)
    unit.private_cells = cells
    unit.top_this = this
    for variable in program.scope.variables.values():
        if variable.name not in cells:
            cells[variable.name] = private_cell(variable)
    return FunctionCompiler(unit, None, "").whole_common(program)


def compile_input(realm: Realm, program: Program, source: str, file: str, cells: dict[str, GlobalCell]) -> Code:
    """The code of an input at a prompt. `cells` are the names of earlier ones; what is declared again is another variable. Raises SyntaxFault."""
    realm.agent.sources[file] = source
    unit = Unit(realm, source, file)
    unit.private_cells = cells
    for variable in program.scope.variables.values():
        if variable.is_lexical() or variable.name not in cells or cells[variable.name].is_lexical:
            cells[variable.name] = private_cell(variable)
    return FunctionCompiler(unit, None, "").whole_input(program)


def private_cell(variable: Variable) -> GlobalCell:
    """The cell of a name that a CommonJS module declares, before anything has run."""
    cell = GlobalCell(variable.name)
    if variable.is_lexical():
        cell.is_lexical = True
        cell.attributes = NOT_WRITABLE if variable.kind == VariableKind.CONST else 0
    else:
        cell.value = Value.UNDEFINED
        cell.is_guarded = False
    return cell
