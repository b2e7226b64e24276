"""Run the larger programs: verify every answer, take turns between the implementations, report the first call and the best.

    python benchmarks/larger.py --ruff build/ruff --processes 3 --rounds 10 --output results.jsonl

The kernels of `harness.py` are timed as whole processes. A larger program has a function `run`, which one process calls several
times and times itself, so that two things can be told apart: the *first* call, in which a program of this size mostly still
warms up, and the *best*. See rules.md.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from harness import Implementation, build_ruff, found_implementations, geometric_mean
from small_functions import NAME as SMALL_FUNCTIONS
from small_functions import text as small_functions_text

PROGRAMS = Path(__file__).resolve().parent / "larger_programs"
SUBJECT = "ruff"  # the implementation whose times are compared with the others'
PEERS = ("node", "luajit", "pypy")
TIME_LIMIT = 300.0


@dataclass(frozen=True)
class Process:
    """One process: milliseconds of each call of `run`, or what went wrong."""

    program: str
    implementation: str
    calls: tuple[float, ...]
    problem: str


@dataclass(frozen=True)
class Times:
    """Medians over the processes, in milliseconds: the first call, and the fastest."""

    first: float
    best: float


def known_programs() -> list[str]:
    return sorted([*(path.parent.name for path in PROGRAMS.glob("*/expected.txt")), SMALL_FUNCTIONS])


def program_text(program: str, language: str) -> str:
    """The program with the driver behind it that calls `run` and prints times and answers."""
    if program == SMALL_FUNCTIONS:
        text = small_functions_text(language)
    else:
        text = (PROGRAMS / program / f"{program}.{language}").read_text(encoding="utf-8")
    return text + (PROGRAMS / f"driver.{language}").read_text(encoding="utf-8")


def exists(program: str, language: str) -> bool:
    """Is there a version in this language? (C only has the programs that compare with machine code.)"""
    return (program == SMALL_FUNCTIONS and language != "c") or (PROGRAMS / program / f"{program}.{language}").exists()


def expected_answer(program: str) -> str:
    return (
        SMALL_FUNCTIONS_ANSWER
        if program == SMALL_FUNCTIONS
        else (PROGRAMS / program / "expected.txt").read_text().strip()
    )


SMALL_FUNCTIONS_ANSWER = "259"


def implementations(ruff: Path | None, python: str) -> list[Implementation]:
    """Those of the kernels, and node."""
    found = found_implementations(ruff, python)
    if node := shutil.which("node"):
        found.append(Implementation("node", "js", (node,)))
    return found


def prepare(program: str, implementation: Implementation, folder: Path) -> list[str]:
    """Write the program with its driver, compile it if it is C; the words that run it, without the number of rounds."""
    source = folder / f"{program}.{implementation.extension}"
    source.write_text(program_text(program, implementation.extension), encoding="utf-8")
    if implementation.extension != "c":
        return [*implementation.command, str(source)]
    target = folder / program
    command = ["gcc", "-O1", "-std=gnu11", "-ffp-contract=off", "-o", str(target), str(source), "-lm"]
    subprocess.run(command, check=True)
    return [str(target)]


def run_process(
    program: str, implementation: Implementation, command: Sequence[str], rounds: int, expected: str | None = None
) -> Process:
    """Run once and read what the driver printed: `round MILLISECONDS ANSWER` for each call; `expected` unless the program's own."""
    try:
        finished = subprocess.run(
            [*command, str(rounds)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Process(program, implementation.name, (), f"not done after {TIME_LIMIT:.0f} seconds")
    calls = []
    expected = expected_answer(program) if expected is None else expected
    for line in finished.stdout.splitlines():
        _, milliseconds, answer = line.split(maxsplit=2)
        if answer != expected:
            return Process(program, implementation.name, (), f"answered {answer} instead of {expected}")
        calls.append(float(milliseconds))
    if finished.returncode != 0 or len(calls) != rounds:
        return Process(
            program, implementation.name, (), f"exit code {finished.returncode}: {finished.stderr.strip()[:200]}"
        )
    return Process(program, implementation.name, tuple(calls), "")


def summary(processes: Sequence[Process]) -> dict[tuple[str, str], Times]:
    """For each program and implementation whose answers were all right."""
    grouped: dict[tuple[str, str], list[Process]] = {}
    for process in processes:
        grouped.setdefault((process.program, process.implementation), []).append(process)
    return {
        key: Times(statistics.median(p.calls[0] for p in group), statistics.median(min(p.calls) for p in group))
        for key, group in grouped.items()
        if not any(process.problem for process in group)
    }


def table(times: Mapping[tuple[str, str], Times], programs: Sequence[str], names: Sequence[str]) -> str:
    """First call and best call in milliseconds; behind ours, how often the best peer's time."""
    width = max(len("geometric mean"), *map(len, programs)) + 1
    lines = ["".ljust(width) + "".join(f"{name + ' first':>20}{'best':>9}" for name in names)]
    for program in programs:
        cells = []
        for name in names:
            found = times.get((program, name))
            cells.append(f"{found.first:20.2f}{found.best:9.2f}" if found else f"{'-':>20}{'-':>9}")
        lines.append(program.ljust(width) + "".join(cells))
    lines += ["", f"{SUBJECT}'s time as a multiple of a peer's (below 1: {SUBJECT} is faster)"]
    for peer in [*(name for name in PEERS if name in names), "the best peer"]:
        pairs = [(program, compared(times, program, peer, names)) for program in programs]
        both = [(program, ratios) for program, ratios in pairs if ratios]
        if both:
            first = geometric_mean([ratios[0] for _, ratios in both])
            best = geometric_mean([ratios[1] for _, ratios in both])
            worst = max(both, key=lambda pair: pair[1][1])
            lines.append(
                f"{peer:>16}: first {first:.2f}, best {best:.2f} (geometric means of {len(both)}); "
                f"worst best: {worst[0]} {worst[1][1]:.1f}"
            )
    return "\n".join(lines)


def compared(
    times: Mapping[tuple[str, str], Times], program: str, peer: str, names: Sequence[str]
) -> tuple[float, float] | None:
    """First and best of ours, divided by those of the peer or of the best of all peers."""
    ours = times.get((program, SUBJECT))
    chosen = [name for name in PEERS if name in names] if peer == "the best peer" else [peer]
    others = [times[program, name] for name in chosen if (program, name) in times]
    if ours is None or not others:
        return None
    return ours.first / min(other.first for other in others), ours.best / min(other.best for other in others)


def parse_arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ruff", type=Path, help="the native Ruff executable")
    parser.add_argument("--build-ruff", action="store_true", help="translate it first")
    parser.add_argument("--python", default=sys.executable, help="the CPython to compare with")
    parser.add_argument(
        "--processes", type=int, default=3, help="processes of each program and implementation, in turns"
    )
    parser.add_argument("--rounds", type=int, default=10, help="calls of `run` in each process")
    parser.add_argument("--only", nargs="+", metavar="PROGRAM", help="these programs only")
    parser.add_argument("--with", nargs="+", metavar="NAME", dest="chosen", help="these implementations only")
    parser.add_argument("--output", type=Path, help="append one JSON line per process to this file")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Run what was asked for and print the table; 1 where any answer was wrong."""
    arguments = parse_arguments(words)
    known = known_programs()
    programs = arguments.only or known
    if unknown := set(programs) - set(known):
        print(f"no such program: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    processes: list[Process] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ruff = build_ruff(folder) if arguments.build_ruff else arguments.ruff
        chosen = implementations(ruff.resolve() if ruff else None, arguments.python)
        if arguments.chosen:
            chosen = [each for each in chosen if each.name in arguments.chosen]
        pairs = [(program, each) for program in programs for each in chosen if exists(program, each.extension)]
        commands = {(program, each.name): prepare(program, each, folder) for program, each in pairs}
        for _ in range(arguments.processes):
            for program, each in pairs:
                process = run_process(program, each, commands[program, each.name], arguments.rounds)
                processes.append(process)
                if process.problem:
                    print(f"{program} {each.name}: {process.problem}", file=sys.stderr)
                if arguments.output:
                    with arguments.output.open("a", encoding="utf-8") as stream:
                        stream.write(json.dumps(asdict(process)) + "\n")
    print(table(summary(processes), programs, [each.name for each in chosen]))
    return 1 if any(process.problem for process in processes) else 0


if __name__ == "__main__":
    sys.exit(main())
