"""Guest programs whose expected behaviour stands in comments at their end, and the ways to run them.

    print(1 + 1)
    # expect: 2                  one line of standard output; all of it must be listed, in order
    # expect-error: some text    the first line of standard error, and so on; without it, standard error must be empty
    # exit: 4                    the exit code, 0 where the line is missing
    # args: a b                  arguments for the program
    # input: text                one line of standard input

(`#` stands for whatever begins a comment in the language.)

The same program runs on every tier: a `Runner` is anything that turns a program into an `Outcome`.
"""

import io
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tracewright.core.system import HOSTED_DEPTH


@dataclass(frozen=True)
class Outcome:
    """What a run left behind."""

    output: str
    errors: str
    exit_code: int


@dataclass(frozen=True)
class GuestProgram:
    """A program file with what it must print."""

    path: Path
    output: str
    errors: list[str]
    exit_code: int
    arguments: list[str] = field(default_factory=list)
    input: str = ""

    @property
    def name(self) -> str:
        return self.path.stem


class Runner(Protocol):
    """A way to run guest programs; `name` goes into test ids."""

    @property
    def name(self) -> str: ...

    def run(self, program: GuestProgram) -> Outcome: ...


@dataclass(frozen=True)
class CommandRunner:
    """Runs `prefix FILE arguments` as a process: a native executable, perhaps with flags for the JIT."""

    name: str
    prefix: Sequence[str]
    timeout_seconds: float = 60.0

    def run(self, program: GuestProgram) -> Outcome:
        finished = subprocess.run(
            [*self.prefix, str(program.path), *program.arguments],
            input=program.input.encode(),
            capture_output=True,
            timeout=self.timeout_seconds,
            check=False,
        )
        return Outcome(finished.stdout.decode(), finished.stderr.decode(), finished.returncode)


@dataclass(frozen=True)
class HostedRunner:
    """Calls a language's `main` in this process, with `prefix FILE arguments` as its command line."""

    name: str
    main: Callable[[], int]
    prefix: Sequence[str]

    def run(self, program: GuestProgram) -> Outcome:
        before = sys.argv, sys.stdin, sys.stdout, sys.stderr
        output, errors = io.BytesIO(), io.BytesIO()
        sys.argv = ["program", *self.prefix, str(program.path), *program.arguments]
        sys.stdin = io.TextIOWrapper(io.BytesIO(program.input.encode()))
        sys.stdout, sys.stderr = io.TextIOWrapper(output), io.TextIOWrapper(errors)
        try:
            sys.setrecursionlimit(max(sys.getrecursionlimit(), HOSTED_DEPTH))
            exit_code = self.main()
            sys.stdout.flush()
        except SystemExit as leaving:
            assert isinstance(leaving.code, int)
            exit_code = leaving.code
        finally:
            # A wrapper closes its buffer when it dies, so both are kept until the text has been taken.
            wrappers = sys.stdout, sys.stderr
            sys.argv, sys.stdin, sys.stdout, sys.stderr = before
        outcome = Outcome(output.getvalue().decode(), errors.getvalue().decode(), exit_code)
        del wrappers
        return outcome


def load_program(path: Path, comment: str = "#") -> GuestProgram:
    """Read the expectations of the program at `path`; a program without any cannot fail, so that is an error."""
    output: list[str] = []
    inputs: list[str] = []
    arguments: list[str] = []
    errors: list[str] = []
    exit_code = 0
    expectations = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, colon, text = line.partition(":")
        if not colon or not mark.startswith(f"{comment} "):
            continue
        mark, text = mark.removeprefix(f"{comment} "), text.removeprefix(" ")
        match mark:
            case "expect":
                output.append(text + "\n")
            case "expect-error":
                errors.append(text)
            case "exit":
                exit_code = int(text)
            case "args":
                arguments = text.split()
                continue
            case "input":
                inputs.append(text + "\n")
                continue
            case _:
                continue
        expectations += 1
    if expectations == 0:
        raise ValueError(f"{path} expects nothing")
    return GuestProgram(path, "".join(output), errors, exit_code, arguments, "".join(inputs))


def load_programs(folder: Path, pattern: str, comment: str = "#") -> list[GuestProgram]:
    """Every program of the folder, by name."""
    programs = [load_program(path, comment) for path in sorted(folder.glob(pattern))]
    if not programs:
        raise ValueError(f"no {pattern} in {folder}")
    return programs


def check_program(program: GuestProgram, runner: Runner) -> None:
    """Run the program and compare everything that it says about itself."""
    outcome = runner.run(program)
    assert outcome.output == program.output, f"{program.name} printed something else; on stderr: {outcome.errors}"
    written = outcome.errors.replace(str(program.path), program.path.name).splitlines()
    assert written[: max(len(program.errors), 1)] == program.errors
    assert outcome.exit_code == program.exit_code
