"""The command line that small languages share: `NAME run [--jit K=V,...] [--jit-stats] [--jit-log FILE] PROGRAM`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.system import argument, error_text, flush_output, read_file, write_error, write_file
from tracewright.jit import control
from tracewright.lib.tokens import SourceError

EXIT_OK: Final = 0
EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
_USAGE: Final = "run [--jit NAME=VALUE,...] [--jit-stats] [--jit-log FILE] PROGRAM"


class UsageError(Exception):
    """The words make no sense."""


@final
class Options:
    """What the words of the command line say."""

    def __init__(self) -> None:
        self.file = b""
        self.statistics = False
        self.log = b""


def run_command(name: str, run_text: Callable[[str], None]) -> int:
    """Run the program that the command line names with `run_text`; gives the exit code."""
    try:
        options = _read_options(1 if argument(0) == b"run" else 0)
    except UsageError as error:
        write_error(f"{name}: {error}\nusage: {name} {_USAGE}\n".encode())
        return EXIT_USAGE
    control.measure()
    code = _run_file(name, options.file, run_text)
    flush_output()
    if options.statistics:
        write_error(control.statistics().encode())
    if len(options.log) > 0:
        write_file(options.log, control.trace_log().encode())
    return code


def _read_options(index: int) -> Options:
    options = Options()
    while True:
        word = argument(index)
        if word is None:
            raise UsageError("a program is missing")
        if word == b"--jit-stats" or word == b"--stats":
            options.statistics = True
        elif word == b"--jit" or word == b"--jit-log":
            index += 1
            value = argument(index)
            if value is None:
                raise UsageError(f"a value is missing after {word.decode()}")
            if word == b"--jit-log":
                options.log = value
            else:
                problem = control.configure(value.decode())
                if problem != "":
                    raise UsageError(problem)
        else:
            options.file = word
            return options
        index += 1


def _run_file(name: str, path: bytes, run_text: Callable[[str], None]) -> int:
    try:
        text = read_file(path).decode()
    except OSError as error:
        number: int = error.errno  # type: ignore[assignment]  # system calls always set it
        write_error(f"{name}: {path.decode()}: {error_text(number).decode()}\n".encode())
        return EXIT_FAILED
    except UnicodeDecodeError:
        write_error(f"{name}: {path.decode()}: not UTF-8\n".encode())
        return EXIT_FAILED
    try:
        run_text(text)
    except SourceError as error:
        write_error(_report(path.decode(), text, error).encode())
        return EXIT_FAILED
    return EXIT_OK


def _report(path: str, text: str, error: SourceError) -> str:
    """`FILE:LINE:COLUMN: message` as compilers write it, then the line with a mark below the place: what of it is known."""
    if error.line == 0:
        return f"{path}: {error.message}\n"
    source = text.split("\n")[error.line - 1]
    if error.column == 0:
        return f"{path}:{error.line}: {error.message}\n  {source}\n"
    before = "".join(["\t" if character == "\t" else " " for character in source[: error.column - 1]])
    return f"{path}:{error.line}:{error.column}: {error.message}\n  {source}\n  {before}^\n"
