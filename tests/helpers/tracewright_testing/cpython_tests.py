"""CPython's own tests, as the distribution installs them (`libpython3.11-testsuite`), run by the native `python`.

    python -m tracewright_testing.cpython_tests EXECUTABLE                     all files of the list
    python -m tracewright_testing.cpython_tests EXECUTABLE test_dict test_re   these
    ... --failures FILE                                                        and write what fails, with reasons

Nothing of these tests is in this repository: they are read where they are installed. A file has a time limit; what it has told until
then counts. Methods that skip themselves (CPython's own details) count neither way.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

DRIVER = Path(__file__).parent / "cpython_driver.guest"
LIBRARY = Path("/usr/lib/python3.11")
SECONDS = 60
CORE = (
    "test_grammar test_generators test_dict test_list test_set test_tuple test_int test_float test_long test_unicode "
    "test_bytes test_class test_descr test_exceptions test_with test_scope test_functools test_itertools test_collections "
    "test_re test_dataclasses test_patma test_fstring test_coroutines test_asyncgen test_format test_math test_enum "
    "test_contextlib test_heapq test_bisect test_struct test_decorators test_super test_property test_augassign "
    "test_unpack test_unpack_ex test_range test_slice test_sort test_string test_textwrap"
).split()
"""The files by which the engine is measured."""


@dataclass
class Outcome:
    """How one file went."""

    name: str
    passed: int = 0
    skipped: int = 0
    failures: list[str] = field(default_factory=list)
    ending: str = ""  # what ended it early: a crash, the time, an error of the import

    @property
    def counted(self) -> int:
        return self.passed + len(self.failures)


def run_file(executable: Path, name: str, seconds: int) -> Outcome:
    """Run one file in a folder of its own."""
    outcome = Outcome(name)
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        with output.open("wb") as stream:
            process = subprocess.Popen(
                [str(executable), str(DRIVER), name],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.PIPE,
                cwd=folder,
                env={**os.environ, "PYTHONHASHSEED": "0"},
            )
            try:
                _, errors = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                _, errors = process.communicate()
                outcome.ending = f"not finished within {seconds} s"
        text = output.read_text(errors="replace")
    read_lines(outcome, text)
    if outcome.ending == "" and "@end" not in text:
        last = errors.decode(errors="replace").strip().split("\n")[-1]
        outcome.ending = f"exit code {process.returncode}: {last}"[:300]
    return outcome


def read_lines(outcome: Outcome, text: str) -> None:
    """What the driver has told. A method that began and told nothing has not ended."""
    begun = ""
    known: set[str] = set()
    for line in text.split("\n"):
        if not line.startswith("@"):
            continue
        word, _, rest = line[1:].partition(" ")
        name, _, reason = rest.partition(" ")
        if word == "start":
            begun = name
            continue
        if word in ("fail", "error"):
            if name not in known:
                outcome.failures.append(f"{name} {reason}".strip())
            known.add(name)
        elif word == "ok" and name not in known:
            outcome.passed += 1
        elif word == "skip":
            outcome.skipped += 1
        if name == begun:
            begun = ""
    if begun != "" and "@end" not in text:
        outcome.failures.append(f"{begun} not finished")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="time limit of a file")
    parser.add_argument("--failures", type=Path, help="write what fails to this file")
    arguments = parser.parse_args()
    if not (LIBRARY / "test").exists():
        print("CPython's tests are not installed (Debian: libpython3.11-testsuite)")
        return 2
    outcomes: list[Outcome] = []
    for name in arguments.names or CORE:
        outcome = run_file(arguments.executable.resolve(), name, arguments.seconds)
        outcomes.append(outcome)
        share = f"{100 * outcome.passed / outcome.counted:5.1f} %" if outcome.counted else "    -  "
        note = f"   {outcome.ending}" if outcome.ending else ""
        print(f"{name:22} {outcome.passed:5} of {outcome.counted:5} {share}{note}", flush=True)
    passed, counted = sum(one.passed for one in outcomes), sum(one.counted for one in outcomes)
    print(f"{'all':22} {passed:5} of {counted:5} {100 * passed / max(counted, 1):5.1f} %")
    if arguments.failures is not None:
        arguments.failures.write_text(listing(outcomes))
    return 0


def listing(outcomes: list[Outcome]) -> str:
    """The failures of all files, with reasons."""
    parts: list[str] = []
    for outcome in outcomes:
        parts.append(f"# {outcome.name}: {outcome.passed} of {outcome.counted}; {outcome.skipped} skip themselves\n")
        if outcome.ending:
            parts.append(f"# ended early: {outcome.ending}\n")
        parts.extend(f"{failure}\n" for failure in outcome.failures)
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(main())
