"""Property setters, named tuples, texts of containers, slices with a step and other constructs, each asked what it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from tracewright.core.integers import MIN_INT
from tracewright_testing.probes import show

LOG: list[str] = []


def zero() -> int:
    return len(LOG)


class Node:
    def __init__(self, v: int, next: Node | None = None) -> None:
        self.v = v
        self.next = next

    def same(self) -> int:
        return self.v

    other = same


class Twin(Node):
    def same(self) -> int:
        return self.v * 100


class Count:
    total: int = 0

    def add(self) -> int:
        self.total += 1
        return self.total


class Prop:
    def __init__(self) -> None:
        self._v = 1
        self.log: list[str] = []

    @property
    def v(self) -> int:
        self.log.append("get")
        return self._v

    @v.setter
    def v(self, value: int) -> None:
        self.log.append("set" + str(value))
        self._v = value


class PropSub(Prop):
    @property
    def v(self) -> int:
        return 50

    @v.setter
    def v(self, value: int) -> None:
        self._v = value * 2


@dataclass(frozen=True)
class Frozen:
    a: int
    b: tuple[int, str] = (1, "x")


@dataclass
class WithList:
    xs: list[int] = field(default_factory=list)
    m: dict[str, int] = field(default_factory=dict)


@dataclass(order=True)
class Ver:
    major: int
    minor: float


class Color(Enum):
    RED = "r"
    BLUE = "b"

    def other(self) -> Color:
        return Color.BLUE if self is Color.RED else Color.RED


class Pt(NamedTuple):
    x: int
    y: int = 5

    def add(self) -> int:
        return self.x + self.y


def as_node(n: Node) -> Node:
    return n


def probe_alias_method() -> str:
    n = as_node(Twin(2))
    return f"{n.other()} {n.same()} {Twin(1).other()}"


def probe_field_default() -> str:
    a = Count()
    b = Count()
    a.add()
    a.add()
    return f"{a.total} {b.total} {Count.total}"


def probe_property_augmented() -> str:
    p = Prop()
    p.v += 5
    p.v = p.v * 2
    q: Prop = PropSub()
    q.v += 1
    return f"{','.join(p.log)} {p.v} {q.v} {q._v}"


def probe_frozen() -> str:
    return f"{Frozen(1)!r} {Frozen(1) == Frozen(1)} {Frozen(1, (2, 'y'))}"


def probe_factories() -> str:
    a = WithList()
    b = WithList()
    a.xs.append(1)
    a.m["k"] = 2
    return f"{a!r} {b!r} {a == b}"


def probe_order() -> str:
    n = float("nan")
    return f"{Ver(1, 2.0) < Ver(1, 3.0)} {Ver(1, n) < Ver(1, 1.0)} {Ver(1, n) >= Ver(1, 1.0)} {Ver(1, n) <= Ver(1, 1.0)} {sorted([Ver(2, 0.0), Ver(1, 5.0)])}"


def probe_enum() -> str:
    return f"{Color.RED.other()} {Color('b')} {Color.RED.value} {Color.RED == Color.RED} {Color.RED != Color.BLUE} {[c.value for c in Color]} {bool(Color.RED)}"  # type: ignore[comparison-overlap]


def probe_enum_bad() -> str:
    return str(Color("z" * (zero() + 1)))


def probe_namedtuple() -> str:
    p = Pt(1)
    x, y = p
    return f"{p} {p!r} {p == Pt(1, 5)} {p < Pt(2)} {p[0]} {p[-1]} {len(p)} {x + y} {p.add()} {[*p]}"


def probe_star_unpack() -> str:
    a, *b, c = [1, 2, 3, 4]
    d, *e = (1, 2, 3)
    *f, g = [9]  # type: ignore[var-annotated]
    return f"{a} {b} {c} {d} {e} {f} {g}"


def probe_comprehension_lambda() -> str:
    fs = [lambda: i for i in range(3)]
    return ",".join([str(f()) for f in fs])  # type: ignore[no-untyped-call]


def probe_comprehension_lambda_nested() -> str:
    fs = [[lambda: i * 10 + j for j in range(2)] for i in range(2)]
    return ",".join([str(f()) for g in fs for f in g])  # type: ignore[no-untyped-call]


def probe_default_captures() -> str:
    out: list[str] = []
    for i in range(3):

        def show(k: int = i) -> str:
            return str(k)

        out.append(show())
        i = 7
    return ",".join(out)


def probe_stepped() -> str:
    xs = list(range(10))
    xs[::2] = [0] * 5
    del xs[1::3]
    return f"{xs} {xs[::-2]} {'hello'[::-1]} {b'hello'[1::2]!r}"


def probe_stepped_wrong() -> str:
    xs = [1, 2, 3]
    xs[::2] = [1]
    return ""


def probe_repr_recursive() -> str:
    xs: list[list[int]] = []
    return f"{xs} {[xs]}"


def probe_set_text() -> str:
    return f"{sorted({3, 1})} {len(set('hello'))}"


def probe_hexes() -> str:
    return f"{hex(255)} {hex(-255)} {bin(5)} {oct(8)} {bin(-5)} {hex(MIN_INT)}"


def probe_str_more() -> str:
    s = "Hello, World"
    return f"{s.title()} {s.swapcase()} {s.center(20, '*')} {s.index('o')} {s.rsplit(' ', 1)} {s.partition(', ')} {s.casefold()} {s.expandtabs()} {s.capitalize()} {s.removeprefix('He')} {s.removesuffix('ld')}"


def probe_dict_more() -> str:
    d = {"a": 1}
    e = d | {"b": 2}
    d |= {"c": 3}
    return f"{e} {d} {d.popitem()} {list(e.items())} {dict(zip(['x'], [1]))} {dict.fromkeys(['p', 'q'], 0)}"


def probe_dict_popitem_empty() -> str:
    d: dict[int, int] = {}
    return str(d.popitem())


def probe_is_not_chain() -> str:
    n = Node(1, Node(2))
    return f"{n.next is not None and n.next.next is None} {n is not n.next}"


def probe_ternary_chain() -> str:
    out = ""
    for i in range(-1, 2):
        out += "neg" if i < 0 else "zero" if i == 0 else "pos"
    return out


def probe_while_else_break() -> str:
    i = 0
    s = ""
    while True:
        i += 1
        if i == 2:
            continue
        s += str(i)
        if i > 3:
            break
    else:
        s += "never"
    return s


def probe_chained_comparison_side() -> str:
    calls: list[int] = []

    def f(x: int) -> int:
        calls.append(x)
        return x

    r = f(1) < f(5) > f(3) != f(3)
    return f"{r} {calls}"


def probe_nested_finally_order() -> str:
    log: list[str] = []

    def f() -> int:
        try:
            try:
                return len(log)
            finally:
                log.append("inner")
        finally:
            log.append("outer")

    r = f()
    return f"{r} {log}"


def probe_with_finally_return() -> str:
    def f() -> str:
        for i in range(3):
            try:
                if i == 1:
                    return "a" + str(i)
            finally:
                if i == 1:
                    break
        return "after"

    return f()


def probe_int_methods() -> str:
    return f"{(255).bit_length()} {(5).bit_count()} {(0).bit_length()} {MIN_INT.bit_length()}"


def probe_surrogates() -> str:
    s = "\ud83d\ude00" + chr(0x1F600)
    return f"{len(s)} {s == chr(0xD83D) + chr(0xDE00) + chr(0x1F600)} {s[0] < s[2]} {s!r}"


def probe_min_max_empty_default() -> str:
    xs: list[int] = []
    return f"{min(xs, default=7)} {max(xs, default=-1)} {max([3, 1], default=0)}"


def probe_sorted_bool_key() -> str:
    return f"{sorted(['b', 'A', 'c'], key=lambda s: s.lower())} {sorted([3, 1, 2], reverse=zero() == 0)}"


def probe_negative_index_store() -> str:
    xs = [1, 2, 3]
    xs[-1] = 9
    xs[-3] += 1
    return f"{xs}"


def probe_extend_self_iter() -> str:
    xs = [1, 2]
    xs.extend([x * 2 for x in xs])
    xs += [y for y in xs if y > 2]
    return f"{xs}"


def main() -> int:
    show("alias_method", probe_alias_method)
    show("field_default", probe_field_default)
    show("property_augmented", probe_property_augmented)
    show("frozen", probe_frozen)
    show("factories", probe_factories)
    show("order", probe_order)
    show("enum", probe_enum)
    show("enum_bad", probe_enum_bad)
    show("namedtuple", probe_namedtuple)
    show("star_unpack", probe_star_unpack)
    show("comprehension_lambda", probe_comprehension_lambda)
    show("comprehension_lambda_nested", probe_comprehension_lambda_nested)
    show("default_captures", probe_default_captures)
    show("stepped", probe_stepped)
    show("stepped_wrong", probe_stepped_wrong)
    show("repr_recursive", probe_repr_recursive)
    show("set_text", probe_set_text)
    show("hexes", probe_hexes)
    show("str_more", probe_str_more)
    show("dict_more", probe_dict_more)
    show("dict_popitem_empty", probe_dict_popitem_empty)
    show("is_not_chain", probe_is_not_chain)
    show("ternary_chain", probe_ternary_chain)
    show("while_else_break", probe_while_else_break)
    show("chained_comparison_side", probe_chained_comparison_side)
    show("nested_finally_order", probe_nested_finally_order)
    show("with_finally_return", probe_with_finally_return)
    show("int_methods", probe_int_methods)
    show("surrogates", probe_surrogates)
    show("min_max_empty_default", probe_min_max_empty_default)
    show("sorted_bool_key", probe_sorted_bool_key)
    show("negative_index_store", probe_negative_index_store)
    show("extend_self_iter", probe_extend_self_iter)
    return 0
