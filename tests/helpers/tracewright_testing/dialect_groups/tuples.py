"""Tuples, also nested, in lists, and taken apart in all places where that can be done."""

from tracewright_testing.dialect_groups.group import Group, Kind

TUPLES = Group(
    "tuples",
    kinds={
        "two": Kind("tuple[int, str]", "shown_two({0})", ('(1, "a")', '(-1, "")'), ("({i}, {s})", "max({two}, {two})", "({two} if {b} else {two})", "{rows}[u8({i}) & 1]", "sorted([{two}, {two}, {two}])[1]", "swapped(({s}, {i}))", "min({rows})", "max({rows} + [{two}], key=lambda NEW1: NEW1[1])")),
        "deep": Kind("tuple[float, tuple[int, bool]]", "shown_deep({0})", ("(0.5, (1, True))",), ("({f}, ({i}, {b}))", "({deep} if {b} else {deep})", "({deep}[0], ({i}, {deep}[1][1]))")),
        "rows": Kind(
            "list[tuple[int, str]]",
            "shown_two_s({0})",
            ('[(1, "a"), (0, "b")]', '[(5, "")]'),
            ("[{two}, {two}]", "sorted({rows})", "sorted({rows}, key=lambda NEW1: NEW1[1])", "sorted({rows}, key=lambda NEW1: (NEW1[1], NEW1[0]), reverse=True)", "list(zip({l}, {t}))[:5]", "list(enumerate({t}))[:5]", "{rows}[::-1]", "({rows} + {rows})[:5]", "[(NEW1, {s:NEW1=i}) for NEW1 in {l}][:5]", "[(NEW2, NEW1) for NEW1, NEW2 in {d}.items()]", "[NEW1 for NEW1 in {rows} if NEW1[0] > {i}]"),
        ),
    },
    patterns={
        "i": ("{two}[0]", "({i}, {i}, 5).index({i})", "({s}, 'a', '').count({s})", "({i}, {i}, {i}).index({i}, {i}, {i})", "spread(*{two})", "spread(*({i}, {s}))", "spread({i}, *({s},))", "{deep}[1][0]", "len({rows})", "{rows}[0][0]", "sum([u8(NEW1) for NEW1, NEW2 in {rows}])", "{rows}.index({two})", "{rows}.count({two})", "len({two})", "{two}[-2]", "sum(u8(NEW1) * len(NEW2) for NEW1, NEW2 in {rows})"),
        "s": (
            "repr({two})", "str({deep})[:50]", "repr({rows})[:60]", "repr((({i},), [{s}]))[:60]", "f'<{(1, 2)}>'",
            "{two}[1]", "{two}[-1]", "{rows}[i8({i})][1]", "''.join([NEW2 for NEW1, NEW2 in {rows}])[:30]"),
        "b": ("({two} == {two})", "({two} < {two})", "({two} in {rows})", "({deep} == {deep})", "({rows} == {rows})", "({rows} < {rows})", "{deep}[1][1]", "({two} != {two})", "({two} >= {two})", "bool({rows})", "(({two}, {i}) == ({two}, {i}))", "({deep} < {deep})"),
        "f": ("{deep}[0]",),
        "l": ("[NEW1 for NEW1, NEW2 in {rows}]", "[NEW1[0] for NEW1 in {rows}]", "[NEW1 + len(NEW2) if NEW1 < 100 else 1 for NEW1, NEW2 in {rows}]"),
        "t": ("[NEW2 for NEW1, NEW2 in {rows}]", "[NEW2 * (NEW1 & 1) for NEW1, NEW2 in {rows}]"),
        "d": ("{ NEW2: NEW1 for NEW1, NEW2 in {rows} }",),
    },
    forms=(
        "NEW1, NEW2 = {two}\nAFTER NEW1=i,NEW2=s", "NEW1, (NEW2, NEW3) = {deep}\nAFTER NEW1=f,NEW2=i,NEW3=b", "NEW1, NEW2 = {i}, {i}\nNEW1, NEW2 = NEW2, NEW1\nAFTER NEW1=i,NEW2=i", "NEW1, *NEW2, NEW3 = {l} + [{i}]\nAFTER NEW1=i,NEW2=l,NEW3=i",
        "(NEW1, NEW2), NEW3 = {two}, {s}\nAFTER NEW1=i,NEW2=s,NEW3=s", "[NEW1, NEW2] = {l}\nAFTER NEW1=i,NEW2=i", "*NEW1, NEW2, NEW3 = {t}\nAFTER NEW1=t,NEW2=s,NEW3=s", "for NEW1, NEW2 in {rows}[:4]:\n    LOOP NEW1=i,NEW2=s",
        "for NEW1, (NEW2, NEW3) in enumerate({rows}[:4]):\n    LOOP NEW1=i,NEW2=i,NEW3=s", "for NEW1, (NEW2, NEW3) in zip({l}[:3], {rows}[:3]):\n    LOOP NEW1=i,NEW2=i,NEW3=s", "VAR_rows.append({two})\ndel VAR_rows[5:]", "VAR_rows.sort()", "VAR_rows.sort(key=lambda NEW1: len(NEW1[1]))",
        "VAR_rows[0] = {two}", "VAR_l[0], VAR_l[-1] = VAR_l[-1], VAR_l[0]", "VAR_i, NEW1 = {two}\nAFTER NEW1=s", "VAR_rows[u8({i}) & 1:] = {rows}[:3]",
        "match {two}:\n    case (0, NEW1):\n        BODY NEW1=s\n    case (NEW2, 'a' | ''):\n        BODY NEW2=i\n    case (NEW2, NEW1) if NEW2 < 9:\n        BODY NEW2=i,NEW1=s\n    case _:\n        BODY",
        "match {deep}:\n    case (_, (NEW1, True)):\n        BODY NEW1=i\n    case (NEW2, (1, False)):\n        BODY NEW2=f\n    case NEW3:\n        BODY NEW3=deep",
        "match {rows}:\n    case []:\n        BODY\n    case [(NEW1, NEW2)]:\n        BODY NEW1=i,NEW2=s\n    case [(1, _), *NEW3]:\n        BODY NEW3=rows\n    case [*_, NEW4]:\n        BODY NEW4=two",
    ),
    prelude='''

def swapped(pair: tuple[str, int]) -> tuple[int, str]:
    word, number = pair
    return number, word


def spread(number: int, word: str) -> int:
    return number ^ len(word)


def shown_two(pair: tuple[int, str]) -> str:
    return f"{pair[0]}{pair[1]!r}"


def shown_two_s(pairs: list[tuple[int, str]]) -> str:
    return ";".join([shown_two(pair) for pair in pairs])[:200]


def shown_deep(value: tuple[float, tuple[int, bool]]) -> str:
    real, (number, flag) = value
    return f"{real!r} {number} {flag}"
''',
)  # fmt: skip
