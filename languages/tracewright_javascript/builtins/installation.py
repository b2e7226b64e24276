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
from tracewright_javascript.access import set_by_key
from tracewright_javascript.arrays import JSArray, append_element
from tracewright_javascript.builtins.arguments import argument_at, is_construction, prototype_to_make, this_of
from tracewright_javascript.builtins.evaluation import install_evaluation
from tracewright_javascript.builtins.function import install_function
from tracewright_javascript.builtins.generators import install_generators
from tracewright_javascript.builtins.iterators import install_iterators
from tracewright_javascript.builtins.mathematics import install_mathematics
from tracewright_javascript.builtins.promise import install_promise
from tracewright_javascript.builtins.rows import (
    NativeRow,
    install_constant,
    install_constructor,
    install_methods,
    install_value,
)
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import (
    NAN,
    error_text,
    to_integer,
    to_number,
    to_string,
    to_text,
)
from tracewright_javascript.errors import not_there, type_error
from tracewright_javascript.functions import JSFunction, Native, NativeFunction
from tracewright_javascript.inspection import shown
from tracewright_javascript.keys import TO_STRING_TAG, key_of_index
from tracewright_javascript.objects import JSError, JSObject, Kind, as_object, get_named
from tracewright_javascript.properties import HIDDEN
from tracewright_javascript.realm import ERROR_KINDS, Agent, Realm, as_realm
from tracewright_javascript.values import (
    EMPTY,
    as_string,
    int_number,
    is_nullish,
    number_value,
    string_value,
)
from tracewright_javascript.wrappers import primitive_in, to_object


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
        if not append_element(array, argument_at(stack, frame, count, index)):
            set_by_key(array, key_of_index(array.length()), argument_at(stack, frame, count, index), True)
    return Value.of_int(array.length())


def _pop(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    array = _array(stack, frame, "pop")
    if array.elements is not None:
        raise not_there("Array.prototype.pop of an array that is not dense")
    if array.count == 0:
        return Value.UNDEFINED
    value = array.items[array.count - 1]
    array.shorten(array.count - 1)
    return Value.UNDEFINED if value.same(EMPTY) else value


def _join(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    separator = argument_at(stack, frame, count, 0)
    array = _array(stack, frame, "join")
    between = "," if separator.same(Value.UNDEFINED) else to_text(separator)
    parts: list[str] = []
    for index in range(array.length()):
        item = array.get_property(key_of_index(index), Value.of_object(array))
        parts.append("" if is_nullish(item) else to_text(item))
    return string_value(between.join(parts))


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


def _number_to_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if count > 0 and not argument_at(stack, frame, count, 0).same(Value.UNDEFINED):
        raise not_there("toString with a radix")
    return string_value(to_text(primitive_in(this_of(stack, frame))))


def _function_text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(this_of(stack, frame))
    if isinstance(thing, JSFunction):
        return string_value(thing.code.source)
    if isinstance(thing, NativeFunction):
        return string_value(f"function {thing.name}() {{ [native code] }}")
    if thing is not None and thing.can_call():
        return string_value("function () { [native code] }")
    raise type_error("Function.prototype.toString requires that 'this' be a Function")


def _object_text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = this_of(stack, frame)
    if is_nullish(value):
        return string_value("[object Undefined]" if value.same(Value.UNDEFINED) else "[object Null]")
    thing = to_object(as_realm(realm), value)
    tag = as_string(get_named(thing, TO_STRING_TAG.name))
    return string_value(f"[object {thing.class_text() if tag is None else tag.text()}]")


def _value_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_object(to_object(as_realm(realm), this_of(stack, frame)))


def _primitive_value(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return primitive_in(this_of(stack, frame))


def _nothing(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.UNDEFINED


# Objects and errors


def _keys(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = to_object(as_realm(realm), argument_at(stack, frame, count, 0))
    names: list[Value] = []
    for key in thing.own_keys():
        if not key.is_symbol():
            found = thing.own_property(key)
            if found is not None and found.is_enumerable():
                names.append(string_value(key.text()))
    return Value.of_object(as_realm(realm).array_of(names))


def _error_text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(this_of(stack, frame))
    if thing is None:
        raise type_error("Error.prototype.toString requires that 'this' be a JSReceiver")
    return string_value(error_text(thing))


def _error_constructor(kind: str) -> Native:
    def construct(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
        prototype = prototype_to_make(stack, frame, lambda where: where.error_prototypes[kind])
        error = JSError(prototype.shape_of_children(), Array(1, Value.UNDEFINED))
        message = argument_at(stack, frame, count, 0)
        if not message.same(Value.UNDEFINED):
            error.add("message", string_value(to_text(message)), HIDDEN)
        return Value.of_object(error)

    return construct


CONSTRUCTORS: Final[dict[str, Native]] = {kind: _error_constructor(kind) for kind in ERROR_KINDS}


def new_realm(agent: Agent | None = None) -> Realm:
    """A realm with its built-ins; without an agent, the first one of a new agent."""
    realm = Realm(Agent() if agent is None else agent, _function_prototype)
    install_builtins(realm)
    return realm


def _function_prototype(realm: Realm, parent: JSObject) -> JSObject:
    return NativeFunction(parent.special_shape_of_children(Kind.LAZY), realm, "", 0, _nothing, False)


ARRAY_METHODS: Final[list[NativeRow]] = [("push", 1, _push), ("pop", 0, _pop), ("join", 1, _join)]
STRING_METHODS: Final[list[NativeRow]] = [
    ("charCodeAt", 1, _char_code_at),
    ("charAt", 1, _char_at),
    ("indexOf", 1, _index_of),
    ("slice", 2, _slice),
    ("toString", 0, _primitive_value),
    ("valueOf", 0, _primitive_value),
]
OBJECT_METHODS: Final[list[NativeRow]] = [("toString", 0, _object_text), ("valueOf", 0, _value_of)]


def install_builtins(realm: Realm) -> None:
    """Fill a new realm."""
    install_constant(realm.global_object, "undefined", Value.UNDEFINED)
    install_constant(realm.global_object, "NaN", Value.of_float(NAN))
    install_constant(realm.global_object, "Infinity", Value.of_float(float("inf")))
    realm.define("globalThis", Value.of_object(realm.global_object))
    console = realm.new_object()
    install_methods(realm, console, [("log", 0, _log), ("error", 0, _error)])
    realm.define("console", Value.of_object(console))
    performance = realm.new_object()
    install_methods(realm, performance, [("now", 0, _now)])
    realm.define("performance", Value.of_object(performance))
    install_mathematics(realm)
    install_methods(realm, realm.object_prototype, OBJECT_METHODS)
    install_methods(realm, realm.function_prototype, [("toString", 0, _function_text)])
    install_methods(realm, realm.array_prototype, ARRAY_METHODS)
    install_methods(realm, realm.array_prototype, [("toString", 0, _join)])
    install_methods(realm, realm.string_prototype, STRING_METHODS)
    for prototype in (realm.number_prototype, realm.boolean_prototype):
        install_methods(realm, prototype, [("toString", 1, _number_to_string), ("valueOf", 0, _primitive_value)])
    objects = realm.new_object()
    install_methods(realm, objects, [("keys", 1, _keys)])
    realm.define("Object", Value.of_object(objects))
    arrays = realm.new_object()
    install_methods(realm, arrays, [("isArray", 1, _is_array)])
    realm.define("Array", Value.of_object(arrays))
    strings = install_constructor(realm, "String", 1, _string, realm.string_prototype)
    install_methods(realm, strings, [("fromCharCode", 1, _from_char_code)])
    install_constructor(realm, "Number", 1, _number, realm.number_prototype)
    _install_errors(realm)
    install_function(realm)
    install_evaluation(realm)
    install_iterators(realm)
    install_generators(realm)
    install_promise(realm)


def _install_errors(realm: Realm) -> None:
    base = realm.new_object()
    base_constructor: JSObject | None = None
    for kind in ERROR_KINDS:
        prototype = base if kind == "Error" else realm.new_child(base)
        realm.error_prototypes[kind] = prototype
        constructor = install_constructor(realm, kind, 1, CONSTRUCTORS[kind], prototype, base_constructor)
        install_value(prototype, "name", string_value(kind))
        install_value(prototype, "message", string_value(""))
        if kind == "Error":
            base_constructor = constructor
            install_methods(realm, prototype, [("toString", 0, _error_text)])
