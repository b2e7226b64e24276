"""The syntax tree: the patterns of `match`. Names that are bound are plain texts here; None stands for `_` or for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from tracewright_python.syntax import Expression, Node


@dataclass(eq=False)
class Pattern(Node):
    """What a value is held against."""


@final
@dataclass(eq=False)
class MatchValue(Pattern):
    """Equal to `value`: a number, a string, or a dotted name."""

    value: Expression


@final
@dataclass(eq=False)
class MatchSingleton(Pattern):
    """Identical with `None`, `False` or `True`; `value` is of Singleton."""

    value: int


@final
@dataclass(eq=False)
class MatchSequence(Pattern):
    """`[a, *b, c]`; at most one of the patterns is a MatchStar."""

    patterns: list[Pattern]


@final
@dataclass(eq=False)
class MatchMapping(Pattern):
    """`{keys[0]: patterns[0], ..., **rest}`"""

    keys: list[Expression]
    patterns: list[Pattern]
    rest: str | None


@final
@dataclass(eq=False)
class MatchClass(Pattern):
    """`cls(patterns[0], ..., kwd_attrs[0]=kwd_patterns[0], ...)`"""

    cls: Expression
    patterns: list[Pattern]
    kwd_attrs: list[str]
    kwd_patterns: list[Pattern]


@final
@dataclass(eq=False)
class MatchStar(Pattern):
    """`*name` in a MatchSequence."""

    name: str | None


@final
@dataclass(eq=False)
class MatchAs(Pattern):
    """`pattern as name`; without a pattern a name that takes anything; without both `_`."""

    pattern: Pattern | None
    name: str | None


@final
@dataclass(eq=False)
class MatchOr(Pattern):
    """`a | b | c`"""

    patterns: list[Pattern]
