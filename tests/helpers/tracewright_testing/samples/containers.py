"""Lists, dicts, sets, tuples and arrays, prebuilt ones among them."""

from typing import Final

from tracewright.core.arrays import Array, array_of
from tracewright_testing.samples.output import say

PRIMES: Final[list[int]] = [2, 3, 5, 7, 11, 13]
AGES: Final[dict[str, int]] = {"ada": 36, "grace": 85, "édith": 41, "小林": 7}
BY_NUMBER: Final[dict[int, str]] = {1: "one", -5: "minus five", 1 << 40: "big"}
PLACES: Final[dict[tuple[int, str], float]] = {(1, "a"): 0.5, (2, "b"): -1.25}
WORDS: Final[set[str]] = {"if", "else", "while", "for", "def"}
EMPTY: Final[dict[str, list[int]]] = {}
GRID: Final[list[list[float]]] = [[1.0, 2.5], [], [-0.0]]
TABLE: Final[Array[int]] = array_of([9, 8, 7])


def lists() -> None:
    squares = [n * n for n in PRIMES if n > 2]
    say(f"squares {len(squares)} {squares[0]} {squares[-1]} {sum(squares)}")
    squares.insert(1, 100)
    squares.extend([1, 2, 3])
    squares.sort()
    say(",".join([str(n) for n in squares]))
    say(str(squares.pop()) + str(squares.pop(0)) + str(100 in squares) + str(7 in squares))
    del squares[1:3]
    squares.reverse()
    say(",".join([str(n) for n in squares[1:]]))
    PRIMES.append(17)
    say(f"{PRIMES[-1]} {len(PRIMES)} {len(GRID)} {GRID[0][1] > 2.0}")
    GRID[1].append(4.0)
    say(f"{len(GRID[1])} {len(GRID[2])} {TABLE[2]} {len(TABLE)}")


def dicts() -> None:
    for name, age in AGES.items():
        say(f"{name} is {age}")
    AGES["alan"] = 41
    AGES["ada"] += 1
    del AGES["grace"]
    say(" ".join(AGES.keys()))
    say(str(AGES.get("ada", 0)) + str(AGES.get("nobody", -1)) + str("édith" in AGES) + str("grace" in AGES))
    say(BY_NUMBER[-5] + BY_NUMBER[1 << 40] + BY_NUMBER.pop(1))
    say(str(PLACES[(2, "b")] < 0.0) + str((1, "a") in PLACES) + str((1, "b") in PLACES))
    counts: dict[int, int] = {}
    for number in range(1000):
        counts[number * number % 97] = counts.get(number * number % 97, 0) + 1
    say(f"{len(counts)} {counts[0]} {sum(list(counts.values()))}")
    EMPTY.setdefault("x", []).append(3)
    EMPTY.setdefault("x", []).append(4)
    say(f"{len(EMPTY)} {len(EMPTY['x'])}")
    try:
        say(str(AGES["missing"]))
    except KeyError:
        say("no such key")


def sets() -> None:
    say(str("while" in WORDS) + str("until" in WORDS) + str(len(WORDS)))
    WORDS.add("until")
    WORDS.discard("if")
    say(str(len(WORDS)) + str("until" in WORDS) + str("if" in WORDS))
    evens = {n for n in range(20) if n % 2 == 0}
    threes = {n for n in range(20) if n % 3 == 0}
    say(f"{len(evens | threes)} {len(evens & threes)} {len(evens - threes)}")


def arrays() -> None:
    array: Array[str] = Array(3, "x")
    array[1] = "y"
    say("".join([array[0], array[1], array[2]]))
    try:
        array[3] = "z"
    except IndexError:
        say("out of range")
    pair = (3, "three", 3.5)
    number, word, _ = pair
    say(f"{number} {word} {pair == (3, 'three', 3.5)}")


def run() -> None:
    lists()
    dicts()
    sets()
    arrays()
