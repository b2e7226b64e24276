"""The operations of compiled words. An instruction is one 64-bit word: operation | depth << 8 | operand << 24.

`depth` is the frame slot above the top of the data stack: the compiler knows it for every instruction, so no stack pointer
exists at run time. `operand` is signed.
"""

from typing import Final


class Op:
    """Beside each: what it takes from the data stack, what it leaves."""

    LITERAL: Final = 0  # -- operand
    PICK: Final = 1  # -- item number `operand` from the top
    SWAP: Final = 2  # a b -- b a
    ROTATE: Final = 3  # a b c -- b c a
    ADD: Final = 4  # a b -- c, and so on to EQUAL
    SUBTRACT: Final = 5
    MULTIPLY: Final = 6
    DIVIDE: Final = 7
    MODULO: Final = 8
    AND: Final = 9
    OR: Final = 10
    XOR: Final = 11
    LESS: Final = 12  # true has all bits set
    EQUAL: Final = 13
    FETCH: Final = 14  # address -- n
    STORE: Final = 15  # n address --
    JUMP: Final = 16  # to `operand`
    JUMP_IF_ZERO: Final = 17  # n --
    REPEAT: Final = 18  # back to `operand`
    DO: Final = 19  # limit start -- ; into the slots of counted loop number `operand`
    LOOP: Final = 20  # n -- ; adds n to a counter; `operand` is the loop's number | where its body starts << 8
    INDEX: Final = 21  # -- counter of loop number `operand`
    CALL: Final = 22  # word number `operand`
    EXIT: Final = 23
    PRINT: Final = 24  # n --
    EMIT: Final = 25  # code --
    PRINT_TEXT: Final = 26  # text number `operand`
