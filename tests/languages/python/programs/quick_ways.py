"""What the engine does quickly where classes have left things as they were, and the other way where they have not: often enough for traces."""

from abc import ABC
from array import array
from collections import namedtuple

TURNS = 40


# --- keys: classes that derive from str and tuple ---


class Name(str):
    pass


class Loud(str):
    def __hash__(self):
        return hash(self.lower())

    def __eq__(self, other):
        return self.lower() == other.lower()


class Pair(tuple):
    def __eq__(self, other):
        return sorted(self) == sorted(other)

    def __hash__(self):
        return hash(tuple(sorted(self)))


class Alone(tuple):
    __hash__ = object.__hash__


class Unhashable(tuple):
    def __eq__(self, other):
        return True


class Equal:
    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        return isinstance(other, Equal) and self.number == other.number

    def __hash__(self):
        return self.number % 2


Point = namedtuple("Point", "x y")


def keys():
    found = {}
    alone = Alone((1, 2))
    for turn in range(TURNS):
        for key in (
            Point(turn % 3, 2),
            (turn % 3, 2),
            Point(Point(1, turn % 2), "a"),
            ((1, turn % 2), Name("a")),
            Name("abc"),
            "abc",
            Loud("ABC"),
            Pair((1, turn % 4)),
            Pair((turn % 4, 1)),
            alone,
            (alone, 1),
            Equal(turn % 5),
            (Equal(turn % 5), Point(0, 0)),
            int,
            Point,
            (int, str),
            len,
            keys,
            frozenset([1, turn % 2]),
            None,
            True,
            1.0,
        ):
            found[key] = found.get(key, 0) + 1
    print(list(found.values()))
    print(found[1, 2], found[Point(0, 2)], Alone((1, 2)) in found, (Alone((1, 2)), 1) in found, Loud("Abc") in found)
    for wrong in (Unhashable((1,)), (Unhashable((1,)), 2), [1], (1, [2]), {}):
        try:
            found[wrong]
        except TypeError as error:
            print(error)


keys()

# --- sets: order, removal, growth ---


def sets():
    for size in (3, 7, 30, 200):
        members = set()
        for turn in range(size):
            members.add(turn * 7 % size)
            members.add(turn)
            if turn % 3 == 0:
                members.discard(turn // 2)
        print(len(members), list(members)[:12], min(members), max(members), sorted(members)[-3:])
        half = frozenset(range(0, size, 2))
        print(list(members & half)[:8], list(members - half)[:8], len(members | half), len(members ^ half), half <= members)
        members.discard(0)
        print(half <= members, half < half, half >= half, half == set(half), members.isdisjoint(half), 0 in members)
    mixed = {1, "a", (1, 2), None, 2.5}
    print(len(mixed | {1.0, "a", (1, 2), False}), {1, 2} == {2, 1.0}, {Equal(1)} == {Equal(1)}, {Equal(1)} <= {Equal(3), Equal(1)})


sets()

# --- classes ---


class Base(ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, "shines") or NotImplemented


class Sun:
    shines = True


class Odd:
    @property
    def __class__(self):
        return int


class Asking:
    def __getattr__(self, name):
        return f"asked {name}"


class Slotted:
    __slots__ = ("one", "two")


def classes():
    values = [1, 2.5, "a", b"b", None, True, [1], (1,), {}, set(), len, classes, int, Point(1, 2), Sun(), Odd(), Asking(), Slotted()]
    names = []
    for turn in range(TURNS):
        names = [(type(value).__name__, value.__class__.__name__, type(value) is value.__class__) for value in values]
        if turn == TURNS - 1:
            print(names)
            print(Asking().nothing, [issubclass(type(value), (int, str)) for value in values])
            print([issubclass(kind, Base) for kind in (Sun, int, Base)], issubclass(bool, int), issubclass(int, bool))
    for action in (lambda: issubclass(1, int), lambda: issubclass(int, 1), lambda: type(1, 2)):
        try:
            print(action())
        except TypeError as error:
            print(error)
    part = slice(1, 5, 2)
    total = 0
    for turn in range(TURNS):
        total += part.start + part.stop + part.step + (turn + 1j).real
    print(total)
    slotted = Slotted()
    slotted.__class__ = Slotted
    print(slotted.__class__ is Slotted, Slotted.one.__class__.__name__)


classes()

# --- numbers and bytes ---


def numbers():
    total = 0
    data = b"some bytes"
    for turn in range(TURNS):
        total += ~turn + ~(turn << 60) + min(turn, 20) - max(turn, 3.5) + min(turn, 5, 7) + max([turn, 2], default=0)
        total += data[turn % 10] + data[-1 - turn % 10] + len(data[turn % 4 :])
        if data and not data[10:]:
            total += 1
    print(total, ~True, min("b", "a"), max((1, "x"), (1, "w")), max("ab", "abc", key=len), min([], default="none"))
    for wrong in (lambda: data[10], lambda: data[-11], lambda: data["a"], lambda: ~2.5, lambda: min(1, "a"), lambda: max()):
        try:
            print(wrong())
        except (IndexError, TypeError) as error:
            print(type(error).__name__, error)


numbers()


def arrays():
    for code in "bBhHiIlLqQfd":
        row = array(code, [1, True, 3])
        for turn in range(TURNS):
            row[turn % 3] = turn
            row.append(turn)
        print(row[:6], row[-1], sum(row), type(row[0]).__name__)
    for wrong in (lambda: array("b", [128]), lambda: array("B", [-1]), lambda: array("i", [1.5]), lambda: array("d", ["a"])):
        try:
            print(wrong())
        except (TypeError, OverflowError) as error:
            print(type(error).__name__, error)


arrays()
