"""`next` of a generator expression: the first element of a search, and what is given where there is none."""

from __future__ import annotations

from collections.abc import Callable

from tracewright_testing.probes import show

LOG: list[str] = []


class Node:
    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.size = size


class Leaf(Node):
    pass


NODES: list[Node] = [Node("a", 1), Leaf("b", 2), Node("c", 3)]


def told(name: str, value: int) -> int:
    LOG.append(name)
    return value


def numbers(name: str) -> list[int]:
    LOG.append(name)
    return [1, 2, 3]


def find(size: int) -> Node | None:
    return next((node for node in NODES if node.size == size), None)


def probe_none_by_default() -> str:
    found = find(2)
    assert found is not None
    return f"{found.name} {find(9) is None} {isinstance(found, Leaf)}"


def probe_kinds_of_values() -> str:
    number = next((node.size for node in NODES if node.size > 1), -1)
    absent = next((node.size for node in NODES if node.size > 9), -1)
    word = next((node.name for node in NODES if node.size > 9), "none")
    real = next((node.size / 2 for node in NODES if node.size > 2), 0.0)
    pair = next(((at, node.name) for at, node in enumerate(NODES) if node.size == 3), (0, ""))
    maybe = next((node.size for node in NODES if node.size > 2), None)
    flag = next((node.size > 1 for node in NODES), True)
    return f"{number} {absent} {word} {real} {pair} {maybe} {flag}"


def probe_expected_type() -> str:
    node: Node = next((each for each in [Leaf("l", 1)] if each.size > 1), Node("d", 0))
    empty: list[int] = next(([each.size] for each in NODES if each.size > 9), [])
    return f"{node.name} {empty}"


def probe_order_of_evaluation() -> str:
    LOG.clear()
    found = next((told("element", n) for n in numbers("outer") if told("test", n) > 1), told("default", 7))
    return f"{found} {LOG}"


def probe_inner_loops() -> str:
    LOG.clear()
    pair = next(((a, b) for a in numbers("a") for b in numbers("b") if a * b == 6), (0, 0))
    none = next(((a, b) for a in range(3) if a for b in range(a) if a * b == 7), (0, 0))
    return f"{pair} {none} {LOG}"


def probe_without_default() -> str:
    return str(next(n for n in numbers("") if n > 1)) + str(next(n for n in numbers("") if n > 3))


def probe_stop_caught() -> str:
    try:
        return next(node.name for node in NODES if node.size > 9)
    except StopIteration as stop:
        return f"stopped {str(stop)!r}"


def probe_failing_element() -> str:
    try:
        return str(next((6 // (n - 2) for n in numbers("") if n > 1), 5))
    except ZeroDivisionError as error:
        return str(error)


def probe_scopes() -> str:
    n, last = 40, -1
    first = next((n for n in range(2, 9)), n)
    none = next((n for n in range(0)), n)
    if (found := next((last := m for m in range(5) if m * m > 5), -1)) > 0:
        return f"{n} {first} {none} {found} {last}"
    return "nothing"


def probe_functions_inside() -> str:
    offset = 2
    of: Callable[[], int] = next((lambda: n + offset for n in range(3, 9)), lambda: 0)
    offset = 10
    return str(of())


def probe_in_a_loop() -> str:
    seen: list[str] = []
    for size in range(5):
        node = next((each for each in NODES if each.size == size), None)
        if node is None:
            continue
        seen.append(node.name)
        NODES[size % 3].size += 0
    return ",".join(seen)


def probe_nested_searches() -> str:
    rows = [[1, 2], [3, 8], [5]]
    return str(
        next((next((x for x in row if x > 6), 0) for row in rows if next((True for x in row if x > 6), False)), -1)
    )


def main() -> int:
    show("none_by_default", probe_none_by_default)
    show("kinds_of_values", probe_kinds_of_values)
    show("expected_type", probe_expected_type)
    show("order_of_evaluation", probe_order_of_evaluation)
    show("inner_loops", probe_inner_loops)
    show("without_default", probe_without_default)
    show("stop_caught", probe_stop_caught)
    show("failing_element", probe_failing_element)
    show("scopes", probe_scopes)
    show("functions_inside", probe_functions_inside)
    show("in_a_loop", probe_in_a_loop)
    show("nested_searches", probe_nested_searches)
    return 0
