"""Sets of ints, texts and tuples. Their order is never shown."""

from tracewright_testing.dialect_groups.group import Group, Kind

SETS = Group(
    "sets",
    kinds={
        "iset": Kind(
            "set[int]",
            "shown_ints(sorted({0}))",
            ("{1, -1}", "set(NUMBERS)", "{0}", "{MAX_INT, 5}"),
            ("{ {i}, {i} }", "set({l})", "({iset} | {iset})", "({iset} & {iset})", "({iset} - {iset})", "{ {i:NEW1=i} for NEW1 in {l} if ({b:NEW1=i}) != (u8(NEW1) == 7) }", "{ len(NEW1) for NEW1 in {t} }", "set({d}.values())", "{ u8(NEW1) for NEW1 in {iset} }", "({iset} ^ {iset})", "{iset}.union({iset})", "{iset}.intersection({iset})", "{iset}.difference({iset})", "{iset}.symmetric_difference({iset})", "{iset}.copy()", "{ *{iset}, {i} }"),
        ),
        "sset": Kind(
            "set[str]",
            "shown_texts(sorted({0}))",
            ('{"a", ""}', "set(WORDS)", '{"h\\u00e9llo"}'),
            ("{ {s}, {s} }", "set({t})", "set({s})", "({sset} | {sset})", "({sset} - {sset})", "({sset} & {sset})", "{ {s:NEW1=s} for NEW1 in {t} }", "set({d})"),
        ),
        "pset": Kind(
            "set[tuple[int, str]]",
            "shown_rows(sorted({0}))",
            ('{(1, "a")}',),
            ("{ ({i}, {s}), ({i}, {s}) }", "({pset} | {pset})", "({pset} & {pset})", "{ (NEW1, {s:NEW1=i}) for NEW1 in {l} }"),
        ),
    },
    patterns={
        "i": ("len({iset})", "sum(u8(NEW1) for NEW1 in {iset})", "max({iset} | { {i} })", "len({sset})", "sum([len(NEW1) for NEW1 in {sset}])", "len(set({l}))", "len({pset})", "min({iset})"),
        "b": (
            "{iset}.isdisjoint({iset})", "{iset}.issubset({iset})", "{iset}.issuperset({iset})",
            "({i} in {iset})", "({i} not in {iset})", "({iset} == {iset})", "({iset} <= {iset})", "({iset} >= {iset})", "({s} in {sset})", "({sset} == {sset})", "({sset} != {sset})", "bool({iset})", "(not {sset})", "(({i}, {s}) in {pset})",
            "any(NEW1 > 3 for NEW1 in {iset})", "({pset} == {pset})", "(len({iset}) < len({l}))",
        ),
        "l": ("sorted({iset})[:8]", "sorted({iset}, reverse=True)[:8]", "sorted([{i:NEW1=i} for NEW1 in sorted({iset})[:6]])", "sorted({iset}, key=lambda NEW1: (u8(NEW1), NEW1))[:6]"),
        "t": ("sorted({sset})[:6]", "sorted({sset}, key=lambda NEW1: (len(NEW1), NEW1))[:6]"),
        "s": ("max({sset} | { {s} })", "''.join(sorted({sset}))[:30]"),
    },
    forms=(
        "VAR_iset.add({i})", "VAR_iset.discard({i})", "VAR_iset.remove({i})", "VAR_iset.update({iset})", "VAR_iset |= {iset}", "VAR_iset &= {iset}", "VAR_iset -= {iset}", "VAR_iset.clear()", "VAR_iset.update({l})", "VAR_iset ^= {iset}", "VAR_iset.difference_update({iset})", "VAR_iset.intersection_update({iset})", "VAR_sset.add({s})",
        "VAR_sset.discard({s})", "VAR_sset -= {sset}", "VAR_sset.remove({s})", "VAR_pset.add(({i}, {s}))", "NEW1 = VAR_iset\nNEW1 |= {iset}\nAFTER NEW1=iset", "for NEW1 in sorted({iset})[:4]:\n    LOOP NEW1=i", "for NEW1 in sorted({sset})[:4]:\n    LOOP NEW1=s",
        "NEW1: set[int] = set()\nfor NEW2 in {l}:\n    if NEW2 in NEW1:\n        continue\n    NEW1.add(NEW2)\nAFTER NEW1=iset",
    ),
    prelude='''

def shown_rows(rows: list[tuple[int, str]]) -> str:
    return ";".join([f"{number}{word!r}" for number, word in rows])
''',
)  # fmt: skip
