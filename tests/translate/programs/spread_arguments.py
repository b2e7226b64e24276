"""`*` of tuples in calls: what is called, where the items go, and in which order all is evaluated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from tracewright_testing.probes import show

LOG: list[str] = []


class Place(NamedTuple):
    line: int
    column: int


@dataclass
class Token:
    text: str
    line: int
    column: int = 7
    notes: list[str] | None = None


class Base:
    def __init__(self, name: str, place: Place) -> None:
        self.name = name
        self.place = place

    def at(self, line: int, column: int = 3, *, more: str = "") -> str:
        return f"{self.name} {line}:{column}{more}"


class Derived(Base):
    def __init__(self, parts: tuple[str, Place]) -> None:
        super().__init__(*parts)

    def at(self, line: int, column: int = 3, *, more: str = "") -> str:
        return "derived " + super().at(*(line + 1, column), more=more)


class Adder:
    def __call__(self, left: int, right: int) -> int:
        return left + right


def area(width: int, height: int, depth: int = 1) -> int:
    return width * 100 + height * 10 + depth


def told(name: str, value: int) -> int:
    LOG.append(name)
    return value


def pair(name: str) -> tuple[int, int]:
    LOG.append(name)
    return 4, 5


def optional(first: int | None, second: float | None, items: list[str]) -> str:
    return f"{first} {second} {items}"


def apply(function: Callable[[int], int], number: int) -> int:
    return function(number)


def probe_functions() -> str:
    place = Place(2, 3)
    return f"{area(*place)} {area(1, *place)} {area(*place, 9)} {area(*(1, 2), depth=5)} {area(*(1,), *(), *(2, 3))}"


def probe_order() -> str:
    LOG.clear()
    result = area(told("first", 1), *pair("pair"))
    last = area(*pair("pair"), told("last", 6))
    named = area(depth=told("depth", 8), *pair("late"))  # noqa: B026
    return f"{result} {last} {named} {LOG}"


def probe_rebound() -> str:
    n = 1
    return str(area(n, *(n := 5, n + 1))) + str(n)


def probe_objects() -> str:
    parts = ("b", Place(8, 9))
    known: list[Base] = [Base(*parts), Derived(parts)]
    texts = [base.at(*base.place, more="!") for base in known]
    return f"{texts} {Token('x', *Place(1, 2))} {Token(*('y', 3))} {Place(*(5, 6))} {Place(*Place(5, 6))}"


def probe_function_values() -> str:
    times: Callable[[int, int], int] = lambda left, right: left * right  # noqa: E731

    def minus(left: int, right: int = 1) -> int:
        return left - right

    values = (7, 8)
    return f"{times(*values)} {minus(*values)} {minus(*(3,))} {Adder()(*values)} {times(2, *(4,))}"


def probe_conversions() -> str:
    return f"{optional(*(1, 2.5, ['a']))} {optional(*(None, None), items=[])} {optional(None, *(0.5,), [])}"


def probe_lambda_before() -> str:
    return str(apply(lambda n: n + 1, *(41,)))


def probe_methods_of_containers() -> str:
    table = {"a": 1}
    items = [1, 2]
    items.insert(*(0, 9))
    return f"{table.get(*('b', 5))} {items} {'a-b'.split(*('-',))} {'abc'.replace(*('b', 'x'))}"


def failing() -> tuple[int, int]:
    raise ValueError(f"after {LOG}")


def probe_failure() -> str:
    LOG.clear()
    return str(area(told("before", 1), *failing()))


def main() -> int:
    show("functions", probe_functions)
    show("order", probe_order)
    show("rebound", probe_rebound)
    show("objects", probe_objects)
    show("function_values", probe_function_values)
    show("conversions", probe_conversions)
    show("lambda_before", probe_lambda_before)
    show("methods_of_containers", probe_methods_of_containers)
    show("failure", probe_failure)
    return 0
