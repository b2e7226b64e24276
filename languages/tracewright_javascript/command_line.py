"""The `js` command: reads the words, finds the file, prints what is wrong, and chooses the exit code."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.files import CURRENT, TO_THE_END, current_folder, read_descriptor
from tracewright.core.system import (
    argument,
    canonical_path,
    flush_output,
    is_terminal,
    read_file,
    write_error,
    write_file,
    write_output,
)
from tracewright.guest.embedding import serve
from tracewright.guest.prompt import say
from tracewright.guest.repl import talk
from tracewright.guest.run_settings import RunSettings, UnwritableLog
from tracewright.guest.sources import UnreadableSource, shown_word, system_reason
from tracewright.guest.sources import read_source as read_text
from tracewright.lib.regular_expressions.matcher import NO_LIMIT
from tracewright.lib.utf16 import units_of_text, utf8_of_units
from tracewright_javascript.builtins.host_hooks import install_collection, install_host_hooks
from tracewright_javascript.builtins.installation import new_realm
from tracewright_javascript.bytecode_reader import is_compiled
from tracewright_javascript.bytecode_rules import BytecodeFault
from tracewright_javascript.compiler_statements import compile_script
from tracewright_javascript.diagnostics import SyntaxFault, located
from tracewright_javascript.errors import Thrown
from tracewright_javascript.host.compiled import CompiledProgram, compiled_bytes
from tracewright_javascript.host.processes import ProgramExit
from tracewright_javascript.host.running import CommandOutcome, kind_of_main, run_file, run_to_end
from tracewright_javascript.inspection_names import quoted
from tracewright_javascript.interpreter import run_script
from tracewright_javascript.language import JavaScript
from tracewright_javascript.parser import Goal, goal_of_file, parse_file
from tracewright_javascript.programs import IgnoringRejections, Outcome, run_program
from tracewright_javascript.prompt import JavaScriptRepl, NewRealm
from tracewright_javascript.realm import Realm
from tracewright_javascript.syntax_statements import Program
from tracewright_javascript.uncaught import syntax_error_text, uncaught_text

EXIT_OK: Final = 0
EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
COMMANDS: Final = (b"run", b"check", b"repl", b"compile")
STANDARD_INPUT: Final = b"-"
VERSION: Final = "v20.0.0"  # the version of node whose modules and forms these are
HELP: Final = """\
Runs JavaScript programs, in files or typed in.

Usage: js [run] [OPTION...] [FILE | -e CODE | -p CODE | -] [ARGUMENT...]
       js check [-m | --script] FILE
       js compile [-m | --script] FILE -o OUTPUT
       js repl

  FILE           a program: CommonJS or an ES module, as its name, package.json or its text says
  -              a program from the standard input, as without any file where that is no terminal
  -e, --eval CODE   run this
  -p, --print CODE  run this, and print its value
  -m, --module   it is an ES module
  --script       it is a plain script: its names are globals
  --strict       the script is strict, as if it began so
  --prelude FILE a script that runs before, in the same realm
  --host-hooks   `print` and `$262`, which the files of test262 expect
  --unhandled-rejections=none
                 a promise that is rejected while nobody handles that is no error
  --regexp-steps N
                 a search by a regular expression that steps back N times is given up: a RangeError (without: Ctrl-C ends it)
  --jit NAME=VALUE,...  --jit-stats  --jit-log LOG
                 settings of the compiler, what it and the collector did, and its traces
  --gc NAME=VALUE,...   settings of the collector
  --expose-gc    `gc`, a function that collects all garbage now
  -i, --interactive, repl   a prompt, as without any file at a terminal
  compile FILE   write the program's bytecode to a file, which `js OUTPUT` runs
  check FILE     look for mistakes without running
  -v, --version  -h, --help
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
        self.file = b""  # empty, or `-`: the standard input
        self.text: bytes | None = None  # of a program on the command line
        self.prints = False  # its value is wanted
        self.wants_version = False
        self.output = b""  # of `compile`
        self.goal: int = Goal.UNKNOWN  # what the command line says of the file
        self.wants_help = False
        self.ignores_rejections = False
        self.has_host_hooks = False
        self.exposes_collection = False
        self.is_strict = False
        self.prelude = b""  # a script that is run before, in the same realm
        self.settings = RunSettings()
        self.most_pattern_steps: int = NO_LIMIT  # of one search by a regular expression
        self.arguments: list[str] = []  # behind the file, for the program

    def has_program(self) -> bool:
        """Whether the words so far name a program: what follows belongs to it."""
        return len(self.file) > 0 or self.text is not None

    def is_bare(self) -> bool:
        """Whether a file that is no module is a plain script: with anything of test262's, or because the words say so."""
        return self.goal == Goal.SCRIPT or self.has_host_hooks or self.is_strict or len(self.prelude) > 0


def run_javascript() -> int:
    """Do what the process's command line says, or what a host process asks; gives the exit code."""
    if serve(JavaScript()):
        return EXIT_OK
    try:
        options = _read_options()
        if options.wants_help:
            write_output(HELP.encode())
            return EXIT_OK
        if options.wants_version:
            write_output(f"{VERSION}\n".encode())
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
        index += 1
        if options.command == "compile" and (word == b"-o" or word == b"--output"):
            options.output = _value(word, index)
            index += 1
        elif options.has_program():
            if options.command != "run":
                raise UsageError(f"{options.command} takes one file")
            options.arguments.append(shown_word(word))
        elif index == 1 and (word in COMMANDS):
            options.command = word.decode()
        elif _takes_value(word) or options.settings.takes_value(word):
            _read_valued(options, word, _value(word, index))
            index += 1
        elif word.startswith(b"-") and word != STANDARD_INPUT:
            _read_switch(options, word)
        else:
            options.file = word
    if (options.command == "check" or options.command == "compile") and not options.has_program():
        raise UsageError("a program is missing")
    if options.command == "compile" and len(options.output) == 0:
        raise UsageError("compile needs -o OUTPUT")
    return options


def _value(word: bytes, index: int) -> bytes:
    """The word behind an option. Raises UsageError."""
    value = argument(index)
    if value is None:
        raise UsageError(f"a value is missing after {shown_word(word)}")
    return value


def _read_switch(options: Options, word: bytes) -> None:
    match word:
        case b"--help" | b"-h":
            options.wants_help = True
        case b"--version" | b"-v":
            options.wants_version = True
        case b"-m" | b"--module":
            options.goal = Goal.MODULE
        case b"--script":
            options.goal = Goal.SCRIPT
        case b"-i" | b"--interactive":
            options.command = "repl"
        case b"--unhandled-rejections=none":
            options.ignores_rejections = True
        case b"--strict":
            options.is_strict = True
        case b"--host-hooks":
            options.has_host_hooks = True
        case b"--expose-gc":
            options.exposes_collection = True
        case _:
            if not options.settings.takes(word):
                raise UsageError(f"there is no option {shown_word(word)}")


def _takes_value(word: bytes) -> bool:
    match word:
        case b"-o" | b"--output" | b"-e" | b"--eval" | b"-p" | b"--print" | b"--prelude" | b"--regexp-steps":
            return True
        case _:
            return False


def _read_valued(options: Options, word: bytes, value: bytes) -> None:
    match word:
        case b"-e" | b"--eval":
            options.text = value
        case b"-p" | b"--print":
            options.text = value
            options.prints = True
        case b"-o" | b"--output":
            options.output = value
        case b"--prelude":
            options.prelude = value
        case b"--regexp-steps":
            try:
                options.most_pattern_steps = int(value.decode())
            except (ValueError, OverflowError, UnicodeDecodeError):
                raise UsageError(f"{shown_word(value)} is no number of steps")
        case _:
            problem = options.settings.set(word, value)
            if problem != "":
                raise UsageError(problem)


@final
class CommandRealm(NewRealm):
    """The realm of the prompt."""

    def make(self) -> Realm:
        realm = new_realm()
        realm.agent.arguments = [executable_path()]
        return realm


def _do(options: Options) -> int:
    """Check the program, run it, or talk."""
    if options.command == "repl" or (not options.has_program() and is_terminal(0)):
        say(f'Welcome to Tracewright JavaScript ({VERSION}).\nType ".help" for more information.\n')
        return talk(JavaScriptRepl(CommandRealm()))
    compiled = _compiled_file(options)
    if compiled is not None:
        return _run_compiled(options, compiled)
    path, units = _program(options)
    goal = options.goal
    if goal == Goal.UNKNOWN:
        goal = goal_of_file(path)
    try:
        if options.command == "check":
            parse_file(units, goal)
            write_output(b"check passed: " + options.file + b"\n")
            flush_output()
            return EXIT_OK
        return _compile_and_run(options, path, units, goal)
    except SyntaxFault as fault:
        is_check = options.command == "check"
        write_error(utf8_of_units(located(fault, units, path) if is_check else syntax_error_text(fault, units, path)))
        return EXIT_FAILED


def _compiled_file(options: Options) -> bytes | None:
    """The bytes of the file, if it is a compiled program."""
    if options.command != "run" or len(options.file) == 0 or options.file == STANDARD_INPUT:
        return None
    try:
        data = read_file(options.file)
    except OSError:
        return None
    return data if is_compiled(data) else None


def _run_compiled(options: Options, data: bytes) -> int:
    path = whole_path(options.file)
    realm = _program_realm(options, path)
    outcome: Outcome = IgnoringRejections() if options.ignores_rejections else CommandOutcome(realm)
    try:
        program = CompiledProgram(realm, data, path)
    except BytecodeFault as fault:
        raise FileError(f"{shown_word(options.file)}: {fault}")
    options.settings.start()
    return _finished(options, run_to_end(realm, program, outcome))


def _program_realm(options: Options, path: str) -> Realm:
    """The realm that the program at this path runs in."""
    realm = new_realm()
    realm.agent.arguments = [executable_path(), path, *options.arguments]
    realm.agent.most_pattern_steps = options.most_pattern_steps
    return realm


def _compile(options: Options, realm: Realm, program: Program, units: str, path: str) -> int:
    try:
        write_file(options.output, compiled_bytes(realm, program, units, path))
    except BytecodeFault as fault:
        raise FileError(f"{shown_word(options.file)}: {fault}")
    except OSError as error:
        raise FileError(f"{shown_word(options.output)}: {system_reason(error)}")
    return EXIT_OK


def _program(options: Options) -> tuple[str, str]:
    """The path and the text, in units, of what the words ask for. Raises FileError."""
    given = options.text
    if given is not None:
        text = units_of_text(shown_word(given))
        if options.prints:
            text = f"console.log(eval({quoted(text)}))"
        return f"{working_folder()}/[eval]", text
    if len(options.file) == 0 or options.file == STANDARD_INPUT:
        try:
            return f"{working_folder()}/[stdin]", units_of_text(read_descriptor(0, CURRENT, TO_THE_END).decode())
        except (OSError, UnicodeDecodeError):
            raise FileError("the standard input is not UTF-8")
    units = units_of_text(read_source(options.file))
    if options.is_strict:
        units = f'"use strict";{units}'
    return shown_word(options.file) if options.command == "check" else whole_path(options.file), units


def _compile_and_run(options: Options, path: str, units: str, goal: int) -> int:
    realm = _program_realm(options, path)
    outcome: Outcome = IgnoringRejections() if options.ignores_rejections else CommandOutcome(realm)
    if options.has_host_hooks:
        install_host_hooks(realm)
    if options.exposes_collection:
        install_collection(realm)
    if goal == Goal.UNKNOWN and not options.is_bare():
        goal = kind_of_main(realm, path)
    program = parse_file(units, goal, Goal.SCRIPT if options.is_bare() else Goal.COMMON)
    if options.command == "compile":
        return _compile(options, realm, program, units, path)
    options.settings.start()
    if len(options.prelude) > 0 and not _run_prelude(realm, options):
        return _finished(options, EXIT_FAILED)
    if options.is_bare() and not program.is_module:
        exit_code = _run_script(realm, outcome, program, units, path)
    else:
        exit_code = run_file(realm, program, units, path, outcome)
    return _finished(options, exit_code)


def _finished(options: Options, exit_code: int) -> int:
    """Write what the words ask for behind a program."""
    flush_output()
    try:
        options.settings.report()
    except UnwritableLog as error:
        raise FileError(str(error))
    return exit_code


def _run_prelude(realm: Realm, options: Options) -> bool:
    """Run the script that comes before the program; False where it throws."""
    try:
        before = units_of_text(read_source(options.prelude))
        run_script(realm, compile_script(realm, parse_file(before, Goal.SCRIPT), before, shown_word(options.prelude)))
    except Thrown as thrown:
        flush_output()
        write_error(utf8_of_units(uncaught_text(realm, thrown)))
        return False
    return True


def _run_script(realm: Realm, outcome: Outcome, program: Program, units: str, path: str) -> int:
    """A plain script: its names are globals, and there is no `require`."""
    try:
        run_program(realm, compile_script(realm, program, units, path), outcome)
    except Thrown as thrown:
        flush_output()
        write_error(utf8_of_units(uncaught_text(realm, thrown)))
        return EXIT_FAILED
    except ProgramExit as leaving:
        return leaving.code
    return EXIT_OK


def working_folder() -> str:
    """The current folder's path."""
    try:
        return shown_word(current_folder())
    except OSError:
        return "."


def executable_path() -> str:
    """This program's own file."""
    try:
        return shown_word(canonical_path(b"/proc/self/exe"))
    except OSError:
        return "js"


def whole_path(path: bytes) -> str:
    """The path under which messages name a file."""
    try:
        return shown_word(canonical_path(path))
    except OSError:
        return shown_word(path)


def read_source(path: bytes) -> str:
    """The text of a program; a byte order mark is not part of it. Raises FileError."""
    try:
        text = read_text(path)
    except UnreadableSource as error:
        raise FileError(f"{shown_word(path)}: {error.reason}")
    return text[1:] if text.startswith("\ufeff") else text
