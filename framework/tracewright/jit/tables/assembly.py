"""What the translator tells the JIT about the interpreter: jitcode, functions, classes, fields.

The translator fills `ASSEMBLY` in (`translate/jitcode/assembler.py: fill_assembly`) before prebuilt objects are frozen.
"""

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.jit.tables.function_table import ClassInfo, FieldInfo, FunctionInfo
from tracewright.jit.tables.jitcode import JitCode

_ALIGNMENT: Final = 4  # functions begin at multiples of 16


@final
class Assembly:
    """Tables; the numbers in jitcode and traces are indices into them. `classes` is indexed by class id.

    `portal` is the number of the portal's JitCode and `portal_function` that of its FunctionInfo (-1: the program has no JitDriver).
    `portal_code`, `portal_pc` (-1: none), `portal_stack`, `portal_base` say which of the portal's parameters these are. `location_wrapper` is the
    address of the driver's location function in wrapper form: words (code, pc), gives a str; `portal_wrapper` that of the portal.
    `note_place` is the number of `core/guest_place.py: note_guest_place`, which traces call where an exception leaves the portal (-1: nobody asks).
    """

    def __init__(self) -> None:
        self.jitcodes: list[JitCode] = []
        self.functions: list[FunctionInfo] = []
        self.function_jitcodes: list[int] = []  # for each function the number of its jitcode, or -1
        self.classes: list[ClassInfo] = []
        self.fields: list[FieldInfo] = []
        self.portal = -1
        self.portal_function = -1
        self.portal_wrapper = 0
        self.portal_code = 0
        self.portal_pc = -1
        self.portal_stack = 1
        self.portal_base = 2
        self.results_in_frame = self.small_ints = False  # as the JitDriver says
        self.location_wrapper = 0
        self.note_place = -1
        self.boxed_int_class = -1
        self.stack_top_alias = 0  # the alias class of `VMStack.top`
        self.watches_fields = False  # whether native code tells the JIT of writes to quasi-immutable fields
        self._numbers_of_addresses: Array[int] = Array(0, 0)  # open addressing; a number plus 1, 0 where there is none

    def function_at(self, address: int) -> int:
        """The number of the function with this C address, -1 if it is none that traces may call."""
        if (
            len(self._numbers_of_addresses) == 0
        ):  # addresses are known to the linker only, so the translator cannot do this
            self._number_addresses()
        return self._numbers_of_addresses[self._place_of_address(address)] - 1

    def _number_addresses(self) -> None:
        size = 1
        while size < 2 * len(self.functions) + 1:
            size *= 2
        self._numbers_of_addresses = Array(size, 0)
        for number in range(len(self.functions)):
            self._numbers_of_addresses[self._place_of_address(self.functions[number].address)] = number + 1

    def _place_of_address(self, address: int) -> int:
        """Where the number of the function with this address stands, or would stand."""
        numbers = self._numbers_of_addresses
        mask = len(numbers) - 1
        place = (address >> _ALIGNMENT) & mask
        while numbers[place] != 0 and self.functions[numbers[place] - 1].address != address:
            place = (place + 1) & mask
        return place


ASSEMBLY: Final = Assembly()
