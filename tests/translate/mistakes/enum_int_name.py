"""`.name` of an `IntEnum` member held in a variable.

Why: the members are plain ints at run time.
Instead: an `Enum`, or a table of names.
"""

from enum import IntEnum


class Op(IntEnum):
    ADD = 1
    SUB = 2


def named(op: Op) -> str:
    return op.name


def main() -> int:
    return len(named(Op.ADD))
