"""How a recording, or the finishing of a bytecode, ends."""

from typing import Final, final

from tracewright.core.arrays import Words
from tracewright.jit.trace.trace import Trace

MOVED: Final = 0  # the guest goes on at (code, pc, base) in the interpreter
RETURNED: Final = 1  # the portal has returned `value`
RAISED: Final = 2  # the portal has raised; the exception is pending


@final
class GuestState:
    """Where the guest program is now. `code` and `value` are words."""

    def __init__(self, kind: int, code: int, pc: int, base: int, value: int) -> None:
        self.kind = kind
        self.code = code
        self.pc = pc
        self.base = base
        self.value = value


@final
class Dependency:
    """The trace holds only as long as this quasi-immutable field of this object keeps its value."""

    def __init__(self, thing: int, field: int, word: int) -> None:
        self.thing = thing  # word of the object
        self.field = field  # number in the Assembly's table of fields
        self.word = word  # the value relied on


@final
class Outcome:
    """What a recording gave: `trace`, or None with the `reason` (`warm/abort.py`) why not; where the guest is either way.

    `code` and `pc` of an aborted recording are the guest position where it gave up.
    """

    def __init__(self, trace: Trace | None, reason: int, state: GuestState, dependencies: list[Dependency]) -> None:
        self.trace = trace
        self.reason = reason
        self.state = state
        self.dependencies = dependencies
        self.roots = Words(0)  # the objects that the trace names; keep this as long as the trace
        self.code = 0
        self.pc = 0
