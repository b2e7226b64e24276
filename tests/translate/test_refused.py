"""What is not in the dialect is refused at its place with a sentence, and what is wrong is explained."""

import textwrap
from pathlib import Path

import pytest

from tracewright.core.errors import DialectErrors
from tracewright.translate.program import translate
from tracewright_testing.native_programs import module_from_text

HEAD = """
from __future__ import annotations
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar
from tracewright.core.arrays import Array
from tracewright.core.value import Value
T = TypeVar("T")
TABLE: list[int] = [1, 2]
EMPTY = []
class Node:
    def __init__(self, value: int, next: Node | None = None) -> None:
        self.value = value
        self.next = next
"""

# Each: the code of the error, the text that the caret must be under, a part of the message, the source of `main` (and more).
REFUSED = [
    ("library", "open('x')", "`open`", "def main() -> int:\n    with open('x') as f:\n        return 1\n    return 0"),
    ("manager", "Node(1)", "no context manager", "def main() -> int:\n    with Node(1):\n        return 1\n    return 0"),
    ("lambda-type", "lambda", "what this lambda takes", "def main() -> int:\n    f = lambda x: 1\n    return f(2)"),
    ("lambda", "lambda x, y", "no defaults", "F: Callable[[int], int] = lambda x, y=2: x\ndef main() -> int:\n    return F(2)"),
    ("arguments", "lambda:", "takes 0 arguments, 1 are given", "FS: list[Callable[[int], int]] = [lambda: 1]\ndef main() -> int:\n    return FS[0](2)"),
    ("star-arguments", "def f", "*args", "def f(*xs: int) -> int:\n    return 0\ndef main() -> int:\n    return f(1)"),
    ("unannotated", "x", "no type", "def f(x) -> int:\n    return 0\ndef main() -> int:\n    return f(1)"),
    ("unannotated", "def f", "does not declare", "def f(x: int):\n    return 0\ndef main() -> int:\n    f(1)\n    return 0"),
    ("union", "int | str", "unions", "def f(x: int | str) -> int:\n    return 0\ndef main() -> int:\n    return f(1)"),
    ("optional-word", "Value | None", "without room", "def f(x: Value | None) -> int:\n    return 0\ndef main() -> int:\n    return f(None)"),
    ("annotation", "tuple[int, ...]", "fixed length", "def f(x: tuple[int, ...]) -> int:\n    return 0\ndef main() -> int:\n    return f((1,))"),
    ("type-mismatch", "'text'", "str, where int", "def f(x: int) -> int:\n    return 0\ndef main() -> int:\n    return f('text')"),
    ("type-mismatch", "Node(1)", "Node, where str", "def main() -> int:\n    x = 'a'\n    x = Node(1)\n    return 0"),
    ("unknown-name", "missing", "defined nowhere", "def main() -> int:\n    return missing"),
    ("attribute", "Node(1).size", "no field `size`", "def main() -> int:\n    return Node(1).size"),
    ("attribute", "node.size", "no field `size`", "def main() -> int:\n    node = Node(1)\n    node.size = 3\n    return 0"),
    ("method", "Node(1).go()", "no method `go`", "def main() -> int:\n    Node(1).go()\n    return 0"),
    ("arguments", "2)", "takes 1", "def f(x: int) -> int:\n    return 0\ndef main() -> int:\n    return f(1, 2)"),
    ("arguments", "2)", "no parameter `y`", "def f(x: int) -> int:\n    return 0\ndef main() -> int:\n    return f(y=2)"),
    ("arguments", "f()", "needs an argument for `x`", "def f(x: int) -> int:\n    return 0\ndef main() -> int:\n    return f()"),
    ("empty-display", "[]", "empty list", "def main() -> int:\n    xs = []\n    return 0"),
    ("untyped-none", "x", "does not say", "def main() -> int:\n    x = None\n    return 0"),
    ("prebuilt-type", "EMPTY", "cannot be told", "def main() -> int:\n    return len(EMPTY)"),
    ("operator", "2 ** -3", "`**`", "def main() -> int:\n    return int(2 ** -3)"),
    ("operator", "'a' - 'b'", "`-` is not defined", "def main() -> int:\n    return len('a' - 'b')"),
    ("equality", "'a' == 1", "`==` is not defined", "def main() -> int:\n    return int('a' == 1)"),
    ("order", "Node(1) < Node(2)", "no order", "def main() -> int:\n    return int(Node(1) < Node(2))"),
    ("int-literal", "9223372036854775808", "64-bit", "def main() -> int:\n    return 9223372036854775808"),
    ("builtin", "print('x')", "`print`", "def main() -> int:\n    print('x')\n    return 0"),
    ("slice", "del data[::2]", "no step", "def main() -> int:\n    data = bytearray(b'12')\n    del data[::2]\n    return 0"),
    ("encoding", "'x'.encode('utf-16')", "UTF-8", "def main() -> int:\n    return len('x'.encode('utf-16'))"),
    ("unpack", "a, b", "only tuples", "def main() -> int:\n    a, b = 'xy'\n    return a"),
    ("multiple-bases", "class C", "several bases", "class A: pass\nclass B: pass\nclass C(A, B): pass\ndef main() -> int:\n    C()\n    return 0"),
    ("field-type", "self.xs", "not plain", "class C:\n    def __init__(self) -> None:\n        self.xs = []\ndef main() -> int:\n    C()\n    return 0"),
    ("raise", "raise", "bare `raise`", "def main() -> int:\n    raise"),
    ("except", "Node", "no exception class", "def main() -> int:\n    try:\n        return TABLE[0]\n    except Node:\n        return 2"),
    ("lazy", "range(3)", "only be looped over", "def main() -> int:\n    x = range(3)\n    return 0"),
    ("hash", "hash(Key", "cannot be a key", "@dataclass\nclass Key:\n    x: int\ndef main() -> int:\n    return hash(Key(1))"),
    ("override", "int", "gives int", "class A:\n    def go(self) -> float:\n        return 1.0\nclass B(A):\n    def go(self) -> int:\n        return 1\ndef f(a: A) -> float:\n    return a.go()\ndef main() -> int:\n    return int(f(A()) + f(B()))"),
    ("class-constant", "a.K", "differs between subclasses", "class A:\n    K: Final = 1\nclass B(A):\n    K = 2\ndef f(a: A) -> int:\n    return a.K\ndef main() -> int:\n    return f(B())"),
    ("redeclared", "x: str", "was int before", "def main() -> int:\n    x: int = 1\n    x: str = ''\n    return 0"),
    ("pattern", "{'a': b}", "pattern", "def main() -> int:\n    match TABLE:\n        case {'a': b}:\n            return 1\n    return 0"),
    ("pattern", "a", "alternatives bind", "def main() -> int:\n    match TABLE:\n        case [a] | [a, _]:\n            return a\n    return 0"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "place", "message", "source"), REFUSED, ids=lambda value: value[:30])
def test_refused(code: str, place: str, message: str, source: str, tmp_path: Path) -> None:
    module = module_from_text("refused", HEAD + textwrap.dedent(source) + "\n", tmp_path)
    with pytest.raises(DialectErrors) as caught:
        translate(module.main)
    error = caught.value.errors[0]
    assert (error.code, message in error.message) == (code, True), error.render()
    line = Path(error.span.path).read_text().splitlines()[error.span.line - 1]
    assert line[error.span.column - 1 :].startswith(place), error.render()


def test_an_error_is_shown_with_its_line_and_help(tmp_path: Path) -> None:
    module = module_from_text("refused", HEAD + "def main() -> int:\n    xs = []\n    return 0\n", tmp_path)
    with pytest.raises(DialectErrors) as caught:
        translate(module.main)
    text = str(caught.value)
    assert "refused.py:16:10" in text
    assert "    xs = []\n" in text
    assert "         ^^" in text
    assert "help: annotate" in text


def test_each_function_reports_its_own_error(tmp_path: Path) -> None:
    source = "def f(n: int) -> int:\n    return int(1 ** n)\ndef main() -> int:\n    f(1)\n    return missing\n"
    module = module_from_text("refused", HEAD + source, tmp_path)
    with pytest.raises(DialectErrors) as caught:
        translate(module.main)
    assert {error.code for error in caught.value.errors} == {"operator", "unknown-name"}
