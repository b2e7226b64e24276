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
    COMPUTE: Final = 4  # a b -- c ; by function number `operand`
    FETCH: Final = 5  # address -- n
    STORE: Final = 6  # n address --
    JUMP: Final = 7  # to `operand`
    JUMP_IF_ZERO: Final = 8  # n --
    REPEAT: Final = 9  # back to `operand`
    DO: Final = 10  # limit start -- ; into the slots of counted loop number `operand`
    LOOP: Final = 11  # n -- ; adds n to a counter; `operand` is the loop's number | where its body starts << 8
    INDEX: Final = 12  # -- counter of loop number `operand`
    CALL: Final = 13  # word number `operand`
    EXIT: Final = 14
    PRINT: Final = 15  # n --
    EMIT: Final = 16  # code --
    PRINT_TEXT: Final = 17  # text number `operand`
