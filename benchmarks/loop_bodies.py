"""How many machine instructions the hot loops of the benchmark programs have on each machine. Nothing is asserted: read the table.

python benchmarks/loop_bodies.py                      all fifteen programs, for this machine and the others that can run here
python benchmarks/loop_bodies.py --only sieve towers

A number is the sum over the program's loops of the instructions between the head of the loop and the branch back to it, and over
its compiled functions and bridges of those of the main line. What is out of line (exits, slow paths) does not count. The code of
other machines runs under an emulator, so numbers of instructions say more than times.
"""

from __future__ import annotations

import argparse
import math
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tracewright.tools.executables import built_executable
from tracewright.tools.languages import language_named
from tracewright.tools.trace_log import LoggedTrace, TraceLog, read_log
from tracewright.tools.trace_view import disassemble
from tracewright.translate.emit_c.target import TARGETS, Target

PROGRAMS = Path(__file__).resolve().parent / "programs"
ADDRESS = re.compile(r"#?(0x[0-9a-f]+)$")
RETURN_OR_LEAVE = ("ret", "jmp", "b")


def main_line(trace: LoggedTrace, machine: str | None) -> int:
    """The instructions of a loop's body, or of a function from its start to its end."""
    instructions = disassemble(trace, machine)
    starts = [(operation.offset, operation.text) for operation in trace.operations if operation.offset >= 0]
    label = next((offset for offset, text in starts if text.startswith("label")), None)
    first = label if label is not None else 0
    last = starts[-1][0]  # of the JUMP, FINISH or LINK at the end
    count = 0
    for offset, text in instructions:
        if offset < first or text.startswith("nop"):
            continue
        count += 1
        if offset >= last and ends(text, trace.address + first, trace.address + offset):
            return count
    return count


def ends(text: str, head: int, here: int) -> bool:
    """Whether the instruction goes back to the head, or away for good."""
    target = ADDRESS.search(text)
    back = target is not None and head <= int(target[1], 16) <= here and text.split()[0] not in ("mov", "cmp")
    return back or text.split()[0] in RETURN_OR_LEAVE


def traces_of(program: Path, target: Target) -> TraceLog:
    """Run the program with a log."""
    executable = built_executable(language_named("ruff"), jit=True, target=target)
    prefix = [] if target.is_host else list(target.emulator)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        command = [*prefix, str(executable), "run", "--jit-log", str(log), str(program)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=3600)
        return read_log(log.read_text(encoding="utf-8", errors="replace"))


def instructions_in(log: TraceLog) -> int:
    return sum(main_line(trace, log.machine) for trace in log.traces)


def targets_here() -> list[Target]:
    """This machine first, then those whose compiler and emulator are installed."""
    others = [
        target
        for target in TARGETS.values()
        if not target.is_host and shutil.which(target.compiler) and shutil.which(target.emulator[0])
    ]
    return [*(target for target in TARGETS.values() if target.is_host), *others]


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", metavar="PROGRAM")
    arguments = parser.parse_args(words)
    names = arguments.only or sorted(
        folder.name
        for folder in PROGRAMS.iterdir()
        if folder.name != "hello" and (folder / f"{folder.name}.ruff").exists()
    )
    targets = targets_here()
    print(f"{'program':<18}" + "".join(f"{target.machine:>10}" for target in targets) + f"{'ratio':>8}")
    ratios: list[float] = []
    for name in names:
        counts = [instructions_in(traces_of(PROGRAMS / name / f"{name}.ruff", target)) for target in targets]
        ratio = counts[-1] / counts[0] if counts[0] else math.nan
        ratios.append(ratio)
        print(f"{name:<18}" + "".join(f"{count:>10}" for count in counts) + f"{ratio:>8.2f}", flush=True)
    print(f"{'geometric mean':<18}{'':>{10 * len(targets)}}{math.exp(sum(map(math.log, ratios)) / len(ratios)):>8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
