"""`String`: the constructor, and the methods that know nothing of regular expressions."""

from __future__ import annotations

from typing import Final

from tracewright.core.text import code_at
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.normal_forms import normalized_c, normalized_d, normalized_kc, normalized_kd
from tracewright.lib.utf16 import (
    code_point_at,
    is_high_surrogate,
    is_low_surrogate,
    text_of_units,
    units_in_code_point,
    units_of_code_point,
    units_of_text,
)
from tracewright_javascript.builtins.arguments import argument_at, is_construction, prototype_to_make, this_of
from tracewright_javascript.builtins.array_access import item_at, length_of, relative_index
from tracewright_javascript.builtins.locale_options import collation_of
from tracewright_javascript.builtins.rows import NativeRow, install_constructor, install_methods, install_value
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import (
    MAX_SAFE_INTEGER,
    as_symbol,
    symbol_text,
    to_int32,
    to_integer,
    to_length,
    to_number,
    to_text,
    truth,
)
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.families import Kind
from tracewright_javascript.functions import new_native
from tracewright_javascript.keys import MATCH, NO_INDEX, Key
from tracewright_javascript.lookups import get_named
from tracewright_javascript.number_reading import BLANKS, NAN
from tracewright_javascript.objects import as_object
from tracewright_javascript.primitive_objects import StringObject
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import (
    MAX_STRING_LENGTH,
    UNITS,
    as_string,
    is_nullish,
    number_value,
    part_value,
    string_value,
)
from tracewright_javascript.wrappers import to_object


def this_text(stack: VMStack, frame: int, method: str) -> str:
    """RequireObjectCoercible(this), ToString. Raises GuestFault and Thrown."""
    value = this_of(stack, frame)
    string = as_string(value)
    if string is not None:
        return string.text()
    if is_nullish(value):
        raise type_error(f"String.prototype.{method} called on null or undefined")
    return to_text(value)


def limited(text_length: int) -> None:
    """That a string may be so long. Raises GuestFault."""
    if text_length > MAX_STRING_LENGTH:
        raise range_error("Invalid string length")


def _string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = argument_at(stack, frame, count, 0)
    text = ""
    if count > 0:
        symbol = as_symbol(value)
        if symbol is not None and not is_construction(stack, frame):
            return string_value(symbol_text(symbol))
        if not is_construction(stack, frame) and as_string(value) is not None:
            return value
        text = to_text(value)
    if not is_construction(stack, frame):
        return string_value(text)
    prototype = prototype_to_make(stack, frame, lambda where: where.string_prototype)
    return Value.of_object(StringObject(prototype.special_shape_of_children(Kind.EXOTIC), text))


def _from_char_code(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if count == 1:
        unit = to_int32(argument_at(stack, frame, count, 0)) & 0xFFFF
        return Value.of_object(UNITS[unit]) if unit < 256 else string_value(chr(unit))
    units: list[str] = []
    for index in range(count):
        units.append(chr(to_int32(argument_at(stack, frame, count, index)) & 0xFFFF))
    return string_value("".join(units))


def _from_code_point(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    parts: list[str] = []
    for index in range(count):
        value = argument_at(stack, frame, count, index)
        number = to_number(value)
        if not 0.0 <= number <= 1114111.0 or float(int(number)) != number:
            raise range_error(f"Invalid code point {to_text(value)}")
        parts.append(units_of_code_point(int(number)))
    return string_value("".join(parts))


def _raw(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    cooked = to_object(as_realm(realm), argument_at(stack, frame, count, 0))
    literals = to_object(as_realm(realm), cooked.get_property(Key("raw", NO_INDEX), Value.of_object(cooked)))
    length = length_of(literals)
    parts: list[str] = []
    for index in range(length):
        parts.append(to_text(item_at(literals, index)))
        if index + 1 < length and index + 1 < count:
            parts.append(to_text(argument_at(stack, frame, count, index + 1)))
    return string_value("".join(parts))


# Units and code points


def _at(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "at")
    index = to_integer(argument_at(stack, frame, count, 0))
    if index < 0:
        index += len(text)
    return part_value(text, index, index + 1) if 0 <= index < len(text) else Value.UNDEFINED


def _char_at(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "charAt")
    index = to_integer(argument_at(stack, frame, count, 0))
    return part_value(text, index, index + 1) if 0 <= index < len(text) else string_value("")


def _char_code_at(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    string = as_string(this_of(stack, frame))
    place = argument_at(stack, frame, count, 0)
    if string is not None and place.is_int() and 0 <= place.as_int() < string.length:
        return Value.of_int(code_at(string.text(), place.as_int()))
    text = this_text(stack, frame, "charCodeAt")
    index = to_integer(place)
    return Value.of_int(code_at(text, index)) if 0 <= index < len(text) else Value.of_float(NAN)


def _code_point_at(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "codePointAt")
    index = to_integer(argument_at(stack, frame, count, 0))
    return Value.of_int(code_point_at(text, index)) if 0 <= index < len(text) else Value.UNDEFINED


def _is_well_formed(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(_first_lone(this_text(stack, frame, "isWellFormed"), 0) < 0)


def _to_well_formed(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "toWellFormed")
    parts: list[str] = []
    start = 0
    place = _first_lone(text, 0)
    while place >= 0:
        parts.append(text[start:place])
        parts.append("\ufffd")
        start = place + 1
        place = _first_lone(text, start)
    parts.append(text[start:])
    return string_value("".join(parts))


def _first_lone(text: str, start: int) -> int:
    """The first surrogate without its partner from a place on, or -1."""
    index = start
    while index < len(text):
        code = code_point_at(text, index)
        if is_high_surrogate(code) or is_low_surrogate(code):
            return index
        index += units_in_code_point(code)
    return -1


# Searching


def is_regular_expression(value: Value) -> bool:
    """IsRegExp. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is None:
        return False
    matcher = get_named(thing, MATCH.name)
    return thing.class_text() == "RegExp" if matcher.same(Value.UNDEFINED) else truth(matcher)


def _searched(stack: VMStack, frame: int, count: int, method: str) -> str:
    """The text that is looked for. Raises GuestFault and Thrown."""
    value = argument_at(stack, frame, count, 0)
    if is_regular_expression(value):
        raise type_error(f"First argument to String.prototype.{method} must not be a regular expression")
    return to_text(value)


def _ends_with(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "endsWith")
    wanted = _searched(stack, frame, count, "endsWith")
    given = argument_at(stack, frame, count, 1)
    stop = len(text) if given.same(Value.UNDEFINED) else min(max(to_integer(given), 0), len(text))
    start = stop - len(wanted)
    return Value.of_bool(start >= 0 and text[start:stop] == wanted)


def _starts_with(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "startsWith")
    wanted = _searched(stack, frame, count, "startsWith")
    start = min(max(to_integer(argument_at(stack, frame, count, 1)), 0), len(text))
    return Value.of_bool(text[start : start + len(wanted)] == wanted)


def _includes(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "includes")
    wanted = _searched(stack, frame, count, "includes")
    start = min(max(to_integer(argument_at(stack, frame, count, 1)), 0), len(text))
    return Value.of_bool(text.find(wanted, start) >= 0)


def _index_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "indexOf")
    wanted = to_text(argument_at(stack, frame, count, 0))
    start = min(max(to_integer(argument_at(stack, frame, count, 1)), 0), len(text))
    return Value.of_int(text.find(wanted, start))


def _last_index_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "lastIndexOf")
    wanted = to_text(argument_at(stack, frame, count, 0))
    number = to_number(argument_at(stack, frame, count, 1))
    start = len(text) if number != number else to_integer(number_value(number))
    start = min(max(start, 0), len(text) - len(wanted))
    return Value.of_int(text.rfind(wanted, 0, start + len(wanted)) if start >= 0 else -1)


# Parts


def _slice(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "slice")
    start = relative_index(argument_at(stack, frame, count, 0), len(text), 0)
    stop = relative_index(argument_at(stack, frame, count, 1), len(text), len(text))
    return part_value(text, start, max(start, stop))


def _substring(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "substring")
    start = min(max(to_integer(argument_at(stack, frame, count, 0)), 0), len(text))
    given = argument_at(stack, frame, count, 1)
    stop = len(text) if given.same(Value.UNDEFINED) else min(max(to_integer(given), 0), len(text))
    return part_value(text, min(start, stop), max(start, stop))


def _substr(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "substr")
    start = relative_index(argument_at(stack, frame, count, 0), len(text), 0)
    given = argument_at(stack, frame, count, 1)
    length = len(text) - start if given.same(Value.UNDEFINED) else to_integer(given)
    return string_value(text[start : min(start + length, len(text))] if length > 0 else "")


@dont_look_inside
def _trimmed(text: str, at_start: bool, at_end: bool) -> Value:
    start = 0
    stop = len(text)
    while at_start and start < stop and _is_blank(code_at(text, start)):
        start += 1
    while at_end and stop > start and _is_blank(code_at(text, stop - 1)):
        stop -= 1
    return string_value(text) if stop - start == len(text) else part_value(text, start, stop)


def _is_blank(unit: int) -> bool:
    return unit == 32 or 9 <= unit <= 13 or unit >= 160 and chr(unit) in BLANKS


def _trim(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _trimmed(this_text(stack, frame, "trim"), True, True)


def _trim_start(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _trimmed(this_text(stack, frame, "trimStart"), True, False)


def _trim_end(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _trimmed(this_text(stack, frame, "trimEnd"), False, True)


# Longer texts


def _concat(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    parts = [this_text(stack, frame, "concat")]
    for index in range(count):
        parts.append(to_text(argument_at(stack, frame, count, index)))
    limited(sum([len(part) for part in parts]))
    return string_value("".join(parts))


def _repeat(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "repeat")
    value = argument_at(stack, frame, count, 0)
    number = to_number(value)
    times = to_integer(number_value(number))
    if times < 0 or number == float("inf"):
        raise range_error(f"Invalid count value: {to_text(value)}")
    if text == "":
        return string_value("")
    limited(len(text) * min(times, MAX_STRING_LENGTH + 1))
    return string_value(text * times)


def _padding(stack: VMStack, frame: int, count: int, text: str) -> str:
    """What is missing of a text that is to be longer. Raises GuestFault and Thrown."""
    length = to_length(argument_at(stack, frame, count, 0))
    if length <= len(text):
        return ""
    given = argument_at(stack, frame, count, 1)
    filler = " " if given.same(Value.UNDEFINED) else to_text(given)
    if filler == "":
        return ""
    limited(min(length, MAX_SAFE_INTEGER))
    missing = length - len(text)
    return (filler * (missing // len(filler) + 1))[:missing]


def _pad_start(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "padStart")
    return string_value(_padding(stack, frame, count, text) + text)


def _pad_end(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "padEnd")
    return string_value(text + _padding(stack, frame, count, text))


# Case and normal forms: over code points


def _to_lower_case(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(units_of_text(text_of_units(this_text(stack, frame, "toLowerCase")).lower()))


def _to_upper_case(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(units_of_text(text_of_units(this_text(stack, frame, "toUpperCase")).upper()))


def _normalize(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    text = this_text(stack, frame, "normalize")
    given = argument_at(stack, frame, count, 0)
    form = "NFC" if given.same(Value.UNDEFINED) else to_text(given)
    return string_value(units_of_text(_in_form(text_of_units(text), form)))


def _in_form(text: str, form: str) -> str:
    """The text in a normal form. Raises GuestFault."""
    match form:
        case "NFC":
            return normalized_c(text)
        case "NFD":
            return normalized_d(text)
        case "NFKC":
            return normalized_kc(text)
        case "NFKD":
            return normalized_kd(text)
        case _:
            raise range_error("The normalization form should be one of NFC, NFD, NFKC, NFKD.")


def _locale_compare(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    left = text_of_units(this_text(stack, frame, "localeCompare"))
    right = text_of_units(to_text(argument_at(stack, frame, count, 0)))
    return Value.of_int(collation_of(argument_at(stack, frame, count, 2)).compare(left, right))


def _text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = this_of(stack, frame)
    if as_string(value) is not None:
        return value
    thing = as_object(value)
    if isinstance(thing, StringObject):
        return string_value(thing.text)
    raise type_error("String.prototype.toString requires that 'this' be a String")


# Annex B: texts as elements of pages


def _element(stack: VMStack, frame: int, count: int, method: str, tag: str, attribute: str) -> Value:
    text = this_text(stack, frame, method)
    given = ""
    if attribute != "":
        value = to_text(argument_at(stack, frame, count, 0)).replace('"', "&quot;")
        given = f' {attribute}="{value}"'
    return string_value(f"<{tag}{given}>{text}</{tag}>")


STATIC_METHODS: Final[list[NativeRow]] = [
    ("fromCharCode", 1, _from_char_code),
    ("fromCodePoint", 1, _from_code_point),
    ("raw", 1, _raw),
]
METHODS: Final[list[NativeRow]] = [
    ("anchor", 1, lambda r, s, f, n: _element(s, f, n, "anchor", "a", "name")),
    ("at", 1, _at),
    ("big", 0, lambda r, s, f, n: _element(s, f, n, "big", "big", "")),
    ("blink", 0, lambda r, s, f, n: _element(s, f, n, "blink", "blink", "")),
    ("bold", 0, lambda r, s, f, n: _element(s, f, n, "bold", "b", "")),
    ("charAt", 1, _char_at),
    ("charCodeAt", 1, _char_code_at),
    ("codePointAt", 1, _code_point_at),
    ("concat", 1, _concat),
    ("endsWith", 1, _ends_with),
    ("fixed", 0, lambda r, s, f, n: _element(s, f, n, "fixed", "tt", "")),
    ("fontcolor", 1, lambda r, s, f, n: _element(s, f, n, "fontcolor", "font", "color")),
    ("fontsize", 1, lambda r, s, f, n: _element(s, f, n, "fontsize", "font", "size")),
    ("includes", 1, _includes),
    ("indexOf", 1, _index_of),
    ("isWellFormed", 0, _is_well_formed),
    ("italics", 0, lambda r, s, f, n: _element(s, f, n, "italics", "i", "")),
    ("lastIndexOf", 1, _last_index_of),
    ("link", 1, lambda r, s, f, n: _element(s, f, n, "link", "a", "href")),
    ("localeCompare", 1, _locale_compare),
    ("normalize", 0, _normalize),
    ("padEnd", 1, _pad_end),
    ("padStart", 1, _pad_start),
    ("repeat", 1, _repeat),
    ("slice", 2, _slice),
    ("small", 0, lambda r, s, f, n: _element(s, f, n, "small", "small", "")),
    ("startsWith", 1, _starts_with),
    ("strike", 0, lambda r, s, f, n: _element(s, f, n, "strike", "strike", "")),
    ("sub", 0, lambda r, s, f, n: _element(s, f, n, "sub", "sub", "")),
    ("substr", 2, _substr),
    ("substring", 2, _substring),
    ("sup", 0, lambda r, s, f, n: _element(s, f, n, "sup", "sup", "")),
    ("toLocaleLowerCase", 0, _to_lower_case),
    ("toLocaleUpperCase", 0, _to_upper_case),
    ("toLowerCase", 0, _to_lower_case),
    ("toString", 0, _text),
    ("toUpperCase", 0, _to_upper_case),
    ("toWellFormed", 0, _to_well_formed),
    ("trim", 0, _trim),
    ("valueOf", 0, _text),
]


def install_strings(realm: Realm) -> None:
    """Give a realm its `String`."""
    prototype = realm.string_prototype
    constructor = install_constructor(realm, "String", 1, _string, prototype)
    install_methods(realm, constructor, STATIC_METHODS)
    install_methods(realm, prototype, METHODS)
    for name, old_name, function in (("trimStart", "trimLeft", _trim_start), ("trimEnd", "trimRight", _trim_end)):
        native = Value.of_object(new_native(realm, name, 0, function))
        install_value(prototype, name, native)
        install_value(prototype, old_name, native)
