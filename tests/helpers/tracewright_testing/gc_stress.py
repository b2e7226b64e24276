"""Guest programs while the collector works at every n-th allocation: nothing may change.

    python -m tracewright_testing.gc_stress --ruff build/ruff --javascript build/js --python build/python --every 1 7 50 997

Under stress every so many-th allocation is a pause: a young collection, or the beginning, a slice or the end of a full one, whose slices
are short then. Each program runs on every tier of the JIT with each of the numbers; what it prints must be what it prints on the same tier without
stress. Given executables that were built with sanitizers (each takes some five minutes), the same command watches every access; the programs that take minutes then
are left out, and named:

    tracewright build javascript --sanitize address,undefined -o build/js_sanitized
    python -m tracewright_testing.gc_stress --javascript build/js_sanitized --every 31 997 --time-limit 20
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracewright_testing.tiers import STRESS_VARIABLE

LANGUAGES: Final = Path(__file__).resolve().parents[2] / "languages"
TIERS: Final = {
    "off": "off",
    "default": "threshold=1000",
    "hot": "threshold=1,function_threshold=1,short_function=0",
    "bridges": "threshold=2,function_threshold=2,bridge_threshold=1",
    "failing": "threshold=1,function_threshold=1,short_function=0,bridge_threshold=1,fail_every=5",
}
EVERY: Final = (1, 7, 50, 997)
PATTERNS: Final = {"ruff": ("*.ruff",), "javascript": ("*.js", "*.mjs"), "python": ("*.py",)}
COMMANDS: Final = {"ruff": ("run",), "javascript": (), "python": ()}
TIME_LIMIT: Final = 600.0
STRESSED_LIMIT: Final = 10  # times as long under stress


@dataclass(frozen=True)
class Difference:
    """A program that did something else under stress."""

    program: Path
    tier: str
    every: int
    calm: str
    stressed: str

    def __str__(self) -> str:
        return f"{self.program.name}, {self.tier}, every {self.every}:\n{self.stressed}\ninstead of\n{self.calm}"


def programs(language: str) -> list[Path]:
    """The golden programs of a language."""
    folder = LANGUAGES / language / "programs"
    return sorted(path for pattern in PATTERNS[language] for path in folder.glob(pattern))


def result_of(
    executable: Path, language: str, program: Path, tier: str, every: int, limit: float = TIME_LIMIT
) -> str | None:
    """Output, errors and exit code as one text; `every` 0 is without stress. None: not done after `limit` seconds."""
    command = [str(executable), "--jit", TIERS[tier], *COMMANDS[language], program.name]
    try:
        finished = subprocess.run(
            command,
            cwd=program.parent,
            capture_output=True,
            timeout=limit,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "TZ": "UTC", STRESS_VARIABLE: str(every)},
        )
    except subprocess.TimeoutExpired:
        return None
    return (finished.stdout + finished.stderr).decode(errors="replace") + f"exit code {finished.returncode}\n"


def differences(
    executable: Path,
    language: str,
    chosen: Sequence[Path],
    tiers: Sequence[str],
    every: Sequence[int],
    limit: float = TIME_LIMIT,
) -> Iterator[Difference]:
    """What these programs do differently. A program that is not the same twice without stress (it prints the time), or not done, is left out."""
    for program in chosen:
        for tier in tiers:
            calm = result_of(executable, language, program, tier, 0, limit)
            if calm is None or calm != result_of(executable, language, program, tier, 0, limit):
                why = f"not done after {limit:.0f} seconds" if calm is None else "not the same twice"
                print(f"{program.name}, {tier}: {why}, left out", file=sys.stderr)
                continue
            for number in every:
                stressed = result_of(executable, language, program, tier, number, STRESSED_LIMIT * limit)
                if stressed != calm:
                    yield Difference(program, tier, number, calm, stressed or "not done\n")


def main(words: Sequence[str] | None = None) -> int:
    """Run what was asked for and print what differs; 1 where anything does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for language in PATTERNS:
        parser.add_argument(f"--{language}", type=Path, help="its native executable")
    parser.add_argument("--every", type=int, nargs="+", default=EVERY)
    parser.add_argument("--tiers", nargs="+", choices=TIERS, default=list(TIERS))
    parser.add_argument("--time-limit", type=float, default=TIME_LIMIT, help="seconds for a program without stress")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="programs whose names contain one of these")
    arguments = parser.parse_args(words)
    found = runs = 0
    for language in PATTERNS:
        executable = getattr(arguments, language)
        if executable is None:
            continue
        chosen = programs(language)
        if arguments.only:
            chosen = [path for path in chosen if any(name in path.stem for name in arguments.only)]
        runs += len(chosen) * len(arguments.tiers) * len(arguments.every)
        found_here = differences(
            executable.resolve(), language, chosen, arguments.tiers, arguments.every, arguments.time_limit
        )
        for difference in found_here:
            found += 1
            print(difference, flush=True)
    print(f"{found} differences in {runs} runs")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
