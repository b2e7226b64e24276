"""The optimizer's steps in the order in which an instruction meets them, each with its reason and its switch.

Plain data: the steps call each other in `emit.py`, `peel.py`, `backward.py` and `finish.py`; this table is for readers, and for the test
that each switch has an effect.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the switch of `JitOptions` that turns it off ("" for none), the module that does it, and why it stands where it does."""

    name: str
    switch: str
    module: str
    because: str


PIPELINE: Final = (
    # The forward pass: while an instruction is emitted, by the recorder or by the peeler.
    Step(
        "known operands",
        "guards",
        "draft",
        "a guard may have shown that an operand is a constant; everything after profits",
    ),
    Step("constants", "fold", "emit", "what has only constant operands needs no further look"),
    Step("order of operands", "rules", "emit", "constants come second, so rules and lookups need not ask both ways"),
    Step("algebra", "rules", "rules", "named rules bring equal computations to equal forms before they are looked up"),
    Step("boxing", "rules", "boxing", "unboxing a box is the number itself; tags and classes answer their tests"),
    Step(
        "intervals", "ranges", "ranges", "comparisons that are settled and overflow that cannot be never become guards"
    ),
    Step("ratios", "ranges", "ratios", "a double made of ints answers by their intervals, and becomes superfluous"),
    Step("sums", "ranges", "sums", "what is true of x + 27 is true of x + 13; asked where intervals do not know"),
    Step("common operations", "cse", "emit", "after all of the above: the same computation has the same form now"),
    Step("calls", "calls", "calls", "an elidable call with the same arguments is an operation like others"),
    Step(
        "heap",
        "heap",
        "heap",
        "loads repeat what stores and loads have shown; objects of this trace alias nothing else",
    ),
    Step(
        "guards",
        "guards",
        "guards",
        "dropped when known; otherwise the source of classes, tags, intervals and constants",
    ),
    Step("slots", "", "slots", "guest frames live in a map; memory is written by exits and before calls that read it"),
    # When a loop closes.
    Step(
        "bare numbers",
        "boxes",
        "builder",
        "slots that hold known ints and floats are restated as boxes, so that numbers are carried",
    ),
    Step(
        "peeling", "peel", "peel", "all of the above again, on the second turn: what is invariant meets its first copy"
    ),
    Step(
        "stores of turns",
        "stores",
        "store_sinking",
        "after peeling it is known which places every turn writes; before the backward pass, which then carries what exits write",
    ),
    # The backward pass: when a trace ends.
    Step(
        "guards of one Value",
        "guards",
        "merge_guards",
        "of two, the one that implies the other is asked in the earlier place; nothing may be emitted after that",
    ),
    Step("what happens", "dead", "backward", "only what guards, stores, calls and jumps need is computed"),
    Step("boxing at exits", "boxes", "backward", "a box that only exits want is made by them"),
    Step("allocation at exits", "virtuals", "backward", "an object that only exits want is made by them"),
    Step(
        "write barriers",
        "barriers",
        "barriers",
        "what the collector need not hear of is known once allocations are settled",
    ),
    Step(
        "answers",
        "answers",
        "finish",
        "an exit does not need the condition that its guard has tested, which is then tested where it is made",
    ),
    Step("numbering", "", "finish", "the backend gets a dense trace"),
)
