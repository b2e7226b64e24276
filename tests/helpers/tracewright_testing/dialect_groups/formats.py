"""f-strings with specifications: a function for each, because random expressions have quotes that an f-string must not have."""

from tracewright_testing.dialect_groups.group import Group

SPECIFICATIONS: dict[str, tuple[str, ...]] = {
    "int": (
        "d", "5d", "<7", ">8d", "^9", "=+9d", "08d", "+d", " d", "x", "X", "#x", "#010x", "o", "#o", "b", "#b", "020b", "*^12d", ".2f", "e", "+.3e", "g", "%", "-5d", "\\u00e9<6d", "#X", "=12x", ",", ",d", ">14,", "+,d", "_", "_d", ",.1f",
    ),
    "float": (
        "", ".0f", ".1f", ".3e", "+.2f", "012.3f", "g", "G", ".10g", "#.3g", "%", ".1%", ">12.4f", "E", "F", " .2f", ".17g", ".0e", "#.0f", "<+14.3e", "08.2f", "*^16g", "e", "f", ".20f", ".0g", "-.3f", "=+10.1f", ",", ",.2f", "_.1f", ">12,.0f",
    ),
    "str": ("", ">10", "<10", "^9", "*^9", ".3", "10.2", "\\u20ac>6", "s", "5s", ".0", "=<4"),
    "bool": ("", "d", ">7", "^7d"),
}  # fmt: skip
TYPES = {"int": "i", "float": "f", "str": "s", "bool": "b"}


def _functions() -> str:
    lines = [""]
    for type, specifications in SPECIFICATIONS.items():
        for number, specification in enumerate(specifications):
            inside = f"value:{specification}" if specification else "value"
            lines += [
                "",
                f"def {type}_format_{number}(value: {type}) -> str:",
                f'    return f"<{{{inside}}}>"[:50]',
                "",
            ]
    return "\n".join(lines)


FORMATS = Group(
    "formats",
    patterns={
        "s": (
            *(f"{type}_format_{n}({{{TYPES[type]}}})" for type, all in SPECIFICATIONS.items() for n in range(len(all))),
            "mixed_format({i}, {s}, {f})", "mixed_format({i}, {s}, {f})", "inner_format({i}, u8({i}) & 15, {f})", "quoted_format({s}, {p}, {l})", "quoted_format({s}, {p}, {l})",
        ),
    },
    prelude=_functions() + '''

def mixed_format(number: int, word: str, real: float) -> str:
    return f"{number!r:>5}{word!r:^8}|{real!s:.4}{{}}{number + 0 if number < 9 else 9:03d}"[:60]


def inner_format(number: int, width: int, real: float) -> str:
    return f"{str(number):>12}{len(str(width)):>3}{-real:+.3g}"[:60]


def quoted_format(word: str, point: Point, numbers: list[int]) -> str:
    return f"{word!r} {point} {numbers[0]!r} {word if len(word) > 2 else 'short'!s}"[:80]
''',
)  # fmt: skip
