"""From a syntax tree to code: `compile_program`.

The parts: compiler_facts.py looks at what names exist, compiler_names.py decides where each name lives,
compiler_expressions.py and compiler_statements.py generate the instructions, assembler.py puts them together.
"""

from __future__ import annotations

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.guest.sources import UnreadableSource
from tracewright_ruff import generator_methods
from tracewright_ruff.bytecode import Code
from tracewright_ruff.compiler_names import Unit
from tracewright_ruff.compiler_statements import StatementCompiler
from tracewright_ruff.module_files import exported_names, find_module, read_module
from tracewright_ruff.objects import W_Function
from tracewright_ruff.parser import parse
from tracewright_ruff.session import Namespace, Session
from tracewright_ruff.syntax import (
    Assignment,
    BindingKind,
    Declaration,
    EnumDeclaration,
    FunctionDeclaration,
    ImportModule,
    ImportNames,
    Name,
    NamePattern,
    Program,
    Statement,
    StructDeclaration,
    Test,
    TestGroup,
    TestSetup,
    TestTeardown,
)
from tracewright_ruff.syntax_questions import sorted_names, unexported


def compile_program(session: Session, namespace: Namespace, file: str, program: Program, open_world: bool) -> Code:
    """The code of a program's top level. Raises CompileError.

    `open_world` says that other programs will share the globals of `namespace` (interactive use).
    """
    find_exports(session, namespace, program)
    unit = Unit(session, namespace, file, program, open_world)
    main = StatementCompiler(unit, None, "")
    find_early_globals(main, program.statements)
    for name in sorted_names(unit.facts.assigned):
        if unit.is_private(name):
            main.new_variable(name, BindingKind.MUT, True)
    for statement in program.statements:
        declaration = unexported(statement)
        if isinstance(declaration, FunctionDeclaration):
            main.assembler.line = declaration.line
            main.hoist(declaration.function)
    main.statements(program.statements)
    main.emit_null_return()
    for index in range(len(main.exits)):
        main.assembler.place(main.exits[index])
        main.emit_return(main.exit_slots[index], True)
    if unit.makes_generators and not session.makes_generators:
        session.makes_generators = True
        add_generator_methods(session)
    return main.finish([])


def add_generator_methods(session: Session) -> None:
    """Compile what generators have as methods. Programs that make none need not wait for that."""
    namespace = Namespace(session.builtins)
    program = compile_program(
        session, namespace, generator_methods.FILE_NAME, parse(generator_methods.SOURCE).program, False
    )
    for code in program.codes:
        code.receiver = 1  # the first argument does not count in messages
        method = W_Function(code, Array(0, Value.UNDEFINED))
        session.methods[generator_methods.KIND + "." + code.name] = Value.of_object(method)


def find_exports(session: Session, namespace: Namespace, program: Program) -> None:
    """Note what each `import m` will bind. Of a module that cannot be read, nothing is known: to import it is an error."""
    for statement in program.imports:
        statement.exports = []
        path = find_module(session, namespace, statement.module)
        if path != "":
            try:
                statement.exports = exported_names(read_module(session, path).program)
            except UnreadableSource:
                continue


def find_early_globals(main: StatementCompiler, statements: list[Statement]) -> None:
    """Collect the globals that plain statements at the start bind, before any function can run."""
    for statement in statements:
        plain = unexported(statement)
        match plain:
            case FunctionDeclaration() | StructDeclaration() | EnumDeclaration():
                continue
            case Test() | TestGroup() | TestSetup() | TestTeardown():
                continue
            case ImportModule():  # a module's code knows no function of this program
                continue
            case ImportNames():
                main.unit.early.update(plain.names)
            case Assignment():
                target = plain.target
                if not isinstance(target, Name) or main.may_call(plain.value):
                    return
                main.unit.early.add(target.name)
            case Declaration():
                pattern = plain.pattern
                if not isinstance(pattern, NamePattern) or main.may_call(plain.value):
                    return
                main.unit.early.add(pattern.name)
            case _:
                return
