"""`Symbol`."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.builtins.arguments import argument_at, is_construction, this_of
from tracewright_javascript.builtins.rows import (
    NativeRow,
    install_constant,
    install_constructor,
    install_getter,
    install_methods,
    install_tag,
    install_value,
)
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import as_symbol, symbol_text, to_display, to_text
from tracewright_javascript.errors import type_error
from tracewright_javascript.functions import new_native
from tracewright_javascript.keys import SYMBOL_MARK, TO_PRIMITIVE, WELL_KNOWN, JSSymbol
from tracewright_javascript.properties import READ_ONLY
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import string_value
from tracewright_javascript.wrappers import primitive_in


def _symbol(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if is_construction(stack, frame):
        raise type_error("Symbol is not a constructor")
    description = argument_at(stack, frame, count, 0)
    agent = as_realm(realm).agent
    if description.same(Value.UNDEFINED):
        return Value.of_object(agent.new_symbol("", False))
    return Value.of_object(agent.new_symbol(to_text(description)))


def _for(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = to_text(argument_at(stack, frame, count, 0))
    agent = as_realm(realm).agent
    found = agent.registered.get(text)
    if found is None:
        found = agent.new_symbol(text)
        found.is_registered = True
        agent.registered[text] = found
    return Value.of_object(found)


def _key_for(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = argument_at(stack, frame, count, 0)
    symbol = as_symbol(value)
    if symbol is None:
        raise type_error(f"{to_display(value)} is not a symbol")
    return string_value(symbol.description) if symbol.is_registered else Value.UNDEFINED


def _this_symbol(stack: VMStack, frame: int, method: str) -> JSSymbol:
    symbol = as_symbol(primitive_in(this_of(stack, frame)))
    if symbol is None:
        raise type_error(f"{method} requires that 'this' be a Symbol")
    return symbol


def _text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(symbol_text(_this_symbol(stack, frame, "Symbol.prototype.toString")))


def _value_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_object(_this_symbol(stack, frame, "Symbol.prototype.valueOf"))


def _description(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    symbol = _this_symbol(stack, frame, "Symbol.prototype.description")
    return string_value(symbol.description) if symbol.has_description else Value.UNDEFINED


METHODS: Final[list[NativeRow]] = [("toString", 0, _text), ("valueOf", 0, _value_of)]


def install_symbols(realm: Realm) -> None:
    """Give a realm its `Symbol`."""
    prototype = realm.symbol_prototype
    constructor = install_constructor(realm, "Symbol", 0, _symbol, prototype)
    install_methods(realm, constructor, [("for", 1, _for), ("keyFor", 1, _key_for)])
    for symbol in WELL_KNOWN:
        install_constant(constructor, symbol.name[len(SYMBOL_MARK) :], Value.of_object(symbol))
    install_methods(realm, prototype, METHODS)
    install_getter(realm, prototype, "description", _description)
    install_tag(prototype, "Symbol")
    to_primitive = new_native(realm, "[Symbol.toPrimitive]", 1, _value_of)
    install_value(prototype, TO_PRIMITIVE.name, Value.of_object(to_primitive), READ_ONLY)
