"""The `tracewright` command.

tracewright build ruff -o ruff      the language's native executable (--library: a shared library to embed)
tracewright run fib.ruff 30         the same, kept in a cache, running a program
tracewright new lark                a package with the beginnings of a language
tracewright check file.py           is this in the dialect?
tracewright show c file.py:main     what translation makes of it
tracewright report file.py          the same as a page: what each line costs, and why
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from tracewright.core.errors import DialectErrors
from tracewright.tools.executables import built_executable
from tracewright.tools.languages import Language, LanguageError, known_languages, language_named, language_of_file
from tracewright.translate.emit_c.errors import BuildError, NothingToTranslate
from tracewright.translate.emit_c.target import TARGETS, Target, target_named

# What the shell sees; the guest's own exit codes are those of the language.
EXIT_OK: Final = 0
EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2

SHOWN_FORMS: Final = (
    "types",
    "flow",
    "ops",
    "c",
    "jitcode",
)  # the keys of tools/stage_view.py, which is slow to import


def command() -> NoReturn:
    """The `tracewright` command: `main`, without looking for garbage meanwhile or on the way out, as nearly everything that a
    translation makes lives until its end."""
    gc.disable()
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    arguments = _parser().parse_args(words)
    try:
        return _run(arguments)
    except DialectErrors as errors:
        sys.stderr.write(f"{errors}\n")
    except (LanguageError, BuildError, NothingToTranslate, OSError) as error:
        sys.stderr.write(f"tracewright: {error}\n")
    return EXIT_FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tracewright", description="Interpreters in Python become native programs with a JIT."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="build a language's executable")
    names = ", ".join(sorted(known_languages())) or "none found"
    build.add_argument("language", help=f"one of: {names}; or the path of a language's package or target file")
    build.add_argument("-o", "--output", help="where to put it (default: the language's name)")
    build.add_argument("--library", action="store_true", help="a shared library for other programs to embed")
    build.add_argument("--checked", action="store_true", help="plain + - * << stop the program where they overflow")
    build.add_argument(
        "--sanitize",
        metavar="WHICH",
        default="",
        help="what -fsanitize= of the C compiler takes, such as address,undefined: every access is watched",
    )
    build.add_argument("--no-jit", action="store_true", help="leave the JIT out")
    build.add_argument("--target", help=f"the machine to build for (default: this one): {', '.join(TARGETS)}")
    build.add_argument("--jobs", type=int, help="compilers that run at once")
    for name, help_text in (
        ("run", "run a guest program"),
        ("check", "check a guest program, a dialect file (.py), or a language by its name or folder"),
        ("trace", "run a guest program, then show the traces that the JIT made of it"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("--jit", metavar="K=V,...", help="set the JIT's knobs: off=1, threshold=100, ...")
        command.add_argument(
            "--gc", metavar="K=V,...", help="set the collector's knobs: young_kb=16384, stress=50, ..."
        )
        command.add_argument("--stats", action="store_true", help="counters of the JIT and where the time went")
        command.add_argument("--target", help="build for this machine, and run under its emulator if it is another one")
        if name == "check":
            command.add_argument("--json", action="store_true", help="for editors: one JSON object on standard output")
            command.add_argument(
                "--no-cache", action="store_true", help="of a .py file: check it even if nothing changed"
            )
        command.add_argument("--lang", metavar="NAME|PATH", help="the language, if the file's name does not tell")
        command.add_argument("file")
        command.add_argument("arguments", nargs=argparse.REMAINDER)
    new = commands.add_parser("new", help="begin a language: a small one that works, with tests and a benchmark")
    new.add_argument("name", help="what the language is called: lower-case letters, digits, _")
    new.add_argument(
        "--like",
        choices=("moth", "lox", "forth"),
        default="",
        help="begin as a copy of this one: closures and objects in register code; a tree that runs itself; a stack machine",
    )
    new.add_argument("directory", nargs="?", help="the folder to make (default: the name)")
    repl = commands.add_parser("repl", help="type statements and see what they do")
    repl.add_argument("language", nargs="?", default="ruff")
    show = commands.add_parser("show", help="show what translation makes of a dialect file, module or language")
    show.add_argument(
        "form", help=f"{', '.join(SHOWN_FORMS)}; of a guest program what its language has: tokens, bytecode"
    )
    show.add_argument(
        "file", help="FILE.py, a module's name, a language's or its path, each also with :FUNCTION; or a guest program"
    )
    show.add_argument("--lang", metavar="NAME|PATH", help="the language of a guest program, if its name does not tell")
    report = commands.add_parser("report", help="a page that shows what each source line costs, and its C")
    report.add_argument("file", help="as for `show`")
    report.add_argument("-o", "--output", default="report.html")
    return parser


def _run(arguments: argparse.Namespace) -> int:
    match arguments.command:
        case "build":
            return _build(arguments)
        case "new":
            return _new(arguments)
        case "show":
            return _show(arguments)
        case "report":
            return _report(arguments)
        case "check" if arguments.file.endswith(".py") and arguments.lang is None:
            return _check(arguments.file, arguments)
        case "check" if arguments.file in known_languages() or Path(arguments.file).is_dir():
            return _check(str(language_named(arguments.file).target_file()), arguments)
        case "trace":
            return _trace(_language(arguments), arguments)
        case "repl":
            return _pass_on(language_named(arguments.language), ["repl"], target_named(None))
        case command:
            language = _language(arguments)
            switches = ["--json"] if command == "check" and arguments.json else []
            words = [command, *_jit_switches(arguments), *switches, arguments.file, *arguments.arguments]
            return _pass_on(language, words, target_named(arguments.target))


def _language(arguments: argparse.Namespace) -> Language:
    return language_named(arguments.lang) if arguments.lang else language_of_file(arguments.file)


def _new(arguments: argparse.Namespace) -> int:
    from tracewright.tools.new import first_program, make_language

    folder = make_language(arguments.name, Path(arguments.directory or arguments.name), arguments.like)
    sys.stderr.write(
        f"{folder} is a language that works. Next:\n"
        f"  tracewright run --lang {folder} {folder}/{first_program(arguments.name, arguments.like)}\n"
        f"and read {folder}/README.md: how to install, test and change it\n"
    )
    return EXIT_OK


def _jit_switches(arguments: argparse.Namespace) -> list[str]:
    """What the language's own command line is told about the JIT and the collector."""
    jit = ["--jit", arguments.jit] if arguments.jit else []
    gc = ["--gc", arguments.gc] if arguments.gc else []
    return [*jit, *gc, *(["--stats"] if arguments.stats else [])]


def _build(arguments: argparse.Namespace) -> int:
    from tracewright.tools.toolchain import build_program  # these imports wait: a cached executable need not

    language = language_named(arguments.language)
    library: bool = arguments.library
    output = Path(arguments.output or (f"lib{language.name}.so" if library else language.name))
    main = language.library() if library else language.main()
    report = build_program(
        main,
        output,
        not arguments.no_jit,
        arguments.jobs,
        progress=True,
        library=library,
        checked=arguments.checked,
        sanitizers=arguments.sanitize,
        target=target_named(arguments.target),
    )
    for warning in report.warnings:
        sys.stderr.write(f"{warning.render()}\n\n")
    sys.stderr.write(f"{output}: {report.show()}\n")
    return EXIT_OK


def _pass_on(language: Language, words: list[str], target: Target) -> int:
    """Become the language's executable."""
    command = _command(language, target)
    sys.stdout.flush()
    os.execv(command[0], [*command, *words])


def _command(language: Language, target: Target) -> list[str]:
    """How the language's executable for that machine is started here."""
    executable = str(built_executable(language, jit=True, target=target))
    if target.is_host:
        return [executable]
    emulator = shutil.which(target.emulator[0])
    if emulator is None:
        raise BuildError(f"{executable} runs on {target.machine}; to run it here, install {target.emulator[0]}")
    return [emulator, *target.emulator[1:], executable]


def _trace(language: Language, arguments: argparse.Namespace) -> int:
    """Run the program with a log, and print the log as people read it."""
    from tracewright.tools.trace_log import read_log
    from tracewright.tools.trace_view import show_log

    command = _command(language, target_named(arguments.target))
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        words = ["run", "--jit-log", str(log), *_jit_switches(arguments), arguments.file, *arguments.arguments]
        finished = subprocess.run([*command, *words], check=False)
        if log.exists():
            written = read_log(log.read_text(encoding="utf-8", errors="replace"))
            sys.stdout.write(show_log(written, program=arguments.file, language=language.name))
    return finished.returncode


def _check(file: str, arguments: argparse.Namespace) -> int:
    from tracewright.tools.checking import check_file

    switches = arguments.arguments
    unknown = [word for word in switches if word not in ("--json", "--no-cache")]
    if unknown:
        sys.stderr.write(f"tracewright: check knows no {unknown[0]!r}\n")
        return EXIT_USAGE
    findings = check_file(file, cached=not (arguments.no_cache or "--no-cache" in switches))
    if arguments.json or "--json" in switches:
        sys.stdout.write(json.dumps(findings.as_json(), indent=2) + "\n")
    else:
        sys.stderr.write(findings.text())
    return EXIT_FAILED if findings.failed() else EXIT_OK


def _show(arguments: argparse.Namespace) -> int:
    from tracewright.tools.stage_view import show_stage

    language = language_named(arguments.lang) if arguments.lang else None
    sys.stdout.write(show_stage(arguments.file, arguments.form, language))
    return EXIT_OK


def _report(arguments: argparse.Namespace) -> int:
    from tracewright.tools.report import write_report

    write_report(arguments.file, Path(arguments.output))
    return EXIT_OK
