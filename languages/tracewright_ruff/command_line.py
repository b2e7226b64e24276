"""The `ruff` command: reads the words, finds the file, prints what went wrong, and chooses the exit code."""

from typing import Final, final

from tracewright.core.system import (
    argument,
    flush_output,
    monotonic_nanoseconds,
    write_error,
    write_output,
)
from tracewright.guest.repl import talk
from tracewright.guest.run_settings import UnwritableLog
from tracewright.guest.sources import NOT_TEXT, UnreadableSource, read_source
from tracewright_ruff.builtins.registry import new_session
from tracewright_ruff.bytecode import Code
from tracewright_ruff.compiler import compile_program
from tracewright_ruff.diagnostics import (
    ExitCode,
    UsageError,
    output_problem,
    render_command_error,
    render_compile_error,
    render_runtime_error,
)
from tracewright_ruff.errors import CompileError, GuestError, ProgramExit
from tracewright_ruff.module_files import MAXIMUM_SOURCE_BYTES, ModuleTable, folder_of
from tracewright_ruff.options import Options, read_options
from tracewright_ruff.parser import parse
from tracewright_ruff.repl import RuffRepl
from tracewright_ruff.reports import check_report, runtime_error_report, timing_report
from tracewright_ruff.running import run_program
from tracewright_ruff.session import Session
from tracewright_ruff.syntax import Program
from tracewright_ruff.test_blocks import collect_tests, run_test, test_report
from tracewright_ruff.test_fixtures import FixtureError, find_fixtures, summary
from tracewright_ruff.test_fixtures import check as check_fixture

VERSION: Final = "ruff 1.0.0"
HELP: Final = """\
Runs programs written in the Ruff language.

Usage: ruff COMMAND

  run FILE [ARGS...]                          run a program; ARGS are what args() gives
  trace FILE [ARGS...]                        run a program and report what the JIT did
  check FILE [-q | -v | --json]               look for mistakes without running
  repl                                        type statements and see what they do
  test [--update] [-v]                        run tests/*.ruff and compare with the .out files beside them
  test-run FILE [-v]                          run the `test` blocks of a program
  bench FILE [-i N] [-w N]                    run a program N times, after N times to warm up
  profile FILE                                run a program and say how long it takes

  --version   print the version
  --help      print this

Before FILE of run:

  --untrusted                  allow nothing outside of the program but what follows
  --allow-NAME                 fs-read fs-write fs-delete process-exec shell-exec env-read env-write net net-client net-server
                               database clock random; --allow-all allows everything, as without any of these
  --scheduler-timeout-ms N     the longest that the main program may wait for a promise or a channel; 120000 without
  --json-runtime-diagnostics   report an uncaught error as JSON on standard output

Before any FILE:

  --jit NAME=VALUE,...   set the JIT's knobs, such as off=1 or threshold=100
  --gc NAME=VALUE,...    set the collector's knobs, such as young_kb=16384
  --stats                print counters of the JIT on standard error at the end
  --jit-log LOG          write all traces with their machine code to the file LOG
"""


@final
class FileProblem(Exception):
    """A file that cannot be used as a program; the message says why."""


def run_command() -> int:
    """Do what the process's command line says; returns the exit code."""
    exit_code = _do_what_words_say()
    try:
        flush_output()
    except OSError as error:
        _complain(render_command_error(output_problem(error)))
        return ExitCode.INPUT_OUTPUT if exit_code == ExitCode.SUCCESS else exit_code
    return exit_code


def _do_what_words_say() -> int:
    try:
        return _do_command()
    except FileProblem as problem:
        _complain(render_command_error(str(problem)))
    except OSError as error:
        _complain(render_command_error(output_problem(error)))
    return ExitCode.INPUT_OUTPUT


def _do_command() -> int:
    try:
        options = read_options(_command_words())
    except UsageError as error:
        _complain(render_command_error(str(error)))
        return ExitCode.USAGE
    if options.show_version:
        write_output((VERSION + "\n").encode())
        return ExitCode.SUCCESS
    match options.command:
        case "run" | "trace":
            return _run_reporting(options)
        case "check":
            return _check(options)
        case "repl":
            return talk(RuffRepl(_new_session(options)))
        case "test":
            return _check_fixtures(options)
        case "test-run":
            return _run_tests(options)
        case "bench" | "profile":
            return _measure(options)
        case _:
            write_output(HELP.encode())
            return ExitCode.SUCCESS


def _complain(text: str) -> None:
    write_error(text.encode())


def _command_words() -> list[str]:
    """The words after the program's name; raises UsageError for one that is no text."""
    words: list[str] = []
    while True:
        word = argument(len(words))
        if word is None:
            return words
        try:
            words.append(word.decode())
        except UnicodeDecodeError:
            raise UsageError("an argument is not valid UTF-8")


def read_program(path: str) -> str:
    """The text of a program file; raises FileProblem."""
    try:
        return read_source(path.encode(), MAXIMUM_SOURCE_BYTES)
    except UnreadableSource as error:
        reason = f"{error.reason} (os error {error.errno})" if error.errno > 0 else error.reason
        if error.errno == NOT_TEXT:
            reason = "stream did not contain valid UTF-8"
        raise FileProblem(f"Failed to read .ruff file '{path}': {reason}")


def _new_session(options: Options) -> Session:
    session = new_session(options.capabilities)
    session.arguments = options.arguments
    session.longest_wait = options.longest_wait
    session.modules = ModuleTable(folder_of(options.file) if options.file != "" else "")
    return session


def _run_reporting(options: Options) -> int:
    """Run the program, then report on the JIT and the collector as asked."""
    settings = options.settings
    settings.statistics = settings.statistics or options.command == "trace"
    settings.start()
    exit_code = run_text(
        _new_session(options), read_program(options.file), options.file, False, options.json_diagnostics
    )
    try:
        settings.report()
    except UnwritableLog as log:
        raise FileProblem(f"Failed to write '{log.path}': {log.reason} (os error {log.errno})")
    return exit_code


def run_text(session: Session, text: str, file: str, open_world: bool, as_json: bool = False) -> int:
    """Run a program to its end, its output and what goes wrong written; returns the exit code. `open_world`: others will follow."""
    result = parse(text)
    if len(result.diagnostics) > 0:
        for diagnostic in result.diagnostics:
            _complain(diagnostic.render(file))
        return ExitCode.SYNTAX
    try:
        code = compile_program(session, session.globals, file, result.program, open_world)
    except CompileError as error:
        _complain(render_compile_error(error.message))
        return ExitCode.RUNTIME
    return run_code(session, code, as_json)


def run_code(session: Session, code: Code, as_json: bool = False) -> int:
    """Run a compiled program to its end, its output written; returns the exit code."""
    exit_code: int = ExitCode.SUCCESS
    try:
        run_program(session, code)
    except ProgramExit as leaving:
        exit_code = leaving.code
    except GuestError as error:
        if as_json:
            write_output(runtime_error_report(code.file, error.message, error.names).encode())
        else:
            _complain(render_runtime_error(error.message, error.names))
        return ExitCode.RUNTIME
    try:
        flush_output()
    except OSError as error:
        _complain(render_runtime_error(output_problem(error), []))
        return ExitCode.RUNTIME
    return exit_code


# test, test-run, bench, profile


def _parsed(options: Options) -> Program | None:
    """The program, or None after its faults have been reported."""
    result = parse(read_program(options.file))
    for diagnostic in result.diagnostics:
        _complain(diagnostic.render(options.file))
    return result.program if len(result.diagnostics) == 0 else None


def _run_tests(options: Options) -> int:
    program = _parsed(options)
    if program is None:
        return ExitCode.SYNTAX
    cases = collect_tests(program)
    if len(cases) == 0:
        _complain(render_command_error(f"No tests found in {options.file}"))
        return ExitCode.RUNTIME
    start = monotonic_nanoseconds()
    try:
        for case in cases:
            run_test(case, _new_session(options), options.file)
    except ProgramExit as leaving:
        return leaving.code
    write_output(test_report(cases, (monotonic_nanoseconds() - start) // 1_000_000, options.verbose).encode())
    return ExitCode.TEST_FAILURE if any(case.problem != "" for case in cases) else ExitCode.SUCCESS


def _check_fixtures(options: Options) -> int:
    passed = 0
    try:
        fixtures = find_fixtures()
        for fixture in fixtures:
            check_fixture(fixture, options.update)
            passed += 1 if fixture.passed else 0
            write_output(fixture.report(options.verbose).encode())
            flush_output()
    except FixtureError as error:
        _complain(render_command_error(str(error)))
        return ExitCode.INPUT_OUTPUT
    write_output(summary(passed, len(fixtures), options.runtime).encode())
    return ExitCode.SUCCESS if passed == len(fixtures) else ExitCode.SYNTAX


def _measure(options: Options) -> int:
    """Run the program again and again in this process, and say how long that took."""
    program = _parsed(options)
    if program is None:
        return ExitCode.SYNTAX
    turns = 1 if options.command == "profile" else options.warm_ups + options.iterations
    times: list[int] = []
    for _ in range(turns):
        session = _new_session(options)
        start = monotonic_nanoseconds()
        try:
            code = compile_program(session, session.globals, options.file, program, False)
        except CompileError as error:
            _complain(render_compile_error(error.message))
            return ExitCode.RUNTIME
        exit_code = run_code(session, code)
        if exit_code != ExitCode.SUCCESS:
            return exit_code
        times.append(monotonic_nanoseconds() - start)
    kept = times if options.command == "profile" else times[options.warm_ups :]
    write_error(timing_report(options.file, kept).encode())
    return ExitCode.SUCCESS


# check


def _check(options: Options) -> int:
    result = parse(read_program(options.file))
    compile_message = ""
    if len(result.diagnostics) == 0:
        try:
            session = _new_session(options)
            compile_program(session, session.globals, options.file, result.program, False)
        except CompileError as error:
            compile_message = error.message
    exit_code: int = ExitCode.SUCCESS
    if len(result.diagnostics) > 0:
        exit_code = ExitCode.SYNTAX
    elif compile_message != "":
        exit_code = ExitCode.RUNTIME
    if options.json:
        write_output(check_report(options.file, result.diagnostics, compile_message).encode())
        return exit_code
    for diagnostic in result.diagnostics:
        _complain(diagnostic.render(options.file))
    if compile_message != "":
        _complain(render_compile_error(compile_message))
    if exit_code == ExitCode.SUCCESS and not options.quiet:
        if options.verbose:
            write_output(f"{len(result.program.statements)} statements at top level\n".encode())
        write_output(f"check passed: {options.file}\n".encode())
    return exit_code
