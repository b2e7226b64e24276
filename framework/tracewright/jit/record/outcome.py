"""How a recording ends."""

from typing import final

from tracewright.core.arrays import Words
from tracewright.hints import JitCell
from tracewright.jit.execute.guest_state import GuestState
from tracewright.jit.trace.trace import Trace


@final
class Dependency:
    """The trace holds only as long as this quasi-immutable field of this object keeps its value."""

    def __init__(self, thing: int, field: int, word: int) -> None:
        self.thing = thing  # word of the object
        self.field = field  # number in the Assembly's table of fields
        self.word = word  # the value relied on


@final
class Outcome:
    """What a recording gave: `trace`, or None with the `reason` (`tables/abort.py`) why not; where the guest is either way.

    `code` and `pc` of an aborted recording are the guest position where it gave up.
    """

    def __init__(self, trace: Trace | None, reason: int, state: GuestState, dependencies: list[Dependency]) -> None:
        self.trace = trace
        self.reason = reason
        self.state = state
        self.dependencies = dependencies
        self.roots = Words(0)  # the objects that the trace names; keep this as long as the trace
        self.waits_for: JitCell | None = None  # RECURSION: try again when this is compiled
        self.wants_loop: JitCell | None = (
            None  # a loop is to begin where the trace ends: where ways through its loop meet, or
        )
        self.needs_loop = False  # at the header again, and the trace is of use only with that loop
        self.code = 0
        self.pc = 0
