"""`Number` and `Boolean`, and the global functions about numbers."""

from __future__ import annotations

from typing import Final

from tracewright.core.integers import bits_of_float
from tracewright.core.mathematics import is_infinite, is_nan, trunc
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers_floats import to_float
from tracewright.lib.big_integers_text import from_text
from tracewright.lib.float_parse import parse_float
from tracewright.lib.numbers import letter_value, str_of_int_in_base
from tracewright_javascript.bigints import bigint_to_float, to_numeric
from tracewright_javascript.builtins.arguments import argument_at, is_construction, prototype_to_make, this_of
from tracewright_javascript.builtins.locale_options import formatted_by
from tracewright_javascript.builtins.rows import (
    NativeRow,
    install_constant,
    install_constructor,
    install_methods,
    install_value,
)
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_int32, to_integer, to_number, to_text, truth
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.functions import new_native
from tracewright_javascript.number_formats import (
    exponential_text,
    fixed_text,
    grouped_digits,
    precision_text,
    radix_text,
)
from tracewright_javascript.number_reading import BLANKS, INFINITY, NAN, whole_number
from tracewright_javascript.primitive_objects import PrimitiveObject
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import (
    as_bigint,
    as_number,
    int_number,
    is_number,
    number_text,
    number_value,
    string_value,
)
from tracewright_javascript.wrappers import primitive_in

MAX_SAFE: Final = 9007199254740991.0
MOST_PLACES: Final = 100


def _number(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = _as_number_value(argument_at(stack, frame, count, 0)) if count > 0 else int_number(0)
    if not is_construction(stack, frame):
        return value
    prototype = prototype_to_make(stack, frame, lambda where: where.number_prototype)
    return Value.of_object(PrimitiveObject(prototype.bare_shape_of_children(), value))


def _as_number_value(value: Value) -> Value:
    numeric = to_numeric(value)
    big = as_bigint(numeric)
    return numeric if big is None else number_value(bigint_to_float(big))


def _this_number(stack: VMStack, frame: int, method: str) -> float:
    value = primitive_in(this_of(stack, frame))
    if not is_number(value):
        raise type_error(f"Number.prototype.{method} requires that 'this' be a Number")
    return as_number(value)


def _to_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    number = _this_number(stack, frame, "toString")
    given = argument_at(stack, frame, count, 0)
    radix = 10 if given.same(Value.UNDEFINED) else to_integer(given)
    value = this_of(stack, frame)
    if value.is_int() and 2 <= radix <= 36:
        return string_value(str(value.as_int()) if radix == 10 else str_of_int_in_base(value.as_int(), radix))
    if not 2 <= radix <= 36:
        raise range_error("toString() radix must be between 2 and 36")
    if radix == 10 or is_nan(number) or is_infinite(number):
        return string_value(number_text(number))
    return string_value(radix_text(number, radix))


def _to_fixed(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    number = _this_number(stack, frame, "toFixed")
    places = to_integer(argument_at(stack, frame, count, 0))
    if not 0 <= places <= MOST_PLACES:
        raise range_error("toFixed() digits argument must be between 0 and 100")
    if is_nan(number) or abs(number) >= 1e21:
        return string_value(number_text(number))
    return string_value(fixed_text(number, places))


def _to_exponential(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    number = _this_number(stack, frame, "toExponential")
    given = argument_at(stack, frame, count, 0)
    places = to_integer(given)
    if is_nan(number) or is_infinite(number):
        return string_value(number_text(number))
    if not 0 <= places <= MOST_PLACES:
        raise range_error("toExponential() argument must be between 0 and 100")
    return string_value(exponential_text(number, -1 if given.same(Value.UNDEFINED) else places))


def _to_precision(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    number = _this_number(stack, frame, "toPrecision")
    given = argument_at(stack, frame, count, 0)
    if given.same(Value.UNDEFINED):
        return string_value(number_text(number))
    precision = to_integer(given)
    if is_nan(number) or is_infinite(number):
        return string_value(number_text(number))
    if not 1 <= precision <= MOST_PLACES:
        raise range_error("toPrecision() argument must be between 1 and 100")
    return string_value(precision_text(number, precision))


def _to_locale_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """The one locale there is groups digits by commas, and has three places at most; what options say is left to `Intl`."""
    number = _this_number(stack, frame, "toLocaleString")
    options = argument_at(stack, frame, count, 1)
    if not options.same(Value.UNDEFINED):
        locales = argument_at(stack, frame, count, 0)
        formatted = formatted_by(as_realm(realm), "NumberFormat", number_value(number), locales, [options])
        if not formatted.same(Value.UNDEFINED):
            return formatted
    if is_nan(number):
        return string_value("NaN")
    if is_infinite(number):
        return string_value("∞" if number > 0.0 else "-∞")
    text = fixed_text(abs(number), 3)
    whole, _, places = text.partition(".")
    places = places.rstrip("0")
    result = grouped_digits(whole) + ("." + places if places != "" else "")
    return string_value(f"-{result}" if bits_of_float(number) < 0 else result)


def _value_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return number_value(_this_number(stack, frame, "valueOf"))


# Questions


def _is_whole(value: Value) -> bool:
    if value.is_int():
        return True
    return value.is_float() and not is_infinite(value.as_float()) and trunc(value.as_float()) == value.as_float()


def _is_finite(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = argument_at(stack, frame, count, 0)
    return Value.of_bool(is_number(value) and not is_nan(as_number(value)) and not is_infinite(as_number(value)))


def _is_integer(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(_is_whole(argument_at(stack, frame, count, 0)))


def _is_not_a_number(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = argument_at(stack, frame, count, 0)
    return Value.of_bool(value.is_float() and is_nan(value.as_float()))


def _is_safe_integer(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = argument_at(stack, frame, count, 0)
    return Value.of_bool(_is_whole(value) and abs(as_number(value)) <= MAX_SAFE)


def _global_is_finite(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    number = to_number(argument_at(stack, frame, count, 0))
    return Value.of_bool(not is_nan(number) and not is_infinite(number))


def _global_is_nan(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(is_nan(to_number(argument_at(stack, frame, count, 0))))


# Reading


def _parse_int(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = argument_at(stack, frame, count, 0)
    radix_given = argument_at(stack, frame, count, 1)
    if value.is_int() and radix_given.same(Value.UNDEFINED):
        return value
    text = to_text(value)
    if radix_given.same(Value.UNDEFINED) or radix_given.is_int() and radix_given.as_int() == 10:
        whole = whole_number(text)
        if whole >= 0:
            return Value.of_int(whole)
    return _leading_integer(text.lstrip(BLANKS), to_int32(radix_given))


@dont_look_inside
def _leading_integer(text: str, radix: int) -> Value:
    """The longest beginning that is an integer in a radix, as one; NaN where there is none."""
    negative = text[:1] == "-"
    if negative or text[:1] == "+":
        text = text[1:]
    if (radix == 0 or radix == 16) and (text[:2] == "0x" or text[:2] == "0X"):
        text = text[2:]
        radix = 16
    radix = 10 if radix == 0 else radix
    if not 2 <= radix <= 36:
        return Value.of_float(NAN)
    stop = 0
    while stop < len(text) and ord(text[stop]) < 128 and 0 <= letter_value(ord(text[stop])) < radix:
        stop += 1
    if stop == 0:
        return Value.of_float(NAN)
    number = parse_float(text[:stop]) if radix == 10 else _number_in_radix(text[:stop], radix)
    return number_value(-number if negative else number)


def _number_in_radix(digits: str, radix: int) -> float:
    """The number nearest to an integer written in a radix."""
    try:
        return to_float(from_text(digits, radix))
    except OverflowError:
        return INFINITY


def _parse_float(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = to_text(argument_at(stack, frame, count, 0)).lstrip(BLANKS)
    return number_value(_leading_number(text))


def _leading_number(text: str) -> float:
    """The longest beginning that is a decimal number, as one; NaN where there is none."""
    place = 1 if text[:1] == "-" or text[:1] == "+" else 0
    if text[place : place + 8] == "Infinity":
        return -INFINITY if text[:1] == "-" else INFINITY
    start = place
    place = _behind_digits(text, place)
    digits = place - start
    if text[place : place + 1] == ".":
        after = _behind_digits(text, place + 1)
        if after > place + 1 or digits > 0:
            digits += after - place - 1
            place = after
    if digits == 0:
        return NAN
    if text[place : place + 1] == "e" or text[place : place + 1] == "E":
        sign = 1 if text[place + 1 : place + 2] == "-" or text[place + 1 : place + 2] == "+" else 0
        after = _behind_digits(text, place + 1 + sign)
        if after > place + 1 + sign:
            place = after
    return parse_float(text[:place])


def _behind_digits(text: str, place: int) -> int:
    while place < len(text) and "0" <= text[place] <= "9":
        place += 1
    return place


# Booleans


def _boolean(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = Value.of_bool(truth(argument_at(stack, frame, count, 0)))
    if not is_construction(stack, frame):
        return value
    prototype = prototype_to_make(stack, frame, lambda where: where.boolean_prototype)
    return Value.of_object(PrimitiveObject(prototype.bare_shape_of_children(), value))


def _this_boolean(stack: VMStack, frame: int, method: str) -> bool:
    value = primitive_in(this_of(stack, frame))
    if not value.is_bool():
        raise type_error(f"Boolean.prototype.{method} requires that 'this' be a Boolean")
    return value.as_bool()


def _boolean_text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value("true" if _this_boolean(stack, frame, "toString") else "false")


def _boolean_value(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(_this_boolean(stack, frame, "valueOf"))


STATIC_METHODS: Final[list[NativeRow]] = [
    ("isFinite", 1, _is_finite),
    ("isInteger", 1, _is_integer),
    ("isNaN", 1, _is_not_a_number),
    ("isSafeInteger", 1, _is_safe_integer),
]
METHODS: Final[list[NativeRow]] = [
    ("toExponential", 1, _to_exponential),
    ("toFixed", 1, _to_fixed),
    ("toLocaleString", 0, _to_locale_string),
    ("toPrecision", 1, _to_precision),
    ("toString", 1, _to_string),
    ("valueOf", 0, _value_of),
]
CONSTANTS: Final[dict[str, float]] = {
    "MAX_VALUE": 1.7976931348623157e308,
    "MIN_VALUE": 5e-324,
    "NaN": NAN,
    "NEGATIVE_INFINITY": -INFINITY,
    "POSITIVE_INFINITY": INFINITY,
    "MAX_SAFE_INTEGER": MAX_SAFE,
    "MIN_SAFE_INTEGER": -MAX_SAFE,
    "EPSILON": 2.220446049250313e-16,
}
BOOLEAN_METHODS: Final[list[NativeRow]] = [("toString", 0, _boolean_text), ("valueOf", 0, _boolean_value)]


def install_numbers(realm: Realm) -> None:
    """Give a realm `Number`, `Boolean`, and what reads numbers."""
    number = install_constructor(realm, "Number", 1, _number, realm.number_prototype)
    install_methods(realm, number, STATIC_METHODS)
    for name, value in CONSTANTS.items():
        install_constant(number, name, number_value(value))
    install_methods(realm, realm.number_prototype, METHODS)
    install_constructor(realm, "Boolean", 1, _boolean, realm.boolean_prototype)
    install_methods(realm, realm.boolean_prototype, BOOLEAN_METHODS)
    parse_int = Value.of_object(new_native(realm, "parseInt", 2, _parse_int))
    parse_decimal = Value.of_object(new_native(realm, "parseFloat", 1, _parse_float))
    for name, function in (("parseInt", parse_int), ("parseFloat", parse_decimal)):
        realm.define(name, function)
        install_value(number, name, function)
    realm.define("isFinite", Value.of_object(new_native(realm, "isFinite", 1, _global_is_finite)))
    realm.define("isNaN", Value.of_object(new_native(realm, "isNaN", 1, _global_is_nan)))
