"""`map` and `filter` in loops and as arguments: what may be called, when it is called, and what its names mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracewright_testing.probes import show

LOG: list[str] = []


@dataclass
class Token:
    text: str
    line: int = 1

    def long(self, more: int) -> bool:
        return len(self.text) + more > 3


class Scale:
    def __init__(self, factor: int) -> None:
        self.factor = factor

    def __call__(self, number: int) -> int:
        return number * self.factor

    def times(self, number: int) -> int:
        return number * self.factor


class Count:
    def __init__(self) -> None:
        self.n = 0

    def __iter__(self) -> Count:
        return self

    def __next__(self) -> int:
        self.n += 1
        if self.n > 3:
            raise StopIteration
        return self.n


def double(number: int, times: int = 2) -> int:
    LOG.append(f"d{number}")
    return number * times


def even(number: int) -> bool:
    LOG.append(f"e{number}")
    return number % 2 == 0


def told(name: str, numbers: list[int]) -> list[int]:
    LOG.append(name)
    return numbers


def chosen(name: str) -> Callable[[int], int]:
    LOG.append(name)
    return lambda number: number + 100


def probe_arguments() -> str:
    words = ["12", "7", "300"]
    numbers = list(map(int, words))
    return (
        f"{numbers} {sum(map(len, words))} {sorted(map(str, numbers))} {','.join(map(str, numbers))} "
        f"{any(map(even, numbers))} {all(map(even, numbers))} {max(map(int, words))} {len(set(map(len, words)))} "
        f"{[*map(double, numbers)]} {list(map(str.upper, ['a', 'b']))} {list(map(Token, words))[1]} "
        f"{dict(map(lambda w: (w, len(w)), words))} {list(enumerate(map(abs, [-1, 2])))} {min(map(len, words), default=0)}"
    )


def probe_several() -> str:
    return f"{list(map(lambda a, b: a * b, [1, 2, 3], range(5, 7)))} {list(map(max, [1, 5], [4, 2]))}"


def probe_filters() -> str:
    words = ["", "a", "bc"]
    tokens = [Token("ab"), Token("abcd")]
    maybe: list[Token | None] = [None, Token("z")]
    there = [token.text for token in filter(None, maybe)]
    return f"{list(filter(None, words))} {list(filter(lambda t: t.long(1), tokens))} {sum(filter(even, range(7)))} {there} {list(filter(len, words))}"


def probe_laziness() -> str:
    LOG.clear()
    for number in filter(
        even,
        map(
            double,
            told("list", [1, 2, 3, 4]),
        ),
    ):
        LOG.append(f"body{number}")
        if number > 4:
            break
    first = next((n for n in map(double, [5, 6]) if n > 4), 0)
    stopped = any(map(even, [1, 2, 3]))
    return f"{first} {stopped} {LOG}"


def probe_order() -> str:
    LOG.clear()
    return f"{list(map(chosen('function'), told('items', [1, 2])))} {LOG}"


def probe_values() -> str:
    scale = Scale(3)
    add: Callable[[int], int] = lambda number: number + 1  # noqa: E731

    def nested(number: int) -> int:
        return number - scale.factor

    numbers = [1, 2]
    return f"{list(map(scale, numbers))} {list(map(scale.times, numbers))} {list(map(add, numbers))} {list(map(nested, numbers))} {list(map(add, Count()))}"


def probe_names() -> str:
    x, k = 10, 1
    seen = [x for x in map(lambda a: a + x, [1, 2])]
    late: list[int] = []
    for y in map(lambda x: x * 10 + k, [1, 2, 3]):
        k += 1
        late.append(y)
    fixed: list[int] = []
    for y in map(lambda n, k=k: n + k, [1, 2]):  # type: ignore[misc]
        k += 50
        fixed.append(y)
    inner = list(map(lambda n: [m := n + x, m * 2], [1]))
    return f"{seen} {late} {fixed} {inner} {x} {k}"


def probe_functions_inside() -> str:
    functions: list[Callable[[], int]] = list(map(lambda n: lambda: n * 2, [1, 2, 3]))
    return str([function() for function in functions])


def probe_nested_maps() -> str:
    rows = [[1, 2], [3]]
    return f"{list(map(lambda row: sum(map(lambda n: n * len(row), row)), rows))} {[list(filter(lambda n: n > at, row)) for at, row in enumerate(rows)]}"


def probe_failure() -> str:
    LOG.clear()
    try:
        return str(list(map(int, ["1", "x", "2"])))
    except ValueError as error:
        return str(error)


def probe_changing_list() -> str:
    numbers = [1, 2, 3]
    for number in filter(even, numbers):
        if len(numbers) < 5:
            numbers.append(number + 2)
    return str(numbers)


def main() -> int:
    show("arguments", probe_arguments)
    show("several", probe_several)
    show("filters", probe_filters)
    show("laziness", probe_laziness)
    show("order", probe_order)
    show("values", probe_values)
    show("names", probe_names)
    show("functions_inside", probe_functions_inside)
    show("nested_maps", probe_nested_maps)
    show("failure", probe_failure)
    show("changing_list", probe_changing_list)
    return 0
