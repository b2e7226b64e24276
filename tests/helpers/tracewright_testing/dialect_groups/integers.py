"""Integers at their edges: all functions of tracewright.core.integers, shifts, division, bools as numbers."""

from tracewright_testing.dialect_groups.group import Group

INTEGERS = Group(
    "integers",
    patterns={
        "i": (
            "(i16({i}) ** 2)", "(i8({i}) ** 3)", "({i}).bit_length()", "(u32({i})).bit_count()", "round(i32({i}) / 8)", "len(bin({i}))", "min(i16({i}), u8({i}), {i})", "max(({i}, {i}))", "round(i16({i}))",
            "ovf_neg({i})", "wrap_lshift({i}, u8({i}) & 63)", "trunc_mod({i}, u8({i}) + 1)", "trunc_div({i}, {i} | 1)", "trunc_mod({i}, {i} | 1)",
            "udiv({i}, {i} | 1)", "umod({i}, {i} | 1)", "umul_high({i}, {i})", "count_leading_zeros({i})", "count_trailing_zeros({i})",
            "count_ones({i})", "u64({i})", "i8({i})", "bits_of_float(float(i32({i})))", "wrap(divmod({i}, {i})[0])", "divmod({i}, {i})[1]",
            "({b} + {b})", "((not {b}) + 1)", "(-u8({i}) // 7)", "(-u16({i}) % 10)", "({i} >> 63)", "(i32({i}) * i32({i}))", "(i32({i}) << (u8({i}) & 31))",
            "(-i32({i}))", "(+{i})", "int({s})", "int(repr({i}))", "abs(i32({i}))", "({i} or {i})", "({i} and {i})", "({i} % 16 if {i} else 1)",
            "sum([NEW1 % 97 for NEW1 in {l}])", "len(list(range(i8({i}) & 15, i8({i}) & 15, 3)))", "int(float(i32({i})))", "(({b} if {b} else {b}) * 3)",
            "int({f} > {f})", "sum(range(u8({i})))", "ord(str({i})[-1])",
        ),
        "b": (
            "ule({i}, {i})", "ult({i}, -1)", "({i} < {i} < {i})", "({i} == {i} != {i})", "({i} <= {i} >= {i} > {i})", "bool({i} & 1)",
            "({i} in (0, -1, {i}))", "({b} == {b})", "({b} < {b})", "({b} == u8({i}))", "({b} & {b})", "({b} | {b})", "({b} ^ {b})", "({b} is True)",
        ),
        "s": ("str(-i32({i}))", "repr({i})", "chr(u8({i}) + 32)", "(str({i}) * 2)", "str({i} == {i})"),
    },
    forms=(
        "VAR_i = wrap(VAR_i << (u8({i}) & 63))", "VAR_i = ovf_mul(VAR_i, {i})", "VAR_i >>= u8({i}) & 63", "VAR_i %= ({i} | 1)", "VAR_i = i32(VAR_i)\nVAR_i *= i16({i})\nVAR_i -= u16({i})",
        "VAR_i = wrap(VAR_i // {i})", "NEW1, NEW2 = divmod(i32({i}), u8({i}) - 128)\nAFTER NEW1=i,NEW2=i",
        "NEW1: bool = {b}\nNEW2 = NEW1 + 1\nAFTER NEW1=b,NEW2=i", "VAR_b &= {b}", "VAR_b |= {b}",
    ),
)  # fmt: skip
