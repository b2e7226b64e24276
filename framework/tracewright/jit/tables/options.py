"""What the optimizer does, as switches: `--jit cse=0` and the like. Every switch has a test that it has an effect.

plain = JitOptions(); plain.all_off()      # the trace as it was recorded: what the fuzzer compares with
"""

from typing import final


@final
class JitOptions:
    """Which steps the trace builder takes; see `pipeline.py` for what each is for."""

    def __init__(self) -> None:
        self.fold = True  # constant operands give constant results
        self.rules = True  # algebraic rules, boxing and unboxing
        self.cse = True  # equal pure operations are computed once
        self.ranges = True  # integer intervals: comparisons, overflow checks
        self.guards = True  # guards known to hold are dropped, and teach
        self.heap = True  # loads forwarded, stores that change nothing dropped
        self.calls = True  # equal calls of elidable functions are made once
        self.peel = True  # second copy of the loop, where invariants meet their first copy
        self.stores = True  # stores of a loop's turns are left to the exits
        self.boxes = True  # boxing for exits only is left to the exits
        self.virtuals = True  # allocation for exits only is left to the exits
        self.dead = True  # what nothing needs is dropped
        self.barriers = True  # no write barrier where no old object can come to refer to a new one
        self.answers = True  # exits know what their guards have found; not where guards are made to fail (`fail_every`)
        self.virtual_array_limit = 64  # longest array whose allocation is left to the exits

    def all_off(self) -> None:
        """No step at all."""
        self.fold = self.rules = self.cse = self.ranges = self.guards = False
        self.heap = self.calls = self.peel = self.stores = self.boxes = self.virtuals = self.dead = self.barriers = (
            False
        )
        self.answers = False

    def set(self, name: str, value: int) -> bool:
        """Set the switch of this name; False where there is none."""
        on = value != 0
        match name:
            case "fold":
                self.fold = on
            case "rules":
                self.rules = on
            case "cse":
                self.cse = on
            case "ranges":
                self.ranges = on
            case "guards":
                self.guards = on
            case "heap":
                self.heap = on
            case "calls":
                self.calls = on
            case "peel":
                self.peel = on
            case "stores":
                self.stores = on
            case "boxes":
                self.boxes = on
            case "virtuals":
                self.virtuals = on
            case "dead":
                self.dead = on
            case "barriers":
                self.barriers = on
            case "answers":
                self.answers = on
            case "virtual_array_limit":
                self.virtual_array_limit = value
            case _:
                return False
        return True
