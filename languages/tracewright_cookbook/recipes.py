"""The recipes: each a piece of an interpreter twice, without its hint (`..._before`) and with it (`..._after`).

`machine.py` calls one of them in a guest loop; `show.py` writes down what becomes of it in a trace. The world that they work
on is a constant of every trace, `turn` counts the loop.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, elidable, immutable_fields, promote, unroll_safe


# --- what they work on -----------------------------------------------------------------------------------------------
@final
class Plain:
    """Fields that the JIT knows nothing about."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.debug = False


@final
@immutable_fields("width", "debug?")
class Declared:
    """`width` never changes after `__init__`; `debug` hardly ever does."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.debug = False


@final
@immutable_fields("names[*]")
class Shape:
    """The layout of an object: the names of its fields."""

    def __init__(self, names: Array[str]) -> None:
        self.names = names


@final
class Thing:
    """A guest object."""

    def __init__(self, shape: Shape, values: Array[Value]) -> None:
        self.shape = shape
        self.values = values


@final
class Point:
    """Two numbers."""

    def __init__(self, x: int, y: int) -> None:
        self.x = x
        self.y = y


@final
class Scale:
    """A setting of the guest program: it may change, but within a loop it does not."""

    def __init__(self, step: int) -> None:
        self.step = step


SHAPE: Final = Shape(array_of(["left", "right", "weight"]))


@final
@immutable_fields("plain", "declared", "thing", "scale", "boxed", "unboxed", "offsets[*]")
class World:
    """Everything that the recipes read and write."""

    def __init__(self) -> None:
        self.plain = Plain(3)
        self.declared = Declared(3)
        self.thing = Thing(SHAPE, Array(3, Value.of_int(1)))
        self.scale = Scale(8)
        self.boxed: Array[Value] = Array(64, Value.of_int(1))
        self.unboxed: Array[int] = Array(64, 1)
        self.offsets: Array[int] = Array(3, 2)


@dont_look_inside
def something_else(world: World, turn: int) -> None:
    """What the rest of an interpreter is to a loop: for all that the JIT knows, it may change any field that can change."""
    if turn < 0:
        world.plain.width = turn
        world.plain.debug = True
        world.declared.debug = True
        world.scale.step = turn
        world.thing.shape = Shape(world.thing.shape.names)
        world.thing.values = Array(3, Value.of_int(turn))


# --- immutable fields ------------------------------------------------------------------------------------------------
def immutable_before(world: World, turn: int) -> int:
    """A field that may have changed is loaded in every turn."""
    something_else(world, turn)
    return turn * world.plain.width


def immutable_after(world: World, turn: int) -> int:
    """`@immutable_fields("width")`: the object is a constant of the trace, so its width is one, too."""
    something_else(world, turn)
    return turn * world.declared.width


# --- quasi-immutable fields ------------------------------------------------------------------------------------------
def quasi_immutable_before(world: World, turn: int) -> int:
    """A flag that is asked in every turn and is never set."""
    something_else(world, turn)
    if world.plain.debug:
        return unexpected(turn)
    return turn


def quasi_immutable_after(world: World, turn: int) -> int:
    """`@immutable_fields("debug?")`: the flag is not asked, only whether this machine code still holds: setting the flag ends that."""
    something_else(world, turn)
    if world.declared.debug:
        return unexpected(turn)
    return turn


# --- promote ---------------------------------------------------------------------------------------------------------
def promote_before(world: World, turn: int) -> int:
    """Dividing by a number that the trace does not know: it may be zero, it may be negative, and a division is slow."""
    something_else(world, turn)
    return turn // world.scale.step


def promote_after(world: World, turn: int) -> int:
    """`promote` makes it a constant, behind a guard: no test for zero, and dividing by 8 is a shift."""
    something_else(world, turn)
    return turn // promote(world.scale.step)


# --- elidable --------------------------------------------------------------------------------------------------------
def position(names: Array[str], name: str) -> int:
    """A search: a loop, so it stays a call."""
    for k in range(len(names)):
        if names[k] == name:
            return k
    return -1


@elidable
def known_position(names: Array[str], name: str) -> int:
    """The same search, declared to have the same result whenever its arguments are the same."""
    return position(names, name)


def elidable_before(world: World, turn: int) -> int:
    """The search is done in every turn."""
    return turn + position(SHAPE.names, "weight")


def elidable_after(world: World, turn: int) -> int:
    """`@elidable`: it was done while recording; its result is a constant."""
    return turn + known_position(SHAPE.names, "weight")


# --- inline caches ---------------------------------------------------------------------------------------------------
def inline_cache_before(world: World, turn: int) -> int:
    """A field by its name: the shape is not known, so it is searched in every turn, however elidable the search is."""
    something_else(world, turn)
    thing = world.thing
    return turn + thing.values[known_position(thing.shape.names, "weight")].as_int()


def inline_cache_after(world: World, turn: int) -> int:
    """`promote` the shape: one comparison, then the place is known. A second shape gets a bridge with its own place."""
    something_else(world, turn)
    thing = world.thing
    index = known_position(promote(thing.shape).names, "weight")
    return turn + unchecked_get(thing.values, index).as_int()


# --- virtual objects -------------------------------------------------------------------------------------------------
@dont_look_inside
def moved_out_of_sight(point: Point, by: int) -> Point:
    """A call in traces: what goes in must be a real object, and so must what comes out."""
    return Point(point.x + by, point.y + by)


def moved(point: Point, by: int) -> Point:
    """Followed by the trace."""
    return Point(point.x + by, point.y + by)


def virtual_before(world: World, turn: int) -> int:
    """Two objects in every turn, because a call must see them."""
    point = moved_out_of_sight(Point(turn, 1), 2)
    return point.x + point.y


def virtual_after(world: World, turn: int) -> int:
    """No object at all: what never leaves the trace is only its fields. Keep small operations visible."""
    point = moved(Point(turn, 1), 2)
    return point.x + point.y


# --- unboxed storage -------------------------------------------------------------------------------------------------
def unboxed_before(world: World, turn: int) -> int:
    """An array of Values: each element is tested and unboxed, and boxed again."""
    row = world.boxed
    place = turn & 63
    number = unchecked_get(row, place).as_int() + turn
    row[place] = Value.of_int(number)
    return number


def unboxed_after(world: World, turn: int) -> int:
    """An array of ints: the words themselves."""
    row = world.unboxed
    place = turn & 63
    number = unchecked_get(row, place) + turn
    row[place] = number
    return number


# --- unroll_safe -----------------------------------------------------------------------------------------------------
def total(offsets: Array[int]) -> int:
    """A loop of the interpreter: a call in traces, because nothing says that it is short."""
    result = 0
    for k in range(len(offsets)):
        result += unchecked_get(offsets, k)
    return result


@unroll_safe
def unrolled_total(offsets: Array[int]) -> int:
    """The same loop; a trace holds its turns."""
    result = 0
    for k in range(len(offsets)):
        result += unchecked_get(offsets, k)
    return result


def unroll_before(world: World, turn: int) -> int:
    """A call."""
    return turn + total(world.offsets)


def unroll_after(world: World, turn: int) -> int:
    """`@unroll_safe`: three additions, which fold, because the array is immutable (`"offsets[*]"`)."""
    return turn + unrolled_total(world.offsets)


@dont_look_inside
def unexpected(turn: int) -> int:
    """What hardly ever happens belongs into a function of its own, which traces call."""
    return -turn
