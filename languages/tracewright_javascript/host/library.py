"""The built-in modules: texts in JavaScript (`library/*.js`), compiled when a program first asks for them, over the native functions of this folder.

Such a text is a CommonJS module that finds `host`, the native functions, besides `exports`, `module` and `require`, which knows built-in modules only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow, install_methods
from tracewright_javascript.bytecode import BUILT_IN_SCHEME, AnyRealm, Code
from tracewright_javascript.calls import call
from tracewright_javascript.compiler_statements import compile_common
from tracewright_javascript.conversions import to_text
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.errors import GuestFault, Thrown
from tracewright_javascript.functions import JSFunction, Special, new_native
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.host.byte_views import BYTE_VIEWS
from tracewright_javascript.host.compression import COMPRESSION
from tracewright_javascript.host.descriptors import DESCRIPTORS
from tracewright_javascript.host.file_attributes import FILE_ATTRIBUTES
from tracewright_javascript.host.files import FILES
from tracewright_javascript.host.processes import PROCESSES
from tracewright_javascript.host.scheduling import SCHEDULING
from tracewright_javascript.host.values import VALUES, native_call_text
from tracewright_javascript.host.zones import ZONES
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject
from tracewright_javascript.parser import Goal, may_be_module, parse
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.syntax_statements import Program
from tracewright_javascript.uncaught import syntax_error
from tracewright_javascript.values import string_value

LIBRARY: Final[dict[str, str]] = {
    path.stem.replace(".", "/"): path.read_text()
    for path in sorted((Path(__file__).parent.parent / "library").glob("*.js"))
}
LOADER: Final = "internal/loader"
INTERNAL: Final = "internal/"  # modules whose names begin so are not for programs


def parse_common(realm: Realm, units: str, path: str) -> Program:
    """The tree of a CommonJS module. Raises Thrown, a SyntaxError that tells its place as node's do."""
    try:
        return parse(units, Goal.COMMON)
    except SyntaxFault as fault:
        raise Thrown(syntax_error(realm, fault, units, path))


def common_code(realm: Realm, program: Program, units: str, path: str, given: dict[str, Value], this: Value) -> Code:
    """The code of a CommonJS module that is given these names. Raises SyntaxFault."""
    cells: dict[str, GlobalCell] = {}
    for name, value in given.items():
        cell = GlobalCell(name)
        cell.value = value
        cell.is_guarded = False
        cells[name] = cell
    return compile_common(realm, program, units, path, cells, this)


def run_common_code(realm: Realm, code: Code, this: Value) -> None:
    """Run it. Raises Thrown."""
    call(Value.of_object(JSFunction(realm.function_shape, code, Array(0, Value.UNDEFINED))), this, [])


def host_object(realm: Realm) -> JSObject:
    """`host`: the native functions."""
    from tracewright_javascript.host.imports import import_rows

    known = realm.host
    if known is not None:
        return known
    made = realm.new_object()
    for rows in (
        FILES,
        FILE_ATTRIBUTES,
        BYTE_VIEWS,
        PROCESSES,
        DESCRIPTORS,
        COMPRESSION,
        SCHEDULING,
        VALUES,
        ZONES,
        LOADING,
        import_rows(),
    ):
        install_methods(realm, made, rows)
    call_text = new_native(realm, "callText", 1, native_call_text, False, Special.SEES_CALLS)
    made.add("callText", Value.of_object(call_text))
    realm.host = made
    return made


def built_in(realm: Realm, name: str) -> Value:
    """What a built-in module exports. Raises GuestFault and Thrown."""
    known = realm.built_in_modules.get(name)
    if known is not None:
        return get_named(known, "exports")
    text = LIBRARY.get(name, "")
    if text == "":
        raise GuestFault("Error", f"No such built-in module: {name}")
    module = realm.new_object()
    exports = Value.of_object(realm.new_object())
    module.add("exports", exports)
    realm.built_in_modules[name] = module
    given = {
        "exports": exports,
        "module": Value.of_object(module),
        "require": Value.of_object(new_native(realm, "require", 1, _require_built_in)),
        "host": Value.of_object(host_object(realm)),
    }
    path = BUILT_IN_SCHEME + name
    program = parse_common(realm, text, path)
    try:
        code = common_code(realm, program, text, path, given, exports)
    except SyntaxFault as fault:
        raise GuestFault("SyntaxError", fault.message)
    run_common_code(realm, code, exports)
    return get_named(module, "exports")


def is_built_in(name: str) -> bool:
    """Whether programs can ask for a module of this name."""
    return name in LIBRARY and not name.startswith(INTERNAL)


def _require_built_in(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return built_in(as_realm(realm), to_text(argument_at(stack, frame, count, 0)))


def _built_in_names(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    names = [string_value(name) for name in LIBRARY if is_built_in(name)]
    return Value.of_object(as_realm(realm).array_of(names))


def _run_common(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`runCommon(text, path, folder, module, exports, require)`: false, and nothing has run, where the text can only be an ES module."""
    where = as_realm(realm)
    units = to_text(argument_at(stack, frame, count, 0))
    path = to_text(argument_at(stack, frame, count, 1))
    exports = argument_at(stack, frame, count, 4)
    given = {
        "exports": exports,
        "require": argument_at(stack, frame, count, 5),
        "module": argument_at(stack, frame, count, 3),
        "__filename": argument_at(stack, frame, count, 1),
        "__dirname": argument_at(stack, frame, count, 2),
    }
    try:
        code = common_code(where, parse(units, Goal.COMMON), units, path, given, exports)
    except SyntaxFault as fault:
        if may_be_module(fault):
            return Value.FALSE
        raise Thrown(syntax_error(where, fault, units, path))
    run_common_code(where, code, exports)
    return Value.TRUE


LOADING: Final[list[NativeRow]] = [
    ("builtIn", 1, _require_built_in),
    ("builtInNames", 0, _built_in_names),
    ("runCommon", 6, _run_common),
]
