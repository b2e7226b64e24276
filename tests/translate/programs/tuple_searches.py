"""`index` and `count` of tuples whose items are of one type."""

from __future__ import annotations

from typing import NamedTuple

from tracewright_testing.probes import show

LOG: list[str] = []
NAMES = ("add", "sub", "mul", "sub")


class Point(NamedTuple):
    x: int
    y: int


class Marked(NamedTuple):
    low: int
    high: int

    def index(self, value: int) -> int:  # type: ignore[override]
        return value * 1000


class Key:
    def __init__(self, number: int) -> None:
        self.number = number

    def __eq__(self, other: object) -> bool:
        assert isinstance(other, Key)
        LOG.append(f"{self.number}={other.number}")
        if other.number < 0:
            raise ValueError("negative")
        return self.number == other.number


def told(name: str, value: int) -> int:
    LOG.append(name)
    return value


def triple() -> tuple[int, int, int]:
    LOG.append("triple")
    return 5, 6, 5


def probe_names() -> str:
    return f"{NAMES.index('mul')} {NAMES.count('sub')} {NAMES.count('')} {NAMES.index('sub', 2)} {NAMES.index('sub', -3, -1)}"


def probe_named() -> str:
    return f"{Point(3, 4).index(4)} {Point(3, 3).count(3)} {Marked(1, 2).index(2)} {Marked(1, 1).count(1)}"


def probe_absent() -> str:
    return str(NAMES.index("div"))


def probe_outside_of_bounds() -> str:
    return str(NAMES.index("add", 1))


def probe_order() -> str:
    LOG.clear()
    found = triple().index(told("value", 5), told("start", 1))
    return f"{found} {triple().count(told('value', 5))} {LOG}"


def probe_own_equality() -> str:
    LOG.clear()
    keys = (Key(1), Key(2), Key(2))
    return f"{keys.index(Key(2))} {keys.count(Key(2))} {LOG}"


def probe_failing_equality() -> str:
    keys = (Key(1), Key(2))
    return str(keys.index(Key(-1)))


def probe_kinds() -> str:
    pairs = ((1, "a"), (2, "b"))
    return f"{pairs.index((2, 'b'))} {(1.5, 2.5).index(2.5)} {(True, False).count(False)} {([1], [2]).index([2])} {(b'x', b'y').index(b'y')}"


def main() -> int:
    show("names", probe_names)
    show("named", probe_named)
    show("absent", probe_absent)
    show("outside_of_bounds", probe_outside_of_bounds)
    show("order", probe_order)
    show("own_equality", probe_own_equality)
    show("failing_equality", probe_failing_equality)
    show("kinds", probe_kinds)
    return 0
