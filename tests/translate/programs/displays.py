"""Displays with `*` and `**`, and items whose type the others tell."""

from collections.abc import Callable

from tracewright.core.system import write_output

DEFAULTS = {"width": 8, "depth": 2}


def show(text: str) -> None:
    write_output((text + "\n").encode())


def numbers(items: list[int]) -> str:
    return ",".join(str(item) for item in items)


def noted(order: list[str], name: str, items: list[int]) -> list[int]:
    order.append(name)
    return items


def lists() -> None:
    first, pair = [1, 2], (3, 4)
    show(numbers([*first, 5, *pair, *range(2)]))
    show(numbers([*first]) + numbers([*{7: "x"}, *(n * n for n in first)]))
    copy = [*first]
    copy.append(9)
    show(f"{len(first)} {len(copy)}")
    order: list[str] = []
    joined = [*noted(order, "a", [1]), noted(order, "b", [2])[0], *noted(order, "c", [])]
    show(numbers(joined) + "".join(order))
    maybe: list[int | None] = [None, *first]
    show(str(maybe[0]) + str(maybe[2]))
    letters = [*"xyz", "w"]
    show("".join(letters))
    for item in [*first, *pair]:
        show(str(item))


def tuples_and_sets() -> None:
    pair = ("a", 1)
    triple = (*pair, 2.5)
    name, count, size = triple
    show(f"{name} {count} {size} {len((*pair, *pair))}")
    found = {*[3, 1], 2, *{1, 7}}
    show(numbers(sorted(found)))


def dicts() -> None:
    settings = {**DEFAULTS, "depth": 3, **{"height": 1}}
    show(", ".join(f"{key}={value}" for key, value in settings.items()))
    show(str(DEFAULTS["depth"]) + str(len({**settings})))
    wanted: dict[str, int | None] = {"none": None, "some": 1}
    show(str({**wanted, "more": 2}["none"]))


def told_by_the_others() -> None:
    grid = [[], [1, 2], []]
    grid[0].append(7)
    show(numbers(grid[0]) + str(len(grid)))
    groups = {"none": [], "some": [5]}
    groups["none"].append(6)
    show(numbers(groups["none"] + groups["some"]))
    double: Callable[[int], int] = lambda number: number * 2
    steps = [double, lambda number: number + 1]
    show(str(steps[1](steps[0](10))))  # type: ignore[no-untyped-call]  # mypy looks at the lambda alone


def main() -> int:
    lists()
    tuples_and_sets()
    dicts()
    told_by_the_others()
    return 0
