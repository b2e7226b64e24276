"""Compares the tiers on random programs of a language; shrinks and keeps what differs.

python -m tracewright_testing.fuzz --executable PATH                    random Ruff programs, on and on
python -m tracewright_testing.fuzz --executable PATH --count 100 --seed 7 --tiers off,hot
python -m tracewright_testing.fuzz --executable PATH --program FILE     one program instead of random ones; shrunk too
python -m tracewright_testing.fuzz --language javascript --executable PATH --tiers peer,off,hot     beside node
python -m tracewright_testing.fuzz --language python_walks --executable PATH --tiers off,turns       programs of random_walks.py
"""

import argparse
import itertools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tracewright_testing import random_walks
from tracewright_testing.guest_programs import Outcome
from tracewright_testing.random_javascript import random_javascript_program
from tracewright_testing.random_python import random_python_program
from tracewright_testing.ruff_generator import random_program
from tracewright_testing.shrinking import shrink
from tracewright_testing.tiers import (
    BRANCHES,
    BRIDGES,
    FAILING,
    HOSTED,
    HOT,
    OFF,
    STRESSED,
    TIMED_OUT,
    TURNS,
    WARM,
    Tier,
    TierRunner,
    varied_tier,
)


@dataclass(frozen=True)
class FuzzedLanguage:
    """A language with random programs, which end in no other way than by these exit codes."""

    name: str
    suffix: str
    program: Callable[[int], str]  # of a seed
    comment: str
    exit_codes: tuple[int, ...]  # anything else, such as a signal, is a failure by itself
    faults: tuple[str, ...]  # what no error output may have in it
    peer: tuple[str, ...] = ()  # the command of another implementation

    def runner(self, tier: Tier, executable: Path | None, timeout_seconds: float = 60.0) -> TierRunner:
        """Runs this language's programs on a tier."""
        return TierRunner(tier, executable, timeout_seconds, suffix=self.suffix)

    def peer_tier(self) -> Tier:
        """The other implementation as a tier."""
        return Tier("peer", peer=self.peer)

    def is_broken(self, outcome: Outcome) -> bool:
        """Whether the run is a failure whatever the other tiers do."""
        return outcome.exit_code not in self.exit_codes or any(text in outcome.errors for text in self.faults)


RUFF: Final = FuzzedLanguage(
    "ruff", ".ruff", random_program, "#", (0, 4), ("Traceback (most recent call last)", "internal error", "Assertion")
)
JAVASCRIPT: Final = FuzzedLanguage(
    "javascript", ".js", random_javascript_program, "//", (0,), ("internal error", "Assertion"), ("node",)
)
PYTHON: Final = FuzzedLanguage(
    "python", ".py", random_python_program, "#", (0,), ("internal error", "Assertion"), ("python3",)
)


def _walks(language: FuzzedLanguage, syntax: random_walks.Syntax) -> FuzzedLanguage:
    return replace(language, name=f"{language.name}_walks", program=lambda seed: random_walks.random_walk(syntax, seed))


WALKS: Final = (
    _walks(RUFF, random_walks.RUFF),
    _walks(JAVASCRIPT, random_walks.JAVASCRIPT),
    _walks(PYTHON, random_walks.PYTHON),
)
LANGUAGES: Final = {language.name: language for language in (RUFF, JAVASCRIPT, PYTHON, *WALKS)}
TIERS = {tier.name: tier for tier in (HOSTED, OFF, HOT, BRIDGES, WARM, TURNS, BRANCHES, FAILING, STRESSED)}


@dataclass(frozen=True)
class Failure:
    """A program that does not do the same everywhere, or that breaks a tier."""

    program: str
    expected_on: Tier
    expected: Outcome
    seen_on: Tier
    seen: Outcome

    def __str__(self) -> str:
        return (
            f"{self.seen_on.name} (--jit {self.seen_on.jit}) differs from {self.expected_on.name}\n"
            f"--- {self.expected_on.name}: {describe(self.expected)}\n--- {self.seen_on.name}: {describe(self.seen)}\n"
            f"first difference: {first_difference(self.expected, self.seen)}"
        )


def describe(outcome: Outcome) -> str:
    """Exit code and the end of what was written to standard error."""
    return (
        f"exit code {outcome.exit_code}; {len(outcome.output)} characters of output; errors: {outcome.errors[-400:]!r}"
    )


def first_difference(expected: Outcome, seen: Outcome) -> str:
    """The first line that is not the same."""
    for part, left, right in (("output", expected.output, seen.output), ("errors", expected.errors, seen.errors)):
        pairs = itertools.zip_longest(left.split("\n"), right.split("\n"))
        for number, (first, second) in enumerate(pairs, 1):
            if first != second:
                return f"line {number} of {part}:\n  {str(first)[:300]}\n  {str(second)[:300]}"
    return "only the exit code"


def compare(program: str, runners: Sequence[TierRunner], language: FuzzedLanguage = RUFF) -> Failure | None:
    """Run the program on every tier; the first one is what the others are compared with."""
    first = runners[0]
    expected = first.run_text(program)
    if expected == TIMED_OUT:
        return None  # too much work for this tier: says nothing
    if language.is_broken(expected):
        return Failure(program, first.tier, expected, first.tier, expected)
    for runner in runners[1:]:
        seen = runner.run_text(program)
        if seen != expected:
            return Failure(program, first.tier, expected, runner.tier, seen)
    return None


def shrink_failure(
    failure: Failure, executable: Path | None, seconds: float, language: FuzzedLanguage = RUFF
) -> Failure:
    """A smaller program that fails on the same tier in the same way: broken, or only different."""
    tiers = [failure.expected_on] if failure.seen_on == failure.expected_on else [failure.expected_on, failure.seen_on]
    runners = [language.runner(tier, executable, timeout_seconds=4.0) for tier in tiers]
    smallest = failure

    def fails(text: str) -> bool:
        nonlocal smallest
        found = compare(text, runners, language)
        if found is None or found.seen_on != failure.seen_on:
            return False
        if language.is_broken(found.seen) != language.is_broken(failure.seen):
            return False
        smallest = found
        return True

    shrink(failure.program, fails, seconds)
    return smallest


def save(failure: Failure, folder: Path, name: str, language: FuzzedLanguage = RUFF) -> Path:
    """Write the program with a comment that says what happens."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}{language.suffix}"
    comment = "".join(f"{language.comment} {line}\n" for line in str(failure).split("\n"))
    path.write_text(comment + failure.program, encoding="utf-8")
    return path


def main() -> int:
    """The command; the exit code is 1 if anything failed."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--language", choices=sorted(LANGUAGES), default="ruff")
    reader.add_argument("--count", type=int, default=0, help="programs to try; 0: on and on")
    reader.add_argument("--seed", type=int, default=0, help="seed of the first program")
    reader.add_argument("--executable", type=Path, help="the native executable")
    reader.add_argument(
        "--tiers", default="off,hot,bridges,warm,failing", help=f"the first is the model; of peer, {', '.join(TIERS)}"
    )
    reader.add_argument("--varied", type=int, default=2, help="further tiers with the JIT's knobs set at random")
    reader.add_argument("--output", type=Path, default=Path("fuzz-failures"), help="where failing programs go")
    reader.add_argument("--shrink-seconds", type=float, default=60.0, help="time for making one program small; 0: none")
    reader.add_argument("--program", type=Path, help="compare the tiers on this program only")
    words = reader.parse_args()
    language: FuzzedLanguage = LANGUAGES[words.language]
    executable = words.executable and words.executable.resolve()
    tiers = [language.peer_tier() if name == "peer" else TIERS[name] for name in words.tiers.split(",")]
    runners = [language.runner(tier, executable) for tier in tiers]
    failures = 0
    seeds = range(words.seed, words.seed + words.count) if words.count else itertools.count(words.seed)
    for seed in [0] if words.program else seeds:
        text = words.program.read_text() if words.program else language.program(seed)
        varied = [language.runner(varied_tier(seed + k), executable) for k in range(words.varied)]
        failure = compare(text, [*runners, *varied], language)
        if failure is None:
            continue
        failures += 1
        print(f"seed {seed}: {failure}", flush=True)
        if words.shrink_seconds > 0:
            failure = shrink_failure(failure, executable, words.shrink_seconds, language)
        name = words.program.stem if words.program else f"seed_{seed}"
        print(f"written to {save(failure, words.output, name, language)}", flush=True)
    print(f"{failures} programs failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
