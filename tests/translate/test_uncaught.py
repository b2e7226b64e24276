"""`check` warns of built-in exceptions that can leave `main`: at the right places, and not where they cannot."""

import importlib
import re
from pathlib import Path

import pytest

import tracewright_tutorial
from tracewright.tools.modules import import_file
from tracewright.translate.emit_c.cache import cache_directory
from tracewright.translate.survey import survey

HEAD = "from collections.abc import Callable\nfrom tracewright.core.integers import ovf_add\nfrom tracewright.core.system import read_file\n"
MAIN = "\ndef main() -> int:\n    return f({}, 'k', 3, 1.5)\n"
SIGNATURE = "def f(table: dict[str, int], text: str, number: int, real: float) -> int:\n"
# Bodies of `f`; in a line with `# KeyError` or the like such a warning belongs.
BODIES = {
    "lookup": "    return table[text]  # KeyError",
    "deletion": "    del table[text]  # KeyError\n    return 0",
    "pop": "    return table.pop(text)  # KeyError",
    "asked first": "    if text in table:\n        return table[text]\n    return 0",
    "asked for the opposite": "    if text not in table:\n        return 0\n    return table[text]",
    "put in where it was missing": "    if text not in table:\n        table[text] = 1\n    return table[text]",
    "asked about another": "    if text in table:\n        return table[text + '!']  # KeyError\n    return 0",
    "asked too late": "    x = table[text]  # KeyError\n    return x if text in table else 0",
    "text of a number": "    return int(text)  # ValueError OverflowError",
    "text of a float": "    return 1 if float(text) > 0.0 else 0  # ValueError",
    "one of two is caught": "    try:\n        return int(text)  # OverflowError\n    except ValueError:\n        return 0",
    "both are caught": "    try:\n        return int(text)\n    except (ValueError, OverflowError):\n        return 0",
    "a class above is caught": "    try:\n        return table[text]\n    except LookupError:\n        return 0",
    "all is caught": "    try:\n        return table[text]\n    except Exception:\n        return 0",
    "caught and raised again": "    try:\n        return table[text]  # KeyError\n    except KeyError:\n        raise",
    "through finally": "    try:\n        return table[text]  # KeyError\n    finally:\n        table.clear()",
    "returned in finally": "    try:\n        return table[text]\n    finally:\n        return 0  # noqa",
    "raised in the handler": "    try:\n        return table[text]\n    except KeyError:\n        return table['x']  # KeyError",
    "of the outer try": "    try:\n        try:\n            return table[text]\n        finally:\n            table.clear()\n"
    "    except KeyError:\n        return 0",
    "division": "    return 7 // number  # ZeroDivisionError",
    "remainder": "    return 7 % number  # ZeroDivisionError",
    "float division": "    return 1 if 7.0 / real > 1.0 else 0  # ZeroDivisionError",
    "divisor asked about": "    if number == 0:\n        return 0\n    return 7 // number",
    "float divisor asked about": "    if real == 0.0:\n        return 0\n    return 1 if 7.0 / real > 1.0 else 0",
    "divisor asked about as an int": "    if number == 0:\n        return 0\n    return 1 if 7.0 / number > 1.0 else 0",
    "constant divisor": "    return number // 3",
    "checked arithmetic": "    return ovf_add(number, number)  # OverflowError",
    "checked arithmetic, caught": "    try:\n        return ovf_add(number, number)\n    except OverflowError:\n        return 0",
    "position": "    return [1, 2].index(number) + 'abc'.index(text)  # ValueError",
    "file": "    return len(read_file(b'x'))  # OSError",
    "bytes": "    return len(b'x'.decode())  # UnicodeDecodeError",
    "an explicit one": "    raise ValueError('no')  # ValueError",
    "the largest": "    return max([number for key in table])",
    "in range": "    return [1, 2][number]",
    "in a function value": "    work: Callable[[str], int] = lambda key: table[key]  # KeyError\n    return [work][number](text)",
}


def warned(text: str, folder: Path, name: str) -> set[tuple[int, str]]:
    """Line and class of each warning about the module."""
    (folder / f"{name}.py").write_text(text)
    found = survey([import_file(str(folder / f"{name}.py"))]).errors
    assert all(error.code == "uncaught" and error.severity == "warning" and error.help for error in found), found
    return {(error.labels[0].span.line, error.message.split(" ")[0]) for error in found}


@pytest.mark.parametrize("case", BODIES)
def test_a_warning_is_where_it_belongs(tmp_path: Path, case: str) -> None:
    text = HEAD + SIGNATURE + BODIES[case] + "\n" + MAIN
    expected = {
        (number, name)
        for number, line in enumerate(text.split("\n"), 1)
        for name in re.findall(r"\w+Error", line.partition("#")[2])
    }
    assert warned(text, tmp_path, "uncaught_" + re.sub(r"\W", "_", case)) == expected


def test_calls_are_followed_to_the_place(tmp_path: Path) -> None:
    """Methods, callbacks through the library, and only what `main` reaches; without a `main` nothing is a program."""
    text = """
class Shape:
    def area(self, table: dict[str, int]) -> int:
        return 0

class Square(Shape):
    def area(self, table: dict[str, int]) -> int:
        return table["x"]  # 8

def key(table: dict[str, int]) -> int:
    return table["y"]  # 11

def unreached(table: dict[str, int]) -> int:
    return table["z"]

def main() -> int:
    shapes: list[Shape] = [Square(), Shape()]
    tables: list[dict[str, int]] = [{}, {}]
    return shapes[0].area({}) + len(sorted(tables, key=key))
"""
    assert warned(text, tmp_path, "uncaught_methods") == {(8, "KeyError"), (11, "KeyError")}
    assert warned(text.replace("def main", "def other"), tmp_path, "uncaught_no_main") == set()


TARGETS = [f"tracewright_{language}.target" for language in ("moth", "lox", "forth")]
TARGETS += [
    f"tracewright_tutorial.{path.stem}" for path in sorted(Path(tracewright_tutorial.__path__[0]).glob("step*.py"))
]


@pytest.mark.parametrize("target", TARGETS)
def test_the_languages_have_none(target: str) -> None:
    assert survey([importlib.import_module(target)], kept_in=cache_directory()).errors == ()
