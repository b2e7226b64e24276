"""What recording and the blackhole need from the running program: allocation, the pending exception, the VM stack, JIT cells."""

from abc import abstractmethod

from tracewright.core.arrays import Words
from tracewright.core.guest_place import note_guest_place
from tracewright.core.integers import MAX_INT, ovf_add
from tracewright.core.memory import (
    address_of,
    call_native,
    load64,
    object_at,
    store64,
    symbol_address,
    value_of_word,
    word_of_value,
)
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import ALL_LIVE, GuestCode, JitCell
from tracewright.jit.execute.allocation import allocate_array, allocate_object
from tracewright.jit.tables.cells import cell_at, is_short_loop
from tracewright.jit.tables.function_table import ClassInfo


class Runtime:
    """The running program. Natively there is one implementation; tests have another."""

    @abstractmethod
    def new_object(self, info: ClassInfo) -> int:
        """A zeroed object."""

    @abstractmethod
    def new_array(self, info: ClassInfo, length: int) -> int:
        """A zeroed array; 0 with MemoryError pending if there is no room."""

    @abstractmethod
    def box_int(self, number: int) -> int:
        """The word of `Value.of_int(number)`."""

    @abstractmethod
    def load_slot(self, stack: int, index: int) -> int:
        """The word in a slot of the VM stack."""

    @abstractmethod
    def store_slot(self, stack: int, index: int, word: int) -> None:
        """Write a slot."""

    @abstractmethod
    def stack_top(self, stack: int) -> int:
        """`stack.top`."""

    @abstractmethod
    def set_stack_top(self, stack: int, top: int) -> None:
        """Write `stack.top`."""

    # The guest's pending exception is kept here, not where translated code has its own (`tw_exception`): otherwise the next
    # checked call inside the JIT would take it for one of the JIT.
    @abstractmethod
    def exception(self) -> int:
        """The word of the guest's pending exception, or 0."""

    @abstractmethod
    def set_exception(self, exception: int) -> None:
        """Make an exception of the guest pending; 0: none."""

    @abstractmethod
    def take_exception(self) -> None:
        """What machine code has left pending becomes the guest's pending exception: first of all when the JIT is entered."""

    @abstractmethod
    def hand_over_exception(self) -> None:
        """The opposite: last of all before returning to machine code."""

    @abstractmethod
    def raise_overflow(self) -> None:
        """Make OverflowError pending."""

    @abstractmethod
    def field_changed(self, thing: int, field: int) -> None:
        """A quasi-immutable field has been written: code that relied on it is wrong from now on."""

    @abstractmethod
    def call(self, wrapper: int, arguments: Words) -> int:
        """Call a function in wrapper form. It may leave an exception pending."""

    def optimizing(self, begins: bool) -> None:
        """A recorded loop is about to be peeled and finished, or that is done: the statistics may want to know."""

    def leaves_portal(self, code: int, pc: int) -> None:
        """The guest's pending exception leaves the portal at this guest position."""

    @abstractmethod
    def cell(self, code: int, pc: int) -> JitCell:
        """The cell of a guest position, made if it has none yet."""

    @abstractmethod
    def meets_many(self, code: int, pc: int) -> bool:
        """Whether traces are to take for a variable what `promote_few` asks for at this guest position."""

    @abstractmethod
    def is_short_loop(self, code: int, pc: int, most: int) -> bool:
        """Whether the loop at a guest position usually turns `most` times or less before it is left."""

    @abstractmethod
    def live_slots(self, code: int, pc: int) -> int:
        """How many slots of the frame can be read from this guest position on, or ALL_LIVE."""

    @abstractmethod
    def linkage_slots(self, code: int) -> int:
        """How many slots of a frame others may look at while it waits for a callee, or ALL_LIVE."""

    @abstractmethod
    def parameters(self, code: int) -> tuple[int, int]:
        """The first slot of the frame that callers fill with an argument, and the one behind the last."""


class NativeRuntime(Runtime):
    """The translated program itself."""

    def __init__(self, counter: int) -> None:
        self.pending: BaseException | None = None
        self.counter = counter  # what a new cell starts counting down from

    def new_object(self, info: ClassInfo) -> int:
        try:
            return allocate_object(info.class_id, info.size)
        except MemoryError as error:
            self.pending = error
            return 0

    def new_array(self, info: ClassInfo, length: int) -> int:
        try:
            return allocate_array(info.class_id, length)
        except MemoryError as error:
            self.pending = error
            return 0

    def box_int(self, number: int) -> int:
        return word_of_value(Value.of_int(number))

    def load_slot(self, stack: int, index: int) -> int:
        return word_of_value(object_at(VMStack, stack)[index])

    def store_slot(self, stack: int, index: int, word: int) -> None:
        object_at(VMStack, stack)[index] = value_of_word(word)

    def stack_top(self, stack: int) -> int:
        return object_at(VMStack, stack).top

    def set_stack_top(self, stack: int, top: int) -> None:
        object_at(VMStack, stack).top = top

    def exception(self) -> int:
        return address_of(self.pending)

    def set_exception(self, exception: int) -> None:
        self.pending = None if exception == 0 else object_at(BaseException, exception)

    def take_exception(self) -> None:
        place = symbol_address("tw_exception")
        word = load64(place)
        store64(place, 0)
        self.pending = None if word == 0 else object_at(BaseException, word)

    def hand_over_exception(self) -> None:
        store64(symbol_address("tw_exception"), address_of(self.pending))
        self.pending = None

    def raise_overflow(self) -> None:
        try:
            ovf_add(MAX_INT, 1)
        except OverflowError as error:
            self.pending = error

    def field_changed(self, thing: int, field: int) -> None:
        raise AssertionError("a program whose fields are watched needs a runtime that discards code")

    def call(self, wrapper: int, arguments: Words) -> int:
        try:
            return call_native(wrapper, address_of(arguments) + ARRAY_ITEMS_OFFSET, 0, 0, 0)
        except BaseException as error:  # whatever it is, it is the guest's
            self.pending = error
            return 0

    def leaves_portal(self, code: int, pc: int) -> None:
        if self.pending is not None:
            note_guest_place(self.pending, object_at(GuestCode, code), pc)

    def cell(self, code: int, pc: int) -> JitCell:
        return cell_at(object_at(GuestCode, code), pc, self.counter)

    def meets_many(self, code: int, pc: int) -> bool:
        cell = object_at(GuestCode, code).jit_cells[pc]
        return cell is not None and cell.meets_many

    def is_short_loop(self, code: int, pc: int, most: int) -> bool:
        return is_short_loop(object_at(GuestCode, code), pc, most)

    def live_slots(self, code: int, pc: int) -> int:
        live = object_at(GuestCode, code).live_slots
        return ALL_LIVE if live is None else live[pc]

    def linkage_slots(self, code: int) -> int:
        return object_at(GuestCode, code).linkage_slots

    def parameters(self, code: int) -> tuple[int, int]:
        guest = object_at(GuestCode, code)
        return guest.first_parameter, guest.first_parameter + guest.parameter_slots
