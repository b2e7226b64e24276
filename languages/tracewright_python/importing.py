"""`import`: native modules, then files and packages in the folders of `sys.path`."""

from __future__ import annotations

from tracewright.core.system import read_file
from tracewright.core.value import Value
from tracewright.guest.frames import mark_outermost
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.access import find_attribute
from tracewright_python.arguments import NO_NAMES
from tracewright_python.bytecode import FIRST, Code
from tracewright_python.calls import run_function
from tracewright_python.conversions import required_text, values_of
from tracewright_python.cpython.finding import has_machine_code, package_folders
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, error
from tracewright_python.functions import PyFunction, PyModule
from tracewright_python.lists import NO_VALUES, as_tuple, list_of
from tracewright_python.namespaces import Namespace
from tracewright_python.objects import as_py_object
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE


def new_module(session: Session, name: str) -> PyModule:
    """An empty module, which `sys.modules` knows."""
    namespace = Namespace(session.builtins)
    namespace.set_named("__name__", text_value(name))
    module = PyModule(namespace)
    session.modules[name] = Value.of_object(module)
    return module


@dont_look_inside
def import_module(session: Session, namespace: Namespace, name: str, level: Value, names: Value) -> Value:
    """The module of an import statement: the outermost package where no names are taken from it. Raises ImportError."""
    full = name if level.as_int() == 0 else relative_name(namespace, name, level.as_int())
    found = import_by_name(session, full)
    if not names.same(NONE):
        import_submodules(session, found, full, names)
        return found
    return session.modules[full.split(".")[0]]


def import_submodules(session: Session, module: Value, full: str, names: Value) -> None:
    """Of a package, names that are no attributes yet may be modules."""
    wanted = as_tuple(names)
    if wanted is None or find_attribute(session, module, "__path__").same(Value.UNDEFINED):
        return
    for item in wanted.items:
        name = required_text(item, "name")
        if name != "*" and find_attribute(session, module, name).same(Value.UNDEFINED):
            file = find_file(session, f"{full}.{name}")
            if file != "":
                import_by_name(session, f"{full}.{name}")


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


def import_by_name(session: Session, full: str) -> Value:
    """A module and the packages around it. Raises ImportError."""
    module = NONE
    parts = full.split(".")
    for k in range(len(parts)):
        name = ".".join(parts[: k + 1])
        known = session.modules.get(name, Value.UNDEFINED)
        if known.same(Value.UNDEFINED):
            known = load_module(session, name, full)
            outer = as_py_object(module)
            if isinstance(outer, PyModule):
                outer.namespace.set_named(parts[k], known)
        module = known
    return module


def load_module(session: Session, name: str, wanted: str) -> Value:
    """Load one module that is not there yet."""
    native = session.native_modules.get(name)
    if native is not None:
        return native(session)
    if is_in_machine_code(session, name):
        return import_foreign(session, name)
    file = find_file(session, name)
    if file == "":
        raise module_not_found(session, name, wanted)
    return run_module_file(session, name, file)


def is_in_machine_code(session: Session, name: str) -> bool:
    """Whether a module is one for the embedded CPython: its outermost package is, or is found to be."""
    package = name.partition(".")[0]
    if package != name:
        return not isinstance(as_py_object(session.modules[package]), PyModule)
    for folder in [*session.path, *package_folders()]:
        place = folder if folder != "" else "."
        if is_file(f"{place}/{name}.py"):
            return False
        if has_machine_code(place, name):
            return True
        if is_file(f"{place}/{name}/__init__.py"):
            return False
    return False


def import_foreign(session: Session, name: str) -> Value:
    """Let the embedded CPython import a module. Raises what is raised there, and ImportError where there is no CPython."""
    bridge = import_by_name(session, "_cpython")
    module = session.call(session, session.get_attribute(session, bridge, "import_module"), [text_value(name)])
    session.modules[name] = module
    return module


def module_not_found(session: Session, name: str, wanted: str) -> Raised:
    """Nothing has that name."""
    parts = wanted.split(".")
    parent = name.rpartition(".")[0]
    reason = ""
    if parent != "" and parent in session.modules:
        if find_attribute(session, session.modules[parent], "__path__").same(Value.UNDEFINED):
            reason = f"; '{parent}' is not a package"
    raised = error(types.MODULE_NOT_FOUND_ERROR, f"No module named '{name if len(parts) > 1 else wanted}'{reason}")
    exception = as_exception(raised.value)
    assert exception is not None
    exception.set_named("name", text_value(name))
    return raised


def folders_of(session: Session, name: str) -> list[str]:
    """Where a module is looked for: in its package, or in the folders of `sys.path`."""
    parent = name.rpartition(".")[0]
    if parent == "":
        return session.path
    path = find_attribute(session, session.modules[parent], "__path__")
    if path.same(Value.UNDEFINED):
        return []
    return [required_text(folder, "path") for folder in values_of(session, path)]


def find_file(session: Session, name: str) -> str:
    """The file of a module, or ""."""
    last = name.rpartition(".")[2]
    for folder in folders_of(session, name):
        start = "" if folder == "" else folder + "/"
        for candidate in (f"{start}{last}/__init__.py", f"{start}{last}.py"):
            if is_file(candidate):
                return candidate
    return ""


def is_file(path: str) -> bool:
    """Whether a file can be read."""
    try:
        read_file(path.encode())
    except OSError:
        return False
    return True


def run_module_file(session: Session, name: str, file: str) -> Value:
    """Load a module from a file. What its code raises leaves no module behind."""
    source = read_file(file.encode()).decode()
    module = new_module(session, name)
    namespace = module.namespace
    namespace.set_named("__file__", text_value(file))
    is_package = file.endswith("/__init__.py")
    if is_package:
        namespace.set_named("__path__", list_of([text_value(file.rpartition("/")[0])]))
    namespace.set_named("__package__", text_value(name if is_package else name.rpartition(".")[0]))
    session.sources[file] = source
    try:
        run_code(session, session.compile_text(session, source, namespace, file), namespace)
    except Raised:
        del session.modules[name]
        raise
    return session.modules.get(name, Value.of_object(module))


@dont_look_inside
def run_code(session: Session, code: Code, namespace: Namespace) -> Value:
    """Run the code of a module."""
    stack = session.stack
    base = stack.top
    if not stack.reserve(base + FIRST):
        raise RecursionError
    mark_outermost(stack, base)
    try:
        return run_function(session, PyFunction(code, namespace, NO_VALUES), stack, base, 0, NO_NAMES)
    finally:
        stack.reserve(base)


@dont_look_inside
def import_from(session: Session, module: Value, name: str) -> Value:
    """`from module import name`. Raises ImportError."""
    found = find_attribute(session, module, name)
    if not found.same(Value.UNDEFINED):
        return found
    own = as_py_object(module)
    shown = "<unknown module name>"
    place = "unknown location"
    if isinstance(own, PyModule):
        known = as_str(own.namespace.get_named("__name__"))
        if known is not None:
            shown = known.text()
            submodule = session.modules.get(f"{shown}.{name}", Value.UNDEFINED)
            if not submodule.same(Value.UNDEFINED):
                return submodule
        file = as_str(own.namespace.get_named("__file__"))
        if file is not None:
            place = file.text()
    raise error(types.IMPORT_ERROR, f"cannot import name '{name}' from '{shown}' ({place})")


@dont_look_inside
def import_star(session: Session, module: Value, namespace: Namespace) -> None:
    """`from module import *`"""
    listed = find_attribute(session, module, "__all__")
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
