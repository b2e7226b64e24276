"""Names that the language itself looks up on a type: each has a number, its place in the row that a type keeps of them.

    a + b        special(type_of(a), Special.ADD), then special(type_of(b), Special.ADD + REFLECTED)

The binary operators come three times, in one order: plain, reflected, in place.
"""

from __future__ import annotations

from typing import Final

BINARY_NAMES: Final = [
    "add",
    "sub",
    "mul",
    "matmul",
    "truediv",
    "mod",
    "pow",
    "lshift",
    "rshift",
    "or",
    "xor",
    "and",
    "floordiv",
]  # by the numbers of syntax.BinaryOperator
BINARY_SIGNS: Final[list[str]] = ["+", "-", "*", "@", "/", "%", "** or pow()", "<<", ">>", "|", "^", "&", "//"]
BINARY_COUNT: Final = 13
REFLECTED: Final = 13  # from a binary operator to the one that the right side is asked for
IN_PLACE: Final = 26
COMPARISON_NAMES: Final = ["eq", "ne", "lt", "le", "gt", "ge"]  # by the numbers of syntax.Comparison
COMPARISON_SIGNS: Final[list[str]] = ["==", "!=", "<", "<=", ">", ">="]
SWAPPED: Final[list[int]] = [0, 1, 4, 5, 2, 3]  # the comparison that the other side is asked for

OTHER_NAMES: Final = [
    "invert",
    "not",  # no special method, but in the order of syntax.UnaryOperator
    "pos",
    "neg",
    "abs",
    "bool",
    "len",
    "iter",
    "next",
    "contains",
    "getitem",
    "setitem",
    "delitem",
    "missing",
    "call",
    "init",
    "new",
    "getattribute",
    "getattr",
    "setattr",
    "delattr",
    "get",
    "set",
    "delete",
    "enter",
    "exit",
    "repr",
    "str",
    "format",
    "hash",
    "index",
    "int",
    "float",
    "reversed",
    "await",
    "aiter",
    "anext",
    "aenter",
    "aexit",
    "del",
    "length_hint",
    "round",
    "divmod",
    "rdivmod",
    "bytes",
    "complex",
    "trunc",
    "floor",
    "ceil",
    "instancecheck",
    "subclasscheck",
    "dir",
    "prepare",
]


class Special:
    """The number of `__name__`."""

    ADD: Final = 0
    SUBTRACT: Final = 1
    MULTIPLY: Final = 2
    MODULO: Final = 5
    POWER: Final = 6
    EQ: Final = 39
    NE: Final = 40
    LT: Final = 41
    LE: Final = 42
    GT: Final = 43
    GE: Final = 44
    INVERT: Final = 45
    POS: Final = 47
    NEG: Final = 48
    ABS: Final = 49
    BOOL: Final = 50
    LEN: Final = 51
    ITER: Final = 52
    NEXT: Final = 53
    CONTAINS: Final = 54
    GETITEM: Final = 55
    SETITEM: Final = 56
    DELITEM: Final = 57
    MISSING: Final = 58
    CALL: Final = 59
    INIT: Final = 60
    NEW: Final = 61
    GETATTRIBUTE: Final = 62
    GETATTR: Final = 63
    SETATTR: Final = 64
    DELATTR: Final = 65
    GET: Final = 66
    SET: Final = 67
    DELETE: Final = 68
    ENTER: Final = 69
    EXIT: Final = 70
    REPR: Final = 71
    STR: Final = 72
    FORMAT: Final = 73
    HASH: Final = 74
    INDEX: Final = 75
    INT: Final = 76
    FLOAT: Final = 77
    REVERSED: Final = 78
    AWAIT: Final = 79
    AITER: Final = 80
    ANEXT: Final = 81
    AENTER: Final = 82
    AEXIT: Final = 83
    DEL: Final = 84
    LENGTH_HINT: Final = 85
    ROUND: Final = 86
    DIVMOD: Final = 87
    RDIVMOD: Final = 88
    BYTES: Final = 89
    COMPLEX: Final = 90
    TRUNC: Final = 91
    FLOOR: Final = 92
    CEIL: Final = 93
    INSTANCECHECK: Final = 94
    SUBCLASSCHECK: Final = 95
    DIR: Final = 96
    PREPARE: Final = 97


SPECIAL_NAMES: Final[list[str]] = [
    *[f"__{name}__" for name in BINARY_NAMES],
    *[f"__r{name}__" for name in BINARY_NAMES],
    *[f"__i{name}__" for name in BINARY_NAMES],
    *[f"__{name}__" for name in [*COMPARISON_NAMES, *OTHER_NAMES]],
]
"""By the numbers of Special."""
SPECIAL_COUNT: Final = len(SPECIAL_NAMES)


def _check() -> None:
    for name, number in vars(Special).items():
        if name.isupper():
            known = {"subtract": "sub", "multiply": "mul", "modulo": "mod", "power": "pow"}.get(
                name.lower(), name.lower()
            )
            assert SPECIAL_NAMES[number] == f"__{known}__", name


_check()
