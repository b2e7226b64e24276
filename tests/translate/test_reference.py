"""The dialect's page is made where it can be: what operations, functions, methods and exceptions there are; and its examples run.

`--update-golden` writes the tables. What an operation is defined for is found by asking the translator.
"""

import builtins
import re
from pathlib import Path
from types import BuiltinFunctionType, BuiltinMethodType

import pytest

from tracewright.lib import byte_strings, strings
from tracewright.lib.byte_arrays import ByteArray
from tracewright.lib.dicts import Dict
from tracewright.lib.lists import List
from tracewright.lib.sets import Set
from tracewright.translate.flow.types import FLOAT, INT
from tracewright.translate.infer import advice, builtin_calls, calls, number_calls
from tracewright.translate.infer.type_table import BUILTIN_EXCEPTIONS
from tracewright.translate.survey import survey
from tracewright_testing.native_programs import load, module_from_text, run_hosted, run_native

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "framework" / "tracewright" / "translate" / "README.md"
HEAD = "<!-- made by tests/translate/test_reference.py -->\n"
END = "<!-- end of what is made -->\n"

SETTING = """
from __future__ import annotations
from enum import Enum
from typing import NamedTuple
from tracewright.core.arrays import Array

class Color(Enum):
    RED = 1

class Point(NamedTuple):
    x: int
    y: int

class Node:
    pass
"""

# Each: how it is shown, its annotation, an index or key, an item.
TYPES = (
    ("int", "int", "0", "1"),
    ("float", "float", "0", "1"),
    ("bool", "bool", "0", "1"),
    ("str", "str", "0", "'a'"),
    ("bytes", "bytes", "0", "1"),
    ("bytearray", "bytearray", "0", "1"),
    ("list", "list[int]", "0", "1"),
    ("dict", "dict[str, int]", "'k'", "'k'"),
    ("set", "set[int]", "0", "1"),
    ("tuple", "tuple[int, int]", "0", "1"),
    ("NamedTuple", "Point", "0", "1"),
    ("Array", "Array[int]", "0", "1"),
    ("Enum", "Color", "0", "1"),
    ("a class", "Node", "0", "1"),
    ("`int \\| None`", "int | None", "0", "1"),
)
OPERATIONS = (
    "x + y", "x - y", "x * y", "x * 2", "x / y", "x // y", "x % y", "x ** 2", "x << y", "x & y", "x | y", "x ^ y", "-x", "~x",
    "x == y", "x < y", "x is y", "ITEM in x", "x[KEY]", "x[0:1]", "x[::2]", "x[KEY] = 1", "x[0:1] = y", "x[::2] = y",
    "del x[KEY]", "x += y", "for item in x: item", "list(x)", "len(x)", "if x: pass", "str(x)", "repr(x)",
    'f"{x:>8}"', "{x: 1}", "hash(x)", "[*x]", "(*x, 1)", "{**x}", "a, b = x", "sum(x)", "max(x)", "sorted(x)",
)  # fmt: skip


def made(path: Path) -> str:
    """All tables."""
    parts = [_operations(path), _functions(), _methods(), _exceptions()]
    return HEAD + "\n".join(parts) + END


def _operations(path: Path) -> str:
    """Which types have which operation: one function for each pair, and the translator says which it refuses."""
    lines = SETTING.splitlines()
    first_lines = {}
    for row, operation in enumerate(OPERATIONS):
        for column, (_, annotation, key, item) in enumerate(TYPES):
            body = operation.replace("KEY", key).replace("ITEM", item)
            first_lines[len(lines) + 1] = operation, column
            lines += [f"def f_{row}_{column}(x: {annotation}, y: {annotation}) -> None:", f"    {body}"]
    module = module_from_text("operations_of_types", "\n".join(lines) + "\n", path)
    refused = {
        first_lines.get(error.span.line, first_lines.get(error.span.line - 1)) for error in survey([module]).errors
    }
    assert None not in refused
    rows = [
        f"| `{operation.replace('KEY', 'k').replace('ITEM', 'a').replace('|', chr(92) + '|')}` | "
        + ", ".join(each[0] for column, each in enumerate(TYPES) if (operation, column) not in refused)
        + " |"
        for operation in OPERATIONS
    ]
    head = "Operations, for `x` and `y` of one type:\n\n| operation | types |\n| --- | --- |\n"
    return head + "\n".join(rows) + "\n"


def _functions() -> str:
    found = {name: each for name, each in vars(builtins).items() if isinstance(each, (type, BuiltinFunctionType))}
    known = {name for name, each in found.items() if each in builtin_calls.BUILTINS} | {"super"}
    methods = sorted(f"{cls}.{name}" for cls, name in _class_methods())
    rows = "\n".join(f"| `{name}` | {help} |" for name, help in sorted(advice.BUILTINS.items()) if name not in known)
    return (
        f"Built-in functions and types: `{' '.join(sorted(known))}`, and `{' '.join(methods)}`. Not in the dialect:\n\n"
        f"| function | instead |\n| --- | --- |\n{rows}\n"
    )


def _class_methods() -> set[tuple[str, str]]:
    """Those of built-in types that the dialect has."""
    found = (*builtin_calls.BUILTINS, *calls.LIBRARY_FUNCTIONS)
    methods = [each for each in found if isinstance(each, BuiltinMethodType)]
    return {(each.__self__.__name__, each.__name__) for each in methods if isinstance(each.__self__, type)}


def _methods() -> str:
    """What each type can do of what it can do in Python."""
    byte_methods = {name.removeprefix("bytes_") for name in byte_strings.__all__}
    kinds: tuple[tuple[type, set[str]], ...] = (
        (str, {name.removeprefix("str_") for name in strings.__all__}),
        (bytes, byte_methods),
        (bytearray, set(dir(ByteArray)) | calls.READS_AS_BYTES),
        (list, set(dir(List))),
        (tuple, set(calls.TUPLE_METHODS)),
        (dict, set(dir(Dict))),
        (set, set(dir(Set))),
        (int, {name for type, name in number_calls.METHODS if type is INT}),
        (float, {name for type, name in number_calls.METHODS if type is FLOAT}),
    )
    rows = []
    for cls, known in kinds:
        names = [name for name in dir(cls) if not name.startswith("_") and callable(getattr(cls, name))]
        here = " ".join(name for name in names if name in known)
        absent = " ".join(name for name in names if name not in known and (cls.__name__, name) not in _class_methods())
        rows.append(f"| `{cls.__name__}` | `{here}` | {f'`{absent}`' if absent else ''} |")
    return "Methods:\n\n| type | in the dialect | not in it |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n"


def _exceptions() -> str:
    return f"Built-in exceptions: `{' '.join(cls.__name__ for cls in BUILTIN_EXCEPTIONS)}`.\n"


def test_the_tables_say_what_the_translator_does(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, found, rest = page.partition(HEAD)
    table, end, after = rest.partition(END)
    assert found and end, "the page has no place for the tables"
    wanted = made(tmp_path)
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(before + wanted + after, encoding="utf-8")
    else:
        assert HEAD + table + END == wanted


def examples() -> list[str]:
    """The Python in the page: each piece is a module with a `main`."""
    return re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_there_are_examples() -> None:
    assert len(examples()) >= 7
    assert PAGE.read_text(encoding="utf-8").count("```python") == len(examples())


def test_every_example_runs_hosted_and_native(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They claim what they show by `assert`, all in one program, which says how far it came."""
    monkeypatch.syspath_prepend(str(tmp_path))
    names = [f"example_of_the_page_{number}" for number in range(len(examples()))]
    for name, text in zip(names, examples(), strict=True):
        assert "assert " in text, "an example that claims nothing cannot fail"
        tmp_path.joinpath(f"{name}.py").write_text(text, encoding="utf-8")
    imports = "".join(f"from {name} import main as {name}\n" for name in names)
    body = "".join(f"    {name}()\n    write_output(b'{name}\\n')\n" for name in names)
    program = tmp_path / "all_examples_of_the_page.py"
    head = f"from tracewright.core.system import write_output\n{imports}\n\ndef main() -> int:\n"
    program.write_text(f"{head}{body}    return 0\n", encoding="utf-8")
    hosted = run_hosted(program, [str(ROOT / "framework"), str(tmp_path)])
    native = run_native(load(program), tmp_path)
    for result in (hosted, native):
        assert (result.stdout.decode().split(), result.returncode) == (names, 0), result.stderr.decode()
