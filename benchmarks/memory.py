"""Run the programs that are about memory: how long building takes, what lives beside short-lived objects costs, pauses, resident memory.

    python benchmarks/memory.py --ruff build/ruff --js build/js --megabytes 1000 --steps 200

Each program (`memory_programs/`) builds what stays alive, about as many megabytes as it is told, and then does small steps, which it times
itself: the *worst* step shows the longest pause as the program feels it. Every answer is compared with the other implementations'. See
rules.md; what is particular here is at the head of `warm_up_memory`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from harness import Implementation

PROGRAMS = Path(__file__).resolve().parent / "memory_programs"
BESIDE = "beside_"  # programs so named do the same steps whatever is alive ...
LITTLE = " (1 MB)"  # ... so they run a second time, with a megabyte of it
AT_REST = 64.0  # megabytes that a process may keep of what it has dropped
STANDARD_SIZE = (1000, 200)  # megabytes, steps
SIZES = {
    "filling_table": (1000, 10),
    "binary_trees": (1, 28),
}  # a million entries, ten times; four rounds of seven depths
TIME_LIMIT = 300.0
SAMPLE_SECONDS = 0.02
PAGE_KB = os.sysconf("SC_PAGESIZE") // 1024
WARM_UP = """
import ctypes, mmap
memory = mmap.mmap(-1, MEGABYTES << 20)
ctypes.memset(ctypes.addressof(ctypes.c_char.from_buffer(memory)), 1, MEGABYTES << 20)
"""


@dataclass(frozen=True)
class Run:
    """One process. Times in milliseconds, memory in megabytes; `pause` and `alive` are what the collector says, where it can be asked,
    `back` how long after `prepare` the process fell to AT_REST for good."""

    program: str
    implementation: str
    numbers: dict[str, float] = field(default_factory=dict)
    answer: str = ""
    problem: str = ""


def known_programs() -> list[str]:
    return sorted(path.name for path in PROGRAMS.iterdir() if path.is_dir())


def implementations(ruff: Path | None, js: Path | None, python: Path | None) -> list[Implementation]:
    """Ours with their statistics, and the peers that are installed."""
    found = []
    if ruff:
        found.append(Implementation("ruff", "ruff", (str(ruff), "--stats", "run")))
    if js:
        found.append(Implementation("js", "js", (str(js), "--stats")))
    if python:
        found.append(Implementation("python", "py", (str(python), "--stats")))
    for name, extension, executable in (("node", "js", "node"), ("pypy", "py", "pypy3")):
        if path := shutil.which(executable):
            found.append(Implementation(name, extension, (path,)))
    return found


def program_text(program: str, extension: str, megabytes: int, steps: int) -> str:
    """The program with its size and the driver behind it."""
    sizes = {
        "ruff": f"const MEGABYTES := {megabytes}\nconst STEPS := {steps}\n",
        "js": f"const MEGABYTES = {megabytes};\nconst STEPS = {steps};\n",
        "py": f"\nMEGABYTES = {megabytes}\nSTEPS = {steps}\n",
    }
    text = (PROGRAMS / program / f"{program}.{extension}").read_text(encoding="utf-8")
    return text + sizes[extension] + (PROGRAMS / f"driver.{extension}").read_text(encoding="utf-8")


def warm_up_memory(megabytes: int) -> None:
    """Touch as much memory as a program will. A virtual machine gets its memory from the host at the first touch, and that may take
    many times as long as the system needs for a page; what was free for a while may have gone back to the host. So it is done before each
    process: who comes first would pay for all."""
    subprocess.run([sys.executable, "-c", WARM_UP.replace("MEGABYTES", str(megabytes))], check=True)


class Watch(threading.Thread):
    """Looks now and then at how much memory a process has, until it ends."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.file = Path(f"/proc/{process}/statm")
        self.started = time.perf_counter()
        self.last = 0.0
        self.peak = 0.0
        self.above = 0.0  # seconds after the start when there was last more than AT_REST
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(SAMPLE_SECONDS):
            try:
                pages = int(self.file.read_text().split()[1])
            except (OSError, IndexError):
                return
            if pages > 0:  # a process that is ending has given everything back
                self.last = pages * PAGE_KB / 1024
                self.peak = max(self.peak, self.last)
                if self.last > AT_REST:
                    self.above = time.perf_counter() - self.started


def run_once(program: str, implementation: Implementation, megabytes: int, steps: int, folder: Path) -> Run:
    """One process, and what it and its collector said."""
    file = folder / f"{program}.{implementation.extension}"
    file.write_text(program_text(program, implementation.extension, megabytes, steps), encoding="utf-8")
    process = subprocess.Popen(
        [*implementation.command, str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    watch = Watch(process.pid)
    watch.start()
    try:
        output, errors = process.communicate(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return Run(program, implementation.name, problem=f"not done after {TIME_LIMIT:.0f} seconds")
    finally:
        watch.over.set()
        watch.join()
    if process.returncode != 0:
        return Run(program, implementation.name, problem=f"exit code {process.returncode}: {errors.strip()[:200]}")
    numbers, answer = read_output(output, errors)
    numbers |= {"peak": watch.peak, "at end": watch.last}
    if watch.peak > 2 * AT_REST and watch.last <= AT_REST and "prepare" in numbers:
        numbers["back"] = max(1000 * watch.above - numbers["prepare"], 0.0)
    return Run(program, implementation.name, numbers, answer)


def read_output(output: str, errors: str) -> tuple[dict[str, float], str]:
    """What the driver printed, and the collector's own words among the statistics."""
    numbers, answer = {}, ""
    for line in output.splitlines():
        name, _, value = line.partition(" ")
        if name == "answer":
            answer = value
        elif name in ("prepare", "steps", "worst"):
            numbers[name] = float(value)
    if found := re.search(r"^longest pause +([\d.]+) ms", errors, re.MULTILINE):
        numbers["pause"] = float(found[1])
    if found := re.search(r"^bytes alive +(\d+)", errors, re.MULTILINE):
        numbers["alive"] = int(found[1]) / (1 << 20)
    return numbers, answer


COLUMNS = ("prepare", "steps", "worst", "pause", "alive", "peak", "at end", "back")


def medians(runs: Sequence[Run]) -> dict[tuple[str, str], dict[str, float]]:
    """For each program and implementation whose answers were all right."""
    grouped: dict[tuple[str, str], list[Run]] = {}
    for run in runs:
        grouped.setdefault((run.program, run.implementation), []).append(run)
    return {
        key: {
            name: statistics.median(run.numbers[name] for run in group)
            for name in group[0].numbers
            if all(name in run.numbers for run in group)
        }
        for key, group in grouped.items()
        if not any(run.problem for run in group)
    }


def table(found: dict[tuple[str, str], dict[str, float]], programs: Sequence[str], names: Sequence[str]) -> str:
    """A row each. Times also as multiples of node's; steps as multiples of the same program's with a megabyte alive; and the peak, less
    AT_REST, as a multiple of what is alive."""
    head = f"{'':20}{'':8}" + "".join(f"{name:>9}" for name in (*COLUMNS, "/ node", "/ little", "/ alive"))
    lines = [head]
    for program in programs:
        for name in names:
            numbers = found.get((program, name))
            if numbers is None:
                continue
            cells = [f"{numbers[column]:9.1f}" if column in numbers else f"{'-':>9}" for column in COLUMNS]
            total = numbers["prepare"] + numbers["steps"]
            peer = found.get((program, "node"))
            little = found.get((program + LITTLE, name))
            alive = numbers.get("alive", 0.0)
            cells.append(f"{total / (peer['prepare'] + peer['steps']):9.2f}" if peer else f"{'-':>9}")
            cells.append(f"{numbers['steps'] / little['steps']:9.2f}" if little else f"{'-':>9}")
            cells.append(f"{(numbers['peak'] - AT_REST) / alive:9.2f}" if alive > AT_REST else f"{'-':>9}")
            lines.append(f"{program:20}{name:8}" + "".join(cells))
    return "\n".join(lines)


def check_answers(runs: Sequence[Run]) -> list[Run]:
    """A run whose answer differs from that of most is wrong."""
    checked = []
    for run in runs:
        answers = [other.answer for other in runs if other.program == run.program and not other.problem]
        wrong = not run.problem and run.answer != statistics.mode(answers)
        problem = f"answered {run.answer}, others {statistics.mode(answers)}" if wrong else run.problem
        checked.append(Run(run.program, run.implementation, run.numbers, run.answer, problem))
    return checked


def main(words: Sequence[str] | None = None) -> int:
    """Run what was asked for and print the table; 1 where any answer was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ruff", type=Path, help="the native Ruff executable")
    parser.add_argument("--js", type=Path, help="the native JavaScript executable")
    parser.add_argument("--guest-python", type=Path, help="the native Python executable")
    parser.add_argument("--megabytes", type=int, help=f"what lives (default {STANDARD_SIZE[0]}, some programs less)")
    parser.add_argument("--steps", type=int, help=f"how many steps (default {STANDARD_SIZE[1]}, some programs fewer)")
    parser.add_argument("--rounds", type=int, default=3, help="processes of each program and implementation, in turns")
    parser.add_argument("--warm-up", type=int, default=2000, help="megabytes to touch before each process; 0: none")
    parser.add_argument("--only", nargs="+", metavar="PROGRAM", default=known_programs(), choices=known_programs())
    parser.add_argument("--with", nargs="+", metavar="NAME", dest="chosen", help="these implementations only")
    parser.add_argument("--output", type=Path, help="append one JSON line per process to this file")
    arguments = parser.parse_args(words)
    chosen = implementations(arguments.ruff, arguments.js, arguments.guest_python)
    chosen = [each for each in chosen if not arguments.chosen or each.name in arguments.chosen]
    runs = []
    with tempfile.TemporaryDirectory() as name:
        for _ in range(arguments.rounds):
            for program in arguments.only:
                standard = SIZES.get(program, STANDARD_SIZE)
                megabytes, steps = arguments.megabytes or standard[0], arguments.steps or standard[1]
                for each in chosen:
                    if (PROGRAMS / program / f"{program}.{each.extension}").exists():
                        if arguments.warm_up:
                            warm_up_memory(arguments.warm_up)
                        runs.append(run_once(program, each, megabytes, steps, Path(name)))
                        if program.startswith(BESIDE):
                            run = run_once(program, each, 1, steps, Path(name))
                            runs.append(replace(run, program=program + LITTLE))
    runs = check_answers(runs)
    for run in runs:
        if run.problem:
            print(f"{run.program} {run.implementation}: {run.problem}", file=sys.stderr)
        if arguments.output:
            with arguments.output.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(asdict(run)) + "\n")
    print(table(medians(runs), arguments.only, [each.name for each in chosen]))
    return 1 if any(run.problem for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
