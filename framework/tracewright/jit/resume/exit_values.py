"""The values an exit needs, as machine words: boxed, or rebuilt from sunk instructions, on demand."""

from typing import final

from tracewright.core import operations as ops
from tracewright.core.arrays import Array, Words
from tracewright.core.integers import float_of_bits
from tracewright.core.memory import store64, store_reference, word_of_value
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET
from tracewright.core.operation_tables import IS_ITEM
from tracewright.core.value import Value
from tracewright.jit.codegen.saved_registers import exit_value_word
from tracewright.jit.execute.allocation import allocate_array, allocate_object
from tracewright.jit.tables.function_table import ClassInfo
from tracewright.jit.trace.compiled import Exit
from tracewright.jit.trace.entry_values import entry_value, is_entry_value
from tracewright.jit.trace.snapshot import BOX_BOOL, BOX_FLOAT, BOX_INT
from tracewright.jit.trace.trace import Trace


@final
class ExitValues:
    """Refs of one exit turned into words. `known` and `objects` are scanned by the collector, so allocating here is safe.

    `places` is room for a number beside each instruction of the trace. Whatever it held before, a ref that the exit has stands in
    `exit.refs` where its place says.
    """

    def __init__(
        self,
        exit: Exit,
        saved: int,
        classes: list[ClassInfo],
        stack: int,
        base: int,
        bottom: int,
        places: Array[int],
    ) -> None:
        self.exit = exit
        # Of the native frame: the VMStack's address, and indices of its slots.
        self.stack = stack
        self.base = base
        self.bottom = bottom
        self.trace: Trace = exit.owner.trace
        self.classes = classes
        count = len(exit.refs)
        self.known = Words(count)
        for k in range(count):
            self.known[k] = exit_value_word(saved, exit.locations[k], self.trace)
            places[exit.refs[k]] = k
        self._places = places
        self.object_refs: list[int] = []
        self.objects = Words(self.trace.sunk_objects)

    def word(self, ref: int) -> int:
        """The word of a ref: a constant, a located value, one that the entry fixed, or a sunk instruction done now."""
        if ref < 0:
            return self.trace.constants[~ref]
        if ref < len(self.trace.sunk) and self.trace.sunk[ref]:
            return self._sunk_word(ref)
        refs, place = self.exit.refs, self._places[ref]
        if place < len(refs) and refs[place] == ref:
            return self.known[place]
        if is_entry_value(self.trace, ref):
            return entry_value(self.trace, ref, self.stack, self.base, self.bottom)
        raise AssertionError("an exit misses a value of its snapshot")

    def boxed(self, ref: int, boxing: int) -> int:
        """The word of a snapshot entry."""
        if boxing == BOX_INT:
            return word_of_value(Value.of_int(self.word(ref)))
        if boxing == BOX_FLOAT:
            return word_of_value(Value.of_float(float_of_bits(self.word(ref))))
        if boxing == BOX_BOOL:
            return word_of_value(Value.of_bool(self.word(ref) != 0))
        return self.word(ref)

    def _sunk_word(self, ref: int) -> int:
        trace = self.trace
        operation = trace.operations[ref]
        if operation == ops.VALUE_OF_INT:
            return word_of_value(Value.of_int(self.word(trace.a[ref])))
        if operation == ops.VALUE_OF_FLOAT:
            return word_of_value(Value.of_float(float_of_bits(self.word(trace.a[ref]))))
        if operation == ops.NEW_OBJECT or operation == ops.NEW_ARRAY:
            return self._object(ref)
        raise AssertionError("a sunk instruction that no exit can do")

    def _object(self, ref: int) -> int:
        for k in range(len(self.object_refs)):
            if self.object_refs[k] == ref:
                return self.objects[k]
        trace = self.trace
        class_id = trace.a[ref]
        if trace.operations[ref] == ops.NEW_OBJECT:
            address = allocate_object(class_id, self.classes[class_id].size)
        else:
            address = allocate_array(class_id, self.word(trace.b[ref]))
        self.objects[len(self.object_refs)] = address
        self.object_refs.append(ref)  # before its fields: objects may point at each other
        for store in trace.sunk_stores:
            if store < self.exit.snapshot.position and trace.a[store] == ref:
                self._replay_store(store, address)
        return address

    def _replay_store(self, i: int, address: int) -> None:
        trace = self.trace
        operation = trace.operations[i]
        place = self.word(trace.b[i]) if IS_ITEM[operation] else trace.b[i]
        self.store(operation, address, place, self.word(trace.d[i]))

    def store(self, operation: int, address: int, place: int, word: int) -> None:
        """Do a store to an offset or, of an item, to an index."""
        at = address + ARRAY_ITEMS_OFFSET + 8 * place if IS_ITEM[operation] else address + place
        if operation == ops.STORE_REF or operation == ops.STORE_REF_AT:
            store_reference(address, at, word)
        else:
            store64(at, word)
