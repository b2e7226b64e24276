"""From text to bytes and back: the encodings that are built in, and what is done about what they cannot express.

    encoded(session, text, "latin-1", "replace")
    decoded(session, data, "utf-8", "surrogateescape")

Other encodings are those of the module `encodings`, through `session.find_codec`.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright.lib.utf8 import is_surrogate
from tracewright_python import builtin_types as types
from tracewright_python.byte_objects import as_bytes, bytes_value
from tracewright_python.errors import Raised
from tracewright_python.exception_fields import fill_fields
from tracewright_python.exceptions import as_exception, error, new_exception, type_error
from tracewright_python.lists import as_tuple
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value


class Encoding:
    """The encodings that are built in."""

    UTF8: Final = 0
    ASCII: Final = 1
    LATIN1: Final = 2
    UTF16: Final = 3  # with a mark of the byte order
    UTF16_LE: Final = 4
    UTF16_BE: Final = 5
    UTF32: Final = 6
    UTF32_LE: Final = 7
    UTF32_BE: Final = 8
    OTHER: Final = 9


ENCODING_NAMES: Final[dict[str, int]] = {
    **dict.fromkeys(("utf-8", "utf8", "u8", "cp65001"), Encoding.UTF8),
    **dict.fromkeys(("ascii", "us-ascii", "646", "ansi-x3.4-1968"), Encoding.ASCII),
    **dict.fromkeys(("latin-1", "latin1", "iso-8859-1", "iso8859-1", "8859", "cp819", "l1", "latin"), Encoding.LATIN1),
    **dict.fromkeys(("utf-16", "utf16", "u16"), Encoding.UTF16),
    **dict.fromkeys(("utf-16-le", "utf-16le"), Encoding.UTF16_LE),
    **dict.fromkeys(("utf-16-be", "utf-16be"), Encoding.UTF16_BE),
    **dict.fromkeys(("utf-32", "utf32", "u32"), Encoding.UTF32),
    **dict.fromkeys(("utf-32-le", "utf-32le"), Encoding.UTF32_LE),
    **dict.fromkeys(("utf-32-be", "utf-32be"), Encoding.UTF32_BE),
}
"""By their names in small letters, with `-` between the parts."""
SHOWN_NAMES: Final[list[str]] = [
    "utf-8",
    "ascii",
    "latin-1",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
]
LAST_CODE: Final = 0x10FFFF


def encoding_number(name: str) -> int:
    """Which encoding a name means."""
    plain = name.lower().replace("_", "-").replace(" ", "-")
    return ENCODING_NAMES.get(plain, Encoding.OTHER)


# --- errors ---


def unicode_error(is_encoding: bool, encoding: str, value: Value, start: int, stop: int, reason: str) -> Raised:
    """What cannot be encoded or decoded, with its place."""
    kind = types.UNICODE_ENCODE_ERROR if is_encoding else types.UNICODE_DECODE_ERROR
    arguments: Array[Value] = Array(5, Value.UNDEFINED)
    arguments[0] = text_value(encoding)
    arguments[1] = value
    arguments[2] = Value.of_int(start)
    arguments[3] = Value.of_int(stop)
    arguments[4] = text_value(reason)
    made = new_exception(kind, arguments)
    exception = as_exception(made)
    assert exception is not None
    fill_fields(exception)
    return Raised(made)


def handler_of(session: Session, name: str) -> Value:
    """The function of the program that was registered for errors. Raises LookupError."""
    found = session.error_handlers.get(name, Value.UNDEFINED)
    if found.same(Value.UNDEFINED):
        raise error(types.LOOKUP_ERROR, f"unknown error handler name '{name}'")
    return found


def handler_answer(session: Session, name: str, raised: Raised, length: int) -> tuple[Value, int]:
    """What such a function gives: the replacement, and where to go on."""
    answer = session.call(session, handler_of(session, name), [raised.value])
    both = as_tuple(answer)
    if both is None or len(both.items) != 2 or not both.items[1].is_int():
        raise type_error("error handler must return (str/bytes, int) tuple")
    place = both.items[1].as_int()
    if place < 0:
        place += length
    if not 0 <= place <= length:
        raise error(types.INDEX_ERROR, f"position {both.items[1].as_int()} from error handler out of bounds")
    return both.items[0], place


# --- text to bytes ---


@dont_look_inside
def encoded(session: Session, value: Value, encoding: str, errors: str) -> bytes:
    """`text.encode(encoding, errors)`. Raises UnicodeEncodeError, LookupError."""
    found = as_str(value)
    assert found is not None
    number = encoding_number(encoding)
    if number == Encoding.OTHER:
        result = as_bytes(session.by_codec(session, "encode", value, encoding, errors))
        if result is None:
            raise type_error(f"'{encoding}' encoder returned something else than bytes")
        return result.data
    text = found.text()
    if text.isascii() and number <= Encoding.LATIN1:
        return text.encode()
    return encoded_by(session, text_value(text), text, number, errors)


def encoded_by(session: Session, value: Value, text: str, number: int, errors: str) -> bytes:
    """The same in one of the built-in encodings."""
    result = bytearray()
    if number == Encoding.UTF16 or number == Encoding.UTF32:
        put_unit(result, 0xFEFF, number)
    place = 0
    while place < len(text):
        code = ord(text[place])
        if fits(code, number):
            put_code(result, code, number)
            place += 1
            continue
        stop = place + 1
        while stop < len(text) and not fits(ord(text[stop]), number):
            stop += 1
        place = encode_bad(session, value, text, place, stop, number, errors, result)
    return bytes(result)


def fits(code: int, number: int) -> bool:
    """Whether an encoding has a code point."""
    if number == Encoding.ASCII:
        return code < 128
    return code < 256 if number == Encoding.LATIN1 else not is_surrogate(code)


def put_unit(target: bytearray, unit: int, number: int) -> None:
    """One unit of UTF-16 or UTF-32."""
    wide = number >= Encoding.UTF32
    if number == Encoding.UTF16_BE or number == Encoding.UTF32_BE:
        if wide:
            target.append(unit >> 24 & 255)
            target.append(unit >> 16 & 255)
        target.append(unit >> 8 & 255)
        target.append(unit & 255)
        return
    target.append(unit & 255)
    target.append(unit >> 8 & 255)
    if wide:
        target.append(unit >> 16 & 255)
        target.append(unit >> 24 & 255)


def put_code(target: bytearray, code: int, number: int) -> None:
    """One code point."""
    if number == Encoding.UTF8:
        if code < 0x80:
            target.append(code)
        elif code < 0x800:
            target.append(0xC0 | code >> 6)
            target.append(0x80 | (code & 63))
        else:
            if code < 0x10000:
                target.append(0xE0 | code >> 12)
            else:
                target.append(0xF0 | code >> 18)
                target.append(0x80 | (code >> 12 & 63))
            target.append(0x80 | (code >> 6 & 63))
            target.append(0x80 | (code & 63))
    elif number <= Encoding.LATIN1:
        target.append(code)
    elif number <= Encoding.UTF16_BE and code >= 0x10000:
        put_unit(target, 0xD800 + (code - 0x10000 >> 10), number)
        put_unit(target, 0xDC00 + (code & 0x3FF), number)
    else:
        put_unit(target, code, number)


def encode_bad(
    session: Session, value: Value, text: str, start: int, stop: int, number: int, errors: str, result: bytearray
) -> int:
    """What the error handler makes of code points that the encoding does not have; gives where to go on."""
    reason = "surrogates not allowed"
    if number <= Encoding.LATIN1 and number != Encoding.UTF8:
        reason = f"ordinal not in range({128 if number == Encoding.ASCII else 256})"
    raised = unicode_error(True, SHOWN_NAMES[number], value, start, stop, reason)
    replacement = ""
    match errors:
        case "strict":
            raise raised
        case "ignore":
            return stop
        case "replace":
            replacement = "?" * (stop - start)
        case "surrogatepass" if number != Encoding.ASCII and number != Encoding.LATIN1:
            for place in range(start, stop):
                put_code(result, ord(text[place]), number)
            return stop
        case "surrogateescape":
            for place in range(start, stop):
                code = ord(text[place])
                if not 0xDC80 <= code <= 0xDCFF:
                    raise raised
                result.append(code - 0xDC00)
            return stop
        case "backslashreplace" | "xmlcharrefreplace":
            replacement = "".join([written_out(ord(text[place]), errors) for place in range(start, stop)])
        case _:
            answer, place = handler_answer(session, errors, raised, len(text))
            data = as_bytes(answer)
            if data is not None:
                result.extend(data.data)
                return place
            given = as_str(answer)
            if given is None:
                raise type_error("encoding error handler must return (str/bytes, int) tuple")
            for character in given.text():
                if not fits(ord(character), number):
                    raise raised
                put_code(result, ord(character), number)
            return place
    for character in replacement:
        put_code(result, ord(character), number)
    return stop


def written_out(code: int, errors: str) -> str:
    """A code point in the way of an error handler."""
    if errors == "xmlcharrefreplace":
        return f"&#{code};"
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


# --- bytes to text ---


@dont_look_inside
def decoded(session: Session, data: bytes, encoding: str, errors: str) -> str:
    """`data.decode(encoding, errors)`. Raises UnicodeDecodeError, LookupError."""
    number = encoding_number(encoding)
    if number == Encoding.OTHER:
        result = as_str(session.by_codec(session, "decode", bytes_value(data), encoding, errors))
        if result is None:
            raise type_error(f"'{encoding}' decoder returned something else than str")
        return result.text()
    text, _ = decoded_part(session, data, number, errors, True)
    return text


def decoded_part(session: Session, data: bytes, number: int, errors: str, is_final: bool) -> tuple[str, int]:
    """The text, and how many bytes were used: of what may go on, an unfinished sequence at the end is left."""
    if number == Encoding.LATIN1:
        return data.decode("latin-1"), len(data)
    if number <= Encoding.ASCII:
        try:
            text = data.decode()
            if number == Encoding.UTF8 or text.isascii():
                return text, len(data)
        except UnicodeDecodeError:
            pass
        return _Decoder(session, data, number, errors, is_final).narrow()
    return _Decoder(session, data, number, errors, is_final).wide()


class _Decoder:
    """Reads bytes of one encoding."""

    def __init__(self, session: Session, data: bytes, number: int, errors: str, is_final: bool) -> None:
        self.session = session
        self.data = data
        self.number = number
        self.errors = errors
        self.is_final = is_final
        self.parts: list[str] = []

    def narrow(self) -> tuple[str, int]:
        """UTF-8 and ASCII."""
        data = self.data
        place = 0
        while place < len(data):
            first = data[place]
            if first < 128:
                start = place
                while place < len(data) and data[place] < 128:
                    place += 1
                self.parts.append(data[start:place].decode())
                continue
            if self.number == Encoding.ASCII:
                place = self.bad(place, place + 1, "ordinal not in range(128)")
                continue
            count = sequence_of(data, place)
            if count > 0:
                self.parts.append(data[place : place + count].decode())
                place += count
                continue
            stop = place - count
            if self.errors == "surrogatepass" and first == 0xED and is_encoded_surrogate(data, place):
                code = 0xD000 | (data[place + 1] & 63) << 6 | (data[place + 2] & 63)
                self.parts.append(chr(code))
                place += 3
                continue
            if not 0xC2 <= first <= 0xF4:
                place = self.bad(place, stop, "invalid start byte")
            elif stop == len(data):
                if not self.is_final:
                    break
                place = self.bad(place, stop, "unexpected end of data")
            else:
                place = self.bad(place, stop, "invalid continuation byte")
        return "".join(self.parts), place

    def wide(self) -> tuple[str, int]:
        """UTF-16 and UTF-32."""
        data, number = self.data, self.number
        size = 4 if number >= Encoding.UTF32 else 2
        place = 0
        if number == Encoding.UTF16 or number == Encoding.UTF32:
            is_big = False
            if len(data) >= size:
                mark = self.unit(0, size, False)
                swapped = 0xFFFE0000 if size == 4 else 0xFFFE
                if mark == 0xFEFF or mark == swapped:
                    place = size
                    is_big = mark == swapped
        else:
            is_big = number == Encoding.UTF16_BE or number == Encoding.UTF32_BE
        while place < len(data):
            if place + size > len(data):
                if not self.is_final:
                    break
                place = self.bad(place, len(data), "truncated data")
                continue
            code = self.unit(place, size, is_big)
            if size == 4:
                place = self.put_wide(place, code)
                continue
            if not is_surrogate(code):
                self.parts.append(chr(code))
                place += 2
                continue
            if code >= 0xDC00:
                place = self.lone(place, code, "illegal encoding")
            elif place + 4 > len(data):
                if not self.is_final:
                    break
                place = self.bad(place, len(data), "unexpected end of data")
            else:
                low = self.unit(place + 2, 2, is_big)
                if low >> 10 == 0x37:
                    self.parts.append(chr(0x10000 + ((code & 0x3FF) << 10 | (low & 0x3FF))))
                    place += 4
                else:
                    place = self.lone(place, code, "illegal UTF-16 surrogate")
        return "".join(self.parts), place

    def unit(self, place: int, size: int, is_big: bool) -> int:
        """A number of some bytes."""
        result = 0
        for k in range(size):
            result = result << 8 | self.data[place + k if is_big else place + size - 1 - k]
        return result

    def put_wide(self, place: int, code: int) -> int:
        """One unit of UTF-32; gives the place behind it."""
        if code > LAST_CODE:
            return self.bad(place, place + 4, "code point not in range(0x110000)")
        if is_surrogate(code):
            return self.lone(place, code, "code point in surrogate code point range(0xd800, 0xe000)")
        self.parts.append(chr(code))
        return place + 4

    def lone(self, place: int, code: int, reason: str) -> int:
        """Half of a pair."""
        size = 4 if self.number >= Encoding.UTF32 else 2
        if self.errors == "surrogatepass":
            self.parts.append(chr(code))
            return place + size
        return self.bad(place, place + size, reason)

    def bad(self, start: int, stop: int, reason: str) -> int:
        """What the error handler makes of bytes that mean nothing; gives where to go on."""
        match self.errors:
            case "ignore":
                return stop
            case "replace":
                self.parts.append("\ufffd")
                return stop
            case "backslashreplace":
                self.parts.append("".join([f"\\x{self.data[place]:02x}" for place in range(start, stop)]))
                return stop
            case "surrogateescape":
                end = start
                while end < stop and self.data[end] >= 128:
                    self.parts.append(chr(0xDC00 + self.data[end]))
                    end += 1
                if end > start:
                    return end
            case _:
                pass
        name = SHOWN_NAMES[self.number]
        raised = unicode_error(False, name, bytes_value(self.data), start, stop, reason)
        if self.errors in ("strict", "surrogateescape", "surrogatepass"):
            raise raised
        answer, place = handler_answer(self.session, self.errors, raised, len(self.data))
        text = as_str(answer)
        if text is None:
            raise type_error("decoding error handler must return (str, int) tuple")
        self.parts.append(text.text())
        return place


def sequence_of(data: bytes, start: int) -> int:
    """How many bytes form the code point at a place, or minus the number of bytes that form none."""
    first = data[start]
    if first < 0xC2 or first > 0xF4:
        return -1
    needed = 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    low = 0xA0 if first == 0xE0 else 0x90 if first == 0xF0 else 0x80
    high = 0x9F if first == 0xED else 0x8F if first == 0xF4 else 0xBF
    for offset in range(1, needed):
        if start + offset == len(data) or not low <= data[start + offset] <= high:
            return -offset
        low, high = 0x80, 0xBF
    return needed


def is_encoded_surrogate(data: bytes, start: int) -> bool:
    """Whether three bytes are half of a pair in the manner of UTF-8."""
    return start + 2 < len(data) and data[start + 1] >> 5 == 5 and data[start + 2] >> 6 == 2
