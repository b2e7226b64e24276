"""Ruff on another machine against C and LuaJIT on it, all under the same emulator, in one run. Nothing is asserted: read the table.

python benchmarks/emulated.py                                      against gcc -O1
python benchmarks/emulated.py --luajit 'ROOT/usr/bin/luajit' --root ROOT --rounds 5

An emulator distorts times (it translates each instruction into a few of its own), so the guest's instructions are counted, too, in a
run of their own. What a process takes to start and end (an emulator keeps books of every page of reserved memory, which makes that dear) is
measured with the program `hello`, and taken off. LuaJIT for the machine is Debian's: `dpkg --add-architecture arm64`, `apt-get update`, `apt-get download luajit:arm64
libluajit-5.1-2:arm64 libluajit-5.1-common libc6:arm64 libgcc-s1:arm64`, and `dpkg -x` of each into a folder ROOT.
"""

from __future__ import annotations

import argparse
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tracewright.tools.executables import built_executable
from tracewright.tools.languages import language_named
from tracewright.translate.emit_c.target import TARGETS, Target

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE / "programs"
COUNTER = HERE / "count_instructions.c"
INTEGER_LOOPS = ["fib_iterative", "array_sum", "nested_loops", "sieve"]
STARTUP = "hello"
TIME_LIMIT = 600.0


@dataclass(frozen=True)
class Implementation:
    """One way to run a program on the other machine: the command before the file; with `compiles`, the file is made an executable."""

    name: str
    extension: str
    command: tuple[str, ...]
    compiles: bool = False


def prepared(implementation: Implementation, program: str, target: Target, folder: Path) -> list[str]:
    """The command that runs the program."""
    source = PROGRAMS / program / f"{program}.{implementation.extension}"
    if not implementation.compiles:
        return [*implementation.command, str(source)]
    executable = folder / program
    subprocess.run([target.compiler, "-O1", "-static", "-o", str(executable), str(source), "-lm"], check=True)
    return [str(executable)]


def run(emulator: Sequence[str], command: Sequence[str], expected: str) -> float:
    """Seconds of one run. Raises where the answer is wrong."""
    start = time.perf_counter()
    result = subprocess.run([*emulator, *command], capture_output=True, text=True, timeout=TIME_LIMIT)
    seconds = time.perf_counter() - start
    if result.returncode != 0 or result.stdout != expected:
        raise RuntimeError(f"wrong answer of {' '.join(command)}: {result.stdout[:200]!r} {result.stderr[:500]}")
    return seconds


def counted(emulator: Sequence[str], command: Sequence[str], expected: str, plugin: Path, folder: Path) -> int:
    """The instructions of one run."""
    numbers = folder / "instructions"
    numbers.unlink(missing_ok=True)
    run([emulator[0], "-plugin", f"{plugin},to={numbers}", *emulator[1:]], command, expected)
    return int(numbers.read_text())


@dataclass(frozen=True)
class Cost:
    """Of a whole process."""

    seconds: float
    instructions: int

    def beyond(self, start: Cost) -> Cost:
        """Without what starting takes."""
        return Cost(max(self.seconds - start.seconds, 0.001), max(self.instructions - start.instructions, 1))


def cost(
    implementation: Implementation,
    program: str,
    rounds: int,
    target: Target,
    emulator: Sequence[str],
    plugin: Path,
    folder: Path,
) -> Cost:
    """The median time of some runs, and the instructions of one more."""
    expected = (PROGRAMS / program / "expected.txt").read_text()
    command = prepared(implementation, program, target, folder)
    times = [run(emulator, command, expected) for _ in range(rounds)]
    return Cost(statistics.median(times), counted(emulator, command, expected, plugin, folder))


def built_counter(folder: Path) -> Path:
    """The plugin, compiled."""
    plugin = folder / "count_instructions.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(plugin), str(COUNTER)], check=True)
    return plugin


def geometric_mean(numbers: Sequence[float]) -> float:
    return math.exp(sum(map(math.log, numbers)) / len(numbers))


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--target", default="aarch64-linux", choices=[name for name, it in TARGETS.items() if not it.is_host]
    )
    parser.add_argument("--ruff", type=Path, help="Ruff built for the target (built if it is not given)")
    parser.add_argument("--luajit", help="LuaJIT for the target")
    parser.add_argument("--root", help="the folder in which the emulator looks for LuaJIT's libraries")
    parser.add_argument("--only", nargs="+", default=INTEGER_LOOPS, metavar="PROGRAM")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args(words)
    target = TARGETS[arguments.target]
    ruff = arguments.ruff or built_executable(language_named("ruff"), jit=True, target=target)
    emulator = [target.emulator[0], "-L", arguments.root] if arguments.root else list(target.emulator)
    peers = [Implementation("gcc -O1", "c", (), compiles=True)]
    if arguments.luajit:
        peers.append(Implementation("luajit", "lua", (arguments.luajit,)))
    everybody = [Implementation("ruff", "ruff", (str(ruff), "run")), *peers]
    print(f"Ruff's time / instructions as multiples of each peer's, starting taken off; medians of {arguments.rounds}")
    print(f"{'program':<18}" + "".join(f"{peer.name:>20}" for peer in peers))
    ratios: dict[str, list[tuple[float, float]]] = {peer.name: [] for peer in peers}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plugin = built_counter(folder)
        starts = {one.name: cost(one, STARTUP, arguments.rounds, target, emulator, plugin, folder) for one in everybody}
        for program in arguments.only:
            costs = {
                one.name: cost(one, program, arguments.rounds, target, emulator, plugin, folder) for one in everybody
            }
            cells = []
            for peer in peers:
                ours, theirs = costs["ruff"].beyond(starts["ruff"]), costs[peer.name].beyond(starts[peer.name])
                ratios[peer.name].append((ours.seconds / theirs.seconds, ours.instructions / theirs.instructions))
                cells.append(f"{ratios[peer.name][-1][0]:>11.2f} / {ratios[peer.name][-1][1]:<6.2f}")
            print(f"{program:<18}" + "".join(cells), flush=True)
    means = [
        (geometric_mean([a for a, _ in pairs]), geometric_mean([b for _, b in pairs])) for pairs in ratios.values()
    ]
    print(f"{'geometric mean':<18}" + "".join(f"{a:>11.2f} / {b:<6.2f}" for a, b in means))
    return 0


if __name__ == "__main__":
    sys.exit(main())
