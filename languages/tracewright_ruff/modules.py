"""Running modules, and handing out what they export: the builtins behind `import` (compiler_imports.py)."""

from __future__ import annotations

from typing import Final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.sources import UnreadableSource
from tracewright_ruff.compiler import compile_program
from tracewright_ruff.compiler_imports import BIND_EXPORTS, EXPORTED, IMPORT, NAMESPACE
from tracewright_ruff.containers import share
from tracewright_ruff.errors import CompileError, GuestError
from tracewright_ruff.module_files import (
    ModuleSource,
    ModuleTable,
    W_Module,
    exported_names,
    exported_types,
    find_module,
    folder_of,
    module_table,
    read_module,
)
from tracewright_ruff.objects import as_string, new_struct
from tracewright_ruff.running import run_from_native
from tracewright_ruff.session import ARITY_ANY, MUTABLE, UNBOUND, Namespace, Session, W_Native

NAMESPACE_PREFIX: Final = "__module_namespace_"


def native_import(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """The module of a name, seen from a namespace; it runs if it has not run yet."""
    importer = unsafe_cast(Namespace, stack[first].as_object())
    name = _text(stack[first + 1])
    table = module_table(session)
    path = table.found.get((importer.directory, name), "")
    if path == "":
        path = find_module(session, importer, name)
    if path == "":
        raise GuestError(
            f"Module not found: {name}; Check that '{name}' exists as a flat <module>.ruff file or a nested src/... path "
            "under the package root, and confirm the import name matches the on-disk layout."
        )
    module = table.loaded.get(path)
    if module is None:
        module = _load(session, table, name, path, first)
        table.loaded[path] = module
    table.found[(importer.directory, name)] = path
    return Value.of_object(module)


def _text(value: Value) -> str:
    string = as_string(value)
    assert string is not None
    return string.flat()


def _load(session: Session, table: ModuleTable, name: str, path: str, first: int) -> W_Module:
    """Run the module's top level in a namespace of its own."""
    if path in table.loading:
        circle = [*table.loading_names[table.loading.index(path) :], name]
        raise GuestError("Circular import detected: " + " -> ".join(circle))
    source = _parsed(session, name, path)
    namespace = Namespace(session.builtins, folder_of(path))
    table.loading.append(path)
    table.loading_names.append(name)
    try:
        run_from_native(session, compile_program(session, namespace, path, source.program, False), first)
    except CompileError as error:
        raise GuestError(f"Failed to evaluate module '{name}': {error.message}")
    except GuestError as error:
        raise GuestError(f"Failed to evaluate module '{name}': {error.message}")
    finally:
        table.loading.pop()
        table.loading_names.pop()
    exports: dict[str, Value] = {}
    for export in exported_names(source.program):
        cell = namespace.cell(export)
        if cell.kind == UNBOUND:
            raise GuestError(f"Exported symbol '{export}' was not defined in module '{name}'")
        exports[export] = share(cell.read())
    members = new_struct(session, NAMESPACE_PREFIX + name, list(exports), list(exports.values()))
    return W_Module(name, exports, exported_types(source.program), members)


def _parsed(session: Session, name: str, path: str) -> ModuleSource:
    try:
        source = read_module(session, path)
    except UnreadableSource as error:
        reason = f"{error.reason} (os error {error.errno})" if error.errno > 0 else error.reason
        raise GuestError(f"Failed to read module '{name}': {reason}")
    if len(source.diagnostics) > 0:
        fault = source.diagnostics[0]
        action = "tokenize" if fault.subsystem == "lexer" else "parse"
        raise GuestError(f"Failed to {action} module '{name}': {fault.line}:{fault.column}: {fault.message}")
    return source


def native_exported(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """What a module exports under a name."""
    module = unsafe_cast(W_Module, stack[first].as_object())
    name = _text(stack[first + 1])
    value = module.exports.get(name, Value.UNDEFINED)
    if not value.same(Value.UNDEFINED):
        return value
    if name in module.types:
        return Value.NULL  # a struct or enum: its name works in every module, and is no value
    raise GuestError(f"Symbol '{name}' not found in module '{module.name}'")


def native_bind_exports(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """Make a global of everything that a module exports."""
    module = unsafe_cast(W_Module, stack[first].as_object())
    namespace = unsafe_cast(Namespace, stack[first + 1].as_object())
    for name, value in module.exports.items():
        namespace.cell(name).bind(value, MUTABLE)
    return Value.NULL


def native_namespace(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """The struct of all that a module exports."""
    return share(unsafe_cast(W_Module, stack[first].as_object()).namespace)


STATEMENTS: Final[list[W_Native]] = [
    W_Native(IMPORT, 2, 2, ARITY_ANY, native_import, calls_back=True),
    W_Native(EXPORTED, 2, 2, ARITY_ANY, native_exported),
    W_Native(BIND_EXPORTS, 2, 2, ARITY_ANY, native_bind_exports),
    W_Native(NAMESPACE, 1, 1, ARITY_ANY, native_namespace),
]
