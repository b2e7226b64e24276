"""Source text of the modules being translated: each is parsed once; names resolve to the objects the import left behind."""

from __future__ import annotations

import ast
import builtins
import dataclasses
import importlib
import linecache
import re
import sys
import types
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import FunctionType as PythonFunction
from types import ModuleType
from typing import Final, TypeVar, final

from tracewright.core.errors import DialectError, Label
from tracewright.core.source_span import NOWHERE, SourceSpan
from tracewright.translate.infer.advice import MODULES, standard_module
from tracewright.translate.infer.generated import GENERATED, source_of

T = TypeVar("T")


class Missing:
    """The answer for a name that does not exist (None is a value)."""


MISSING: Final = Missing()
_MANGLED: Final = re.compile(r"\b__(?!\w*__\b)\w")


def is_lambda(value: object) -> bool:
    """Whether this is a lambda among the module-level objects: its types come from where it stands."""
    return isinstance(value, PythonFunction) and value.__name__ == "<lambda>"


class Doubtful(Exception):
    """Something is used whose own error has been reported already: there is nothing more to say."""


@final
@dataclass(eq=False, slots=True)
class ModuleSource:
    """One module: its tree, and where its functions, classes and declared names are."""

    name: str
    path: str
    module: ModuleType
    tree: ast.Module
    functions: dict[tuple[str, int], ast.FunctionDef] = field(default_factory=dict)
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    annotations: dict[str, ast.expr] = field(default_factory=dict)
    assignments: dict[str, ast.expr] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)
    may_mangle: bool = False  # its text has a word like `__private`, which Python renames inside classes
    taken: dict[str, object] = field(default_factory=dict)  # by a function made while the module was imported

    def span(self, node: ast.AST) -> SourceSpan:
        """Where the node stands; nodes made by the translator itself have no place."""
        line = getattr(node, "lineno", None)
        if line is None:
            return NOWHERE
        column: int = getattr(node, "col_offset", 0)
        end_line: int = getattr(node, "end_lineno", line)
        end_column: int = getattr(node, "end_col_offset", column)
        return SourceSpan(self.path, line, column + 1, end_line, end_column + 1)

    def place(self, node: ast.AST) -> SourceSpan:
        """Where a reader should look: of a definition or compound statement the head only; columns count characters."""
        return _in_characters(head_span(self.span(node), node))

    def label(self, node: ast.AST, text: str) -> Label:
        return Label(self.place(node), text)

    def error(self, node: ast.AST, code: str, message: str, help: str = "", label: str = "") -> DialectError:
        return DialectError(code, message, [Label(self.place(node), label)], help)

    def lookup(self, name: str) -> object:
        """What a module-level name means here: a global, a name imported for type checking only, or a builtin."""
        if name in self.taken:
            return self.taken[name]
        found = self.module.__dict__.get(name, MISSING)
        if found is not MISSING:
            return found
        if name in self.imported:
            module, attribute = self.imported[name]
            try:
                return _import(module, attribute)
            except Exception as error:  # whatever the body of a module raises that only type checkers have read so far
                raise self._cannot_import(module, error) from None
        return getattr(builtins, name, MISSING)

    def _cannot_import(self, module: str, error: Exception) -> DialectError:
        statements = [node for node in ast.walk(self.tree) if isinstance(node, ast.ImportFrom | ast.Import)]
        named = [
            node
            for node in statements
            if (_absolute(self, node) if isinstance(node, ast.ImportFrom) else node.names[0].name) == module
        ]
        message = f"`{module}` cannot be imported: {type(error).__name__}: {error}"
        help = "what is imported for types only must be there as well: the translator reads the classes"
        return self.error((named or statements)[0], "import", message, help)


@final
class Sources:
    """The modules read so far, by name."""

    def __init__(self) -> None:
        self.modules: dict[str, ModuleSource] = {}

    def module(self, name: str) -> ModuleSource:
        source = self.modules.get(name)
        if source is None:
            source = self.modules[name] = _read(name)
        return source

    def of_function(self, function: PythonFunction) -> tuple[ModuleSource, ast.FunctionDef]:
        """The module and the definition of a function."""
        source = self.module(function.__module__)
        written = function.__code__.co_qualname  # its own name: a decorator may have given it another function's
        found = source.functions.get((written, function.__code__.co_firstlineno))
        if found is None:  # the file was edited since the import
            same_name = [node for (name, _), node in source.functions.items() if name == written]
            found = same_name[0] if len(same_name) == 1 else None
        if found is None and function.__code__.co_filename != source.path:
            found = self._generated(source, function)
        if found is None and "<locals>" in written and not standard_module(function.__globals__["__name__"]):
            return self._made_by_import(function)
        if found is None:
            self._refuse_coroutine(source, function)
            self._refuse_wrapped(source, function)
            name = f"{function.__module__}.{function.__qualname__}"
            place = SourceSpan(source.path, function.__code__.co_firstlineno, 1, 0, 0)
            raise DialectError(
                "no-source",
                f"the source of {name} cannot be found as a plain function of its module",
                [Label(place, "")],
                "write it as a `def` at module or class level",
            )
        return source, found

    def _made_by_import(self, function: PythonFunction) -> tuple[ModuleSource, ast.FunctionDef]:
        """A function made inside another one while the module was imported."""
        code = function.__code__
        source = self.module(function.__globals__["__name__"])
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef) and node.name == code.co_name:
                if min([node.lineno, *(each.lineno for each in node.decorator_list)]) == code.co_firstlineno:
                    _refuse_rebinding(source, node)
                    return _around(source, function), node
        place = SourceSpan(source.path, code.co_firstlineno, 1, 0, 0)
        raise DialectError("no-source", f"the source of {code.co_qualname} cannot be found", [Label(place, "")])

    def of_lambda(self, function: PythonFunction) -> tuple[ModuleSource, ast.Lambda]:
        """The module and the expression of a lambda that the import has evaluated."""
        source = self.module(function.__module__)
        code = function.__code__
        places = [(line, column) for line, _, column, _ in code.co_positions() if line is not None and column]
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Lambda) and places and (node.body.lineno, node.body.col_offset) == min(places):
                if node.args.defaults:
                    message = "a lambda among module-level objects has no defaults"
                    raise source.error(node, "lambda", message, "write a `def` at module level")
                return _around(source, function), node
        place = SourceSpan(source.path, code.co_firstlineno, 1, 0, 0)
        message = f"the source of a lambda of {source.name} cannot be found"
        raise DialectError("no-source", message, [Label(place, "")], "write a `def` at module level")

    def _generated(self, source: ModuleSource, function: PythonFunction) -> ast.FunctionDef | None:
        """A method that `@dataclass` wrote."""
        owner, _, name = function.__qualname__.rpartition(".")
        cls: object = source.module
        for part in owner.split("."):
            cls = getattr(cls, part, None)
        if not isinstance(cls, type) or owner not in source.classes or name not in GENERATED:
            return None
        found = source_of(cls, name, source.classes[owner])
        source.functions[function.__qualname__, function.__code__.co_firstlineno] = found
        return found

    def _refuse_coroutine(self, source: ModuleSource, function: PythonFunction) -> None:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.AsyncFunctionDef) and node.name == function.__name__:
                raise source.error(node, "async", "`async def` is not in the dialect", "use ordinary calls")

    def _refuse_wrapped(self, source: ModuleSource, function: PythonFunction) -> None:
        for (name, _), node in source.functions.items():
            if name == function.__qualname__ and node.decorator_list:
                module = function.__globals__["__name__"]
                message = f"`{node.name}` is wrapped by a decorator of `{module}`"
                help = MODULES.get(standard_module(module), "what the decorator does, do where the function is called")
                raise source.error(node.decorator_list[0], "decorator", message, help)

    def of_class(self, cls: type) -> tuple[ModuleSource, ast.ClassDef] | None:
        """The module and the definition of a class, or None where it has none."""
        if cls.__module__ == "builtins":
            return None
        source = self.module(cls.__module__)
        node = source.classes.get(cls.__qualname__)
        return None if node is None else (source, node)

    def declaration(self, source: ModuleSource, name: str) -> tuple[ModuleSource, ast.expr] | None:
        """The declared type of a module-level name, followed through imports to the module that defines it."""
        for _ in range(8):
            if name in source.annotations:
                return source, source.annotations[name]
            if name not in source.imported:
                return None
            module, attribute = source.imported[name]
            if not attribute:
                return None
            source, name = self.module(module), attribute
        return None

    def alias(self, source: ModuleSource, name: str) -> tuple[ModuleSource, ast.expr] | None:
        """The right side of the module-level assignment to `name`, followed through imports (for type aliases)."""
        for _ in range(8):
            if name in source.assignments:
                return source, source.assignments[name]
            if name not in source.imported or not source.imported[name][1]:
                return None
            module, name = source.imported[name]
            source = self.module(module)
        return None


_KEYWORDS: Final[dict[type, str]] = {
    ast.FunctionDef: "def ",
    ast.AsyncFunctionDef: "async def ",
    ast.ClassDef: "class ",
    ast.If: "if",
    ast.While: "while",
    ast.For: "for",
    ast.Try: "try",
    ast.TryStar: "try",
    ast.With: "with",
    ast.Match: "match",
    ast.AsyncFor: "async for",
    ast.AsyncWith: "async with",
}


def head_span(span: SourceSpan, node: ast.AST) -> SourceSpan:
    """The keyword, and the name where there is one, of what spans many lines."""
    keyword = _KEYWORDS.get(type(node))
    if keyword is None or span.line < 1:
        return span
    name: str = getattr(node, "name", "")
    return SourceSpan(span.path, span.line, span.column, span.line, span.column + len(keyword) + len(name))


def _in_characters(span: SourceSpan) -> SourceSpan:
    """The parser counts the bytes of a line's UTF-8 form; readers count characters."""
    line = linecache.getline(span.path, span.line)
    if line.isascii():
        return span
    last = linecache.getline(span.path, span.end_line)
    column = len(line.encode()[: span.column - 1].decode(errors="replace")) + 1
    end_column = len(last.encode()[: span.end_column - 1].decode(errors="replace")) + 1
    return SourceSpan(span.path, span.line, column, span.end_line, end_column)


def _around(source: ModuleSource, function: PythonFunction) -> ModuleSource:
    """What a function made by the import sees: what it takes along is constant by now, and hides names of the module."""
    code = function.__code__
    cells = dict(zip(code.co_freevars, function.__closure__ or (), strict=True))
    if not cells:
        return source
    declared: dict[str, ast.expr] = {}
    for node in ast.walk(source.tree):  # outer functions before inner ones
        if isinstance(node, ast.FunctionDef) and node.lineno < code.co_firstlineno <= (node.end_lineno or 0):
            for each in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]:
                if each.arg in cells and each.annotation is not None and not _is_generic(source, each.annotation):
                    declared[each.arg] = each.annotation
    return dataclasses.replace(
        source,
        annotations={**_without(source.annotations, cells), **declared},
        assignments=_without(source.assignments, cells),
        imported=_without(source.imported, cells),
        taken={name: cell.cell_contents for name, cell in cells.items() if cell != types.CellType()},  # not empty
    )


def _is_generic(source: ModuleSource, annotation: ast.expr) -> bool:
    names = [node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)]
    return any(isinstance(source.lookup(name), TypeVar) for name in names)


def _without(table: dict[str, T], names: Iterable[str]) -> dict[str, T]:
    return {name: found for name, found in table.items() if name not in names}


def _refuse_rebinding(source: ModuleSource, node: ast.FunctionDef) -> None:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Nonlocal):
            message = f"`{inner.names[0]}` belongs to a function that ran when the module was imported"
            raise source.error(inner, "nonlocal", message, "keep the state in a field of an object")


def _import(module: str, attribute: str) -> object:
    imported = importlib.import_module(module)
    if not attribute:
        return imported
    found = getattr(imported, attribute, MISSING)
    if found is MISSING and hasattr(imported, "__path__"):
        return importlib.import_module(f"{module}.{attribute}")
    return found


def _read(name: str) -> ModuleSource:
    module = sys.modules.get(name) or importlib.import_module(name)
    path = getattr(module, "__file__", None)
    if path is None:
        return ModuleSource(name, f"<{name}>", module, ast.Module([], []))
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    tree = ast.parse(text, path)
    source = ModuleSource(name, path, module, tree, may_mangle=_MANGLED.search(text) is not None)
    _index(source, tree.body, "")
    return source


def _index(source: ModuleSource, body: list[ast.stmt], prefix: str) -> None:
    for statement in body:
        match statement:
            case ast.FunctionDef():
                line = min([statement.lineno, *(decorator.lineno for decorator in statement.decorator_list)])
                source.functions[prefix + statement.name, line] = statement
            case ast.ClassDef():
                source.classes[prefix + statement.name] = statement
                _index(source, statement.body, f"{prefix}{statement.name}.")
            case ast.If() | ast.Try():
                _index(source, statement.body, prefix)
                _index(source, statement.orelse, prefix)
            case ast.ImportFrom() if not prefix:
                module = _absolute(source, statement)
                for alias in statement.names:
                    source.imported[alias.asname or alias.name] = (module, alias.name)
            case ast.Import() if not prefix:
                for alias in statement.names:
                    source.imported[alias.asname or alias.name.partition(".")[0]] = (
                        alias.name if alias.asname else alias.name.partition(".")[0],
                        "",
                    )
            case ast.AnnAssign(target=ast.Name(id=target)) if not prefix:
                source.annotations[target] = statement.annotation
                if statement.value is not None:
                    source.assignments[target] = statement.value
            case ast.Assign(targets=[ast.Name(id=target)]) if not prefix:
                source.assignments[target] = statement.value
            case _:
                pass


def _absolute(source: ModuleSource, statement: ast.ImportFrom) -> str:
    if not statement.level:
        return statement.module or ""
    package = source.name.split(".")
    if not getattr(source.module, "__path__", None):
        package = package[:-1]
    package = package[: len(package) - statement.level + 1]
    return ".".join([*package, *([statement.module] if statement.module else [])])
