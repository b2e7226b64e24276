"""`int | None`, `float | None`, `bool | None`."""

from __future__ import annotations

from dataclasses import dataclass

from tracewright.core.system import write_output


def text(name: str, value: str) -> None:
    write_output(f"{name} {value}\n".encode())


@dataclass
class Setting:
    name: str
    limit: int | None = None
    ratio: float | None = None
    on: bool | None = None


TABLE: dict[str, int | None] = {"a": 1, "b": None, "c": -(1 << 62)}
RATIOS: list[float | None] = [1.5, None, -0.0]
DEFAULT = Setting("default", 7, 0.5, False)


def find(items: list[int], wanted: int) -> int | None:
    for index, item in enumerate(items):
        if item == wanted:
            return index
    return None


def half(x: float | None) -> float | None:
    return None if x is None else x / 2


def shown(x: int | None) -> str:
    if x is None:
        return "none"
    return str(x + 1)


def largest(items: list[int | None]) -> int | None:
    best: int | None = None
    for item in items:
        if item is not None and (best is None or item > best):
            best = item
    return best


def flags(on: bool | None) -> str:
    if on:
        return "yes"
    return "unknown" if on is None else "no"


def main() -> int:
    numbers = [5, 0, 7]
    text("find", f"{shown(find(numbers, 7))} {shown(find(numbers, 0))} {shown(find(numbers, 9))}")
    text("equal", f"{find(numbers, 5) == 0} {find(numbers, 9) == 0} {find(numbers, 9) == None} {find(numbers, 0) != 1}")  # noqa: E711
    text("truth", f"{bool(find(numbers, 5))} {bool(find(numbers, 7))} {bool(find(numbers, 8))}")
    text("half", f"{half(3.0)} {half(None)} {half(4.0)}")
    text("largest", f"{largest([1, None, 1 << 62, 3])} {largest([None])} {largest([-(1 << 63)])}")
    text("flags", f"{flags(True)} {flags(False)} {flags(None)}")
    for key in ("a", "b", "c", "d"):
        text("table", f"{TABLE.get(key)} {key in TABLE}")
    text("ratios", " ".join(str(half(x)) for x in RATIOS))
    first = Setting("first")
    text(
        "fields",
        f"{first.limit} {first.ratio} {first.on} {DEFAULT.limit} {DEFAULT.ratio} {DEFAULT.on} {first == Setting('first')}",
    )
    first.limit = 4
    if first.limit is not None:
        first.limit += 2
        text("sum", str(first.limit * 2))
    first.ratio = 2.0
    first.on = first.limit == 6
    text("set", f"{first} {first == DEFAULT}")
    counts: dict[int | None, int] = {}
    for item in (1, None, 1, 2, None):
        counts[item] = counts.get(item, 0) + 1
    text("keys", f"{counts[None]} {counts[1]} {counts.get(3)}")
    limit = find(numbers, 7) or 10
    other = find(numbers, 5) or 10
    text("or", f"{limit} {other} {find(numbers, 8) or -1}")
    pair: tuple[int | None, float | None] = (None, 2.5)
    a, b = pair
    text("tuple", f"{a} {b} {pair == (None, 2.5)} {pair != (1, None)}")
    chosen: float | None = float(limit) if limit < 5 else None
    text("wider", str(chosen is not None and chosen > 1.5))
    match find(numbers, 7):
        case None:
            text("match", "none")
        case 2:
            text("match", "two")
        case n:
            text("match", str(n))
    nan: float | None = float("nan")
    text("nan", f"{nan == nan} {nan != nan} {RATIOS[2] == 0.0}")
    walrus = 0
    while (place := find(numbers, walrus)) is None or place < 2:
        walrus += 1
    text("walrus", f"{walrus} {place}")
    many: list[int | None] = [i if i % 3 else None for i in range(3000)]
    text("many", str(sum(m for m in many if m is not None)))
    return 0
