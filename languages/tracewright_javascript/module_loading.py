"""Finding the files of modules, `import()` and `import.meta`."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import read_file
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.event_loop import Job
from tracewright.lib.utf16 import units_of_text
from tracewright_javascript.bytecode import BUILT_IN_SCHEME, EVAL_SCHEME, AnyRealm, Code
from tracewright_javascript.calls import call, error_in
from tracewright_javascript.conversions import to_text
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.errors import GuestFault, Thrown, type_error
from tracewright_javascript.functions import new_native
from tracewright_javascript.module_evaluation import evaluate
from tracewright_javascript.modules import Module, ModuleCode, link, namespace_of
from tracewright_javascript.parser import Goal, parse, parse_file
from tracewright_javascript.promises import Capability, Reaction, new_promise, perform_then, resolving_functions
from tracewright_javascript.prototypes import set_prototype
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.uncaught import syntax_error
from tracewright_javascript.values import EMPTY, string_value


def directory_of(path: str) -> str:
    """The part before the last slash."""
    end = path.rfind("/")
    return "." if end < 0 else path[:end] if end > 0 else "/"


class FileKind:
    """What a file is to `import`, in the loader's words."""

    BUILT_IN: Final = "built-in"
    MODULE: Final = "module"
    COMMON: Final = "common"
    JSON: Final = "json"
    UNKNOWN: Final = "unknown"  # CommonJS, unless its text can only be an ES module


def load(realm: Realm, specifier: str, referrer: str) -> Module:
    """The module that a specifier means in a file, with all that it requests, each file once. Raises GuestFault and Thrown."""
    from tracewright_javascript.host.imports import resolve_import, synthetic_module

    kind, path = resolve_import(realm, specifier, referrer)
    key = path if kind != FileKind.BUILT_IN else BUILT_IN_SCHEME + path
    known = realm.modules.get(key)
    if isinstance(known, Module):
        return known
    if kind != FileKind.MODULE and kind != FileKind.UNKNOWN:
        return synthetic_module(realm, kind, path, key)
    units = text_of_file(path)
    if kind == FileKind.UNKNOWN and not realm.agent.imports_only_modules and not is_module_text(units):
        return synthetic_module(realm, FileKind.COMMON, path, key)
    return add_module(realm, path, units)


def load_path(realm: Realm, path: str) -> Module:
    """The ES module in a file. Raises GuestFault and Thrown."""
    known = realm.modules.get(path)
    return known if isinstance(known, Module) else add_module(realm, path, text_of_file(path))


def text_of_file(path: str) -> str:
    """A file's text, in units. Raises GuestFault."""
    try:
        text = read_file(path.encode()).decode()
    except (OSError, UnicodeDecodeError):
        raise GuestFault("Error", f"Cannot read module '{path}'")
    return units_of_text(text[1:] if text.startswith("\ufeff") else text)


def is_module_text(units: str) -> bool:
    """Whether a text is no CommonJS, because of something that only ES modules have."""
    try:
        return parse_file(units, Goal.UNKNOWN).is_module
    except SyntaxFault:
        return False


def add_module(realm: Realm, path: str, units: str) -> Module:
    """The module of a text that was read from a file. Raises GuestFault."""
    try:
        code = compile_text(realm, units, path)
    except SyntaxFault as fault:
        raise Thrown(syntax_error(realm, fault, units, path))
    return add_module_code(realm, path, code)


def add_module_code(realm: Realm, path: str, code: ModuleCode) -> Module:
    """The module of compiled code, with all that it requests. Raises GuestFault and Thrown."""
    module = Module(realm, path, code)
    realm.modules[path] = module
    for request in code.requests:
        module.requested[request] = load(realm, request, path)
    return module


def compile_text(realm: Realm, units: str, path: str) -> ModuleCode:
    """The code of a module. Raises SyntaxFault."""
    from tracewright_javascript.compiler_modules import compile_module

    return compile_module(realm, parse(units, Goal.MODULE), units, path)


@dont_look_inside
def import_call(realm: Realm, code: Code, specifier: Value, options: Value) -> Value:
    """`import(specifier)`: a promise of the namespace."""
    promise = new_promise(realm)
    capability = resolving_functions(realm, promise)
    try:
        name = to_text(specifier)
        if not options.same(Value.UNDEFINED) and not options.is_object():
            raise type_error("The second argument of import() must be an object")
        realm.agent.loop.add(ImportJob(realm, name, code.file.removeprefix(EVAL_SCHEME), capability))
    except (Thrown, GuestFault) as error:
        call(capability.reject, Value.UNDEFINED, [error_in(realm, error)])
    return Value.of_object(promise)


@final
class ImportJob(Job):
    """What `import()` does once the code that calls it has come to its end."""

    def __init__(self, realm: Realm, specifier: str, referrer: str, capability: Capability) -> None:
        self.realm = realm
        self.specifier = specifier
        self.referrer = referrer
        self.capability = capability

    def run(self) -> None:
        try:
            module = load(self.realm, self.specifier, self.referrer)
            link(module)
            _continue(self.realm, module, self.capability)
        except (Thrown, GuestFault) as error:
            call(self.capability.reject, Value.UNDEFINED, [error_in(self.realm, error)])


def _continue(realm: Realm, module: Module, capability: Capability) -> None:
    native = new_native(realm, "", 1, _namespace)
    native.data = Value.of_object(module)
    reaction = Reaction(capability, Value.of_object(native), Value.UNDEFINED)
    perform_then(realm, evaluate(module), reaction)


def _namespace(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    from tracewright_javascript.builtins.arguments import native_data

    module = native_data(stack, frame).as_object()
    assert isinstance(module, Module)
    return Value.of_object(namespace_of(module))


@dont_look_inside
def import_meta(realm: AnyRealm, code: Code) -> Value:
    """`import.meta`, one object for each module."""
    where = as_realm(realm)
    known = where.modules.get(code.file)
    assert isinstance(known, Module)
    if known.meta.same(EMPTY):
        known.meta = _new_meta(where, known.path)
    return known.meta


def _new_meta(realm: Realm, path: str) -> Value:
    meta = realm.new_object()
    set_prototype(meta, None)
    meta.add("dirname", string_value(directory_of(path)))
    meta.add("filename", string_value(path))
    meta.add("url", string_value(f"file://{path}"))
    return Value.of_object(meta)
