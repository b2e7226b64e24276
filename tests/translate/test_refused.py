"""What is not in the dialect is refused at its place with a sentence, and what is wrong is explained."""

import textwrap
from pathlib import Path

import pytest

from tracewright.core.errors import DialectErrors
from tracewright.tools.checking import check_file
from tracewright.translate.program import translate
from tracewright_testing.native_programs import module_from_text
from tracewright_testing.refusals import Recorder, refusals, shown

# Where no source that an author writes leads, by file and code.
NOT_BY_AUTHORS = {
    "infer/translator.py:library": "a function of the library that the translator itself asks for",
    "infer/statements.py:target": "Python itself refuses to assign to anything else",
    "infer/guest_values.py:method": "a name that `Value` has not is no static method of it either",
}
MISTAKES = Path(__file__).parent / "mistakes"
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

# Each: the code of the error, the text that the caret must be under (empty where there is no source), a part of the message, the source of `main` (and more).
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
    ("operator", "2 ** n", "`**`", "def f(n: int) -> int:\n    return int(2 ** n)\ndef main() -> int:\n    return f(2)"),
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
    ("type-variable", "T", "nothing tells what the type variable `T` means here", "def f(xs: list[T]) -> T:\n    return xs[0]\ndef g(n: int) -> list[T]:\n    return []\ndef main() -> int:\n    return len(g(1))"),
    ("arguments", "2", "`len` takes no `key` in the dialect", "def main() -> int:\n    return len([1], key=2)"),
    ("arguments", "len([1], [2])", "`len` takes 1 argument, here are 2", "def main() -> int:\n    return len([1], [2])"),
    ("conversion", "str(Node(1))", "Node cannot be made a str", "def main() -> int:\n    return len(str(Node(1)))"),
    ("conversion", "repr(Node(1))", "`repr` of Node is not in the dialect", "def main() -> int:\n    return len(repr(Node(1)))"),
    ("arguments", "dict([(1, 2)], {})", "`dict` takes one argument, and keywords", "def main() -> int:\n    return len(dict([(1, 2)], {}))"),
    ("arguments", "sum([1], 2, 3)", "`sum` takes what is added up, and `start`", "def main() -> int:\n    return sum([1], 2, 3)"),
    ("sum", "sum([['a']], [])", "`sum` of list[list[str]] is not in the dialect", "def main() -> int:\n    return len(sum([['a']], []))"),
    ("tuple", "tuple([1])", "a tuple of a length known only at run time is not in the dialect", "def main() -> int:\n    return len(tuple([1]))"),
    ("length", "5", "int has no length", "def main() -> int:\n    return len(5)"),
    ("length", "Node(1)", "Node has no length", "def main() -> int:\n    return len(Node(1))"),
    ("call", "(1, 2)", "this is tuple[int, int], which cannot be called", "def main() -> int:\n    return (1, 2)(3)"),
    ("arguments", "f(1, 2)", "this function takes 1 positional argument, here are 2", "def main() -> int:\n    f: Callable[[int], int] = lambda x: x\n    return f(1, 2)"),
    ("class-method", "A().make()", "`make` is a class method, called through an object", "class A:\n    @classmethod\n    def make(cls) -> int:\n        return 1\ndef main() -> int:\n    return A().make()"),
    ("super", "super().make()", "`super()` in a class method is not in the dialect", "class A:\n    @classmethod\n    def make(cls) -> int:\n        return 1\nclass B(A):\n    @classmethod\n    def make(cls) -> int:\n        return super().make()\ndef main() -> int:\n    return B.make()"),
    ("super", "super().gone()", "`refused.Node` has no method `gone`", "class B(Node):\n    def go(self) -> int:\n        return super().gone()\ndef main() -> int:\n    return B(1).go()"),
    ("arguments", "lambda: 1", "this lambda takes 0 arguments, 1 are given", "def main() -> int:\n    f: Callable[[int], int] = lambda: 1\n    return f(1)"),
    ("capture", "def g", "`h` has no value yet where this function is made", "def main() -> int:\n    def g() -> int:\n        return h()\n    r = g()\n    def h() -> int:\n        return 1\n    return r"),
    ("missing-return", "if x", "`g` can end without the int that it declares", "def main() -> int:\n    def g(x: int) -> int:\n        if x:\n            return 1\n    return g(1)"),
    ("call", "5", "a function is needed here, this is int", "def main() -> int:\n    return len(sorted([1], key=5))"),
    ("nested-function", "def g", "a nested function has no decorators in the dialect", "def main() -> int:\n    @staticmethod\n    def g() -> int:\n        return 1\n    return g()"),
    ("unannotated", "def g", "`g` does not declare its result", "def main() -> int:\n    def g():\n        return 1\n    return g()"),
    ("unannotated", "x", "the parameter `x` has no type", "def main() -> int:\n    def g(x) -> int:\n        return 1\n    return g(1)"),
    ("order", "{1} < {2}", "sets are compared with `<=` and `>=` in the dialect", "def main() -> int:\n    return int({1} < {2})"),
    ("membership", "1 in Node(1)", "`in` is not defined for Node", "def main() -> int:\n    return int(1 in Node(1))"),
    ("mixed", "TABLE and 5", "list[int] and int come together here, and no one type fits", "def main() -> int:\n    x = TABLE and 5\n    return 0"),
    ("library", "D", "`D` is an object of the standard module `decimal`", "import decimal\nD = decimal.Decimal(1)\ndef main() -> int:\n    x = D\n    return 0"),
    ("class-value", "Node", "`Node` is a class, which is no value at run time", "def main() -> int:\n    x = Node\n    return 0"),
    ("arguments", "A(1)", "`refused.A` takes no arguments", "class A:\n    pass\ndef main() -> int:\n    A(1)\n    return 0"),
    ("arguments", "ValueError(message='x')", "`ValueError` takes no keyword arguments", "def main() -> int:\n    raise ValueError(message='x')"),
    ("arguments", "Array(3)", "an array is made by `Array(length, fill)`", "def main() -> int:\n    return len(Array(3))"),
    ("type-arguments", "Array(3, None)", "the item type of this array is not known", "def main() -> int:\n    return len(Array(3, None))"),
    ("type-mismatch", "TABLE", "`**` spreads a dict, this is list[int]", "def main() -> int:\n    d = {'a': 1, **TABLE}\n    return 0"),
    ("empty-display", "{None}", "the item type of this set is not known", "def main() -> int:\n    xs = {None}\n    return len(xs)"),
    ("prebuilt-type", "len", "the type of the module-level `len` (builtin_function_or_method) cannot be told from its value", "def main() -> int:\n    f = len\n    return 0"),
    ("attribute", "(5).real", "int has no attribute `real`", "def main() -> int:\n    return (5).real"),
    ("format", "f\"{'a'!a}\"", "`!a` is not in the dialect", "def main() -> int:\n    return len(f\"{'a'!a}\")"),
    ("format", "f\"{5:08,}\"", "not grouped like this", "def main() -> int:\n    return len(f\"{5:08,}\")"),
    ("replace", "replace(Base(1)", "without subclasses", "from dataclasses import replace\n@dataclass\nclass Base:\n    x: int\n@dataclass\nclass More(Base):\n    y: int\ndef main() -> int:\n    return replace(Base(1), x=2).x"),
    ("arguments", "replace(x=2)", "takes one object", "from dataclasses import replace\n@dataclass\nclass Base:\n    x: int\ndef main() -> int:\n    return replace(x=2).x"),
    ("iteration", "next(TABLE)", "no `__next__`", "def main() -> int:\n    return next(TABLE)"),
    ("arguments", "map(len)", "`map` takes a function, and what is iterated", "def main() -> int:\n    return len(list(map(len)))"),
    ("arguments", "filter(len)", "`filter` takes a function or None, and what is iterated", "def main() -> int:\n    return len(list(filter(len)))"),
    ("iteration", "zip(TABLE, map(abs, TABLE))", "`zip` takes no `map`", "def main() -> int:\n    return len(list(zip(TABLE, map(abs, TABLE))))"),
    ("arguments", "lambda", "takes 2 arguments, 1 are given", "def main() -> int:\n    return len(list(map(lambda a, b: a, TABLE)))"),
    ("lazy", "map(abs, TABLE)", "only be looped over", "def main() -> int:\n    a, b = map(abs, TABLE)\n    return a"),
    ("iteration", "zip(Count(), TABLE)", "`__next__`", "class Count:\n    def __iter__(self) -> Count:\n        return self\n    def __next__(self) -> int:\n        raise StopIteration\ndef main() -> int:\n    for a, b in zip(Count(), TABLE):\n        return a\n    return 0"),
    ("iteration", "Bag()", "cannot be iterated", "class Bag:\n    def __iter__(self) -> list[int]:\n        return TABLE\ndef main() -> int:\n    for a in Bag():\n        return a\n    return 0"),
    ("super", "super().x", "no property `x`", "class A:\n    def __init__(self) -> None:\n        self.x = 1\nclass B(A):\n    def go(self) -> int:\n        return int(super().x)\ndef main() -> int:\n    return B().go()"),
    ("format", "f\"{65:c}\"", "the format code `c` is not in the dialect", "def main() -> int:\n    return len(f\"{65:c}\")"),
    ("format", "TABLE", "list[int] cannot be formatted with a specification", "def main() -> int:\n    return len(f\"{TABLE:>5}\")"),
    ("method", "Value.of_int(1).go()", "Value has no method `go` when translated", "def main() -> int:\n    return Value.of_int(1).go()"),
    ("class-value", "Value.of_thing(1)", "`Value` is a class, which is no value at run time", "def main() -> int:\n    Value.of_thing(1)\n    return 0"),
    ("arguments", "for i", "`range` takes one to three positional arguments", "def main() -> int:\n    for i in range():\n        return 1\n    return 0"),
    ("range", "for i", "the step of a range must not be zero", "def main() -> int:\n    for i in range(1, 5, 0):\n        return 1\n    return 0"),
    ("range", "for i", "`reversed(range(...))` is for steps of 1 and -1", "def main() -> int:\n    for i in reversed(range(1, 5, 2)):\n        return 1\n    return 0"),
    ("manager", "def __exit__", "the first and third parameter of `__exit__` are `object` in the dialect", "class M:\n    def __enter__(self) -> int:\n        return 1\n    def __exit__(self, kind: int, error: BaseException | None, trace: object) -> None:\n        pass\ndef main() -> int:\n    with M():\n        return 1"),
    ("pattern", "int(a, b)", "int has one part: itself", "def main() -> int:\n    match TABLE[0]:\n        case int(a, b):\n            return 1\n    return 0"),
    ("pattern", "Node(1)", "Node has 0 positional parts", "def main() -> int:\n    match Node(1):\n        case Node(1):\n            return 1\n    return 0"),
    ("pattern", "(1, *rest)", "a tuple's pattern has no star in the dialect", "def main() -> int:\n    match (1, 2):\n        case (1, *rest):\n            return 1\n    return 0"),
    ("pattern", "[a, b]", "str has no items to match", "def main() -> int:\n    match 'ab':\n        case [a, b]:\n            return 1\n    return 0"),
    ("operator", "2.0 @ 3.0", "`@` on floats is not in the dialect", "def main() -> int:\n    return int(2.0 @ 3.0)"),
    ("operator", "1.5 | 2.5", "`|` on floats is not in the dialect", "def main() -> int:\n    return int(1.5 | 2.5)"),
    ("operator", "-'a'", "this operator is not defined for str", "def main() -> int:\n    return -'a'"),
    ("truth", "x", "object has no truth value", "def f(x: object) -> int:\n    return 1 if x else 0\ndef main() -> int:\n    return f(Node(1))"),
    ("arguments", "1", "`sort` takes no `by` in the dialect", "def main() -> int:\n    xs = [1]\n    xs.sort(by=1)\n    return 0"),
    ("arguments", "sorted([1], [2])", "`sorted` takes one positional argument", "def main() -> int:\n    return len(sorted([1], [2]))"),
    ("arguments", "max()", "`max` takes at least one argument", "def main() -> int:\n    return max()"),
    ("prebuilt-type", "f", "the type of the module-level `f` (function) cannot be told from its value", "f = eval('lambda: 1')\ndef main() -> int:\n    return f()"),
    ("target", "xs[0:1]", "this cannot be assigned to in the dialect", "def main() -> int:\n    xs = [1, 2]\n    xs[0:1] += [3]\n    return 0"),
    ("delete", "n.value", "only items, slices and locals can be deleted", "def main() -> int:\n    n = Node(1)\n    del n.value\n    return 0"),
    ("import", "from no_such_module import", "`no_such_module` cannot be imported: No module named 'no_such_module'", "def main() -> int:\n    from no_such_module import name\n    return 0"),
    ("subscript", "Node(1)[0]", "Node has no items", "def main() -> int:\n    return Node(1)[0]"),
    ("slice", "Array(3, 1)[::2]", "slices of Array[int] have no step in the dialect", "def main() -> int:\n    return len(Array(3, 1)[::2])"),
    ("method", "StrBuffer(1, 2).go()", "StrBuffer has no method `go`", "from tracewright.core.text import StrBuffer\ndef main() -> int:\n    StrBuffer(1, 2).go()\n    return 0"),
    ("cast", "unsafe_cast(Node, 5)", "int cannot be seen as Node", "from tracewright.core.cast import unsafe_cast\ndef main() -> int:\n    unsafe_cast(Node, 5)\n    return 0"),
    ("zero-of", "zero_of(TABLE)", "`zero_of` takes an Array, this is list[int]", "from tracewright.core.generic import zero_of\ndef main() -> int:\n    zero_of(TABLE)\n    return 0"),
    ("array", "unchecked_get(TABLE, 0)", "this must be an Array, it is list[int]", "from tracewright.core.arrays import unchecked_get\ndef main() -> int:\n    return unchecked_get(TABLE, 0)"),
    ("symbol", "symbol_address(s)", "the name of a symbol must be a constant", "from tracewright.core.memory import symbol_address\ndef main() -> int:\n    s = 'a' + str(len(TABLE))\n    return symbol_address(s)"),
    ("function-address", "function_address(TABLE)", "this must be the name of a module-level function", "from tracewright.core.memory import function_address\ndef main() -> int:\n    return function_address(TABLE)"),
    ("unpack", "a, *b, c", "nothing is left for the starred target of 2 items", "def main() -> int:\n    a, *b, c = (1, 2)\n    return 0"),
    ("length", "xs[0]", "int has no length", "def main() -> int:\n    xs: list[int] = []\n    return len(xs[0])"),
    ("empty-display", "[leave() for x in [1]]", "the item type of this comprehension is not known", "from typing import NoReturn\ndef leave() -> NoReturn:\n    raise ValueError\ndef main() -> int:\n    xs = [leave() for x in [1]]\n    return 0"),
    ("default-factory", "P()", "must be a class, a function of a module or a lambda", "from dataclasses import field\n@dataclass\nclass P:\n    xs: list[int] = field(default_factory=TABLE.copy)\ndef main() -> int:\n    return len(P().xs)"),
    ("unroll", "for x", "a loop over so long a tuple would be copied for each item", "MIXED = (1, 'a') * 200\ndef show(x: int) -> int:\n    return x\ndef main() -> int:\n    s = 0\n    for x in MIXED:\n        s += 1\n    return s"),
    ("prebuilt-type", "A.make", "the type of the module-level `make` (method) cannot be told from its value", "class A:\n    @classmethod\n    def make(cls) -> int:\n        return 1\ndef main() -> int:\n    f = A.make\n    return 0"),
    ("class-value", "Value.of_thing(1)", "`Value` is a class, which is no value at run time", "from tracewright.core.value import Value\ndef main() -> int:\n    v = Value.of_thing(1)\n    return 0"),
    ("value", "Value.of_object(5)", "int is no object that a Value can hold", "def main() -> int:\n    Value.of_object(5)\n    return 0"),
    ("builtin", "__import__", "`__import__` is not in the dialect", "def main() -> int:\n    return __import__('os')"),
    ("builtin", "callable", "`callable` is not in the dialect", "def main() -> int:\n    return callable(1)"),
    ("call", "'a'", "this is str, which cannot be called", "def main() -> int:\n    return 'a'()"),
    ("call", "TABLE[0]", "this is int, which cannot be called", "def main() -> int:\n    return TABLE[0]()"),
    ("call", "f()", "`f` cannot be called", "def main() -> int:\n    return f()\nf = [1]"),
    ("call", "None", "this is None, which cannot be called", "def main() -> int:\n    return None()"),
    ("unknown-name", "a", "`a` is defined nowhere", "def main() -> int:\n    for a.b, (c, d) in [(1, (2, 3))]:\n        return 1\n    return 0"),
    ("type-mismatch", "a", "this is int, where list[int] is needed", "def main() -> int:\n    [*a] = TABLE\n    *(a, b), c = [1, 2, 3]\n    return 0"),
    ("attribute", "TABLE.get", "`list[int]` has no field `get`", "def main() -> int:\n    return len(TABLE.get)"),
    ("builtin", "print", "`print` is not in the dialect", "def main() -> int:\n    f: Callable[[], int] = print\n    return f()"),
    ("prebuilt-type", "EMPTY", "the type of the module-level `EMPTY` (list) cannot be told from its value", "def main() -> int:\n    xs = [x for x in EMPTY]\n    return 0"),
    ("library", "sys.flags", "`flags` is an object of the standard module `sys`", "import sys\ndef main() -> int:\n    x = sys.maxsize\n    y = sys.flags\n    return 0"),
    ("builtin", "f", "`f` is not in the dialect", "class A:\n    def __call__(self) -> int:\n        return 1\nf = A()\ndef main() -> int:\n    return f()"),
    ("no-source", "", "refused.A is not a class that the translator can read", "A = type('A', (), {})\ndef main() -> int:\n    A()\n    return 0"),
    ("type-arguments", "f(None)", "the type arguments of `f` cannot be told from this call", "def f(x: T | None) -> list[T]:\n    return []\ndef main() -> int:\n    return len(f(None))"),
    ("no-source", "", "the source of a lambda of refused cannot be found", "f: Callable[[], int] = eval('lambda: 1')\ndef main() -> int:\n    return f()"),
    ("jit-driver", "d.go()", "a JitDriver has no `go`", "from tracewright.core.vm_stack import VMStack\nfrom tracewright.hints import GuestCode, JitDriver\ndef where(code: GuestCode, pc: int) -> str:\n    return ''\nd = JitDriver(greens=('code', 'pc'), reds=('stack', 'base', 'bottom'), location=where)\ndef main() -> int:\n    d.go()\n    return 0"),
    ("jit-driver", "d.can_enter_jit(", "`can_enter_jit` takes code, pc, stack, base, bottom: `bottom` is missing", "from tracewright.core.vm_stack import VMStack\nfrom tracewright.hints import GuestCode, JitDriver\ndef where(code: GuestCode, pc: int) -> str:\n    return ''\nd = JitDriver(greens=('code', 'pc'), reds=('stack', 'base', 'bottom'), location=where)\ndef run(code: GuestCode, stack: VMStack, base: int) -> int:\n    pc, bottom = 0, 0\n    while True:\n        d.jit_merge_point(code=code, pc=pc, stack=stack, base=base, bottom=bottom)\n        d.can_enter_jit(code=code, pc=pc, stack=stack, base=base)\ndef main() -> int:\n    return run(GuestCode(1), VMStack(9), 0)"),
    ("jit-driver", "pc + 1", "`pc` of `can_enter_jit` must be a local variable", "from tracewright.core.vm_stack import VMStack\nfrom tracewright.hints import GuestCode, JitDriver\ndef where(code: GuestCode, pc: int) -> str:\n    return ''\nd = JitDriver(greens=('code', 'pc'), reds=('stack', 'base', 'bottom'), location=where)\ndef run(code: GuestCode, stack: VMStack, base: int) -> int:\n    pc, bottom = 0, 0\n    while True:\n        d.jit_merge_point(code=code, pc=pc, stack=stack, base=base, bottom=bottom)\n        d.can_enter_jit(code=code, pc=pc + 1, stack=stack, base=base, bottom=bottom)\ndef main() -> int:\n    return run(GuestCode(1), VMStack(9), 0)"),
    ("no-source", "", "the source of outer.<locals>.made cannot be found", "exec('def outer(a):\\n    def made() -> int:\\n        return a\\n    return made')\nMADE: Callable[[], int] = globals()['outer'](1)\ndef main() -> int:\n    return MADE()"),
    ("no-source", "", "the source of refused.made cannot be found as a plain function of its module", "exec('def made() -> int:\\n    return 1')\ndef main() -> int:\n    return made()"),
    ("capture", "except", "ends with its clause", "def main() -> int:\n    try:\n        return TABLE[5]\n    except IndexError as e:\n        f: Callable[[], str] = lambda: str(e)\n        return len(f())"),
]  # fmt: skip


@pytest.mark.filterwarnings("ignore::SyntaxWarning")  # of Python itself, about calls of what cannot be called
@pytest.mark.parametrize(("code", "place", "message", "source"), REFUSED, ids=lambda value: value[:30])
def test_refused(code: str, place: str, message: str, source: str, tmp_path: Path) -> None:
    module = module_from_text("refused", HEAD + textwrap.dedent(source) + "\n", tmp_path)
    with pytest.raises(DialectErrors) as caught:
        translate(module.main)
    error = caught.value.errors[0]
    assert (error.code, message in error.message) == (code, True), error.render()
    if not place:  # what has no source has no place in it
        return
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


@pytest.mark.filterwarnings("ignore::SyntaxWarning")  # of Python itself, about two of the mistakes
def test_every_refusal_has_a_case(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    recorder = Recorder(monkeypatch)
    monkeypatch.chdir(MISTAKES)
    for path in sorted(MISTAKES.glob("*.py")):
        findings = check_file(str(path), cached=False)
        recorder.reported.update((each.code, each.message) for each in findings.errors)
    for *_, source in REFUSED:
        with pytest.raises(DialectErrors) as caught:
            translate(module_from_text("refused", HEAD + source + "\n", tmp_path).main)
        recorder.reported.update((each.code, each.message) for each in caught.value.errors)
    missing = [
        shown(site)
        for site in refusals()
        if not recorder.reached(site) and shown(site, by_code=True) not in NOT_BY_AUTHORS
    ]
    assert not missing, "no case reaches " + ", ".join(missing)
