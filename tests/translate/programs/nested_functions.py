"""Nested functions with defaults and keywords; what functions take along out of comprehensions."""

from collections.abc import Callable

from tracewright.core.system import write_output


def show(text: str) -> None:
    write_output((text + "\n").encode())


def defaults(start: int) -> None:
    def area(width: int, height: int = 10, *, scale: int = start + 1) -> int:
        return width + height * scale + start

    show(f"{area(1)} {area(1, 2)} {area(1, height=3)} {area(scale=1, width=4)}")

    def indented(text: str, depth: int = 0) -> str:
        if depth == 3:
            return text
        return indented(" " + text, depth=depth + 1)

    show(indented("x") + indented(depth=2, text="y"))

    def described(number: int | None = None, items: list[int] | None = None) -> str:
        return f"{number} {0 if items is None else len(items)}"

    show(described() + described(3) + described(items=[1, 2]))

    def difference(left: int, /, right: int) -> int:
        return left - right

    show(str(difference(7, right=2)))


def made_once() -> None:
    """A default is one object, made where the function is defined."""

    def remembered(item: int, seen: list[int] = []) -> int:  # noqa: B006  (that it is shared is the point)
        seen.append(item)
        return len(seen)

    remembered(1)
    show(str(remembered(2)))
    kept: list[Callable[[], int]] = []
    for number in range(3):

        def tenfold(own: int = number) -> int:
            return own * 10

        def later() -> int:
            return tenfold() + tenfold(own=1)

        kept.append(later)
        show(f"{tenfold()} {tenfold(7)}")
    show(" ".join(str(each()) for each in kept))


def kept_in_lambdas() -> None:
    adders: list[Callable[[int], int]] = []
    for number in range(3):
        adders.append(lambda more, own=number: own * 100 + more)  # type: ignore[misc]  # mypy wants all
    show(" ".join(str(each(5)) for each in adders))
    texts: list[Callable[[], str]] = [lambda word=word: word + "!" for word in ["a", "b"]]  # type: ignore[misc]
    show("".join(each() for each in texts))

    def around(start: int) -> int:
        def inner(number: int = len(adders)) -> int:
            return number + start

        return inner()

    show(str(around(1)))


def passed_on() -> None:
    def triple(number: int = 1) -> int:
        return number * 3

    def twice(function: Callable[[int], int], number: int) -> int:
        return function(function(number))

    show(f"{twice(triple, 2)} {triple()} {[triple(n) for n in range(3)][2]}")


def calling_each_other(number: int) -> str:
    def is_even(rest: int) -> bool:
        return rest == 0 or is_odd(rest - 1)

    def is_odd(rest: int) -> bool:
        return rest != 0 and is_even(rest - 1)

    def both(rest: int) -> str:
        def inside() -> str:
            return f"{is_even(rest)} {is_odd(rest)}"

        return inside()

    return both(number)


def in_comprehensions() -> None:
    """All functions of one run share the variable, which has its last value in the end."""
    kept: list[Callable[[], int]] = [lambda: number * 10 for number in range(3)]
    show(" ".join(str(each()) for each in kept))
    for base in range(2):
        kept.extend([lambda: base * 100 + number for number in range(2)])
    show(" ".join(str(each()) for each in kept))
    table: list[list[Callable[[], int]]] = [[lambda: row * 10 + column for column in range(2)] for row in range(3)]
    show(" ".join(str(each()) for line in table for each in line))


def used_at_once() -> None:
    ranks = [[9, 8, 7], [1, 2, 3]]
    lines = [sorted([0, 1, 2], key=lambda place: ranks[index][place]) for index in range(2)]
    show(f"{lines[0][0]} {lines[1][0]}")

    def apply(function: Callable[[int], int], number: int) -> int:
        return function(number)

    show(str([apply(lambda n: n + place, place) for place in range(3)][2]))
    show(str(any(apply(lambda n: n * place, place) == 4 for place in range(3))))
    show(str({place: apply(lambda n: n - place, 10) for place in range(3)}[2]))
    show(str(sum(apply(lambda n: n + first, second) for first, second in [(1, 2), (3, 4)])))


def assigned_within() -> None:
    last = 0
    get: Callable[[], int] = lambda: last  # noqa: E731  (it must see what the comprehension assigns)
    found = [last := number for number in range(4)]
    show(f"{get()} {len(found)}")


def main() -> int:
    defaults(5)
    made_once()
    kept_in_lambdas()
    passed_on()
    show(calling_each_other(5) + calling_each_other(6))
    in_comprehensions()
    used_at_once()
    assigned_within()
    return 0
