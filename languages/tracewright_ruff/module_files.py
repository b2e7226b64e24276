"""Where modules live: from the name in an `import` to a file, its syntax tree, and the names that it exports.

    import tools.text      looked for as `tools.text.ruff`, then as `tools/text.ruff`, in these folders, in this order:
        the folder of the importing module, if a module does the import
        the current folder, and `modules` in it
        the folder of the program, and the one above it if that is called `src`

A file is used only if it really lies in the folder: a symbolic link that leads out of it is not followed.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import canonical_path
from tracewright.core.value import Value
from tracewright.guest.sources import read_source
from tracewright_ruff.diagnostics import Diagnostic
from tracewright_ruff.parser import parse
from tracewright_ruff.session import Namespace, Session, W_Object
from tracewright_ruff.syntax import EnumDeclaration, Export, Program, StructDeclaration
from tracewright_ruff.syntax_questions import declared_names

MAXIMUM_SOURCE_BYTES: Final = 1_048_576
SUFFIX: Final = ".ruff"


@final
class ModuleSource:
    """The text of a module's file, parsed. The program is only to be used where there are no diagnostics."""

    def __init__(self, text: str, program: Program, diagnostics: list[Diagnostic]) -> None:
        self.text = text
        self.program = program
        self.diagnostics = diagnostics


@final
class W_Module(W_Object):
    """A module that has run. Guest programs see its namespace, never this object."""

    def __init__(self, name: str, exports: dict[str, Value], types: set[str], namespace: Value) -> None:
        self.name = name
        self.exports = exports
        self.types = types  # exported structs and enums, whose names are no values
        self.namespace = namespace


@final
class ModuleTable(W_Object):
    """What one run knows about modules; files are named by their canonical paths."""

    def __init__(self, program_folder: str) -> None:
        self.program_folder = program_folder  # "" where no file was run
        self.sources: dict[str, ModuleSource] = {}
        self.loaded: dict[str, W_Module] = {}
        self.found: dict[tuple[str, str], str] = {}  # the file of a module that is loaded, by importing folder and name
        self.loading: list[str] = []  # files of the modules that are running their top level, outermost first
        self.loading_names: list[str] = []  # the names they were imported by


def module_table(session: Session) -> ModuleTable:
    """The table of this run, made when first asked for."""
    table = session.modules
    if isinstance(table, ModuleTable):
        return table
    fresh = ModuleTable("")
    session.modules = fresh
    return fresh


# --- finding ---------------------------------------------------------------------------------------------------------
def folder_of(path: str) -> str:
    """The folder that a file lies in, as written in its path; "." where the path has none."""
    end = path.rfind("/")
    return "." if end < 0 else "/" if end == 0 else path[:end]


def find_module(session: Session, namespace: Namespace, name: str) -> str:
    """The canonical path of the module that code of `namespace` means by a (dotted) name; "" if there is none."""
    for root in _roots(module_table(session), namespace):
        found = _module_in(root, name)
        if found != "":
            return found
    return ""


def _roots(table: ModuleTable, namespace: Namespace) -> list[str]:
    roots: list[str] = []
    if namespace.directory != "":
        roots.append(namespace.directory)
    roots.append(".")
    roots.append("./modules")
    if table.program_folder != "":
        roots.append(table.program_folder)
        real = _canonical(table.program_folder)
        if real.endswith("/src"):
            roots.append(folder_of(real))
    return roots


def _module_in(root: str, name: str) -> str:
    folder = _canonical(root)
    if folder == "":
        return ""
    inside = folder if folder.endswith("/") else folder + "/"
    for candidate in (name, name.replace(".", "/")):
        path = _canonical(inside + candidate + SUFFIX)
        if path.startswith(inside):
            return path
    return ""


def _canonical(path: str) -> str:
    try:
        return canonical_path(path.encode()).decode()
    except (OSError, UnicodeDecodeError):
        return ""


# --- reading ---------------------------------------------------------------------------------------------------------
def read_module(session: Session, path: str) -> ModuleSource:
    """The module's file, read again and, if its text is another than last time, parsed again. Raises UnreadableSource."""
    table = module_table(session)
    text = read_source(path.encode(), MAXIMUM_SOURCE_BYTES)
    known = table.sources.get(path)
    if known is not None and known.text == text:
        return known
    result = parse(text)
    source = ModuleSource(text, result.program, result.diagnostics)
    table.sources[path] = source
    return source


def exported_names(program: Program) -> list[str]:
    """The names of values declared under `export`, in order, each once."""
    names: list[str] = []
    for statement in program.statements:
        if isinstance(statement, Export):
            for name in declared_names(statement):
                if name not in names:
                    names.append(name)
    return names


def exported_types(program: Program) -> set[str]:
    """The names of structs and enums declared under `export`; they are no values."""
    names: set[str] = set()
    for statement in program.statements:
        if isinstance(statement, Export):
            match statement.statement:
                case StructDeclaration(name=name):
                    names.add(name)
                case EnumDeclaration(name=name):
                    names.add(name)
    return names
