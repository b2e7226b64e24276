"""Weak references, ephemerons and finalizers: what is there before and after collections."""

from typing import final

from tracewright.core.arrays import Array
from tracewright.core.weak import (
    Ephemeron,
    Finalizer,
    WeakReference,
    account_memory,
    attach_finalizer,
    collect_garbage,
    run_due_finalizers,
)
from tracewright.lib.weak_map import WeakMap
from tracewright_testing.samples.output import say


class Thing:
    """A target."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.other: Thing | None = None


@final
class Saved:
    """What finalizers have made reachable again."""

    def __init__(self) -> None:
        self.things: list[Thing] = []


SAVED = Saved()
DEPTH = 40


@final
class Tell(Finalizer):
    """Says which thing has died."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def run(self, target: object) -> None:
        assert isinstance(target, Thing)
        say(f"{self.text} {target.number}")


@final
class Resurrect(Finalizer):
    """Makes the thing reachable again, and allocates a good deal."""

    def run(self, target: object) -> None:
        assert isinstance(target, Thing)
        SAVED.things.append(target)
        texts = [f"text {number}" for number in range(20000)]
        collect_garbage()
        say(f"resurrected {target.number} beside {len(texts)} texts")


@final
class Throw(Finalizer):
    """Fails."""

    def run(self, target: object) -> None:
        raise ValueError("from a finalizer")


def weak_references(things: Array[Thing]) -> Array[WeakReference[Thing]]:
    """To all things."""
    result = Array(len(things), WeakReference(things[0]))
    for index in range(len(things)):
        result[index] = WeakReference(things[index])
    return result


def make_things(first: int, count: int) -> Array[Thing]:
    """`count` of them."""
    result = Array(count, Thing(first))
    for index in range(count):
        result[index] = Thing(first + index)
    return result


def lost_references(depth: int) -> Array[WeakReference[Thing]]:
    """To things that nothing else refers to, made so deep down the native stack that nothing of it is left there."""
    if depth > 0:
        return lost_references(depth - 1)
    return weak_references(make_things(100, 100))


def living(cells: Array[WeakReference[Thing]]) -> int:
    """How many targets are still there."""
    count = 0
    for cell in cells:
        if cell.get() is not None:
            count += 1
    return count


def few(count: int) -> bool:
    """A stale word on the native stack may keep one or two things."""
    return count <= 2


def show_references() -> None:
    """Kept targets stay, and lost ones go."""
    kept = make_things(0, 100)
    cells = weak_references(kept)
    lost = lost_references(DEPTH)
    overwrite_stack(100)
    collect_garbage()
    say(f"kept {living(cells)}, lost {few(living(lost))}, {kept[7].number}")
    first = cells[0].get()
    say("none" if first is None else str(first.number))


def fill_map(table: WeakMap[Thing, Thing], keys: Array[Thing], values_from: int) -> None:
    """Values that lead to nothing."""
    for key in keys:
        table.set(key, Thing(values_from + key.number))


def count_entries(table: WeakMap[Thing, Thing], keys: Array[Thing]) -> int:
    """How many keys are found with the right value."""
    count = 0
    for key in keys:
        entry = table.find(key)
        if entry is not None and entry.value.number == 1000 + key.number:
            count += 1
    return count


def show_maps() -> None:
    """Entries of living keys stay through collections and growth; removed ones are gone."""
    table: WeakMap[Thing, Thing] = WeakMap()
    keys = make_things(0, 500)
    fill_map(table, keys, 1000)
    for _ in range(20):
        fill_map(table, make_things(0, 500), 0)
        collect_garbage()
    say(f"found {count_entries(table, keys)} in {len(table.slots) <= 4096}")
    table.remove(keys[3])
    say(f"found {count_entries(table, keys)}, again {table.remove(keys[3])}")


def weak_value(table: WeakMap[Thing, Thing]) -> WeakReference[Thing]:
    """A chain of entries: each value is the key of the next."""
    thing = Thing(0)
    first = thing
    for number in range(1, 50):
        following = Thing(number)
        table.set(thing, following)
        thing = following
    SAVED.things.append(first)
    return WeakReference(thing)


def show_chains() -> None:
    """A value is kept by its key alone, also where that is kept by another entry."""
    table: WeakMap[Thing, Thing] = WeakMap()
    last = weak_value(table)
    collect_garbage()
    say("there" if last.get() is not None else "gone")
    SAVED.things.clear()


def attach_ring(first: Finalizer, second: Finalizer, number: int, depth: int) -> int:
    """To two things that lead to each other, so that both become due together; made so deep down the native stack that nothing of it is
    left there."""
    if depth > 0:
        return attach_ring(first, second, number, depth - 1) + 1
    one, two = Thing(number), Thing(number + 1)
    one.other, two.other = two, one
    attach_finalizer(one, first)
    attach_finalizer(two, second)
    return 0


def attach_some(finalizer: Finalizer, number: int, depth: int) -> int:
    """To a thing that is lost at once."""
    if depth > 0:
        return attach_some(finalizer, number, depth - 1) + 1
    attach_finalizer(Thing(number), finalizer)
    return 0


def overwrite_stack(depth: int) -> int:
    """Leave nothing on the native stack that looks like a reference."""
    numbers = Array(8, depth)
    return numbers[depth % 8] + (overwrite_stack(depth - 1) if depth > 0 else 0)


def show_finalizers() -> None:
    """They run once, after a collection, where they are asked to; what they save lives on."""
    attach_ring(Tell("ring"), Tell("ring"), 1, DEPTH)
    overwrite_stack(100)
    collect_garbage()
    say(f"ran {run_due_finalizers()}, then {run_due_finalizers()}")
    attach_some(Resurrect(), 3, DEPTH)
    overwrite_stack(100)
    collect_garbage()
    say(f"ran {run_due_finalizers()}")
    collect_garbage()
    say(f"saved {len(SAVED.things)}: {SAVED.things[0].number}")
    attach_ring(Throw(), Tell("after"), 4, DEPTH)
    overwrite_stack(100)
    collect_garbage()
    try:
        run_due_finalizers()
    except ValueError as error:
        say(f"raised {error}")
    say(f"ran {run_due_finalizers()}")


def reference_to_lost(depth: int) -> WeakReference[Thing]:
    """To a thing that is lost at once."""
    return reference_to_lost(depth - 1) if depth > 0 else WeakReference(Thing(6))


def show_outside() -> None:
    """Memory outside the heap drives collections."""
    cell = reference_to_lost(DEPTH)
    overwrite_stack(100)
    account_memory(1 << 30)
    texts = [f"text {number}" for number in range(1000)]
    account_memory(-(1 << 30))
    key = Thing(8)
    entry = Ephemeron(key, 7)
    say(f"{entry.get_key() is key} {entry.value} {cell.get() is None} {len(texts)}")


def main() -> int:
    show_references()
    show_maps()
    show_chains()
    show_finalizers()
    show_outside()
    return 0
