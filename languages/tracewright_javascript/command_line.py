"""The `js` command: reads the words, finds the file, prints what is wrong, and chooses the exit code."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import (
    argument,
    canonical_path,
    error_text,
    flush_output,
    read_file,
    write_error,
    write_file,
    write_output,
)
from tracewright.guest.embedding import serve
from tracewright.jit import control
from tracewright.lib.utf16 import units_of_text, utf8_of_units
from tracewright_javascript.builtins.host_hooks import install_host_hooks
from tracewright_javascript.builtins.installation import new_realm
from tracewright_javascript.compiler_statements import compile_script
from tracewright_javascript.diagnostics import SyntaxFault, located
from tracewright_javascript.errors import GuestFault, Thrown
from tracewright_javascript.interpreter import run_script
from tracewright_javascript.language import JavaScript
from tracewright_javascript.module_loading import add_module
from tracewright_javascript.parser import Goal, goal_of_file, parse_file
from tracewright_javascript.programs import run_module, run_program
from tracewright_javascript.realm import Realm
from tracewright_javascript.uncaught import syntax_error_text, uncaught_text

EXIT_OK: Final = 0
EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
HELP: Final = """\
Runs JavaScript programs. (Not there yet: much of the language; what is missing says so.)

Usage: js [run | check] [-m | --module | --script] [--jit NAME=VALUE,...] [--jit-stats] [--jit-log LOG] FILE

  run FILE       run a script
  check FILE     look for mistakes without running
  -m, --module   FILE is a module; without this its name says it (.mjs, .cjs), or its contents do
  --script       FILE is a script, whatever is in it
  --strict       the script is strict, as if it began so
  --prelude FILE a script that runs before, in the same realm
  --host-hooks   `print` and `$262`, which the files of test262 expect
  --unhandled-rejections=none
                 a promise that is rejected while nobody handles that is no error
  --help         print this
"""


@final
class UsageError(Exception):
    """The words make no sense; the message says why."""


@final
class FileError(Exception):
    """The program cannot be read; the message says why."""


@final
class Options:
    """What the words of the command line say."""

    def __init__(self) -> None:
        self.command = "run"
        self.file = b""
        self.goal: int = Goal.UNKNOWN  # what the command line says of the file
        self.wants_help = False
        self.ignores_rejections = False
        self.has_host_hooks = False
        self.is_strict = False
        self.prelude = b""  # a script that is run before, in the same realm
        self.statistics = False
        self.log = b""


def run_javascript() -> int:
    """Do what the process's command line says, or what a host process asks; gives the exit code."""
    if serve(JavaScript()):
        return EXIT_OK
    try:
        options = _read_options()
        if options.wants_help:
            write_output(HELP.encode())
            return EXIT_OK
        return _do(options)
    except UsageError as error:
        write_error(f"js: {error}\n{HELP}".encode())
        return EXIT_USAGE
    except FileError as error:
        write_error(f"js: {error}\n".encode())
        return EXIT_FAILED


def _read_options() -> Options:
    options = Options()
    index = 0
    while True:
        word = argument(index)
        if word is None:
            break
        if index == 0 and (word == b"run" or word == b"check"):
            options.command = word.decode()
        elif word == b"--help":
            options.wants_help = True
        elif word == b"-m" or word == b"--module":
            options.goal = Goal.MODULE
        elif word == b"--script":
            options.goal = Goal.SCRIPT
        elif word == b"--unhandled-rejections=none":
            options.ignores_rejections = True
        elif word == b"--strict":
            options.is_strict = True
        elif word == b"--prelude":
            index += 1
            prelude = argument(index)
            if prelude is None:
                raise UsageError("a file is missing after --prelude")
            options.prelude = prelude
        elif word == b"--host-hooks":
            options.has_host_hooks = True
        elif word == b"--jit-stats" or word == b"--stats":
            options.statistics = True
        elif word == b"--jit" or word == b"--jit-log":
            index += 1
            _read_jit_option(options, word, argument(index))
        elif word.startswith(b"-"):
            raise UsageError(f"there is no option {shown(word)}")
        elif options.command == "run" and len(options.file) > 0:
            break
        elif len(options.file) > 0:
            raise UsageError("check takes one file")
        else:
            options.file = word
        index += 1
    if len(options.file) == 0 and not options.wants_help:
        raise UsageError("a program is missing")
    return options


def _read_jit_option(options: Options, word: bytes, value: bytes | None) -> None:
    if value is None:
        raise UsageError(f"a value is missing after {shown(word)}")
    if word == b"--jit-log":
        options.log = value
        return
    problem = control.configure(shown(value))
    if problem != "":
        raise UsageError(problem)


def shown(path: bytes) -> str:
    """A word of the command line as text, whatever bytes it has."""
    try:
        return path.decode()
    except UnicodeDecodeError:
        return path.decode("latin-1")


def _do(options: Options) -> int:
    """Check the program, or run it."""
    path = shown(options.file)
    units = units_of_text(read_source(options.file))
    if options.is_strict:
        units = f'"use strict";{units}'
    goal = options.goal if options.goal != Goal.UNKNOWN else goal_of_file(path)
    try:
        if options.command == "check":
            parse_file(units, goal)
            write_output(b"check passed: " + options.file + b"\n")
            flush_output()
            return EXIT_OK
        path = whole_path(options.file)
        return _compile_and_run(options, path, units, goal)
    except SyntaxFault as fault:
        is_check = options.command == "check"
        write_error(utf8_of_units(located(fault, units, path) if is_check else syntax_error_text(fault, units, path)))
        return EXIT_FAILED


def _compile_and_run(options: Options, path: str, units: str, goal: int) -> int:
    realm = new_realm()
    if options.has_host_hooks:
        install_host_hooks(realm)
    program = parse_file(units, goal)
    control.measure()
    exit_code = EXIT_OK
    try:
        if len(options.prelude) > 0:
            before = units_of_text(read_source(options.prelude))
            run_script(realm, compile_script(realm, parse_file(before, Goal.SCRIPT), before, shown(options.prelude)))
        if program.is_module:
            _run_module(realm, options, path, units)
        else:
            run_program(realm, compile_script(realm, program, units, path), options.ignores_rejections)
    except Thrown as thrown:
        flush_output()
        write_error(utf8_of_units(uncaught_text(realm, thrown)))
        exit_code = EXIT_FAILED
    flush_output()
    if options.statistics:
        write_error(control.statistics().encode())
    if len(options.log) > 0:
        write_file(options.log, control.trace_log().encode())
    return exit_code


def whole_path(path: bytes) -> str:
    """The path under which messages name a file."""
    try:
        return shown(canonical_path(path))
    except OSError:
        return shown(path)


def _run_module(realm: Realm, options: Options, path: str, units: str) -> None:
    try:
        module = add_module(realm, path, units)
    except GuestFault as fault:
        raise Thrown(realm.error_of(fault))
    run_module(realm, module, options.ignores_rejections)


def read_source(path: bytes) -> str:
    """The text of a program; a byte order mark is not part of it. Raises FileError."""
    try:
        data = read_file(path)
    except OSError as error:
        number: int = error.errno  # type: ignore[assignment]  # system calls always set it
        raise FileError(f"{shown(path)}: {error_text(number).decode()}")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise FileError(f"{shown(path)}: not UTF-8")
    return text[1:] if text.startswith("\ufeff") else text
