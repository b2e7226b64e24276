"""Objects and VM stacks in real memory, so that the recorder and the blackhole run under CPython."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

from tracewright.core.arrays import Words
from tracewright.core.memory import load64, store64
from tracewright.core.value import INT_TAG, SMALL_INT_BITS
from tracewright.core.vm_stack import CELLS_OFFSET, LIMIT_OFFSET, OBJECT_BYTES, TOP_OFFSET
from tracewright.hints import ALL_LIVE, JitCell
from tracewright.jit.execute.runtime import Runtime
from tracewright.jit.tables.function_table import ClassInfo


class HostedRuntime(Runtime):
    """`functions` are what residual calls call, by wrapper number; they get the argument words."""

    def __init__(self, boxed_int_class: int = 1, overflow_error: int = 0) -> None:
        self.boxed_int_class = boxed_int_class
        self.overflow_error = overflow_error
        self.functions: dict[int, Callable[[list[int]], int]] = {}
        self.cells: dict[tuple[int, int], JitCell] = {}
        self.short_loops: set[tuple[int, int]] = set()  # code and pc
        self.live: dict[tuple[int, int], int] = {}  # as GuestCode.live_slots has it
        self.linkage: dict[int, int] = {}  # as GuestCode.linkage_slots has it
        self.parameter_slots: dict[int, tuple[int, int]] = {}  # the first, and the one behind the last
        self.pending = 0
        self._kept: list[object] = []

    def block(self, size: int) -> int:
        """Zeroed memory that lives as long as this object."""
        memory = (ctypes.c_int64 * (size // 8 + 2))()
        self._kept.append(memory)
        return (ctypes.addressof(memory) + 15) & ~15

    def new_stack(self, limit: int) -> int:
        stack = self.block(OBJECT_BYTES)
        store64(stack + CELLS_OFFSET, self.block(8 * limit))
        store64(stack + LIMIT_OFFSET, limit)
        return stack

    def new_words(self, class_id: int, words: list[int]) -> int:
        """An array with these elements."""
        row = self.block(16 + 8 * len(words))
        store64(row, class_id)
        store64(row + 8, len(words))
        for index, word in enumerate(words):
            store64(row + 16 + 8 * index, word)
        return row

    def new_object(self, info: ClassInfo) -> int:
        thing = self.block(info.size)
        store64(thing, info.class_id)
        return thing

    def new_array(self, info: ClassInfo, length: int) -> int:
        return self.new_words(info.class_id, [0] * length)

    def box_int(self, number: int) -> int:
        if -(1 << (SMALL_INT_BITS - 1)) <= number < 1 << (SMALL_INT_BITS - 1):
            return (number & ((1 << SMALL_INT_BITS) - 1)) | INT_TAG
        box = self.block(16)
        store64(box, self.boxed_int_class)
        store64(box + 8, number)
        return box

    def unbox(self, word: int) -> int:
        if word < 0:
            small = word & ((1 << SMALL_INT_BITS) - 1)
            return small - (1 << SMALL_INT_BITS) if small >> (SMALL_INT_BITS - 1) else small
        return load64(word + 8)

    def load_slot(self, stack: int, index: int) -> int:
        return load64(load64(stack + CELLS_OFFSET) + 8 * index)

    def store_slot(self, stack: int, index: int, word: int) -> None:
        store64(load64(stack + CELLS_OFFSET) + 8 * index, word)

    def stack_top(self, stack: int) -> int:
        return load64(stack + TOP_OFFSET)

    def set_stack_top(self, stack: int, top: int) -> None:
        store64(stack + TOP_OFFSET, top)

    def exception(self) -> int:
        return self.pending

    def set_exception(self, exception: int) -> None:
        self.pending = exception

    def take_exception(self) -> None:
        raise AssertionError("there is no machine code here")

    def hand_over_exception(self) -> None:
        raise AssertionError("there is no machine code here")

    def raise_overflow(self) -> None:
        self.pending = self.overflow_error

    def field_changed(self, thing: int, field: int) -> None:
        raise AssertionError("nothing here is quasi-immutable")

    def call(self, wrapper: int, arguments: Words) -> int:
        return self.functions[wrapper](arguments.items)

    def cell(self, code: int, pc: int) -> JitCell:
        return self.cells.setdefault((code, pc), JitCell(100))

    def meets_many(self, code: int, pc: int) -> bool:
        return (code, pc) in self.cells and self.cells[code, pc].meets_many

    def is_short_loop(self, code: int, pc: int, most: int) -> bool:
        return (code, pc) in self.short_loops

    def live_slots(self, code: int, pc: int) -> int:
        return self.live.get((code, pc), ALL_LIVE)

    def linkage_slots(self, code: int) -> int:
        return self.linkage.get(code, ALL_LIVE)

    def parameters(self, code: int) -> tuple[int, int]:
        return self.parameter_slots.get(code, (0, 0))
