"""Run programs of the pyperformance suite, unmodified, with Tracewright's Python beside CPython and PyPy.

    python benchmarks/python_suite.py --guest-python build/twpython --runs 20

The programs are those of the installed package `pyperformance`; `pyperf`, which they import, is the stand-in beside this file. One process
runs a program's benchmarks so many times and prints what each run took. The *best* run shows what machine code can do, the *total*
includes the warm-up. A program with several benchmarks counts once in the means, with the geometric mean of its benchmarks.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from harness import geometric_mean

SUBJECT = "python"
STAND_IN = Path(__file__).resolve().parent / "pyperf_stand_in"
TIME_LIMIT = 300.0
PROGRAMS = (
    "async_generators",
    "barnes_hut",
    "chaos",
    "comprehensions",
    "coroutines",
    "decimal_pi",
    "deepcopy",
    "deltablue",
    "fannkuch",
    "float",
    "generators",
    "go",
    "hexiom",
    "json_dumps",
    "json_loads",
    "logging",
    "mdp",
    "meteor_contest",
    "nbody",
    "nqueens",
    "pidigits",
    "pprint",
    "pyflate",
    "raytrace",
    "regex_dna",
    "regex_effbot",
    "regex_v8",
    "richards",
    "richards_super",
    "scimark",
    "spectral_norm",
    "telco",
    "unpack_sequence",
)
"""Those that need the language and the standard library only."""


@dataclass(frozen=True)
class Measured:
    """One process: the seconds of each run by benchmark, or what went wrong."""

    program: str
    implementation: str
    runs: dict[str, list[float]]
    problem: str


def suite_folder() -> Path | None:
    """Where the suite's programs are; None where it is not installed."""
    found = importlib.util.find_spec("pyperformance")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "data-files" / "benchmarks"


def implementations(guest_python: Path | None, python: str) -> dict[str, list[str]]:
    """The words before a program's file, by name, in the order of the table's columns."""
    found = {"cpython": [python]}
    if guest_python is not None:
        found[SUBJECT] = [str(guest_python.resolve()), "run"]
    if pypy := shutil.which("pypy3"):
        found["pypy"] = [pypy]
    return found


def measure(program: str, name: str, command: Sequence[str], folder: Path, runs: int) -> Measured:
    """Run a program's benchmarks in one process."""
    file = folder / f"bm_{program}" / "run_benchmark.py"
    try:
        finished = subprocess.run(
            [*command, str(file), f"--runs={runs}"],
            env={**os.environ, "PYTHONPATH": str(STAND_IN)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Measured(program, name, {}, f"not done after {TIME_LIMIT:.0f} seconds")
    times: dict[str, list[float]] = {}
    for line in finished.stdout.splitlines():
        benchmark, tab, seconds = line.rpartition("\t")
        if tab:
            times.setdefault(benchmark, []).append(float(seconds))
    if finished.returncode != 0 or not times or any(len(each) != runs for each in times.values()):
        last = finished.stderr.strip().rpartition("\n")[2]
        return Measured(program, name, {}, f"exit code {finished.returncode}: {last[:150]}")
    return Measured(program, name, times, "")


def ratio(ours: Measured, theirs: Measured, whole: bool) -> float:
    """Our time as a multiple of theirs: of the best run, or of the total of all runs, in the benchmarks that both have."""
    pick = sum if whole else min
    both = [name for name in ours.runs if name in theirs.runs]
    return geometric_mean([pick(ours.runs[name]) / pick(theirs.runs[name]) for name in both])


def table(measured: Mapping[tuple[str, str], Measured], programs: Sequence[str], names: Sequence[str]) -> str:
    """Milliseconds of the best run and of all, and our time as a multiple of the others'."""
    others = [name for name in names if name != SUBJECT]
    width = max(len("geometric mean"), *map(len, programs)) + 1
    head = "".ljust(width) + "".join(f"{name + ' best':>14}{'total':>10}" for name in names)
    lines = [head + "".join(f"{'best/' + name:>14}{'total':>7}" for name in others)]
    ratios: dict[str, list[tuple[float, float]]] = {name: [] for name in others}
    for program in programs:
        cells = []
        for name in names:
            found = measured.get((program, name))
            if found is None or found.problem:
                cells.append(f"{'-':>14}{'-':>10}")
            else:
                best = sum(min(times) for times in found.runs.values())
                total = sum(sum(times) for times in found.runs.values())
                cells.append(f"{1000 * best:14.2f}{1000 * total:10.1f}")
        ours = measured.get((program, SUBJECT))
        for name in others:
            theirs = measured.get((program, name))
            if ours is None or theirs is None or ours.problem or theirs.problem:
                cells.append(f"{'-':>14}{'-':>7}")
            else:
                pair = ratio(ours, theirs, whole=False), ratio(ours, theirs, whole=True)
                ratios[name].append(pair)
                cells.append(f"{pair[0]:14.2f}{pair[1]:7.2f}")
        lines.append(program.ljust(width) + "".join(cells))
    lines.append("")
    for name, pairs in ratios.items():
        if pairs:
            best, total = (geometric_mean([pair[k] for pair in pairs]) for k in (0, 1))
            lines.append(
                f"{SUBJECT}'s time as a multiple of {name}'s ({len(pairs)} programs): best {best:.2f}, total {total:.2f}"
            )
    return "\n".join(lines)


def parse_arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--guest-python", type=Path, help="the native Python executable")
    parser.add_argument("--python", default=sys.executable, help="the CPython to compare with")
    parser.add_argument("--runs", type=int, default=20, help="runs of each benchmark in its process")
    parser.add_argument("--only", nargs="+", metavar="PROGRAM", help="these programs only")
    parser.add_argument("--with", nargs="+", metavar="NAME", dest="chosen", help="these implementations only")
    parser.add_argument("--output", type=Path, help="append one JSON line per process to this file")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Run what was asked for and print the table; 1 where a program did not work."""
    arguments = parse_arguments(words)
    folder = suite_folder()
    if folder is None:
        print("the suite is missing: pip install pyperformance", file=sys.stderr)
        return 2
    programs = arguments.only or PROGRAMS
    if unknown := [program for program in programs if not (folder / f"bm_{program}").is_dir()]:
        print(f"the suite has no {', '.join(unknown)}", file=sys.stderr)
        return 2
    chosen = implementations(arguments.guest_python, arguments.python)
    if arguments.chosen:
        chosen = {name: command for name, command in chosen.items() if name in arguments.chosen}
    measured: dict[tuple[str, str], Measured] = {}
    for program in programs:
        for name, command in chosen.items():
            found = measure(program, name, command, folder, arguments.runs)
            measured[program, name] = found
            if found.problem:
                print(f"{program} {name}: {found.problem}", file=sys.stderr)
            if arguments.output:
                with arguments.output.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps(asdict(found)) + "\n")
    print(table(measured, programs, list(chosen)))
    return 1 if any(found.problem for found in measured.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
