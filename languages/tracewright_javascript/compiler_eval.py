"""The texts of `eval` and `Function` to bytecode.

A direct `eval` is a function whose captured values are the variables around it. What a sloppy one declares by `var` belongs to the function
around it: to a variable of that name, else to the object of its added variables, else to the global object.
"""

from __future__ import annotations

from tracewright_javascript.bytecode import Code
from tracewright_javascript.compiler import Place, PlaceKind, PrivateNames, ScopeObject, Unit
from tracewright_javascript.compiler_statements import FunctionCompiler, global_kind
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.evaluation import EvalSite
from tracewright_javascript.opcodes import GlobalKind, Op
from tracewright_javascript.parser import Goal, parse, parse_eval
from tracewright_javascript.realm import Realm
from tracewright_javascript.scopes import Variable, VariableKind
from tracewright_javascript.syntax import FunctionExpression
from tracewright_javascript.syntax_statements import ExpressionStatement, Program


def compile_eval(realm: Realm, source: str, site: EvalSite | None, file: str) -> Code:
    """The code of a text, direct at a site or indirect. Raises SyntaxFault."""
    program = parse_eval(source, None if site is None else site.context)
    unit = Unit(realm, source, file)
    compiler = FunctionCompiler(unit, None, "")
    compiler.is_strict = program.is_strict
    if site is not None:
        unit.private_cells = site.private_cells
        _give_surroundings(compiler, program, site)
    if program.is_strict:
        compiler.open_scope(program.scope)
    else:
        _declare(compiler, program, site)
    return compiler.whole_eval(program)


def _give_surroundings(compiler: FunctionCompiler, program: Program, site: EvalSite) -> None:
    """The variables, private names and scope objects around a direct `eval` are captured values."""
    known: dict[str, Variable] = {}
    compiler.unit.eval_in_function = site.is_in_function
    for each in site.variables:
        variable = Variable(each.name, each.kind, -1)
        known[each.name] = variable
        compiler.unit.depths[variable] = each.depth
        _capture(compiler, variable, each.is_cell)
    names = PrivateNames(None)
    for name in site.private_names:
        names.names[name] = Variable(name, VariableKind.CONST, -1)
        _capture(compiler, names.names[name], False)
    compiler.private_names = names
    for is_with in site.scope_objects:
        hidden = Variable("scope object", VariableKind.CONST, -1)
        _capture(compiler, hidden, False)
        compiler.scope_objects.append(ScopeObject(hidden, is_with))
    for reference in program.unresolved:
        found = known.get(reference.name)
        reference.is_dynamic = reference.is_dynamic or len(site.scope_objects) > 0
        if found is not None:
            reference.variable = found
            reference.needs_check = found.kind >= VariableKind.LET


def _capture(compiler: FunctionCompiler, variable: Variable, is_cell: bool) -> None:
    kind = PlaceKind.CAPTURED_CELL if is_cell else PlaceKind.CAPTURED
    compiler.captured[variable] = Place(kind, len(compiler.captures))
    compiler.captures.append(0)


def _declare(compiler: FunctionCompiler, program: Program, site: EvalSite | None) -> None:
    """EvalDeclarationInstantiation of sloppy code. Raises SyntaxFault."""
    in_function = site is not None and site.is_in_function
    added: list[Variable] = []
    for variable in program.scope.variables.values():
        if variable.is_lexical():
            compiler.declare(variable)
            continue
        if site is not None and variable.name in site.lexical_names:
            raise SyntaxFault(f"Identifier '{variable.name}' has already been declared", 0, 0)
        if not in_function or not _is_there(compiler, variable, site):
            added.append(variable)
            compiler.unit.added_variables[variable] = True
    if not in_function:
        for operation, extra in ((Op.CHECK_GLOBAL, 0), (Op.DECLARE_GLOBAL, GlobalKind.DELETABLE)):
            for variable in added:
                number = compiler.text_constant(variable.name)
                compiler.assembler.emit_wide(operation, global_kind(variable) | extra, number)
        return
    for variable in added:
        top = compiler.top
        scope, name = compiler.slot(), compiler.slot()
        compiler.load_place(scope, compiler.hidden_place(_function_scope(compiler).variable))
        compiler.load_text(name, variable.name)
        compiler.emit(Op.DECLARE_ADDED, scope, name)
        compiler.top = top


def _is_there(compiler: FunctionCompiler, variable: Variable, site: EvalSite | None) -> bool:
    """Whether the function around has a variable of that name, which this one is then."""
    if site is None:
        return False
    for index in range(len(site.variables)):
        each = site.variables[index]
        if each.name == variable.name and each.is_of_function and each.is_cell:
            compiler.captured[variable] = Place(PlaceKind.CAPTURED_CELL, index)
            return True
    return False


def _function_scope(compiler: FunctionCompiler) -> ScopeObject:
    """The scope object of the innermost function's added variables."""
    objects = [each for each in compiler.scope_objects if not each.is_with]
    return objects[-1]


def compile_function_text(realm: Realm, source: str, file: str) -> Code:
    """The code that makes the function whose text, in parentheses, this is. Raises SyntaxFault."""
    program = parse(source, Goal.SCRIPT)
    statement = program.statements[0] if len(program.statements) == 1 else None
    expression = statement.expression if isinstance(statement, ExpressionStatement) else None
    if not isinstance(expression, FunctionExpression):
        raise SyntaxFault("Unexpected token", 0, len(source))
    compiler = FunctionCompiler(Unit(realm, source, file), None, "")
    function = expression.function
    function.name_scope = None
    slot = compiler.slot()
    compiler.compile_function(slot, function, "anonymous")
    compiler.return_slot(slot)
    return compiler.finish(0, 0, False, "")
