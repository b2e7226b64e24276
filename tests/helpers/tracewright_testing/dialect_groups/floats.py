"""Floats at their edges: infinities, NaN, zeros with signs, the smallest and the largest; lists of floats."""

from tracewright_testing.dialect_groups.group import Group, Kind

FLOATS = Group(
    "floats",
    kinds={
        "reals": Kind(
            "list[float]",
            "shown_reals({0})",
            ("[0.0, -0.0]", "[1.5]", "REALS[:3]", "[INFINITY, 1e-310]"),
            ("[{f}, {f}]", "({reals} + {reals})[:6]", "[float(NEW1) for NEW1 in {l}]", "[{f:NEW1=f} for NEW1 in {reals}]", "{reals}[::-1]", "[NEW1 for NEW1 in {reals} if NEW1 >= {f}]"),
        ),
    },
    patterns={
        "f": (
            "round({f}, 2)", "round({f} / 7, 3)", "({f} ** 2)", "(abs({f}) ** 0.5)",
            "INFINITY", "(-INFINITY)", "NOT_A_NUMBER", "5e-324", "2.2250738585072014e-308", "1.7976931348623157e308", "9007199254740993.0", "(0.1 + 0.2)", "(-1e-320)", "1e22", "1e21",
            "floor({f})", "ceil({f})", "trunc({f})", "sqrt(abs({f}))", "fmod({f}, {f})", "({f} - {f})", "({f} * 1e200)", "({f} / 3)", "(i32({i}) / 7)", "({b} * {f})", "({f} or {f})", "({f} and {f})",
            "float({b})", "{reals}[u8({i}) & 1]", "{reals}[i8({i})]", "min({reals} + [{f}])", "max({reals} + [{f}])", "({f} if {f} else {f})", "float(repr({f}))", "divmod({f}, {f})[1]", "divmod({f}, {f})[0]",
            "float({s})", "float_of_bits(bits_of_float({f}) & MAX_INT)", "sorted([abs({f}), 1.0, 0.5])[1]", "(+{f})", "max({f}, {f}, key=abs)",
        ),
        "b": (
            "{f}.is_integer()",
            "is_nan({f})", "is_infinite({f})", "({f} <= {f} < {f})", "({reals} == {reals})", "({f} in {reals})", "({f} == i32({i}))", "(i32({i}) < {f})", "({f} >= {b})",
            "(({f}, {i}) == ({f}, {i}))", "(({f}, {i}) < ({f}, {i}))", "({reals} < {reals})", "(not {f})",
        ),
        "i": ("whole({f})", "truncated({f})", "truncated({f} * 1e300)", "{reals}.count({f})", "{reals}.index({f})", "len({reals})", "whole({f} * 100)", "int(i32({i}) / 3)"),
        "s": (
            "{f}.hex()", "repr([{f}, {f}])", "str(({f}, {i}))", "repr({reals})[:60]",
            "repr(floor({f}))", "str({f} + {f})", "repr({f})[:6]",),
    },
    forms=(
        "VAR_f /= {f}", "VAR_f //= {f}", "VAR_f %= {f}", "VAR_f += {i}", "VAR_reals.append({f})\ndel VAR_reals[8:]", "VAR_reals[u8({i}) & 1] *= {f}",
        "VAR_reals.sort(key=lambda NEW1: repr(NEW1))", "for NEW1 in {reals}[:4]:\n    LOOP NEW1=f",
        "for NEW1, NEW2 in zip({reals}[:4], {l}[:4]):\n    LOOP NEW1=f,NEW2=i", "match {f}:\n    case 0.0:\n        BODY\n    case NEW1 if NEW1 > 1:\n        BODY NEW1=f\n    case _:\n        BODY",
    ),
    prelude='''
INFINITY = float("inf")
NOT_A_NUMBER = float("nan")


def whole(real: float) -> int:
    """As an int where it fits."""
    if real > 1e18 or real < -1e18:
        return -1
    return int(real)


def shown_reals(items: list[float]) -> str:
    return ",".join([repr(item) for item in items])
''',
)  # fmt: skip
