"""The tree of a pattern: what an engine compiles.

Characters are code points where the flags say so, else units of UTF-16. Groups are numbered from 1 in the order of their opening
parentheses; a `Repeat` says which groups are inside, because each turn forgets what they caught.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from tracewright.lib.regular_expressions.flags import Flags

UNBOUNDED: Final = -1


@dataclass(eq=False)
class Node:
    """A piece of a pattern; `start` is its offset in the pattern's text."""

    start: int


@final
@dataclass(eq=False)
class Character(Node):
    code: int


@final
@dataclass(eq=False)
class AnyCharacter(Node):
    """The dot."""


@final
@dataclass(eq=False)
class Sequence(Node):
    """One after the other; none at all matches the empty text."""

    items: list[Node]


@final
@dataclass(eq=False)
class Alternatives(Node):
    """The first that leads to a match."""

    options: list[Node]


@final
@dataclass(eq=False)
class Repeat(Node):
    """`item{minimum,maximum}`; groups `first_group` up to, not including, `after_group` are inside."""

    item: Node
    minimum: int
    maximum: int  # or UNBOUNDED
    is_greedy: bool
    first_group: int
    after_group: int
    is_possessive: bool = False  # what it took it does not give back (not in JavaScript)


@final
@dataclass(eq=False)
class Atomic(Node):
    """`(?>item)`: the first way in which it matches is the only one (not in JavaScript)."""

    item: Node


@final
@dataclass(eq=False)
class Modified(Node):
    """`(?i-s:item)`: the item under flags of its own, which differ from the pattern's in `i`, `m` and `s` only."""

    item: Node
    flags: Flags


@final
@dataclass(eq=False)
class Group(Node):
    """A capture; `name` is empty where it has none."""

    index: int
    name: str
    item: Node


@final
@dataclass(eq=False)
class LookAround(Node):
    """`(?=item)` and its three kin; groups as in `Repeat`, forgotten where it is negated."""

    item: Node
    is_behind: bool
    is_negated: bool
    first_group: int
    after_group: int


class AnchorKind:
    """What an `Anchor` asks of a place."""

    START: Final = 0
    END: Final = 1
    WORD_BOUNDARY: Final = 2
    NO_WORD_BOUNDARY: Final = 3
    TEXT_START: Final = 4  # whatever the flags say; this and the next ones are not in JavaScript
    TEXT_END: Final = 5
    TEXT_END_OR_LAST_BREAK: Final = 6


@final
@dataclass(eq=False)
class Anchor(Node):
    kind: int


@final
@dataclass(eq=False)
class BackReference(Node):
    """The text that a group caught; `index` is 0 until the pattern's end for one that is named."""

    index: int
    name: str


# Classes of characters


@final
@dataclass(eq=False)
class CharacterRange(Node):
    """From `first` to `last`, both included."""

    first: int
    last: int


@final
@dataclass(eq=False)
class ClassEscape(Node):
    """`letter` is one of d, s, w."""

    letter: str
    is_negated: bool


@final
@dataclass(eq=False)
class PropertyEscape(Node):
    """`\\p{name=value}`; without a value, `name` is a binary property, a property of strings, or a general category."""

    name: str
    value: str
    is_negated: bool


class SetOperation:
    """How the items of a class make one set; only the `v` flag has others than UNION."""

    UNION: Final = 0
    INTERSECTION: Final = 1
    SUBTRACTION: Final = 2


@final
@dataclass(eq=False)
class CharacterClass(Node):
    """Items are ranges, escapes, and with the `v` flag classes and TextChoices."""

    is_negated: bool
    operation: int
    items: list[Node]


@final
@dataclass(eq=False)
class TextChoice(Node):
    """`\\q{abc|d|}`: each text as its code points."""

    texts: list[list[int]]


@final
@dataclass(eq=False)
class Pattern:
    """A whole pattern. `group_names` has a text for each group, from group 0 on; empty where it has no name."""

    source: str
    flags: Flags
    body: Node
    group_names: list[str]
