"""What a LABEL takes for granted of whoever comes to it: another trace goes there only with all of this proved, guarded or made so.

    label(i9, r12)      slot 3 is the int i9, and i9 >= 0
                        slot 5 is r12, an object of class 40
                        slot 1 is in memory; premises: r2 = read_slot(1), guard_class(r2, 40), r4 = load_ref(r2, 16, 7)
                        i9 < i6, which is a premise

The premises are what the loop has computed once, before the LABEL, and what its guards have shown of that. Who comes from elsewhere
repeats them; most of it folds away there.
"""

from typing import Final, final

NOTHING: Final = -(1 << 40)  # no ref
TOP_UNKNOWN: Final = -(1 << 40)  # the loop has nothing to do with `top`
TOP_IN_MEMORY: Final = -(1 << 41)  # the loop has read `top`, which is among the premises


@final
class LabelState:
    """The slots that the loop changes, and the premises. Refs are those of the finished trace."""

    def __init__(self) -> None:
        self.code = 0  # the guest position: a word, and pc
        self.pc = 0
        self.top_offset = TOP_UNKNOWN  # `top` is trace_base + this
        # One entry per changed slot: how it is boxed, and the ref that stands for it (negative: this constant; NOTHING: the loop has no use for it).
        self.offsets: list[int] = []
        self.boxings: list[int] = []
        self.refs: list[int] = []
        self.in_memory: list[bool] = []  # memory has the slot's value too
        self.facts: list[Facts] = []
        self.asked: list[bool] = []  # the loop makes use of the boxing and the facts
        # Instructions before the LABEL, ascending: results that no turn changes, and guards on them.
        self.premises: list[int] = []
        self.premise_facts: list[Facts] = []
        self.relations: list[Relation] = []


@final
class Facts:
    """What is known of a ref: an interval, a sort of Value (TAG_... of the optimizer), an exact class (-1: none)."""

    def __init__(self, low: int, high: int, tag: int, class_id: int) -> None:
        self.low = low
        self.high = high
        self.tag = tag
        self.class_id = class_id


@final
class Relation:
    """A comparison that `holds`, or whose opposite does, each time that somebody comes to the LABEL: of ints in changed slots (places in
    `offsets`), or, where that is -1, premises and constants."""

    def __init__(self, operation: int, holds: bool, left: int, right: int) -> None:
        self.operation = operation
        self.holds = holds
        self.left = left  # a ref, of the draft until the trace is finished
        self.right = right
        self.left_slot = -1
        self.right_slot = -1
