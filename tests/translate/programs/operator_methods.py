"""Operator methods of the author's classes, what `@dataclass` writes, and containers compared by contents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tracewright.core.system import write_output

T = TypeVar("T")


def text(name: str, value: str) -> None:
    write_output(f"{name} {value}\n".encode())


class Vector:
    def __init__(self, x: int, y: int) -> None:
        self.x = x
        self.y = y

    def __add__(self, other: Vector) -> Vector:
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other: Vector) -> Vector:
        return Vector(self.x - other.x, self.y - other.y)

    def __mul__(self, factor: int) -> Vector:
        return Vector(self.x * factor, self.y * factor)

    def __rmul__(self, factor: int) -> Vector:
        return self * factor

    def __neg__(self) -> Vector:
        return Vector(-self.x, -self.y)

    def __abs__(self) -> int:
        return abs(self.x) + abs(self.y)

    def __iadd__(self, other: Vector) -> Vector:
        self.x += other.x
        self.y += other.y
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vector) and self.x == other.x and self.y == other.y

    def __hash__(self) -> int:
        return self.x * 31 + self.y

    def __lt__(self, other: Vector) -> bool:
        return abs(self) < abs(other)

    def __bool__(self) -> bool:
        return self.x != 0 or self.y != 0

    def __str__(self) -> str:
        return f"({self.x}, {self.y})"


class Grid:
    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.cells: list[int] = [0] * (width * height)

    def __getitem__(self, place: tuple[int, int]) -> int:
        return self.cells[place[0] + place[1] * self.width]

    def __setitem__(self, place: tuple[int, int], value: int) -> None:
        self.cells[place[0] + place[1] * self.width] = value

    def __contains__(self, value: int) -> bool:
        return value in self.cells

    def __len__(self) -> int:
        return len(self.cells)

    def __call__(self, offset: int) -> int:
        return self.cells[0] + offset


@dataclass
class Point:
    x: int
    name: str = ""


@dataclass
class Point3(Point):
    z: float = 0.0
    seen: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Key:
    kind: str
    number: int


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int
    tags: list[str] = field(default_factory=list, compare=False)


@dataclass
class Pair(Generic[T]):
    first: T
    second: T


def vectors() -> None:
    a, b = Vector(1, 2), Vector(3, -4)
    text("arithmetic", f"{a + b} {a - b} {a * 3} {2 * b} {-a} {abs(b)}")
    text("equal", f"{a == Vector(1, 2)} {a != Vector(1, 2)} {a == b} {a != b}")
    text("order", f"{a < b} {a > b} {bool(Vector(0, 0))} {not b}")
    c = a
    c += b
    text("in place", f"{a} {c is a} {a == c}")
    seen: dict[Vector, int] = {Vector(1, 1): 1}
    seen[Vector(1, 1)] = 2
    text("key", f"{len(seen)} {seen[Vector(1, 1)]} {Vector(2, 2) in seen} {Vector(9, 9) in [a, Vector(9, 9)]}")
    text("sorted", " ".join(str(v) for v in sorted([Vector(5, 5), Vector(1, 0), Vector(0, -3)])))
    text("largest", str(max([Vector(1, 1), Vector(3, 3), Vector(-3, 3)])))


def grids() -> None:
    grid = Grid(3, 2)
    grid[1, 1] = 7
    grid[0, 0] += 5
    text("grid", f"{grid[1, 1]} {grid[0, 0]} {7 in grid} {8 not in grid} {len(grid)} {grid(3)}")


def dataclasses() -> None:
    plain: Point = Point(1, "a")
    deep: Point = Point3(1, "a", 2.5, 3)
    text("eq", f"{plain == Point(1, 'a')} {plain == Point(1, 'b')} {plain == deep} {deep == Point3(1, 'a', 2.5, 9)}")
    text("repr", f"{plain!r} {deep}")
    table = {Key("a", 1): "one", Key("b", 2): "two"}
    text("frozen", f"{table[Key('b', 2)]} {Key('a', 2) in table} {Key('a', 1) == Key('a', 1)}")
    versions = [Version(2, 1), Version(1, 9, ["x"]), Version(1, 2)]
    versions.sort()
    text("order", " ".join(f"{v.major}.{v.minor}" for v in versions))
    text(
        "compare", f"{Version(1, 2) < Version(1, 3)} {Version(1, 2) >= Version(1, 2)} {Version(2, 0) <= Version(1, 9)}"
    )
    text(
        "generic",
        f"{Pair(1, 2) == Pair(1, 2)} {Pair('a', 'b') == Pair('a', 'c')} {Pair(Point(1), Point(2)) == Pair(Point(1), Point(2))}",
    )
    maybe: Point | None = Point(4)
    text("optional", f"{maybe == Point(4)} {maybe == None}")  # noqa: E711


def containers() -> None:
    text("lists", f"{[1, 2] == [1, 2]} {[1, 2] == [1, 3]} {[1] != [1, 2]} {[[1], [2]] == [[1], [2]]} {['a'] < ['b']}")
    text("less", f"{[1, 2] < [1, 3]} {[1] < [1, 0]} {[2] <= [1, 5]} {[3] > [2, 9]}")
    text(
        "points",
        f"{[Point(1)] == [Point(1)]} {Point(2) in [Point(1), Point(2)]} {[Point(1), Point(2)].index(Point(2))}",
    )
    text("dicts", f"{ {'a': 1, 'b': 2} == {'b': 2, 'a': 1} } { {'a': 1} == {'a': 2} } { {'a': [1]} != {'a': [1]} }")
    text("sets", f"{ {1, 2} == {2, 1} } { {1} == {2} } { {1} <= {1, 2} } { {1, 3} >= {1, 2} }")
    text("tuples", f"{([1], 'a') == ([1], 'a')} {(Point(1), 2) != (Point(1), 2)}")
    text("bytes", f"{bytearray(b'ab') == bytearray(b'ab')} {bytearray(b'ab') == bytearray(b'ac')}")


def aliases() -> None:
    first = {1, 2, 3}
    second = first
    second |= {4}
    text("or", f"{len(first)} {first is second}")
    second &= {1, 4, 9}
    second -= {1}
    text("and", f"{len(first)} {4 in first}")
    numbers = [1, 2]
    more = numbers
    more *= 2
    more += [9]
    text("list", f"{len(numbers)} {numbers[-1]} {numbers[2]}")
    table = {"a": 1}
    same = table
    same |= {"b": 2}
    text("dict", f"{len(table)} {table['b']}")


def main() -> int:
    vectors()
    grids()
    dataclasses()
    containers()
    aliases()
    return 0
