"""Sorting with keys, the smallest and largest item, sums, slices with a step, quantifiers, reversed things."""

from __future__ import annotations

from dataclasses import dataclass

from tracewright.core.system import write_output


def text(name: str, value: str) -> None:
    write_output(f"{name} {value}\n".encode())


@dataclass
class Item:
    name: str
    weight: int
    price: float

    def value(self) -> float:
        return self.price / self.weight


def weight_of(item: Item) -> int:
    return item.weight


def names(items: list[Item]) -> str:
    return " ".join(item.name for item in items)


def shown(numbers: list[int]) -> str:
    return ",".join(str(number) for number in numbers)


ITEMS: list[Item] = [
    Item("pear", 3, 2.0),
    Item("fig", 1, 3.5),
    Item("plum", 3, 1.0),
    Item("apple", 2, 2.0),
    Item("kiwi", 1, 0.5),
]


def sorting() -> None:
    text("weight", names(sorted(ITEMS, key=weight_of)))
    text("reverse", names(sorted(ITEMS, key=weight_of, reverse=True)))
    text("lambda", names(sorted(ITEMS, key=lambda item: (item.weight, item.name))))
    text("method", names(sorted(ITEMS, key=lambda item: -item.value())))
    copy = list(ITEMS)
    copy.sort(key=lambda item: item.name)
    text("in place", names(copy))
    copy.sort(key=lambda item: item.price, reverse=len(copy) > 3)
    text("stable", names(copy))
    order = {"fig": 5, "plum": 1}
    copy.sort(key=lambda item: order.get(item.name, 3))
    text("captured", names(copy))
    words = ["bb", "a", "ccc", "dd"]
    text("len", " ".join(sorted(words, key=len)))
    text("keys", " ".join(sorted({"b": 1, "a": 2}, key=lambda k: k)))
    text("pairs", " ".join(k for k, _ in sorted(order.items(), key=lambda pair: pair[1])))
    numbers = [5, 3, 9, 1]
    numbers.sort(reverse=True)
    text(
        "numbers",
        shown(numbers) + " " + shown(sorted(numbers)) + " " + shown(sorted((n % 4 for n in numbers), reverse=True)),
    )


def extremes() -> None:
    text(
        "min",
        f"{min(ITEMS, key=weight_of).name} {max(ITEMS, key=weight_of).name} {max(ITEMS, key=lambda i: i.price).name}",
    )
    numbers = [4, -7, 2]
    empty: list[int] = []
    text(
        "numbers",
        f"{min(numbers)} {max(numbers)} {max(empty, default=-1)} {min(numbers, default=9)} {max(3, -5, key=abs)}",
    )
    text("generator", f"{max(n * n for n in numbers)} {min(len(i.name) for i in ITEMS)} {max('hello')}")
    text("dict", f"{max({'a': 1, 'b': 0})} {min({3: 'x', 2: 'y'}.values())}")
    try:
        text("empty", str(min(empty)))
    except ValueError:
        text("empty", "ValueError")
    text(
        "sum",
        f"{sum(numbers)} {sum(numbers, 10)} {sum([0.5, 0.25], 1.0)} {sum(i.weight for i in ITEMS)} {sum(numbers, start=1)}",
    )
    text("sums", f"{sum({1: 2, 3: 4})} {sum(range(5))} {sum(n for n in numbers if n > 0)}")


def slices() -> None:
    numbers = list(range(10))
    text("step", f"{shown(numbers[::2])} {shown(numbers[1:8:3])} {shown(numbers[::-1])} {shown(numbers[7:2:-2])}")
    text(
        "ends", f"{shown(numbers[-1:-20:-4])} {shown(numbers[20:0:-5])} {shown(numbers[5:2:1])} {shown(numbers[-3::2])}"
    )
    word = "aé€𝄞z"
    text("text", f"{word[::-1]} {word[::2]} {word[1::3]} {'hello'[::-2]}")
    data = b"abcdef"
    text("bytes", f"{data[::-1].decode()} {data[1::2].decode()}")
    for step in (-3, -1, 1, 2, 4):
        text("variable", f"{shown(numbers[8:1:step])} {shown(numbers[1:8:step])} {shown(numbers[::step])}")
    try:
        text("zero", shown(numbers[:: len(numbers) - 10]))
    except ValueError as error:
        text("zero", str(error))


def quantifiers() -> None:
    rows = [[1, 2], [3, 4], [5]]
    text("nested", f"{any(n > 4 for row in rows for n in row)} {all(n > 0 for row in rows for n in row if n != 3)}")
    text("plain", f"{any([False, True])} {any(row for row in rows)} {all(row == [5] for row in rows)}")
    seen: list[int] = []

    def note(n: int) -> bool:
        seen.append(n)
        return n > 1

    text("lazy", f"{any(note(n) for n in (1, 2, 3))} {shown(seen)}")
    text("eager", f"{any([note(n) for n in (1, 2, 3)])} {shown(seen)}")
    text("texts", f"{any(c.isdigit() for c in 'ab1')} {all(c in 'abc' for c in 'cab')}")
    table = {"a": 1, "b": 0}
    text("table", f"{all(table.values())} {any(table.values())} {all(table)}")


def backwards() -> None:
    text("str", "".join(c for c in reversed("héllo")))
    text("dict", " ".join(k for k in reversed({"a": 1, "b": 2, "c": 3})))
    text("bytes", " ".join(str(b) for b in reversed(b"ab")))
    text("list", " ".join(f"{i}{n}" for i, n in enumerate(reversed([7, 8]), start=5)))
    for a, b, c in zip([1, 2, 3], "xyz", (4.5, 5.5, 6.5)):
        text("zip", f"{a}{b}{c}")


def comprehensions() -> None:
    square = {n: n * n for n in range(5) if n % 2}
    text("dict", " ".join(f"{k}:{v}" for k, v in square.items()))
    text("set", str(len({n % 3 for n in range(10)})))
    text("nested", ";".join(shown([x * y for y in range(3)]) for x in range(3)))
    text("two", shown([x + y for x in range(3) for y in range(x) if (x + y) % 2]))
    matrix = [[i * 3 + j for j in range(3)] for i in range(2)]
    text("transposed", ";".join(shown([row[j] for row in matrix]) for j in range(3)))
    text("items", " ".join(sorted(f"{v}{k}" for k, v in {"a": 1, "b": 2}.items())))


def main() -> int:
    sorting()
    extremes()
    slices()
    quantifiers()
    backwards()
    comprehensions()
    return 0
