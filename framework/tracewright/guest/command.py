"""The command that small languages share.

    NAME run [--jit K=V,...] [--gc K=V,...] [--jit-stats] [--jit-log FILE] PROGRAM [ARGUMENTS]
    NAME check PROGRAM
    NAME repl

The same `main` is the entry of the language's library: `tracewright.load` then asks what a command line asks otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.system import argument, flush_output, write_error, write_output
from tracewright.guest.diagnostics import SourceError, report
from tracewright.guest.embedding import serve
from tracewright.guest.language import (
    EXIT_FAILED,
    EXIT_OK,
    GuestLanguage,
    NotSupported,
    TextLanguage,
    output_problem,
    run_reporting,
)
from tracewright.guest.repl import run_repl
from tracewright.guest.run_settings import RunSettings, UnwritableLog
from tracewright.guest.sources import UnreadableSource, read_source, shown_word

EXIT_USAGE: Final = 2
_USAGE: Final = "[run | check | repl] [--jit NAME=VALUE,...] [--gc NAME=VALUE,...] [--jit-stats] [--jit-log FILE] PROGRAM [ARGUMENTS]"


class UsageError(Exception):
    """The words make no sense."""


class FileError(Exception):
    """The program cannot be read; the message says why."""


@final
class Options:
    """What the words of the command line say."""

    def __init__(self) -> None:
        self.command = "run"
        self.file = b""
        self.arguments: list[str] = []
        self.settings = RunSettings()


def run_command(name: str, run_text: Callable[[str], None], compile_text: Callable[[str], object] | None = None) -> int:
    """The command of a language that is no more than a function which runs a program; gives the exit code.

    `check` uses `compile_text`: that it raises no SourceError is all that counts.
    """
    return run_language(name, TextLanguage(run_text, compile_text))


def run_language(name: str, language: GuestLanguage) -> int:
    """Do what the command line says, or what the host process asks; gives the exit code."""
    if serve(language):
        return EXIT_OK
    try:
        code = _do_what_words_say(name, language)
        flush_output()
        return code
    except OSError as error:
        write_error(output_problem(error))
        return EXIT_FAILED
    except UsageError as error:
        write_error(f"{name}: {error}\nusage: {name} {_USAGE}\n".encode())
        return EXIT_USAGE
    except NotSupported as error:
        write_error(f"{name}: {error}\n".encode())
        return EXIT_USAGE
    except FileError as error:
        write_error(f"{name}: {error}\n".encode())
        return EXIT_FAILED


def _do_what_words_say(name: str, language: GuestLanguage) -> int:
    options = _read_options()
    match options.command:
        case "check":
            return _check(language, options)
        case "repl":
            return run_repl(name, language)
        case _:
            return _run(language, options)


def _read_options() -> Options:
    options = Options()
    index = 0
    first = argument(0)
    if first == b"run" or first == b"check" or first == b"repl":
        options.command = shown_word(first)
        index = 1
    while True:
        word = argument(index)
        if word is None:
            if options.command == "repl":
                return options
            raise UsageError("a program is missing")
        if options.settings.takes_value(word):
            index += 1
            value = argument(index)
            if value is None:
                raise UsageError(f"a value is missing after {shown_word(word)}")
            problem = options.settings.set(word, value)
            if problem != "":
                raise UsageError(problem)
        elif not options.settings.takes(word) and word.startswith(b"--"):
            raise UsageError(f"there is no option {shown_word(word)}")
        elif not word.startswith(b"--"):
            options.file = word
            options.arguments = _words_from(index + 1)
            return options
        index += 1


def _words_from(index: int) -> list[str]:
    words: list[str] = []
    word = argument(index)
    while word is not None:
        words.append(shown_word(word))
        word = argument(index + len(words))
    return words


def _run(language: GuestLanguage, options: Options) -> int:
    options.settings.start()
    text = _read_program(options.file)
    name = shown_word(options.file)
    language.prepare(name, options.arguments)
    code = run_reporting(language, text, name, text)
    flush_output()
    try:
        options.settings.report()
    except UnwritableLog as error:
        raise FileError(str(error))
    return code


def _check(language: GuestLanguage, options: Options) -> int:
    text = _read_program(options.file)
    name = shown_word(options.file)
    language.prepare(name, options.arguments)
    try:
        language.check(text)
    except SourceError as error:
        report(error, name, text)
        return EXIT_FAILED
    write_output(b"check passed: " + options.file + b"\n")
    return EXIT_OK


def _read_program(path: bytes) -> str:
    try:
        return read_source(path)
    except UnreadableSource as error:
        raise FileError(f"{shown_word(path)}: {error.reason}")
