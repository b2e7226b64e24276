"""Where the time goes, and what the JIT did. Clocks run only when statistics are wanted: a reading costs about 25 ns."""

from typing import Final, final

from tracewright.core.system import monotonic_nanoseconds
from tracewright.hints import inlined, rare

INTERPRETING: Final = 0
TRACING: Final = 1
OPTIMIZING: Final = 2  # peeling and finishing loops; folding, CSE and forwarding happen while tracing and count there
ASSEMBLING: Final = 3
RUNNING: Final = 4
BLACKHOLE: Final = 5
ACTIVITY_NAMES: Final = ["interpreting", "tracing", "optimizing", "assembling", "running machine code", "blackhole"]


@final
class Statistics:
    """Counters and the partition of time. `switch` ends the current activity and begins another."""

    def __init__(self) -> None:
        self.enabled = False
        self.activity = INTERPRETING
        self.since = 0
        self.nanoseconds: list[int] = [0] * len(ACTIVITY_NAMES)
        self.loops = 0
        self.functions = 0
        self.bridges = 0
        self.refused = (
            0  # exits that would have got a bridge if their loop or function had not had `bridge_limit` already
        )
        self.recorded = 0  # jitcode operations that the recorder had to look at
        self.folded = 0  # those between them that only decode what is known
        self.instructions = 0  # instructions in finished traces
        self.guards = 0
        self.code_bytes = 0
        self.entries = 0
        self.exits = 0
        self.blackholes = 0
        self.invalidated = 0
        self.given_up: list[int] = []  # by Abort reason

    def start(self) -> None:
        """Begin to measure."""
        self.enabled = True
        self.since = monotonic_nanoseconds()

    @inlined
    def switch(self, activity: int) -> int:
        """Charge the time since the last switch, go over to `activity`; gives the activity left."""
        return self._charge(activity) if self.enabled else activity

    @rare
    def _charge(self, activity: int) -> int:
        before = self.activity
        now = monotonic_nanoseconds()
        self.nanoseconds[before] += now - self.since
        self.since = now
        self.activity = activity
        return before

    def count_abort(self, reason: int) -> None:
        """A recording was given up."""
        while len(self.given_up) <= reason:
            self.given_up.append(0)
        self.given_up[reason] += 1
