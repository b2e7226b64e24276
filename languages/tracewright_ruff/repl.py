"""`ruff repl`: statements are read, run, and the value of an expression is shown."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import write_error
from tracewright.core.value import Value
from tracewright.guest.prompt import say
from tracewright.guest.repl import FILE_NAME, Leaving, Repl
from tracewright_ruff import syntax
from tracewright_ruff.builtins.registry import new_session
from tracewright_ruff.compiler import compile_program
from tracewright_ruff.diagnostics import render_compile_error, render_runtime_error
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import CompileError, GuestError, ProgramExit
from tracewright_ruff.lexer import Lexer
from tracewright_ruff.objects import as_string
from tracewright_ruff.parser import parse
from tracewright_ruff.quoting import quoted
from tracewright_ruff.running import run_program
from tracewright_ruff.session import UNBOUND, Session
from tracewright_ruff.tokens import KEYWORDS

HELP: Final = """\
Type statements or expressions; open brackets go on to the next line.
  :help         print this
  :vars         list the global variables
  :reset        forget them
  :clear        clear the screen
  :quit         leave
  .help NAME    say what a builtin takes
"""


@final
class RuffRepl(Repl):
    """One session, made anew by `:reset`."""

    def __init__(self, session: Session) -> None:
        super().__init__("ruff", "....> ", False, HELP)
        self.session = session

    def reset(self) -> None:
        before = self.session
        self.session = new_session()
        self.session.arguments = before.arguments
        self.session.modules = before.modules

    def is_open(self, text: str) -> bool:
        lexer = Lexer(text, 1, 1)
        lexer.run()
        depth = 0
        for token in lexer.tokens:
            if token.is_symbol("(") or token.is_symbol("[") or token.is_symbol("{"):
                depth += 1
            elif token.is_symbol(")") or token.is_symbol("]") or token.is_symbol("}"):
                depth -= 1
        return depth > 0

    def names(self) -> list[str]:
        bound = [name for name, cell in self.session.globals.cells.items() if cell.kind != UNBOUND]
        return [*bound, *list(self.session.builtins), *list(KEYWORDS)]

    def answer(self, command: str) -> bool:
        if command == ":vars":
            for name, cell in sorted(self.session.globals.cells.items(), key=lambda item: item[0]):
                if cell.kind != UNBOUND:
                    say(f"{name} = {_shown(cell.value)}\n")
        elif command.startswith(".help"):
            name = command[len(".help") :].strip()
            known = name in self.session.builtins
            shown = display_text(self.session.builtins[name]) if known else ""
            say(f"{name} is a builtin: {shown}\n" if known else f"no builtin '{name}'\n")
        elif command.startswith(":"):
            say(f"unknown command {command}; try :help\n")
        else:
            return False
        return True

    def run(self, text: str) -> None:
        try:
            _run_statement(self.session, text)
        except ProgramExit as leaving:
            raise Leaving(leaving.code)


def _shown(value: Value) -> str:
    """The display form, with a string in quotes."""
    string = as_string(value)
    return quoted(string.flat()) if string is not None else display_text(value)


def _run_statement(session: Session, text: str) -> None:
    result = parse(text)
    for diagnostic in result.diagnostics:
        write_error(diagnostic.render(FILE_NAME).encode())
    if len(result.diagnostics) > 0:
        return
    statements = result.program.statements
    shows = False
    if len(statements) > 0:
        last = statements[len(statements) - 1]
        if isinstance(last, syntax.ExpressionStatement):
            # At top level `return` ends the program, and the program is this input: so its value comes back to us.
            statements[len(statements) - 1] = syntax.Return(last.line, last.column, last.expression)
            shows = True
    try:
        code = compile_program(session, session.globals, FILE_NAME, result.program, True)
        value = run_program(session, code)
    except CompileError as error:
        write_error(render_compile_error(error.message).encode())
        return
    except GuestError as error:
        write_error(render_runtime_error(error.message, error.names).encode())
        return
    if shows and not value.same(Value.NULL):
        say(f"=> {_shown(value)}\n")
