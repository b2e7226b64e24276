"""Each line says in a comment what `tracewright report` must find on it; the others must cost nothing."""

from collections.abc import Callable
from typing import final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.cast import unsafe_cast
from tracewright.core.integers import ovf_add
from tracewright.core.mathematics import sin
from tracewright.core.system import argument, monotonic_nanoseconds
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack


class Animal:
    def legs(self) -> int:
        return 4


class Bird(Animal):
    def legs(self) -> int:
        return 2


@final
class Pair:
    def __init__(self, left: int, right: int) -> None:
        self.left = left
        self.right = right


def sum_of(pair: Pair) -> int:
    return pair.left + pair.right


def element(items: Array[int], index: int) -> int:
    return items[index]  # costs: bounds check


def trusted(items: Array[int], index: int) -> int:
    return unchecked_get(items, index)  # costs: unchecked cast


def pair_of(number: int) -> int:
    pair = Pair(number, 1)  # costs: allocation
    return sum_of(pair)


def legs_of(animal: Animal) -> int:
    return animal.legs()  # costs: virtual call


def two_animals(number: int) -> int:
    bird = Bird()  # costs: allocation
    animal = Animal()  # costs: allocation
    if isinstance(animal, Bird):  # costs: class test
        return 1
    return legs_of(bird if number > 1 else animal)


def checked(a: int, b: int) -> int:
    c = ovf_add(a, b)  # costs: overflow check
    return c // a  # costs: may raise


class Box:
    def __init__(self, pair: Pair | None) -> None:
        self.pair = pair

    def empty(self) -> None:
        self.pair = None


def left_of(box: Box, other: Box) -> int:
    if box.pair is not None:
        other.empty()
        return box.pair.left  # costs: check
    return 0


def new_box() -> Box:
    return Box(None)  # costs: allocation


def both_of(pair: Pair) -> int:
    return sum_of(pair)


def doubled(value: Value) -> Value:
    number = value.as_int()  # costs: boxed value
    return Value.of_int(number + number)  # costs: boxed value


def as_pair(value: Value) -> Pair:
    return unsafe_cast(Pair, value.as_object())  # costs: unchecked cast


def first_slot(stack: VMStack) -> Value:
    return stack[0]  # costs: guest memory


def factorial(number: int) -> int:
    if number < 2:
        return 1
    return number * factorial(number - 1)  # costs: call, may raise


def time_and_sine(number: float) -> float:
    now = monotonic_nanoseconds()  # costs: C call
    return sin(number) + now  # costs: C call


def has_argument() -> bool:
    return argument(0) is not None  # costs: C call


def applied(function: Callable[[int], int], number: int) -> int:
    return function(number)  # costs: virtual call, may raise
