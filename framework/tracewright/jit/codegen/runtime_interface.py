"""The addresses of the running program that machine code names."""

from typing import final

from tracewright.core.memory import load64, symbol_address


@final
class RuntimeInterface:
    """Addresses of words and C functions. `native_interface` gives those of a translated program; tests make their own."""

    def __init__(self) -> None:
        # Words in memory.
        self.exception = 0  # the pending exception, or 0
        self.stack_limit = 0  # CALL_GUEST leaves where the native stack pointer is below this word
        self.cursors = 0  # per size class: the next free cell ...
        self.limits = 0  # ... and where the run of free cells ends
        self.left_word = 0  # the Value that `leave_trace` hands over with status 2, and `enter` with status 0 and 2
        self.interrupted = 0  # nonzero: loops leave so that the interpreter can raise what waits (address 0: no polls)
        self.fail_counter = 0  # guards count this word down and fail when it reaches 0 (address 0: they do not)
        # C functions.
        self.allocate_slow = 0  # (size class) -> zeroed cell; never fails
        self.allocate_large = 0  # (bytes) -> zeroed memory, or 0 with an exception pending
        self.allocate_array = 0  # (class id, length) -> array, or 0 with an exception pending
        self.remember = 0  # (object): what WRITE_BARRIER calls for an old object
        self.remember_item = 0  # (address of an element): what WRITE_BARRIER_AT calls where that is not noted yet ...
        self.cards = 0  # ... by a byte at this + (address >> CARD_SHIFT)
        self.box_int = 0  # (int) -> Value word
        self.copy_memory = 0  # memmove
        self.zero_memory = 0  # memset
        self.leave_trace = 0  # (exit, saved registers) -> status
        self.finish_call = 0  # (bottom index) -> Value word
        self.start_call = 0  # (bottom index, code, VMStack) -> Value word


def native_interface(leave_trace: int, finish_call: int, start_call: int, left_word: int) -> RuntimeInterface:
    """The interface of the running executable; the arguments are addresses of dialect functions and of a word they own."""
    result = RuntimeInterface()
    result.exception = symbol_address("tw_exception")
    result.stack_limit = symbol_address("tw_jit_stack_limit")
    result.cursors = symbol_address("tw_cursors")
    result.limits = symbol_address("tw_limits")
    result.left_word = left_word
    result.interrupted = symbol_address("tw_interrupted")
    result.allocate_slow = symbol_address("tw_allocate_slow")
    result.allocate_large = symbol_address("tw_allocate_large")
    result.allocate_array = symbol_address("tw_allocate_array")
    result.remember = symbol_address("tw_remember")
    result.remember_item = symbol_address("tw_remember_item")
    result.cards = load64(symbol_address("tw_cards"))
    result.box_int = symbol_address("tw_box_int")
    result.copy_memory = symbol_address("memmove")
    result.zero_memory = symbol_address("memset")
    result.leave_trace = leave_trace
    result.finish_call = finish_call
    result.start_call = start_call
    return result
