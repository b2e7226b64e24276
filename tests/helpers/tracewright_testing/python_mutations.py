"""Breaks Python programs by one token and asks CPython and us what is wrong: `python -m tracewright_testing.python_mutations [--count N] [--seed S]`.

The programs are top-level statements of CPython's standard library. What counts is that both accept, or that both refuse with the same
exception, words, line and column.
"""

from __future__ import annotations

import argparse
import ast
import io
import random
import tokenize
from dataclasses import dataclass, field

from tracewright_testing.python_oracle import Verdict, library_files, oracle_verdict, our_verdict

LONGEST = 900  # characters of a program
# What is put in: every kind of token, those that begin or end something more often.
INSERTED = (
    *(
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        ";",
        ".",
        "=",
        "==",
        ":=",
        "->",
        "*",
        "**",
        "+=",
        "-",
        "~",
        "@",
        "<",
        "!=",
    ),
    *(
        "if",
        "else",
        "elif",
        "for",
        "in",
        "not",
        "is",
        "and",
        "or",
        "lambda",
        "await",
        "async",
        "yield",
        "from",
        "import",
    ),
    *("as", "def", "class", "return", "with", "while", "try", "except", "finally", "pass", "break", "continue", "del"),
    *(
        "global",
        "nonlocal",
        "assert",
        "raise",
        "None",
        "True",
        "match",
        "case",
        "_",
        "print",
        "x",
        "1",
        "0x",
        "1.5",
        "'s'",
    ),
    *('b"b"', 'f"{x}"', 'f"{x"', "'", '"""', "\\", "$", "?", "é", "€", "\n", "    ", "\t", "#"),
)


@dataclass
class Outcome:
    """How often the two agreed."""

    total: int = 0
    same: int = 0
    same_verdict: int = 0  # accepted or refused alike, whatever is said
    different: list[tuple[str, Verdict, Verdict]] = field(default_factory=list)

    def add(self, program: str, wanted: Verdict, given: Verdict) -> None:
        """Count one program."""
        self.total += 1
        self.same += wanted == given
        self.same_verdict += (wanted.kind == "") == (given.kind == "")
        if wanted != given:
            self.different.append((program, wanted, given))


def programs(seed: int) -> list[str]:
    """Statements of the library, in random order."""
    chooser = random.Random(seed)
    files = library_files()
    found: list[str] = []
    for path in chooser.sample(files, min(len(files), 60)):
        try:
            text = path.read_text()
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        segments = [ast.get_source_segment(text, statement) or "" for statement in tree.body]
        found.extend(segment for segment in segments if 20 < len(segment) < LONGEST)
    chooser.shuffle(found)
    return found


def mutated(program: str, chooser: random.Random) -> str:
    """The program with one token taken out, doubled, replaced, put in, or exchanged with its neighbour."""
    places: list[tuple[int, int]] = []
    starts = [0]
    for line in program.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    try:
        for token in tokenize.generate_tokens(io.StringIO(program).readline):
            if token.string.strip() or token.type in (tokenize.INDENT, tokenize.NEWLINE):
                start = starts[token.start[0] - 1] + token.start[1]
                places.append((start, start + len(token.string)))
    except (tokenize.TokenError, IndentationError):
        pass
    if len(places) < 2:
        return program + chooser.choice(INSERTED)
    index = chooser.randrange(len(places) - 1)
    start, end = places[index]
    text = program[start:end]
    match chooser.randrange(5):
        case 0:
            return program[:start] + program[end:]
        case 1:
            return program[:end] + " " + text + program[end:]
        case 2:
            return program[:start] + chooser.choice(INSERTED) + program[end:]
        case 3:
            return program[:start] + chooser.choice(INSERTED) + " " + program[start:]
        case _:
            after, stop = places[index + 1]
            return program[:start] + program[after:stop] + program[end:after] + text + program[stop:]


def compare(count: int, seed: int) -> Outcome:
    """The outcome of that many mutations."""
    chooser = random.Random(seed)
    outcome = Outcome()
    sources = programs(seed)
    while outcome.total < count:
        program = mutated(chooser.choice(sources), chooser)
        outcome.add(program, oracle_verdict(program), our_verdict(program))
    return outcome


def main() -> int:
    """The command; it prints what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=20)
    arguments = parser.parse_args()
    outcome = compare(arguments.count, arguments.seed)
    for program, wanted, given in outcome.different[: arguments.show]:
        print(f"{program}\n  wanted: {wanted}\n  given:  {given}\n----")
    print(
        f"{outcome.total} programs; same words and place: {outcome.same}; accepted or refused alike: {outcome.same_verdict}"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
