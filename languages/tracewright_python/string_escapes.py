"""What the escapes of string and bytes literals stand for."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.text import code_at
from tracewright.lib.builder import StringBuilder
from tracewright_python.character_names import character_named
from tracewright_python.lexer_numbers import digit_value

_LINE_FEED, _BACKSLASH, _OPEN_BRACE, _CLOSE_BRACE = 0x0A, 0x5C, 0x7B, 0x7D
_SMALL_X, _CAPITAL_N, _SMALL_U, _CAPITAL_U = 0x78, 0x4E, 0x75, 0x55
_LARGEST_CODE_POINT: Final = 0x10FFFF
_SIMPLE: Final[dict[int, int]] = {
    0x5C: 0x5C,
    0x27: 0x27,
    0x22: 0x22,
    ord("a"): 7,
    ord("b"): 8,
    ord("f"): 12,
    ord("n"): 10,
    ord("r"): 13,
    ord("t"): 9,
    ord("v"): 11,
}


@final
class EscapeFault(Exception):
    """An escape that stands for nothing; `str` of it is what CPython's message says behind the kind of error."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def unescaped_text(text: str, start: int, stop: int) -> str:
    """A stretch of a literal with its escapes replaced. Raises EscapeFault."""
    if text.find("\\", start, stop) < 0:
        return text[start:stop]
    reader = _EscapeReader(text, start, stop)
    while reader.position < stop:
        code = code_at(text, reader.position)
        if code == _BACKSLASH:
            reader.read_escape()
        else:
            reader.builder.append_code(code)
            reader.position += 1
    return reader.builder.build()


@final
class _EscapeReader:
    def __init__(self, text: str, start: int, stop: int) -> None:
        self.text = text
        self.start = start
        self.position = start
        self.stop = stop
        self.builder: StringBuilder = StringBuilder()

    def read_escape(self) -> None:
        """The escape that begins here."""
        begin = self.position
        self.position += 1
        if self.position == self.stop:
            self.builder.append_code(_BACKSLASH)  # before a brace of an f-string
            return
        code = code_at(self.text, self.position)
        self.position += 1
        simple = _SIMPLE.get(code, -1)
        if simple >= 0:
            self.builder.append_code(simple)
        elif code == _LINE_FEED:
            pass
        elif digit_value(code) < 8:
            self.position -= 1
            value, self.position = octal_value(self.text, self.position, self.stop)
            self.builder.append_code(value)
        elif code == _SMALL_X:
            self._read_hexadecimal(begin, 2, "\\xXX")
        elif code == _SMALL_U:
            self._read_hexadecimal(begin, 4, "\\uXXXX")
        elif code == _CAPITAL_U:
            self._read_hexadecimal(begin, 8, "\\UXXXXXXXX")
        elif code == _CAPITAL_N:
            self._read_name(begin)
        else:
            self.builder.append_code(_BACKSLASH)
            self.builder.append_code(code)

    def _read_hexadecimal(self, begin: int, digits: int, form: str) -> None:
        value = 0
        for _ in range(digits):
            digit = digit_value(code_at(self.text, self.position)) if self.position < self.stop else 99
            if digit >= 16:
                raise self._fault(begin, f"truncated {form} escape")
            value = value * 16 + digit
            self.position += 1
        if value > _LARGEST_CODE_POINT:
            raise self._fault(begin, "illegal Unicode character")
        self.builder.append_code(value)

    def _read_name(self, begin: int) -> None:
        malformed = "malformed \\N character escape"
        if self.position == self.stop or code_at(self.text, self.position) != _OPEN_BRACE:
            raise self._fault(begin, malformed)
        self.position += 1
        end = self.text.find("}", self.position, self.stop)
        if end < 0:
            self.position = self.stop
            raise self._fault(begin, malformed)
        name = self.text[self.position : end]
        self.position = end
        if name == "":
            raise self._fault(begin, malformed)
        self.position += 1
        value = character_named(name)
        if value < 0:
            raise self._fault(begin, "unknown Unicode character name")
        self.builder.append_code(value)

    def _fault(self, begin: int, reason: str) -> EscapeFault:
        """What is wrong from `begin` to the current position."""
        first = self._distance(begin)
        last = self._distance(self.position) - 1
        if first == last:
            where = f"byte 0x5c in position {first}"
        else:
            where = f"bytes in position {first}-{last}"
        return EscapeFault(f"(unicode error) 'unicodeescape' codec can't decode {where}: {reason}")

    def _distance(self, position: int) -> int:
        """From the start to here, as CPython counts: what is not ASCII was made an escape of ten characters before."""
        count = 0
        for index in range(self.start, position):
            count += 10 if code_at(self.text, index) >= 128 else 1
        return count


def octal_value(text: str, position: int, stop: int) -> tuple[int, int]:
    """The value of up to three octal digits, and the place behind them."""
    value = 0
    end = min(position + 3, stop)
    while position < end:
        digit = digit_value(code_at(text, position))
        if digit >= 8:
            break
        value = value * 8 + digit
        position += 1
    return value, position


def unescaped_bytes(text: str, start: int, stop: int) -> bytes:
    """A stretch of a bytes literal, all ASCII, with its escapes replaced. Raises EscapeFault."""
    result = bytearray()
    position = start
    while position < stop:
        code = code_at(text, position)
        position += 1
        if code != _BACKSLASH:
            result.append(code)
            continue
        code = code_at(text, position)
        position += 1
        simple = _SIMPLE.get(code, -1)
        if simple >= 0:
            result.append(simple)
        elif digit_value(code) < 8:
            value, position = octal_value(text, position - 1, stop)
            result.append(value & 0xFF)
        elif code == _SMALL_X:
            high = digit_value(code_at(text, position)) if position < stop else 99
            low = digit_value(code_at(text, position + 1)) if position + 1 < stop else 99
            if high >= 16 or low >= 16:
                raise EscapeFault(f"(value error) invalid \\x escape at position {position - 2 - start}")
            result.append(high * 16 + low)
            position += 2
        elif code != _LINE_FEED:
            result.append(_BACKSLASH)
            result.append(code)
    return bytes(result)
