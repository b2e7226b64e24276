"""JavaScript on Tracewright beside other engines: the kernels, the larger programs, and programs of JavaScript's own kind.

    python benchmarks/javascript.py --js build/js --processes 1 --rounds 8

Every program has a function `run`, which one process calls several times and times itself (`larger.py` says why). Beside our engine, with the JIT and without, run
node, node without its compilers (`--jitless`), QuickJS where Python's package of that name is installed, and LuaJIT where the program exists in Lua.
The table ends with geometric means of our times divided by theirs.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import larger
from harness import PROGRAMS as KERNELS
from harness import Implementation, geometric_mean
from larger import Process, Times, run_process, summary
from small_functions import NAME as SMALL_FUNCTIONS
from small_functions import text as small_functions_text

OWN_PROGRAMS = Path(__file__).resolve().parent / "javascript_programs"
DRIVER = larger.PROGRAMS / "driver.js"
SUBJECT, COLD = "js", "js-nojit"
# What is compared with what: the columns of the floors.
COMPARISONS = ((SUBJECT, "node"), (SUBJECT, "luajit"), (COLD, "quickjs"), (COLD, "node-jitless"))


@dataclass(frozen=True)
class Program:
    """One program: its text without the driver, and what each call of `run` must answer."""

    name: str
    group: str
    text: str
    expected: str


def kernels() -> list[Program]:
    """Those of `harness.py`, whose JavaScript form has a function `run`."""
    files = sorted(KERNELS.glob("*/*.js"))
    return [Program(file.stem, "kernels", file.read_text(), answer_in(file.parent / "expected.txt")) for file in files]


def larger_programs() -> list[Program]:
    """Those of `larger.py`."""
    found = []
    for name in larger.known_programs():
        if name == SMALL_FUNCTIONS:
            text = small_functions_text("js")
        else:
            text = (larger.PROGRAMS / name / f"{name}.js").read_text(encoding="utf-8")
        found.append(Program(name, "larger", text, larger.expected_answer(name)))
    return found


def own_programs() -> list[Program]:
    """Programs that are JavaScript's alone; the first line of the text ends with the answer."""
    found = []
    for file in sorted(OWN_PROGRAMS.glob("*.js")):
        found.append(Program(file.stem, "own", file.read_text(), answer_in(file.with_suffix(".expected"))))
    return found


def answer_in(file: Path) -> str:
    """The expected answer, on one line as the driver prints it."""
    return " ".join(file.read_text(encoding="utf-8").split())


def all_programs() -> list[Program]:
    return [*kernels(), *larger_programs(), *own_programs()]


def implementations(js: Path | None) -> list[Implementation]:
    """What can be run on this machine, in the order of the table's columns."""
    found = []
    if js is not None:
        found.append(Implementation(SUBJECT, "js", (str(js), "run")))
        found.append(Implementation(COLD, "js", (str(js), "run", "--jit", "off")))
    if node := shutil.which("node"):
        found.append(Implementation("node", "js", (node,)))
        found.append(Implementation("node-jitless", "js", (node, "--jitless")))
    if importlib.util.find_spec("quickjs") is not None:
        runner = Path(__file__).resolve().parent / "quickjs_runner.py"
        found.append(Implementation("quickjs", "js", (sys.executable, str(runner))))
    if luajit := shutil.which("luajit"):
        found.append(Implementation("luajit", "lua", (luajit,)))
    return found


def prepare(program: Program, implementation: Implementation, folder: Path, rounds: int) -> list[str]:
    """Write the program with its driver; the words that run it. Empty where it is not in that language."""
    if implementation.extension == "lua":
        if program.group != "larger":
            return []
        source = folder / f"{program.name}.lua"
        source.write_text(larger.program_text(program.name, "lua"), encoding="utf-8")
    else:
        source = folder / f"{program.name}.js"
        driver = DRIVER.read_text(encoding="utf-8").replace(
            "Number(process.argv[2])", str(rounds)
        )  # not all have `process`
        source.write_text(program.text + driver, encoding="utf-8")
    return [*implementation.command, str(source)]


def table(times: Mapping[tuple[str, str], Times], programs: Sequence[Program], names: Sequence[str]) -> str:
    """First and best call of each in milliseconds, ours divided by node's behind them, then the means for each group."""
    lines = [
        "".ljust(18) + "".join(f"{name + ' first':>20}{'best':>9}" for name in names) + f"{'js/node':>12}{'best':>7}"
    ]
    for program in programs:
        cells = []
        for name in names:
            found = times.get((program.name, name))
            cells.append(f"{found.first:20.2f}{found.best:9.2f}" if found else f"{'-':>20}{'-':>9}")
        both = ratios(times, [program], SUBJECT, "node")
        cells.append(f"{both[0][0]:12.2f}{both[0][1]:7.2f}" if both else "")
        lines.append(program.name.ljust(18) + "".join(cells))
    for group in ("kernels", "larger", "own"):
        members = [program for program in programs if program.group == group]
        for ours, theirs in COMPARISONS:
            both = ratios(times, members, ours, theirs)
            if both:
                first, best = (geometric_mean([pair[k] for pair in both]) for k in (0, 1))
                worst = max(pair[1] for pair in both)
                lines.append(
                    f"{group}: {ours} / {theirs}: first {first:.2f}, best {best:.2f}, worst best {worst:.2f} ({len(both)})"
                )
    return "\n".join(lines)


def ratios(
    times: Mapping[tuple[str, str], Times], programs: Sequence[Program], ours: str, theirs: str
) -> list[tuple[float, float]]:
    """Our first and best call divided by another implementation's, for each program that both have run."""
    pairs = [(times.get((program.name, ours)), times.get((program.name, theirs))) for program in programs]
    return [(own.first / other.first, own.best / other.best) for own, other in pairs if own and other]


def parse_arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--js", type=Path, help="the executable of `tracewright build javascript`")
    parser.add_argument(
        "--processes", type=int, default=1, help="processes of each program and implementation, in turns"
    )
    parser.add_argument("--rounds", type=int, default=8, help="calls of `run` in each process")
    parser.add_argument("--only", nargs="+", metavar="PROGRAM", help="these programs, or groups: kernels, larger, own")
    parser.add_argument("--with", nargs="+", metavar="NAME", dest="chosen", help="these implementations only")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Run what was asked for and print the table; 1 where any answer was wrong."""
    arguments = parse_arguments(words)
    programs = all_programs()
    if arguments.only:
        programs = [each for each in programs if each.name in arguments.only or each.group in arguments.only]
    chosen = implementations(arguments.js.resolve() if arguments.js else None)
    if arguments.chosen:
        chosen = [each for each in chosen if each.name in arguments.chosen]
    processes: list[Process] = []
    with tempfile.TemporaryDirectory() as name:
        for _ in range(arguments.processes):
            for program in programs:
                for each in chosen:
                    command = prepare(program, each, Path(name), arguments.rounds)
                    if command:
                        process = run_process(program.name, each, command, arguments.rounds, program.expected)
                        processes.append(process)
                        if process.problem:
                            print(f"{program.name} {each.name}: {process.problem}", file=sys.stderr)
    print(table(summary(processes), programs, [each.name for each in chosen]))
    return 1 if any(process.problem for process in processes) else 0


if __name__ == "__main__":
    sys.exit(main())
