"""`from __future__ import annotations`: annotations are kept as texts."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import ClassVar, NamedTuple, Optional, get_type_hints


@dataclass
class Point:
    x: int
    y: float = 2.5
    tags: list[str] = field(default_factory=list)
    count: ClassVar[int] = 0
    next: Optional[Point] = None


print(Point(1), [(one.name, one.type) for one in fields(Point)], Point.count)
print(get_type_hints(Point))


class Pair(NamedTuple):
    name: str
    priority: float = 1.0


print(Pair("a"), Pair._fields, Pair.__annotations__)


class Everything:
    a: dict[str,int]
    b: "quoted"
    c: 'Point|None'
    d: u"old"
    e: (int)
    f: (int, str)
    g: tuple[()]
    h: tuple[int, ...]
    i: (1 + 2) * -3 ** 4
    j: (2 ** 3) ** 4 - (5 - 6)
    k: not (x and y or z)
    l: (a if b else c) if d else e
    m: 1 < 2 <= 3 is not None
    n: f(1, *two, three = 3, **four)(5)
    o: {1: 2, **three}
    p: [1, {2, 3}, b'\x00', 0x10, 1_000_000_000_000_000_000_000, 1.50, 2j, True]
    q: x[1:2, ::3, :]
    r: 1 .real.imag
    s: x[*y]
    u: -(-1) + ~(a | b & c)
    v: a.b[c].d
    w: ["it's", 'say "it\'s"']
    (parenthesised): int


def function(a: int, /, b: list[int] = (), *rest: str, c: Undefined = 3, **more: 'Later') -> dict[str,None]:
    local: Nowhere = 1
    unbound: Nowhere
    return local


for name, text in Everything.__annotations__.items():
    print(name, text)
print(function.__annotations__, function(1))
module: Whatever[1]
print(__annotations__)
for text in ("x: (y := 1)", "x: (yield)", "async def f(a: (await 1)): pass"):
    try:
        exec("from __future__ import annotations\n" + text)
    except SyntaxError as problem:
        print(problem.msg)
