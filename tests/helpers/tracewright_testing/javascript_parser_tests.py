"""Runs the parser over test262-parser-tests, given a copy of that package: `python -m tracewright_testing.javascript_parser_tests FOLDER [--command JS]`.

Its folders say what is expected: `pass` and `pass-explicit` hold the same programs, the second with every parenthesis and semicolon
written out, so that both must give the same kinds of nodes; `fail` and `early` hold programs that are wrong. The package is of 2017:
`OUTDATED` lists what later editions of the standard decide otherwise.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tracewright.lib.utf16 import units_of_text
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.parser import Goal, parse
from tracewright_javascript.tree_text import tree_text

ANNEX_B_FUNCTIONS: Final = "plain functions may be declared twice in a block of sloppy code (Annex B.3.3, ES2015)"
CATCH_FOR_OF: Final = "`for (var x of ...)` may repeat the name of a simple catch (Annex B.3.4, since ES2020)"
SEPARATORS: Final = "strings may hold U+2028 and U+2029 (ES2019)"
DIGIT_ESCAPES: Final = "`\\8` and `\\9` are escapes of sloppy strings (Annex B.1.2, ES2021)"
FIELDS: Final = "classes have fields (ES2022)"
FOR_IN_VALUE: Final = "`for (var x = value in ...)` is sloppy code's (Annex B.3.5, ES2017)"

OUTDATED: Final[dict[str, str]] = {
    "fail/0d5e450f1da8a92a.js": DIGIT_ESCAPES,
    "fail/748656edbfb2d0bb.js": DIGIT_ESCAPES,
    "fail/79f882da06f88c9f.js": DIGIT_ESCAPES,
    "fail/92b6af54adef3624.js": DIGIT_ESCAPES,
    "fail/647e21f8f157c338.js": SEPARATORS,
    "fail/8af69d8f15295ed2.js": SEPARATORS,
    "fail/98204d734f8c72b3.js": FIELDS,
    "fail/ef81b93cf9bdb4ec.js": FIELDS,
    "fail/e3fbcf63d7e43ead.js": FOR_IN_VALUE,
    "early/0f5f47108da5c34e.js": CATCH_FOR_OF,
    "early/12a74c60f52a60de.js": ANNEX_B_FUNCTIONS,
    "early/1aff49273f3e3a98.js": ANNEX_B_FUNCTIONS,
    "early/be7329119eaa3d47.js": ANNEX_B_FUNCTIONS,
    "early/ec31fa5e521c5df4.js": ANNEX_B_FUNCTIONS,
}


@dataclass
class Outcome:
    """What one folder gave."""

    files: int = 0
    outdated: int = 0
    wrong: list[str] = field(default_factory=list)


def hosted_verdict(path: Path) -> str:
    """What the hosted parser says of a file; empty for one that is right."""
    try:
        parse(units_of_text(path.read_bytes().decode()), goal_of(path))
    except SyntaxFault as fault:
        return fault.message
    return ""


def goal_of(path: Path) -> int:
    """The file's name says it."""
    return Goal.MODULE if ".module." in path.name else Goal.SCRIPT


def command_verdict(command: str, path: Path) -> str:
    """The same of an executable."""
    goal = "-m" if ".module." in path.name else "--script"
    finished = subprocess.run([command, "check", goal, str(path)], capture_output=True, text=True, check=False)
    if finished.returncode == 0:
        return ""
    return finished.stderr or f"exit code {finished.returncode}"


def shape_of(path: Path) -> list[str]:
    """The kinds of nodes in a file, outermost first. The two forms differ in names, numbers, the spelling of keys, and in how
    commas are grouped, so that no more than this is the same."""
    text = tree_text(parse(units_of_text(path.read_bytes().decode()), goal_of(path)))
    kinds: list[str] = []
    for line in text.splitlines():
        label, _, rest = line.strip().rpartition(": ")
        kind = (rest or label).split(" ")[0]
        if (
            kind != "Sequence"
            and label != "key"
            and not label.endswith("scope")
            and re.fullmatch("[A-Z][A-Za-z]+", kind)
        ):
            kinds.append(kind)
    return kinds


def run(root: Path, verdict: Callable[[Path], str], trees: bool) -> dict[str, Outcome]:
    """The outcome of each folder."""
    outcomes: dict[str, Outcome] = {}
    for folder in ("pass", "pass-explicit", "fail", "early"):
        outcome = outcomes[folder] = Outcome()
        for path in sorted((root / folder).glob("*.js")):
            outcome.files += 1
            name = f"{folder}/{path.name}"
            said = verdict(path)
            if name in OUTDATED:
                outcome.outdated += 1
            if folder.startswith("pass") and said != "":
                outcome.wrong.append(f"{name}: {said}")
            elif not folder.startswith("pass") and (said == "") != (name in OUTDATED):
                outcome.wrong.append(f"{name}: {said or 'accepted'}")
            elif trees and folder == "pass-explicit" and shape_of(path) != shape_of(root / "pass" / path.name):
                outcome.wrong.append(f"{name}: another tree than in pass")
    return outcomes


def main() -> int:
    sys.setrecursionlimit(60_000)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--command", help="an executable to ask instead of the hosted parser; trees are then not compared"
    )
    arguments = parser.parse_args()
    command: str | None = arguments.command
    verdict = (lambda path: command_verdict(command, path)) if command is not None else hosted_verdict
    outcomes = run(arguments.folder, verdict, command is None)
    for folder, outcome in outcomes.items():
        right = outcome.files - len(outcome.wrong)
        sys.stdout.write(f"{folder}: {right} of {outcome.files} as expected, {outcome.outdated} outdated\n")
        for line in outcome.wrong:
            sys.stdout.write(f"  {line}\n")
    return 1 if any(outcome.wrong for outcome in outcomes.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
