"""`BigInt` (21.2)."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.big_integers import BigIntegerTooLarge
from tracewright.lib.big_integers_bits import as_signed, as_unsigned
from tracewright.lib.big_integers_text import to_text
from tracewright_javascript.bigints import MOST_BITS, bigint_of_number, to_bigint, too_large
from tracewright_javascript.builtins.arguments import argument_at, is_construction, this_of
from tracewright_javascript.builtins.rows import NativeRow, install_constructor, install_methods, install_tag
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_index, to_integer, to_primitive
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.number_formats import grouped_digits
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import JSBigInt, as_bigint, bigint_value, is_number, string_value
from tracewright_javascript.wrappers import primitive_in


def _bigint(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if is_construction(stack, frame):
        raise type_error("BigInt is not a constructor")
    primitive = to_primitive(argument_at(stack, frame, count, 0), "number")
    return bigint_of_number(primitive) if is_number(primitive) else Value.of_object(to_bigint(primitive))


def _as_signed(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    bits = to_index(argument_at(stack, frame, count, 0))
    number = to_bigint(argument_at(stack, frame, count, 1))
    return bigint_value(as_signed(number.integer(), bits))


def _as_unsigned(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    bits = to_index(argument_at(stack, frame, count, 0))
    number = to_bigint(argument_at(stack, frame, count, 1))
    try:
        return bigint_value(as_unsigned(number.integer(), bits, MOST_BITS))
    except BigIntegerTooLarge:
        raise too_large()


def _this_bigint(stack: VMStack, frame: int, method: str) -> JSBigInt:
    number = as_bigint(primitive_in(this_of(stack, frame)))
    if number is None:
        raise type_error(f"BigInt.prototype.{method} requires that 'this' be a BigInt")
    return number


def _to_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    number = _this_bigint(stack, frame, "toString")
    given = argument_at(stack, frame, count, 0)
    radix = 10 if given.same(Value.UNDEFINED) else to_integer(given)
    if not 2 <= radix <= 36:
        raise range_error("toString() radix must be between 2 and 36")
    return string_value(to_text(number.integer(), radix))


def _to_locale_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = to_text(_this_bigint(stack, frame, "toLocaleString").integer(), 10)
    return string_value(f"-{grouped_digits(text[1:])}" if text[0] == "-" else grouped_digits(text))


def _value_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_object(_this_bigint(stack, frame, "valueOf"))


STATIC_METHODS: Final[list[NativeRow]] = [("asIntN", 2, _as_signed), ("asUintN", 2, _as_unsigned)]
METHODS: Final[list[NativeRow]] = [
    ("toLocaleString", 0, _to_locale_string),
    ("toString", 0, _to_string),
    ("valueOf", 0, _value_of),
]


def install_bigints(realm: Realm) -> None:
    """Give a realm its `BigInt`."""
    constructor = install_constructor(realm, "BigInt", 1, _bigint, realm.bigint_prototype)
    install_methods(realm, constructor, STATIC_METHODS)
    install_methods(realm, realm.bigint_prototype, METHODS)
    install_tag(realm.bigint_prototype, "BigInt")
