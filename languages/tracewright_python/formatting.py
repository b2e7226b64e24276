"""Format specifications: `format(x, ">8.2f")`, and `%`."""

from __future__ import annotations

from tracewright.core.integers import MAX_INT
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers_text import to_text
from tracewright.lib.float_fixed import float_fixed
from tracewright.lib.float_format import str_format_float
from tracewright.lib.string_format import pad, parse_format_spec, str_format_int, str_format_str
from tracewright_python.big_ints import int_as_float, integer, is_big, plain_number
from tracewright_python.builtin_types import INDEX_ERROR, KEY_ERROR, OVERFLOW_ERROR
from tracewright_python.dictionaries import PyDict
from tracewright_python.display import ascii_text, format_value, repr_text, str_text
from tracewright_python.errors import Raised
from tracewright_python.exceptions import error, error_with, value_error
from tracewright_python.session import Session
from tracewright_python.specifications import (
    check_int,
    check_text,
    read_specification,
    shows_zero,
    unknown_kind,
    without_z,
)
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import type_name

FLOAT_KINDS = "eEfFgG%"
FIXED = 102  # `f`
DECIMAL = 100  # `d`
USUAL_PLACES = 6
ALIGN_RIGHT = 62  # `>`
BEHIND_SIGN = 61  # `=`


def wrong_specification(message: str, value: Value) -> Raised:
    """What is wrong with a specification."""
    return value_error(
        message if message != "" else f"Invalid format specifier for object of type '{type_name(value)}'"
    )


@dont_look_inside
def quick_text(value: Value, specification: str) -> str | None:
    """What `format` gives where nothing but a width and a few places are asked for, as in `5d`, `02d` and `8.3f`; None: to be read with care."""
    length = len(specification)
    width, index = 0, 0
    while index < length and index < 3 and 48 <= ord(specification[index]) <= 57:
        width = width * 10 + ord(specification[index]) - 48
        index += 1
    places = -1
    if index + 1 < length and specification[index] == "." and 48 <= ord(specification[index + 1]) <= 57:
        places = ord(specification[index + 1]) - 48
        index += 2
    if index + 1 < length:
        return None
    kind = ord(specification[index]) if index < length else 0
    if kind == FIXED and (value.is_float() or value.is_int()):
        real = value.as_float() if value.is_float() else float(value.as_int())
        text = float_fixed(real, places if places >= 0 else USUAL_PLACES)
    elif (kind == DECIMAL or kind == 0) and places < 0 and value.is_int():
        text = str(value.as_int())
    else:
        return None
    if width <= len(text):
        return text
    if specification[0] != "0":
        return " " * (width - len(text)) + text
    return "0" * (width - len(text)) + text if 48 <= ord(text[0]) <= 57 else None


@dont_look_inside
def format_text(value: Value, text: str, specification: str) -> str:
    """`str.__format__`"""
    if specification == "":
        return text
    check_text(read_specification(specification, value), value)
    try:
        return str_format_str(text, specification)
    except ValueError:
        raise wrong_specification("", value)


@dont_look_inside
def format_number(session: Session, value: Value, specification: str) -> str:
    """`int.__format__` and `float.__format__`"""
    number = plain_number(value)
    if specification == "":
        return str_text(session, number if not value.is_bool() else value)
    quick = quick_text(number, specification) if not value.is_bool() else None
    if quick is not None:
        return quick
    read = read_specification(specification, value)
    kind = read.kind
    if number.is_float() or (kind != "" and kind in FLOAT_KINDS):
        real = number.as_float() if number.is_float() else int_as_float(number)
        if kind != "" and kind not in FLOAT_KINDS and kind != "n":
            raise unknown_kind(kind, value)
        specification = without_z(read, specification)
        if kind == "n":
            specification = specification[:-1] + "g"
        return format_float(real, specification, value, read.coerces_zero)
    if kind != "" and kind not in "bcdoxXn":
        raise unknown_kind(kind, value)
    check_int(read)
    if kind == "c":
        return format_character(number, specification[:-1], value)
    if kind == "n":
        specification = specification[:-1] + "d"
    separator, plain = split_grouping(specification)
    if is_big(number) or separator != "":
        return format_big(number, plain, value, separator)
    try:
        return str_format_int(number.as_int(), specification)
    except ValueError as problem:
        raise wrong_specification(str(problem), value)


def format_character(number: Value, specification: str, value: Value) -> str:
    """`format(97, "c")`. Raises OverflowError, ValueError."""
    if not number.is_int() or not 0 <= number.as_int() < 0x110000:
        raise error(OVERFLOW_ERROR, "%c arg not in range(0x110000)")
    try:
        return str_format_str(chr(number.as_int()), specification)
    except ValueError:
        raise wrong_specification("", value)


def split_grouping(specification: str) -> tuple[str, str]:
    """The `,` or `_` of a specification, and the specification without it."""
    start = 2 if len(specification) > 1 and specification[1] in "<>^=" else 0
    for separator in (",", "_"):
        place = specification.find(separator, start)
        if place >= 0:
            return separator, specification[:place] + specification[place + 1 :]
    return "", specification


def format_float(real: float, specification: str, value: Value, coerces_zero: bool) -> str:
    """The same of a float; `coerces_zero`: what would show as -0 is 0."""
    separator, plain = split_grouping(specification)
    try:
        spec = parse_format_spec(plain)
        if coerces_zero and real <= 0.0:
            kind = chr(spec.kind) if spec.kind != 0 else ""
            precision = f".{spec.precision}" if spec.precision >= 0 else ""
            if shows_zero(str_format_float(real, f"{precision}{kind}")):
                real = 0.0
        if separator == "":
            return str_format_float(real, specification)
        sign = chr(spec.sign) if spec.sign != 0 else ""
        precision = f".{spec.precision}" if spec.precision >= 0 else ""
        kind = chr(spec.kind) if spec.kind != 0 else ""
        text = str_format_float(real, f"{sign}{precision}{kind}")
        start = 1 if text[0] in "+- " else 0
        stop = start
        while stop < len(text) and text[stop].isdigit():
            stop += 1
        width = spec.width - start - (len(text) - stop) if spec.zeros else 0
        text = text[:start] + grouped(text[start:stop], separator, 3, width) + text[stop:]
        return pad(text, start, spec, BEHIND_SIGN if spec.zeros else ALIGN_RIGHT)
    except ValueError as problem:
        raise wrong_specification(str(problem), value)


def format_big(number: Value, specification: str, value: Value, separator: str) -> str:
    """The same of a big int, or of digits in groups."""
    kind = specification[-1] if specification != "" else "d"
    radix = {"b": 2, "o": 8, "x": 16, "X": 16}.get(kind, 10)
    try:
        spec = parse_format_spec(specification)
    except ValueError as problem:
        raise wrong_specification(str(problem), value)
    text = to_text(integer(number), radix)
    if kind == "X":
        text = text.upper()
    sign = ""
    if text[0] == "-":
        sign, text = "-", text[1:]
    elif spec.sign != 0 and spec.sign != ord("-"):
        sign = chr(spec.sign)
    if spec.alternate and radix != 10:
        sign += "0" + kind
    if separator != "":
        text = grouped(text, separator, 3 if radix == 10 else 4, spec.width - len(sign) if spec.zeros else 0)
    return pad(sign + text, len(sign), spec, BEHIND_SIGN if spec.zeros else ALIGN_RIGHT)


def grouped(text: str, separator: str, size: int, width: int) -> str:
    """Digits in groups, filled up with zeros to a width."""
    while len(text) + (len(text) - 1) // size < width:
        text = "0" + text
    parts: list[str] = []
    end = len(text)
    while end > size:
        parts.insert(0, text[end - size : end])
        end -= size
    parts.insert(0, text[:end])
    return separator.join(parts)


@dont_look_inside
def format_fields(session: Session, template: str, positional: list[Value], named: PyDict | None) -> str:
    """`template.format(*positional, **named)`"""
    return _FieldFormatter(session, positional, named).formatted(template, 2)


class _FieldFormatter:
    """Replaces the fields of one text."""

    def __init__(self, session: Session, positional: list[Value], named: PyDict | None) -> None:
        self.session = session
        self.positional = positional
        self.named = named
        self.automatic = 0  # the next field without a number
        self.is_manual = False  # some field had one

    def formatted(self, text: str, depth: int) -> str:
        """The text with its fields replaced; those in specifications, too."""
        if depth == 0:
            raise value_error("Max string recursion exceeded")
        parts: list[str] = []
        place = 0
        while place < len(text):
            character = text[place]
            if character == "{":
                if place + 1 < len(text) and text[place + 1] == "{":
                    parts.append("{")
                    place += 2
                    continue
                end = self._end_of_field(text, place + 1)
                parts.append(self._field(text[place + 1 : end], depth))
                place = end + 1
            elif character == "}":
                if place + 1 >= len(text) or text[place + 1] != "}":
                    raise value_error("Single '}' encountered in format string")
                parts.append("}")
                place += 2
            else:
                parts.append(character)
                place += 1
        return "".join(parts)

    def _end_of_field(self, text: str, start: int) -> int:
        nesting = 1
        place = start
        while place < len(text):
            if text[place] == "{":
                nesting += 1
            elif text[place] == "}":
                nesting -= 1
                if nesting == 0:
                    return place
            place += 1
        raise value_error(
            "expected '}' before end of string" if start < len(text) else "Single '{' encountered in format string"
        )

    def _field(self, field: str, depth: int) -> str:
        """`name!conversion:specification`"""
        name, _, specification = field.partition(":")
        name, has_conversion, conversion = name.partition("!")
        value = self._value(name)
        if has_conversion != "":
            if conversion == "":
                raise value_error("unmatched '{' in format spec")
            if len(conversion) > 1:
                raise value_error("expected ':' after conversion specifier")
            if conversion not in ("s", "r", "a"):
                raise value_error(f"Unknown conversion specifier {conversion}")
            text = str_text(self.session, value) if conversion == "s" else repr_text(self.session, value)
            value = text_value(ascii_text(text) if conversion == "a" else text)
        if "{" in specification or "}" in specification:
            specification = self.formatted(specification, depth - 1)
        result = as_str(format_value(self.session, value, specification))
        assert result is not None
        return result.text()

    def _value(self, name: str) -> Value:
        """What a field's name means: `0`, `name`, `a.b[c]`."""
        end = 0
        while end < len(name) and name[end] not in ".[":
            end += 1
        first = name[:end]
        if first == "":
            if self.is_manual:
                raise value_error("cannot switch from manual field specification to automatic field numbering")
            value = self._numbered(self.automatic)
            self.automatic += 1
        elif is_index(first):
            if self.automatic > 0:
                raise value_error("cannot switch from automatic field numbering to manual field specification")
            self.is_manual = True
            value = self._numbered(index_of(first))
        else:
            value = self.named.get_named(first) if self.named is not None else Value.UNDEFINED
            if value.same(Value.UNDEFINED):
                raise error_with(KEY_ERROR, text_value(first))
        while end < len(name):
            if name[end] == ".":
                start = end + 1
                end = start
                while end < len(name) and name[end] not in ".[":
                    end += 1
                value = self.session.get_attribute(self.session, value, name[start:end])
            else:
                stop = name.find("]", end)
                if stop < 0:
                    raise value_error("Missing ']' in format string")
                key = name[end + 1 : stop]
                item = Value.of_int(index_of(key)) if is_index(key) else text_value(key)
                value = self.session.call(
                    self.session, self.session.get_attribute(self.session, value, "__getitem__"), [item]
                )
                end = stop + 1
        return value

    def _numbered(self, index: int) -> Value:
        if index >= len(self.positional):
            raise error(INDEX_ERROR, f"Replacement index {index} out of range for positional args tuple")
        return self.positional[index]


def is_index(word: str) -> bool:
    """Whether a field's name, or what stands in its brackets, is a number."""
    for character in word:
        if not "0" <= character <= "9":
            return False
    return word != ""


def index_of(word: str) -> int:
    """That number. Raises ValueError where it fits no word."""
    digits = word.lstrip("0")
    if len(digits) > 19 or (len(digits) == 19 and digits > str(MAX_INT)):
        raise value_error("Too many decimal digits in format string")
    return 0 if digits == "" else int(digits)
