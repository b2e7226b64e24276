"""What `match` asks of classes."""

from typing import Final


class PatternKind:
    """Which patterns of `match` the objects of a class are held against besides class patterns; as bits of `__abc_tpflags__`."""

    NONE: Final = 0
    SEQUENCE: Final = 1 << 5
    MAPPING: Final = 1 << 6
