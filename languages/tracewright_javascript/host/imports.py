"""`import` of what is no ES module: CommonJS, JSON and built-in modules, as modules whose exports are filled in when they are evaluated."""

from __future__ import annotations

from typing import Final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.access import get_by_key
from tracewright_javascript.builtins.arguments import argument_at, native_data
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import to_length, to_text
from tracewright_javascript.errors import GuestFault, Thrown
from tracewright_javascript.functions import new_native
from tracewright_javascript.host.library import LOADER, built_in
from tracewright_javascript.keys import key_of_index, key_of_text
from tracewright_javascript.lookups import get_named
from tracewright_javascript.module_evaluation import evaluate
from tracewright_javascript.module_loading import FileKind, compile_text, load_path, text_of_file
from tracewright_javascript.modules import ExportEntry, Module, link, namespace_of
from tracewright_javascript.objects import as_object
from tracewright_javascript.promises import State
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import string_value

DEFAULT: Final = "default"


def _ask_loader(realm: Realm, name: str, arguments: list[Value]) -> Value:
    """A function of the loader's. Raises GuestFault and Thrown."""
    loader = as_object(built_in(realm, LOADER))
    assert loader is not None
    return call(get_named(loader, name), Value.UNDEFINED, arguments)


def texts_of(realm: Realm, value: Value) -> list[str]:
    """The strings of an array. Raises GuestFault and Thrown."""
    length = to_length(get_by_key(realm, value, key_of_text("length")))
    return [to_text(get_by_key(realm, value, key_of_index(index))) for index in range(length)]


def resolve_import(realm: Realm, specifier: str, referrer: str) -> tuple[str, str]:
    """The kind of module that a specifier means in a file, and its path or name. Raises GuestFault and Thrown."""
    found = texts_of(realm, _ask_loader(realm, "resolveImport", [string_value(specifier), string_value(referrer)]))
    return found[0], found[1]


def synthetic_module(realm: Realm, kind: str, path: str, key: str) -> Module:
    """The module that stands for something else. Raises GuestFault and Thrown."""
    code = compile_text(realm, "", key)
    names = _exported_names(realm, kind, path)
    for name in [DEFAULT, *names]:
        code.cells.append(name)
        code.exports.append(ExportEntry(name, name, ""))
    module = Module(realm, key, code)
    evaluator = new_native(realm, "", 0, _fill)
    evaluator.data = Value.of_object(module)
    module.evaluator = Value.of_object(evaluator)
    module.kind = kind
    realm.modules[key] = module
    return module


def _exported_names(realm: Realm, kind: str, path: str) -> list[str]:
    """Besides the default: what a built-in module has, and what a CommonJS text is seen to export."""
    if kind == FileKind.BUILT_IN:
        exports = as_object(built_in(realm, path))
        if exports is None:
            return []
        return [key.text() for key in exports.own_keys() if not key.is_symbol() and key.text() != DEFAULT]
    if kind == FileKind.COMMON:
        return texts_of(realm, _ask_loader(realm, "exportedNames", [string_value(text_of_file(path))]))
    return []


def _fill(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """Evaluate it: run the CommonJS module, and put what it exports into the cells."""
    module = unsafe_cast(Module, native_data(stack, frame).as_object())
    where = module.realm
    path = module.path.removeprefix("node:")
    if module.kind == FileKind.BUILT_IN:
        exports = built_in(where, path)
    else:
        exports = _ask_loader(where, "importCommon", [string_value(path)])
    thing = as_object(exports)
    for name, cell in module.cells.items():
        if name == DEFAULT:
            cell.value = exports
        elif thing is not None:
            cell.value = get_named(thing, name)
    return Value.UNDEFINED


def _require_module(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`requireModule(path)`: the namespace of an ES module, which must not wait at its top. Raises GuestFault and Thrown."""
    where = as_realm(realm)
    path = to_text(argument_at(stack, frame, count, 0))
    module = load_path(where, path)
    link(module)
    promise = evaluate(module)
    promise.is_handled = True
    if promise.state == State.REJECTED:
        raise Thrown(promise.result)
    if promise.state == State.PENDING:
        raise GuestFault("Error", f"require() cannot be used on an ESM graph with top-level await: {path}")
    return Value.of_object(namespace_of(module))


def import_rows() -> list[NativeRow]:
    """The functions of this file for `host`."""
    return [("requireModule", 1, _require_module)]
