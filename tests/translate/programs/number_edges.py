"""Numbers at the ends of the word, what compares with NaN, and module-level numbers."""

# What a linter would write otherwise is here to be tried.
# ruff: noqa: F841

from __future__ import annotations

from typing import Final

from tracewright.core.integers import MIN_INT
from tracewright_testing.probes import show

LOG: list[str] = []


ZERO: Final = -0.0


PAIR_A: Final = (0.0, 1)


PAIR_B: Final = (-0.0, 1)


PAIR_C: Final = (1.0, True)


SHARED: list[int] = [1]


ALIAS = SHARED


NESTED: list[list[int]] = [SHARED, SHARED]


DEL_D: dict[str, int] = {"a": 1, "b": 2, "c": 3}


del DEL_D["a"]


DEL_D["a"] = 4


def zero() -> int:
    return len(LOG)


def probe_prebuilt_zero() -> str:
    return f"{PAIR_A[0]} {PAIR_B[0]} {PAIR_C[0]} {PAIR_C[1]} {ZERO}"


def probe_aliases() -> str:
    SHARED.append(2)
    ALIAS.append(3)
    NESTED[0].append(4)
    return f"{len(NESTED[1])} {ALIAS is SHARED} {NESTED[0] is NESTED[1]}"


def probe_dict_order_prebuilt() -> str:
    DEL_D["z"] = 5
    DEL_D.pop("b")
    DEL_D["b"] = 1
    return ",".join([f"{k}{v}" for k, v in DEL_D.items()])


def probe_shift_large() -> str:
    n = zero() + 70
    return f"{5 >> n} {-5 >> n} {5 >> (n - 6)} {-1 >> (n - 7)}"


def probe_shift_negative() -> str:
    n = zero() - 1
    return f"{5 >> n}"


def probe_lshift_negative() -> str:
    n = zero() - 1
    return f"{5 << n}"


def probe_lshift_large() -> str:
    n = zero() + 64
    return f"{0 << n}"


def probe_floor_edges() -> str:
    a = zero() - 7
    return f"{a // 2} {a % 2} {a // -2} {a % -2} {7 // (a + 5)} {7 % (a + 5)} {MIN_INT // (a + 8)} {MIN_INT % (a + 6)} {a // 4} {a % 4} {a // -4} {a % -4} {divmod(a, 3)[0]} {divmod(a, -3)[1]}"


def probe_div_zero_int() -> str:
    return f"{1 / zero()}"


def probe_div_zero_float() -> str:
    return f"{1.0 / zero()}"


def probe_floordiv_zero() -> str:
    return f"{1 // zero()}"


def probe_mod_zero() -> str:
    return f"{1 % zero()}"


def probe_ffloordiv_zero() -> str:
    return f"{1.5 // zero()}"


def probe_fmod_zero() -> str:
    return f"{1.5 % zero()}"


def probe_divmod_zero() -> str:
    return f"{divmod(1, zero())[0]}"


def probe_float_floor() -> str:
    inf = float("inf")
    xs = [5.5, -5.5, 0.0, -0.0, 1e300, 3.0, -3.0, inf]
    s = ""
    for a in xs:
        for b in [2.0, -2.0, inf, -inf, 0.5, 1e-5]:
            s += f"{a // b} {a % b} {divmod(a, b)[0]} {divmod(a, b)[1]};"
    return s


def probe_int_of_float() -> str:
    return f"{int(-2.9)} {int(2.9)} {int(-0.5)} {int(float(2**53))}"


def probe_int_of_nan() -> str:
    return f"{int(float('nan'))}"


def probe_int_of_inf() -> str:
    return f"{int(float('inf'))}"


def probe_int_of_large() -> str:
    return f"{int(1e17)} {int(-9.2e18)}"


def probe_minmax_nan() -> str:
    n = float("nan")
    return f"{max(n, 1.0)} {max(1.0, n)} {min(n, 1.0)} {min(1.0, n)} {max([1.0, n, 2.0])} {max(0.0, -0.0)} {max(-0.0, 0.0)} {min(0.0, -0.0)}"


def probe_minmax_bool() -> str:
    b = zero() == 0
    return f"{max(b, False)} {min(b, False)}"


def probe_min_empty() -> str:
    xs: list[int] = []
    return f"{min(xs)}"


def probe_max_empty() -> str:
    xs: list[int] = []
    return f"{max(xs)}"


def probe_bool_arith() -> str:
    t = zero() == 0
    f = zero() == 1
    return f"{t + t} {-t} {~t} {t & f} {t & 1} {t | f} {t ^ t} {t << 2} {abs(t)} {+t} {t * 3} {t / 2} {t // 1} {divmod(t, 1)[0]} {t - 5} {t + 0.5}"


def probe_bool_text() -> str:
    t = zero() == 0
    return f"{t} {t!r} {str(t)} {int(t)} {float(t)} {t:d} {t:>3d}"


def probe_bool_spec() -> str:
    t = zero() == 0
    return f"{t:>6}|{t:<6}|{t:6}|{t:^6}|"


def probe_bool_spec_s() -> str:
    t = zero() == 0
    return f"{str(t):>6}"


def probe_float_in_ints() -> str:
    return f"{1.0 in [1, 2]}"


def probe_int_in_floats() -> str:
    return f"{1 in [1.0, 2.0]}"


def probe_nan_in() -> str:
    n = float("nan")
    xs = [n]
    return f"{n == n} {n != n} {n < n} {not (n < 1.0)} {not n >= 1.0}"


def probe_int_float_compare() -> str:
    big = 2**53 + zero()
    return f"{big == float(big)} {1 == 1.0} {1 < 1.5} {2 > 1.5} {-1 < -0.5}"


def probe_negated_comparisons() -> str:
    n = float("nan")
    s = ""
    if not n < 1.0:
        s += "a"
    if not n == 1.0:
        s += "b"
    if not (n > 1.0 or n <= 1.0):
        s += "c"
    b = not (n != n)
    return s + f"{b} {not (n < 2.0)}"


def probe_hash() -> str:
    return f"{hash(5)} {hash(zero() - 2)}"


def probe_hash_bool() -> str:
    return f"{hash(zero() == 0)}"


def probe_parse_int() -> str:
    s = ""
    for t in [
        "1_000",
        " 12 ",
        "+5",
        "-5",
        "\u0661\u0662",
        "00012",
        "\u2003 7\u2003",
        "0",
        "-0",
        "9223372036854775807",
        "-9223372036854775808",
        "1__0",
        "_1",
        "1_",
        "",
        " ",
        "- 5",
        "+-5",
        "0x10",
        "1.5",
        "\uff11",
        "12\x00",
        "\x1f5",
        "²",
        "1 2",
    ]:
        try:
            s += str(int(t)) + ","
        except ValueError as e:
            s += str(e) + ","
    return s


def probe_parse_float() -> str:
    s = ""
    for t in [
        "1_000.5",
        " 12 ",
        "+5",
        "-5e3",
        "\u0661.\u0662",
        "inf",
        "-Infinity",
        "nan",
        "+NaN",
        "1e400",
        "1e-400",
        "1__0",
        "_1",
        "1_",
        "",
        ".5",
        "5.",
        ".",
        "1e",
        "e5",
        "0x1p3",
        "1e5_0",
        "infi",
        "1 2",
        "\u20035\u2003",
        "5\x00",
        "-0",
        "-nan",
        "1_e5",
        "1._5",
    ]:
        try:
            s += repr(float(t)) + ","
        except ValueError as e:
            s += str(e) + ","
    return s


def probe_parse_int_base() -> str:
    return f"{int('ff', 16)}"


def main() -> int:
    show("prebuilt_zero", probe_prebuilt_zero)
    show("aliases", probe_aliases)
    show("dict_order_prebuilt", probe_dict_order_prebuilt)
    show("shift_large", probe_shift_large)
    show("shift_negative", probe_shift_negative)
    show("lshift_negative", probe_lshift_negative)
    show("lshift_large", probe_lshift_large)
    show("floor_edges", probe_floor_edges)
    show("div_zero_int", probe_div_zero_int)
    show("div_zero_float", probe_div_zero_float)
    show("floordiv_zero", probe_floordiv_zero)
    show("mod_zero", probe_mod_zero)
    show("ffloordiv_zero", probe_ffloordiv_zero)
    show("fmod_zero", probe_fmod_zero)
    show("divmod_zero", probe_divmod_zero)
    show("float_floor", probe_float_floor)
    show("int_of_float", probe_int_of_float)
    show("int_of_nan", probe_int_of_nan)
    show("int_of_inf", probe_int_of_inf)
    show("int_of_large", probe_int_of_large)
    show("minmax_nan", probe_minmax_nan)
    show("minmax_bool", probe_minmax_bool)
    show("min_empty", probe_min_empty)
    show("max_empty", probe_max_empty)
    show("bool_arith", probe_bool_arith)
    show("bool_text", probe_bool_text)
    show("bool_spec", probe_bool_spec)
    show("bool_spec_s", probe_bool_spec_s)
    show("float_in_ints", probe_float_in_ints)
    show("int_in_floats", probe_int_in_floats)
    show("nan_in", probe_nan_in)
    show("int_float_compare", probe_int_float_compare)
    show("negated_comparisons", probe_negated_comparisons)
    show("hash", probe_hash)
    show("hash_bool", probe_hash_bool)
    show("parse_int", probe_parse_int)
    show("parse_float", probe_parse_float)
    show("parse_int_base", probe_parse_int_base)
    return 0
