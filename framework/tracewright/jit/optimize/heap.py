"""What the trace knows of heap memory: loads answered from earlier stores and loads, stores that change nothing.

    store_ref(r1, 16, 7, r4)
    store_ref(r2, 24, 8, r5)      another alias class: cannot touch it
    r6 = load_ref(r1, 16, 7)      ->  r4

Loads and stores of one alias class form a chain, newest first. A search walks it until it finds the same place, something that may be
the same place, or the point at which a call made everything older unknown. Which objects may be one:
two allocations never; an allocation and a ref that is older than its escape never; an allocation nobody else can reach and anything else never; objects of two exact classes never.
Alias class -1 is for fields that never change after construction: their loads are pure.
"""

from typing import Final

from tracewright.core import operations as op
from tracewright.core.effects import SLOTS, WRITES
from tracewright.core.operation_tables import IS_ITEM, IS_STORE, LOAD_OF_STORE, RESULT, STORE_OF_LOAD
from tracewright.jit.optimize.draft import ESCAPED, FRESH, NO_REF, NOT_FRESH, Draft
from tracewright.jit.tables.function_table import FunctionInfo

IMMUTABLE: Final = -1


def note_access(draft: Draft, index: int, alias: int) -> None:
    """Put a load or store at the head of its alias class's chain."""
    if alias < 0:
        return
    draft.reach_alias(alias)
    draft.memory_chain[index] = draft.memory_head[alias]
    draft.memory_head[alias] = index


def may_be_one(draft: Draft, x: int, y: int) -> bool:
    """Whether two refs may be the same object."""
    if x == y:
        return True
    if x < 0 and y < 0:
        return False
    fresh_x = draft.fresh[x] if x >= 0 else NOT_FRESH
    fresh_y = draft.fresh[y] if y >= 0 else NOT_FRESH
    if fresh_x == FRESH or fresh_y == FRESH or (fresh_x != NOT_FRESH and fresh_y != NOT_FRESH):
        return False
    if fresh_x == ESCAPED and (y < x or draft.is_older_than_escape(y, x)):
        return False
    if fresh_y == ESCAPED and (x < y or draft.is_older_than_escape(x, y)):
        return False
    class_x, class_y = draft.known_class(x), draft.known_class(y)
    return class_x < 0 or class_y < 0 or class_x == class_y


def may_be_one_index(draft: Draft, x: int, y: int) -> bool:
    """Whether two index refs may be equal."""
    if x == y:
        return True
    if draft.high_of(x) < draft.low_of(y) or draft.high_of(y) < draft.low_of(x):
        return False
    base_x, base_y, added_x, added_y = x, y, 0, 0
    if x >= 0 and draft.trace.operations[x] in (op.INT_ADD, op.INT_ADD_OVF) and draft.trace.b[x] < 0:
        base_x, added_x = draft.trace.a[x], draft.word(draft.trace.b[x])
    if y >= 0 and draft.trace.operations[y] in (op.INT_ADD, op.INT_ADD_OVF) and draft.trace.b[y] < 0:
        base_y, added_y = draft.trace.a[y], draft.word(draft.trace.b[y])
    return base_x != base_y or added_x == added_y


def find(draft: Draft, load: int, a: int, b: int, alias: int) -> int:
    """The ref that `load(a, b)` would give now, or NO_REF. `b` is an offset or, for items, the ref of an index."""
    if alias < 0:
        return _find_immutable(draft, load, a, b)
    trace = draft.trace
    item = IS_ITEM[load]
    limit, index = draft.clobbered_all, -1
    if draft.knows_alias(alias):
        limit, index = max(limit, draft.clobbered[alias]), draft.memory_head[alias]
    if a >= 0 and draft.fresh[a] == FRESH:
        limit = a
    while index > limit and index > a:
        if not draft.killed[index]:
            operation = trace.operations[index]
            same_place = trace.b[index] == b and IS_ITEM[operation] == item
            if trace.a[index] == a and same_place:
                if operation == load:
                    return draft.current(index)
                if LOAD_OF_STORE[operation] != load:
                    return NO_REF
                if index < draft.floor:
                    if not draft.relies_on_stores:
                        return NO_REF
                    draft.relied_stores = True
                return draft.current(trace.d[index])
            if IS_STORE[operation] and may_be_one(draft, trace.a[index], a):
                if IS_ITEM[operation] != item or (
                    may_be_one_index(draft, trace.b[index], b) if item else trace.b[index] == b
                ):
                    return NO_REF
        index = draft.memory_chain[index]
    return draft_zero(draft, load, a) if limit <= a else NO_REF


def draft_zero(draft: Draft, load: int, a: int) -> int:
    """The zero that memory allocated in the trace still holds; NO_REF for other objects."""
    if a < 0 or draft.fresh[a] == NOT_FRESH:
        return NO_REF
    return draft.zero(RESULT[load])


def _find_immutable(draft: Draft, load: int, a: int, b: int) -> int:
    """A field that never changes has one value: that of any earlier load, or of the last store of its construction. An item has that of
    the last store to its index, if no later one may have been to the same."""
    trace = draft.trace
    item = IS_ITEM[load]
    limit = max(a, b, 0) if item else max(a, 0)
    index = draft.chain_head[load]
    while index > limit:
        if trace.a[index] == a and trace.b[index] == b and trace.c[index] < 0:
            return draft.current(index)
        index = draft.chain[index]
    if a < 0 or draft.fresh[a] == NOT_FRESH:
        return NO_REF
    index = draft.chain_head[STORE_OF_LOAD[load]]
    while index > a:
        if trace.a[index] == a and not draft.killed[index]:
            if trace.b[index] == b:
                return draft.current(trace.d[index])
            if item and may_be_one_index(draft, trace.b[index], b):
                return NO_REF
        index = draft.chain[index]
    return draft_zero(draft, load, a) if draft.fresh[a] == FRESH else NO_REF


def note_store(draft: Draft, index: int, alias: int) -> None:
    """A new store stands at `index`: link it, let what it stores escape, drop the older store that it makes void."""
    trace = draft.trace
    target, value = trace.a[index], trace.d[index]
    draft.last_write = index
    if draft.options.heap:
        _drop_overwritten(draft, index, alias)
    note_access(draft, index, alias)
    if value >= 0 and draft.fresh[value] == FRESH:
        if target >= 0 and draft.fresh[target] == FRESH:
            draft.containers.append(target)
            draft.contents.append(value)
        else:
            draft.escape(value)


def _drop_overwritten(draft: Draft, index: int, alias: int) -> None:
    """Kill the previous store to the same place if nothing can have seen it: no guard or call, and no load of the alias class."""
    if alias < 0:
        return
    draft.reach_alias(alias)
    trace = draft.trace
    older = draft.memory_head[alias]
    while older > draft.last_barrier:
        operation = trace.operations[older]
        if not IS_STORE[operation]:
            return
        if (
            trace.a[older] == trace.a[index]
            and trace.b[older] == trace.b[index]
            and operation == trace.operations[index]
        ):
            draft.killed[older] = True
            return
        older = draft.memory_chain[older]


def forget_all(draft: Draft, index: int) -> None:
    """The instruction at `index` may have changed any memory that others can reach."""
    draft.clobbered_all = index
    draft.last_write = index
    draft.last_barrier = index


def note_call(draft: Draft, index: int, function: FunctionInfo) -> None:
    """A call stands at `index`: forget what it may have written."""
    draft.last_barrier = index
    if function.effects & (WRITES | SLOTS) == 0:
        return
    writes = function.writes
    if writes is None:
        forget_all(draft, index)
        return
    draft.last_write = index
    for alias in writes:
        draft.reach_alias(alias)
        draft.clobbered[alias] = index
