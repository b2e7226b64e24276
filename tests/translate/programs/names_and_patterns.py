"""What patterns leave behind, names that hide others, and values put into texts."""

# What a linter would write otherwise is here to be tried.
# ruff: noqa: B006, B018, E712

from __future__ import annotations

from enum import IntEnum

from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright_testing.probes import show

LOG: list[str] = []


def zero() -> int:
    return len(LOG)


class Mine(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(f"code {code}")
        self.code = code


def probe_match_int_on_bool() -> str:
    s = ""
    for x in [False, True]:
        match x:
            case 1:
                s += "one"
            case 0:
                s += "zero"
    return s


def probe_match_float() -> str:
    s = ""
    for x in [0.0, -0.0, 1.0, 2.5]:
        match x:
            case 0:
                s += "zero"
            case 1:
                s += "one"
            case 2.5:
                s += "2.5"
            case _:
                s += "_"
    return s


def probe_match_float_on_int() -> str:
    s = ""
    for x in [0, 1, 2]:
        match x:
            case 1.0:
                s += "one"
            case 2.5:
                s += "no"
            case _:
                s += "_"
    return s


def probe_match_guard_leak() -> str:
    x = zero() + 5
    y = 0
    match x:
        case y if y > 10:
            return "big"
        case _:
            pass
    return str(y)


def probe_match_partial_leak() -> str:
    a = 0
    match [zero() + 1, 2]:
        case [a, 3]:
            return "no"
        case _:
            pass
    return str(a)


def probe_match_partial_leak_class() -> str:
    a = 0
    match Mine(zero() + 8):
        case Mine(code=a) if a > 100:
            return "no"
        case Mine():
            pass
    return str(a)


def probe_match_subject_once() -> str:
    log: list[str] = []
    match tick(log):
        case 5:
            pass
        case 6:
            pass
        case 1:
            log.append("one")
    return ",".join(log)


def tick(log: list[str]) -> int:
    log.append("t")
    return 1


def probe_match_guard_changes() -> str:
    log: list[str] = []
    x = zero() + 1
    match x:
        case 1 if tick(log) == 2:
            return "no"
        case 1 if tick(log) == 1:
            log.append("yes")
        case _:
            return "no"
    return ",".join(log)


def probe_match_subject_changed_in_guard() -> str:
    x = zero() + 1

    def change() -> bool:
        nonlocal x
        x = 2
        return False

    match x:
        case 1 if change():
            return "no"
        case 2:
            return "two"
        case 1:
            return "one " + str(x)
    return "none"


def probe_match_list() -> str:
    s = ""
    for xs in [[], [1], [1, 2], [1, 2, 3], [2, 9]]:
        match xs:
            case []:
                s += "e"
            case [1]:
                s += "1"
            case [1, *rest]:
                s += f"r{len(rest)}"
            case [*_, 9]:
                s += "9"
    return s


def probe_match_none() -> str:
    s = ""
    ys: list[int | None] = [None, 0, 1]
    for y in ys:
        match y:
            case None:
                s += "N"
            case 0:
                s += "0"
            case int(v):
                s += f"i{v}"
    return s


def probe_match_int_class_on_bool() -> str:
    b = zero() == 0
    match b:
        case int(v):
            return f"{v}"
    return "none"


def probe_match_or() -> str:
    s = ""
    for c in "abcd":
        match c:
            case "a" | "b":
                s += "1"
            case "c" as k:
                s += k
            case other:
                s += "<" + other
    return s


def probe_match_large() -> str:
    s = ""
    for n in [MAX_INT, MIN_INT, -1, 0]:
        match n:
            case 9223372036854775807:
                s += "M"
            case -9223372036854775808:
                s += "m"
            case -1:
                s += "-"
            case _:
                s += "_"
    return s


class Tokens(IntEnum):
    A = 1
    B = 2


def probe_match_intenum() -> str:
    s = ""
    for t in [1, 2, 3]:
        match t:
            case Tokens.A:
                s += "A"
            case Tokens.B:
                s += "B"
            case _:
                s += "?"
    return s


def probe_if_chain_switch() -> str:
    s = ""
    for x in [1, 2, 3, 4, 5, 6, 7]:
        if x == 1:
            s += "a"
            x = 2
        elif x == 2 or x == 5:
            s += "b"
        elif x == 3:
            s += "c"
        elif x in (4, 1, 6):
            s += "d"
        else:
            s += "e"
    return s


def probe_if_chain_bool() -> str:
    s = ""
    for x in [0, 1, 2]:
        if x == True:
            s += "t"
        elif x == 0:
            s += "f"
        elif x == 2:
            s += "2"
        elif x == 3:
            s += "3"
    return s


def probe_chained_is() -> str:
    a = [1]
    b = a
    return f"{a is b is a} {a is b is not None}"


def probe_global_shadow_local() -> str:
    def zero() -> int:
        return 42

    return str(zero())


def probe_builtin_shadow() -> str:
    len = 5
    return str(len)


def probe_builtin_shadow_parameter() -> str:
    return use(3, "x")


def use(list: int, str: str) -> str:
    return str + f"{list}"


def probe_underscore_parameter() -> str:
    return underscored(8)


def underscored(_: int) -> str:
    _ = 4
    return str(_)


def default_list(xs: list[int] = []) -> int:
    xs.append(1)
    return len(xs)


def probe_mutable_default() -> str:
    return f"{default_list()} {default_list()} {default_list([5])} {default_list()}"


COUNT = 5


def default_constant(x: int = COUNT) -> int:
    return x


COUNT = 6


def probe_default_once() -> str:
    return f"{default_constant()} {COUNT}"


def probe_ellipsis_statement() -> str:
    ...
    "a string"
    5
    return "x"


def probe_fstring_equals() -> str:
    x = 5
    return f"{x=} {x = } {x=!r:>5} {x=:>4}"


def probe_fstring_str_equals() -> str:
    x = "a'b"
    return f"{x=} {x!r:>8} {x!s:<8}|"


def probe_fstring_none() -> str:
    x: str | None = None if zero() == 0 else "x"
    return f"{x} {None} {x!r}"


def probe_fstring_list() -> str:
    return f"{[1, 2]}"


def probe_fstring_tuple() -> str:
    return f"{(1, 'a')}"


def probe_fstring_optional_int() -> str:
    x: int | None = None if zero() == 0 else 1
    y: float | None = 2.0 if zero() == 0 else None
    return f"{x} {y} {x!r} {y!r}"


def probe_fstring_specs() -> str:
    n = -255 + zero()
    s = "abc"
    x = 3.14159
    return f"{n:d}{n:x}|{n:#x}|{n:08b}|{n:+o}|{n:>8}|{n:<8}|{n:^8}|{n:=8}|{n:*^9d}|{255:X}|{255:#X}|{5:+}|{5: }|{s:>6}|{s:.2}|{s:*^7.2}|{x:.2f}|{x:10.3e}|{x:<10}|{x:+g}|{x:%}|{x:.0f}|{2.5:.0f}|{x:010.2f}|{-x:=10.2f}|{1e20}|{1e16}|{123456789.0:g}|{n:f}|{n:e}|{n:g}"


def probe_fstring_precision_int() -> str:
    return f"{5:.2}"


def probe_fstring_spec_str_zero() -> str:
    return f"{'a':05}|{'a':<05}|"


def probe_fstring_nested_quotes() -> str:
    d = {"a": 1}
    return f"{d['a']}{{}}{'}'}"


def probe_float_repr() -> str:
    return f"{1e16} {1e15} {0.1 + 0.2} {1e-5} {0.0001} {5e-324} {1.7976931348623157e308} {-0.0} {float('inf')} {1e22} {123456789012345680.0} {2.0**0.5 if False else 1.5}"


def main() -> int:
    show("match_int_on_bool", probe_match_int_on_bool)
    show("match_float", probe_match_float)
    show("match_float_on_int", probe_match_float_on_int)
    show("match_guard_leak", probe_match_guard_leak)
    show("match_partial_leak", probe_match_partial_leak)
    show("match_partial_leak_class", probe_match_partial_leak_class)
    show("match_subject_once", probe_match_subject_once)
    show("match_guard_changes", probe_match_guard_changes)
    show("match_subject_changed_in_guard", probe_match_subject_changed_in_guard)
    show("match_list", probe_match_list)
    show("match_none", probe_match_none)
    show("match_int_class_on_bool", probe_match_int_class_on_bool)
    show("match_or", probe_match_or)
    show("match_large", probe_match_large)
    show("match_intenum", probe_match_intenum)
    show("if_chain_switch", probe_if_chain_switch)
    show("if_chain_bool", probe_if_chain_bool)
    show("chained_is", probe_chained_is)
    show("global_shadow_local", probe_global_shadow_local)
    show("builtin_shadow", probe_builtin_shadow)
    show("builtin_shadow_parameter", probe_builtin_shadow_parameter)
    show("underscore_parameter", probe_underscore_parameter)
    show("mutable_default", probe_mutable_default)
    show("default_once", probe_default_once)
    show("ellipsis_statement", probe_ellipsis_statement)
    show("fstring_equals", probe_fstring_equals)
    show("fstring_str_equals", probe_fstring_str_equals)
    show("fstring_none", probe_fstring_none)
    show("fstring_list", probe_fstring_list)
    show("fstring_tuple", probe_fstring_tuple)
    show("fstring_optional_int", probe_fstring_optional_int)
    show("fstring_specs", probe_fstring_specs)
    show("fstring_precision_int", probe_fstring_precision_int)
    show("fstring_spec_str_zero", probe_fstring_spec_str_zero)
    show("fstring_nested_quotes", probe_fstring_nested_quotes)
    show("float_repr", probe_float_repr)
    return 0
