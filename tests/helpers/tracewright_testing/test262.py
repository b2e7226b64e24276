"""Runs test262 against a command, given a checkout of tc39/test262: `python -m tracewright_testing.test262 CHECKOUT COMMAND [PATH...]`.

Each file says in its front matter how it is to be run: in sloppy and in strict mode or in one of them, as a module, with which files of the
harness before it, whether it must fail and when, whether it reports its end by `$DONE`. The harness is a script of its own in the same realm (`--prelude`),
so that modules find it, too. A run that is as the file says passes; what
does not may stand in a list of failures that are expected (`--expected FILE`), and only differences to that list make the runner fail.

    language/expressions/addition/S11.6.1_A1.js strict: TypeError: ...      one line of such a list
    built-ins/Atomics/wait/*: needs a second agent                          another, for several files

Files that test what the edition of 2024 does not have are left out, by the features they name (`OMITTED`).
"""

from __future__ import annotations

import argparse
import concurrent.futures
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

TIME_LIMIT: Final = 20.0  # seconds for one run
SLOPPY, STRICT, MODULE, RAW = "sloppy", "strict", "module", "raw"
OMITTED: Final = frozenset(
    """
    Temporal ShadowRealm Intl-enumeration decorators import-defer source-phase-imports source-phase-imports-module-source
    explicit-resource-management regexp-duplicate-named-groups RegExp.escape iterator-helpers set-methods
    Array.fromAsync promise-try uint8array-base64 Float16Array json-parse-with-source Math.sumPrecise Error.isError
    import-attributes json-modules iterator-sequencing Atomics.pause upsert joint-iteration canonical-tz
    import-text immutable-arraybuffer await-dictionary nonextensible-applies-to-private import-bytes
    iterator-chunking iterator-includes Iterator.prototype.join error-stack-accessor
    legacy-regexp tail-call-optimization Iterator.range Map.prototype.getOrInsert
    """.split()
)


@dataclass(frozen=True)
class Header:
    """The front matter of one file, as far as the runner needs it."""

    includes: tuple[str, ...]
    flags: frozenset[str]
    features: frozenset[str]
    phase: str  # in which it must fail, or empty
    error: str  # the constructor of the error

    def modes(self) -> Iterator[str]:
        """How the file is to be run."""
        if "module" in self.flags:
            yield MODULE
        elif "raw" in self.flags:
            yield RAW
        else:
            if "onlyStrict" not in self.flags:
                yield SLOPPY
            if "noStrict" not in self.flags:
                yield STRICT


def read_header(text: str) -> Header:
    """The front matter between `/*---` and `---*/`."""
    match = re.search(r"/\*---(.*?)---\*/", text, re.DOTALL)
    block = match.group(1).replace("\r\n", "\n").replace("\r", "\n") if match else ""
    negative = re.search(r"^negative:[ \t]*\n((?:[ \t]+.*\n?)+)", block, re.MULTILINE)
    phase = error = ""
    if negative:
        phase = _one(r"phase:\s*(\w+)", negative.group(1))
        error = _one(r"type:\s*(\w+)", negative.group(1))
    return Header(
        tuple(_list_of("includes", block)),
        frozenset(_list_of("flags", block)),
        frozenset(_list_of("features", block)),
        phase,
        error,
    )


def _one(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match.group(1) if match else ""


def _list_of(name: str, block: str) -> list[str]:
    """A list of the front matter, in brackets or with one line for each."""
    inline = re.search(rf"^{name}:\s*\[(.*?)\]", block, re.MULTILINE | re.DOTALL)
    if inline:
        return [word.strip() for word in inline.group(1).split(",") if word.strip()]
    lines = re.search(rf"^{name}:[ \t]*\n((?:[ \t]*-.*\n?)+)", block, re.MULTILINE)
    return re.findall(r"-\s*(\S+)", lines.group(1)) if lines else []


@dataclass
class Outcome:
    """What came of all runs."""

    files: int = 0
    omitted: int = 0
    passed: int = 0
    failures: dict[str, str] = field(default_factory=dict)  # by file and mode
    by_folder: Counter[str] = field(default_factory=Counter)
    failed_by_folder: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Run:
    """One way of running one file."""

    path: Path
    mode: str
    header: Header


class Runner:
    """Runs files of one checkout with one command."""

    def __init__(self, checkout: Path, command: list[str]) -> None:
        self.checkout = checkout
        self.command = command
        self.harness: dict[str, str] = {}

    def _harness(self, name: str) -> str:
        if name not in self.harness:
            self.harness[name] = (self.checkout / "harness" / name).read_text(encoding="utf-8")
        return self.harness[name]

    def prelude(self, run: Run) -> str:
        """The files of the harness that a run needs before it."""
        names = ["assert.js", "sta.js"]
        if "async" in run.header.flags:
            names.append("doneprintHandle.js")
        return "".join(self._harness(name) + "\n" for name in [*names, *run.header.includes])

    def failure_of(self, run: Run) -> str:
        """Why a run is not as its file says; empty where it is."""
        with tempfile.TemporaryDirectory() as folder:
            words = list(self.command)
            if run.mode != RAW:
                prelude = Path(folder) / "harness.js"
                prelude.write_text(self.prelude(run), encoding="utf-8")
                words += ["--prelude", str(prelude)]
            if run.mode == STRICT:
                words.append("--strict")
            is_module = run.mode == MODULE or "module" in run.header.flags
            words += ["--module" if is_module else "--script", str(run.path)]
            try:
                finished = subprocess.run(words, capture_output=True, timeout=TIME_LIMIT, check=False)
            except subprocess.TimeoutExpired:
                return "takes too long"
        output = finished.stdout.decode("utf-8", "replace")
        error = finished.stderr.decode("utf-8", "replace")
        return verdict(run.header, finished.returncode, output, error)


def verdict(header: Header, exit_code: int, output: str, error: str) -> str:
    """Why what came out is not what the front matter asks for; empty where it is."""
    last = error.strip().splitlines()[-1] if error.strip() else ""
    if exit_code < 0:
        return f"killed by signal {-exit_code}"
    if header.phase:
        if exit_code == 0:
            return f"{header.error} expected"
        return "" if header.error in error else f"{header.error} expected, not {last}"
    if exit_code != 0:
        return first_line_of_error(error) or f"exit code {exit_code}"
    if "async" in header.flags:
        if "Test262:AsyncTestComplete" in output:
            return ""
        return output.strip()[:200] or "$DONE was not called"
    return ""


def first_line_of_error(error: str) -> str:
    """The line that names the error; what stands before it shows the source."""
    for line in error.splitlines():
        match = re.search(r"(?:Uncaught )?((?:\w*Error|Test262Error|not there yet).*)", line)
        if match:
            return match.group(1)[:200]
    return error.strip()[:200]


def files_in(checkout: Path, paths: list[str]) -> Iterator[Path]:
    """The tests below some folders of the checkout's `test`; files whose name ends in _FIXTURE are none."""
    for path in paths:
        start = checkout / "test" / path
        for file in [start] if start.is_file() else sorted(start.rglob("*.js")):
            if "_FIXTURE" not in file.name:
                yield file


def collect(checkout: Path, paths: list[str], outcome: Outcome, every: int) -> list[Run]:
    """All runs that are to be made."""
    runs: list[Run] = []
    for number, path in enumerate(files_in(checkout, paths)):
        if number % every:
            continue
        header = read_header(path.read_bytes().decode("utf-8", "replace"))
        if header.features & OMITTED:
            outcome.omitted += 1
            continue
        outcome.files += 1
        runs.extend(Run(path, mode, header) for mode in header.modes())
    return runs


def run_all(checkout: Path, command: list[str], paths: list[str], jobs: int, every: int = 1) -> Outcome:
    """Run everything below some folders; with `every`, each so many files only."""
    outcome = Outcome()
    runs = collect(checkout, paths, outcome, every)
    runner = Runner(checkout, command)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for run, failure in zip(runs, pool.map(runner.failure_of, runs), strict=True):
            name = run.path.relative_to(checkout / "test")
            folder = "/".join(name.parts[:3] if len(name.parts) > 3 else name.parts[:2])
            outcome.by_folder[folder] += 1
            if failure:
                outcome.failed_by_folder[folder] += 1
                outcome.failures[f"{name} {run.mode}"] = failure
            else:
                outcome.passed += 1
    return outcome


def differences(outcome: Outcome, expected: list[str]) -> list[str]:
    """What fails and is not expected to, and what is expected to fail and does not, among what was run. An expectation may be a pattern
    (`language/x/*`), of which one failure is enough."""
    known = [line.partition(": ")[0] for line in expected if line.strip() and not line.startswith("#")]
    met: set[str] = set()
    lines: list[str] = []
    for name, reason in outcome.failures.items():
        fitting = [pattern for pattern in known if name == pattern or fnmatchcase(name, pattern)]
        met.update(fitting)
        if not fitting:
            lines.append(f"fails: {name}: {reason}")
    return lines + [f"passes now, or was not run: {pattern}" for pattern in sorted(set(known) - met)]


def report(outcome: Outcome, shown: int) -> str:
    """The figures, the folders with failures, and the reasons that are given most."""
    total = sum(outcome.by_folder.values())
    lines = [
        f"{outcome.files} files, {outcome.omitted} left out; {outcome.passed} of {total} runs pass"
        f" ({100 * outcome.passed / max(total, 1):.2f} %)"
    ]
    for folder, failed in outcome.failed_by_folder.most_common(shown):
        lines.append(f"  {failed:6} of {outcome.by_folder[folder]:6} fail in {folder}")
    reasons = Counter(re.sub(r"\d+", "N", reason)[:110] for reason in outcome.failures.values())
    lines.extend(f"  {count:6} x {reason}" for reason, count in reasons.most_common(shown))
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("command", help="the engine; words separated by blanks are arguments that come first")
    parser.add_argument("paths", nargs="*", default=["language", "built-ins", "annexB"], help="below `test`")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="run each so many files only")
    parser.add_argument("--expected", type=Path, help="a list of failures")
    parser.add_argument("--write", type=Path, help="write the list of failures there")
    parser.add_argument("--shown", type=int, default=25, help="so many folders and reasons")
    options = parser.parse_args()
    command = options.command.split()
    outcome = run_all(options.checkout, command, options.paths, options.jobs, options.every)
    sys.stdout.write(report(outcome, options.shown) + "\n")
    rows = [f"{name}: {reason}" for name, reason in sorted(outcome.failures.items())]
    if options.write is not None:
        options.write.write_text("\n".join(rows) + "\n", encoding="utf-8")
    if options.expected is None:
        return 0
    wrong = differences(outcome, options.expected.read_text(encoding="utf-8").splitlines())
    sys.stdout.write("\n".join(wrong) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
