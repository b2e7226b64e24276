"""Globals whose module is loaded when a program first mentions them: `process`, `setTimeout`, `URL` and the like."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.builtins.arguments import argument_at, arguments_from, native_data
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import to_text
from tracewright_javascript.functions import new_native
from tracewright_javascript.host.library import built_in
from tracewright_javascript.keys import key_of_text
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject
from tracewright_javascript.properties import HIDDEN, accessor_descriptor, data_descriptor
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import string_value

WHOLE: Final = "*"  # the global is the module itself
GLOBALS: Final[dict[str, list[str]]] = {
    "timers": [
        "setTimeout",
        "clearTimeout",
        "setInterval",
        "clearInterval",
        "setImmediate",
        "clearImmediate",
        "queueMicrotask",
    ],
    "url": ["URL", "URLSearchParams"],
    "buffer": ["Buffer", "Blob", "File"],
    "internal/fetching": ["fetch", "Headers", "Request", "Response", "FormData"],
    "stream/web": [
        "ReadableStream",
        "WritableStream",
        "TransformStream",
        "ByteLengthQueuingStrategy",
        "CountQueuingStrategy",
        "TextEncoderStream",
        "TextDecoderStream",
        "CompressionStream",
        "DecompressionStream",
    ],
    "internal/messages": ["MessageChannel", "MessagePort", "BroadcastChannel", "MessageEvent"],
    "internal/intl": ["Intl"],
    "internal/globals": [
        "structuredClone",
        "DOMException",
        "Event",
        "EventTarget",
        "AbortController",
        "AbortSignal",
        "btoa",
        "atob",
        "TextEncoder",
        "TextDecoder",
    ],
}
MODULES: Final[dict[str, str]] = {"process": "process"}
MEMBERS: Final[dict[str, str]] = {"crypto": "crypto.webcrypto"}
CONSOLE: Final = ["table", "trace", "dirxml", "dir"]  # methods of `console` that are in JavaScript


def _source(name: str) -> str:
    """The module and the member that a global is, with a point between them."""
    for module, names in GLOBALS.items():
        if name in names:
            return f"{module}.{name}"
    if name in MODULES:
        return f"{MODULES[name]}.{WHOLE}"
    return MEMBERS.get(name, "")


def _get(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    where = as_realm(realm)
    name = to_text(native_data(stack, frame))
    source = _source(name)
    end = source.rfind(".")
    value = built_in(where, source[:end])
    if source[end + 1 :] != WHOLE:
        thing = value.as_object()
        assert isinstance(thing, JSObject)
        value = get_named(thing, source[end + 1 :])
    _replace(where, name, value)
    return value


def _set(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    _replace(as_realm(realm), to_text(native_data(stack, frame)), argument_at(stack, frame, count, 0))
    return Value.UNDEFINED


def _replace(realm: Realm, name: str, value: Value) -> None:
    realm.global_object.define_property(key_of_text(name), data_descriptor(value, HIDDEN))


def _console_method(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """A method of `console` from the module that has it."""
    thing = built_in(as_realm(realm), "internal/console").as_object()
    assert isinstance(thing, JSObject)
    method = get_named(thing, to_text(native_data(stack, frame)))
    return call(method, Value.UNDEFINED, arguments_from(stack, frame, count, 0))


def install_host_globals(realm: Realm, console: JSObject) -> None:
    """Give a realm the globals of the host."""
    realm.define("global", Value.of_object(realm.global_object))
    names: list[str] = [*MODULES, *MEMBERS]
    for members in GLOBALS.values():
        names.extend(members)
    for name in names:
        getter = new_native(realm, f"get {name}", 0, _get)
        setter = new_native(realm, f"set {name}", 1, _set)
        getter.data = setter.data = string_value(name)
        pair = accessor_descriptor(Value.of_object(getter), Value.of_object(setter), HIDDEN)
        realm.global_object.define_property(key_of_text(name), pair)
    for name in CONSOLE:
        method = new_native(realm, name, 0, _console_method)
        method.data = string_value(name)
        console.store_named(name, Value.of_object(method), 0)
