"""Named tuples, class methods, fixed-width integers, bounded generics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import ClassVar, Generic, Literal, NamedTuple, TypeVar

from tracewright.core.integers import MAX_INT, MIN_INT, i8, i16, i32, u8, u16, u32, u64, wrap_mul
from tracewright.core.system import write_output


def text(name: str, value: str) -> None:
    write_output(f"{name} {value}\n".encode())


class Span(NamedTuple):
    start: int
    stop: int
    name: str = "?"

    def size(self) -> int:
        return self.stop - self.start

    @classmethod
    def empty(cls, at: int) -> Span:
        return cls(at, at)


class Point(NamedTuple):
    x: int
    y: int


SPANS: list[Span] = [Span(1, 5, "a"), Span(3, 3)]
ORIGIN = Point(0, 0)


class Shape:
    made: ClassVar[int] = 0

    def __init__(self, sides: int) -> None:
        self.sides = sides

    @classmethod
    def regular(cls, sides: int) -> Shape:
        return cls(sides + cls.extra())

    @classmethod
    def extra(cls) -> int:
        return 0

    def area(self) -> int:
        return self.sides


class Odd(Shape):
    @classmethod
    def extra(cls) -> int:
        return 1


S = TypeVar("S", bound=Shape)


class Best(Generic[S]):
    def __init__(self, first: S) -> None:
        self.shape = first

    def offer(self, other: S) -> S:
        if other.area() > self.shape.area():
            self.shape = other
        return self.shape


def largest(shapes: list[S]) -> S:
    best = shapes[0]
    for shape in shapes:
        if shape.area() > best.area():
            best = shape
    return best


def tuples() -> None:
    span = Span(2, 9, name="b")
    start, stop, name = span
    text("span", f"{span.size()} {start} {stop} {name} {span[0]} {span[-1]} {len(span)} {SPANS[1].name}")
    text("equal", f"{span == Span(2, 9, 'b')} {span != Span(2, 9)} {Span.empty(4).size()} {Span(1, 2) < Span(1, 3)}")
    table = {Point(1, 2): "one", ORIGIN: "zero"}
    text("key", f"{table[Point(1, 2)]} {table[Point(0, 0)]} {Point(2, 1) in table} {sum(Point(4, 5))}")
    text("sorted", " ".join(f"{s.start}-{s.stop}" for s in sorted([Span(3, 1), Span(1, 9), Span(1, 2)])))
    for s in SPANS:
        match s:
            case Span(a, b) if a == b:
                text("match", f"empty {a}")
            case Span(name="a", stop=stop):
                text("match", f"a until {stop}")


def classes() -> None:
    text("regular", f"{Shape.regular(3).sides} {Odd.regular(3).sides} {Odd.extra()}")
    best = Best(Odd(1))
    text(
        "best", f"{best.offer(Odd(3)).sides} {best.offer(Odd(2)).sides} {largest([Shape(2), Shape(7), Shape(5)]).sides}"
    )


@dataclass(frozen=True)
class Mark:
    line: int
    name: str = "mark"
    count: int = field(init=False, default=3)


class Link:
    def __init__(self, number: int) -> None:
        self.number = number
        self.next: Link | None = None


FIRST_LINK = Link(1)
HANDLERS: dict[str, Callable[[int], int]] = {"double": lambda number: number * 2}


def copies() -> None:
    mark = Mark(4)
    text("replaced", f"{replace(mark, name='other')} {replace(mark, line=5).name} {Span(1, 2)._replace(stop=9)} {mark}")


Mode = Literal["read", "write"]


@dataclass
class Request:
    path: str
    mode: Mode = "read"
    _: KW_ONLY
    tries: Literal[1, 2, 3] = 1
    total: int = field(init=False)

    def __post_init__(self) -> None:
        self.total = len(self.path) * self.tries


def requests() -> None:
    text("request", str(Request("a")))
    text("again", str(Request("bc", "write", tries=3)))
    mode: Mode = "write" if Request("x").mode == "read" else "read"
    text("mode", mode.upper())


def of_the_module() -> None:
    """What is found out about an object of the module holds until something may have changed it."""
    FIRST_LINK.next = Link(2)
    if FIRST_LINK.next is not None:
        FIRST_LINK.next.next = FIRST_LINK
        text("next", str(FIRST_LINK.next.number))
    assert FIRST_LINK.next and FIRST_LINK.next.next
    text("around", str(FIRST_LINK.next.next.number))
    for name in ("double", "other"):
        if handler := HANDLERS.get(name):
            text(name, str(handler(4)))


def widths() -> None:
    for value in (0, 127, 128, 255, 256, -1, -128, -129, 40000, 0x7FFFFFFF, 0x80000000, -(1 << 31), MAX_INT, MIN_INT):
        text("unsigned", f"{u8(value)} {u16(value)} {u32(value)} {u64(value)}")
        text("signed", f"{i8(value)} {i16(value)} {i32(value)}")
    code = 5381
    for byte in b"hash me":
        code = u32(code * 33 + byte)
    text("hash", str(code))
    state = 1
    for _ in range(5):
        state = u64(wrap_mul(state, 6364136223846793005))
    text("state", str(state))


def main() -> int:
    tuples()
    classes()
    copies()
    requests()
    of_the_module()
    widths()
    return 0
