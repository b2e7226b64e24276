"""The prompt: what is typed is compiled as one statement, and values are shown, as CPython's prompt does.

>>> if x:            a block has begun: an empty line ends it
...     f(
... )
...
>>> "text".up⇥       names are completed, behind a point those of the object
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import write_error
from tracewright.core.value import Value
from tracewright.guest.line_editor import is_word_character
from tracewright.guest.prompt import say
from tracewright.guest.repl import Leaving, Repl, talk
from tracewright_python.access import find_attribute, load_attribute, store_attribute
from tracewright_python.builtin_types import SYSTEM_EXIT
from tracewright_python.calls import call
from tracewright_python.compiler import TextKind
from tracewright_python.conversions import values_of
from tracewright_python.diagnostics import LineIndex, SyntaxFault
from tracewright_python.display import str_text
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception
from tracewright_python.execution import compile_text, end_program, exit_code, new_main, run_at_end, uncaught
from tracewright_python.importing import import_by_name, run_code
from tracewright_python.lexer import Lexer
from tracewright_python.namespaces import Namespace
from tracewright_python.parser import parse_interactive
from tracewright_python.session import Session
from tracewright_python.source_text import prepared
from tracewright_python.texts import as_str, text_value
from tracewright_python.tokens import KEYWORDS, Kind
from tracewright_python.values import NONE

FILE: Final = "<stdin>"
HISTORY: Final = "tracewright_python"  # the file ~/.NAME_history
FIRST_PROMPT: Final = ">>> "
NEXT_PROMPT: Final = "... "
HELP: Final = "Type exit() or press Ctrl-D to leave.\n"
BLOCKS: Final[list[int]] = [
    Kind.IF,
    Kind.WHILE,
    Kind.FOR,
    Kind.TRY,
    Kind.WITH,
    Kind.DEF,
    Kind.CLASS,
    Kind.ASYNC,
    Kind.AT,
]
"""What a statement of several lines begins with; `match`, which may be a name, is known by the colon at the end of its line."""
NOT_ENDED: Final[list[str]] = ["expected an indented block", "expected 'except' or 'finally' block"]


def waits(text: str) -> bool:
    """Whether more lines belong to what was typed: something is not closed, or a block has begun and no empty line has ended it."""
    source = prepared(text, True)
    tokens = Lexer(source, LineIndex(source), 0, len(source), False).read_all()
    kinds = tokens.kinds
    last = len(kinds) - 1
    lexical = tokens.fault
    if lexical is not None:
        if tokens.starts[last] < len(source):
            return False
    elif source.rstrip(" \t").endswith("\n\n") or not _begins_block(kinds):
        return False
    try:
        parse_interactive(text)
    except SyntaxFault as fault:
        if lexical is not None:
            return fault.message == lexical.message
        if fault.span.line > text.count("\n") or text.rstrip("\n").rpartition("\n")[2].lstrip().startswith("@"):
            return True
        return any([fault.message.startswith(message) for message in NOT_ENDED])
    return True


def _begins_block(kinds: list[int]) -> bool:
    if kinds[0] in BLOCKS:
        return True
    for index in range(1, len(kinds)):
        if kinds[index] == Kind.NEWLINE and kinds[index - 1] == Kind.COLON:
            return True
    return False


@final
class PythonRepl(Repl):
    """One session; its inputs are statements of the module `__main__`."""

    def __init__(self, session: Session) -> None:
        super().__init__(HISTORY, NEXT_PROMPT, False, HELP)
        self.session = session
        self.namespace: Namespace = new_main(session)
        self.system: Value = import_by_name(session, "sys")
        store_attribute(session, self.system, "ps1", text_value(FIRST_PROMPT))
        store_attribute(session, self.system, "ps2", text_value(NEXT_PROMPT))

    def first_prompt(self) -> str:
        return self._prompt("ps1", FIRST_PROMPT)

    def next_prompt(self) -> str:
        return self._prompt("ps2", NEXT_PROMPT)

    def _prompt(self, name: str, usual: str) -> str:
        try:
            return str_text(self.session, load_attribute(self.session, self.system, name))
        except Raised:
            return usual

    def is_open(self, text: str) -> bool:
        return waits(text)

    def run(self, text: str) -> None:
        session = self.session
        try:
            code = compile_text(session, text, self.namespace, FILE, TextKind.SINGLE)
            run_code(session, code, self.namespace, NONE)
        except Raised as raised:
            exception = as_exception(raised.value)
            if exception is not None and exception.type_of().derives_from(SYSTEM_EXIT):
                raise Leaving(exit_code(session, exception))
            uncaught(session, raised.value)
        except KeyboardInterrupt:  # while the input is compiled; a program that runs meets an exception of its own
            write_error(b"\nKeyboardInterrupt\n")
        run_at_end(session, "_io", "_flush_all")

    def reset(self) -> None:
        self.namespace = new_main(self.session)

    def answer(self, command: str) -> bool:
        if command == "exit" or command == "quit":
            say(f"Use {command}() or Ctrl-D (i.e. EOF) to exit\n")
            return True
        return False

    def names(self) -> list[str]:
        return [*self.namespace.all_names(), *self.session.builtins.all_names(), *list(KEYWORDS)]

    def names_behind(self, before: str) -> list[str]:
        if not before.endswith("."):
            return self.names()
        session = self.session
        try:
            value = self._value_of(before[:-1])
            if value.same(Value.UNDEFINED):
                return []
            found = call(session, session.builtins.get_named("dir"), [value])
            names: list[str] = []
            for name in values_of(session, found):
                text = as_str(name)
                if text is not None:
                    names.append(text.text())
            return names
        except Raised:
            return []

    def _value_of(self, before: str) -> Value:
        """What the names at the end of a text mean, which are joined by points: `a.b`; UNDEFINED where they mean nothing."""
        start = len(before)
        while start > 0 and (is_word_character(before[start - 1]) or before[start - 1] == "."):
            start -= 1
        names = before[start:].split(".")
        value = self.namespace.get_named(names[0])
        if value.same(Value.UNDEFINED):
            value = self.session.builtins.get_named(names[0])
        for index in range(1, len(names)):
            if value.same(Value.UNDEFINED):
                break
            value = find_attribute(self.session, value, names[index])
        return value


def run_repl(session: Session) -> int:
    """Talk until the input ends or the program leaves; gives the exit code."""
    repl = PythonRepl(session)
    return end_program(session, repl.namespace, talk(repl))
