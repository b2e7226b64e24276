"""Lists, dicts, sets, tuples, arrays, and everything that loops over them."""

from tracewright.core.arrays import Array, Words, copy_items
from tracewright.core.system import write_output

TABLE: dict[str, int] = {"one": 1, "two": 2}
PRIMES = [2, 3, 5, 7]
PAIRS: list[tuple[int, str]] = [(1, "a"), (2, "b")]


def show(name: str, numbers: list[int]) -> None:
    write_output((name + ": " + ", ".join([str(n) for n in numbers]) + "\n").encode())


def text(name: str, value: str) -> None:
    write_output(f"{name} {value}\n".encode())


def lists() -> None:
    xs = [3, 1, 2]
    xs.append(10)
    xs.extend([5, 6])
    xs.insert(1, 99)
    show("built", xs)
    show("slices", xs[1:3] + xs[-2:] + xs[:1])
    del xs[0]
    del xs[1:3]
    show("deleted", xs)
    xs[0:1] = [7, 8, 9]
    xs[-1] += 5
    show("replaced", xs)
    text("popped", f"{xs.pop()} {xs.pop(0)} {len(xs)}")
    xs.sort()
    xs.reverse()
    show("sorted", xs)
    show("sorted copy", sorted(xs))
    text("searched", f"{xs.index(8)} {8 in xs} {100 in xs} {xs.count(8)}")
    show("repeated", [0] * 3 + [1, 2] * 2)
    show("evens", [x * x for x in range(10) if x % 2 == 0])
    show("nested", [a * 10 + b for a in range(3) for b in range(a)])
    show("reversed", list(reversed(xs)) + list(range(5, 0, -2)) + [i for i in reversed(range(3))])
    xs.clear()
    text("empty", f"{not xs} {len(xs)}")
    try:
        xs.pop()
    except IndexError as error:
        text("pop", str(error))
    words = ["b", "a"]
    words += ["c"]
    text("words", "".join(sorted(words)) + str("a" in words))
    total = 0
    for x in PRIMES:
        if x == 3:
            continue
        if x == 7:
            break
        total += x
    else:
        total = -1
    text("loop", str(total))
    grid: list[list[int]] = [[0] * 2 for _ in range(2)]
    grid[1][0] = 5
    text("grid", str(grid[1][0] + grid[0][0] + sum(PRIMES)))
    text("any all", f"{any(x > 6 for x in PRIMES)} {all(x > 2 for x in PRIMES)} {any([False, False])}")


def dicts() -> None:
    d: dict[str, int] = {}
    for index, word in enumerate(["x", "y", "z", "x"], 1):
        d[word] = d.get(word, 0) + index
    for key, value in d.items():
        text("entry", f"{key}={value}")
    del d["y"]
    d["x"] += 100
    text("rest", " ".join(list(d.keys())) + str(sum(list(d.values()))))
    text("known", f"{'z' in d} {'y' not in d} {len(d)} {TABLE['two']} {d.pop('z')} {d.pop('q', -1)}")
    found = {1: "a", 2: "b"}.get(2)
    missing = {1: "a"}.get(5)
    text("optional", (found or "none") + (missing or "none"))
    try:
        text("never", str(d["nothing"]))
    except KeyError:
        text("missing", "key")
    text("default", str(d.setdefault("new", 7) + d.setdefault("new", 8)))
    by_pair: dict[tuple[int, str], int] = {(1, "a"): 5}
    by_pair[2, "b"] = 6
    text("pairs", str(by_pair[1, "a"] + by_pair[2, "b"]) + str((3, "a") in by_pair))
    squares = {n: n * n for n in range(4)}
    text("squares", str(squares[3]) + str(len(squares)))
    inverse = {value: key for key, value in TABLE.items()}
    text("inverse", inverse[1])
    names = sorted({word for word in ["q", "p", "q"]})
    text("set", "".join(names))
    numbers = {1, 2, 3}
    numbers.add(2)
    numbers.discard(1)
    text("numbers", f"{len(numbers)} {2 in numbers} {1 in numbers} {len(numbers | {9})} {len(numbers & {3})}")


def tuples() -> tuple[int, str]:
    a, (b, c) = 1, ("x", 2.5)
    pair = (a, b)
    first, second = pair
    text("tuple", f"{first}{second}{pair[0]}{pair[-1]} {pair == (1, 'x')} {pair != (2, 'x')} {(1, 2) < (1, 3)}")
    for number, name in PAIRS:
        text("pair", f"{number}{name}")
    for i, (number, name) in enumerate(PAIRS):
        text("numbered", f"{i}{number}{name}")
    for x, y in zip([1, 2, 3], ["a", "b"]):
        text("zipped", f"{x}{y}")
    for part in ("q", "r"):
        text("part", part)
    return len(PAIRS), "end" if c > 2 else "no"


def arrays() -> None:
    a = Array(5, 7)
    a[2] = 1
    b: Array[int] = Array(7, 0)
    copy_items(a, 1, b, 2, 3)
    show("array", [x for x in b])
    try:
        a[5] = 1
    except IndexError:
        text("array", "checked")
    try:
        text("never", str(a[-1]))
    except IndexError:
        text("array", "checked below")
    names: Array[str | None] = Array(3, None)
    names[1] = "n"
    text("names", "".join([name or "-" for name in names]))
    floats = Array(2, 1.5)
    floats[0] = 2.0
    text("floats", str(int((floats[0] + floats[1]) * 10)))
    words = Words(3)
    words[1] = 12
    text("words", str(words[0] + words[1] + len(words)))


def strings() -> None:
    for index, character in enumerate("aß€"):
        text("character", f"{index} {character} {ord(character)}")
    total = 0
    for byte in b"\x01\x02":
        total += byte
    text("bytes", str(total))
    data = bytearray()
    data.append(65)
    data.extend(b"BC")
    data[1] = 90
    text("bytearray", bytes(data).decode() + str(len(data)))


def main() -> int:
    lists()
    dicts()
    count, end = tuples()
    text("tuples", f"{count}{end}")
    key, value = "k=v".split("=")
    text("unpacked", value + key)
    try:
        key, value = "one".split("=")
    except ValueError:
        text("unpacked", "too few")
    arrays()
    strings()
    return 0
