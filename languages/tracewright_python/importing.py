"""`import`: native modules, then files and packages in the folders of `sys.path`."""

from __future__ import annotations

from tracewright.core.arrays import Array
from tracewright.core.files import FILE, FOLDER, KIND, STATUS_WORDS, file_status
from tracewright.core.system import read_file
from tracewright.core.value import Value
from tracewright.guest.frames import mark_outermost
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.access import attribute_if_any, store_attribute
from tracewright_python.arguments import NO_NAMES
from tracewright_python.bytecode import FIRST, Code
from tracewright_python.calls import run_function
from tracewright_python.conversions import required_text, values_of
from tracewright_python.cpython.finding import does_without, has_machine_code, package_folders
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, error
from tracewright_python.functions import PyFunction, PyModule
from tracewright_python.lists import NO_VALUES, as_list, as_tuple, list_of
from tracewright_python.module_cache import cached_code, keep_code, source_of
from tracewright_python.namespaces import Namespace
from tracewright_python.objects import as_py_object, as_type
from tracewright_python.session import Session
from tracewright_python.source_text import decoded
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE

LIBRARY_FIRST: list[str] = ["bisect", "collections", "functools", "heapq", "io"]
"""Native modules that are part of what the library's own have, so that those come first where they are."""
NOT_FOUND_HELP = "; the source of Python 3.11's standard library was not found: name its folder with --stdlib or TRACEWRIGHT_PYTHON_STDLIB"


def new_module(session: Session, name: str) -> PyModule:
    """An empty module, which `sys.modules` knows. Its `__spec__` comes when it is asked for."""
    namespace = Namespace(session.builtins)
    namespace.set_named("__name__", text_value(name))
    for other in ("__doc__", "__package__", "__loader__"):
        namespace.set_named(other, NONE)
    module = PyModule(namespace)
    session.modules.set_named(name, Value.of_object(module))
    return module


@dont_look_inside
def module_spec(session: Session, module: Value) -> Value:
    """`__spec__` of a module that has none yet. The library's import system, which defines what that is, is loaded for it: few programs ask."""
    thing = as_py_object(module)
    assert isinstance(thing, PyModule)
    maker = session.get_attribute(session, import_by_name(session, "_frozen_importlib"), "spec_of_module")
    spec = session.call(session, maker, [module])
    thing.namespace.set_named("__spec__", spec)
    return spec


@dont_look_inside
def import_module(session: Session, namespace: Namespace, name: str, level: Value, names: Value) -> Value:
    """The module of an import statement: the outermost package where no names are taken from it. Raises ImportError."""
    full = name if level.as_int() == 0 else relative_name(namespace, name, level.as_int())
    found = import_by_name(session, full)
    if not names.same(NONE):
        import_submodules(session, found, full, names)
        return found
    if level.as_int() != 0 and name != "":
        outermost = full[: len(full) - len(name)] + name.split(".")[0]
        return session.modules.get_named(outermost)
    return session.modules.get_named(full.split(".")[0])


def import_submodules(session: Session, module: Value, full: str, names: Value) -> None:
    """Of a package, names that are no attributes yet may be modules."""
    wanted = as_tuple(names)
    if wanted is None or attribute_if_any(session, module, "__path__").same(Value.UNDEFINED):
        return
    for item in wanted.items:
        name = required_text(item, "Item in ``from list''")
        if name == "*":
            listed = attribute_if_any(session, module, "__all__")
            if not listed.same(Value.UNDEFINED):
                for one in values_of(session, listed):
                    import_if_there(session, module, full, required_text(one, "Item in __all__"))
        else:
            import_if_there(session, module, full, name)


def import_if_there(session: Session, module: Value, full: str, name: str) -> None:
    """Load a module of a package unless the package has that name, or there is no such module."""
    if not attribute_if_any(session, module, name).same(Value.UNDEFINED):
        return
    path = f"{full}.{name}"
    if path in session.native_modules or find_file(session, path) != "":
        import_by_name(session, path)


def relative_name(namespace: Namespace, name: str, level: int) -> str:
    """The full name of `from ..name import`. Raises ImportError."""
    package = as_str(namespace.get_named("__package__"))
    parts: list[str] = []
    if package is not None and package.text() != "":
        parts = package.text().split(".")
    if len(parts) == 0:
        raise error(types.IMPORT_ERROR, "attempted relative import with no known parent package")
    if level > len(parts):
        raise error(types.IMPORT_ERROR, "attempted relative import beyond top-level package")
    parts = parts[: len(parts) - level + 1]
    if name != "":
        parts.append(name)
    return ".".join(parts)


@dont_look_inside
def import_by_name(session: Session, full: str) -> Value:
    """A module and the packages around it. Raises ImportError."""
    known = session.modules.get_named(full)
    if not known.same(Value.UNDEFINED) and not known.same(NONE):
        return known
    if full == "":
        raise error(types.VALUE_ERROR, "Empty module name")
    module = NONE
    parts = full.split(".")
    for k in range(len(parts)):
        name = ".".join(parts[: k + 1])
        known = session.modules.get_named(name)
        if known.same(NONE):
            raise module_error(f"import of {name} halted; None in sys.modules", name)
        if known.same(Value.UNDEFINED):
            known = load_module(session, name, full)
            if not module.same(NONE):
                store_attribute(session, module, parts[k], known)
        module = known
    return module


def load_module(session: Session, name: str, wanted: str) -> Value:
    """Load one module that is not there yet."""
    native = session.native_modules.get(name)
    if native is not None and not (name in LIBRARY_FIRST and session.library != ""):
        native(session)
        return session.modules.get_named(name)
    found = ask_finders(session, name, True)
    if not found.same(Value.UNDEFINED):
        return found
    if is_in_machine_code(session, name):
        return import_foreign(session, name)
    file = find_file(session, name)
    if file != "":
        return run_module_file(session, name, file)
    found = ask_finders(session, name, False)
    return namespace_package(session, name, wanted) if found.same(Value.UNDEFINED) else found


def ask_finders(session: Session, name: str, are_first: bool) -> Value:
    """What the program's finders in `sys.meta_path` load: those before the engine's own (all of them, if those are not in it), or those
    behind. UNDEFINED where none knows the module."""
    system = as_py_object(session.modules.get_named("sys"))
    listed = as_list(system.namespace.get_named("meta_path")) if isinstance(system, PyModule) else None
    if listed is None or listed.count == 0:
        return Value.UNDEFINED
    parent = name.rpartition(".")[0]
    path = NONE if parent == "" else attribute_if_any(session, session.modules.get_named(parent), "__path__")
    is_behind = False
    for finder in listed.values():
        if is_own_finder(finder):
            is_behind = True
        elif is_behind != are_first:
            ask = attribute_if_any(session, finder, "find_spec")
            if not ask.same(Value.UNDEFINED):
                spec = session.call(
                    session, ask, [text_value(name), NONE if path.same(Value.UNDEFINED) else path, NONE]
                )
                if not spec.same(NONE):
                    load = session.get_attribute(session, import_by_name(session, "importlib._bootstrap"), "_load")
                    return session.call(session, load, [spec])
    return Value.UNDEFINED


def is_own_finder(finder: Value) -> bool:
    """Whether it is one of `importlib.machinery`, which does what the engine does."""
    kind = as_type(finder)
    if kind is None:
        return False
    module = as_str(kind.members().get("__module__", NONE))
    return module is not None and module.text() == "importlib.machinery"


def is_in_machine_code(session: Session, name: str) -> bool:
    """Whether a module is one for the embedded CPython: its outermost package is, or is found to be."""
    package = name.partition(".")[0]
    if package != name:
        return not isinstance(as_py_object(session.modules.get_named(package)), PyModule)
    for folder in [*folders_of(session, name), *package_folders()]:
        place = folder if folder != "" else "."
        if is_module_file(f"{place}/{name}.py"):
            return False
        if has_machine_code(place, name) and not does_without(place, name):
            return True
        if is_module_file(f"{place}/{name}/__init__.py"):
            return False
    return False


def import_foreign(session: Session, name: str) -> Value:
    """Let the embedded CPython import a module. Raises what is raised there, and ImportError where there is no CPython."""
    bridge = import_by_name(session, "_cpython")
    module = session.call(session, session.get_attribute(session, bridge, "import_module"), [text_value(name)])
    session.modules.set_named(name, module)
    return module


def namespace_package(session: Session, name: str, wanted: str) -> Value:
    """A package without a file: all folders of that name. Raises ModuleNotFoundError where there is none."""
    portions: list[Value] = []
    last = name.rpartition(".")[2]
    for folder in folders_of(session, name):
        path = joined(folder, last)
        if path_kind(path) == FOLDER:
            portions.append(text_value(path))
    if len(portions) == 0:
        raise module_not_found(session, name, wanted)
    module = new_module(session, name)
    module.namespace.set_named("__path__", list_of(portions))
    module.namespace.set_named("__package__", text_value(name))
    return Value.of_object(module)


def module_not_found(session: Session, name: str, wanted: str) -> Raised:
    """Nothing has that name."""
    parent = name.rpartition(".")[0]
    known = NONE if parent == "" else session.modules.get_named(parent)
    if parent != "" and not known.same(Value.UNDEFINED):
        if attribute_if_any(session, known, "__path__").same(Value.UNDEFINED):
            return module_error(f"No module named '{name}'; '{parent}' is not a package", name)
    advice = NOT_FOUND_HELP if session.library == "" and parent == "" else ""
    return module_error(f"No module named '{name}'{advice}", name)


def module_error(message: str, name: str) -> Raised:
    """A ModuleNotFoundError with the module's name."""
    raised = error(types.MODULE_NOT_FOUND_ERROR, message)
    exception = as_exception(raised.value)
    assert exception is not None
    exception.set_named("msg", text_value(message))
    exception.set_named("name", text_value(name))
    return raised


# --- files ---


def folders_of(session: Session, name: str) -> list[str]:
    """Where a module is looked for: in its package, or in the folders of `sys.path`."""
    parent = name.rpartition(".")[0]
    path = session.path
    if parent != "":
        path = attribute_if_any(session, session.modules.get_named(parent), "__path__")
        if path.same(Value.UNDEFINED):
            return []
    folders: list[str] = []
    for folder in values_of(session, path):
        text = as_str(folder)
        if text is not None:
            folders.append(text.text())
    return folders


def find_file(session: Session, name: str) -> str:
    """The file of a module, or ""."""
    last = name.rpartition(".")[2]
    for folder in folders_of(session, name):
        path = joined(folder, last)
        if path_kind(path) == FOLDER and path_kind(f"{path}/__init__.py") == FILE:
            return f"{path}/__init__.py"
        if path_kind(f"{path}.py") == FILE:
            return f"{path}.py"
    return ""


def joined(folder: str, name: str) -> str:
    """The path of a name in a folder."""
    return name if folder == "" else f"{folder}{name}" if folder.endswith("/") else f"{folder}/{name}"


def is_module_file(path: str) -> bool:
    """Whether there is a file."""
    return path_kind(path) == FILE


def path_kind(path: str) -> int:
    """What lies at a path (FILE, FOLDER ... of core.files); -1 where there is nothing."""
    status: Array[int] = Array(STATUS_WORDS, 0)
    try:
        file_status(path.encode(), 1, status)
    except OSError:
        return -1
    except ValueError:
        return -1
    return status[KIND]


def read_module_text(session: Session, file: str) -> str:
    """The text of a module's file. Raises SyntaxError of the program."""
    try:
        return decoded(read_file(file.encode()), file)
    except SyntaxFault as fault:
        raise error(types.SYNTAX_ERROR, fault.message)


def run_module_file(session: Session, name: str, file: str) -> Value:
    """Load a module from a file. What its code raises leaves no module behind."""
    module = new_module(session, name)
    namespace = module.namespace
    namespace.set_named("__file__", text_value(file))
    namespace.set_named("__cached__", NONE)
    is_package = file.endswith("/__init__.py")
    if is_package:
        namespace.set_named("__path__", list_of([text_value(file.rpartition("/")[0])]))
    namespace.set_named("__package__", text_value(name if is_package else name.rpartition(".")[0]))
    session.loading.append(name)
    try:
        run_code(session, module_code(session, namespace, file), namespace, NONE)
    except Raised:
        session.modules.delete_named(name)
        raise
    finally:
        session.loading.remove(name)
    found = session.modules.get_named(name)
    return Value.of_object(module) if found.same(Value.UNDEFINED) else found


def module_code(session: Session, namespace: Namespace, file: str) -> Code:
    """The code of a module's file: from the cache, or compiled and kept there. Raises SyntaxError of the program."""
    source = source_of(file)
    code = cached_code(session, namespace, source)
    if code is None:
        text = read_module_text(session, file)
        session.sources[file] = text
        code = session.compile_text(session, text, namespace, file, 0)
        keep_code(session, source, code)
    return code


@dont_look_inside
def run_code(session: Session, code: Code, namespace: Namespace, local: Value) -> Value:
    """Run the code of a module or of another text; `local` is the mapping for names of a text that has one."""
    stack = session.stack
    base = stack.top
    if not stack.reserve(base + FIRST + 1):
        raise RecursionError
    mark_outermost(stack, base)
    stack[base + FIRST] = local
    try:
        return run_function(session, PyFunction(code, namespace, NO_VALUES), stack, base, code.positional, NO_NAMES)
    finally:
        stack.reserve(base)


@dont_look_inside
def import_from(session: Session, module: Value, name: str) -> Value:
    """`from module import name`. Raises ImportError."""
    found = attribute_if_any(session, module, name)
    if not found.same(Value.UNDEFINED):
        return found
    known = as_str(attribute_if_any(session, module, "__name__"))
    if known is None:
        raise error(types.IMPORT_ERROR, f"cannot import name '{name}' from '<unknown module name>' (unknown location)")
    shown = known.text()
    submodule = session.modules.get_named(f"{shown}.{name}")
    if not submodule.same(Value.UNDEFINED):
        return submodule
    file = as_str(attribute_if_any(session, module, "__file__"))
    place = "unknown location" if file is None else file.text()
    message = f"cannot import name '{name}' from '{shown}' ({place})"
    if shown in session.loading:
        circular = "(most likely due to a circular import)"
        message = f"cannot import name '{name}' from partially initialized module '{shown}' {circular} ({place})"
    raised = error(types.IMPORT_ERROR, message)
    exception = as_exception(raised.value)
    assert exception is not None
    exception.set_named("name", text_value(shown))
    exception.set_named("path", NONE if file is None else text_value(file.text()))
    raise raised


@dont_look_inside
def import_star(session: Session, module: Value, namespace: Namespace) -> None:
    """`from module import *`"""
    listed = attribute_if_any(session, module, "__all__")
    if not listed.same(Value.UNDEFINED):
        for item in values_of(session, listed):
            name = required_text(item, "Item in __all__")
            namespace.set_named(name, session.get_attribute(session, module, name))
        return
    own = as_py_object(module)
    if isinstance(own, PyModule):
        for name in own.namespace.all_names():
            if not name.startswith("_"):
                namespace.set_named(name, own.namespace.get_named(name))
