"""Modules to bytecode: what they import and export, and two codes: one that gives functions their values, and the body."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright_javascript.bytecode import CodeKind
from tracewright_javascript.compiler import Place, PlaceKind, Unit
from tracewright_javascript.compiler_statements import FunctionCompiler
from tracewright_javascript.modules import ExportEntry, ImportEntry, ModuleCode
from tracewright_javascript.parser_modules import DEFAULT_EXPORT
from tracewright_javascript.realm import Realm
from tracewright_javascript.syntax import Statement
from tracewright_javascript.syntax_statements import (
    ClassDeclaration,
    ExportDeclaration,
    ExportDefault,
    ExportNames,
    ExpressionStatement,
    FunctionDeclaration,
    Import,
    Program,
)


def compile_module(realm: Realm, program: Program, source: str, file: str) -> ModuleCode:
    """The code of a module. Raises SyntaxFault for what is not compiled yet."""
    realm.agent.sources[file] = source
    unit = Unit(realm, source, file)
    unit.top_this = Value.UNDEFINED
    declarations = _compiler(unit, program)
    declarations.hoist(program.statements)
    declarations.return_undefined()
    first = declarations.finish(0, 0, False, "")
    body = _compiler(unit, program)
    if program.has_top_level_await:
        body.kind = CodeKind.ASYNC
        body.begin_kind()
    for statement in program.statements:
        body.statement(statement)
    body.return_undefined()
    variables = program.scope.variables
    code = ModuleCode(first, body.finish(0, 0, False, ""), list(variables), program.has_top_level_await)
    for variable in variables.values():
        if variable.starts_uninitialized():
            code.uninitialized.append(variable.name)
    for statement in program.statements:
        _add_entries(code, statement)
    return code


def _compiler(unit: Unit, program: Program) -> FunctionCompiler:
    compiler = FunctionCompiler(unit, None, "")
    compiler.is_strict = True
    for variable in program.scope.variables.values():
        compiler.captured[variable] = Place(PlaceKind.CAPTURED_CELL, len(compiler.captures))
        compiler.captures.append(0)
    return compiler


def _add_entries(code: ModuleCode, statement: Statement) -> None:
    if isinstance(statement, Import):
        _request(code, statement.source)
        for imported in statement.names:
            code.imports.append(ImportEntry(statement.source, imported.imported, imported.local.name))
    elif isinstance(statement, ExportNames):
        source = statement.source
        if source is not None:
            _request(code, source)
        for name in statement.names:
            if source is not None and name.exported == "":
                code.stars.append(source)
            else:
                code.exports.append(ExportEntry(name.exported, name.local, "" if source is None else source))
    elif isinstance(statement, ExportDeclaration):
        for exported in statement.names:
            code.exports.append(ExportEntry(exported, exported, ""))
    elif isinstance(statement, ExportDefault):
        code.exports.append(ExportEntry("default", default_name(statement), ""))


def default_name(statement: ExportDefault) -> str:
    """The variable that holds what `export default` exports."""
    declaration = statement.declaration
    if isinstance(declaration, FunctionDeclaration):
        return declaration.target.name
    if isinstance(declaration, ClassDeclaration):
        return declaration.target.name
    assert isinstance(declaration, ExpressionStatement)
    return DEFAULT_EXPORT


def _request(code: ModuleCode, source: str) -> None:
    if source not in code.requests:
        code.requests.append(source)
