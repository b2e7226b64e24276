"""Snapshots: what the guest state is if a guard fails."""

from typing import Final, final

from tracewright.core.operations import STORE_FLOAT, STORE_FLOAT_AT

TOP_SLOT: Final = -1_000_000  # pseudo offset of `stack.top`; its ref is an int: the index of the new top

# How an exit turns a snapshot's ref into the word for the slot or register.
AS_IS: Final = 0
BOX_INT: Final = 1  # the ref is an int: Value.of_int
BOX_FLOAT: Final = 2  # the ref is a float: Value.of_float
BOX_BOOL: Final = 3  # the ref is 0 or 1: Value.of_bool
VIRTUAL: Final = 4  # the ref is a sunk NEW_OBJECT or NEW_ARRAY: allocate it and replay its sunk stores below `position`
UNBOXED_FLOAT: Final = 5  # jitcode register of kind f: the float's bits

STORE_NUMBERS: Final = 4  # of a store in `Snapshot.stores`


@final
class FrameSnapshot:
    """A jitcode frame in mid-function: where it goes on, and its live registers.

    `result_register` receives the result of the frame above (-1: none). `receiver` and `guest_callee` are those of
    `execute/frames.py`: a bridge that begins here counts recursion on from them.
    """

    def __init__(self, jitcode: int, pc: int, result_register: int) -> None:
        self.jitcode = jitcode
        self.pc = pc
        self.result_register = result_register
        self.registers: list[int] = []
        self.refs: list[int] = []
        self.boxings: list[int] = []
        self.receiver = 0
        self.guest_callee = 0

    def without_registers(self) -> "FrameSnapshot":
        """A copy whose registers are to be filled in anew."""
        copy = FrameSnapshot(self.jitcode, self.pc, self.result_register)
        copy.receiver = self.receiver
        copy.guest_callee = self.guest_callee
        return copy

    def with_answer(self, ref: int, number: int, value: int) -> "FrameSnapshot":
        """A copy with the constant `number`, or `value` where it is boxed as a bool, in the place of `ref`."""
        copy = self.without_registers()
        copy.registers = self.registers
        copy.refs, copy.boxings = _answered(self.refs, self.boxings, ref, number, value)
        return copy


def _answered(refs: list[int], boxings: list[int], ref: int, number: int, value: int) -> tuple[list[int], list[int]]:
    refs, boxings = refs.copy(), boxings.copy()
    for k in range(len(refs)):
        if refs[k] == ref:
            refs[k] = value if boxings[k] == BOX_BOOL else number
            if boxings[k] == BOX_BOOL:
                boxings[k] = AS_IS
    return refs, boxings


# What most snapshots have none of is the same empty list in all of them.
_NO_NUMBERS: Final[list[int]] = []
_NO_FRAMES: Final[list[FrameSnapshot]] = []


@final
class Snapshot:
    """Guest position and modified slots (offsets from `trace_base`, ascending); `frames` outermost first, empty at a bytecode's start.

    `code` is the ref of a constant; `position` is the number of instructions that precede the guards using this snapshot's
    heap state (sunk stores before it are replayed by the exit).

    `linkages` are the slots of the guest frames that the trace is in which others may look at (`SlotMap.linkages`).

    It is made with room for so many `slots`. `stores` are those that a loop leaves to its exits (`optimize/store_sinking.py`), four numbers each: operation, ref of the object,
    offset or index, alias class. What they write is in `stored_refs` and `stored_boxings`.
    """

    def __init__(self, code: int, pc: int, base_offset: int, position: int, slots: int) -> None:
        self.code = code
        self.pc = pc
        self.base_offset = base_offset
        self.position = position
        self.offsets: list[int] = [0] * slots
        self.refs: list[int] = [0] * slots
        self.boxings: list[int] = [AS_IS] * slots
        self.frames = _NO_FRAMES
        self.linkages = _NO_NUMBERS
        self.stores = self.stored_refs = self.stored_boxings = _NO_NUMBERS

    def add_frame(self, frame: FrameSnapshot) -> None:
        """The next frame inward."""
        if len(self.frames) == 0:
            self.frames = []
        self.frames.append(frame)

    def add_store(self, operation: int, thing: int, place: int, alias: int, value: int) -> None:
        """The exit has to make this store."""
        if len(self.stores) == 0:
            self.stores, self.stored_refs, self.stored_boxings = [], [], []
        self.stores.append(operation)
        self.stores.append(thing)
        self.stores.append(place)
        self.stores.append(alias)
        self.stored_refs.append(value)
        is_float = operation == STORE_FLOAT or operation == STORE_FLOAT_AT
        self.stored_boxings.append(UNBOXED_FLOAT if is_float else AS_IS)

    def mentions(self, ref: int) -> bool:
        """Whether a slot, a register or a store takes this value."""
        if ref in self.refs or ref in self.stored_refs:
            return True
        for frame in self.frames:
            if ref in frame.refs:
                return True
        return False

    def with_answer(self, ref: int, number: int, value: int) -> "Snapshot":
        """A copy with the constant `number`, or `value` where it is boxed as a bool, in the place of `ref`."""
        copy = Snapshot(self.code, self.pc, self.base_offset, self.position, 0)
        copy.offsets, copy.linkages, copy.stores = self.offsets, self.linkages, self.stores
        copy.refs, copy.boxings = _answered(self.refs, self.boxings, ref, number, value)
        copy.stored_refs, copy.stored_boxings = _answered(self.stored_refs, self.stored_boxings, ref, number, value)
        for frame in self.frames:
            copy.add_frame(frame.with_answer(ref, number, value))
        return copy
