"""What objects of subclasses do where they are known as their base, and what classes made by decorators do."""

# What a linter would write otherwise is here to be tried.
# ruff: noqa: E742, F632

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, IntEnum, IntFlag
from typing import ClassVar

from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright_testing.probes import show

LOG: list[str] = []


class Base:
    K: ClassVar[int] = 3
    step: int = 5

    def __init__(self, v: int) -> None:
        self.v = v

    def with_default(self, n: int = 1) -> int:
        return n

    @staticmethod
    def kind() -> str:
        return "base"

    @classmethod
    def make(cls) -> str:
        return cls.kind()

    @property
    def size(self) -> int:
        return self.v

    def mine(self) -> str:
        return "k"

    def __initial__(self) -> str:
        return "base initial"

    def hello(self) -> str:
        return "hello base"

    def greet(self) -> str:
        return self.hello() + self.__initial__()


class Sub(Base):
    step: int = 8

    def with_default(self, n: int = 2) -> int:
        return n * 100

    @staticmethod
    def kind() -> str:
        return "sub"

    @property
    def size(self) -> int:
        return self.v + 1000

    def __initial__(self) -> str:
        return "sub initial"

    def hello(self) -> str:
        return "sub+" + super().hello()


class Never:
    def __init__(self, v: int) -> None:
        self.v = v

    def __eq__(self, other: object) -> bool:
        return False


class Adds:
    def __init__(self, v: int) -> None:
        self.v = v

    def __add__(self, other: Adds) -> Adds:
        return Adds(self.v + other.v)


class AddsInPlace(Adds):
    def __iadd__(self, other: Adds) -> AddsInPlace:
        self.v += other.v * 1000
        return self


class Mangled:
    def __init__(self) -> None:
        self._x = 1

    def base_x(self) -> int:
        return self._x

    def _secret(self) -> str:
        return "base secret"

    def tell(self) -> str:
        return "secret"


class MangledSub(Mangled):
    def __init__(self) -> None:
        super().__init__()
        self._x = 2

    def sub_x(self) -> int:
        return self._x

    def _secret(self) -> str:
        return "sub secret"

    def tell_sub(self) -> str:
        return "secret"


@dataclass
class D:
    x: int
    name: str = "n"


@dataclass
class E(D):
    y: float = 1.5


class F(D):
    pass


@dataclass(order=True)
class O:
    a: int
    b: str = field(default="q", compare=False)


@dataclass
class R:
    a: int
    hidden: int = field(default=4, repr=False)
    made: int = field(init=False, default=9)


class Outer:
    @dataclass
    class Inner:
        v: int


@dataclass
class Post:
    a: int
    b: int = field(init=False)

    def __post_init__(self) -> None:
        self.b = self.a * 2


@dataclass
class Custom:
    a: int

    def __repr__(self) -> str:
        return "custom!"

    def __eq__(self, other: object) -> bool:
        return True


@dataclass
class CustomSub(Custom):
    c: int = 1


class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1


class Op(IntEnum):
    ADD = 1
    SUB = 2


class Perm(IntFlag):
    R = 4
    W = 2
    X = 1


class Shadow:
    limit: int = 10
    items: list[int] = []

    def raise_limit(self) -> None:
        self.limit += 5


def as_base(x: Base) -> Base:
    return x


def probe_property_override() -> str:
    return f"{as_base(Sub(1)).size}"


def probe_super() -> str:
    return as_base(Sub(1)).greet()


def probe_class_value_override() -> str:
    b = as_base(Sub(1))
    b2 = Base(2)
    b2.step += 1
    return f"{b.step} {b2.step} {Base.step} {Sub.step} {Base(1).step}"


def probe_shadowed_class_attribute() -> str:
    a = Shadow()
    b = Shadow()
    a.raise_limit()
    a.items.append(1)
    s = f"{a.limit} {b.limit} {Shadow.limit} {len(b.items)} {len(Shadow.items)}"
    a.items = [5, 6]
    return s + f" {len(a.items)} {len(b.items)}"


def probe_never_equal() -> str:
    a = Never(1)
    b = [a]
    return f"{a == a} {a in b} {b == [a]} {(a,) == (a,)} {b.count(a)}"


def probe_iadd_in_subclass() -> str:
    x: Adds = AddsInPlace(1)
    x += Adds(2)
    return f"{x.v}"


def probe_mangled() -> str:
    m = MangledSub()
    return f"{m.base_x()} {m.sub_x()} {m.tell()} {m.tell_sub()}"


def probe_dataclass_eq() -> str:
    d = D(1)
    e: D = E(1)
    f: D = F(1)
    return f"{d == e} {e == d} {d == f} {f == d} {f == F(1)} {d == D(1)} {d != D(1)} {d != e}"


def probe_dataclass_repr_nested() -> str:
    return f"{Outer.Inner(1)!r}"


def probe_dataclass_order() -> str:
    return f"{O(1) < O(2)} {O(1, 'a') <= O(1, 'b')} {O(1, 'a') == O(1, 'b')} {O(2) > O(1)} {sorted([O(3), O(1)])[0].a}"


def probe_dataclass_post() -> str:
    return f"{Post(4)!r}"


def probe_dataclass_custom() -> str:
    c: Custom = CustomSub(1)
    return f"{Custom(1)!r} {Custom(1) == Custom(2)} {c!r} {c == CustomSub(5)} {c == CustomSub(1)}"


def probe_enum_text() -> str:
    c = Color.RED
    return f"{c} {str(c)} {c.name} {c.value} {Color.CRIMSON is Color.RED} {Color(2)}"  # type: ignore[comparison-overlap]


def probe_enum_repr() -> str:
    return f"{Color.RED!r}"


def probe_enum_bad_value() -> str:
    return f"{Color(len(LOG) + 77)}"


def probe_intenum_bad_value() -> str:
    return f"{Op(len(LOG) + 77)}"


def probe_intenum_text() -> str:
    o = Op.ADD
    return f"{o} {str(o)} {o:>3} {o + 1}"


def probe_intflag_call() -> str:
    p = Perm(len(LOG) + 3)
    return f"{int(p)}"


def probe_intflag_call_unknown() -> str:
    p = Perm(len(LOG) + 64)
    return f"{int(p)}"


def probe_enum_loop() -> str:
    return ",".join([c.name for c in Color]) + str(len(Color))


def probe_function_eq() -> str:
    f: Callable[[Base], Base] = as_base
    g: Callable[[Base], Base] = as_base
    return f"{f == g}"


def probe_is_container() -> str:
    xs = [1]
    ys = xs
    return f"{xs is ys} {xs is [1]}"


def probe_isinstance_bool() -> str:
    b = len(LOG) == 0
    return f"{isinstance(b, int)} {isinstance(b, bool)} {isinstance(len(LOG), bool)} {isinstance(1.5, int)}"


def probe_class_name_static() -> str:
    return f"{Base.__name__}"


def probe_doc() -> str:
    return f"{__name__} {Base.__doc__}"


def probe_module_name() -> str:
    return f"{__name__}"


def probe_optional_nan() -> str:
    a: float | None = float("nan") if len(LOG) == 0 else None
    b = a
    return f"{a == b} {a != b}"


def probe_optional_int() -> str:
    a: int | None = MAX_INT if len(LOG) == 0 else None
    b: int | None = MAX_INT if len(LOG) == 0 else None
    c: int | None = MIN_INT + len(LOG)
    return f"{a == b} {a != b} {c} {a is None} {bool(a)}"


def probe_optional_negative_zero() -> str:
    a: float | None = -0.0 if len(LOG) == 0 else None
    return f"{a} {bool(a)} {a == 0}"


def probe_walrus_narrowing_comprehension() -> str:
    ys: list[Base | None] = [Base(1), None, Base(3)]
    last: Base | None = Base(7)
    out = ["x"] if len(ys) == 3 else [str(last.v) + str((last := y) is None) for y in ys]  # type: ignore[union-attr]
    return ",".join(out)


def probe_lt_only() -> str:
    a = O(1)
    return f"{not (a < a)}"


class LessOnly:
    def __init__(self, v: float) -> None:
        self.v = v

    def __lt__(self, other: LessOnly) -> bool:
        return self.v < other.v


def probe_gt_reflected() -> str:
    return f"{LessOnly(2.0) > LessOnly(1.0)}"


def probe_tuple_order_nan() -> str:
    a = float("nan")
    b = float("nan")
    return f"{(a, 1) < (b, 2)} {(a,) <= (1.0,)} {[a] < [b]} {[a, 1.0] <= [1.0, 2.0]} {[a] >= [1.0]}"


def probe_tuple_order() -> str:
    return f"{(1, 'b') < (1, 'c')} {(1, 2) >= (1, 2)} {(1, 2.5) > (1, 2.0)} {(True, 1) < (False, 2)}"


class Eqs:
    def __init__(self, v: int) -> None:
        self.v = v

    def __eq__(self, other: object) -> bool:
        return True

    def __lt__(self, other: Eqs) -> bool:
        return self.v < other.v


def probe_tuple_order_uses_eq() -> str:
    return f"{(Eqs(1), 2) < (Eqs(0), 3)} {[Eqs(1)] < [Eqs(2)]}"


class NotEqual:
    def __init__(self, v: int) -> None:
        self.v = v

    def __ne__(self, other: object) -> bool:
        return True


def probe_ne_only() -> str:
    a = NotEqual(1)
    return f"{a != a} {a == a} {[a] != [a]}"


def main() -> int:
    show("property_override", probe_property_override)
    show("super", probe_super)
    show("class_value_override", probe_class_value_override)
    show("shadowed_class_attribute", probe_shadowed_class_attribute)
    show("never_equal", probe_never_equal)
    show("iadd_in_subclass", probe_iadd_in_subclass)
    show("mangled", probe_mangled)
    show("dataclass_eq", probe_dataclass_eq)
    show("dataclass_repr_nested", probe_dataclass_repr_nested)
    show("dataclass_order", probe_dataclass_order)
    show("dataclass_post", probe_dataclass_post)
    show("dataclass_custom", probe_dataclass_custom)
    show("enum_text", probe_enum_text)
    show("enum_repr", probe_enum_repr)
    show("enum_bad_value", probe_enum_bad_value)
    show("intenum_bad_value", probe_intenum_bad_value)
    show("intenum_text", probe_intenum_text)
    show("intflag_call", probe_intflag_call)
    show("intflag_call_unknown", probe_intflag_call_unknown)
    show("enum_loop", probe_enum_loop)
    show("function_eq", probe_function_eq)
    show("is_container", probe_is_container)
    show("isinstance_bool", probe_isinstance_bool)
    show("class_name_static", probe_class_name_static)
    show("doc", probe_doc)
    show("module_name", probe_module_name)
    show("optional_nan", probe_optional_nan)
    show("optional_int", probe_optional_int)
    show("optional_negative_zero", probe_optional_negative_zero)
    show("walrus_narrowing_comprehension", probe_walrus_narrowing_comprehension)
    show("lt_only", probe_lt_only)
    show("gt_reflected", probe_gt_reflected)
    show("tuple_order_nan", probe_tuple_order_nan)
    show("tuple_order", probe_tuple_order)
    show("tuple_order_uses_eq", probe_tuple_order_uses_eq)
    show("ne_only", probe_ne_only)
    return 0
