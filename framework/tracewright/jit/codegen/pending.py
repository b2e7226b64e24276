"""What is written behind the trace once its main line is complete."""

from typing import Final, final

from tracewright.jit.codegen.locations import LOCATION_NONE
from tracewright.jit.trace.compiled import CompiledTrace, Exit

UNDO_NOTHING: Final = 0
UNDO_ADD: Final = 1
UNDO_SUB: Final = 2

_NO_FIELDS: Final[list[int]] = []


@final
class PendingExit:
    """An exit whose stub is not written yet, and the branches that lead to it: mostly one."""

    def __init__(self, exit: Exit) -> None:
        self.exit = exit
        self.branches = 0
        self.branch = 0  # the address of the first
        self.field = 0  # the same, as the assembler resolves it
        self.other_fields = _NO_FIELDS
        self.undo = UNDO_NOTHING  # what the stub does first: give a register back what a checked operation took from it
        self.undo_register = LOCATION_NONE
        self.undo_operand = LOCATION_NONE
        self.valid_of: CompiledTrace = exit.owner
        self.valid_patch = -1  # index in its `valid_patches`

    def add_branch(self, branch: int, field: int) -> None:
        """A branch at this address leads to the stub."""
        if self.branches == 0:
            self.branch = branch
            self.field = field
        else:
            if self.branches == 1:
                self.other_fields = []
            self.other_fields.append(field)
        self.branches += 1


@final
class PendingCall:
    """A call of a guest function whose code may come back in another way than by finishing: out of line, the interpreter runs the
    callee's frame to its end where it has not ended, or from its beginning where there is no code, and an exception takes the `raised` exit.

    `as_int`: the trace goes on with the bare number, and a result that is none takes the `no_int` exit."""

    def __init__(self, field: int, offset: int, back: int, as_int: bool) -> None:
        self.field = field  # the branch that leads there, as the assembler resolves it
        self.offset = offset  # of the callee's base, in bytes
        self.cold: list[int] = []  # branches taken where the callee has no machine code
        self.back = back  # where the trace goes on
        self.as_int = as_int
        self.raised: PendingExit | None = None  # None: the trace asks by itself
        self.no_int: PendingExit | None = None


@final
class SlowPath:
    """An out-of-line call of a routine that takes and gives its word in a scratch register, and where the fast path goes on."""

    def __init__(self, routine: int, field: int) -> None:
        self.routine = routine
        self.field = field  # the branch that leads here, as the assembler resolves it
        self.source = 0  # location of the argument; if negative, `immediate` is the argument
        self.immediate = 0
        self.if_old = False  # nothing is to be done unless the object `source` is OLD
        self.of_item = False  # the argument is the address of an item: `start` and 8 times what is in the register `index` are added,
        self.index = 0  # which may be none
        self.start = 0
        self.target = 0  # register for the result
        self.back = 0
