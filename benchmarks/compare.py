"""Two executables of one language, or one under two sets of options: which programs became slower?

    python benchmarks/compare.py --language ruff build/before build/after --rounds 4
    python benchmarks/compare.py --language ruff build/ruff build/ruff --options "--jit off" ""

The two take turns (A B, then B A), so that a change of the machine's mood hits both alike, and each program's smallest time counts: what a change
costs shows in the minimum, what the machine does in the rest. A kernel of `programs/` in Ruff or Python is timed as a whole process (processor time);
every other program calls its function `run` several times in one process, and its first and its best call are compared.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import javascript
import larger
from harness import PROGRAMS as KERNELS
from harness import Implementation, geometric_mean, measure

LANGUAGES = {"ruff": "ruff", "javascript": "js", "python": "py"}  # and the extension of their programs' files
SIDES = ("before", "after")
WHOLE_PROCESS = "process"
FIRST = "first call"
BEST = "best call"


@dataclass(frozen=True)
class Program:
    """A file to run; `expected` is what it must print, or (`calls` > 0) what each call of its `run` must answer."""

    name: str
    file: Path
    expected: str
    calls: int


def write_programs(language: str, folder: Path, calls: int) -> list[Program]:
    """All programs of a language, those with a function `run` with the driver behind them."""
    extension = LANGUAGES[language]
    if language == "javascript":
        found = []
        for program in javascript.all_programs():
            words = javascript.prepare(program, Implementation("js", "js", ()), folder, calls)
            found.append(Program(program.name, Path(words[0]), program.expected, calls))
        return found
    found = [
        Program(file.stem, file, (file.parent / "expected.txt").read_text(encoding="utf-8"), 0)
        for file in sorted(KERNELS.glob(f"*/*.{extension}"))
    ]
    for name in larger.known_programs():
        words = larger.prepare(name, Implementation(language, extension, ()), folder)
        found.append(Program(name, Path(words[0]), larger.expected_answer(name), calls))
    return found


def times_of(command: Sequence[str], program: Program) -> tuple[dict[str, float], str]:
    """Run one process: milliseconds by what was measured, and what was wrong ("" where nothing)."""
    if program.calls == 0:
        _, processor, _, problem = measure([*command, str(program.file)], program.expected.encode())
        return {WHOLE_PROCESS: processor * 1000}, problem
    subject = Implementation(command[0], program.file.suffix[1:], tuple(command))
    words = [*command, str(program.file)]
    process = larger.run_process(program.name, subject, words, program.calls, program.expected)
    if process.problem:
        return {}, process.problem
    return {FIRST: process.calls[0], BEST: min(process.calls)}, ""


def keep_smallest(kept: dict[str, float], times: Mapping[str, float]) -> None:
    for measured, milliseconds in times.items():
        kept[measured] = min(milliseconds, kept.get(measured, milliseconds))


def table(smallest: Mapping[tuple[str, str], Mapping[str, float]], programs: Sequence[str]) -> str:
    """For each program what was measured before and after, and their ratio; the worst last, where one looks first."""
    rows = []
    for program in programs:
        before, after = (smallest.get((program, side), {}) for side in SIDES)
        for measured in before:
            if measured in after:
                rows.append((after[measured] / before[measured], program, measured, before[measured], after[measured]))
    rows.sort()
    lines = [f"{'program':<20}{'measured':<12}{'before ms':>11}{'after ms':>11}{'ratio':>8}"]
    lines += [
        f"{program:<20}{what:<12}{old:>11.2f}{new:>11.2f}{ratio:>8.2f}" for ratio, program, what, old, new in rows
    ]
    for measured in (WHOLE_PROCESS, FIRST, BEST):
        ratios = [row[0] for row in rows if row[2] == measured]
        if ratios:
            lines.append(
                f"{measured}: {geometric_mean(ratios):.3f} (geometric mean of {len(ratios)}), worst {max(ratios):.2f}"
            )
    return "\n".join(lines)


def parse_arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path, help="an executable of the language")
    parser.add_argument("after", type=Path, help="another, or the same with other options")
    parser.add_argument("--language", choices=sorted(LANGUAGES), required=True)
    parser.add_argument(
        "--options", nargs=2, default=("", ""), metavar=("BEFORE", "AFTER"), help='for `run`, as in "--jit off" ""'
    )
    parser.add_argument("--rounds", type=int, default=4, help="processes of each program and side, in turns")
    parser.add_argument("--calls", type=int, default=8, help="calls of `run` in each process")
    parser.add_argument("--only", nargs="+", metavar="PROGRAM", help="these programs only")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Run all in turns and print the table; 1 where any answer was wrong."""
    arguments = parse_arguments(words)
    commands = {
        side: [str(executable.resolve()), "run", *options.split()]
        for side, executable, options in zip(SIDES, (arguments.before, arguments.after), arguments.options, strict=True)
    }
    smallest: dict[tuple[str, str], dict[str, float]] = {}
    wrong = False
    with tempfile.TemporaryDirectory() as name:
        programs = write_programs(arguments.language, Path(name), arguments.calls)
        if arguments.only:
            if unknown := set(arguments.only) - {program.name for program in programs}:
                print(f"no such program: {', '.join(sorted(unknown))}", file=sys.stderr)
                return 2
            programs = [program for program in programs if program.name in arguments.only]
        for turn in range(arguments.rounds):
            for program in programs:
                for side in SIDES if turn % 2 == 0 else SIDES[::-1]:
                    times, problem = times_of(commands[side], program)
                    keep_smallest(smallest.setdefault((program.name, side), {}), times)
                    if problem:
                        wrong = True
                        print(f"{program.name} {side}: {problem}", file=sys.stderr)
    print(table(smallest, [program.name for program in programs]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
