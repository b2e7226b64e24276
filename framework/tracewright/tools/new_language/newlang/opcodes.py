"""Register code: one 64-bit word each, operation | a << 8 | b << 24 | c << 40. Operands are registers unless said otherwise.

`wide` is b and c together: a place to jump to, or a number in a table of the code object.
"""

from typing import Final


class Op:
    """The operations."""

    MOVE: Final = 0  # a := b
    LOAD_CONSTANT: Final = 1  # a := constants[wide]
    LOAD_GLOBAL: Final = 2  # a := globals[wide]
    STORE_GLOBAL: Final = 3  # globals[wide] := a
    ADD: Final = 4  # a := b + c
    SUBTRACT: Final = 5
    MULTIPLY: Final = 6
    DIVIDE: Final = 7
    MODULO: Final = 8
    LESS: Final = 9
    LESS_EQUAL: Final = 10
    EQUAL: Final = 11
    NEGATE: Final = 12  # a := -b
    NOT: Final = 13
    JUMP: Final = 14  # to wide
    JUMP_BACK: Final = 15
    JUMP_IF_FALSE: Final = 16  # on a
    JUMP_IF_TRUE: Final = 17
    CALL: Final = 18  # the frame begins at a, wide arguments are in it; the result comes to a
    RETURN: Final = 19  # a
    PRINT: Final = 20  # a
