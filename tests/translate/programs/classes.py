"""Classes: inheritance, virtual methods, dataclasses, generics, prebuilt objects, function values."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Final, Generic, NewType, TypeVar, final

from tracewright.core.system import write_output

T = TypeVar("T")
K = TypeVar("K")


def text(name: str, value: str) -> None:
    write_output(f"{name} {value}\n".encode())


class Shape:
    SIDES: ClassVar[int] = 0
    count: int

    def __init__(self, name: str, scale: int = 1) -> None:
        self.name = name
        self.scale: Final = scale
        self.count = 0

    @abstractmethod
    def area(self) -> int:
        """Its area."""

    def describe(self) -> str:
        self.count += 1
        return f"{self.name} {self.area() * self.scale}"

    @property
    def double(self) -> int:
        return self.area() * 2


class Square(Shape):
    SIDES: ClassVar[int] = 4

    def __init__(self, side: int) -> None:
        super().__init__("square", scale=2)
        self.side = side

    def area(self) -> int:
        return self.side * self.side


@final
class Named(Square):
    def __init__(self, side: int, label: str) -> None:
        super().__init__(side)
        self.label = label

    def describe(self) -> str:
        return self.label + ":" + super().describe()


class Circle(Shape):
    def __init__(self) -> None:
        super().__init__("circle")

    def area(self) -> int:
        return 3

    @staticmethod
    def unit(radius: int) -> int:
        return radius * radius * 3


class Unused(Shape):
    def area(self) -> int:
        return 1 // 0


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 5

    def sum(self) -> int:
        return self.x + self.y


@dataclass
class Bag:
    items: list[int] = field(default_factory=list)
    label: str = "bag"
    next: Bag | None = None

    def __post_init__(self) -> None:
        self.items.append(len(self.label))


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, item: T) -> None:
        self.items.append(item)

    def pop(self) -> T:
        return self.items.pop()

    def __len__(self) -> int:
        return len(self.items)


class Pair(Generic[K, T]):
    def __init__(self, key: K, value: T) -> None:
        self.key = key
        self.value = value

    def flipped(self) -> Pair[T, K]:
        return Pair(self.value, self.key)


class IntStack(Stack[int]):
    def total(self) -> int:
        return sum(self.items)


def first(items: list[T], default: T) -> T:
    return items[0] if items else default


class Node:
    def __init__(self, value: int, next: Node | None = None) -> None:
        self.value = value
        self.next = next


def chain(node: Node | None) -> int:
    total = 0
    while node is not None:
        total = total * 10 + node.value
        node = node.next
    return total


def narrow(thing: object) -> str:
    if isinstance(thing, Named):
        return "named " + thing.label
    if isinstance(thing, (Square, Circle)):
        return "shape"
    if isinstance(thing, str):
        return "text " + thing
    if not isinstance(thing, Node) or thing.next is None:
        return "other"
    return f"node {thing.next.value}"


def match_shape(shape: Shape | None) -> str:
    match shape:
        case None:
            return "nothing"
        case Named():
            return shape.label
        case Square() as square:
            return f"side {square.side}"
        case _:
            return shape.name


class Op:
    ADD: Final = 0
    SUB: Final = 1
    MUL: Final = 2
    NEG: Final = 3


def compute(code: int, a: int, b: int) -> int:
    match code:
        case Op.ADD:
            return a + b
        case Op.SUB | 7:
            return a - b
        case Op.MUL:
            result = a * b
        case other:
            result = -other
    return result


def grade(code: int) -> str:
    if code == 1:
        return "one"
    elif code == 2 or code == 3:
        return "few"
    elif code in (4, 5, 6):
        return "some"
    else:
        return "many"


def by_word(word: str) -> int:
    match word:
        case "a" | "b":
            return 1
        case "c" if len(word) > 3:
            return 2
        case _:
            return 3


def double(x: int) -> int:
    return x * 2


def negate(x: int) -> int:
    return -x


class Action:
    def __init__(self, name: str, run: Callable[[int], int]) -> None:
        self.name = name
        self.run = run


ACTIONS = [Action("double", double), Action("negate", negate)]
HANDLERS: dict[str, Callable[[int], int]] = {action.name: action.run for action in ACTIONS}
ORIGIN = Point(1, 2)
SHAPES: list[Shape] = [Square(2), Circle()]
HEAD = Node(1, Node(2))


def apply(function: Callable[[int], int], x: int) -> int:
    return function(x)


def optional_call(function: Callable[[int], int] | None) -> int:
    if function is None:
        return 0
    return function(4)


class Counter:
    step: int = 3
    label: str | None = "counter"
    PARTS: ClassVar[list[str]] = ["p", "q"]
    NOTHING: ClassVar[dict[str, int]] = {}

    def __init__(self) -> None:
        self.total = 0

    def advance(self) -> int:
        self.total += self.step
        return self.total


class FastCounter(Counter):
    speed: int = 5

    def advance(self) -> int:
        self.step += self.speed
        return super().advance()


Number = NewType("Number", int)


def successor(number: Number) -> Number:
    return Number(number + 1)


def defaults() -> None:
    slow, fast = Counter(), FastCounter()
    text("counters", f"{slow.advance()} {slow.advance()} {fast.advance()} {fast.advance()} {slow.label}")
    text("class tables", f"{len(Counter.PARTS)} {slow.PARTS[1]} {len(Counter.NOTHING)} {successor(Number(4))}")
    text("infinity", f"{math.inf > 1.0} {Square.SIDES}")
    for name, number in zip(["a", "b"], [1, 2], strict=True):
        text("strict", f"{name}{number}")
    try:
        for name, number in zip(["a", "b"], [1], strict=True):
            text("strict", f"{name}{number}")
    except ValueError:
        text("strict", "lengths differ")
    for shape in (Square(1), Square(2), Square(3)):
        if shape.area() > 3:
            for other in (1, 2, 3):
                if other == 2:
                    continue
                text("inner", f"{shape.area()} {other}")
                if shape.area() > 8:
                    break
            else:
                text("inner", "to the end")


def main() -> int:
    defaults()
    shapes: list[Shape] = [Square(3), Named(4, "big"), Circle()]
    for shape in shapes:
        text(shape.describe(), f"{shape.double} {shape.count} {match_shape(shape)}")
    text("constants", f"{Square.SIDES} {Shape.SIDES} {Circle.unit(2)}")
    for shape in SHAPES:
        shape.count += 10
        text("prebuilt", f"{shape.describe()} {shape.count}")
    point = Point(3)
    text("point", f"{point.sum()} {Point(y=1, x=2).sum()} {ORIGIN.x}")
    bag = Bag()
    bag.next = Bag([1, 2], label="other")
    if bag.next is not None:
        text("bag", f"{len(bag.items)} {len(bag.next.items)} {bag.next.label}")
    numbers = IntStack()
    numbers.push(3)
    numbers.push(4)
    words: Stack[str] = Stack()
    words.push("w")
    pair = Pair("k", 5).flipped()
    text("generic", f"{numbers.total()} {numbers.pop()} {len(words)} {words.pop()} {pair.key} {pair.value}")
    text("first", f"{first([5, 6], 0)} {first(['q'], '')} {first([], 9)}")
    text("chain", f"{chain(Node(1, Node(2, Node(3))))} {chain(HEAD)} {chain(None)}")
    text("narrow", narrow(shapes[1]) + narrow(shapes[0]) + narrow("s") + narrow(HEAD) + narrow(Node(1)))
    text(
        "match",
        match_shape(None)
        + str(compute(0, 1, 2))
        + str(compute(7, 1, 2))
        + str(compute(2, 3, 4))
        + str(compute(9, 0, 0)),
    )
    text("grades", " ".join([grade(n) for n in range(8)]))
    text("words", f"{by_word('b')} {by_word('c')} {by_word('d')}")
    for action in ACTIONS:
        text(action.name, str(action.run(21)))
    text("handlers", f"{HANDLERS['negate'](5)} {apply(double, 4)} {optional_call(None)} {optional_call(double)}")
    return 0
