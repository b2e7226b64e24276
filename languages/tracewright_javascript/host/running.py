"""The program of a command line, from its first file to its exit code."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.files import STATUS_WORDS, file_status
from tracewright.core.system import flush_output, write_error
from tracewright.core.value import Value
from tracewright.lib.utf16 import utf8_of_units
from tracewright_javascript.bytecode import Code
from tracewright_javascript.calls import call_as_job
from tracewright_javascript.conversions import to_display, truth
from tracewright_javascript.error_objects import JSError
from tracewright_javascript.errors import GuestFault, Thrown
from tracewright_javascript.host.library import (
    LOADER,
    built_in,
    common_code,
    run_common_code,
)
from tracewright_javascript.host.processes import ProgramExit
from tracewright_javascript.lookups import get_named
from tracewright_javascript.module_loading import add_module, directory_of
from tracewright_javascript.modules import Module
from tracewright_javascript.objects import as_object
from tracewright_javascript.parser import Goal
from tracewright_javascript.programs import Outcome, run_jobs, run_module
from tracewright_javascript.promises import JSPromise
from tracewright_javascript.properties import HIDDEN
from tracewright_javascript.realm import Realm
from tracewright_javascript.syntax_statements import Program
from tracewright_javascript.uncaught import uncaught_text
from tracewright_javascript.values import as_string, string_value

EXIT_FAILED: Final = 1
EXIT_UNSETTLED: Final = 13  # a module waits at its top for what never comes


@final
class CommandOutcome(Outcome):
    """The module `process` may have been asked to take care of errors; else they end the program."""

    def __init__(self, realm: Realm) -> None:
        self.realm = realm

    def uncaught(self, thrown: Thrown) -> None:
        if not self._is_handled(thrown.value, "uncaughtException"):
            raise thrown

    def rejected(self, promise: JSPromise) -> None:
        handler = self.realm.agent.rejection_handler
        arguments = [promise.result, Value.of_object(promise)]
        if not handler.same(Value.UNDEFINED) and truth(call_as_job(self.realm, handler, arguments)):
            return
        reason = promise.result
        if not isinstance(as_object(reason), JSError):
            reason = Value.of_object(unhandled_rejection(self.realm, reason))
        if not self._is_handled(reason, "unhandledRejection"):
            raise Thrown(reason)

    def _is_handled(self, value: Value, origin: str) -> bool:
        handler = self.realm.agent.uncaught_handler
        if handler.same(Value.UNDEFINED):
            return False
        return truth(call_as_job(self.realm, handler, [value, string_value(origin)]))


def unhandled_rejection(realm: Realm, reason: Value) -> JSError:
    """The error for a promise that was rejected with something else."""
    text = as_string(reason)
    shown = to_display(reason) if text is None else text.text()
    error = realm.new_error(
        "Error",
        "This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise"
        f' which was not handled with .catch(). The promise rejected with the reason "{shown}".',
    )
    error.store_named("name", string_value("UnhandledPromiseRejection"), HIDDEN)
    error.store_named("code", string_value("ERR_UNHANDLED_REJECTION"), 0)
    return error


def kind_of_main(realm: Realm, path: str) -> int:
    """What the nearest package.json says of a program's file: a Goal. Raises Thrown."""
    folder = directory_of(path)
    while not _is_file(f"{folder}/package.json"):
        if folder == "/" or folder == ".":
            return Goal.UNKNOWN
        folder = directory_of(folder)
    loader = as_object(built_in(realm, LOADER))
    assert loader is not None
    kind = as_string(call_as_job(realm, get_named(loader, "packageType"), [string_value(path)]))
    if kind is None:
        return Goal.UNKNOWN
    return Goal.MODULE if kind.text() == "module" else Goal.COMMON


def _is_file(path: str) -> bool:
    words = Array(STATUS_WORDS, 0)
    try:
        file_status(path.encode(), 1, words)
    except OSError:
        return False
    return True


def run_file(realm: Realm, program: Program, units: str, path: str, outcome: Outcome) -> int:
    """Run a file that was read as a program of one kind or the other; gives the exit code. What goes wrong is reported."""
    return run_to_end(realm, SourceFile(program, units, path), outcome)


class MainProgram:
    """What a command line asks for."""

    def begin(self, realm: Realm, outcome: Outcome) -> bool:
        """Run its first file; False where that waits for what never comes. Raises Thrown."""
        raise NotImplementedError


@final
class SourceFile(MainProgram):
    """A file of text."""

    def __init__(self, program: Program, units: str, path: str) -> None:
        self.program = program
        self.units = units
        self.path = path

    def begin(self, realm: Realm, outcome: Outcome) -> bool:
        if self.program.is_module:
            return _run_module(realm, self.units, self.path, outcome)
        _run_common(realm, self.program, self.units, self.path, outcome)
        return True


def run_to_end(realm: Realm, main: MainProgram, outcome: Outcome) -> int:
    """Run a program and all that comes of it; gives the exit code. What goes wrong is reported."""
    try:
        try:
            is_settled = main.begin(realm, outcome)
            run_jobs(realm, outcome)
            return _leave(realm, 0 if is_settled else EXIT_UNSETTLED, outcome)
        except Thrown as thrown:
            flush_output()
            write_error(utf8_of_units(uncaught_text(realm, thrown)))
            return _tell_exit(realm, EXIT_FAILED, False)
    except ProgramExit as leaving:
        return leaving.code


def _run_module(realm: Realm, units: str, path: str, outcome: Outcome) -> bool:
    try:
        module = add_module(realm, path, units)
    except GuestFault as fault:
        raise Thrown(realm.error_of(fault))
    return run_main_module(realm, module, outcome)


def run_main_module(realm: Realm, module: Module, outcome: Outcome) -> bool:
    """Run the ES module that a program begins with; False where it waits for what never comes. Raises Thrown."""
    is_settled = run_module(realm, module, outcome)
    if not is_settled:
        flush_output()
        write_error(utf8_of_units(f"Warning: Detected unsettled top-level await at {module.path}\n"))
    return is_settled


def _run_common(realm: Realm, program: Program, units: str, path: str, outcome: Outcome) -> None:
    """A CommonJS module; the loader is only there if the program can ask for it. Raises Thrown and SyntaxFault."""
    exports = Value.of_object(realm.new_object())
    given = given_names(realm, path, exports, _needs_loader(program))
    code = common_code(realm, program, units, path, given, exports)
    run_main_code(realm, code, exports, outcome)


def given_names(realm: Realm, path: str, exports: Value, with_loader: bool) -> dict[str, Value]:
    """What the module that a program begins with finds besides the globals. Raises Thrown."""
    given = {"exports": exports, "__filename": string_value(path), "__dirname": string_value(directory_of(path))}
    if with_loader:
        loader = as_object(built_in(realm, LOADER))
        assert loader is not None
        made = as_object(call_as_job(realm, get_named(loader, "mainModule"), [string_value(path), exports]))
        assert made is not None
        given["module"] = get_named(made, "module")
        given["require"] = get_named(made, "require")
    return given


def run_main_code(realm: Realm, code: Code, exports: Value, outcome: Outcome) -> None:
    """Run the CommonJS module that a program begins with. Raises Thrown."""
    try:
        run_common_code(realm, code, exports)
    except Thrown as thrown:
        outcome.uncaught(thrown)
    except GuestFault as fault:
        outcome.uncaught(Thrown(realm.error_of(fault)))


def _needs_loader(program: Program) -> bool:
    if program.scope.calls_eval:
        return True
    for reference in program.unresolved:
        if reference.name == "require" or reference.name == "module":
            return True
    return False


def _leave(realm: Realm, code: int, outcome: Outcome) -> int:
    """The program has come to its end, unless a handler of `beforeExit` begins something. Raises Thrown."""
    if not realm.agent.exit_handler.same(Value.UNDEFINED):
        _tell_exit(realm, code, True)
        run_jobs(realm, outcome)
    return _tell_exit(realm, code, False)


def _tell_exit(realm: Realm, code: int, may_go_on: bool) -> int:
    """What the module `process` makes of the exit code. Raises Thrown."""
    handler = realm.agent.exit_handler
    if handler.same(Value.UNDEFINED):
        return code
    answer = call_as_job(realm, handler, [Value.of_int(code), Value.of_bool(may_go_on)])
    return answer.as_int() & 255 if answer.is_int() else code
