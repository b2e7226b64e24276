"""`template % values`, of texts and of bytes."""

from __future__ import annotations

from tracewright.core.arrays import Array
from tracewright.core.text import StrBuffer, width_of
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright.lib.builder import StringBuilder
from tracewright.lib.float_format import str_format_float
from tracewright.lib.string_format import str_format_str
from tracewright_python.big_ints import int_as_float, is_big, plain_number
from tracewright_python.builtin_types import OVERFLOW_ERROR
from tracewright_python.byte_objects import as_byte_holder, bytes_of, bytes_value
from tracewright_python.conversions import is_int_object
from tracewright_python.display import ascii_text, repr_text, str_text
from tracewright_python.exceptions import error, type_error, value_error
from tracewright_python.formatting import FLOAT_KINDS, format_number, quick_text
from tracewright_python.lists import as_tuple
from tracewright_python.memory_views import as_memory_view
from tracewright_python.objects import special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.subscripts import get_item_slowly
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import type_name, type_of

PERCENT = 0x25
MOST_PLACES = (1 << 31) - 1  # of a precision: CPython keeps it in 32 bits


class _Arguments:
    """The values that a `%` text takes, one after the other."""

    def __init__(self, session: Session, given: Value) -> None:
        several = as_tuple(given)
        self.values: Array[Value] = several.items if several is not None else Array(1, given)
        self.mapping = given if several is None and _is_mapping(given) else Value.UNDEFINED
        self.next = 0

    def take(self) -> Value:
        if self.next >= len(self.values):
            raise type_error("not enough arguments for format string")
        self.next += 1
        return self.values[self.next - 1]


def _is_mapping(given: Value) -> bool:
    """Whether names may be looked up in what stands behind `%`."""
    if as_str(given) is not None or as_byte_holder(given) is not None and as_memory_view(given) is None:
        return False
    return not special(type_of(given), Special.GETITEM).same(Value.UNDEFINED)


@dont_look_inside
def format_percent(session: Session, template: Value, given: Value) -> Value:
    """`template % given`"""
    found = as_str(template)
    assert found is not None
    text = found.text()
    several = as_tuple(given)
    quick = template_of_texts(text, several.items if several is not None else Array(1, given))
    if quick is not None:
        return text_value(quick)
    return text_value(percent_text(session, text, given, False))


def template_of_texts(text: str, values: Array[Value]) -> str | None:
    """The text of a template with nothing but one `%s` for each value, all texts of one byte for a character; None for others."""
    if width_of(text) != 1:
        return None
    place, total = 0, len(text) - 2 * len(values)
    for value in values:
        shown = as_str(value)
        if shown is None or not type_of(value).is_builtin or width_of(shown.text()) != 1:
            return None
        total += shown.length
        start = text.find("%", place)
        if start < 0 or start + 1 == len(text) or text[start + 1] != "s":
            return None
        place = start + 2
    if text.find("%", place) >= 0:
        return None
    buffer = StrBuffer(1, total)
    place, end = 0, 0
    for value in values:
        shown = as_str(value)
        assert shown is not None
        start = text.find("%", place)
        buffer.put_range(end, text, place, start - place)
        end += start - place
        buffer.put_range(end, shown.text(), 0, shown.length)
        end += shown.length
        place = start + 2
    buffer.put_range(end, text, place, len(text) - place)
    return buffer.finish()


@dont_look_inside
def percent_text(session: Session, text: str, given: Value, in_bytes: bool) -> str:
    """The text that a template gives; that of bytes has one character for each byte. Raises TypeError, ValueError."""
    arguments = _Arguments(session, given)
    builder = StringBuilder()
    place = 0
    used_names = False
    while True:
        start = text.find("%", place) if place < len(text) else -1
        if start < 0:
            builder.append_slice(text, place, len(text))
            break
        builder.append_slice(text, place, start)
        place = start + 1
        if place >= len(text):
            raise value_error("incomplete format")
        kind = text[place]
        if (kind == "s" or kind == "d" or kind == "r") and not in_bytes:  # most are as simple as that
            builder.append(_plainly(session, arguments.take(), kind, place))
            place += 1
            continue
        end = place
        while end < len(text) and (text[end].isdigit() or text[end] == "."):
            end += 1
        if end < len(text) and (text[end] == "d" or text[end] == "f") and arguments.next < len(arguments.values):
            quick = quick_text(arguments.values[arguments.next], text[place : end + 1])
            if quick is not None:
                builder.append(quick)
                arguments.next += 1
                place = end + 1
                continue
        value = Value.UNDEFINED
        if text[place] == "(":
            if arguments.mapping.same(Value.UNDEFINED):
                raise type_error("format requires a mapping")
            used_names = True
            nesting = 1
            end = place + 1
            while end < len(text):
                nesting += 1 if text[end] == "(" else -1 if text[end] == ")" else 0
                if nesting == 0:
                    break
                end += 1
            if nesting > 0:
                raise value_error("incomplete format key")
            name = text[place + 1 : end]
            key = bytes_value(_single_bytes(name)) if in_bytes else text_value(name)
            value = get_item_slowly(session, arguments.mapping, key)
            place = end + 1
        flags = ""
        while place < len(text) and text[place] in "-+ #0":
            flags += text[place]
            place += 1
        width = ""
        if place < len(text) and text[place] == "*":
            width = str(_star(arguments))
            place += 1
            if width.startswith("-"):
                flags += "-"
                width = width[1:]
        while place < len(text) and text[place].isdigit():
            width += text[place]
            place += 1
        precision = ""
        if place < len(text) and text[place] == ".":
            place += 1
            precision = "."
            if place < len(text) and text[place] == "*":
                precision += str(_star(arguments))
                place += 1
            while place < len(text) and text[place].isdigit():
                precision += text[place]
                place += 1
            if precision == ".":
                precision = ".0"
        while place < len(text) and text[place] in "hlL":
            place += 1
        if place >= len(text):
            raise value_error("incomplete format")
        kind = text[place]
        place += 1
        if width != "":
            _size(width, "width")
        if len(precision) > 10 or (precision != "" and _size(precision[1:], "precision") > MOST_PLACES):
            raise value_error("precision too big")
        if kind == "%" and place == start + 2:
            builder.append_code(PERCENT)
            continue
        if value.same(Value.UNDEFINED):
            value = arguments.take()
        builder.append(_one(session, value, flags, width, precision, kind, place - 1, in_bytes))
    if arguments.next < len(arguments.values) and not used_names and arguments.mapping.same(Value.UNDEFINED):
        word = "bytes" if in_bytes else "string"
        raise type_error(f"not all arguments converted during {word} formatting")
    return builder.build()


def _single_bytes(text: str) -> bytes:
    """The bytes that the characters of a text stand for."""
    result = bytearray()
    for character in text:
        result.append(ord(character))
    return bytes(result)


def _bytes_shown(session: Session, value: Value) -> str:
    """What `%b` shows: the bytes of an object, each as a character. Raises TypeError."""
    data = bytes_of(value)
    if data is None:
        method = special(type_of(value), Special.BYTES)
        if method.same(Value.UNDEFINED):
            raise type_error(
                f"%b requires a bytes-like object, or an object that implements __bytes__, not '{type_name(value)}'"
            )
        data = bytes_of(session.call(session, method, [value]))
        if data is None:
            raise type_error("__bytes__ returned non-bytes")
    return data.decode("latin-1")


def _byte_shown(value: Value) -> str:
    """What `%c` shows in bytes. Raises TypeError, OverflowError."""
    data = bytes_of(value)
    if data is not None and len(data) == 1:
        return data.decode("latin-1")
    number = plain_number(value)
    if data is not None or not is_int_object(value):
        raise type_error("%c requires an integer in range(256) or a single byte")
    if not number.is_int() or not 0 <= number.as_int() <= 255:
        raise error(OVERFLOW_ERROR, "%c arg not in range(256)")
    return chr(number.as_int())


def _size(digits: str, what: str) -> int:
    """A width or a precision. Raises ValueError."""
    if len(digits) > 18:
        raise value_error(f"{what} too big")
    return int(digits)


def _star(arguments: _Arguments) -> int:
    value = arguments.take()
    if not value.is_int():
        raise type_error("* wants int")
    return value.as_int()


def _int_for(session: Session, value: Value, kind: str) -> Value:
    """The int of a value that is none: by its methods. Raises TypeError."""
    for number in (Special.INDEX, Special.INT):
        method = special(type_of(value), number)
        if (kind in "diu" or number == Special.INDEX) and not method.same(Value.UNDEFINED):
            result = plain_number(session.call(session, method, [value]))
            if result.is_int() or is_big(result):
                return result
    word = "an integer" if kind in "oxX" else "a real number"
    raise type_error(f"%{kind} format: {word} is required, not {type_name(value)}")


def _plainly(session: Session, value: Value, kind: str, place: int) -> str:
    """One value for `%s`, `%d` or `%r`."""
    if kind == "s":
        return str_text(session, value)
    if kind == "r":
        return repr_text(session, value)
    return str(value.as_int()) if value.is_int() else _one(session, value, "", "", "", kind, place, False)


def _one(
    session: Session, value: Value, flags: str, width: str, precision: str, kind: str, place: int, in_bytes: bool
) -> str:
    """One value by its part of a `%` text."""
    left = "-" in flags
    if in_bytes and kind == "c":
        return str_format_str(_byte_shown(value), ("<" if left else ">") + width)
    if kind in "sra" or in_bytes and kind == "b":
        if in_bytes and kind in "sb":
            text = _bytes_shown(session, value)
        else:
            text = str_text(session, value) if kind == "s" else repr_text(session, value)
        if kind == "a" or in_bytes and kind == "r":
            text = ascii_text(text)
        specification = ("<" if left else ">") + width + precision
        return str_format_str(text, specification)
    if kind == "c":
        shown = as_str(value)
        if shown is not None and shown.length == 1:
            return str_format_str(shown.text(), ("<" if left else ">") + width)
        if not is_int_object(value):
            raise type_error("%c requires int or char")
        code = plain_number(value)
        if not code.is_int() or not 0 <= code.as_int() < 0x110000:
            raise error(OVERFLOW_ERROR, "%c arg not in range(0x110000)")
        return str_format_str(chr(code.as_int()), ("<" if left else ">") + width)
    sign = "+" if "+" in flags else " " if " " in flags else ""
    alternate = "#" if "#" in flags else ""
    zero = "0" if "0" in flags and not left else ""
    align = "<" if left else "" if zero != "" else ">"
    if kind in "diouxX":
        number = plain_number(value)
        if not number.is_int() and not is_big(number):
            number = _int_for(session, value, kind)
        if kind in "iu":
            kind = "d"
        text = format_number(session, number, f"{sign}{alternate}{kind}")
        if precision != "":
            digits = _size(precision[1:], "precision")
            start = 1 if text[0] in "+- " else 0
            text = text[:start] + "0" * max(digits - (len(text) - start), 0) + text[start:]
            zero = ""
        start = 1 if text[0] in "+- " else 0
        missing = (_size(width, "width") if width != "" else 0) - len(text)
        if missing <= 0:
            return text
        if left:
            return text + " " * missing
        return text[:start] + "0" * missing + text[start:] if zero != "" else " " * missing + text
    if kind in FLOAT_KINDS:
        number = plain_number(value)
        if not number.is_float() and not number.is_int() and not is_big(number):
            method = special(type_of(value), Special.FLOAT)
            if method.same(Value.UNDEFINED):
                wanted = "float argument required" if in_bytes else "must be real number"
                raise type_error(f"{wanted}, not {type_name(value)}")
            number = plain_number(session.call(session, method, [value]))
        if precision == "":
            precision = ".6"
        real = number.as_float() if number.is_float() else int_as_float(number)
        return str_format_float(real, f"{align}{sign}{alternate}{zero}{width}{precision}{kind}")
    raise value_error(f"unsupported format character '{kind}' (0x{ord(kind):x}) at index {place}")
