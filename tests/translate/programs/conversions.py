"""What values are as text: containers, dataclasses, named tuples, members of enumerations, exceptions; and members by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from tracewright.core.system import write_output

S = TypeVar("S")
T = TypeVar("T")


def show(text: str) -> None:
    write_output((text + "\n").encode())


class Color(Enum):
    RED = 1
    BLUE = "b"


class Size(Enum):
    SMALL = "s"
    LARGE = "l"


@dataclass
class Tree:
    name: str
    below: list[Tree] = field(default_factory=list)
    table: dict[str, tuple[int, float]] = field(default_factory=dict)
    color: Color = Color.RED


class Point(NamedTuple):
    x: int
    label: str | None = None


class Named:
    def __init__(self, number: int) -> None:
        self.number = number

    def __repr__(self) -> str:
        return f"Named<{self.number}>"


class Loud(Named):
    def __repr__(self) -> str:
        return "LOUD"


def first_primes() -> list[int]:
    return [2, 3]


@dataclass
class Defaults:
    primes: list[int] = field(default_factory=first_primes)


def containers() -> None:
    show(str([1, 2]) + str((1, "a'b")) + str({"a": 1.5, "b": 2.0}) + f"{[True, False]}" + repr(["x", "\n"]))
    optional: list[int | None] = [1, None]
    empty: list[str] = []
    show(f"{optional} {empty} {(1,)} {[[1], []]} {optional!r:>12}|")
    show(str(Tree("a", [Tree("b"), Tree("c", color=Color.BLUE)], {"q": (1, 2.5)})))
    show(str(Point(1)) + str([Point(2, "z")]) + str(bytearray(b"a\x00")) + str([b"q"]) + str({1: [(2, 3)]}))
    named: list[Named] = [Named(1), Loud(2)]
    show(f"{named} {named[1]} {Defaults()}")


def members() -> None:
    show(str(list(Color)) + str(Color.RED) + repr(Color.BLUE) + str(len(list(Color))))
    for name in ["SMALL", "LARGE", "OTHER"]:
        try:
            show(Size[name].value)
        except KeyError as error:
            show("no " + str(error))
    try:
        show(Size("x").name)
    except ValueError as error:
        show(str(error))


class Failure(Exception):
    pass


class Located(Failure):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line

    def __str__(self) -> str:
        return f"line {self.line}: {super().__str__()}"


class Deep(Located):
    pass


def fail(number: int) -> int:
    match number:
        case 0:
            raise Failure("plain")
        case 1:
            raise Located(3, "located")
        case 2:
            raise Deep(4, "deep")
        case 3:
            raise KeyError("k")
        case 4:
            raise ValueError
        case 5:
            return [1][number]
        case 6:
            raise TypeError("type")
        case 7:
            return 1 // (number - 7)
        case _:
            return int("x")


def failures() -> None:
    for number in range(9):
        try:
            fail(number)
        except (Failure, KeyError) as error:
            show(f"own {error} {str(error)}")
        except Exception as error:
            show("other " + str(error))


class Row(Generic[S]):
    """Methods with type variables of their own."""

    def __init__(self, items: list[S]) -> None:
        self.items = items

    def map(self, function: Callable[[S], T]) -> list[T]:
        return [function(item) for item in self.items]

    def fold(self, start: T, function: Callable[[T, S], T]) -> T:
        result = start
        for item in self.items:
            result = function(result, item)
        return result

    @staticmethod
    def pair(first: T, second: S) -> tuple[T, S]:
        return (first, second)


class Twice:
    def twice(self, item: T) -> list[T]:
        return [item, item]

    @classmethod
    def once(cls, item: T) -> list[T]:
        return [item]


class Thrice(Twice):
    def thrice(self) -> list[str]:
        return self.twice("q") + super().twice("w")[:1]


def generic_methods() -> None:
    row = Row([1, 2, 3])
    show(f"{row.map(lambda item: str(item * 2))} {row.fold(0.5, lambda sum, item: sum + item)}")
    show(row.fold("", lambda text, item: text + str(item)) + str(row.pair("x", 4)))
    show(f"{Twice().twice('x')} {Twice().twice(4)} {Twice.once(1.5)} {Thrice().thrice()}")


def main() -> int:
    containers()
    members()
    failures()
    generic_methods()
    return 0
