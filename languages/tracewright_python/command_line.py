"""The `python` command: reads the words, finds the file, runs it, and chooses the exit code."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import (
    argument,
    canonical_path,
    flush_output,
    is_terminal,
    read_line,
    write_error,
    write_output,
)
from tracewright.guest.embedding import serve
from tracewright.guest.language import output_problem
from tracewright.guest.run_settings import RunSettings, UnwritableLog
from tracewright.guest.sources import UnreadableSource, read_source, shown_word
from tracewright.jit.control import configure
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.exceptions import as_exception
from tracewright_python.execution import new_session, run_program, syntax_error_text
from tracewright_python.language import Python
from tracewright_python.library_folder import set_path
from tracewright_python.module_cache import set_cache
from tracewright_python.parser import parse_module
from tracewright_python.repl import run_repl
from tracewright_python.session import Session
from tracewright_python.symbols import analyze
from tracewright_python.syntax_errors import syntax_error

EXIT_OK: Final = 0
EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
STANDARD_INPUT: Final = "<stdin>"
THIS_PROGRAM: Final = b"/proc/self/exe"
# A bytecode of Python takes the interpreter longer than one of Ruff or JavaScript, for which 200 was found, so that it pays to leave it to a
# bridge earlier: first and best calls of the larger programs take 3 % less.
KNOBS: Final = "bridge_threshold=100"
IGNORED: Final[list[bytes]] = [b"-I", b"-E", b"-s", b"-S", b"-u", b"-q", b"-P"]
"""Of CPython: what is left out at its start, which here is not there, or always so."""
HELP: Final = """\
Runs Python 3.11 programs. (Not there yet: parts of the language; what is missing says so.)

Usage: python [run | check | repl] [--stdlib FOLDER] [--jit NAME=VALUE,...] [--gc NAME=VALUE,...] [--jit-stats] [--jit-log LOG]
              [-W FILTER] [-i] [FILE [ARGUMENT...] | -c TEXT [ARGUMENT...] | - [ARGUMENT...]]

  Without a program: a prompt at a terminal; else, and for `-`, what standard input says is run.

  run FILE       run a program; its arguments follow
  check FILE     look for mistakes without running
  repl           a prompt, as -i
  -c TEXT        run this text
  -B             do not keep compiled modules in files
  -i             a prompt even where standard input is no terminal
  -W FILTER      what becomes of warnings, as the module `warnings` has it
  --stdlib       the folder of Python 3.11's standard library, whose source programs may import
                 (else TRACEWRIGHT_PYTHON_STDLIB, else the usual places)
  --help         print this
"""


@final
class UsageError(Exception):
    """The words make no sense; the message says why."""


@final
class Options:
    """What the words of the command line say."""

    def __init__(self) -> None:
        self.command = "run"
        self.file = b""
        self.arguments: list[str] = []
        self.text: bytes | None = None  # of `-c`
        self.wants_prompt = False
        self.wants_cache = True
        self.argument_zero = "-"  # where there is no file
        self.warnings: list[str] = []  # filters for the module `warnings`
        self.wants_help = False
        self.settings = RunSettings()
        self.library = b""  # where the standard library's source is; empty: look for it


def run_python() -> int:
    """Do what the process's command line says, or what a host process asks; gives the exit code."""
    configure(KNOBS)
    if serve(Python()):
        return EXIT_OK
    try:
        options = _read_options()
    except UsageError as error:
        write_error(f"python: {error}\n{HELP}".encode())
        return EXIT_USAGE
    if options.wants_help:
        write_output(HELP.encode())
        flush_output()
        return EXIT_OK
    text = options.text
    if text is not None:
        source = shown_word(text) + "\n"
    elif options.file == b"-":
        if options.wants_prompt:
            return _talk(options)
        try:
            source = _read_input().decode()
        except UnicodeDecodeError:
            write_error(b"python: what standard input says is not UTF-8\n")
            return EXIT_USAGE
    else:
        try:
            source = read_source(options.file)
        except UnreadableSource as error:
            write_error(f"python: can't open file '{shown_word(options.file)}': {error.reason}\n".encode())
            return EXIT_USAGE
    try:
        return _check(options, source) if options.command == "check" else _run(options, source)
    except UnwritableLog as error:
        write_error(f"python: {error}\n".encode())
        return EXIT_FAILED
    except OSError as error:
        write_error(output_problem(error))
        return EXIT_FAILED


def _read_options() -> Options:
    options = Options()
    index = 0
    while True:
        word = argument(index)
        if word is None:
            break
        index += 1
        if len(options.file) > 0 or options.text is not None:
            options.arguments.append(shown_word(word))
        elif index == 1 and (word == b"run" or word == b"check"):
            options.command = word.decode()
        elif index == 1 and word == b"repl":
            options.wants_prompt = True
        elif word == b"--help":
            options.wants_help = True
        elif word == b"--stdlib" or options.settings.takes_value(word):
            _read_valued(options, word, argument(index))
            index += 1
        elif word == b"-c" or word == b"-W" or word == b"-X":
            _read_valued(options, word, argument(index))
            index += 1
        elif word == b"-i":
            options.wants_prompt = True
        elif word == b"-B":
            options.wants_cache = False
        elif word in IGNORED or options.settings.takes(word):
            continue
        elif word.startswith(b"-") and word != b"-":
            raise UsageError(f"there is no option {shown_word(word)}")
        else:
            options.file = word
    if len(options.file) == 0 and options.text is None and not options.wants_help:
        if options.command == "check":
            raise UsageError("a program is missing")
        options.file = b"-"
        options.argument_zero = ""
        options.wants_prompt = options.wants_prompt or is_terminal(0)
    elif options.wants_prompt:
        raise UsageError("-i goes with no program")
    return options


def _read_input() -> bytes:
    """All that standard input says."""
    parts: list[bytes] = []
    while True:
        line = read_line()
        if len(line) == 0:
            return b"".join(parts)
        parts.append(line)


def _read_valued(options: Options, word: bytes, value: bytes | None) -> None:
    if value is None:
        raise UsageError(f"a value is missing after {shown_word(word)}")
    if word == b"--stdlib":
        options.library = value
        return
    if word == b"-c":
        options.text = value
        return
    if word == b"-W":
        options.warnings.append(shown_word(value))
        return
    if word == b"-X":
        return  # CPython's own switches, which programs hand on to processes that they start
    problem = options.settings.set(word, value)
    if problem != "":
        raise UsageError(problem)


def full_path(path: bytes) -> str:
    """The path under which tracebacks name a file."""
    try:
        return shown_word(canonical_path(path))
    except OSError:
        return shown_word(path)


def _check(options: Options, source: str) -> int:
    file = shown_word(options.file)
    try:
        analyze(parse_module(source))
    except SyntaxFault as fault:
        exception = as_exception(syntax_error(fault, source, file).value)
        assert exception is not None
        write_error(syntax_error_text(new_session(), exception).encode())
        return EXIT_FAILED
    write_output(b"check passed: " + options.file + b"\n")
    flush_output()
    return EXIT_OK


def _run(options: Options, source: str) -> int:
    options.settings.start()
    if options.text is not None:
        file = "<string>"
        session = _session(options, "-c", "")
    elif options.file == b"-":
        file = STANDARD_INPUT
        session = _session(options, options.argument_zero, "")
    else:
        file = full_path(options.file)
        session = _session(options, shown_word(options.file), file.rpartition("/")[0])
    code = run_program(session, source, file)
    flush_output()
    options.settings.report()
    return code


def _talk(options: Options) -> int:
    options.settings.start()
    code = run_repl(_session(options, "", ""))
    flush_output()
    options.settings.report()
    return code


def _session(options: Options, name: str, folder: str) -> Session:
    """A session for a program that is called by this name, and imports from this folder first."""
    session: Session = new_session()
    session.arguments = [name, *options.arguments]
    session.executable = full_path(THIS_PROGRAM)
    session.warning_filters = options.warnings
    set_path(session, options.library, folder)
    if options.wants_cache:
        set_cache(session)
    return session
