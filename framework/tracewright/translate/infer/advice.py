"""What the dialect has instead of the parts of Python that it leaves out: advice for the errors about them."""

from __future__ import annotations

import ast
import difflib
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

STATEMENTS: Final[dict[type, tuple[str, str]]] = {
    ast.With: ("`with`", "use `try` and `finally`"),
    ast.Global: (
        "`global`",
        "module-level names are never rebound at run time: keep the state in a field of an object",
    ),
    ast.Nonlocal: ("`nonlocal`", "keep the state in a field of an object"),
    ast.FunctionDef: (
        "a function inside a function",
        "move it to module level, with the variables it uses as parameters; or write a class with a method",
    ),
    ast.AsyncFunctionDef: ("`async def`", "use ordinary calls"),
    ast.ClassDef: ("a class inside a function", "move it to module level"),
    ast.AsyncFor: ("`async for`", "use ordinary calls"),
    ast.AsyncWith: ("`async with`", "use ordinary calls"),
    ast.Import: (
        "`import module` inside a function",
        "import it at the top; or `from module import name` here, where two modules import each other",
    ),
    ast.TryStar: ("`except*`", "there are no exception groups: use `except`"),
}

EXPRESSIONS: Final[dict[type, tuple[str, str]]] = {
    ast.Lambda: ("a lambda", "write a function at module level"),
    ast.Yield: ("`yield`", "return a list, or write a class with `__iter__` and `__next__`"),
    ast.YieldFrom: ("`yield from`", "return a list, or write a class with `__iter__` and `__next__`"),
    ast.Await: ("`await`", "use ordinary calls"),
    ast.GeneratorExp: ("a generator expression as a value", "write a list comprehension"),
    ast.Starred: ("`*` here", "write the items out"),
}

_NAMES_OF_FIELDS: Final = "fields are places in a record: write `object.name`, or keep a dict"
_NO_PYTHON_INSIDE: Final = "there is no Python inside the native program"

BUILTINS: Final[dict[str, str]] = {
    "print": "write bytes with `write_output` of tracewright.core.system",
    "open": "use `read_file` and `write_file` of tracewright.core.system",
    "input": "use `read_line` of tracewright.core.system",
    "eval": _NO_PYTHON_INSIDE,
    "exec": _NO_PYTHON_INSIDE,
    "compile": _NO_PYTHON_INSIDE,
    "__import__": _NO_PYTHON_INSIDE,
    "globals": _NO_PYTHON_INSIDE,
    "locals": _NO_PYTHON_INSIDE,
    "getattr": _NAMES_OF_FIELDS,
    "setattr": _NAMES_OF_FIELDS,
    "hasattr": "use isinstance, or a field that may be None",
    "delattr": _NAMES_OF_FIELDS,
    "vars": _NAMES_OF_FIELDS,
    "dir": _NAMES_OF_FIELDS,
    "type": "ask `isinstance(x, C)`, or give the classes a method that tells them apart",
    "issubclass": "classes are no values at run time: give them a method that tells them apart",
    "callable": "a function value is always callable; test an optional one with `is not None`",
    "id": "compare objects with `is`; a dict may have objects as keys",
    "pow": "use `int_power` of tracewright.lib.numbers, or `power` of tracewright.core.mathematics for floats",
    "format": "write an f-string",
    "frozenset": "use a set",
    "complex": "use two floats",
    "memoryview": "use bytes and slices",
    "slice": "write `x[a:b]` where it is used",
    "object": "write a class",
    "exit": "use `leave` of tracewright.core.system",
    "quit": "use `leave` of tracewright.core.system",
}

_GENERATOR: Final = (
    "generators are not in the dialect: return a list, or name the class, which has `__iter__` and `__next__`"
)
_CONTAINER: Final = "name the container that it is: list[T], dict[K, V], set[T] or Array[T]"

TYPES: Final[dict[str, str]] = {
    "Any": "every value has one machine type: use a class, `object` with isinstance, a `Value`, or a TypeVar",
    "Iterator": _GENERATOR,
    "Generator": _GENERATOR,
    "Iterable": _CONTAINER,
    "Sequence": _CONTAINER,
    "Collection": _CONTAINER,
    "Mapping": _CONTAINER,
    "MutableMapping": _CONTAINER,
    **{name: f"write `{name.lower()}[...]`" for name in ("List", "Dict", "Set", "Tuple")},
    "Self": "name the class itself",
    "Union": "use a base class, `object` and isinstance, or a `Value`; with None write `T | None`",
    "Decimal": "tracewright.lib.big_integers has long integers",
    "Path": "use bytes: `read_file` of tracewright.core.system takes them",
}

_SYSTEM: Final = (
    "tracewright.core.system has read_file, write_file, read_line, write_output, argument, environment_variable"
)
_CLOCKS: Final = "tracewright.core.system has monotonic_nanoseconds and wall_nanoseconds"
_LOOPS: Final = "write the loop; a list or dict can keep results"

MODULES: Final[dict[str, str]] = {
    "math": "tracewright.core.mathematics has sqrt, floor, ceil, sin, cos, tan, exp, log, fmod, power, is_nan",
    "cmath": "use two floats and tracewright.core.mathematics",
    "os": _SYSTEM,
    "io": _SYSTEM,
    "pathlib": _SYSTEM,
    "shutil": _SYSTEM,
    "sys": "tracewright.core.system has argument, write_output, write_error, read_line and leave",
    "argparse": "read the arguments with `argument` of tracewright.core.system",
    "logging": "use `write_error` of tracewright.core.system",
    "time": _CLOCKS,
    "datetime": _CLOCKS,
    "random": "write a generator with wrap_mul and urshift of tracewright.core.integers, seeded by wall_nanoseconds",
    "re": "write a scanner over the str; `find`, `split`, `startswith` and `isdigit` are there",
    "json": "write a parser over the str, and a printer that joins a list of pieces",
    "struct": "bits_of_float and float_of_bits of tracewright.core.integers; bytes and bytearray take ints",
    "functools": _LOOPS,
    "itertools": _LOOPS,
    "collections": "use list, dict and set; a deque is a list with a start index",
    "heapq": "write the heap over a list",
    "bisect": "write the search loop",
    "copy": "give the class a method that copies it",
    "string": "write the constants out",
    "decimal": "tracewright.lib.big_integers has long integers",
    "fractions": "tracewright.lib.big_integers has long integers",
    "threading": "a program has one thread",
    "asyncio": "a program has one thread, and ordinary calls",
    "contextlib": "use `try` and `finally`, or a class with `__enter__` and `__exit__`",
    "typing": "it says what type checkers know: where a way is never taken, `raise AssertionError`",
    "operator": "write a lambda, or the operator itself",
}


@cache
def standard_module(name: str | None) -> str:
    """The top-level module of the standard library that a module belongs to; empty for all others."""
    top = (name or "").partition(".")[0].removeprefix("_")
    if top in ("", "builtins", "main"):
        return ""
    module = sys.modules.get((name or "").partition(".")[0])
    path = getattr(module, "__file__", None)
    if path is None:
        return top if top in sys.stdlib_module_names or f"_{top}" in sys.stdlib_module_names else ""
    library = Path(sysconfig.get_path("stdlib"))
    inside = library in Path(path).parents and "site-packages" not in path
    return {"posix": "os", "nt": "os"}.get(top, top) if inside else ""


def nearest(name: str, candidates: Iterable[str]) -> str:
    """ "did you mean `x`?" for a name close to one of the candidates; empty if none is."""
    found = difflib.get_close_matches(name, [c for c in candidates if not c.startswith("__")], 1, 0.6)
    return f"did you mean `{found[0]}`?" if found else ""


# What newcomers from other languages, or from all of Python, call on the built-in types.
METHODS: Final[dict[tuple[str, str], str]] = {
    ("list", "add"): "`append` adds one item",
    ("list", "push"): "`append` adds one item",
    ("list", "size"): "use `len(items)`",
    ("list", "length"): "use `len(items)`",
    ("list", "contains"): "use `item in items`",
    ("dict", "has_key"): "use `key in table`",
    ("set", "append"): "`add` adds one item",
    ("str", "format"): "write an f-string",
    ("str", "trim"): "use `strip()`",
    ("str", "length"): "use `len(text)`",
    ("str", "size"): "use `len(text)`",
    ("str", "contains"): "use `part in text`",
    ("str", "substring"): "use a slice: `text[start:stop]`",
    ("tuple", "count"): "only tuples whose items are all of one type have it",
    ("tuple", "index"): "only tuples whose items are all of one type have it",
    ("tuple", "append"): "a tuple has a fixed length: use a list",
}
