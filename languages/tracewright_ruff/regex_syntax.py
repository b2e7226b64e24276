"""Patterns in the syntax of Rust's `regex`, rewritten in that of JavaScript with the flag `v`, which the library's engine reads.

    (?P<n>a)  \\A \\z     (?<n>a)  and looks around     names and ends; Rust has neither looks around nor references back, so both are faults
    \\d \\w \\s \\b        Unicode's digits, word characters and white space, which JavaScript spells out
    [a&&[^b]] [[:alpha:]] the same with each side in brackets; the ranges of the class
    (?i) (?-i:a)         JavaScript has groups with flags only: what is behind (?i) goes into one, up to the end of its group, and to each bar
    (?m) (?s) (?U) (?R)  lines, dots, greed and CRLF: each mark is written as what it means under the flags

A character that may mean something is written by its number, so that nothing needs to be known of where it must be escaped.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.lib.regular_expressions.compiler import compile_pattern
from tracewright.lib.regular_expressions.flags import Flags
from tracewright.lib.regular_expressions.matcher import Matcher
from tracewright.lib.regular_expressions.parser import PatternError, parse_pattern
from tracewright.lib.utf16 import units_of_text

WORD: Final = r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}"
ANYTHING: Final = "[^]"
CLASSES: dict[str, str] = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "s": r"\p{White_Space}",
    "S": r"\P{White_Space}",
    "w": f"[{WORD}]",
    "W": f"[^{WORD}]",
}
ASSERTIONS: dict[str, str] = {
    "A": f"(?<!{ANYTHING})",
    "z": f"(?!{ANYTHING})",
    "b": f"(?:(?<=[{WORD}])(?![{WORD}])|(?<![{WORD}])(?=[{WORD}]))",
    "B": f"(?:(?<=[{WORD}])(?=[{WORD}])|(?<![{WORD}])(?![{WORD}]))",
}
ASCII_WORD: Final = "0-9A-Za-z_"
ASCII_CLASSES: dict[str, str] = {
    "d": "[0-9]",
    "D": "[^0-9]",
    "s": r"[\t\n\v\f\r\x20]",
    "S": r"[^\t\n\v\f\r\x20]",
    "w": f"[{ASCII_WORD}]",
    "W": f"[^{ASCII_WORD}]",
}
ASCII_ASSERTIONS: dict[str, str] = {
    "b": f"(?:(?<=[{ASCII_WORD}])(?![{ASCII_WORD}])|(?<![{ASCII_WORD}])(?=[{ASCII_WORD}]))",
    "B": f"(?:(?<=[{ASCII_WORD}])(?=[{ASCII_WORD}])|(?<![{ASCII_WORD}])(?![{ASCII_WORD}]))",
}
FLAG_LETTERS: Final = "imsxUuR"
CONTROLS: dict[str, str] = {"a": "\a", "f": "\f", "t": "\t", "n": "\n", "r": "\r", "v": "\v"}
NAMED_CLASSES: dict[str, str] = {
    "alnum": "0-9A-Za-z", "alpha": "A-Za-z", "ascii": r"\x00-\x7f", "blank": r"\t\x20", "cntrl": r"\x00-\x1f\x7f", "digit": "0-9",
    "graph": r"\x21-\x7e", "lower": "a-z", "print": r"\x20-\x7e", "punct": r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e",
    "space": r"\t\n\v\f\r\x20", "upper": "A-Z", "word": "0-9A-Za-z_", "xdigit": "0-9A-Fa-f",
}  # fmt: skip
HEXADECIMAL_DIGITS: dict[str, int] = {"x": 2, "u": 4, "U": 8}
MOST_DEPTH: Final = 100


class RegexFault(Exception):
    """The text is no pattern."""


def matcher_of(pattern: str) -> Matcher | None:
    """What matches the pattern; None where it is none."""
    try:
        rewriter = RegexRewriter(pattern)
        text = rewriter.rewritten()
        flags = Flags(ignores_case=rewriter.groups[0].inside.ignores_case, is_unicode_sets=True)
        return Matcher(compile_pattern(parse_pattern(units_of_text(text), flags)))
    except (RegexFault, PatternError):
        return None


def by_number(character: str) -> str:
    """A character as itself, in any place."""
    return character if character.isalnum() and character < "\x80" else f"\\u{{{ord(character):x}}}"


def case_group(outside: RegexFlags, inside: RegexFlags) -> str:
    """The head of a group in which case counts, or does not, as it does not outside; "" where it is the same."""
    if outside.ignores_case == inside.ignores_case:
        return ""
    return "(?i:" if inside.ignores_case else "(?-i:"


def is_property(name: str) -> bool:
    """Whether JavaScript has a property of that name."""
    try:
        parse_pattern(f"\\p{{{name}}}", Flags(is_unicode_sets=True))
    except PatternError:
        return False
    return True


@final
class RegexFlags:
    """What holds in a part of a pattern."""

    def __init__(self) -> None:
        self.ignores_case = False  # i
        self.is_multiline = False  # m
        self.dot_matches_all = False  # s
        self.is_spaced = False  # x: blanks and comments mean nothing
        self.swaps_greed = False  # U
        self.is_unicode = True  # u
        self.has_long_line_ends = False  # R: a line ends with CR LF, too

    def changed(self, letters: str) -> RegexFlags:
        """As `ims-x` says. Raises RegexFault."""
        made = RegexFlags()
        added, hyphen, taken = letters.partition("-")
        both = added + taken
        if (hyphen != "" and taken == "") or both == "":
            raise RegexFault
        for letter in both:
            if letter not in FLAG_LETTERS or both.count(letter) > 1:
                raise RegexFault
        made.ignores_case = "i" in added or (self.ignores_case and "i" not in taken)
        made.is_multiline = "m" in added or (self.is_multiline and "m" not in taken)
        made.dot_matches_all = "s" in added or (self.dot_matches_all and "s" not in taken)
        made.is_spaced = "x" in added or (self.is_spaced and "x" not in taken)
        made.swaps_greed = "U" in added or (self.swaps_greed and "U" not in taken)
        made.is_unicode = "u" in added or (self.is_unicode and "u" not in taken)
        made.has_long_line_ends = "R" in added or (self.has_long_line_ends and "R" not in taken)
        return made

    def dot(self) -> str:
        """What `.` means."""
        if self.dot_matches_all:
            return ANYTHING
        return r"[^\r\n]" if self.has_long_line_ends else r"[^\n]"

    def line_start(self) -> str:
        """What `^` means."""
        if not self.is_multiline:
            return "^"
        return r"(?:^|(?<=\n)|(?<=\r)(?!\n))" if self.has_long_line_ends else r"(?<![^\n])"

    def line_end(self) -> str:
        """What `$` means."""
        if not self.is_multiline:
            return "$"
        return r"(?:$|(?=\r)|(?<!\r)(?=\n))" if self.has_long_line_ends else r"(?![^\n])"


@final
class OpenGroup:
    """A group that is being read: the flags outside, to come back behind it, and inside at its head."""

    def __init__(self, outside: RegexFlags, inside: RegexFlags) -> None:
        self.outside = outside
        self.inside = inside
        self.cases = 0  # groups for `i` alone that are open in it


@final
class RegexRewriter:
    """One pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.position = 0
        self.depth = 0  # of classes
        self.flags = RegexFlags()
        self.groups: list[OpenGroup] = []

    def peek(self, ahead: int = 0) -> str:
        """A character from here on; "" behind the end."""
        place = self.position + ahead
        return self.pattern[place] if place < len(self.pattern) else ""

    def take(self, part: str) -> bool:
        """Pass `part` if it comes next."""
        if self.pattern.startswith(part, self.position):
            self.position += len(part)
            return True
        return False

    def rewritten(self) -> str:
        """The whole pattern."""
        self.head_flags()
        self.groups.append(OpenGroup(self.flags, self.flags))
        pieces: list[str] = []
        while self.peek() != "":
            pieces.append(self.piece())
        if len(self.groups) > 1:
            raise RegexFault
        pieces.append(")" * self.groups[0].cases)
        return "".join(pieces)

    def head_flags(self) -> None:
        """`(?i)` and its like at the head: flags of the whole pattern."""
        end = self.pattern.find(")")
        if not self.pattern.startswith("(?") or end < 3:
            return
        for letter in self.pattern[2:end]:
            if letter not in FLAG_LETTERS:
                return
        self.flags = self.flags.changed(self.pattern[2:end])
        self.position = end + 1

    def piece(self) -> str:
        """The next character, escape, class or mark."""
        character = self.peek()
        if character == "\\":
            return self.escape(False)
        if character == "[":
            return self.character_class()
        if character == "(":
            return self.open_group()
        if character == "{":
            return self.counts() + self.greed()
        self.position += 1
        match character:
            case "*" | "+" | "?":
                return character + self.greed()
            case "|":
                return self.bar()
            case ")":
                return self.close_group()
            case ".":
                return self.flags.dot()
            case "^":
                return self.flags.line_start()
            case "$":
                return self.flags.line_end()
        if self.flags.is_spaced and (character.isspace() or character == "#"):
            while character == "#" and self.peek() not in ("", "\n"):
                self.position += 1
            return ""
        return by_number(character)

    def greed(self) -> str:
        """The question mark behind a loop, or where `U` says so, its absence."""
        is_lazy = self.take("?") != self.flags.swaps_greed
        return "?" if is_lazy else ""

    # --- groups and their flags ---
    def open_group(self) -> str:
        """`(`, `(?:`, a name or flags."""
        self.position += 1
        if not self.take("?"):
            return self.begin_group("(", self.flags)
        if self.take(":"):
            return self.begin_group("(?:", self.flags)
        is_name = self.take("P")
        if self.peek() == "<" and self.peek(1) not in ("=", "!"):
            end = self.pattern.find(">", self.position)
            head = self.pattern[self.position : end + 1]
            self.position += len(head)
            if end < 0 or not head[1:-1].replace("_", "a").isalnum():
                raise RegexFault
            return self.begin_group("(?" + head, self.flags)
        if is_name:
            raise RegexFault
        return self.group_flags()

    def begin_group(self, head: str, inside: RegexFlags) -> str:
        """A group that goes up to its parenthesis."""
        self.groups.append(OpenGroup(self.flags, inside))
        self.flags = inside
        return head

    def group_flags(self) -> str:
        """`i:` or `i)`, behind the question mark."""
        start = self.position
        while self.peek() not in ("", ":", ")"):
            self.position += 1
        inside = self.flags.changed(self.pattern[start : self.position])
        head = case_group(self.flags, inside)
        if self.take(":"):
            return self.begin_group("(?:" if head == "" else head, inside)
        if not self.take(")"):
            raise RegexFault
        self.flags = inside
        self.groups[len(self.groups) - 1].cases += 0 if head == "" else 1
        return head

    def bar(self) -> str:
        """What was opened for flags ends here, and is opened again behind it."""
        group = self.groups[len(self.groups) - 1]
        closed = ")" * group.cases
        head = case_group(group.inside, self.flags)
        group.cases = 0 if head == "" else 1
        return f"{closed}|{head}"

    def close_group(self) -> str:
        """`)`"""
        if len(self.groups) == 1:
            raise RegexFault
        group = self.groups.pop()
        self.flags = group.outside
        return ")" * (group.cases + 1)

    def counts(self) -> str:
        """`{2,5}`"""
        end = self.pattern.find("}", self.position)
        text = self.pattern[self.position : end + 1]
        for character in text[1:-1]:
            if character not in "0123456789,":
                raise RegexFault
        if end < 0 or len(text) < 3:
            raise RegexFault
        self.position = end + 1
        return text

    # --- escapes ---
    def escape(self, in_class: bool) -> str:
        """What a backslash begins."""
        kind = self.peek(1)
        self.position += 2
        if kind in CLASSES:
            return CLASSES[kind] if self.flags.is_unicode else ASCII_CLASSES[kind]
        if kind in ASSERTIONS and not in_class:
            if not self.flags.is_unicode and kind in ASCII_ASSERTIONS:
                return ASCII_ASSERTIONS[kind]
            return ASSERTIONS[kind]
        if kind in CONTROLS:
            return by_number(CONTROLS[kind])
        if kind == "p" or kind == "P":
            return self.property(kind)
        if kind in HEXADECIMAL_DIGITS:
            return self.by_digits(HEXADECIMAL_DIGITS[kind])
        if kind == "" or kind.isalnum() or kind >= "\x80":
            raise RegexFault
        return by_number(kind)

    def by_digits(self, count: int) -> str:
        """A character by its number: so many digits, or any in braces."""
        end = self.position + count
        digits = self.pattern[self.position : end]
        if self.peek() == "{":
            end = self.pattern.find("}", self.position) + 1
            digits = self.pattern[self.position + 1 : end - 1]
        if digits == "" or (self.peek() != "{" and len(digits) < count) or len(digits) > 8:
            raise RegexFault
        for digit in digits:
            if digit not in "0123456789abcdefABCDEF":
                raise RegexFault
        self.position = end
        return f"\\u{{{digits}}}"

    def property(self, kind: str) -> str:
        """`\\pL`, `\\p{Greek}`, `\\p{^Lu}`"""
        name = self.peek()
        self.position += 1
        if name == "{":
            end = self.pattern.find("}", self.position)
            if end < 0:
                raise RegexFault
            name = self.pattern[self.position : end]
            self.position = end + 1
        if name.startswith("^"):
            name = name[1:]
            kind = "P" if kind == "p" else "p"
        return f"\\{kind}{{{name}}}" if is_property(name) else f"\\{kind}{{Script={name}}}"

    # --- classes ---
    def character_class(self) -> str:
        """`[...]`: what stands between `&&`, `--` and `~~` in brackets of its own."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise RegexFault
        self.position += 1
        negated = "^" if self.take("^") else ""
        left = self.union(True)
        while True:
            if self.take("&&"):
                left = f"[{left}]&&[{self.union(False)}]"
            elif self.take("~~"):
                right = self.union(False)
                left = f"[[{left}]--[{right}]][[{right}]--[{left}]]"
            elif self.take("--"):
                left = f"[{left}]--[{self.union(False)}]"
            else:
                break
        if not self.take("]"):
            raise RegexFault
        self.depth -= 1
        return f"[{negated}{left}]"

    def union(self, is_first: bool) -> str:
        """Items up to an operator or the end; a bracket that closes is itself at the very head."""
        pieces: list[str] = []
        while True:
            character = self.peek()
            operator = character != "" and character in "&-~" and self.peek(1) == character
            if character == "" or (character == "]" and not is_first) or (operator and not is_first):
                return "".join(pieces)
            is_first = False
            pieces.append(self.item())

    def item(self) -> str:
        """A class inside, a named one, a range or a character."""
        if self.take("[:"):
            return self.named_class()
        if self.peek() == "[":
            return self.character_class()
        low = self.bound()
        if self.peek() != "-" or self.peek(1) in ("", "]", "-"):
            return low
        self.position += 1
        return f"{low}-{self.bound()}"

    def bound(self) -> str:
        """One character, or a class by an escape."""
        if self.peek() == "\\":
            return self.escape(True)
        character = self.peek()
        self.position += 1
        return by_number(character)

    def named_class(self) -> str:
        """`[:alpha:]`, behind its head"""
        end = self.pattern.find(":]", self.position)
        name = self.pattern[self.position : max(end, self.position)]
        negated = "^" if name.startswith("^") else ""
        ranges = NAMED_CLASSES.get(name.removeprefix("^"), "")
        if ranges == "":
            raise RegexFault
        self.position = end + 2
        return f"[{negated}{ranges}]"
