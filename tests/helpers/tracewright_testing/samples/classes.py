"""Classes, virtual methods, exceptions, recursion, function values, and a heap that is collected meanwhile."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tracewright.core.integers import MAX_INT, ovf_add, ovf_mul
from tracewright.core.value import Value
from tracewright_testing.samples.output import say


class Shape:
    """Abstract."""

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def area(self) -> float:
        """Of the whole shape."""

    def describe(self) -> str:
        return self.name + " " + str(int(self.area()))


class Square(Shape):
    def __init__(self, side: float) -> None:
        super().__init__("square")
        self.side = side

    def area(self) -> float:
        return self.side * self.side


class Slab(Square):
    def __init__(self, side: float, height: float) -> None:
        super().__init__(side)
        self.height = height

    def area(self) -> float:
        return super().area() * 2.0 + 4.0 * self.side * self.height

    def describe(self) -> str:
        return "slab: " + super().describe()


class Trouble(Exception):
    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class Tree:
    value: int
    left: "Tree | None"
    right: "Tree | None"


SHAPES: Final[list[Shape]] = [Square(3.0), Slab(1.0, 2.0)]
VALUES: Final[list[Value]] = [Value.of_int(5), Value.of_int(-(1 << 60)), Value.of_float(2.5), Value.NULL, Value.TRUE]


def grow(depth: int, first: int) -> Tree:
    if depth == 0:
        return Tree(first, None, None)
    return Tree(first, grow(depth - 1, 2 * first), grow(depth - 1, 2 * first + 1))


def total(tree: Tree | None) -> int:
    if tree is None:
        return 0
    return tree.value + total(tree.left) + total(tree.right)


def double(number: int) -> int:
    return ovf_add(number, number)


def square(number: int) -> int:
    return ovf_mul(number, number)


def apply(function: Callable[[int], int], number: int) -> str:
    try:
        return str(function(number))
    except OverflowError as error:
        return str(error)
    finally:
        say("applied")


STEPS: Final[list[Callable[[int], int]]] = [double, square]


def fail(code: int) -> int:
    if code > 2:
        raise Trouble("trouble number " + str(code), code)
    return code


def errors() -> None:
    for code in range(5):
        try:
            say(str(fail(code)))
        except Trouble as trouble:
            say(f"{trouble} {trouble.code}")
    for step in STEPS:
        say(apply(step, 12) + " " + apply(step, MAX_INT))
    try:
        try:
            fail(9)
        finally:
            say("on the way")
    except (ValueError, Trouble):
        say("arrived")


def endless(number: int) -> int:
    return endless(number + 1) + 1


def deep() -> None:
    try:
        say(str(endless(0)))
    except RecursionError:
        say("too deep")


def run() -> None:
    for shape in SHAPES:
        say(shape.describe())
        if isinstance(shape, Slab):
            say(str(int(shape.height)))
    errors()
    deep()
    kept = [grow(4, number) for number in range(10)]
    for number in range(60):
        kept[number % 10] = grow(5, number)
    say(str(sum([total(tree) for tree in kept])))
    VALUES.append(Value.of_object(SHAPES[0]))
    for value in VALUES:
        kind = "int" if value.is_int() else "float" if value.is_float() else "object" if value.is_object() else "other"
        say(kind + (" " + str(value.as_int()) if value.is_int() else ""))
