"""Run the benchmark programs: verify every answer, take turns between the implementations, report medians.

    python benchmarks/harness.py --ruff build/ruff --rounds 5 --output results.jsonl

Every run is one fresh process. In each round every implementation runs every program once (A B C A B C), so that a
change of the machine's mood hits all alike. See rules.md for what the numbers mean.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

PROGRAMS = Path(__file__).resolve().parent / "programs"
STARTUP = "hello"  # the program that measures process start; it is left out of the means
BASELINE = "cpython"
TIME_LIMIT = 300.0


@dataclass(frozen=True)
class Implementation:
    """One way to run a program: the words before the file (empty: the file is the executable)."""

    name: str
    extension: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """One line of the output file. Times in seconds; `memory` is the peak resident size in KiB."""

    program: str
    implementation: str
    round: int
    wall: float
    cpu: float
    memory: int
    correct: bool
    problem: str


def found_implementations(ruff: Path | None, python: str, guest_python: Path | None = None) -> list[Implementation]:
    """What can be run on this machine, in the order of the table's columns."""
    found = [Implementation(BASELINE, "py", (python,))]
    if ruff is not None:
        found.append(Implementation("ruff", "ruff", (str(ruff), "run")))
        found.append(Implementation("ruff-nojit", "ruff", (str(ruff), "run", "--jit", "off")))
    if guest_python is not None:
        found.append(Implementation("python", "py", (str(guest_python), "run")))
        found.append(Implementation("python-nojit", "py", (str(guest_python), "run", "--jit", "off")))
    if pypy := shutil.which("pypy3"):
        found.append(Implementation("pypy", "py", (pypy,)))
    if luajit := shutil.which("luajit"):
        found.append(Implementation("luajit", "lua", (luajit,)))
        found.append(Implementation("luajit-nojit", "lua", (luajit, "-joff")))
    if shutil.which("gcc"):
        found.append(Implementation("gcc-O1", "c", ()))
    return found


def compile_c(source: Path, folder: Path) -> Path:
    """Build one C program, without contracting multiplications and additions, which would change float results."""
    target = folder / source.stem
    command = ["gcc", "-O1", "-std=gnu11", "-ffp-contract=off", "-o", str(target), str(source), "-lm"]
    subprocess.run(command, check=True)
    return target


def build_ruff(folder: Path) -> Path:
    """Translate the Ruff interpreter of this checkout."""
    target = folder / "ruff"
    root = PROGRAMS.parent.parent
    paths = [str(root / name) for name in ("framework", "backends", "languages")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*paths, os.environ.get("PYTHONPATH", "")])}
    subprocess.run(
        [sys.executable, "-m", "tracewright", "build", "ruff", "-o", str(target)], check=True, env=environment
    )
    return target


def command_for(implementation: Implementation, program: str, folder: Path) -> list[str]:
    """The words that run a program; C programs have been compiled into `folder`."""
    if implementation.extension == "c":
        return [str(folder / program)]
    return [*implementation.command, str(PROGRAMS / program / f"{program}.{implementation.extension}")]


def measure(command: Sequence[str], expected: bytes) -> tuple[float, float, int, str]:
    """Run once: wall time, processor time, peak memory, and what was wrong ("" where nothing)."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        watchdog = threading.Timer(TIME_LIMIT, process.kill)
        watchdog.start()
        _, status, usage = os.wait4(process.pid, 0)  # rather than process.wait, for the child's own resource usage
        wall = time.perf_counter() - start
        watchdog.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        answer, complaint = output.read(), errors.read().decode(errors="replace").strip()
    problem = ""
    if process.returncode != 0:
        problem = f"exit code {process.returncode}: {complaint[:200]}"
    elif answer != expected:
        problem = f"printed {answer[:80]!r} instead of {expected[:80]!r}"
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, problem


def run_all(
    programs: Sequence[str], implementations: Sequence[Implementation], rounds: int, folder: Path, output: Path | None
) -> list[Run]:
    """All runs in turns; each is written to `output` as soon as it is known."""
    runs: list[Run] = []
    for turn in range(rounds):
        for program in programs:
            expected = (PROGRAMS / program / "expected.txt").read_bytes()
            for implementation in implementations:
                wall, cpu, memory, problem = measure(command_for(implementation, program, folder), expected)
                run = Run(program, implementation.name, turn, wall, cpu, memory, not problem, problem)
                runs.append(run)
                record(run, output)
                if problem:
                    print(f"{program} {implementation.name}: {problem}", file=sys.stderr)
    return runs


def record(run: Run, output: Path | None) -> None:
    """Append one run to the file, with what identifies the machine."""
    if output is not None:
        machine = {"machine": platform.machine(), "system": platform.system(), "time": time.time()}
        with output.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(run) | machine) + "\n")


def medians(runs: Sequence[Run]) -> dict[tuple[str, str], float]:
    """Median wall time for each (program, implementation) whose runs were all correct."""
    walls: dict[tuple[str, str], list[float]] = {}
    wrong = {(run.program, run.implementation) for run in runs if not run.correct}
    for run in runs:
        walls.setdefault((run.program, run.implementation), []).append(run.wall)
    return {key: statistics.median(times) for key, times in walls.items() if key not in wrong}


def geometric_mean(numbers: Sequence[float]) -> float:
    return math.exp(statistics.fmean(map(math.log, numbers)))


def table(runs: Sequence[Run], programs: Sequence[str], names: Sequence[str]) -> str:
    """Milliseconds, and behind them how many times faster than CPython; a dash where an answer was wrong."""
    times = medians(runs)
    width = max(len("geometric mean"), *map(len, programs)) + 1
    lines = ["".ljust(width) + "".join(name.rjust(18) for name in names)]
    ratios: dict[str, list[float]] = {name: [] for name in names}
    for program in programs:
        cells = []
        for name in names:
            if (program, name) not in times:
                cells.append("-".rjust(18))
                continue
            text = f"{times[program, name] * 1000:.1f} ms"
            if (program, BASELINE) in times:
                ratio = times[program, BASELINE] / times[program, name]
                text += f" {ratio:6.1f}x"
                if program != STARTUP:
                    ratios[name].append(ratio)
            cells.append(text.rjust(18))
        lines.append(program.ljust(width) + "".join(cells))
    means = [f"{geometric_mean(ratios[name]):.1f}x ({len(ratios[name])})" if ratios[name] else "-" for name in names]
    lines.append("geometric mean".ljust(width) + "".join(text.rjust(18) for text in means))
    return "\n".join(lines)


def parse_arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ruff", type=Path, help="the native Ruff executable")
    parser.add_argument(
        "--build-ruff", action="store_true", help="translate it first (python -m tracewright build ruff)"
    )
    parser.add_argument(
        "--guest-python",
        type=Path,
        help="the executable of `tracewright build python`, for the same programs as CPython",
    )
    parser.add_argument("--python", default=sys.executable, help="the CPython to compare with")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", metavar="PROGRAM", help="these programs only")
    parser.add_argument("--with", nargs="+", metavar="NAME", dest="chosen", help="these implementations only")
    parser.add_argument("--output", type=Path, help="append one JSON line per run to this file")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Run what was asked for and print the table; 1 where any answer was wrong."""
    arguments = parse_arguments(words)
    known = sorted(path.name for path in PROGRAMS.iterdir() if (path / "expected.txt").exists())
    programs = arguments.only or [STARTUP, *(name for name in known if name != STARTUP)]
    if unknown := set(programs) - set(known):
        print(f"no such program: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ruff = build_ruff(folder) if arguments.build_ruff else arguments.ruff
        guest = arguments.guest_python
        implementations = found_implementations(
            ruff.resolve() if ruff else None, arguments.python, guest.resolve() if guest else None
        )
        if arguments.chosen:
            implementations = [each for each in implementations if each.name in arguments.chosen]
        if any(each.extension == "c" for each in implementations):
            for program in programs:
                compile_c(PROGRAMS / program / f"{program}.c", folder)
        runs = run_all(programs, implementations, arguments.rounds, folder, arguments.output)
    print(table(runs, programs, [each.name for each in implementations]))
    return 0 if all(run.correct for run in runs) else 1


if __name__ == "__main__":
    sys.exit(main())
