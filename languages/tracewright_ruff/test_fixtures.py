"""`ruff test`: every program in the folder `tests` is run, and what it prints is compared with the `.out` file beside it.

A program without such a file gets one. What is compared is standard output and then standard error, without what differs each time.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core import files
from tracewright.core.arrays import Array
from tracewright.core.processes import OUTPUT_LENGTH, RESULT_WORDS, TIMED_OUT, run_commands
from tracewright.core.system import canonical_path, monotonic_nanoseconds, read_file, write_file
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff.diagnostics import reason_of

FOLDER: Final = "tests"
SUFFIX: Final = ".ruff"
OTHER_RUNNER: Final = "Run with: ruff test-run"  # in the first lines of a file that is not for this command
FIRST_LINES: Final = 3
TIMING: Final = " (took ~"
NOISE: Final = "Compiler optimization:"
MOST_NANOSECONDS: Final = 120_000_000_000
MOST_BYTES: Final = 64 << 20


@final
class FixtureError(Exception):
    """The folder, or a file in it, cannot be used; the text says why."""


@final
class Fixture:
    """One program, and after `check` how it went."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.expected = ""
        self.got = ""
        self.milliseconds = 0
        self.passed = False
        self.created = False  # the `.out` file was written now

    def output_path(self) -> str:
        """Where stands what the program must print."""
        return self.path.removesuffix(SUFFIX) + ".out"

    def report(self, verbose: bool) -> str:
        """Its lines in the report."""
        if self.passed:
            made = " (created)" if self.created else ""
            return f"[✓] {self.path} ({self.milliseconds}ms){made}\n"
        text = f"[✗] {self.path}\n"
        if verbose or self.expected != self.got:
            text += f"Expected:\n{self.expected}\nGot:\n{self.got}\n"
        return text


def find_fixtures() -> list[Fixture]:
    """The programs in alphabetical order. Raises FixtureError."""
    try:
        names = files.list_folder(FOLDER.encode()).split(b"\0")[:-1]
        paths = [f"{FOLDER}/{decode_lossy(name)}" for name in names if name.endswith(SUFFIX.encode())]
        return [Fixture(path) for path in sorted(paths) if not _is_for_another(path)]
    except OSError as error:
        raise FixtureError(f"Failed to read directory '{FOLDER}': {reason_of(error)}")


def _is_for_another(path: str) -> bool:
    for line in decode_lossy(read_file(path.encode())).split("\n")[:FIRST_LINES]:
        if OTHER_RUNNER in line:
            return True
    return False


def check(fixture: Fixture, update: bool) -> None:
    """Run the program with this very executable, and compare or write down. Raises FixtureError."""
    start = monotonic_nanoseconds()
    try:
        fixture.got = _printed(fixture.path)
        fixture.milliseconds = (monotonic_nanoseconds() - start) // 1_000_000
        place = fixture.output_path().encode()
        fixture.created = update or not _is_there(place)
        if fixture.created:
            write_file(place, (fixture.got + "\n").encode())
        fixture.expected = normalised(decode_lossy(read_file(place)))
        fixture.passed = fixture.expected == fixture.got
    except OSError as error:
        raise FixtureError(f"Failed to run '{fixture.path}': {reason_of(error)}")


def _is_there(path: bytes) -> bool:
    try:
        files.file_status(path, 1, Array(files.STATUS_WORDS, 0))
    except OSError:
        return False
    return True


def _printed(path: str) -> str:
    executable = canonical_path(b"/proc/self/exe")
    command = b"+" + executable + b"\0+run\0+" + path.encode() + b"\0\0"
    result = Array(RESULT_WORDS, 0)
    both = run_commands(command, files.environment(), b"", MOST_NANOSECONDS, MOST_BYTES, result)
    if result[TIMED_OUT] == 1:
        return "(it did not end)"
    split = result[OUTPUT_LENGTH]
    output = decode_lossy(both[:split]).strip()
    errors = decode_lossy(both[split:]).strip()
    return normalised(output + "\n" + errors if output != "" and errors != "" else output + errors)


def normalised(text: str) -> str:
    """Without lines and spans that differ from run to run."""
    lines = [_without_timings(line) for line in text.split("\n") if not line.startswith(NOISE)]
    return "\n".join(lines).strip()


def _without_timings(line: str) -> str:
    text = line
    while True:
        start = text.find(TIMING)
        end = text.find("ms)", start) if start >= 0 else -1
        if end < 0:
            return text
        text = text[:start] + text[end + len("ms)") :]


def summary(passed: int, count: int, runtime: str) -> str:
    """The last lines of the report."""
    mark = "✓" if passed == count else "✗"
    return f"[{mark}] Passed {passed}/{count} tests\n[i] Runtime strategy: {runtime}\n"
