"""In which order things are evaluated, and what loops do while what they go over changes."""

# What a linter would write otherwise is here to be tried.
# ruff: noqa: B007

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from tracewright_testing.probes import show

LOG: list[str] = []


def say(name: str, value: int) -> int:
    LOG.append(name)
    return value


def says(name: str, value: str) -> str:
    LOG.append(name)
    return value


def told() -> str:
    result = ",".join(LOG)
    LOG.clear()
    return result


def many(a: int, b: int = 5, *, c: int = 6, d: int = 7) -> int:
    return a * 1000 + b * 100 + c * 10 + d


@dataclass
class Point:
    x: int
    y: int
    z: int = 3


class Noisy:
    def __init__(self) -> None:
        say("noisy", 1)
        self.v = 4


@dataclass
class Made:
    a: int
    n: Noisy = field(default_factory=Noisy)
    b: int = 2


class Pair(NamedTuple):
    left: int
    right: int


T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, a: T, b: int) -> None:
        self.a = a
        self.b = b


class Holder:
    def __init__(self, v: int) -> None:
        self.v = v
        self.items: list[int] = [1, 2, 3]

    def get(self, name: str) -> Holder:
        LOG.append(name)
        return self

    def bump(self) -> int:
        self.v += 10
        return self.v


def probe_keywords() -> str:
    r = many(say("a", 1), d=say("d", 2), c=say("c", 3), b=say("b", 4))
    return f"{r} {told()}"


def probe_dataclass_keywords() -> str:
    p = Point(y=say("y", 1), x=say("x", 2))
    return f"{p!r} {told()}"


def probe_dataclass_factory_order() -> str:
    p = Made(say("a", 1), b=say("b", 2))
    return f"{p.a} {p.b} {told()}"


def probe_namedtuple_keywords() -> str:
    p = Pair(right=say("right", 1), left=say("left", 2))
    return f"{p.left} {p.right} {told()}"


def probe_generic_keywords() -> str:
    p = Box(b=say("b", 1), a=says("a", "x"))
    return f"{p.a} {p.b} {told()}"


def probe_subscript_assign() -> str:
    h = Holder(1)
    h.get("h").items[say("i", 1)] = say("v", 9)
    return f"{h.items[1]} {told()}"


def probe_augmented() -> str:
    h = Holder(1)
    h.get("h").items[say("i", 1)] += say("v", 9)
    h.get("h2").v += say("w", 2)
    return f"{h.items[1]} {h.v} {told()}"


def probe_augmented_attribute_loaded_first() -> str:
    h = Holder(1)
    h.v += h.bump()
    return f"{h.v}"


def probe_augmented_item_loaded_first() -> str:
    xs = [1, 2]

    def change() -> int:
        xs[0] = 100
        return 5

    xs[0] += change()
    return f"{xs[0]}"


def probe_augmented_cell_loaded_first() -> str:
    x = 1

    def change() -> int:
        nonlocal x
        x = 100
        return 5

    x += change()
    y = x + change() + x
    return f"{x} {y}"


def probe_operand_loaded_first() -> str:
    h = Holder(1)
    return f"{h.v + h.bump()} {h.bump() + h.v}"


def probe_chain() -> str:
    r = say("a", 1) < say("b", 2) < say("c", 0) < say("d", 9)
    return f"{r} {told()}"


def probe_in_tuple_evaluates_all() -> str:
    r = say("x", 1) in (say("a", 1), say("b", 2))
    return f"{r} {told()}"


def probe_in_list_evaluates_all() -> str:
    r = say("x", 1) not in [say("a", 1), say("b", 2)]
    return f"{r} {told()}"


def probe_dict_display() -> str:
    d = {says("k1", "a"): say("v1", 1), says("k2", "b"): say("v2", 2)}
    return f"{len(d)} {told()}"


def probe_dict_comprehension() -> str:
    d = {says("k" + str(i), str(i)): say("v" + str(i), i) for i in range(2)}
    return f"{len(d)} {told()}"


def probe_multiple_targets() -> str:
    xs = [0, 0, 0]
    i = xs[i0()] = xs[say("second", 2)] = say("value", 7)
    return f"{i} {xs[0]} {xs[1]} {xs[2]} {told()}"


def i0() -> int:
    return say("first", 1)


def probe_target_uses_earlier() -> str:
    xs = [0, 0, 0]
    i, xs[i] = 1, 5
    i = xs[i] = 2
    return f"{i} {xs[0]} {xs[1]} {xs[2]}"


def probe_slice_order() -> str:
    s = "abcdefgh"[say("a", 1) : say("b", 6) : say("c", 2)]
    return f"{s} {told()}"


def probe_fstring_order() -> str:
    s = f"{say('a', 1)}{says('b', 'x'):>{say('w', 5)}}{say('c', 3)!r}"
    return f"{s} {told()}"


def probe_min_order() -> str:
    return f"{min(say('a', 3), say('b', 1), say('c', 2))} {told()}"


def probe_conditional_order() -> str:
    r = say("a", 1) if say("t", 0) else say("b", 2)
    return f"{r} {told()}"


def probe_and_or_values() -> str:
    a = say("a", 0) or say("b", 5)
    b = say("a", 3) and say("b", 0)
    c = "" or "x"
    d = "y" and ""
    return f"{a} {b} {c!r} {d!r} {told()}"


def probe_method_args() -> str:
    h = Holder(3)
    r = h.get("one").get(says("arg", "two"))
    return f"{r.v} {told()}"


def probe_walrus_comprehension() -> str:
    last = -1
    xs = [last := v for v in [3, 4, 5] if v != 5]
    return f"{last} {len(xs)}"


def probe_comprehension_scope() -> str:
    x = 7
    ys = [x for x in range(3)]
    zs = [[x for x in range(y)] for y in range(x - 5)]
    return f"{x} {len(ys)} {len(zs)}"


def probe_late_binding() -> str:
    fs: list[Callable[[], int]] = []
    for i in range(3):
        fs.append(lambda: i)
    return ",".join([str(f()) for f in fs])


def probe_late_binding_while() -> str:
    fs: list[Callable[[], int]] = []
    i = 0
    while i < 3:
        j = i * 10

        def g() -> int:
            return i * 100 + j

        fs.append(g)
        i += 1
    return ",".join([str(f()) for f in fs])


def probe_late_binding_changed_after() -> str:
    x = 1
    f: Callable[[], int] = lambda: x
    x = 2
    return str(f())


def probe_late_binding_parameter() -> str:
    return str(changes(3))


def changes(n: int) -> int:
    f: Callable[[], int] = lambda: n
    for k in range(2):
        n += k + f()
    return f()


def probe_nested_nonlocal() -> str:
    count = 0

    def outer() -> int:
        def inner() -> int:
            nonlocal count
            count += 1
            return count

        return inner() + inner()

    r = outer() + outer()
    return f"{r} {count}"


def probe_closure_sees_later_definition() -> str:
    def even(n: int) -> bool:
        return n == 0 or not even(n - 1)

    return f"{even(4)} {even(5)}"


def probe_for_variable_after() -> str:
    i = 99
    for i in range(0):
        pass
    j = i
    for i in range(3):
        i = i * 5
    return f"{j} {i}"


def probe_for_target_item() -> str:
    xs = [0, 0]
    for xs[1] in range(4):
        xs[0] += xs[1]
    h = Holder(0)
    for h.v in [4, 5]:
        pass
    return f"{xs[0]} {xs[1]} {h.v}"


def probe_for_iterable_rebound() -> str:
    xs = [1, 2, 3]
    s = ""
    for x in xs:
        xs = [9]
        s += str(x)
    return s


def probe_list_grows_in_loop() -> str:
    xs = [1, 2, 3]
    for x in xs:
        if len(xs) < 6:
            xs.append(x * 10)
    return ",".join([str(x) for x in xs])


def probe_list_shrinks_in_loop() -> str:
    xs = [1, 2, 3, 4, 5]
    s = ""
    for x in xs:
        s += str(x)
        xs.remove(x)
    return s


def probe_reversed_shrinks() -> str:
    xs = [1, 2, 3, 4, 5]
    s = ""
    for x in reversed(xs):
        s += str(x)
        xs.pop()
        xs.pop()
    return s


def probe_bytearray_grows() -> str:
    xs = bytearray(b"abc")
    s = ""
    for x in xs:
        s += str(x)
        if len(xs) < 5:
            xs.append(x)
    return s


def probe_dict_grows_in_loop() -> str:
    d = {1: 1, 2: 2}
    s = ""
    for k in d:
        s += str(k)
        if len(d) < 5:
            d[k + 10] = 1
    return s


def probe_dict_shrinks_in_loop() -> str:
    d = {1: 1, 2: 2, 3: 3}
    for k in d:
        if k == 3:
            del d[k]
    return str(len(d))


def probe_dict_items_grow() -> str:
    d = {1: 1, 2: 2}
    for k, v in d.items():
        d[k + 10] = v
        if len(d) > 9:
            break
    return str(len(d))


def probe_dict_break_after_delete() -> str:
    d = {1: 1, 2: 2, 3: 3}
    for k in d:
        del d[k]
        break
    return str(len(d))


def probe_dict_value_change() -> str:
    d = {1: 1, 2: 2, 3: 3}
    for k in d:
        d[k] += k
    return str(d[3])


def probe_set_grows() -> str:
    d = {1, 2}
    for k in d:
        d.add(k + 10)
        if len(d) > 9:
            break
    return str(len(d))


def probe_dict_comp_grows() -> str:
    d = {1: 1, 2: 2}
    xs = [d.setdefault(k + 10, 5) for k in d if len(d) < 9]
    return str(len(xs))


def probe_enumerate_start() -> str:
    return ",".join([f"{i}{c}" for i, c in enumerate("abc", start=say("s", 5))]) + told()


def probe_range_step_zero() -> str:
    n = say("z", 0)
    LOG.clear()
    s = ""
    for i in range(0, 5, n):
        s += "x"
    return s


def probe_range_reversed_variable() -> str:
    return ",".join([str(i) for i in reversed(range(say("a", 2), say("b", 5)))]) + told()


def probe_zip_strict() -> str:
    n = 0
    for a, b in zip([1, 2], [3], strict=True):
        n += 1
    return str(n)


def probe_zip_strict_longer() -> str:
    n = 0
    for a, b in zip([1], [3, 4], strict=True):
        n += 1
    return str(n)


def probe_list_range_negative() -> str:
    return ",".join([str(i) for i in list(range(5, -5, -3))]) + str(list(range(3, 0)) == [])


def main() -> int:
    show("keywords", probe_keywords)
    show("dataclass_keywords", probe_dataclass_keywords)
    show("dataclass_factory_order", probe_dataclass_factory_order)
    show("namedtuple_keywords", probe_namedtuple_keywords)
    show("generic_keywords", probe_generic_keywords)
    show("subscript_assign", probe_subscript_assign)
    show("augmented", probe_augmented)
    show("augmented_attribute_loaded_first", probe_augmented_attribute_loaded_first)
    show("augmented_item_loaded_first", probe_augmented_item_loaded_first)
    show("augmented_cell_loaded_first", probe_augmented_cell_loaded_first)
    show("operand_loaded_first", probe_operand_loaded_first)
    show("chain", probe_chain)
    show("in_tuple_evaluates_all", probe_in_tuple_evaluates_all)
    show("in_list_evaluates_all", probe_in_list_evaluates_all)
    show("dict_display", probe_dict_display)
    show("dict_comprehension", probe_dict_comprehension)
    show("multiple_targets", probe_multiple_targets)
    show("target_uses_earlier", probe_target_uses_earlier)
    show("slice_order", probe_slice_order)
    show("fstring_order", probe_fstring_order)
    show("min_order", probe_min_order)
    show("conditional_order", probe_conditional_order)
    show("and_or_values", probe_and_or_values)
    show("method_args", probe_method_args)
    show("walrus_comprehension", probe_walrus_comprehension)
    show("comprehension_scope", probe_comprehension_scope)
    show("late_binding", probe_late_binding)
    show("late_binding_while", probe_late_binding_while)
    show("late_binding_changed_after", probe_late_binding_changed_after)
    show("late_binding_parameter", probe_late_binding_parameter)
    show("nested_nonlocal", probe_nested_nonlocal)
    show("closure_sees_later_definition", probe_closure_sees_later_definition)
    show("for_variable_after", probe_for_variable_after)
    show("for_target_item", probe_for_target_item)
    show("for_iterable_rebound", probe_for_iterable_rebound)
    show("list_grows_in_loop", probe_list_grows_in_loop)
    show("list_shrinks_in_loop", probe_list_shrinks_in_loop)
    show("reversed_shrinks", probe_reversed_shrinks)
    show("bytearray_grows", probe_bytearray_grows)
    show("dict_grows_in_loop", probe_dict_grows_in_loop)
    show("dict_shrinks_in_loop", probe_dict_shrinks_in_loop)
    show("dict_items_grow", probe_dict_items_grow)
    show("dict_break_after_delete", probe_dict_break_after_delete)
    show("dict_value_change", probe_dict_value_change)
    show("set_grows", probe_set_grows)
    show("dict_comp_grows", probe_dict_comp_grows)
    show("enumerate_start", probe_enumerate_start)
    show("range_step_zero", probe_range_step_zero)
    show("range_reversed_variable", probe_range_reversed_variable)
    show("zip_strict", probe_zip_strict)
    show("zip_strict_longer", probe_zip_strict_longer)
    show("list_range_negative", probe_list_range_negative)
    return 0
