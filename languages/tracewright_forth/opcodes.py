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
    TUCK: Final = 4  # a b -- b a b
    ADD: Final = 5
    SUBTRACT: Final = 6
    MULTIPLY: Final = 7
    DIVIDE: Final = 8
    MODULO: Final = 9
    AND: Final = 10
    OR: Final = 11
    XOR: Final = 12
    LESS: Final = 13
    EQUAL: Final = 14
    NEGATE: Final = 15
    IS_ZERO: Final = 16
    FETCH: Final = 17  # address -- n
    STORE: Final = 18  # n address --
    JUMP: Final = 19  # to `operand`
    JUMP_IF_ZERO: Final = 20  # n --
    REPEAT: Final = 21  # back to `operand`
    REPEAT_IF_ZERO: Final = 22  # n -- ; back to `operand`
    DO: Final = 23  # limit start -- ; into the slots of counted loop number `operand`
    LOOP: Final = 24  # n -- ; adds n to a counter; the next word is the loop's number | where its body starts << 8
    INDEX: Final = 25  # -- counter of loop number `operand`
    CALL: Final = 26  # word number `operand`
    EXIT: Final = 27
    PRINT: Final = 28  # n --
    EMIT: Final = 29  # code --
    PRINT_TEXT: Final = 30  # text number `operand`
