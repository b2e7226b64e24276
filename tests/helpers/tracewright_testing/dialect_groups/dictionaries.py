"""Dicts with keys of all kinds, and the order of what is in them."""

from tracewright_testing.dialect_groups.group import Group, Kind

DICTIONARIES = Group(
    "dictionaries",
    kinds={
        "names": Kind(
            "dict[int, str]",
            "shown_names({0})",
            ('{1: "a", -1: "b"}', '{MIN_INT: ""}'),
            ("{ {i}: {s}, {i}: {s} }", "{names}.copy()", "{ {i:NEW1=i}: {s:NEW1=i} for NEW1 in {l} }", "{ NEW1: NEW2 for NEW1, NEW2 in enumerate({t}) }", "{ len(NEW1): NEW1 for NEW1 in {t} if ({b:NEW1=s}) != (len(NEW1) == 5) }", "{ NEW2: NEW1 for NEW1, NEW2 in {d}.items() }"),
        ),
        "cells": Kind(
            "dict[tuple[int, str], int]",
            "shown_cells({0})",
            ('{(0, "a"): 5}',),
            ("{ ({i}, {s}): {i}, (1, 'a'): 3 }", "{cells}.copy()", "{ (NEW1, NEW2): {i:NEW1=i,NEW2=s} for NEW1, NEW2 in zip({l}, {t}) }"),
        ),
        "lists": Kind(
            "dict[str, list[int]]",
            "shown_lists({0})",
            ('{"a": [1], "b": [2, 3]}',),
            ("{ {s}: {l}, {s}: {l} }", "{ NEW1: [len(NEW1)] for NEW1 in {t} }", "{ NEW1: NEW2 for NEW1, NEW2 in {lists}.items() }", "grouped({t})"),
        ),
        "keyed": Kind("dict[Key, int]", "shown_keyed({0})", ('{Key("a", 1): 2}',), ("{ Key({s}, {i}): {i}, Key({s}, {i}): {i} }", "{keyed}.copy()")),
        "byraw": Kind("dict[bytes, int]", "shown_byraw({0})", ('{b"ab": 1}',), ("{ {s}.encode(): {i}, b'': {i} }", "{ NEW1.encode(): len(NEW1) for NEW1 in {t} }")),
        "flags": Kind("dict[bool, str]", "shown_flags({0})", ('{True: "yes"}',), ("{ {b}: {s}, {b}: {s} }", "{ NEW1 > 3: str(NEW1) for NEW1 in {l} }")),
    },
    patterns={
        "i": (
            "len({d}.copy().popitem()[0])", "{d}.copy().popitem()[1]",
            "len({names})", "{cells}.get(({i}, {s}), {i})", "{cells}[({i}, {s})]", "{cells}[{i}, {s}]", "{lists}[{s}][0]", "len({lists})", "{keyed}.get(Key({s}, {i}), 7)", "{keyed}[Key({s}, {i})]", "{byraw}.get({s}.encode(), 4)", "sum([len(NEW1) for NEW1 in {lists}.values()])",
            "sum(u8(NEW1) for NEW1 in {names})", "max({cells}.values(), default={i})", "{d}.copy().pop({s})", "{d}.copy().pop({s}, {i})", "max({d}.values())", "len({names}.items())", "{cells}.copy().setdefault(({i}, {s}), {i})", "len({flags})",
        ),
        "s": (
            "str({names})[:60]", "repr({lists})[:60]", "repr({cells})[:60]", "repr({keyed})[:60]", "repr({d})[:60]",
            "{names}[{i}]", "{names}.get({i}, {s})", "''.join({names}.values())[:30]", "{names}.copy().pop({i}, {s})", "{flags}[{b}]", "{flags}.get({b}, '?')", "max({lists}, default='none')", "max({d}, key=lambda NEW1: len(NEW1), default='')", "','.join(list({lists}))[:20]"),
        "b": ("({i} in {names})", "(({i}, {s}) in {cells})", "({names} == {names})", "({cells} == {cells})", "({lists} == {lists})", "(Key({s}, {i}) in {keyed})", "({s}.encode() not in {byraw})", "bool({names})", "({b} in {flags})", "({lists} != {lists})", "({i} in {d}.values())"),
        "l": ("{lists}.get({s}, [7])", "{lists}[{s}]", "list({names})[:6]", "sorted({names})[:6]", "[NEW1[0] for NEW1 in {cells}]", "list({cells}.values())[:6]", "list({names}.keys())[:6]", "grouped({t}).setdefault({s}, [1, 2])", "sorted({d}.values(), key=lambda NEW1: u8(NEW1))"),
        "t": ("list({names}.values())[:6]", "list({lists})[:6]", "[NEW2 for NEW1, NEW2 in sorted({names}.items())][:6]", "[NEW2 for NEW1, NEW2 in {cells}][:6]", "list(reversed({d}))"),
        "m": ("{cells}.get(({i}, {s}))", "{keyed}.get(Key({s}, {i}))"),
        "d": (
            "{ **{d}, {s}: {i} }", "{ {s}: {i}, **{d} }", "dict.fromkeys({t}, {i})", "dict(zip({t}, {l}))", "dict({d})",
            "{ NEW1: len(NEW2) for NEW1, NEW2 in {lists}.items() }", "{ NEW2: NEW1 for NEW1, NEW2 in {names}.items() }", "{ NEW1: {d}[NEW1] for NEW1 in {t} if NEW1 in {d} }"),
    },
    forms=(
        "VAR_names[{i}] = {s}", "VAR_names.pop({i}, '')", "del VAR_names[{i}]", "VAR_names.update({names})", "VAR_names.clear()", "VAR_names.setdefault({i}, {s})", "VAR_cells[{i}, {s}] = {i}", "VAR_cells[(1, 'a')] ^= {i}", "del VAR_cells[({i}, {s})]",
        "VAR_lists.setdefault({s}, []).append({i})", "VAR_lists[{s}] = {l}", "VAR_lists[{s}].append({i})\nlog.append('appended')", "VAR_lists['a'] += [{i}]", "VAR_keyed[Key({s}, {i})] = {i}", "VAR_byraw[{s}.encode()] = {i}", "VAR_flags[{b}] = {s}",
        "VAR_d[{s}] = VAR_d.get({s}, 0) ^ 1", "VAR_d.pop({s})", "del VAR_d[{s}]", "VAR_d.setdefault({s}, {i})", "VAR_d['a'] |= {i}", "VAR_d['a'] = 1\ndel VAR_d['a']\nVAR_d['a'] = 2",
        "for NEW1 in list(VAR_d):\n    if {b:NEW1=s}:\n        del VAR_d[NEW1]", "for NEW1, NEW2 in list({names}.items())[:4]:\n    LOOP NEW1=i,NEW2=s", "for NEW1 in list({lists}.values())[:3]:\n    LOOP NEW1=l", "for (NEW1, NEW2), NEW3 in list({cells}.items())[:3]:\n    LOOP NEW1=i,NEW2=s,NEW3=i",
        "for NEW1 in list({flags}):\n    LOOP NEW1=b", "NEW1: dict[int, str] = {}\nfor NEW2 in {t}[:4]:\n    NEW1[len(NEW2)] = NEW1.get(len(NEW2), '') + NEW2\nAFTER NEW1=names", "NEW1 = VAR_lists\nNEW1[{s}] = VAR_lists.get({s}, [3])\nAFTER NEW1=lists",
        "for NEW1 in list(reversed(VAR_names)):\n    VAR_names[NEW1] = {s:NEW1=i}",
    ),
    prelude='''

def grouped(words: list[str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        groups.setdefault(word[:1], []).append(place)
    return groups


def shown_names(items: dict[int, str]) -> str:
    return ",".join([f"{key}={value!r}" for key, value in items.items()])[:200]


def shown_cells(items: dict[tuple[int, str], int]) -> str:
    return ",".join([f"{key[0]}{key[1]!r}={value}" for key, value in items.items()])[:200]


def shown_lists(items: dict[str, list[int]]) -> str:
    return ",".join([key + "=" + shown_ints(items[key]) for key in items])[:200]


def shown_keyed(items: dict[Key, int]) -> str:
    return ",".join([f"{key!r}={value}" for key, value in items.items()])[:200]


def shown_byraw(items: dict[bytes, int]) -> str:
    return ",".join([f"{key.decode()}={value}" for key, value in items.items()])[:200]


def shown_flags(items: dict[bool, str]) -> str:
    return ",".join([f"{key}={value}" for key, value in items.items()])[:200]
''',
)  # fmt: skip
