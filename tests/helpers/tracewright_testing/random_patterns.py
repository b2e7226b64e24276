"""Random regular expressions of JavaScript, and texts over the same few characters."""

import random
from typing import Final, final

ATOMS: Final = (
    "a",
    "b",
    "c",
    "A",
    "-",
    ".",
    "\\d",
    "\\w",
    "\\W",
    "\\s",
    "[ab]",
    "[^a]",
    "[a-c-]",
    "[^\\w-]",
    "1",
    "é",
    "É",
    "ſ",
    "\\n",
)
UNICODE_ATOMS: Final = (
    "\\p{Lu}",
    "\\P{L}",
    "\\u{1F600}",
    "😀",
    "[😀-😂]",
    "\\ud83d",
    "[^😀]",
    "\\p{Script=Greek}",
    "σ",
    "ς",
)
SET_ATOMS: Final = (
    "[\\w--[ab]]",
    "[[a-c]&&[bA]]",
    "[\\q{ab|c|}x]",
    "[^\\q{a|b}]",
    "[\\p{L}--\\p{Lu}]",
    "[[ab]--[a]]",
)
QUANTIFIERS: Final = ("*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,3}?", "{2,}", "{0}", "{0,1}")
TEXT_CHARACTERS: Final = (
    "a",
    "a",
    "b",
    "b",
    "c",
    "A",
    "B",
    "-",
    "1",
    " ",
    "\n",
    "é",
    "É",
    "ſ",
    "K",
    "😀",
    "\ud83d",
    "\ude00",
    "σ",
    "Σ",
    "_",
)
FLAG_SETS: Final = ("", "i", "m", "s", "im", "u", "iu", "v", "iv", "y", "su", "iy")


@final
class PatternGenerator:
    """Makes patterns of one flag set."""

    def __init__(self, source: random.Random, flags: str) -> None:
        self.source = source
        self.flags = flags
        self.groups = 0
        self.atoms = list(ATOMS)
        if "u" in flags or "v" in flags:
            self.atoms += UNICODE_ATOMS
        if "v" in flags:
            self.atoms += SET_ATOMS

    def alternatives(self, depth: int) -> str:
        return "|".join(self.sequence(depth) for _ in range(self.source.choice([1, 1, 1, 2, 3])))

    def sequence(self, depth: int) -> str:
        return "".join(self.term(depth) for _ in range(self.source.choice([0, 1, 1, 2, 2, 3, 4])))

    def term(self, depth: int) -> str:
        choice = self.source.random()
        if choice < 0.12:
            return self.source.choice(["^", "$", "\\b", "\\B"])
        if choice < 0.18 and self.groups > 0:
            return f"\\{self.source.randint(1, self.groups)}"
        if depth == 0 or choice < 0.6:
            atom = self.source.choice(self.atoms)
        elif choice < 0.9:
            atom = self.group(depth - 1)
        else:
            opening = self.source.choice(["(?=", "(?!", "(?<=", "(?<!"])
            return f"{opening}{self.alternatives(depth - 1)})"
        return atom + (self.source.choice(QUANTIFIERS) if self.source.random() < 0.5 else "")

    def group(self, depth: int) -> str:
        if self.source.random() < 0.4:
            return f"(?:{self.alternatives(depth)})"
        inside = self.alternatives(depth)
        self.groups += 1
        return f"({inside})"


def random_pattern(source: random.Random) -> tuple[str, str]:
    """A pattern and its flags."""
    flags = source.choice(FLAG_SETS)
    return PatternGenerator(source, flags).alternatives(3), flags


def random_text(source: random.Random) -> str:
    """A short text of UTF-16 units, with surrogates that have lost their partner."""
    return "".join(source.choice(TEXT_CHARACTERS) for _ in range(source.randint(0, 12)))
