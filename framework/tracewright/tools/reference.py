"""The reference of the author's interface, made from the sources: `python -m tracewright.tools.reference` writes it anew.

Of each module: what its docstring says first and its example; of each public function, class and method the signature and the
docstring. A test compares the page with the sources, so whoever changes an interface runs this again.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
PAGE: Final = ROOT / "languages" / "reference.md"
PACKAGE: Final = ROOT / "framework" / "tracewright"

# What an author imports, by chapter; `guest` is there whole.
CHAPTERS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("The JIT", ("hints",)),
    ("Values, the stack, arrays", ("core/value", "core/vm_stack", "core/arrays", "core/cast")),
    ("Numbers, the system, generic code", ("core/integers", "core/mathematics", "core/system", "core/generic")),
    ("What every guest language needs", ("guest/*",)),
    (
        "The library",
        (
            "lib/array_tools",
            "lib/builder",
            "lib/float_parse",
            "lib/float_text",
            "lib/float_format",
            "lib/numbers",
            "lib/big_integers",
            "lib/big_integers_quotients",
            "lib/big_integers_bits",
            "lib/big_integers_powers",
            "lib/big_integers_text",
            "lib/big_integers_floats",
            "lib/unicode_tables",
            "lib/code_points",
            "lib/utf8",
        ),
    ),
)
HEAD: Final = """\
# The author's interface

What an interpreter may import, from the sources: signatures, and what they say of themselves. (`str`, `list`, `dict` and the rest of the
dialect are in [its own page](../framework/tracewright/translate/README.md).) Made by `python -m tracewright.tools.reference`; a test keeps it
fresh. Classes that are `@final` have no subclasses; the others may. [Writing a language](README.md) is the guide, [the cookbook](cookbook.md) shows
what each hint does to a trace.
"""
# Special methods that are used as operators: how their use is written.
OPERATORS: Final = {"__getitem__": "[...]", "__setitem__": "[...] = ...", "__len__": "len()", "__iter__": "for"}


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for title, patterns in CHAPTERS:
        parts.append(f"\n## {title}\n")
        for pattern in patterns:
            for path in sorted(PACKAGE.glob(f"{pattern}.py")):
                if path.stem != "__init__":
                    parts.extend(_module(path))
    return "".join(parts)


def _module(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    yield f"\n### `{name}`\n\n{_opening(ast.get_docstring(tree) or '')}"
    rows = list(_rows(tree))
    if rows:
        yield "\n| | |\n| --- | --- |\n"
        yield from (f"| {what} | {says} |\n" for what, says in rows if says)
        plain = [what for what, says in rows if not says]
        if plain:
            yield f"| what their names say | {', '.join(plain)} |\n"


def _opening(docstring: str) -> str:
    """Its paragraphs; indented ones are the example."""
    text = ""
    for paragraph in docstring.split("\n\n"):
        if paragraph.startswith("    "):
            lines = [line.removeprefix("    ") for line in paragraph.strip("\n").splitlines()]
            text += "```\n" + "\n".join(lines) + "\n```\n\n"
        else:
            text += paragraph + "\n\n"
    return text.replace("```\n\n```\n", "\n").rstrip("\n") + "\n"


def _rows(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What is public in a module, with what is said of it."""
    constants = [name for node in tree.body for name in _constants(node) if len(name) > 1]  # not type variables
    if constants:
        yield "constants", ", ".join(f"`{name}`" for name in constants)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"`{_cell(node.name + _signature(node, False))}`", _said(node)
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _class_rows(node)


def _constants(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and not node.target.id.startswith("_"):
        yield node.target.id
    elif isinstance(node, ast.Assign):
        yield from (
            target.id
            for target in node.targets
            if isinstance(target, ast.Name) and target.id.isupper() and target.id[0] != "_"
        )


def _class_rows(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
    bases = [ast.unparse(base) for base in node.bases]
    given = _signature(methods["__init__"], True).partition(" -> ")[0] if "__init__" in methods else _fields(node)
    kind = f" : {', '.join(bases)}" if bases else ""
    yield f"**`{_cell(node.name + given + kind)}`**", _said(node)
    attributes = [f"`{_cell(name)}`" for name in _attributes(methods.get("__init__"))]
    if attributes:
        yield f"`{node.name}` has", ", ".join(attributes)
    for name, method in methods.items():
        if name in OPERATORS:
            yield f"`{node.name}` {OPERATORS[name]}", _said(method)
        elif not name.startswith("_"):
            yield f"`{_cell(f'{node.name}.{name}{_signature(method, not _is_static(method))}')}`", _said(method)


def _fields(node: ast.ClassDef) -> str:
    """The constructor of a dataclass or named tuple, from its fields."""
    fields = [
        f"{each.target.id}: {ast.unparse(each.annotation)}"
        for each in node.body
        if isinstance(each, ast.AnnAssign)
        and isinstance(each.target, ast.Name)
        and "ClassVar" not in ast.unparse(each.annotation)
    ]
    return f"({', '.join(fields)})" if fields else ""


def _attributes(init: ast.FunctionDef | None) -> list[str]:
    """Public fields that a constructor sets."""
    if init is None:
        return []
    found: dict[str, None] = {}
    for node in ast.walk(init):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(each, ast.Attribute) and not each.attr.startswith("_"):
                    found[each.attr] = None
    return list(found)


def _is_static(method: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator) == "staticmethod" for decorator in method.decorator_list)


def _signature(node: ast.FunctionDef, is_method: bool) -> str:
    arguments = ast.parse(ast.unparse(node.args).join(("def f(", "): pass"))).body[0]
    assert isinstance(arguments, ast.FunctionDef)
    if is_method and arguments.args.args:
        del arguments.args.args[0]
    result = "" if node.returns is None or ast.unparse(node.returns) == "None" else f" -> {ast.unparse(node.returns)}"
    return f"({ast.unparse(arguments.args)}){result}"


def _said(node: ast.FunctionDef | ast.ClassDef) -> str:
    """Its docstring without examples, and the hints it carries."""
    paragraphs = (ast.get_docstring(node) or "").split("\n\n")
    paragraph = " ".join(each for each in paragraphs if not each.startswith("    "))
    hints = [ast.unparse(each) for each in node.decorator_list]
    marks = [f"`@{hint}`" for hint in hints if hint in ("elidable", "dont_look_inside", "unroll_safe", "final")]
    return _cell(" ".join([*paragraph.split(), *([f"({', '.join(marks)})"] if marks else [])]))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
