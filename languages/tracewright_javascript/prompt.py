"""`js repl`: what is typed is read, run, and its value shown, as node's prompt does."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.system import flush_output, is_terminal, write_error
from tracewright.core.value import Value
from tracewright.guest.line_editor import is_word_character
from tracewright.guest.prompt import say
from tracewright.guest.repl import Leaving, Repl
from tracewright.guest.sources import UnreadableSource, read_source
from tracewright.lib.utf16 import text_of_units, units_of_text, utf8_of_units
from tracewright_javascript.calls import call_as_job
from tracewright_javascript.compiler_statements import compile_input
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.errors import GuestFault, Thrown
from tracewright_javascript.functions import JSFunction
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.host.library import LIBRARY, LOADER, built_in, is_built_in
from tracewright_javascript.host.processes import ProgramExit
from tracewright_javascript.inspection import Options, inspected_with
from tracewright_javascript.keys import key_of_text
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.parser import parse_input
from tracewright_javascript.programs import Outcome, run_jobs
from tracewright_javascript.promises import JSPromise, State
from tracewright_javascript.realm import Realm
from tracewright_javascript.syntax_statements import Program
from tracewright_javascript.tokens import WORDS
from tracewright_javascript.values import EMPTY, string_value
from tracewright_javascript.wrappers import to_object

NAME: Final = "REPL"  # the file of what is typed, as errors name it
CONTINUATION: Final = "... "
LAST: Final = "_"  # the variable with the last value
HELP: Final = """\
.exit         leave, as the end of the input does
.load FILE    run what is in a file, as if it were typed
.clear        forget what was defined
.help         print this
"""


@final
class ReportingErrors(Outcome):
    """What nobody catches is shown, and the prompt goes on."""

    def __init__(self, realm: Realm) -> None:
        self.realm = realm

    def uncaught(self, thrown: Thrown) -> None:
        show_error(self.realm, thrown.value)


def show_error(realm: Realm, value: Value) -> None:
    """An error that has come out of an input."""
    flush_output()
    write_error(utf8_of_units(f"Uncaught {inspected_with(realm, value, Options())}\n"))


@final
class JavaScriptRepl(Repl):
    """One session. What inputs declare at their top are names that later ones know, and may declare again."""

    def __init__(self, make_realm: NewRealm) -> None:
        super().__init__("js", CONTINUATION, False, HELP)
        self.make_realm = make_realm
        self.cells: dict[str, GlobalCell] = {}
        self.realm: Realm = make_realm.make()
        self._begin()

    def _begin(self) -> None:
        """Give a new realm the names of a CommonJS module."""
        loader = as_object(built_in(self.realm, LOADER))
        assert loader is not None
        arguments = [string_value(NAME), Value.of_object(self.realm.new_object())]
        made = as_object(call_as_job(self.realm, get_named(loader, "mainModule"), arguments))
        assert made is not None
        for name in ("module", "require"):
            self._keep(name, get_named(made, name))
        self._keep(LAST, Value.UNDEFINED)

    def _keep(self, name: str, value: Value) -> None:
        cell = GlobalCell(name)
        cell.value = value
        cell.is_guarded = False
        self.cells[name] = cell

    def reset(self) -> None:
        self.cells = {}
        self.realm = self.make_realm.make()
        self._begin()

    def is_open(self, text: str) -> bool:
        stripped = text.strip()
        if stripped.startswith(".") and "\n" not in stripped:
            return False
        try:
            _parsed(units_of_text(text))
        except SyntaxFault as fault:
            return fault.at_end
        return False

    def answer(self, command: str) -> bool:
        if command == ".exit":
            raise Leaving(0)
        if command == ".help":
            say(self.help)
        elif command == ".clear":
            self.reset()
        elif command.startswith(".load "):
            self._load(command[len(".load ") :].strip())
        elif command.startswith(".") and len(command) > 1 and command[1].isalpha():
            say(f"Invalid REPL keyword {command}; try .help\n")
        else:
            return False
        return True

    def _load(self, path: str) -> None:
        try:
            self.run(read_source(path.encode()))
        except UnreadableSource as error:
            say(f"Failed to load: {path}: {error.reason}\n")

    def run(self, text: str) -> None:
        units = units_of_text(text)
        try:
            code = compile_input(self.realm, _parsed(units), units, NAME, self.cells)
        except SyntaxFault as fault:
            write_error(utf8_of_units(f"Uncaught SyntaxError: {fault.message}\n"))
            return
        function = JSFunction(self.realm.function_shape, code, Array(0, Value.UNDEFINED))
        outcome = ReportingErrors(self.realm)
        try:
            value = call_as_job(self.realm, Value.of_object(function), [])
            thing = as_object(value)
            is_awaited = code.kind != 0 and isinstance(thing, JSPromise)
            if isinstance(thing, JSPromise) and is_awaited:
                thing.is_handled = True
                run_jobs(self.realm, outcome)
                if thing.state == State.REJECTED:
                    raise Thrown(thing.result)
                value = thing.result
            self._keep(LAST, value)
            options = Options()
            options.has_colours = is_terminal(1)
            say(inspected_with(self.realm, value, options) + "\n")
            run_jobs(self.realm, outcome)
        except Thrown as thrown:
            show_error(self.realm, thrown.value)
        except ProgramExit as leaving:
            raise Leaving(leaving.code)
        except KeyboardInterrupt:
            say("\nInterrupted\n")

    # Completion

    def names(self) -> list[str]:
        found = list(WORDS)
        found.extend(self.cells)
        found.extend(_names_of(self.realm.global_object))
        found.extend([name for name in LIBRARY if is_built_in(name) and "/" not in name])
        return [text_of_units(name) for name in found]

    def names_behind(self, before: str) -> list[str]:
        if not before.endswith("."):
            return self.names()
        thing = self._value_of_chain(units_of_text(before[:-1]))
        return [] if thing is None else [text_of_units(name) for name in _names_of(thing)]

    def _value_of_chain(self, text: str) -> JSObject | None:
        """What `a.b.c` at the end of a text is, if no getter has to be asked."""
        start = len(text)
        while start > 0 and (is_word_character(text[start - 1]) or text[start - 1] in "$."):
            start -= 1
        parts = text[start:].split(".")
        cell = self.cells.get(parts[0])
        if cell is None:
            cell = self.realm.global_object.cells.get(parts[0])
        value = EMPTY if cell is None else cell.value
        try:
            for part in parts[1:]:
                if value.same(EMPTY) or value.same(Value.UNDEFINED) or value.same(Value.NULL):
                    return None
                value = _plain_property(to_object(self.realm, value), part)
            if value.same(EMPTY) or value.same(Value.UNDEFINED) or value.same(Value.NULL):
                return None
            return to_object(self.realm, value)
        except (GuestFault, Thrown):
            return None


class NewRealm:
    """Makes the realm of a session."""

    def make(self) -> Realm:
        """A new one."""
        raise NotImplementedError


def _parsed(units: str) -> Program:
    """The tree of an input: an object where it can be one, else statements. Raises SyntaxFault."""
    stripped = units.strip()
    if stripped.startswith("{") and not stripped.endswith(";"):
        try:
            return _parsed_either_way(f"({stripped}\n)")
        except SyntaxFault:
            pass
    return _parsed_either_way(units)


def _parsed_either_way(units: str) -> Program:
    try:
        return parse_input(units, False)
    except SyntaxFault as fault:
        if "await" not in units:
            raise
        plain_fault = fault
    try:
        return parse_input(units, True)
    except SyntaxFault as fault:
        raise fault if fault.at_end or fault.start > plain_fault.start else plain_fault


def _names_of(thing: JSObject) -> list[str]:
    """The names of an object's properties, inherited ones as well, that can stand behind a point."""
    found: list[str] = []
    holder: JSObject | None = thing
    while holder is not None and not holder.is_proxy():
        for key in holder.own_keys():
            if (
                not key.is_symbol()
                and len(key.name) > 0
                and all(is_word_character(unit) or unit == "$" for unit in key.name)
            ):
                found.append(key.name)
        holder = holder.get_prototype()
    return found


def _plain_property(thing: JSObject, name: str) -> Value:
    holder: JSObject | None = thing
    while holder is not None and not holder.is_proxy():
        found = holder.own_property(key_of_text(name))
        if found is not None:
            return EMPTY if found.is_accessor() else found.slot
        holder = holder.get_prototype()
    return EMPTY
