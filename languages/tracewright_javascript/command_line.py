"""The `js` command: reads the words, finds the file, prints what is wrong, and chooses the exit code."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import argument, error_text, flush_output, read_file, write_error, write_output
from tracewright.guest.embedding import serve
from tracewright.lib.utf16 import units_of_text, utf8_of_units
from tracewright_javascript.diagnostics import SyntaxFault, located
from tracewright_javascript.language import JavaScript
from tracewright_javascript.parser import Goal, goal_of_file, parse_file

EXIT_OK: Final = 0
EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
NOT_RUN: Final = "programs can be checked but not run yet: there is no compiler behind the parser"
HELP: Final = """\
Checks JavaScript programs. (Running them is not there yet.)

Usage: js [run | check] [-m | --module] FILE

  check FILE     look for mistakes without running
  -m, --module   FILE is a module; without this its name says it (.mjs, .cjs), or its contents do
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
        self.is_module = False
        self.wants_help = False


def run_javascript() -> int:
    """Do what the process's command line says, or what a host process asks; gives the exit code."""
    if serve(JavaScript()):
        return EXIT_OK
    try:
        options = _read_options()
        if options.wants_help:
            write_output(HELP.encode())
            return EXIT_OK
        return _check(options)
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
            options.is_module = True
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


def shown(path: bytes) -> str:
    """A word of the command line as text, whatever bytes it has."""
    try:
        return path.decode()
    except UnicodeDecodeError:
        return path.decode("latin-1")


def _check(options: Options) -> int:
    """Parse the program. One that should run is refused afterwards, for its own mistakes are worth more."""
    path = shown(options.file)
    units = units_of_text(read_source(options.file))
    try:
        parse_file(units, Goal.MODULE if options.is_module else goal_of_file(path))
    except SyntaxFault as fault:
        write_error(utf8_of_units(located(fault, units, path)))
        return EXIT_FAILED
    if options.command == "run":
        write_error(f"js: {NOT_RUN}\n".encode())
        return EXIT_USAGE
    write_output(b"check passed: " + options.file + b"\n")
    flush_output()
    return EXIT_OK


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
