"""The ways to run a guest program, which must all do the same."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tracewright_testing.choices import Dice, seeded
from tracewright_testing.guest_programs import GuestProgram, Outcome

STRESS_VARIABLE = "TRACEWRIGHT_GC_STRESS"  # every so many-th allocation collects
TIMED_OUT = Outcome("", "timed out", -1)


@dataclass(frozen=True)
class Tier:
    """One way to run: options for the JIT, and variables of the environment; or another implementation's command."""

    name: str
    jit: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    hosted: bool = False  # Ruff's interpreter as plain Python
    peer: tuple[str, ...] = ()

    def command(self, executable: Path | None) -> list[str]:
        """The command line without the file; `executable` is the native one."""
        if self.hosted:
            return [sys.executable, "-m", "tracewright_ruff.target", "run"]
        if self.peer:
            return list(self.peer)
        assert executable is not None, f"{self.name} needs the native executable"
        return [str(executable), "run", *(["--jit", self.jit] if self.jit else [])]


HOSTED = Tier("hosted", hosted=True)
OFF = Tier("off", "off")
HOT = Tier("hot", "threshold=1,function_threshold=1,short_function=0")
BRIDGES = Tier("bridges", "threshold=2,function_threshold=2,bridge_threshold=1,both_ways=1")
WARM = Tier("warm", "threshold=11,function_threshold=7,bridge_threshold=3")
# For loops of some thousand turns: what each way needs is known before it is compiled, as in programs that run for a while.
TURNS = Tier("turns", "threshold=20,bridge_threshold=5")
BRANCHES = Tier("branches", "threshold=100,bridge_threshold=30,both_ways=0")
FAILING = Tier(
    "failing", "threshold=1,function_threshold=1,short_function=0,bridge_threshold=1,short_function=0,fail_every=3"
)
STRESSED = Tier(
    "stressed", "threshold=2,function_threshold=2,bridge_threshold=1,short_function=0", {STRESS_VARIABLE: "50"}
)
NATIVE_TIERS = (OFF, HOT, BRIDGES, WARM, FAILING)

# The knobs that a varied tier sets, each to one of these values or not at all; and the optimizer's switches.
VARIED_KNOBS: dict[str, tuple[int, ...]] = {
    "threshold": (1, 2, 3, 5, 9, 17, 30, 50),
    "function_threshold": (1, 2, 3, 7, 19, 40),
    "bridge_threshold": (1, 2, 3, 6),
    "trace_limit": (40, 150, 600),
    "segment": (20, 100, 400),
    "bridge_limit": (0, 1, 3),
    "inline_length": (0, 30, 200),
    "short_function": (0, 3, 30),
    "inline_depth": (0, 1, 2),
    "recursion_depth": (0, 1, 3),
    "attempts": (1, 6),
    "fail_every": (2, 3, 7),
}
SWITCHES = ("fold", "rules", "cse", "ranges", "guards", "heap", "calls", "peel", "boxes", "virtuals", "dead")


def varied_tier(seed: int) -> Tier:
    """Knobs set at random, hot enough to matter."""
    dice = Dice(seeded(seed))
    knobs = {"threshold": 3, "function_threshold": 3, "bridge_threshold": 2}
    for name, values in VARIED_KNOBS.items():
        if dice.chance(70 if name.endswith("threshold") else 20):
            knobs[name] = dice.pick(values)
    for name in SWITCHES:
        if dice.chance(8):
            knobs[name] = 0
    return Tier("varied", ",".join(f"{name}={value}" for name, value in knobs.items()))


@dataclass(frozen=True)
class TierRunner:
    """Runs guest programs on a tier, as processes."""

    tier: Tier
    executable: Path | None = None
    timeout_seconds: float = 60.0
    emulator: Sequence[str] = ()  # the command that runs it, if it is for another machine
    suffix: str = ".ruff"

    @property
    def name(self) -> str:
        return self.tier.name

    def run(self, program: GuestProgram) -> Outcome:
        return self.run_file(program.path, program.arguments, program.input)

    def run_text(self, text: str) -> Outcome:
        """Run a program given as text; its file has the same name each time, because messages may mention it."""
        with tempfile.TemporaryDirectory() as folder:
            file = f"program{self.suffix}"
            (Path(folder) / file).write_text(text, encoding="utf-8")
            return self.run_file(Path(file), folder=folder)

    def run_file(self, path: Path, arguments: Sequence[str] = (), text: str = "", folder: str | None = None) -> Outcome:
        """Run a file, with `text` as its standard input."""
        variables = {**os.environ, **self.tier.environment}
        if self.tier.hosted:
            variables["PYTHONPATH"] = os.pathsep.join(part for part in sys.path if part)
        try:
            finished = subprocess.run(
                [*self.emulator, *self.tier.command(self.executable), str(path), *arguments],
                input=text.encode(),
                capture_output=True,
                timeout=self.timeout_seconds,
                check=False,
                cwd=folder,
                env=variables,
            )
        except subprocess.TimeoutExpired:
            return TIMED_OUT
        output, errors = (raw.decode(errors="replace") for raw in (finished.stdout, finished.stderr))
        return Outcome(output, errors, finished.returncode)
