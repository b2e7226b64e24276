"""Modules: what they import and export, and how they are linked (16.2.1).

Every name at the top of a module is a cell, made with the module; the code has them as captured values. An import is the other module's cell, so
bindings are live, and nothing happens when they change.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright_javascript.bytecode import Code
from tracewright_javascript.calls import call
from tracewright_javascript.errors import GuestFault
from tracewright_javascript.families import Kind
from tracewright_javascript.functions import JSFunction
from tracewright_javascript.module_namespace import ModuleNamespace
from tracewright_javascript.promises import Capability
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY, Cell

NAMESPACE: Final = "*"  # in place of a name: all of a module


@final
class ImportEntry:
    """`import { imported as local } from source`"""

    def __init__(self, source: str, imported: str, local: str) -> None:
        self.source = source
        self.imported = imported
        self.local = local


@final
class ExportEntry:
    """`export { local as exported }`; with a source, `local` is the other module's name, or NAMESPACE."""

    def __init__(self, exported: str, local: str, source: str) -> None:
        self.exported = exported
        self.local = local
        self.source = source


@final
class ModuleCode:
    """A compiled module. `cells` are the names at its top, in the order of the captured values of both codes."""

    def __init__(self, declarations: Code, body: Code, cells: list[str], is_async: bool) -> None:
        self.declarations = declarations  # gives the functions at its top their values, before anything is evaluated
        self.body = body
        self.cells = cells
        self.is_async = is_async
        self.uninitialized: list[str] = []  # those that begin EMPTY
        self.requests: list[str] = []
        self.imports: list[ImportEntry] = []
        self.exports: list[ExportEntry] = []
        self.stars: list[str] = []  # the sources of `export * from`


class Status:
    """How far a module has come."""

    UNLINKED: Final = 0
    LINKING: Final = 1
    LINKED: Final = 2
    EVALUATING: Final = 3
    EVALUATING_ASYNC: Final = 4
    EVALUATED: Final = 5


@final
class Module(GuestObject):
    """A module of a realm."""

    def __init__(self, realm: Realm, path: str, code: ModuleCode) -> None:
        self.realm = realm
        self.path = path
        self.code = code
        self.status: int = Status.UNLINKED
        self.requested: dict[str, Module] = {}
        self.cells: dict[str, Cell] = {}
        self.namespace: ModuleNamespace | None = None
        self.body: Value = Value.UNDEFINED
        self.kind = ""  # of such a one: what it stands for
        self.evaluator: Value = (
            Value.UNDEFINED
        )  # of one that stands for something else than an ES module: it fills the cells
        self.meta: Value = EMPTY  # `import.meta`, once somebody asks
        # For linking and evaluation (16.2.1.5):
        self.index = 0
        self.ancestor_index = 0
        self.error: Value = EMPTY
        self.cycle_root: Module | None = None
        self.has_async = code.is_async
        self.async_order = -1  # of those that wait, or whose dependencies do
        self.capability: Capability | None = None
        self.async_parents: list[Module] = []
        self.pending = 0
        for name in code.cells:
            self.cells[name] = Cell(EMPTY if name in code.uninitialized else Value.UNDEFINED)


@final
class Binding:
    """Where an export lives: a module and the name of one of its cells, or NAMESPACE."""

    def __init__(self, module: Module, name: str, is_ambiguous: bool = False) -> None:
        self.module = module
        self.name = name
        self.is_ambiguous = is_ambiguous

    def same(self, other: Binding) -> bool:
        """Whether both are one binding."""
        return self.module is other.module and self.name == other.name


def exported_names(module: Module, seen: list[Module]) -> list[str]:
    """GetExportedNames"""
    for other in seen:
        if other is module:
            return []
    seen.append(module)
    names = [entry.exported for entry in module.code.exports]
    for source in module.code.stars:
        for name in exported_names(module.requested[source], seen):
            if name != "default" and name not in names:
                names.append(name)
    return names


def resolve_export(module: Module, name: str, seen: list[Binding]) -> Binding | None:
    """ResolveExport: None where there is no such export, or only a circle; an ambiguous one says so."""
    asked = Binding(module, name)
    for other in seen:
        if other.same(asked):
            return None
    seen.append(asked)
    for entry in module.code.exports:
        if entry.exported == name:
            return _entry_binding(module, entry, seen)
    if name == "default":
        return None
    result: Binding | None = None
    for source in module.code.stars:
        found = resolve_export(module.requested[source], name, seen)
        if found is not None:
            if found.is_ambiguous:
                return found
            if result is None:
                result = found
            elif not result.same(found):
                return Binding(module, name, True)
    return result


def _entry_binding(module: Module, entry: ExportEntry, seen: list[Binding]) -> Binding | None:
    if entry.source == "":
        for imported in module.code.imports:
            if imported.local == entry.local:
                return _imported_binding(module.requested[imported.source], imported.imported, seen)
        return Binding(module, entry.local)
    return _imported_binding(module.requested[entry.source], entry.local, seen)


def _imported_binding(module: Module, name: str, seen: list[Binding]) -> Binding | None:
    return Binding(module, NAMESPACE) if name == NAMESPACE else resolve_export(module, name, seen)


def namespace_of(module: Module) -> ModuleNamespace:
    """GetModuleNamespace"""
    found = module.namespace
    if found is not None:
        return found
    names: list[str] = []
    cells: dict[str, Cell] = {}
    for name in exported_names(module, []):
        binding = resolve_export(module, name, [])
        if binding is not None and not binding.is_ambiguous:
            names.append(name)
            cells[name] = Cell(EMPTY) if binding.name == NAMESPACE else binding.module.cells[binding.name]
    names.sort()
    made = ModuleNamespace(module.realm.null_shape_of(Kind.EXOTIC), names, cells)
    module.namespace = made
    for name in names:
        binding = resolve_export(module, name, [])
        if binding is not None and binding.name == NAMESPACE:
            cells[name].value = Value.of_object(namespace_of(binding.module))
    return made


# Linking


def link(module: Module) -> None:
    """Link a module and all that it needs. Raises GuestFault: then those that were being linked can be linked again."""
    stack: list[Module] = []
    try:
        _link(module, stack, 0)
    except GuestFault:
        for each in stack:
            each.status = Status.UNLINKED
        raise


def _link(module: Module, stack: list[Module], index: int) -> int:
    """InnerModuleLinking"""
    if module.status != Status.UNLINKED:
        return index
    module.status = Status.LINKING
    module.index = index
    module.ancestor_index = index
    index += 1
    stack.append(module)
    for request in module.code.requests:
        required = module.requested[request]
        index = _link(required, stack, index)
        if required.status == Status.LINKING:
            module.ancestor_index = min(module.ancestor_index, required.ancestor_index)
    _initialize(module)
    if module.ancestor_index == module.index:
        while True:
            done = stack.pop()
            done.status = Status.LINKED
            if done is module:
                break
    return index


def _initialize(module: Module) -> None:
    """InitializeEnvironment: imports become other modules' cells; functions get their values."""
    for entry in module.code.exports:
        if entry.source != "":
            _require(resolve_export(module, entry.exported, []), entry.source, entry.exported)
    for imported in module.code.imports:
        other = module.requested[imported.source]
        if imported.imported == NAMESPACE:
            module.cells[imported.local] = Cell(Value.of_object(namespace_of(other)))
            continue
        binding = _require(resolve_export(other, imported.imported, []), imported.source, imported.imported)
        if binding.name == NAMESPACE:
            module.cells[imported.local] = Cell(Value.of_object(namespace_of(binding.module)))
        else:
            module.cells[imported.local] = binding.module.cells[binding.name]
    count = len(module.code.cells)
    captured: Array[Value] = Array(count, Value.UNDEFINED)
    for index in range(count):
        captured[index] = Value.of_object(module.cells[module.code.cells[index]])
    shape = module.realm.function_shape
    call(Value.of_object(JSFunction(shape, module.code.declarations, captured)), Value.UNDEFINED, [])
    if module.evaluator.same(Value.UNDEFINED):
        module.body = Value.of_object(JSFunction(shape, module.code.body, captured))
    else:
        module.body = module.evaluator


def _require(binding: Binding | None, source: str, name: str) -> Binding:
    if binding is None:
        raise GuestFault("SyntaxError", f"The requested module '{source}' does not provide an export named '{name}'")
    if binding.is_ambiguous:
        raise GuestFault(
            "SyntaxError", f"The requested module '{source}' contains conflicting star exports for name '{name}'"
        )
    return binding
