"""Moth's bytecode: register code as in `tracewright.guest.register_code`, and the frames that it runs in."""

from typing import Final

from tracewright.guest.frames import LINK_SLOTS


class Op:
    """A row for each operation: what it does. `wide` is b and c together; `constants` are those of the function."""

    MOVE: Final = 0  # a := b
    CONSTANT: Final = 1  # a := constants[wide]
    LOAD_CAPTURED: Final = 2  # a := value number wide of the closure that runs
    LOAD_GLOBAL: Final = 3  # a := the global constants[wide]
    STORE_GLOBAL: Final = 4  # that global := a
    LOAD_FIELD: Final = 5  # a := the field of b at the site constants[c]
    STORE_FIELD: Final = 6  # that field := a
    NEW_OBJECT: Final = 7  # a := an object of the shape constants[c], with the values from register a + 1 on
    NEW_CLOSURE: Final = 8  # a := a closure of the code constants[c], with the values from register a + 1 on
    ADD: Final = 9  # a := b + c
    SUBTRACT: Final = 10
    MULTIPLY: Final = 11
    DIVIDE: Final = 12
    MODULO: Final = 13
    LESS: Final = 14
    LESS_EQUAL: Final = 15
    EQUAL: Final = 16
    NEGATE: Final = 17  # a := -b
    NOT: Final = 18
    JUMP: Final = 19  # to wide
    REPEAT: Final = 20  # back to wide
    JUMP_IF_FALSE: Final = 21  # to wide, if a is nil or false
    JUMP_IF_TRUE: Final = 22
    CALL: Final = 23  # the closure in the frame that begins at a, where wide arguments are; the result comes to a
    RETURN: Final = 24  # a
    PRINT: Final = 25  # a


# A frame on the VM stack begins with the link to its caller and the closure that runs. Registers follow: first the
# arguments, then other variables, then what expressions need.
CLOSURE: Final = LINK_SLOTS
FIRST_REGISTER: Final = LINK_SLOTS + 1
