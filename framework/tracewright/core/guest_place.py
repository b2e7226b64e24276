"""Where the guest program was when an exception of the host left the interpreter: for the message about one that nobody catches.

The portal's C code notes it on its way out, and so does the JIT for what it runs in the portal's place (`jit/README.md`). The innermost
portal call comes first, and it is the one that knows: what others note later of the same exception does not count.
"""

from typing import Final, final

from tracewright.core.memory import address_of, load64, store64, symbol_address


@final
class GuestPlace:
    """The last such exception, the guest code object that was running and the position in it. It stays until the next one."""

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self.code: object | None = None
        self.pc = 0


_LAST: Final = GuestPlace()


def note_guest_place(error: BaseException, code: object, pc: int) -> None:
    """The exception leaves the portal, which was at this bytecode. Raises nothing and changes nothing that guests can see."""
    if _LAST.error is error:
        return
    _LAST.error = error
    _LAST.code = code
    _LAST.pc = pc
    raised_error = symbol_address("tw_raised_error")
    if load64(raised_error) != address_of(
        error
    ):  # a trace called what raised it: none of the functions that it comes by from here on
        store64(raised_error, address_of(error))
        store64(symbol_address("tw_raised_at"), 0)


def noted_code(error: BaseException) -> object | None:
    """The guest code that the exception was raised in, None if it has left no portal."""
    return _LAST.code if _LAST.error is error else None


def noted_pc() -> int:
    """The position in `noted_code`."""
    return _LAST.pc
