"""Rows for random Python programs, which print the same under every Python 3.11.

python -m tracewright_testing.random_python SEED      prints the program of that seed
"""

from __future__ import annotations

import sys
from typing import Final

from tracewright_testing.guest_generator import FunctionRow, GuestRows, Kind, Row, random_guest_program

_PRELUDE: Final = """
checksum = 1


def mix(value):
    global checksum
    if isinstance(value, bool):
        checksum = checksum * 7 + value & 0xFFFFFFF
    elif isinstance(value, int):
        checksum = checksum * 31 + (value & 0xFFFF) & 0xFFFFFFF
    elif isinstance(value, float):
        checksum = checksum * 37 + len(repr(value)) & 0xFFFFFFF
    else:
        checksum = checksum * 17 + len(str(value)) & 0xFFFFFFF


def at(items, index):
    return items[index % len(items)] if items else 0


class Point:
    made = 0

    def __init__(self, x, y=0.5):
        self.x, self.y, self.tag = x, y, "p"
        Point.made += 1

    def weight(self, k):
        return (self.x * 3 + k % 1000) % 65521

    @property
    def double(self):
        return self.y * 2

    @double.setter
    def double(self, value):
        self.y = value / 2

    def __add__(self, other):
        if not isinstance(other, Point):
            return NotImplemented
        return type(self)((self.x + other.x) % 65521, self.y)

    def __eq__(self, other):
        return isinstance(other, Point) and self.x == other.x

    def __lt__(self, other):
        return self.x < other.x

    def __hash__(self):
        return self.x % 5

    def __getitem__(self, index):
        return (self.x, self.y, self.tag)[index]

    def __len__(self):
        return self.x & 3

    def __repr__(self):
        return f"{type(self).__name__}({self.x}, {self.y!r})"


class Named(Point):
    __slots__ = ("name",)

    def __init__(self, x, y=1):
        super().__init__(x, y)
        self.name = "n" + str(x & 7)

    def weight(self, k):
        return super().weight(k + 1) ^ 5

    def __call__(self, *given, **named):
        return len(given) + 2 * len(named) + (self.x & 7)


class Counter:
    def __init__(self, limit):
        self.limit = limit

    def __iter__(self):
        self.at = -1
        return self

    def __next__(self):
        self.at += 1
        if self.at >= self.limit:
            raise StopIteration
        return self.at * self.at


class Managed:
    def __init__(self, silent):
        self.silent = silent

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        mix(kind.__name__ if kind else 3)
        return self.silent and kind is ValueError


def pairs(items, stop):  # nothing happens when it is left early: when that is, the language does not say
    try:
        for index, item in enumerate(items):
            if index >= stop:
                return "stopped"
            got = yield index, item
            mix(got is None)
    finally:
        stop = 0
"""

_INTS: Final = (
    "0",
    "1",
    "(-1)",
    "2",
    "7",
    "31",
    "100",
    "255",
    "65535",
    "(1 << 31)",
    "(1 << 62)",
    "(-(1 << 63))",
    "10**20",
)
_FLOATS: Final = ("0.5", "1.25", "0.1", "100.5", "(-0.0)", "(-2.75)", "float('nan')", "float('inf')", "1e16", "1e-7")
_STRINGS: Final = ("'a'", "'ab'", "'hello'", "''", "'0'", "'17'", "'naïve'", "'日本語'", "'🙂!'", "'x,y,z'", "'A b'")

_KINDS: Final = {
    "int": Kind(
        _INTS,
        (
            Row(6, "($int + $int)"),
            Row(4, "($int - $int)"),
            Row(3, "($int * 3 % 1000003)"),
            Row(3, "($int % 97)"),
            Row(2, "($int // 7)"),
            Row(3, "($int & 4095)"),
            Row(1, "($int ^ $small)"),
            Row(2, "($int >> 3)"),
            Row(1, "($small << $small)"),
            Row(1, "(~$int)"),
            Row(2, "len($string)"),
            Row(2, "len($ints)"),
            Row(4, "at($ints, $int)"),
            Row(2, "($int, $int, $small)[$int % 3]"),
            Row(3, "$point.weight($int)"),
            Row(2, "$point.x"),
            Row(2, "($int if $bool else $int)"),
            Row(2, "$dict.get($key, $int)"),
            Row(2, "$closure($int)"),
            Row(1, "sum($ints[:20])"),
            Row(1, "$ints.count($int)"),
            Row(1, "max($int, $int)"),
            Row(1, "min($ints, default=4)"),
            Row(1, "abs($int)"),
            Row(1, "divmod($int, 13)[1]"),
            Row(1, "len($set)"),
            Row(1, "sum(1 for k in $ints if k & 1)"),
            Row(1, "int($number % 1000) if $number == $number and abs($number) < 1e9 else 2"),
            Row(1, "Named($small)($int, $int, k=$int)"),
            Row(1, "$string.find('l')"),
            Row(1, "pow($small, 5, 97)"),
        ),
        declared=6,
    ),
    "small": Kind(("0", "1", "2", "3", "5"), (Row(1, "($int & 3)"), Row(1, "($int & 7)")), declared=0),
    "number": Kind(
        _FLOATS,
        (
            Row(3, "($number + $number)"),
            Row(2, "($number * 0.5)"),
            Row(2, "($small / 2)"),
            Row(1, "($number - $small)"),
            Row(1, "(-$number)"),
            Row(1, "($number % 7.5)"),
            Row(1, "($number // 3)"),
            Row(1, "abs($number)"),
            Row(1, "$point.double"),
            Row(1, "$point.y"),
            Row(1, "at($mixed, $int)"),
            Row(1, "($number, $number)[$int & 1]"),
            Row(1, "($small if $bool else $number)"),
            Row(1, "round($small / 3, 2)"),
            Row(1, "($small ** 0.5)"),
            Row(1, "sum([$number, $small])"),
        ),
    ),
    "string": Kind(
        _STRINGS,
        (
            Row(4, "($string + $string)[:60]"),
            Row(2, "(lambda a, b: f'{a}-{b:,}')($string, $int)[:60]"),
            Row(2, "str($number)"),
            Row(1, "repr($any)[:30]"),
            Row(2, "$string[$small:9]"),
            Row(1, "$string[::-1]"),
            Row(1, "$string.upper()"),
            Row(1, "$string.replace('l', '__')[:60]"),
            Row(1, "$string.rjust(6, '*')"),
            Row(1, "type($any).__name__"),
            Row(1, "', '.join($strings)[:60]"),
            Row(1, "($string * $small)[:60]"),
            Row(1, "str($point)"),
            Row(1, "'%05.2f|%s' % ($small, $string)"),
            Row(1, "format($small / 7, '.3f')"),
            Row(1, "hex($int)"),
            Row(1, "'{:>8}{}'.format($int % 1000, $small)"),
        ),
    ),
    "key": Kind(("'k0'", "'k1'", "'k2'", "'x'", "10"), (Row(3, "('k' + str($int & 3))"),), declared=0),
    "bool": Kind(
        ("True", "False"),
        (
            Row(4, "($int < $int)"),
            Row(2, "($int == $int)"),
            Row(2, "($int % 3 == 0)"),
            Row(2, "($number >= $number)"),
            Row(1, "($any == $any)"),
            Row(2, "($string == $string)"),
            Row(1, "($string < $string)"),
            Row(1, "(not $bool)"),
            Row(1, "($bool and $bool)"),
            Row(1, "($key in $dict)"),
            Row(1, "isinstance($point, Named)"),
            Row(1, "($int in $ints)"),
            Row(1, "($small < $int <= 100)"),
            Row(1, "($point < $point)"),
            Row(1, "any(k > 5 for k in $ints)"),
        ),
        declared=1,
    ),
    "any": Kind(
        ("None", "0", "1.5", "'s'", "True", "[]", "(1, 2.5)", "b'ab'", "2j"),
        (Row(3, "$int"), Row(2, "$number"), Row(2, "$string"), Row(1, "$bool"), Row(1, "$ints")),
        declared=2,
    ),
    "ints": Kind(
        ("[]", "[1, 2, 3]", "[5, -5]", "list(range(8))"),
        (
            Row(3, "[$int, $int, $int]"),
            Row(2, "$ints[:20]"),
            Row(1, "[k * 2 for k in $ints]"),
            Row(1, "[k for k in $ints if k & 1]"),
            Row(1, "[*$ints, $int][-20:]"),
            Row(1, "sorted($ints)"),
            Row(1, "sorted($ints, key=lambda k: -k)"),
            Row(1, "list(Counter($small))"),
            Row(1, "list(map(lambda a, b: a - b, $ints, $ints))"),
            Row(1, "[a for a, b in zip($ints, range(9))]"),
            Row(1, "list(dict.fromkeys($ints))"),
            Row(1, "$ints[::-2]"),
        ),
        declared=4,
    ),
    "mixed": Kind(("[0.5, 1, 2]", "[1, 2, 3]", "(1, 2.5)"), (Row(1, "[$number, $int, $number]"),), declared=2),
    "strings": Kind(("['a', 'b']", "[]"), (Row(1, "[$string, $string]"), Row(1, "$string.split(',')")), declared=1),
    "point": Kind(
        ("Point(1, 2.5)", "Named(3, 4)"),
        (
            Row(2, "Point($int % 1000, $number)"),
            Row(1, "Named($small)"),
            Row(2, "($point + $point)"),
            Row(1, "($point if $bool else $point)"),
            Row(1, "min($point, $point)"),
        ),
    ),
    "set": Kind(("set()", "{1, 2, 3}"), (Row(1, "set($ints)"), Row(1, "{$small, $small} | $set")), declared=1),
    "dict": Kind(
        ("{}", "{'k0': 1, 'x': 2}"),
        (Row(1, "{$key: $int, 'k1': $int}"), Row(1, "{**$dict, 'k2': $int}"), Row(1, "{str(k): k for k in $ints[:5]}")),
    ),
    "closure": Kind(
        ("(lambda k: k + 1)", "(lambda k, m=2: k * m % 1000)"),
        (Row(1, "(lambda n: lambda k: n + k)($int)"),),
        shown=False,
        declared=2,
    ),
}

_STATEMENTS: Final = (
    Row(8, "$set:int = $int"),
    Row(4, "$set:int += $small"),
    Row(3, "$set:int = ($int * 5 + 1) % 1000003"),
    Row(2, "$set:int = $int * $int % (10**30 + 57)"),
    Row(4, "$set:number = $number"),
    Row(2, "$set:number += 0.5"),
    Row(4, "$set:string = $string"),
    Row(3, "$set:string = ($1 + $string)[-40:]"),
    Row(3, "$set:any = $any"),
    Row(4, "$set:ints.append($int)\ndel $1[30:]"),
    Row(4, "if $set:ints:\n    $1[$int % len($1)] = $int"),
    Row(1, "mix($set:ints.pop())"),
    Row(1, "$set:ints.insert($small, $int)\n$1[20:] = []"),
    Row(1, "$set:ints[1:3] = $ints[:4]"),
    Row(3, "$set:dict[$key] = $int"),
    Row(2, "$set:dict.setdefault($key, $int)"),
    Row(1, "$set:dict.pop($key, None)"),
    Row(1, "del $set:dict[$key]"),
    Row(2, "$set:set.add($small)"),
    Row(1, "$set:set ^= {$small}"),
    Row(3, "$set:point.x = $int % 65521"),
    Row(2, "$set:point.y = $number"),
    Row(1, "$set:point.double = $small"),
    Row(1, "$set:point.tag = ($1.tag + 'q')[-5:]"),
    Row(1, "$set:point = $point"),
    Row(2, "$new:int, $new:any, *$new:ints = [$int, $any, *$ints]"),
    Row(1, "$new:int, $new:any = $point[:2]"),
    Row(1, "$set:int, $set:int = $int, $int"),
    Row(1, "if $int % 11 == 3:\n    raise ValueError('r' + str($int))"),
    Row(1, "if $int == 77:\n    None.missing"),
    Row(1, "assert $int != 12, 'twelve'"),
    Row(4, "mix($any)"),
    Row(3, "mix($int)"),
    Row(1, "mix([$closure(k) for k in ($int, $int)])"),
    Row(1, "mix(sorted($dict.items(), key=str))"),
    Row(1, "$fresh = $any\nprint(f'{$1=} {$1!r:>6}')"),
)

_BLOCKS: Final = (
    Row(6, "if $bool:\n    $block\nelse:\n    $block"),
    Row(3, "if $bool:\n    $block\nelif $bool:\n    $block"),
    Row(6, "for $loop:int in range($turns):\n    $block"),
    Row(2, "for $loop:int in range(0, $turns, 2):\n    $block\n    if $bool:\n        break\nelse:\n    $block"),
    Row(3, "$fresh = $turns\nwhile $1 > 0:\n    $1 -= 1\n    $block"),
    Row(2, "for $loop:any in $ints[:$turns]:\n    $block"),
    Row(1, "for $loop:int, $loop:any in pairs($ints, $turns):\n    $block"),
    Row(1, "for $loop:int in Counter($turns):\n    if $bool:\n        continue\n    $block"),
    Row(1, "for $loop:any in list($dict):\n    $block"),
    Row(1, "for $loop:any, $loop:int in list($dict.items()):\n    $block"),
    Row(3, "try:\n    $block\nexcept (ValueError, KeyError) as $fresh:\n    mix(str($1))\n    $block"),
    Row(1, "try:\n    $block\nexcept Exception:\n    $block\nelse:\n    $block\nfinally:\n    $block"),
    Row(1, "with Managed($bool) as $fresh:\n    $block"),
    Row(
        2,
        "match $any:\n    case int($fresh) if $1 > 3:\n        $block\n    case [$fresh, *$fresh]:\n        mix($2)\n"
        "    case str() | None:\n        $block\n    case _:\n        $block",
    ),
)

_FUNCTIONS: Final = (
    FunctionRow(
        2, ("int",), "number", 80,
        "def $name(n, depth=12):\n    if depth <= 0:\n        return n % 1009\n"
        "    return $name(n + 3, depth - 1) + (1 if n & 1 else 0.5)",
    ),
    FunctionRow(
        1, ("int",), "int", 60,
        "def $name(n, depth=6):\n    return n & 15 if depth < 2 else $name(n + 1, depth - 1) + $name(n - depth, depth - 2)",
    ),
    FunctionRow(
        2, ("int", "int"), "int", 300,
        "def $name(limit, step):\n    total = 0\n    for i in range(90):\n"
        "        total = (total + i * (step % 1000)) % 1009\n"
        "        if i == limit:\n            raise ValueError('at ' + str(i))\n    return total",
    ),
    FunctionRow(
        2, ("int",), "closure", 4,
        "def $name(start):\n    count = start % 1000\n    memory = [0, 1, $number]\n\n    def step(k, *more):\n        nonlocal count\n"
        "        count = (count + k % 1000 * 3) % 65521\n        memory[count % 3] = count\n"
        "        return int(count + (memory[k % 3] if memory[k % 3] == 1 else 2)) + len(more)\n\n    return step",
    ),
    FunctionRow(
        1, ("ints", "int"), "ints", 60,
        "def $name(items, limit):\n    def walk():\n        for item in items:\n            if item == limit:\n                return\n"
        "            yield item ^ limit\n        yield from range(3)\n\n    return list(walk())[:15]",
    ),
    FunctionRow(
        1, ("int", "string"), "string", 20,
        "def $name(*given, **named):\n    first, second = given\n    return f'{len(given)}:{first % 100}:{second[:9]}:{named}'",
    ),
)  # fmt: skip

PYTHON: Final = GuestRows(
    prelude=_PRELUDE,
    kinds=_KINDS,
    declaration="$name = $value",
    statements=_STATEMENTS,
    blocks=_BLOCKS,
    functions=_FUNCTIONS,
    plain="def $name($parameters):\n    $block\n    return $result",
    parameters=("int", "int", "int", "number", "string", "ints", "point", "any"),
    results=("int", "int", "number", "string", "ints", "point"),
    section=(
        "try:\n    $declarations\n    $block\n    for $loop:int in range($turns):\n        $block\n"
        "    print('section $number', checksum, $state)\n"
        "except Exception as error:\n    print('caught $number', type(error).__name__, error, checksum)"
    ),
    ending="print('end', checksum, Point.made)",
)


def random_python_program(seed: int) -> str:
    """The program of that seed."""
    return random_guest_program(PYTHON, seed)


if __name__ == "__main__":
    print(random_python_program(int(sys.argv[1])), end="")
