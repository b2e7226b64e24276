"""Moth's bytecode: one 64-bit word each, operation | a << 8 | b << 24 | c << 40. Operands are registers unless said otherwise.

`wide` is b and c together: a place to jump to, or a number in a table of the code object.
"""

from typing import Final


class Op:
    MOVE: Final = 0  # a := b
    LOAD_INT: Final = 1  # a := wide
    LOAD_CONSTANT: Final = 2  # a := constants[wide]
    LOAD_GLOBAL: Final = 3  # a := globals[wide]
    STORE_GLOBAL: Final = 4
    NEW_CELL: Final = 5  # a := a cell with b in it
    LOAD_CELL: Final = 6  # a := what is in the cell in b
    STORE_CELL: Final = 7  # the cell in a takes b
    LOAD_CAPTURED: Final = 8  # a := captured cell number b of this closure
    CLOSURE: Final = 9  # a := a closure of codes[wide]
    ADD: Final = 10  # a := b + c
    SUBTRACT: Final = 11
    MULTIPLY: Final = 12
    DIVIDE: Final = 13
    MODULO: Final = 14
    LESS: Final = 15
    LESS_EQUAL: Final = 16
    EQUAL: Final = 17
    JOIN: Final = 18  # strings
    NEGATE: Final = 19  # a := -b
    NOT: Final = 20
    LENGTH: Final = 21
    JUMP: Final = 22  # to wide
    JUMP_BACK: Final = 23
    JUMP_IF_FALSE: Final = 24  # on a
    JUMP_IF_TRUE: Final = 25
    NEW_LIST: Final = 26  # a := list of the b values from register c on
    NEW_OBJECT: Final = 27  # a := object of layouts[b], values from register c on; its prototype is in a
    GET_FIELD: Final = 28  # a := b.names[c]
    SET_FIELD: Final = 29  # a.names[c] := b
    GET_ITEM: Final = 30  # a := b[c]
    SET_ITEM: Final = 31  # a[c] := b
    PUSH: Final = 32  # append b to the list in a
    CALL: Final = 33  # the frame begins at a, b arguments are in it; the result comes to a
    RETURN: Final = 34  # a
    PRINT: Final = 35  # a
