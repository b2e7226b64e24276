"""Where the guest program is after a recording, or after the blackhole has finished a bytecode."""

from typing import Final, final

from tracewright.core.arrays import Words

MOVED: Final = 0  # the guest goes on at (code, pc, base) in the interpreter
RETURNED: Final = 1  # the portal has returned `value`
RAISED: Final = 2  # the portal has raised; the exception is pending


@final
class GuestState:
    """Where the guest program is now. `code` and `value` are words, which `held` shows the collector: what a recording has returned is
    nowhere else while its machine code is made."""

    def __init__(self, kind: int, code: int, pc: int, base: int, value: int) -> None:
        self.kind = kind
        self.code = code
        self.pc = pc
        self.base = base
        self.value = value
        self.held = Words(2)
        self.held[0] = code
        self.held[1] = value
