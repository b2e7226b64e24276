"""A group of constructs for random dialect programs, written as text with places for random parts.

In every text

    {i} {s} {iset} ...    is an expression of the type that has this place (`PLACES` of dialect_expressions, or a `Kind`)
    {i:NEW1=i,NEW2=s}     the same, in which the variables NEW1, an int, and NEW2, a str, are known as well
    NEW1 NEW2 ...         are names that nothing else has

A form is some lines of statements, in which also

    BODY NEW1=i           is a block of random statements that know these variables
    LOOP NEW1=i           the same inside a loop, so that there may be `break` and `continue`
    TRY NEW1=i            the same where errors are caught, so that there may be `raise`
    LEAVE                 returns something
    AFTER NEW1=i          declares variables for the statements behind the form
    VAR_i                 is a variable of that type which may be changed; without one the form is not used
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kind:
    """A type: how the dialect writes it, the text of a value `{0}`, expressions without parts, and those with parts."""

    written: str
    shown: str
    simple: tuple[str, ...]
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Types by their places, further patterns for the types of other groups, statements, and what all that needs at the top."""

    name: str
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    patterns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    prelude: str = ""
