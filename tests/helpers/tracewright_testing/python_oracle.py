"""CPython as the oracle for the Python front end: trees as `ast` has them, and what `compile` says about texts that are wrong."""

from __future__ import annotations

import ast
import sys
import sysconfig
import warnings
from dataclasses import dataclass
from pathlib import Path

from tracewright_python.diagnostics import FAULT_NAMES, SyntaxFault
from tracewright_python.parser import parse_module
from tracewright_python.source_text import decoded, prepared
from tracewright_python.symbols import analyze
from tracewright_python.tree_text import tree_text_with_places

DEEP_ENOUGH = 30_000  # the hosted parser nests deeper than CPython's default allows
SHOWN = 160


def library_files() -> list[Path]:
    """The sources of the standard library that this Python has, its tests among them."""
    folder = Path(sysconfig.get_path("stdlib"))
    return sorted(path for path in folder.rglob("*.py") if "site-packages" not in path.parts)


def oracle_tree(data: bytes | str) -> str | None:
    """CPython's tree; None where it has none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.dump(ast.parse(data), include_attributes=True)
        except (SyntaxError, ValueError):
            return None


def our_tree(text: str) -> str:
    """Our tree, in the same form. Raises SyntaxFault."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEP_ENOUGH))
    return tree_text_with_places(parse_module(text), prepared(text, True))


def tree_difference(data: bytes, name: str) -> str:
    """Where the two trees of a file part; empty if they are the same, or if CPython has none."""
    wanted = oracle_tree(data)
    if wanted is None:
        return ""
    try:
        given = our_tree(decoded(data, name))
    except SyntaxFault as fault:
        return f"{name}:{fault.span.line}:{fault.span.column}: {fault.message}"
    return first_difference(given, wanted, name)


def first_difference(given: str, wanted: str, name: str) -> str:
    """Where two texts part; empty if they are the same."""
    if given == wanted:
        return ""
    place = 0
    while given[place : place + 1] == wanted[place : place + 1]:
        place += 1
    start = max(place - SHOWN // 2, 0)
    return f"{name}\n  given:  {given[start : start + SHOWN]}\n  wanted: {wanted[start : start + SHOWN]}"


@dataclass(frozen=True)
class Verdict:
    """What is said about a text; all empty if it is right."""

    kind: str = ""
    message: str = ""
    line: int = 0
    column: int = 0


def oracle_verdict(text: str) -> Verdict:
    """CPython's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, "<text>", "exec", dont_inherit=True)
        except SyntaxError as error:
            return Verdict(type(error).__name__, error.msg, error.lineno or 0, error.offset or 0)
        except (ValueError, RecursionError, MemoryError, OverflowError) as error:
            return Verdict(type(error).__name__, str(error))
    return Verdict()


def our_verdict(text: str) -> Verdict:
    """Ours."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEP_ENOUGH))
    try:
        analyze(parse_module(text))
    except SyntaxFault as fault:
        return Verdict(FAULT_NAMES[fault.kind], fault.message, fault.span.line, fault.span.column)
    return Verdict()
