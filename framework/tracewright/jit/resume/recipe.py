"""The fast way out: what an exit writes, worked out once.

    snapshot {top: i2, 3: int i5, 4: r7}      ->      rows (offset, boxing, location, constant word) in one Array

An exit that is left often but gets no bridge (a branch that goes both ways without a pattern) costs little more than its stores. Exits
that must rebuild objects or jitcode frames are not simple; `exit_values.py` does those.
"""

from typing import Final

from tracewright.core import operations as ops
from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.integers import float_of_bits
from tracewright.core.memory import load64, store64, word_of_value
from tracewright.core.value import INT_TAG, SMALL_INT_BITS, WORD_FALSE, Value
from tracewright.core.vm_stack import VMStack
from tracewright.jit.codegen.locations import LOCATION_CONSTANT
from tracewright.jit.trace.compiled import Exit
from tracewright.jit.trace.entry_values import entry_value, is_base_plus
from tracewright.jit.trace.snapshot import AS_IS, BOX_BOOL, BOX_FLOAT, BOX_INT, TOP_SLOT

ROW: Final = 4
SMALL_END: Final = 1 << (SMALL_INT_BITS - 1)
# In place of a location:
CONSTANT: Final = -1  # the row holds the word itself
BASE_PLUS: Final = -2  # the row holds what is added to `trace_base`
NOT_SIMPLE: Final = -3  # there is no such row


def prepare(leaving: Exit) -> None:
    """Work out the exit's recipe, or find that it is not simple. Once for each exit, when it is first taken."""
    leaving.prepared = True
    snapshot = leaving.snapshot
    count = len(snapshot.offsets)
    if len(snapshot.frames) > 0 or len(snapshot.stores) > 0:
        return
    trace = leaving.owner.trace
    rows = Array(ROW * count, 0)
    for k in range(count):
        ref = snapshot.refs[k]
        boxing = snapshot.boxings[k]
        if boxing > BOX_BOOL or (ref >= 0 and trace.sunk[ref]):
            return
        rows[ROW * k] = snapshot.offsets[k]
        rows[ROW * k + 1] = boxing
        location = location_of(leaving, ref)
        rows[ROW * k + 2] = location
        if location == NOT_SIMPLE:
            return
        if location == CONSTANT:
            rows[ROW * k + 3] = trace.constants[~ref]
        elif location == BASE_PLUS:
            rows[ROW * k + 3] = entry_value(trace, ref, 0, 0, 0)
        elif location >= LOCATION_CONSTANT:
            rows[ROW * k + 2] = CONSTANT
            rows[ROW * k + 3] = trace.constants[location - LOCATION_CONSTANT]
    leaving.recipe = rows
    leaving.simple = True


def location_of(leaving: Exit, ref: int) -> int:
    """Where the exit has the value of a ref."""
    if ref < 0:
        return CONSTANT
    for k in range(len(leaving.refs)):
        if leaving.refs[k] == ref:
            return leaving.locations[k]
    trace = leaving.owner.trace
    is_index = trace.operations[ref] == ops.TRACE_BASE or is_base_plus(trace, ref)
    return BASE_PLUS if is_index else NOT_SIMPLE


def write_recipe(rows: Array[int], saved: int, first_slot: int, base: int, stack: VMStack) -> None:
    """Write the slots (`first_slot` is the address of slot `base`, which is `trace_base`) and `top`."""
    for k in range(0, len(rows), ROW):
        offset = unchecked_get(rows, k)
        location = unchecked_get(rows, k + 2)
        if location >= 0:
            word = load64(saved + 8 * location)
        else:
            word = unchecked_get(rows, k + 3)
            if location == BASE_PLUS:
                word += base
        boxing = unchecked_get(rows, k + 1)
        if boxing != AS_IS:
            word = boxed(word, boxing)
        if offset == TOP_SLOT:
            stack.top = word
        else:
            store64(first_slot + 8 * offset, word)


def boxed(word: int, boxing: int) -> int:
    """The Value word of a bare number."""
    if boxing == BOX_INT:
        if -SMALL_END <= word < SMALL_END:
            return word | INT_TAG
        return word_of_value(Value.of_int(word))
    if boxing == BOX_FLOAT:
        return word_of_value(Value.of_float(float_of_bits(word)))
    return WORD_FALSE + (word << 3)
