"""The globals of a new realm, as far as they are there: console, Math, errors, String, Number, and some methods of arrays and strings."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.system import monotonic_nanoseconds, write_error, write_output
from tracewright.core.text import code_at
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import unroll_safe
from tracewright.lib.utf16 import utf8_of_units
from tracewright_javascript.builtins.arguments import argument_at, is_construction, this_of
from tracewright_javascript.builtins.mathematics import Native, install_mathematics
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import (
    NAN,
    error_text,
    joined,
    object_text,
    to_integer,
    to_number,
    to_string,
    to_text,
)
from tracewright_javascript.errors import not_there, type_error
from tracewright_javascript.inspection import shown
from tracewright_javascript.objects import JSArray, JSError, JSObject, as_object
from tracewright_javascript.realm import ERROR_KINDS, Realm
from tracewright_javascript.values import (
    as_string,
    int_number,
    is_nullish,
    number_value,
    string_value,
)


def _line(stack: VMStack, frame: int, count: int) -> bytes:
    parts: list[str] = []
    for index in range(count):
        parts.append(shown(argument_at(stack, frame, count, index)))
    if count > 1 and "%" in parts[0] and as_string(argument_at(stack, frame, count, 0)) is not None:
        raise not_there("format directives of console.log")
    return utf8_of_units(" ".join(parts) + "\n")


def _log(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    write_output(_line(stack, frame, count))
    return Value.UNDEFINED


def _error(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    write_error(_line(stack, frame, count))
    return Value.UNDEFINED


def _now(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return number_value(float(monotonic_nanoseconds()) / 1e6)


# Arrays


def _array(stack: VMStack, frame: int, method: str) -> JSArray:
    thing = as_object(this_of(stack, frame))
    if isinstance(thing, JSArray):
        return thing
    raise not_there(f"Array.prototype.{method} of something that is no array")


@unroll_safe
def _push(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    array = _array(stack, frame, "push")
    for index in range(count):
        array.push(argument_at(stack, frame, count, index))
    return Value.of_int(array.count)


def _pop(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    array = _array(stack, frame, "pop")
    if array.count == 0:
        return Value.UNDEFINED
    array.count -= 1
    value = array.items[array.count]
    array.items[array.count] = Value.UNDEFINED
    return value


def _join(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    separator = argument_at(stack, frame, count, 0)
    return string_value(
        joined(_array(stack, frame, "join"), "," if separator.same(Value.UNDEFINED) else to_text(separator))
    )


def _is_array(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(isinstance(as_object(argument_at(stack, frame, count, 0)), JSArray))


# Strings and numbers


def _text(stack: VMStack, frame: int) -> str:
    value = this_of(stack, frame)
    if is_nullish(value):
        raise type_error("String.prototype method called on null or undefined")
    return to_text(value)


def _char_code_at(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    string = as_string(this_of(stack, frame))
    text = string.text() if string is not None else _text(stack, frame)
    index = to_integer(argument_at(stack, frame, count, 0))
    return Value.of_int(code_at(text, index)) if 0 <= index < len(text) else Value.of_float(NAN)


def _char_at(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = _text(stack, frame)
    index = to_integer(argument_at(stack, frame, count, 0))
    return string_value(text[index] if 0 <= index < len(text) else "")


def _index_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    start = to_integer(argument_at(stack, frame, count, 1))
    text = _text(stack, frame)
    return Value.of_int(text.find(to_text(argument_at(stack, frame, count, 0)), min(max(start, 0), len(text))))


def _slice(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = _text(stack, frame)
    start = _clamped(to_integer(argument_at(stack, frame, count, 0)), len(text))
    end = argument_at(stack, frame, count, 1)
    stop = len(text) if end.same(Value.UNDEFINED) else _clamped(to_integer(end), len(text))
    return string_value(text[start:stop] if start < stop else "")


def _clamped(index: int, length: int) -> int:
    return max(index + length, 0) if index < 0 else min(index, length)


def _from_char_code(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    units: list[str] = []
    for index in range(count):
        units.append(chr(to_integer(argument_at(stack, frame, count, index)) & 0xFFFF))
    return string_value("".join(units))


def _string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if is_construction(stack, frame):
        raise not_there("String objects")
    return Value.of_object(to_string(argument_at(stack, frame, count, 0))) if count > 0 else string_value("")


def _number(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if is_construction(stack, frame):
        raise not_there("Number objects")
    return number_value(to_number(argument_at(stack, frame, count, 0))) if count > 0 else int_number(0)


def _to_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = this_of(stack, frame)
    thing = as_object(value)
    if thing is None and count > 0 and not argument_at(stack, frame, count, 0).same(Value.UNDEFINED):
        raise not_there("toString with a radix")
    return string_value(object_text(thing) if thing is not None else to_text(value))


# Objects and errors


def _keys(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(argument_at(stack, frame, count, 0))
    if thing is None:
        raise not_there("Object.keys of something that is no object")
    assert isinstance(realm, Realm)
    result = realm.new_array(Array(0, Value.UNDEFINED), 0)
    if isinstance(thing, JSArray):
        for index in range(thing.count):
            result.push(string_value(str(index)))
    for name in thing.visible_names():
        result.push(string_value(name))
    return Value.of_object(result)


def _error_text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(this_of(stack, frame))
    if thing is None:
        raise type_error("Error.prototype.toString requires that 'this' be a JSReceiver")
    return string_value(error_text(thing))


def _error_constructor(kind: str) -> Native:
    def construct(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
        assert isinstance(realm, Realm)
        error = JSError(realm.error_prototypes[kind].shape_of_children(), Array(1, Value.UNDEFINED))
        message = argument_at(stack, frame, count, 0)
        if not message.same(Value.UNDEFINED):
            error.set_named("message", string_value(to_text(message)))
            error.hide()
        return Value.of_object(error)

    return construct


CONSTRUCTORS: Final[dict[str, Native]] = {kind: _error_constructor(kind) for kind in ERROR_KINDS}


def new_realm() -> Realm:
    """A realm with its built-ins."""
    realm = Realm()
    install_builtins(realm)
    return realm


def install_builtins(realm: Realm) -> None:
    """Fill a new realm."""
    realm.define("undefined", Value.UNDEFINED)
    realm.define("NaN", Value.of_float(NAN))
    realm.define("Infinity", Value.of_float(float("inf")))
    realm.define("globalThis", Value.of_object(realm.global_object))
    console = realm.new_object()
    _methods(realm, console, [("log", 0, _log), ("error", 0, _error)])
    realm.define("console", Value.of_object(console))
    performance = realm.new_object()
    _methods(realm, performance, [("now", 0, _now)])
    realm.define("performance", Value.of_object(performance))
    install_mathematics(realm)
    _methods(realm, realm.object_prototype, [("toString", 0, _to_string)])
    _methods(realm, realm.array_prototype, [("push", 1, _push), ("pop", 0, _pop), ("join", 1, _join)])
    texts: list[tuple[str, int, Native]] = [
        ("charCodeAt", 1, _char_code_at),
        ("charAt", 1, _char_at),
        ("indexOf", 1, _index_of),
        ("slice", 2, _slice),
    ]
    _methods(realm, realm.string_prototype, texts)
    _namespace(realm, "Object", realm.new_object(), [("keys", 1, _keys)])
    _namespace(realm, "Array", realm.new_object(), [("isArray", 1, _is_array)])
    strings = realm.new_native("String", 1, _string, True)
    strings.set_named("prototype", Value.of_object(realm.string_prototype))
    _namespace(realm, "String", strings, [("fromCharCode", 1, _from_char_code)])
    _namespace(realm, "Number", realm.new_native("Number", 1, _number, True), [])
    _install_errors(realm)


def _methods(realm: Realm, thing: JSObject, rows: list[tuple[str, int, Native]]) -> None:
    for name, length, function in rows:
        thing.set_named(name, Value.of_object(realm.new_native(name, length, function)))
    thing.hide()


def _namespace(realm: Realm, name: str, thing: JSObject, rows: list[tuple[str, int, Native]]) -> None:
    _methods(realm, thing, rows)
    realm.define(name, Value.of_object(thing))


def _install_errors(realm: Realm) -> None:
    parent = realm.object_prototype
    for kind in ERROR_KINDS:
        prototype = JSObject(parent.shape_of_children(), Array(4, Value.UNDEFINED))
        if kind == "Error":
            parent = prototype
            _methods(realm, prototype, [("toString", 0, _error_text)])
        realm.error_prototypes[kind] = prototype
        constructor = realm.new_native(kind, 1, CONSTRUCTORS[kind], True)
        constructor.set_named("prototype", Value.of_object(prototype))
        prototype.set_named("constructor", Value.of_object(constructor))
        prototype.set_named("name", string_value(kind))
        prototype.set_named("message", string_value(""))
        prototype.hide()
        constructor.hide()
        realm.define(kind, Value.of_object(constructor))
