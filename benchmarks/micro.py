"""Measure single costs of the built Ruff and print them. Nothing is asserted: read the numbers, compare them with README.md.

python benchmarks/micro.py --ruff build/ruff                  everything
python benchmarks/micro.py --ruff build/ruff --only exits     one group
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path(__file__).resolve().parent / "micro"
NO_BRIDGES = "bridge_threshold=1000000000000"
HELLO_RUNS = 50
FUNCTIONS = 400  # of the program that records much
STATISTIC = re.compile(r"^(?P<name>[a-z][a-z ]*?) +(?P<number>[\d.]+)(?: ms .*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """One process: seconds of wall and processor time, peak memory in KiB, and what it said."""

    wall: float
    cpu: float
    memory: int
    output: str
    errors: str

    def statistics(self) -> dict[str, float]:
        """What `--jit-stats` printed: milliseconds by activity, and counts."""
        return {match["name"]: float(match["number"]) for match in STATISTIC.finditer(self.errors)}


def run(command: Sequence[str]) -> Run:
    """Run a command to its end; a failure ends the whole measurement."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)  # rather than process.wait, for the child's own resource usage
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        texts = output.read().decode(), errors.read().decode()
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}\n{texts[1]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, *texts)


@dataclass(frozen=True)
class Session:
    """What to measure with, and how often."""

    ruff: str
    rounds: int
    folder: Path

    def ruff_run(self, program: Path, *options: str) -> Run:
        """One run of a guest program."""
        return run([self.ruff, "run", *options, str(program)])

    def seconds(self, program: Path, *options: str) -> float:
        """Median processor time of a guest program."""
        return statistics.median(self.ruff_run(program, *options).cpu for _ in range(self.rounds))


# --- the groups ------------------------------------------------------------------------------------------------------
def exits(session: Session) -> None:
    """What it costs to leave machine code by a guard, interpret the rest of the turn and come back."""
    program = PROGRAMS / "guard_exit.ruff"
    left = session.ruff_run(program, "--jit-stats", "--jit", NO_BRIDGES).statistics()["exits"]
    with_bridges = session.seconds(program)
    without = session.seconds(program, "--jit", NO_BRIDGES)
    interpreted = session.seconds(program, "--jit", "off")
    print(f"guard exit and return              {(without - with_bridges) / left * 1e9:8.0f} ns   ({left:.0f} exits)")
    print(f"  the loop with bridges            {with_bridges * 1e3:8.1f} ms")
    print(f"  without (all those exits)        {without * 1e3:8.1f} ms")
    print(f"  interpreted                      {interpreted * 1e3:8.1f} ms")


def warming(session: Session) -> None:
    """How long a loop takes to become machine code, and what recording costs when there is much of it."""
    runs = [
        session.ruff_run(PROGRAMS / "small_loop.ruff", "--jit-stats").statistics() for _ in range(session.rounds * 3)
    ]

    def median(name: str) -> float:
        return statistics.median(each[name] for each in runs)

    recording = median("tracing") + median("optimizing")
    print(f"small loop: process and 600 turns  {median('interpreting') * 1e3:8.0f} us")
    print(
        f"small loop: recording              {recording * 1e3:8.0f} us   ({median('recorded operations'):.0f} operations)"
    )
    print(f"small loop: assembling             {median('assembling') * 1e3:8.0f} us")
    program = session.folder / "many_functions.ruff"
    program.write_text(many_functions(FUNCTIONS), encoding="utf-8")
    many = [session.ruff_run(program, "--jit-stats").statistics() for _ in range(session.rounds)]
    tracing = [(each["tracing"] + each["optimizing"]) * 1e3 / each["recorded operations"] for each in many]
    assembling = [each["assembling"] * 1e3 / each["trace instructions"] for each in many]
    count = many[0]["recorded operations"]
    print(
        f"per recorded operation             {statistics.median(tracing):8.2f} us   ({count:.0f} in {FUNCTIONS} functions)"
    )
    print(f"per assembled instruction          {statistics.median(assembling):8.2f} us")


def many_functions(count: int) -> str:
    """A program of small functions, all a little different, each of them hot."""
    lines = ["mut sum := 0"]
    for k in range(count):
        lines += [
            f"func work{k}(n) {{",
            "    mut total := 0",
            "    mut i := 0",
            "    while i < n {",
            f"        total := total + i * {k + 1}",
            f"        if i % {k % 7 + 2} == 0 {{ total := total - {k} }}",
            f"        total := (total + {k * 3 + 1}) % 1000003",
            "        i := i + 1",
            "    }",
            "    return total",
            "}",
            f"sum := sum + work{k}(1000)",
        ]
    return "\n".join([*lines, "print(sum)", ""])


def memory(session: Session) -> None:
    """Peak memory of programs that make ten million objects, nearly all of them garbage at once."""
    for name in ("many_strings", "many_dicts", "many_structs"):
        program = PROGRAMS / f"{name}.ruff"
        for label, options in (("jit", ()), ("interpreted", ("--jit", "off"))):
            result = session.ruff_run(program, *options)
            print(f"{f'{name}, {label}':34} {result.memory / 1024:8.1f} MB   {result.cpu:5.2f} s")


def starting(session: Session) -> None:
    """A whole process that prints one line."""
    walls = [session.ruff_run(PROGRAMS / "hello.ruff").wall for _ in range(HELLO_RUNS)]
    print(
        f"hello world, whole process         {statistics.median(walls) * 1e3:8.2f} ms   (best {min(walls) * 1e3:.2f})"
    )


GROUPS: dict[str, Callable[[Session], None]] = {
    "exits": exits,
    "warming": warming,
    "memory": memory,
    "starting": starting,
}


def main(words: Sequence[str] | None = None) -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ruff", type=Path, required=True, help="the native Ruff executable")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=list(GROUPS), metavar="GROUP", help=", ".join(GROUPS))
    arguments = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        session = Session(str(arguments.ruff.resolve()), arguments.rounds, Path(folder))
        for name in arguments.only or GROUPS:
            GROUPS[name](session)
    return 0


if __name__ == "__main__":
    sys.exit(main())
