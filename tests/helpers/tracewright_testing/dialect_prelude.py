"""What every random dialect program begins with: classes, generics, closures, and a report of what functions gave."""

PRELUDE = '''"""A random program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field, replace
from enum import Enum, IntEnum
from typing import ClassVar, Generic, NamedTuple, TypeVar

from tracewright.core.arrays import Array
from tracewright.core.integers import (
    MAX_INT, MIN_INT, bits_of_float, count_leading_zeros, count_ones, count_trailing_zeros, float_of_bits, i8, i16, i32, ovf_add, ovf_mul,
    ovf_neg, ovf_sub, trunc_div, trunc_mod, truncated, u8, u16, u32, u64, udiv, ule, ult, umod, umul_high, urshift, wrap, wrap_add, wrap_lshift,
    wrap_mul, wrap_neg, wrap_sub,
)
from tracewright.core.mathematics import ceil, floor, fmod, is_infinite, is_nan, sqrt, trunc
from tracewright.core.system import write_output

T = TypeVar("T")
U = TypeVar("U")


class Trouble(Exception):
    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class Deeper(Trouble):
    pass


class Color(Enum):
    RED = 3
    GREEN = 5
    BLUE = 7


class Op(IntEnum):
    ADD = 0
    SUB = 1
    MUL = 2
    HALT = 9


class Shape:
    def __init__(self, size: int) -> None:
        self.size = size
        self.next: Shape | None = None

    def area(self) -> int:
        return self.size

    def label(self) -> str:
        return f"{self.size}:{u8(self.area())}"

    def plus(self, number: int) -> int:
        return wrap_add(self.area(), number)

    @classmethod
    def of_text(cls, word: str) -> Shape:
        return cls(len(word))

    @property
    def double(self) -> int:
        return wrap_add(self.area(), self.area())


class Square(Shape):
    def area(self) -> int:
        return wrap_mul(self.size, self.size)


class Named(Square):
    def __init__(self, size: int, name: str) -> None:
        super().__init__(size)
        self.name = name

    def area(self) -> int:
        return wrap_add(super().area(), len(self.name))

    def label(self) -> str:
        return self.name + super().label()


@dataclass
class Point:
    x: int
    y: int

    def __add__(self, other: Point) -> Point:
        return Point(wrap_add(self.x, other.x), wrap_add(self.y, other.y))

    def __neg__(self) -> Point:
        return Point(wrap_neg(self.x), wrap_neg(self.y))

    def __lt__(self, other: Point) -> bool:
        return (self.x, self.y) < (other.x, other.y)

    def __len__(self) -> int:
        return u8(self.x) & 7

    def __getitem__(self, index: int) -> int:
        if index < 0 or index >= len(self):
            raise IndexError("point")
        return wrap_add(self.y, index)


@dataclass(frozen=True)
class Key:
    kind: str
    number: int


class Pair(NamedTuple):
    first: int
    second: str


class Box(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value = value
        self.history: list[T] = []

    def put(self, value: T) -> T:
        old = self.value
        if len(self.history) < 5:
            self.history.append(old)
        self.value = value
        return old


class Guard:
    def __init__(self, log: list[str], swallows: bool) -> None:
        self.log = log
        self.swallows = swallows

    def __enter__(self) -> int:
        self.log.append("enter")
        return len(self.log)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self.log.append("exit" if error is None else "error")
        return self.swallows and isinstance(error, ValueError)


def twice(function: Callable[[int], int], value: int) -> int:
    return function(function(value))


def each(items: list[T], function: Callable[[T], U]) -> list[U]:
    return [function(item) for item in items]


def first_of(items: list[T], default: T) -> T:
    return items[0] if items else default


def checked(value: int, limit: int) -> int:
    if value > limit:
        raise ValueError("limit")
    if value < wrap_neg(limit):
        raise Deeper("low", u8(value))
    return value


def shown_ints(items: list[int]) -> str:
    return "[" + ",".join([str(item) for item in items]) + "]"


def shown_texts(items: list[str]) -> str:
    return "|".join(items)


def shown_counts(items: dict[str, int]) -> str:
    return ",".join([f"{key}={items[key]}" for key in items])


def shown_maybe(item: int | None) -> str:
    return "none" if item is None else str(item)


def abs_small(value: int) -> int:
    return abs(i32(value))


def call(function: Callable[[int], int], value: int) -> int:
    return function(value)


def filled(number: int, word: str, real: float) -> str:
    return f"{number:>6}|{word:*^7}|{real:.3e}"[:60]


def fixed(real: float) -> str:
    return f"{real:.2f}"[:40]


def signed(number: int, real: float, on: bool) -> str:
    return f"{number:+d} {real:g} {on} {number:x} {real:8.3f}"[:60]


def name_of(error: Exception) -> str:
    if isinstance(error, Trouble):
        return f"{'Deeper' if isinstance(error, Deeper) else 'Trouble'} {error} {error.code}"
    if isinstance(error, ZeroDivisionError):
        return "ZeroDivisionError"
    if isinstance(error, OverflowError):
        return "OverflowError"
    if isinstance(error, IndexError):
        return "IndexError"
    if isinstance(error, KeyError):
        return "KeyError"
    if isinstance(error, ValueError):
        return "ValueError"
    return "other error"


WORDS: list[str] = ["", "a", "Zebra", "h\\u00e9llo \\u00df", "\\u20ac\\u00e9x", "\\U0001d11ea\\U0001f600", "two words here"]
NUMBERS: list[int] = [0, 1, -1, 7, 255, -128, 1 << 31, -(1 << 40), MAX_INT, MIN_INT, MAX_INT - 1, 123456789]
REALS: list[float] = [0.0, -0.0, 1.0, -1.5, 0.1, 1e300, -1e-300, 1e16, 123456.789, 2.5]
COUNTS: dict[str, int] = {"a": 1, "Zebra": -5, "\\u20ac\\u00e9x": 9}
COLORS: dict[Color, int] = {Color.RED: 1, Color.BLUE: 2}


def try_one(name: str, function: Callable[[int, int, str, float, bool], str], round: int) -> None:
    a, b = NUMBERS[round % 12], NUMBERS[(round * 7 + 3) % 12]
    word, real = WORDS[round % 7], REALS[(round * 3) % 10]
    try:
        result = function(a, b, word, real, round % 2 == 0)
    except Exception as error:
        result = "raised " + name_of(error)
    write_output(f"{name} {round} {result}\\n".encode())
'''
