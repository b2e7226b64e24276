"""`ruff repl`: statements are read, run, and the value of an expression is shown."""

from typing import Final

from tracewright.core.system import write_error
from tracewright.core.value import Value
from tracewright.guest.sources import Prompt, say
from tracewright_ruff import syntax
from tracewright_ruff.builtins.registry import install_builtins
from tracewright_ruff.compiler import compile_program
from tracewright_ruff.diagnostics import ExitCode, render_compile_error, render_runtime_error
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import CompileError, GuestError, ProgramExit
from tracewright_ruff.interpreter import run_program
from tracewright_ruff.lexer import Lexer
from tracewright_ruff.objects import as_string
from tracewright_ruff.parser import parse
from tracewright_ruff.quoting import quoted
from tracewright_ruff.session import UNBOUND, Session

FILE_NAME: Final = "<repl>"
PROMPT: Final = "ruff> "
CONTINUATION: Final = "....> "
CLEAR_SCREEN: Final = "\x1b[2J\x1b[H"
HELP: Final = """\
Type statements or expressions; open brackets go on to the next line.
  :help         print this
  :vars         list the global variables
  :reset        forget them
  :clear        clear the screen
  :quit         leave
  .help NAME    say what a builtin takes
"""


def run_repl(first_session: Session) -> int:
    """Talk until the input ends or the user leaves; returns the exit code."""
    session = first_session
    prompt = Prompt(PROMPT, CONTINUATION, _is_open, False)
    while True:
        try:
            text = prompt.read()
        except UnicodeDecodeError:
            write_error(b"stream did not contain valid UTF-8\n")
            continue
        if text is None:
            say("\n")
            return ExitCode.SUCCESS
        command = text.strip()
        if command == ":quit" or command == ":exit":
            return ExitCode.SUCCESS
        if command == ":reset":
            arguments = session.arguments
            session = Session()
            install_builtins(session)
            session.arguments = arguments
        elif command.startswith(":") or command.startswith(".help"):
            _answer(session, command)
        elif command != "":
            try:
                _run_statement(session, text)
            except ProgramExit as leaving:
                return leaving.code


def _is_open(text: str) -> bool:
    """Whether a bracket waits to be closed."""
    lexer = Lexer(text, 1, 1)
    lexer.run()
    depth = 0
    for token in lexer.tokens:
        if token.is_symbol("(") or token.is_symbol("[") or token.is_symbol("{"):
            depth += 1
        elif token.is_symbol(")") or token.is_symbol("]") or token.is_symbol("}"):
            depth -= 1
    return depth > 0


def _answer(session: Session, command: str) -> None:
    """A command that only prints."""
    if command == ":vars":
        for name, cell in sorted(session.globals.cells.items(), key=lambda item: item[0]):
            if cell.kind != UNBOUND:
                say(f"{name} = {_shown(cell.value)}\n")
    elif command == ":clear":
        say(CLEAR_SCREEN)
    elif command == ":help":
        say(HELP)
    elif command.startswith(".help"):
        name = command[len(".help") :].strip()
        known = name in session.builtins
        say(f"{name} is a builtin: {display_text(session.builtins[name])}\n" if known else f"no builtin '{name}'\n")
    else:
        say(f"unknown command {command}; try :help\n")


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
